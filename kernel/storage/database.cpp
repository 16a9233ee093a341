#include "loa/storage/database.h"

#include <chrono>
#include <thread>

#include "engine.h"

namespace loa::storage {

namespace {
constexpr std::string_view kSqlite = "sqlite:";
constexpr int kAttempts = 5;
}  // namespace

std::unique_ptr<Database> Database::open(std::string_view url) {
    if (url.starts_with(kSqlite)) return open_sqlite(std::string(url.substr(kSqlite.size())));
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgres(std::string(url));
    throw Fault("LOA_DATABASE must be sqlite:PATH or postgresql://USER@HOST/NAME");
}

void Database::copy_to(Database&) { throw Fault("only a SQLite database in memory can be copied"); }

void with_retries(const std::function<void()>& attempt) {
    for (int tried = 1;; ++tried) {
        try {
            return attempt();
        } catch (const DatabaseError& error) {
            if (!error.may_pass() || tried == kAttempts) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2 << (2 * tried)));
    }
}

}  // namespace loa::storage
