// A backup from its first byte to its last, in the one order in which it may come.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "backup.h"
#include "backup_archive.h"
#include "backup_file.h"
#include "backup_refused.h"

namespace loa::app {

namespace {

constexpr std::int64_t kMostText = 64 << 20;  // of the manifest, a part of a table, the end
constexpr std::int64_t kMostSecret = 128;
constexpr std::string_view kFiles = "files/";

class Reading {
  public:
    Reading(ArchiveReader& archive, BackupVisitor& visitor, const BackupProgress& progress)
        : archive_(archive), visitor_(visitor), progress_(progress) {}

    BackupReport run() {
        read_manifest();
        for (std::size_t table = 0; table < report_.manifest.tables.size(); ++table) read_table(table);
        visitor_.tables_end();
        while (entry_ && entry_->name.starts_with(kFiles)) read_file();
        read_end();
        return std::move(report_);
    }

  private:
    void advance() { entry_ = archive_.next(); }
    const std::string& name() const { return entry_->name; }
    void require(bool holds) const {
        if (!holds) damaged(entry_ ? entry_->name : "end");
    }
    void report(std::int64_t bytes) {
        done_ += bytes;
        if (progress_) progress_(done_, std::max(total_, done_));
    }

    void read_manifest() {
        advance();
        if (!entry_ || name() != "manifest.json") refuse(invalid("FILE", "app.backup_foreign"));
        report_.manifest = manifest_from(archive_.whole(kMostText));
        total_ = report_.manifest.file_bytes;
        visitor_.manifest(report_.manifest);
        advance();
        if (!entry_ || name() != "secret.key") return;
        visitor_.secret(archive_.whole(kMostSecret));
        advance();
    }

    /// "tables/plan_plan/000001.jsonl", 000002, … as long as they come.
    void read_table(std::size_t place) {
        const auto& table = report_.manifest.tables[place];
        Sha256 digest;
        std::int64_t rows = 0;
        for (int part = 1; entry_ && name() == fmt::format("tables/{}/{:06}.jsonl", table.name, part); ++part) {
            const auto text = archive_.whole(kMostText);
            digest.add(text);
            rows += read_rows(place, text);
            require(rows <= table.rows);
            advance();
        }
        require(rows == table.rows);
        digests_.push_back(digest.digits());
    }

    std::int64_t read_rows(std::size_t place, std::string_view text) {
        std::vector<storage::Values> rows;
        require(text.ends_with('\n'));
        while (!text.empty()) {
            const auto line = text.substr(0, text.find('\n'));
            rows.push_back(row_from(line, report_.manifest.tables[place].columns, name()));
            text.remove_prefix(line.size() + 1);
        }
        visitor_.rows(place, rows);
        return static_cast<std::int64_t>(rows.size());
    }

    /// In rising order of their digests, so that none comes twice.
    void read_file() {
        const auto sha256 = name().substr(kFiles.size());
        require(is_digest(sha256) && sha256 > last_file_);
        require(++files_ <= report_.manifest.files && (bytes_ += entry_->size) <= report_.manifest.file_bytes);
        last_file_ = sha256;
        visitor_.file_begins(sha256, entry_->size);
        for (auto piece = archive_.piece(); !piece.empty(); piece = archive_.piece()) {
            visitor_.file_piece(piece);
            report(static_cast<std::int64_t>(piece.size()));
        }
        const bool right = archive_.digest() == sha256;
        if (!right) changed_.push_back(sha256);
        visitor_.file_ends(right);
        advance();
    }

    void read_end() {
        require(entry_ && name() == "end.json");
        report_.end = end_from(archive_.whole(kMostText));
        require(report_.end.digests == digests_ && files_ == report_.manifest.files && bytes_ == report_.manifest.file_bytes);
        std::vector<std::string> known;
        for (const auto& lost : report_.end.lost)
            if (lost.why == LostFile::Why::Changed) known.push_back(lost.sha256);
        require(known == changed_);
        advance();
        require(!entry_);
    }

    ArchiveReader& archive_;
    BackupVisitor& visitor_;
    const BackupProgress& progress_;
    BackupReport report_;
    std::optional<ArchiveReader::Entry> entry_;
    std::vector<std::string> digests_, changed_;
    std::string last_file_;
    std::int64_t files_ = 0, bytes_ = 0, done_ = 0, total_ = 0;
};

}  // namespace

BackupReport read_backup(const std::function<std::string_view()>& bytes, BackupVisitor& visitor, const BackupProgress& progress) {
    ArchiveReader archive(bytes);
    return Reading(archive, visitor, progress).run();
}

BackupReport read_backup(const std::filesystem::path& file, const std::optional<BackupKey>& key, BackupVisitor& visitor,
                         const BackupProgress& progress) {
    BackupInput input(file, key);
    auto report = read_backup([&] { return input.next(); }, visitor, progress);
    report.size = static_cast<std::int64_t>(std::filesystem::file_size(file));
    return report;
}

}  // namespace loa::app
