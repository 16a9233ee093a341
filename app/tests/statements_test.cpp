#include "loa/storage/statement_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "loa/storage/testing.h"

namespace loa::app {
namespace {

// Here, where the statements of every library and module are linked.
TEST(Statements, AreReadyOnBothEngines) {
    const auto sqlite = storage::testing::fresh_database(storage::Engine::Sqlite);
    const auto engines = storage::testing::engines();
    const bool server = std::find(engines.begin(), engines.end(), storage::Engine::Postgres) != engines.end();
    const auto postgres = server ? storage::testing::fresh_database(storage::Engine::Postgres) : nullptr;
    EXPECT_THAT(storage::statement_problems(*sqlite, postgres.get()), ::testing::IsEmpty());
}

}  // namespace
}  // namespace loa::app
