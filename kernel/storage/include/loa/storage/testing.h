// Databases for tests: migrated, empty, thrown away. SQLite always; PostgreSQL where LOA_TEST_POSTGRES names a
// server on which databases may be created (tools/with-postgres starts one).
//
//     class UnitTest : public ::testing::TestWithParam<storage::Engine> { … };
//     auto database = storage::testing::fresh_database(GetParam());   // nullptr: GTEST_SKIP()
//     INSTANTIATE_TEST_SUITE_P(Engines, UnitTest, ::testing::ValuesIn(storage::testing::engines()),
//                              storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "loa/storage/database.h"

namespace loa::storage::testing {

std::vector<Engine> engines();
/// A database of its own with the schema of all that is linked into this program; nothing where there is no
/// such server. It goes away with the object.
std::unique_ptr<Database> fresh_database(Engine engine);

/// How many rows each table holds, for tests that nothing was left behind.
std::map<std::string, std::int64_t> row_counts(Database& database);

/// For INSTANTIATE_TEST_SUITE_P: "sqlite" or "postgres".
template <class Info>
std::string engine_name(const Info& info) {
    return info.param == Engine::Sqlite ? "sqlite" : "postgres";
}

}  // namespace loa::storage::testing
