// Working days of an authority: Monday to Friday without the public holidays of the Labour Code (45/2019/QH14, Art. 112). Those
// of a fixed day, and the day off in place of one that falls on a weekend (Art. 111 (3)), are counted out; those that are
// decided year by year (Tết, Giỗ Tổ, the second day of Quốc khánh, days exchanged) are entered with the decision they
// come from. Until somebody has entered them the calendar says that they are missing: they are never guessed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// Why a day is off; or, for Worked, why a day of the weekend is not.
enum class Occasion {
    NewYear, Reunification, Labour, NationalDay,  // by law; a second day of Quốc khánh is entered
    InPlaceOfWeekend,                             // reckoned from the four above
    Tet, HungKings, Exchanged, Other, Worked      // entered
};
/// "tet": in columns and forms; the text "identity.occasion_tet" is for people.
std::string_view code(Occasion occasion);
std::optional<Occasion> occasion_from(std::string_view code);
/// Those that a person may enter, in the order they are offered.
std::vector<Occasion> entered_occasions();

struct SpecialDay {
    Occasion occasion;
    std::string citation;  // of an entered one

    bool operator==(const SpecialDay&) const = default;
};

/// What becomes of a due day that is a day off. NextWorkingDay is the rule of the Civil Code for terms (91/2015/QH13,
/// Art. 148 (5)); AsPrinted, until an authority decides otherwise: the plan's own words.
enum class DueDays { AsPrinted, NextWorkingDay };
std::string_view code(DueDays rule);
std::optional<DueDays> due_days_from(std::string_view code);

/// The calendar of Work::authority, read once (two statements).
class Calendar {
  public:
    explicit Calendar(const Work& work);

    /// Entered, by law, or in place of a weekend; nothing for an ordinary day of the week or weekend.
    std::optional<SpecialDay> special(Date day) const;
    bool is_working_day(Date day) const;
    /// The day itself if it is a working day, else the first one after it.
    Date next_working_day(Date day) const;
    /// The n-th working day after (n > 0) or before (n < 0) a day, which itself does not count; 0: the day itself.
    Date plus_working_days(Date day, int n) const;

    DueDays rule() const { return rule_; }
    /// The day that counts when a document prints this one.
    Date due(Date printed) const { return rule_ == DueDays::AsPrinted ? printed : next_working_day(printed); }

    /// What is decided for every year and was not entered for this one: Tet (5 days), HungKings, NationalDay.
    std::vector<Occasion> missing_in(int year) const;

  private:
    /// Off because a holiday of a fixed day fell on a weekend: the first day after it that is neither a weekend nor a holiday
    /// itself nor taken by an earlier one. A day in lieu that was entered is that day, not one more.
    bool in_place_of_weekend(Date day) const;

    std::map<Date, SpecialDay> entered_;
    DueDays rule_ = DueDays::AsPrinted;
};

struct SetDays {
    Date first, last;  // both included
    Occasion occasion;
    std::string citation;
};
/// By whom kManageSettings allows. What was entered for these days before is replaced; whoever keeps due days is told by a
/// job kDaysChanged. Invalid: "last" before "first", more than 31 days, a year outside 2000 … 2100; "occasion" that is
/// none to enter, or Worked for a day that is no Saturday or Sunday; no "citation", or a long one.
Result<> set_days(Work& work, const SetDays& input);
/// Takes back what was entered for these days. Not found: nothing was.
Result<> forget_days(Work& work, Date first, Date last);
Result<> set_due_days(Work& work, DueDays rule);
/// Whether the person is one of those who enter them.
bool may_set_days(const Work& work);

/// News for whoever keeps due days: the working days of the job's authority, or what they do to due days, changed.
inline constexpr std::string_view kDaysChanged = "identity.days_changed";

}  // namespace loa::identity
