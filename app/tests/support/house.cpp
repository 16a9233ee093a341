#include "tests/support/house.h"

#include "loa/base/digest.h"
#include "loa/base/fault.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/storage/snapshot.h"
#include "program.h"

namespace loa::app {

std::unique_ptr<House> House::on(storage::Engine engine) {
    auto database = storage::testing::fresh_database(engine);
    if (!database) return nullptr;
    database->script("select 1");  // tables will be dropped and made again, so nobody else gets this database
    return std::unique_ptr<House>(new House(std::move(database)));
}

House::House(std::unique_ptr<storage::Database> database)
    : database_(std::move(database)), clock_(start_of(*Date::from(2026, 3, 2)).plus_seconds(9 * 3600)), ids_(7, clock_) {
    config_.files = file("files").string();
    join_all(registry_, config_);
}

House::Told House::run(const std::string& name, const std::map<std::string, std::string>& values) {
    web::Services here = services();
    for (const auto& command : registry_.all<jobs::Command>()) {
        if (command.name != name) continue;
        std::ostringstream out, errors;
        jobs::Invocation invocation{values, out, errors, registry_, [&]() -> web::Services& { return here; }};
        const int code = command.run(invocation);
        return {code, out.str(), errors.str()};
    }
    throw Fault("there is no command " + name);
}

media::FileStore& House::store() { return *media::file_store(registry_); }

Result<BackupReport> House::back_up(const std::filesystem::path& to, const std::optional<BackupKey>& key) {
    return make_backup(registry_, *database_, clock_.now(), {.file = to, .key = key});
}

Result<RestoreReport> House::restore(const std::filesystem::path& from, const std::optional<BackupKey>& key) {
    return restore_backup(registry_, config_, *database_, clock_, from, key);
}

void House::write(const std::function<void(Work&)>& step) {
    database_->write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, ids_, clock_.now(), Id{});
        step(work);
    });
}

std::map<std::string, std::string> House::contents() {
    return database_->read([&](storage::Transaction& transaction) {
        std::map<std::string, std::string> digests;
        for (const auto& table : storage::tables_of(transaction)) {
            bool left_out = storage::is_ledger(table.name);
            for (const auto& each : registry_.all<storage::LeftOut>()) left_out = left_out || each.table == table.name;
            if (left_out) continue;
            Sha256 digest;
            storage::each_row(transaction, table, [&](const storage::Values& values) { digest.add(row_line(values)); });
            digests[table.name] = digest.digits();
        }
        return digests;
    });
}

}  // namespace loa::app
