#include "loa/storage/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"

namespace loa::storage {
namespace {

Statements read(std::string_view text, std::string_view path = "modules/plan/sql/queries.sql", Engine engine = Engine::Sqlite) {
    return Statements({{path, text}}, engine);
}

constexpr std::string_view kList = R"(
-- list: plans
select p.* from plan_plan p where p.authority_id = $1
-- filter: state
and p.state = $value
-- filter: mine
and exists (select 1 from plan_step s where s.authority_id = $1 and s.person_id = $value and s.day = $value)
-- filter: open
and p.state <> 'closed'
-- order: newest
order by p.created_at desc, p.id desc
-- order: oldest
order by p.id;
)";

TEST(StatementsTest, ReadsNamesTextsAndMarks) {
    const auto statements = read("-- About plans.\n\n-- name: plan_by_id\n-- a free comment\nselect p.id -- of the plan\nfrom plan_plan p\n"
                                 "where p.authority_id = $1 and p.id = $2;\n\n-- name: forget\n-- wide\ndelete from plan_plan where id = 0;\n");
    const auto& found = statements.find("plan.plan_by_id");
    EXPECT_EQ(found.text, "select p.id \nfrom plan_plan p\nwhere p.authority_id = $1 and p.id = $2");
    EXPECT_EQ(found.parameters, 2);
    EXPECT_EQ(found.file, "modules/plan/sql/queries.sql:3");
    EXPECT_EQ(found.owner(), "plan");
    EXPECT_FALSE(found.writes);
    EXPECT_FALSE(found.wide);
    EXPECT_TRUE(statements.find("plan.forget").writes);
    EXPECT_TRUE(statements.find("plan.forget").wide);
    EXPECT_THROW(statements.find("plan.nothing"), Fault);
    EXPECT_THROW(statements.find("plan_by_id"), Fault);
}

TEST(StatementsTest, OnlyQueriesOfASqlFolderAndOfThisEngineCount) {
    const std::string_view one = "-- name: a\nselect 1;";
    EXPECT_EQ(read(one, "kernel/jobs/sql/queries_dead.sql").all().front().name, "jobs.a");
    EXPECT_TRUE(read(one, "kernel/jobs/sql/0001_init.sql").all().empty());
    EXPECT_TRUE(read(one, "kernel/jobs/sql/old/queries.sql").all().empty());
    EXPECT_TRUE(read(one, "kernel/jobs/sql/queries.postgres.sql").all().empty());
    EXPECT_EQ(read(one, "kernel/jobs/sql/queries.postgres.sql", Engine::Postgres).all().size(), 1u);
    EXPECT_TRUE(read(one, "kernel/jobs/sql/queries.sqlite.sql", Engine::Postgres).all().empty());
}

TEST(StatementsTest, RefusesWhatDoesNotFollowTheConvention) {
    for (const std::string_view text : {
             "select 1;",                                    // no name
             "-- name: a\nselect 1; select 2;",              // two statements under one name
             "-- name: a\n;",                                // nothing under it
             "-- name: a\n-- name: b\nselect 1;",            // the same
             "-- name: A B\nselect 1;",                      // no name
             "-- wide\n-- name: a\nselect 1;",               // wide above the name
             "-- name: a\nselect $1, $3;",                   // a gap
             "-- name: a\nselect 'x;",                       // a text without end
             "-- name: a\nselect 1;\n-- name: a\nselect 2;", // twice
             "-- filter: a\nand 1 = 1",                      // of no list
             "-- name: a\nselect 1;\n-- order: b\norder by 1;",
             "-- list: a\nselect 1 where 1 = 1\n-- filter: b\nor 1 = 1\n-- order: c\norder by 1",   // not "and"
             "-- list: a\nselect 1 where 1 = 1\n-- order: c\nlimit 5",                             // no order
             "-- list: a\nselect 1 where 1 = 1",                                                   // the same
             "-- list: a\nselect 1 where 1 = 1\n-- order: c\norder by 1\n-- order: c\norder by 1", // twice
             "-- list: a\ndelete from b where 1 = 1\n-- order: c\norder by 1",                     // a list only reads
             "-- list: a\nselect 1 where 1 = $1\n-- filter: b\nand 1 = $2\n-- order: c\norder by 1",  // $2 is not the base's
         })
        EXPECT_THROW(read(text), Fault) << text;
}

TEST(StatementsTest, AFaultTellsFileAndLine) {
    try {
        read("-- name: good\nselect 1;\n\n-- name: bad\nselect $2;");
        FAIL();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), ::testing::StartsWith("modules/plan/sql/queries.sql:4: "));
    }
}

TEST(StatementsTest, ComposesAList) {
    const auto statements = read(kList);
    const auto [statement, values] =
        composed(statements.list("plan.plans"), {7}, {{{"open", {}}, {"mine", 9}, {"state", "draft"}}, "oldest", 20, 40});
    EXPECT_EQ(statement.text,
              "select p.* from plan_plan p where p.authority_id = $1\n"
              "and p.state <> 'closed'\n"
              "and exists (select 1 from plan_step s where s.authority_id = $1 and s.person_id = $2 and s.day = $2)\n"
              "and p.state = $3\n"
              "order by p.id\n"
              "limit $4\n"
              "offset $5");
    EXPECT_EQ(statement.parameters, 5);
    EXPECT_EQ(values, (Values{7, 9, "draft", 20, 40}));
    EXPECT_EQ(statement.name, "plan.plans[open mine state | oldest]");
}

TEST(StatementsTest, CountsAList) {
    const auto statements = read(kList);
    const auto [statement, values] = counted(statements.list("plan.plans"), {7}, {{"state", "draft"}});
    EXPECT_EQ(statement.text, "select count(*) as rows from (\nselect p.* from plan_plan p where p.authority_id = $1\nand p.state = $2\n) counted");
    EXPECT_EQ(values, (Values{7, "draft"}));
    EXPECT_THROW(counted(statements.list("plan.plans"), {7}, {{"colour", "red"}}), Fault);
}

TEST(StatementsTest, AListRefusesWhatItDoesNotHave) {
    const auto statements = read(kList);
    const auto& list = statements.list("plan.plans");
    EXPECT_THROW(composed(list, {7}, {{}, "cheapest"}), Fault);
    EXPECT_THROW(composed(list, {7}, {{}, ""}), Fault);
    EXPECT_THROW(composed(list, {7}, {{{"colour", "red"}}, "newest"}), Fault);
    EXPECT_THROW(composed(list, {7}, {{{"state", "a"}, {"state", "b"}}, "newest"}), Fault);
    EXPECT_THROW(composed(list, {7}, {{{"open", "yes"}}, "newest"}), Fault);  // a switch takes no value
    EXPECT_THROW(composed(list, {}, {{}, "newest"}), Fault);
    for (const int limit : {0, -1, 1001}) EXPECT_THROW(composed(list, {7}, {{}, "newest", limit}), Fault) << limit;
    EXPECT_THROW(composed(list, {7}, {{}, "newest", 10, -1}), Fault);
    EXPECT_THROW(statements.list("plan.others"), Fault);
}

TEST(StatementsTest, CombinationsAreEachOrderEachFilterAllOfThemAndTheirCount) {
    std::vector<std::string> names;
    const auto statements = read(kList);
    for (const auto& statement : combinations(statements.list("plan.plans"))) names.push_back(statement.name);
    EXPECT_THAT(names, ::testing::ElementsAre("plan.plans[ | newest]", "plan.plans[ | oldest]", "plan.plans[state | newest]",
                                              "plan.plans[mine | newest]", "plan.plans[open | newest]",
                                              "plan.plans[state mine open | newest]", "plan.plans[state mine open | counted]"));
}

}  // namespace
}  // namespace loa::storage
