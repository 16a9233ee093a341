#include "loa/identity/unit_figures.h"

#include "loa/identity/timeline.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

class Figures : public OnEngine {
  protected:
    std::string set(Id unit, std::int64_t value, Date from, const std::string& source = "", FigureKind kind = FigureKind::Population) {
        return town().write(Id{}, [&](Work& work) { return problem(set_figure(work, {unit, kind, value, from, source})); });
    }
    std::optional<std::int64_t> on(Id unit, Date date, FigureKind kind = FigureKind::Population) {
        return town().read(Id{}, [&](Work& work) { return figure_on(work, unit, kind, date); });
    }
};

TEST_P(Figures, HoldFromTheirDayToTheNext) {
    const Id hamlet = town().unit(UnitKind::Hamlet, "Khóm 1");
    EXPECT_EQ(set(hamlet, 1200, day(2022, 1, 1), "Báo cáo năm 2021"), "");
    EXPECT_EQ(set(hamlet, 1250, day(2023, 7, 1)), "");
    EXPECT_EQ(set(hamlet, 1180, day(2021, 1, 1)), "") << "an older one may come later";
    EXPECT_EQ(on(hamlet, day(2020, 12, 31)), std::nullopt);
    EXPECT_EQ(on(hamlet, day(2021, 1, 1)), 1180);
    EXPECT_EQ(on(hamlet, day(2023, 6, 30)), 1200);
    EXPECT_EQ(on(hamlet, day(2023, 7, 1)), 1250);
    EXPECT_EQ(on(hamlet, day(2023, 7, 1), FigureKind::Headcount), std::nullopt);
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(unit_by_id(work, hamlet)->population, 1250) << "what reads the unit sees today's";
        EXPECT_EQ(figures_on(work, FigureKind::Population, day(2022, 5, 1)).at(hamlet), 1200);
        const auto all = figures_of_unit(work, hamlet);
        ASSERT_EQ(all.size(), 3U);
        EXPECT_EQ(all[0].value, 1250);
        EXPECT_EQ(all[1].source, "Báo cáo năm 2021");
    });
}

TEST_P(Figures, ComeWithANewUnit) {
    const Id school = town().write(Id{}, [&](Work& work) {
        return create_unit(work, {.parent = town().root(), .kind = UnitKind::School, .name = "Trường An Lộc", .valid_from = day(2023, 9, 5), .headcount = 35}).value();
    });
    EXPECT_EQ(on(school, day(2023, 9, 4), FigureKind::Headcount), std::nullopt);
    EXPECT_EQ(on(school, day(2023, 9, 5), FigureKind::Headcount), 35);
}

TEST_P(Figures, AreCorrectedInPlaceAndRecorded) {
    const Id hamlet = town().unit(UnitKind::Hamlet, "Khóm 1");
    EXPECT_EQ(set(hamlet, 1200, day(2022, 1, 1)), "");
    EXPECT_EQ(set(hamlet, 1201, day(2022, 1, 1)), "");
    EXPECT_EQ(set(hamlet, 1201, day(2022, 1, 1)), "") << "the same again is nothing new";
    EXPECT_EQ(on(hamlet, day(2024, 1, 1)), 1201);
    town().read(Id{}, [&](Work& work) {
        const auto lines = timeline_of(work, {"identity.unit", work.authority, hamlet});
        ASSERT_EQ(lines.size(), 3U);
        EXPECT_EQ(lines[0].event, "identity.figure_set");
        EXPECT_EQ(lines[0].changes.front(), (Change{"population", "1200", "1201"}));
    });
}

TEST_P(Figures, AreRefused) {
    const Id hamlet = town().unit(UnitKind::Hamlet, "Khóm 1");
    EXPECT_EQ(set(hamlet, -1, day(2022, 1, 1)), "value:identity.below_zero");
    EXPECT_EQ(set(hamlet, 1, day(2024, 1, 16)), "valid_from:identity.figure_ahead");
    EXPECT_EQ(set(hamlet, 1, day(2019, 12, 31)), "valid_from:identity.figure_of_no_unit");
    EXPECT_EQ(set(Id{7}, 1, day(2022, 1, 1)), ":base.not_found");
    const Id leader = town().leader();
    EXPECT_EQ(town().write(leader, [&](Work& work) { return problem(set_figure(work, {hamlet, FigureKind::Population, 1, day(2022, 1, 1), ""})); }),
              ":base.forbidden");
}

LOA_ON_BOTH_ENGINES(Figures);

}  // namespace
}  // namespace loa::identity
