#include "tests/support/databases.h"

#include <unistd.h>

#include "loa/storage/migrator.h"
#include "loa/storage/testing.h"

namespace loa::storage {

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "loa-storage-XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void OnEachDatabase::SetUp() {
    if (GetParam() == Kind::File) {
        database_ = Database::open(folder_.url());
        migrate(*database_);
    } else {
        database_ = testing::fresh_database(GetParam() == Kind::Postgres ? Engine::Postgres : Engine::Sqlite);
    }
    if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
}

void OnEachDatabase::add(std::int64_t id, const Value& name) {
    database_->write([&](Transaction& db) { db.run("probe.insert_thing", {id, name}); });
}

std::int64_t OnEachDatabase::count() {
    return database_->read([](Transaction& db) { return db.one("probe.count_things")->number("things"); });
}

std::optional<DatabaseError> OnEachDatabase::error_of(const std::function<void(Transaction&)>& step) {
    try {
        database_->write([&](Transaction& db) { step(db); });
    } catch (const DatabaseError& error) {
        return error;
    }
    return std::nullopt;
}

std::string kind_name(const ::testing::TestParamInfo<Kind>& info) {
    switch (info.param) {
        case Kind::Memory: return "memory";
        case Kind::File: return "file";
        case Kind::Postgres: return "postgres";
    }
    return "";
}

}  // namespace loa::storage
