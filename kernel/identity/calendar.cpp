#include "loa/identity/calendar.h"

#include <map>
#include <set>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"

namespace loa::identity {

namespace {
constexpr Codes<DayKind, 2> kCodes{{{DayKind::Holiday, "holiday"}, {DayKind::WorkingDay, "working_day"}}};

/// The days from `first` on that are special, and the holidays of every year.
class Calendar {
  public:
    Calendar(const Work& work, Date first, Date last) {
        for (const auto& row : work.db.query("identity.special_days", {first, last}))
            special_.emplace(row.date("day"), from_code(kCodes, row.text("kind")).value());
        for (const auto& row : work.db.query("identity.fixed_holidays"))
            fixed_.emplace(row.number("month"), row.number("day"));
    }
    bool is_working_day(Date day) const {
        if (const auto found = special_.find(day); found != special_.end())
            return found->second == DayKind::WorkingDay;
        return day.weekday() <= 5 && !fixed_.contains({day.month(), day.day()});
    }

  private:
    std::map<Date, DayKind> special_;
    std::set<std::pair<std::int64_t, std::int64_t>> fixed_;
};

/// No run of days off is this long.
constexpr int kDaysAhead = 366;
}  // namespace

bool is_working_day(const Work& work, Date day) {
    return Calendar(work, day, day).is_working_day(day);
}

Date next_working_day(const Work& work, Date day) {
    const Calendar calendar(work, day, day.plus_days(kDaysAhead));
    for (int ahead = 0; ahead <= kDaysAhead; ++ahead)
        if (const Date candidate = day.plus_days(ahead); calendar.is_working_day(candidate)) return candidate;
    return day;
}

Result<> set_special_day(Work& work, Date day, DayKind kind, const std::string& name) {
    if (!work.actor.system) return forbidden();
    if (trimmed(name).empty()) return invalid("name", "identity.name_missing");
    work.db.run("identity.set_special_day", {day, code_in(kCodes, kind), squeezed(name)});
    record(work, {"identity.authority", work.authority, work.authority}, "identity.special_day_set",
           {{"day", "", day.iso()}, {"kind", "", std::string(code_in(kCodes, kind))}});
    return Done{};
}

}  // namespace loa::identity
