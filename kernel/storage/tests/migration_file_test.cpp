#include "migration_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"

namespace loa::storage {
namespace {

std::vector<std::string> paths(const std::vector<EmbeddedFile>& files, Engine engine = Engine::Sqlite) {
    std::vector<std::string> found;
    for (const auto& file : migration_files(files, engine)) found.push_back(file.path());
    return found;
}

TEST(MigrationFileTest, TheOrderIsThatOfTheHouse) {
    EXPECT_THAT(paths({{"modules/budget/sql/0001_init.sql", ""},
                       {"modules/plan/sql/0002_more.sql", ""},
                       {"modules/plan/sql/0001_init.sql", ""},
                       {"modules/plan/sql/queries.sql", ""},
                       {"kernel/identity/sql/public.sql", ""},
                       {"kernel/identity/sql/0001_init.sql", ""},
                       {"kernel/jobs/sql/0001_init.sql", ""},
                       {"kernel/storage/tests/probe/sql/0001_init.sql", ""},
                       {"kernel/storage/sql/0001_init.sql", ""},
                       {"kernel/storage/sql/other.sql", ""},
                       {"modules/broadcast/sql/0001_init.sql", ""}}),
                ::testing::ElementsAre("storage/0001_init.sql", "jobs/0001_init.sql", "identity/0001_init.sql", "identity/public.sql",
                                       "plan/0001_init.sql", "plan/0002_more.sql", "broadcast/0001_init.sql", "budget/0001_init.sql",
                                       "probe/0001_init.sql"));
}

TEST(MigrationFileTest, AFileForOneEngineIsItsAlone) {
    const std::vector<EmbeddedFile> files{{"kernel/search/sql/0001_init.sql", ""},
                                          {"kernel/search/sql/0002_words.sqlite.sql", ""},
                                          {"kernel/search/sql/0002_words.postgres.sql", ""}};
    EXPECT_THAT(paths(files), ::testing::ElementsAre("search/0001_init.sql", "search/0002_words.sqlite.sql"));
    EXPECT_THAT(paths(files, Engine::Postgres), ::testing::ElementsAre("search/0001_init.sql", "search/0002_words.postgres.sql"));
}

TEST(MigrationFileTest, ANumberLeftOutOrGivenTwiceIsRefused) {
    EXPECT_THROW(paths({{"modules/plan/sql/0002_more.sql", ""}}), Fault);
    EXPECT_THROW(paths({{"modules/plan/sql/0001_a.sql", ""}, {"modules/plan/sql/0003_b.sql", ""}}), Fault);
    EXPECT_THROW(paths({{"modules/plan/sql/0001_a.sql", ""}, {"modules/plan/sql/0001_b.sql", ""}}), Fault);
}

TEST(MigrationFileTest, TheChecksumIsSha256) {
    // FIPS 180-2, appendix B.1
    EXPECT_EQ((MigrationFile{"plan", "0001_init.sql", "abc"}).checksum(),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

constexpr std::string_view kText = R"(-- About things; no statement yet.

-- One thing.
-- distributed by authority_id
create table plan_thing (
    id bigint not null, -- "bigint" here; and a ';' there
    count integer not null,
    name text not null default 'integer; bigint',
    constraint plan_thing_check check (name <> 'a;b')
);
create index plan_thing_name on plan_thing (name);
-- local
CREATE TABLE plan_other (id bigint);
alter table plan_other add column more integer;
insert into plan_other (id) values (cast('1' as bigint));
)";

TEST(MigrationFileTest, OnSqliteTablesAreStrictAndNumbersIntegers) {
    const auto statements = migration_statements(kText, Engine::Sqlite);
    ASSERT_EQ(statements.size(), 5u);
    EXPECT_EQ(statements[0].text, "create table plan_thing ( id integer not null, count integer not null, name text not null default "
                                  "'integer; bigint', constraint plan_thing_check check (name <> 'a;b') ) strict");
    EXPECT_EQ(statements[0].placement, "distributed by authority_id");
    EXPECT_EQ(statements[0].table, "plan_thing");
    EXPECT_EQ(statements[0].line, 5);
    EXPECT_EQ(statements[1].text, "create index plan_thing_name on plan_thing (name)");
    EXPECT_EQ(statements[1].placement, "");
    EXPECT_EQ(statements[2].text, "CREATE TABLE plan_other (id integer) strict");
    EXPECT_EQ(statements[2].placement, "local");
    EXPECT_EQ(statements[3].text, "alter table plan_other add column more integer");
    EXPECT_EQ(statements[4].text, "insert into plan_other (id) values (cast('1' as bigint))");
}

TEST(MigrationFileTest, OnPostgresNumbersHave64Bits) {
    const auto statements = migration_statements(kText, Engine::Postgres);
    EXPECT_EQ(statements[0].text, "create table plan_thing ( id bigint not null, count bigint not null, name text not null default "
                                  "'integer; bigint', constraint plan_thing_check check (name <> 'a;b') )");
    EXPECT_EQ(statements[3].text, "alter table plan_other add column more bigint");
}

TEST(MigrationFileTest, ACommentFurtherUpIsNoPlacement) {
    EXPECT_EQ(migration_statements("-- local\n-- and more\ncreate table a (b bigint);", Engine::Sqlite).front().placement, "");
    EXPECT_EQ(migration_statements("-- local\ncreate index a on b (c);\ncreate table a (b bigint);", Engine::Sqlite).back().placement, "");
}

TEST(MigrationFileTest, AStatementWithoutItsEndIsRefused) {
    EXPECT_THROW(migration_statements("create table a (b bigint);\ncreate table c (d bigint)", Engine::Sqlite), Fault);
    EXPECT_TRUE(migration_statements("-- nothing\n;;\n", Engine::Sqlite).empty());
}

}  // namespace
}  // namespace loa::storage
