#include "loa/storage/statement_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "loa/storage/testing.h"

namespace loa::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A small house of its own: two kernel libraries, the spine, a module.
class StatementCheckTest : public ::testing::Test {
  protected:
    void SetUp() override {
        for (const auto engine : testing::engines()) {
            auto database = testing::fresh_database(engine);
            if (!database) continue;
            database->script(
                "create table jobs_job (id bigint, kind text);"
                "create table identity_person (id bigint, name text, password text);"
                "create view identity_named as select p.id, p.name from identity_person p;"
                "create view identity_public_person as select n.id, n.name from identity_named n;"
                "create table plan_activity (id bigint, title text);"
                "create table budget_estimate (id bigint, amount bigint)");
            (engine == Engine::Sqlite ? sqlite_ : postgres_) = std::move(database);
        }
    }

    std::vector<std::string> problems(std::string_view path, const std::string& sql) {
        std::vector<EmbeddedFile> files{{"kernel/jobs/sql/0001_init.sql", ""},
                                        {"kernel/identity/sql/0001_init.sql", ""},
                                        {"modules/plan/sql/0001_init.sql", ""},
                                        {"modules/budget/sql/0001_init.sql", ""}};
        const std::string text = sql.starts_with("-- ") ? sql : "-- name: it\n" + sql + ";";
        files.push_back({path, text});
        return statement_problems(*sqlite_, postgres_.get(), files);
    }
    static constexpr std::string_view kBudget = "modules/budget/sql/queries.sql";

    std::unique_ptr<Database> sqlite_, postgres_;
};

TEST_F(StatementCheckTest, WhatTheRuleAllows) {
    for (const std::string sql : {
             "select e.id from budget_estimate e join plan_activity a on a.id = e.id join identity_public_person p on p.id = e.id",
             "insert into budget_estimate (id, amount) select a.id, 1 from plan_activity a",
             "with named as (select p.id from identity_public_person p) select n.id, (select count(*) from plan_activity) as n from named n",
             "update budget_estimate set amount = 1 where id in (select a.id from plan_activity a)"})
        EXPECT_THAT(problems(kBudget, sql), IsEmpty()) << sql;
    EXPECT_THAT(problems("modules/plan/sql/queries.sql", "select p.name from identity_public_person p"), IsEmpty());
    EXPECT_THAT(problems("kernel/identity/sql/queries.sql", "select n.name, p.password from identity_named n, identity_person p"), IsEmpty());
}

TEST_F(StatementCheckTest, WhatItForbids) {
    const auto only = [&](std::string_view path, const std::string& sql, const std::string& what) {
        EXPECT_THAT(problems(path, sql), ElementsAre(HasSubstr(what + ", which it may not"))) << sql;
    };
    only(kBudget, "update plan_activity set title = 'x'", "writes plan_activity");
    only(kBudget, "delete from identity_person", "writes identity_person");
    only(kBudget, "select p.password from identity_person p", "reads identity_person");
    only(kBudget, "select count(*) as n from identity_person p", "reads identity_person");
    only(kBudget, "select n.name from identity_named n", "reads identity_named");
    only(kBudget, "select e.id from budget_estimate e where exists (select 1 from jobs_job j where j.id = e.id)", "reads jobs_job");
    only(kBudget, "with x as (select p.id from identity_person p) select x.id from x", "reads identity_person");
    only("modules/plan/sql/queries.sql", "select e.id from budget_estimate e", "reads budget_estimate");
    only("kernel/identity/sql/queries.sql", "select a.id from plan_activity a", "reads plan_activity");
    only("kernel/jobs/sql/queries.sql", "select p.id from identity_public_person p", "reads identity_public_person");
    EXPECT_THAT(problems("kernel/jobs/sql/queries.sql", "select m.name from sqlite_master m"), ::testing::Contains(HasSubstr("reads sqlite_master")));
}

TEST_F(StatementCheckTest, EveryCombinationOfAListIsPrepared) {
    const auto found = problems(kBudget,
                                "-- list: estimates\nselect e.id from budget_estimate e where e.id > $1\n"
                                "-- filter: good\nand e.amount = $value\n-- filter: bad\nand e.colour = $value\n"
                                "-- order: newest\norder by e.id\n-- order: oddest\norder by e.shape");
    std::set<std::string> names;
    for (const auto& problem : found) names.insert(problem.substr(0, problem.find(']')));
    EXPECT_THAT(names, ElementsAre("budget.estimates[ | oddest", "budget.estimates[bad | newest", "budget.estimates[good bad | counted", "budget.estimates[good bad | newest"));
}

TEST_F(StatementCheckTest, AColumnTwiceIsReported) {
    EXPECT_THAT(problems(kBudget, "select e.id, a.id from budget_estimate e, plan_activity a"), ElementsAre(HasSubstr("the column id twice")));
}

TEST_F(StatementCheckTest, WhatOnlyOneEngineHasIsReported) {
    EXPECT_THAT(problems("modules/budget/sql/queries.sqlite.sql", "select e.id from budget_estimate e"),
                ElementsAre(HasSubstr("PostgreSQL has no such statement")));
    if (!postgres_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    EXPECT_THAT(problems(kBudget, "select e.id from budget_estimate e where e.id = 'a' || e.id"), ElementsAre(HasSubstr("postgresql: ")));
    EXPECT_THAT(problems(kBudget, "select e.id, count(*) from budget_estimate e group by e.id"),
                ElementsAre(HasSubstr("SQLite gives the columns (id, count(*)), PostgreSQL (id, count)")));
}

}  // namespace
}  // namespace loa::storage
