#include "restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "backup_refused.h"
#include "loa/base/digest.h"
#include "loa/base/fault.h"
#include "loa/base/secrets.h"
#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "loa/media/file.h"
#include "loa/storage/snapshot.h"
#include "loa/web/spool.h"

namespace loa::app {

namespace {

std::set<std::string> left_out_here(const Registry& registry) {
    std::set<std::string> names;
    for (const auto& each : registry.all<storage::LeftOut>()) names.insert(each.table);
    return names;
}

/// What came into the store goes out again unless the restore succeeds.
class NewFiles {
  public:
    explicit NewFiles(media::FileStore& store) : store_(store) {}
    ~NewFiles() {
        for (const auto& sha256 : added_) store_.remove(sha256);
    }
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;
    void note(std::string sha256) { added_.push_back(std::move(sha256)); }
    void keep() { added_.clear(); }

  private:
    media::FileStore& store_;
    std::vector<std::string> added_;
};

/// Puts into the database and the store what the reading brings.
class Restoring final : public BackupVisitor {
  public:
    Restoring(const Registry& registry, storage::Transaction& transaction, storage::Engine engine, media::FileStore& store,
              NewFiles& new_files)
        : transaction_(transaction), engine_(engine), store_(store), new_files_(new_files), left_out_(left_out_here(registry)) {}

    void manifest(const Manifest& manifest) override {
        manifest_ = manifest;
        if (const auto unknown = storage::unknown_migration(manifest.engine, manifest.migrations))
            refuse(conflict("app.backup_newer", {{"migration", *unknown}}));
        require_room();
        refill_.emplace(transaction_, engine_, manifest.migrations);
        for (const auto& table : manifest.tables) tables_.push_back(matched(table));
        for (const auto& table : refill_->tables())
            if (!storage::is_ledger(table.name) && !named(table.name)) damaged("manifest.json: " + table.name);
    }

    void secret(std::string_view digits) override { secret_ = digits; }

    void rows(std::size_t table, const std::vector<storage::Values>& rows) override {
        if (left_out_.contains(tables_[table].name)) return;
        try {
            refill_->add(tables_[table], rows);
        } catch (const storage::DatabaseError& error) {
            broken_rule(error, tables_[table].name);
        }
    }

    void tables_end() override {
        try {
            refill_->close();
        } catch (const storage::DatabaseError& error) {
            broken_rule(error, "foreign keys");
        }
        for (std::size_t i = 0; i < tables_.size(); ++i) read_back(i);
        refill_->bring_up_to_date();
        for (auto& content : media::contents(transaction_)) mentioned_.insert(std::move(content.sha256));
    }

    void file_begins(const std::string& sha256, std::int64_t) override {
        if (!mentioned_.contains(sha256)) damaged("files/" + sha256);
        sha256_ = sha256;
        incoming_ = std::make_unique<web::SpooledFile>(store_.spool());
    }
    void file_piece(std::string_view piece) override { incoming_->append(piece); }
    void file_ends(bool right) override {
        if (right) {
            const bool fresh = !store_.has(sha256_);
            store_.take(*incoming_);
            if (fresh) new_files_.note(sha256_);
            ++files_;
        }
        incoming_.reset();
    }

    /// Once everything was read: what the database gave back is what the backup says.
    std::vector<RestoredTable> compared(const BackupReport& backup) {
        for (std::size_t i = 0; i < restored_.size(); ++i) {
            auto& table = restored_[i];
            table.same_content = digests_[i] == backup.end.digests[i];
            if (!table.left_out && (!table.same_content || table.restored != table.in_backup))
                throw Fault(fmt::format("the database gave table {} back with {} rows where {} were put in, or with other content; "
                                        "nothing was restored", table.name, table.restored, table.in_backup));
        }
        return std::move(restored_);
    }

    std::int64_t files() const { return files_; }
    const std::string& brought_secret() const { return secret_; }

  private:
    /// The table at the level of the backup, with its columns in the order of the backup.
    storage::Table matched(const BackupTable& asked) const {
        for (auto table : refill_->tables()) {
            if (table.name != asked.name || storage::is_ledger(table.name)) continue;
            if (table.columns.size() != asked.columns.size() ||
                !std::is_permutation(table.columns.begin(), table.columns.end(), asked.columns.begin()))
                break;
            table.columns = asked.columns;
            return table;
        }
        damaged("manifest.json: " + asked.name);
    }

    /// Carried or left out by the program that made the backup, or left out by this one.
    bool named(const std::string& table) const {
        const auto& left = manifest_.left_out;
        return left_out_.contains(table) || std::find(left.begin(), left.end(), table) != left.end() ||
               std::any_of(tables_.begin(), tables_.end(), [&](const auto& each) { return each.name == table; });
    }

    void require_room() const {
        std::error_code error;
        const auto space = std::filesystem::space(store_.root(), error);
        if (!error && static_cast<std::uintmax_t>(manifest_.file_bytes) > space.available)
            refuse(unavailable("app.restore_no_room", {{"path", store_.root().string()}}));
    }

    /// A rule of the tables that rows of a real database kept.
    [[noreturn]] static void broken_rule(const storage::DatabaseError& error, const std::string& where) {
        using storage::ErrorKind;
        const bool rule = error.kind() == ErrorKind::Unique || error.kind() == ErrorKind::ForeignKey || error.kind() == ErrorKind::Check ||
                          error.kind() == ErrorKind::NotNull;
        if (rule) damaged(where + ": " + error.what());
        throw error;
    }

    void read_back(std::size_t place) {
        RestoredTable table{tables_[place].name, manifest_.tables[place].rows, 0, false, left_out_.contains(tables_[place].name)};
        Sha256 digest;
        storage::each_row(transaction_, tables_[place], [&](const storage::Values& values) {
            digest.add(row_line(values));
            ++table.restored;
        });
        digests_.push_back(digest.digits());
        restored_.push_back(std::move(table));
    }

    storage::Transaction& transaction_;
    storage::Engine engine_;
    media::FileStore& store_;
    NewFiles& new_files_;
    std::set<std::string> left_out_;
    Manifest manifest_;
    std::optional<storage::Refill> refill_;
    std::vector<storage::Table> tables_;  // in the order of the manifest
    std::vector<RestoredTable> restored_;
    std::vector<std::string> digests_;
    std::set<std::string> mentioned_;
    std::unique_ptr<web::SpooledFile> incoming_;
    std::string sha256_, secret_;
    std::int64_t files_ = 0;
};

void require_free_and_empty(const Registry& registry, storage::Transaction& transaction, const storage::RowCounts& usual, Instant now) {
    if (storage::in_use(transaction, now)) refuse(conflict("app.restore_in_use"));
    if (const auto filled = storage::filled_table(transaction, usual, left_out_here(registry)))
        refuse(conflict("app.restore_not_empty", {{"table", *filled}}));
}

/// Files that the records mention and neither the backup nor the store has.
void note_absent_files(storage::Transaction& transaction, const media::FileStore& store, BackupEnd& end) {
    for (const auto& content : media::contents(transaction)) {
        const bool known = std::any_of(end.lost.begin(), end.lost.end(), [&](const auto& lost) { return lost.sha256 == content.sha256; });
        if (!known && !store.has(content.sha256)) end.lost.push_back({content.sha256, content.name, LostFile::Why::Missing});
    }
}

/// Each chain is whole and holds the head that the backup carried.
std::vector<RestoredTimeline> verified_timelines(Work work, const std::vector<BackupHead>& heads) {
    std::vector<RestoredTimeline> all;
    for (const auto& head : heads) {
        work.authority = head.authority;
        const auto authority = identity::authority_by_id(work, head.authority);
        all.push_back({authority ? authority->short_name : to_string(head.authority),
                       identity::verify_timeline(work, identity::TimelineHead{head.block, head.hash})});
    }
    return all;
}

/// Every authority can read in its timeline that its records were put back, and as of when.
void record_restore(Work work, Instant made_at) {
    for (const auto& authority : identity::authorities_on(work, work.today())) {
        work.authority = authority.id;
        identity::record(work, Ref{"identity.authority", authority.id, authority.id}, "app.restored", {{"made_at", "", made_at.iso()}});
    }
}

RestoredSecret settle_secret(const Registry& registry, const Config& config, const std::string& fingerprint, const std::string& brought) {
    const auto path = secret_path(config);
    if (config.secret.empty() && !brought.empty() && !std::filesystem::exists(path) && make_secret_file(path, brought))
        return RestoredSecret::Brought;
    return keys_in(registry)->fingerprint() == fingerprint ? RestoredSecret::Same : RestoredSecret::Other;
}

}  // namespace

bool RestoreReport::complete() const {
    return backup.complete() &&
           std::all_of(timelines.begin(), timelines.end(), [](const auto& timeline) { return timeline.verdict.findings.empty(); });
}

Result<RestoreReport> restore_backup(const Registry& registry, const Config& config, storage::Database& database, Clock& clock,
                                     const std::filesystem::path& file, const std::optional<BackupKey>& key) {
    const auto store = media::file_store(registry);
    NewFiles new_files(*store);
    RestoreReport report;
    std::string brought;
    try {
        const auto usual = storage::rows_of_migrations();
        IdSource ids(0, clock);  // nobody else is on this database
        storage::transact_once(database, storage::Mode::Write, [&](storage::Transaction& transaction) {
            require_free_and_empty(registry, transaction, usual, clock.now());
            Restoring restoring(registry, transaction, database.engine(), *store, new_files);
            report.backup = read_backup(file, key, restoring);
            report.tables = restoring.compared(report.backup);
            report.files = restoring.files();
            brought = restoring.brought_secret();
            note_absent_files(transaction, *store, report.backup.end);
            Work work = identity::system_work(transaction, ids, clock.now(), Id{});
            for (const auto& each : registry.all<storage::AfterRestore>()) each.step(registry, work);
            report.timelines = verified_timelines(work, report.backup.manifest.heads);
            record_restore(work, report.backup.manifest.made_at);
        });
        new_files.keep();
    } catch (const BackupRefused& refused) {
        return refused.failure;
    } catch (const storage::DatabaseError& error) {
        if (error.kind() != storage::ErrorKind::DiskFull) throw;
        return unavailable("app.restore_no_room", {{"path", "LOA_DATABASE"}});
    }
    report.secret = settle_secret(registry, config, report.backup.manifest.secret, brought);
    return report;
}

}  // namespace loa::app
