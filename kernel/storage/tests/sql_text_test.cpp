#include "sql_text.h"

#include <gtest/gtest.h>

#include "loa/base/fault.h"
#include "loa/storage/statements.h"
#include "multi_row.h"

namespace loa::storage {
namespace {

TEST(SqlText, StringsAndCommentsHideWhatIsInThem) {
    EXPECT_EQ(parameter_count("select '$1 -- no', \"$2\", $1 -- $3\n, $2"), 2);
    EXPECT_EQ(parameter_count("select 'it''s $9'"), 0);
    EXPECT_EQ(without_comments("-- a\nselect 1 -- b\n, '--c' -- d"), "select 1 \n, '--c'");
}

TEST(SqlText, ParametersHaveNoGapAndNoOtherNames) {
    EXPECT_EQ(parameter_count("select $2, $1, $2"), 2);
    EXPECT_THROW(parameter_count("select $1, $3"), Fault);
    EXPECT_THROW(parameter_count("select $0"), Fault);
    EXPECT_THROW(parameter_count("select $name"), Fault);
    EXPECT_THROW(parameter_count("select $1x"), Fault);
    EXPECT_THROW(parameter_count("select $99999999999999999999"), Fault);
}

TEST(SqlText, AnUnendedStringIsRefused) {
    EXPECT_THROW(tokens_of("select 'it''s"), Fault);
    EXPECT_THROW(tokens_of("select \"a"), Fault);
}

TEST(SqlText, LinesAreCountedAlsoInsideStrings) {
    const auto tokens = tokens_of("select\n'a\nb'\n, x");
    EXPECT_EQ(tokens.back().line, 4);
    EXPECT_EQ(tokens.back().text, "x");
}

TEST(SqlText, KnowsWhatWrites) {
    for (const auto* sql : {"insert into a values (1)", "  -- c\n UPDATE a set b = 1", "delete from a", "create table a (b)",
                            "with x as (select 1) insert into a select * from x", "with x as (delete from a returning b) select b from x"})
        EXPECT_TRUE(writes(sql)) << sql;
    for (const auto* sql : {"select 'insert into a'", "with updated as (select 1) select * from updated", "values (1)", "-- delete\nselect 1"})
        EXPECT_FALSE(writes(sql)) << sql;
}

TEST(SqlText, ShiftsParameters) {
    EXPECT_EQ(with_shifted_parameters("($1, '$1', $12)", 3), "($4, '$1', $15)");
}

Statement insert(std::string text) {
    Statement statement;
    statement.name = "probe.insert";
    statement.parameters = parameter_count(text);
    statement.text = std::move(text);
    return statement;
}

TEST(MultiRow, RepeatsTheTuple) {
    EXPECT_EQ(for_rows(insert("insert into t (a, b, c) values ($1, lower($2), 'x)') on conflict do nothing"), 3),
              "insert into t (a, b, c) values ($1, lower($2), 'x)'), ($3, lower($4), 'x)'), ($5, lower($6), 'x)') on conflict do nothing");
    EXPECT_EQ(for_rows(insert("insert into t (a) values ($1)"), 1), "insert into t (a) values ($1)");
}

TEST(MultiRow, RefusesWhatIsNoSingleRow) {
    for (const auto* text : {"insert into t (a) values ($1), ($2)", "insert into t (a) select $1", "update t set a = $1",
                             "insert into t (a) values ($1) on conflict (a) do update set b = $2",
                             "with x as (select 1) insert into t (a) values ($1)", "insert into t (a) values ($1) on conflict (a) do update set b = $1"})
        EXPECT_FALSE(inserts_one_row(text)) << text;
    EXPECT_TRUE(inserts_one_row("insert into t (a) values ($1) on conflict (a) do update set b = excluded.b"));
}

}  // namespace
}  // namespace loa::storage
