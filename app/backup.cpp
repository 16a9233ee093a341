#include "backup.h"

#include <fmt/format.h>

#include <algorithm>

#include "backup_archive.h"
#include "backup_file.h"
#include "backup_refused.h"
#include "loa/base/fault.h"
#include "loa/base/secrets.h"
#include "loa/identity/timeline.h"
#include "loa/media/file.h"

namespace loa::app {

namespace {

constexpr std::size_t kPart = 1 << 20;     // of a table
constexpr std::int64_t kBytesOfRow = 200;  // for the progress, about

/// Which tables are carried, and which come back empty.
bool carried(const storage::Table& table, const Registry& registry) {
    const auto& all = registry.all<storage::LeftOut>();
    return !storage::is_ledger(table.name) &&
           std::none_of(all.begin(), all.end(), [&](const auto& left_out) { return left_out.table == table.name; });
}

/// The parts of a table as entries of about a megabyte: a tar wants to know the size of an entry before it begins.
class TableParts {
  public:
    TableParts(ArchiveWriter& archive, std::string table) : archive_(archive), table_(std::move(table)) {}
    void add(const std::string& line) {
        digest_.add(line);
        part_ += line;
        if (part_.size() >= kPart) flush();
    }
    std::string finish() {
        if (!part_.empty()) flush();
        return digest_.digits();
    }

  private:
    void flush() {
        archive_.add(fmt::format("tables/{}/{:06}.jsonl", table_, ++parts_), part_);
        part_.clear();
    }
    ArchiveWriter& archive_;
    std::string table_, part_;
    Sha256 digest_;
    int parts_ = 0;
};

/// One backup on its way into the archive.
class Writing {
  public:
    Writing(const Registry& registry, const BackupOrder& order, ArchiveWriter& archive, Instant now)
        : registry_(registry), order_(order), archive_(archive) {
        report_.manifest.made_at = now;
        report_.manifest.program = LOA_VERSION;
    }

    /// Everything that the database says, at one moment.
    void write_database(storage::Transaction& transaction, storage::Engine engine) {
        report_.manifest.engine = engine;
        report_.manifest.migrations = storage::applied_migrations(transaction);
        report_.manifest.heads = heads(transaction);
        report_.manifest.secret = keys_in(registry_)->fingerprint();
        std::vector<storage::Table> tables;
        for (const auto& table : storage::tables_of(transaction)) take(transaction, table, tables);
        find_files(transaction);
        total_ = 2 * report_.manifest.file_bytes + rows_ * kBytesOfRow;  // files are read back as well
        archive_.add("manifest.json", manifest_text(report_.manifest));
        if (order_.key) archive_.add("secret.key", keys_in(registry_)->digits());
        for (const auto& table : tables) write_table(transaction, table);
    }

    void write_files() {
        const auto store = media::file_store(registry_);
        for (const auto& content : files_) write_file(*store, content);
    }

    std::int64_t bytes() const { return done_; }

    void finish() {
        archive_.add("end.json", end_text(report_.end));
        archive_.finish();
    }

  private:
    void advance(std::int64_t bytes) {
        done_ += bytes;
        if (order_.progress) order_.progress(done_, std::max(total_, done_));
    }

    static std::vector<BackupHead> heads(storage::Transaction& transaction) {
        std::vector<BackupHead> all;
        for (const auto& [authority, head] : identity::timeline_heads(transaction)) all.push_back({authority, head.block, head.hash});
        return all;
    }

    void take(storage::Transaction& transaction, const storage::Table& table, std::vector<storage::Table>& tables) {
        if (!carried(table, registry_)) {
            report_.manifest.left_out.push_back(table.name);
            return;
        }
        for (const auto& column : table.columns)
            if (column.type == storage::ColumnType::Other)
                throw Fault(fmt::format("no backup can carry {}.{}; its owner has to leave the table out", table.name, column.name));
        report_.manifest.tables.push_back({table.name, table.columns, storage::count_rows(transaction, table)});
        rows_ += report_.manifest.tables.back().rows;
        tables.push_back(table);
    }

    void find_files(storage::Transaction& transaction) {
        const auto store = media::file_store(registry_);
        for (auto& content : media::contents(transaction)) {
            const auto size = store->size_of(content.sha256);
            if (!size) {
                report_.end.lost.push_back({content.sha256, content.name, LostFile::Why::Missing});
                continue;
            }
            content.size = *size;
            ++report_.manifest.files;
            report_.manifest.file_bytes += *size;
            files_.push_back(std::move(content));
        }
    }

    void write_table(storage::Transaction& transaction, const storage::Table& table) {
        TableParts parts(archive_, table.name);
        storage::each_row(transaction, table, [&](const storage::Values& values) {
            parts.add(row_line(values));
            advance(kBytesOfRow);
        });
        report_.end.digests.push_back(parts.finish());
    }

    /// An entry has the size that it was begun with, whatever happens to the file meanwhile; its digest tells.
    void write_file(const media::FileStore& store, const media::Content& content) {
        archive_.begin("files/" + content.sha256, content.size);
        std::int64_t left = content.size;
        store.read_pieces(content.sha256, [&](std::string_view piece) {
            const auto some = piece.substr(0, static_cast<std::size_t>(std::min<std::int64_t>(left, static_cast<std::int64_t>(piece.size()))));
            archive_.piece(some);
            left -= static_cast<std::int64_t>(some.size());
            advance(static_cast<std::int64_t>(some.size()));
        });
        const std::string nothing(kPart, '\0');
        for (; left > 0; left -= std::min<std::int64_t>(left, static_cast<std::int64_t>(kPart)))
            archive_.piece(std::string_view(nothing).substr(0, static_cast<std::size_t>(std::min<std::int64_t>(left, static_cast<std::int64_t>(kPart)))));
        if (archive_.end() != content.sha256)
            report_.end.lost.push_back({content.sha256, content.name, LostFile::Why::Changed});
    }

    const Registry& registry_;
    const BackupOrder& order_;
    ArchiveWriter& archive_;
    BackupReport report_;
    std::vector<media::Content> files_;
    std::int64_t rows_ = 0, done_ = 0, total_ = 0;
};

BackupReport write_and_verify(const Registry& registry, storage::Database& database, Instant now, const BackupOrder& order) {
    const BackupFolder folder(order.file.parent_path());
    const auto unnamed = folder.path() / "archive";
    std::int64_t size = 0, written = 0;
    {
        BackupOutput output(unnamed, order.key);
        ArchiveWriter archive([&](std::string_view bytes) { output.add(bytes); }, now);
        Writing writing(registry, order, archive, now);
        storage::read_snapshot(database, folder.path(), [&](storage::Transaction& transaction) {
            writing.write_database(transaction, database.engine());
        });
        // What has a digest for its name does not change, so the snapshot need not wait for the files.
        writing.write_files();
        writing.finish();
        output.finish();
        size = output.size();
        written = writing.bytes();
    }
    BackupVisitor nobody;
    auto report = read_backup(unnamed, order.key, nobody, [&](std::int64_t read, std::int64_t total) {
        if (order.progress) order.progress(written + read, written + total);
    });
    report.size = size;
    publish(unnamed, order.file);
    return report;
}

}  // namespace

Result<BackupReport> make_backup(const Registry& registry, storage::Database& database, Instant now, const BackupOrder& order) {
    try {
        if (std::filesystem::exists(order.file)) refuse(conflict("app.backup_exists", {{"path", order.file.string()}}));
        return write_and_verify(registry, database, now, order);
    } catch (const BackupRefused& refused) {
        return refused.failure;
    } catch (const storage::DatabaseError& error) {
        if (error.kind() != storage::ErrorKind::DiskFull) throw;
        return unavailable("app.backup_no_room", {{"path", order.file.parent_path().string()}});
    }
}

Result<BackupReport> verify_backup(const std::filesystem::path& file, const std::optional<BackupKey>& key) {
    try {
        BackupVisitor nobody;
        return read_backup(file, key, nobody);
    } catch (const BackupRefused& refused) {
        return refused.failure;
    }
}

}  // namespace loa::app
