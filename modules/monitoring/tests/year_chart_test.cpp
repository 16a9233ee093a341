#include "year_chart.h"

#include <gtest/gtest.h>

#include "loa/web/templates.h"

namespace loa::monitoring {
namespace {

/// What a template makes of it.
std::string shown(const std::string& text, const web::View& view) {
    const web::Assets assets(std::vector<EmbeddedFile>{});
    const web::Templates templates({{"web/layout_plain", "{{{body}}}"}, {"t/p", text}}, [](Language, std::string_view) { return std::nullopt; }, assets);
    return templates.render_bare("t/p", Language::Vietnamese, view);
}

const Date kToday = *Date::from(2026, 4, 15);

TEST(YearChartTest, NothingDueIsNoPicture) {
    EXPECT_FALSE(year_chart({}, kToday));
    EXPECT_FALSE(year_chart({{"2026-02", 0, 3}}, kToday));
}

TEST(YearChartTest, SumsByTheEndOfEachMonth) {
    const auto chart = year_chart({{"2025-12", 2, 1}, {"2026-03", 4, 2}, {"2026-04", 0, 1}, {"2026-12", 6, 0}, {"2027-01", 3, 0}}, kToday);
    ASSERT_TRUE(chart);
    EXPECT_EQ(shown("{{total}} {{done}}", *chart), "15 4") << "what is of another year counts into its ends";
    EXPECT_EQ(shown("{{#months}}{{due_sum}}/{{closed_sum}} {{/months}}", *chart),
              "2/1 2/1 6/3 6/4 6/ 6/ 6/ 6/ 6/ 6/ 6/ 15/ ")
        << "what will be confirmed nobody knows";
}

TEST(YearChartTest, TheLineEndsToday) {
    const auto chart = year_chart({{"2026-01", 8, 4}, {"2026-12", 8, 0}}, kToday);
    ASSERT_TRUE(chart);
    EXPECT_EQ(shown("{{today_x}}", *chart), "190.0") << "in the middle of April: 36 + 3.5 months of 44";
    const auto line = shown("{{done_line}}", *chart);
    EXPECT_EQ(line.substr(line.rfind('L')), "L190.0 " + shown("{{today_y}}", *chart));
    EXPECT_EQ(shown("{{#axes}}{{label}} {{/axes}}", *chart), "0 4 8 12 16 ");
}

TEST(YearChartTest, TheGridHoldsTheMost) {
    for (const std::int64_t most : {1, 3, 5, 17, 48, 100, 999, 20'000}) {
        const auto chart = year_chart({{"2026-02", most, 0}}, kToday);
        const auto labels = shown("{{#axes}}{{label}} {{/axes}}", *chart);
        EXPECT_TRUE(chart) << labels;
    }
}

}  // namespace
}  // namespace loa::monitoring
