// Working days: what the law says by itself, what is entered, and what is said to be missing.
#include "loa/identity/calendar.h"

#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CalendarTest : public OnEngine {
  protected:
    std::string enter(Date first, Date last, Occasion occasion, const std::string& citation = "Thông báo số 12/TB-BNV") {
        return town().write(town().administrator(), [&](Work& work) { return problem(set_days(work, {first, last, occasion, citation})); });
    }
    Calendar calendar() {
        return town().read(Id{}, [](Work& work) { return Calendar(work); });
    }
};

TEST_P(CalendarTest, KnowsTheDaysOfTheLabourCode) {
    const Calendar known = calendar();
    EXPECT_TRUE(known.is_working_day(day(2024, 2, 8)));
    EXPECT_FALSE(known.is_working_day(day(2024, 2, 10))) << "a Saturday";
    EXPECT_FALSE(known.is_working_day(day(2024, 9, 2))) << "a Monday, Quốc khánh";
    EXPECT_EQ(known.next_working_day(day(2024, 4, 27)), day(2024, 4, 29));
    EXPECT_EQ(known.next_working_day(day(2024, 4, 30)), day(2024, 5, 2));
    EXPECT_EQ(known.next_working_day(day(2024, 5, 2)), day(2024, 5, 2));
    EXPECT_EQ(known.plus_working_days(day(2024, 5, 2), -1), day(2024, 4, 29));
    EXPECT_EQ(known.plus_working_days(day(2024, 4, 26), 3), day(2024, 5, 3));
    EXPECT_EQ(known.plus_working_days(day(2024, 4, 27), 0), day(2024, 4, 27));
}

// As the country had it: in 2022 the last of April was a Saturday and the first of May a Sunday, so Monday and Tuesday were
// off; in 2023 New Year's Day and the last of April were Sundays, and 2 September a Saturday.
TEST_P(CalendarTest, GivesADayForAHolidayOnAWeekend) {
    const Calendar known = calendar();
    for (const Date off : {day(2022, 5, 2), day(2022, 5, 3), day(2023, 1, 2), day(2023, 5, 2), day(2023, 9, 4)}) {
        EXPECT_FALSE(known.is_working_day(off)) << off.iso();
        EXPECT_EQ(known.special(off)->occasion, Occasion::InPlaceOfWeekend) << off.iso();
    }
    for (const Date worked : {day(2022, 5, 4), day(2023, 1, 3), day(2023, 5, 3), day(2023, 9, 1), day(2023, 9, 5)})
        EXPECT_TRUE(known.is_working_day(worked)) << worked.iso();
}

// 2 September 2029 is a Sunday; its second day is the Monday, so the day in lieu is the Tuesday.
TEST_P(CalendarTest, StepsOverHolidaysThatWereEntered) {
    EXPECT_FALSE(calendar().is_working_day(day(2029, 9, 3)));
    EXPECT_TRUE(calendar().is_working_day(day(2029, 9, 4)));
    EXPECT_EQ(enter(day(2029, 9, 3), day(2029, 9, 3), Occasion::NationalDay), "");
    EXPECT_FALSE(calendar().is_working_day(day(2029, 9, 4)));
    EXPECT_EQ(enter(day(2029, 9, 4), day(2029, 9, 4), Occasion::Exchanged), "") << "as the notice of the year says it";
    EXPECT_TRUE(calendar().is_working_day(day(2029, 9, 5)));
}

TEST_P(CalendarTest, HasWhatIsEnteredWithWhereItComesFrom) {
    EXPECT_EQ(enter(day(2024, 2, 8), day(2024, 2, 14), Occasion::Tet, "  Thông báo  số 12/TB-BNV "), "");
    EXPECT_EQ(enter(day(2024, 5, 4), day(2024, 5, 4), Occasion::Worked), "");
    EXPECT_EQ(enter(day(2024, 4, 29), day(2024, 4, 29), Occasion::Exchanged), "");
    const Calendar known = calendar();
    EXPECT_EQ(known.next_working_day(day(2024, 2, 8)), day(2024, 2, 15));
    EXPECT_EQ(known.special(day(2024, 2, 8)), (SpecialDay{Occasion::Tet, "Thông báo số 12/TB-BNV"}));
    EXPECT_EQ(known.next_working_day(day(2024, 5, 4)), day(2024, 5, 4)) << "a Saturday that is worked";
    EXPECT_EQ(known.next_working_day(day(2024, 4, 27)), day(2024, 5, 2));
    // The later entry holds; taken back, the day is what it was.
    EXPECT_EQ(enter(day(2024, 2, 14), day(2024, 2, 14), Occasion::Other, "Thông báo số 13/TB-BNV"), "");
    EXPECT_EQ(calendar().special(day(2024, 2, 14))->occasion, Occasion::Other);
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(forget_days(work, day(2024, 2, 1), day(2024, 2, 29))), "");
        EXPECT_EQ(problem(forget_days(work, day(2024, 2, 1), day(2024, 2, 29))), ":identity.no_such_days");
    });
    EXPECT_TRUE(calendar().is_working_day(day(2024, 2, 8)));
    town().read(Id{}, [&](Work& work) {
        const auto lines = timeline_of(work, {"identity.authority", work.authority, work.authority});
        ASSERT_GE(lines.size(), 5U);
        EXPECT_EQ(lines[0].event, "identity.days_forgotten");
        EXPECT_THAT(lines[0].changes, ElementsAre(Change{"first_day", "2024-02-08", ""}, Change{"last_day", "2024-02-13", ""}, Change{"occasion", "tet", ""},
                                                  Change{"citation", "Thông báo số 12/TB-BNV", ""}, Change{"first_day", "2024-02-14", ""},
                                                  Change{"last_day", "2024-02-14", ""}, Change{"occasion", "other", ""}, Change{"citation", "Thông báo số 13/TB-BNV", ""}));
        EXPECT_EQ(lines[1].event, "identity.days_set");
        EXPECT_THAT(lines[1].changes, ElementsAre(Change{"first_day", "2024-02-14", "2024-02-14"}, Change{"last_day", "2024-02-14", "2024-02-14"},
                                                  Change{"occasion", "tet", "other"}, Change{"citation", "Thông báo số 12/TB-BNV", "Thông báo số 13/TB-BNV"}))
            << "the decision that it replaces";
    });
}

TEST_P(CalendarTest, SaysWhatItLacks) {
    EXPECT_THAT(calendar().missing_in(2024), ElementsAre(Occasion::Tet, Occasion::HungKings, Occasion::NationalDay));
    EXPECT_EQ(enter(day(2024, 2, 8), day(2024, 2, 11), Occasion::Tet), "");
    EXPECT_THAT(calendar().missing_in(2024), ElementsAre(Occasion::Tet, Occasion::HungKings, Occasion::NationalDay)) << "four days of five";
    EXPECT_EQ(enter(day(2024, 2, 12), day(2024, 2, 14), Occasion::Tet), "");
    EXPECT_EQ(enter(day(2024, 4, 18), day(2024, 4, 18), Occasion::HungKings), "");
    EXPECT_EQ(enter(day(2024, 9, 3), day(2024, 9, 3), Occasion::NationalDay), "");
    EXPECT_THAT(calendar().missing_in(2024), IsEmpty());
    EXPECT_EQ(calendar().missing_in(2025).size(), 3U) << "every year anew";
}

TEST_P(CalendarTest, TakesNothingThatIsNoDayOff) {
    EXPECT_EQ(enter(day(2024, 2, 14), day(2024, 2, 8), Occasion::Tet), "last:identity.ends_before_it_begins");
    EXPECT_EQ(enter(day(2024, 2, 1), day(2024, 3, 3), Occasion::Tet), "last:identity.too_many_days");
    EXPECT_EQ(enter(day(2024, 2, 1), day(2024, 3, 2), Occasion::Tet), "");
    EXPECT_EQ(enter(day(1999, 2, 8), day(1999, 2, 8), Occasion::Tet), "first:identity.day_too_far");
    EXPECT_EQ(enter(day(2024, 2, 8), day(2101, 2, 8), Occasion::Tet), "last:identity.day_too_far");
    EXPECT_EQ(enter(day(2024, 6, 3), day(2024, 6, 3), Occasion::InPlaceOfWeekend), "occasion:identity.choose_an_occasion");
    EXPECT_EQ(enter(day(2024, 6, 1), day(2024, 6, 3), Occasion::Worked), "first:identity.worked_is_no_weekend") << "a Monday";
    EXPECT_EQ(enter(day(2024, 6, 3), day(2024, 6, 3), Occasion::Other, " "), "citation:identity.citation_missing");
    EXPECT_EQ(enter(day(2024, 6, 3), day(2024, 6, 3), Occasion::Other, std::string(301, 'a')), "citation:identity.citation_too_long");
    for (const Id person : {town().leader(), Id{}}) {
        if (!person) continue;
        town().write(person, [&](Work& work) {
            EXPECT_EQ(problem(set_days(work, {day(2024, 6, 3), day(2024, 6, 3), Occasion::Other, "x"})), ":base.forbidden");
            EXPECT_EQ(problem(forget_days(work, day(2024, 2, 1), day(2024, 2, 29))), ":base.forbidden");
            EXPECT_EQ(problem(set_due_days(work, DueDays::NextWorkingDay)), ":base.forbidden");
        });
    }
}

TEST_P(CalendarTest, MovesDueDaysWhereTheAuthoritySaysSo) {
    testing::Town other(database(), "thị xã Tân Châu");
    EXPECT_EQ(calendar().due(day(2024, 4, 30)), day(2024, 4, 30)) << "the plan's own words";
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(set_due_days(work, DueDays::NextWorkingDay)), "");
        EXPECT_EQ(jobs::enqueue(work, kDaysChanged, "{}", {.unique_key = std::string(kDaysChanged)}), Id{}) << "it waits already";
    });
    EXPECT_EQ(calendar().due(day(2024, 4, 30)), day(2024, 5, 2));
    EXPECT_EQ(enter(day(2024, 5, 2), day(2024, 5, 2), Occasion::Other), "");
    EXPECT_EQ(calendar().due(day(2024, 4, 30)), day(2024, 5, 3));
    other.read(Id{}, [&](Work& work) {
        EXPECT_EQ(Calendar(work).rule(), DueDays::AsPrinted) << "each authority for itself";
        EXPECT_TRUE(Calendar(work).is_working_day(day(2024, 5, 2)));
    });
}

LOA_ON_BOTH_ENGINES(CalendarTest);

}  // namespace
}  // namespace loa::identity
