#include "loa/storage/database.h"

#include <chrono>
#include <random>
#include <thread>

#include "engine.h"

namespace loa::storage {

namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr int kAttempts = 5;

thread_local bool inside_step = false;

/// 8 ms after the first try, 512 after the fourth, each half of it by chance, so that two that collided do not
/// meet again.
std::chrono::milliseconds pause_after(int tried) {
    thread_local std::minstd_rand chance(std::random_device{}());
    const int most = 2 << (2 * tried);
    return std::chrono::milliseconds(std::uniform_int_distribution<int>(most / 2, most)(chance));
}

}  // namespace

std::unique_ptr<Database> Database::open(std::string_view url) {
    if (url.starts_with(kSqlite)) return open_sqlite(std::string(url.substr(kSqlite.size())));
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgres(std::string(url));
    throw Fault("LOA_DATABASE must be sqlite:PATH or postgresql://USER@HOST/NAME");
}

void Database::copy_to_file(const std::filesystem::path&) { throw Fault("only a SQLite database can be copied into a file"); }

void Database::copy_to(Database&) { throw Fault("only a SQLite database in memory can be copied"); }

Description Database::describe(const Statement&) { throw Fault("this database describes no statements"); }

NotNested::NotNested() {
    if (inside_step) throw Fault("broken promise: a step opened another transaction");
    inside_step = true;
}

NotNested::~NotNested() { inside_step = false; }

void with_retries(const std::function<void()>& attempt) {
    for (int tried = 1;; ++tried) {
        try {
            return attempt();
        } catch (const DatabaseError& error) {
            if (!error.may_pass() || tried == kAttempts) throw;
        }
        std::this_thread::sleep_for(pause_after(tried));
    }
}

}  // namespace loa::storage
