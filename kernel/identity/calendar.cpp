#include "loa/identity/calendar.h"

#include <algorithm>
#include <array>
#include <set>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "verbs.h"

namespace loa::identity {

namespace {
constexpr Codes<Occasion, 10> kOccasions{{{Occasion::NewYear, "new_year"},
                                          {Occasion::Reunification, "reunification"},
                                          {Occasion::Labour, "labour"},
                                          {Occasion::NationalDay, "national_day"},
                                          {Occasion::InPlaceOfWeekend, "in_place_of_weekend"},
                                          {Occasion::Tet, "tet"},
                                          {Occasion::HungKings, "hung_kings"},
                                          {Occasion::Exchanged, "exchanged"},
                                          {Occasion::Other, "other"},
                                          {Occasion::Worked, "worked"}}};
constexpr Codes<DueDays, 2> kRules{{{DueDays::AsPrinted, "as_printed"}, {DueDays::NextWorkingDay, "next_working_day"}}};

struct FixedHoliday {
    int month, day;
    Occasion occasion;
};
/// Labour Code 45/2019/QH14, Art. 112 (1), in the order of the year.
constexpr std::array<FixedHoliday, 4> kFixed{{{1, 1, Occasion::NewYear}, {4, 30, Occasion::Reunification}, {5, 1, Occasion::Labour}, {9, 2, Occasion::NationalDay}}};

/// No run of days off is this long.
constexpr int kLongestRun = 366;
constexpr int kMostDaysAtOnce = 31, kFirstYear = 2000, kLastYear = 2100, kDaysOfTet = 5;
constexpr std::size_t kLongestCitation = 300;

bool weekend(Date day) { return day.weekday() > 5; }

std::optional<Occasion> fixed(Date day) {
    for (const auto& holiday : kFixed)
        if (holiday.month == day.month() && holiday.day == day.day()) return holiday.occasion;
    return std::nullopt;
}

}  // namespace

bool Calendar::in_place_of_weekend(Date day) const {
    const auto holiday_of_its_own = [&](Date date) {
        const auto found = entered_.find(date);
        return fixed(date) || (found != entered_.end() && (found->second.occasion == Occasion::Tet || found->second.occasion == Occasion::HungKings ||
                                                           found->second.occasion == Occasion::NationalDay));
    };
    if (weekend(day) || holiday_of_its_own(day)) return false;
    std::set<Date> taken;
    for (const auto& holiday : kFixed) {
        Date off = *Date::from(day.year(), holiday.month, holiday.day);
        if (!weekend(off)) continue;
        do off = off.plus_days(1);
        while (weekend(off) || holiday_of_its_own(off) || taken.contains(off));
        if (off == day) return true;
        taken.insert(off);
    }
    return false;
}

namespace {
Ref calendar_of(const Work& work) { return {"identity.authority", work.authority, work.authority}; }

/// Days in a row that one decision made what they are.
struct Stretch {
    Date first, last;
    SpecialDay day;
};
std::vector<Stretch> entered_between(const Work& work, Date first, Date last) {
    std::vector<Stretch> stretches;
    for (const auto& row : work.db.query("identity.calendar_days_between", {work.authority, first, last})) {
        const Date day = row.date("day");
        const SpecialDay special{occasion_from(row.text("occasion")).value(), row.text("citation")};
        if (!stretches.empty() && stretches.back().last.plus_days(1) == day && stretches.back().day == special)
            stretches.back().last = day;
        else
            stretches.push_back({day, day, special});
    }
    return stretches;
}

/// What stood there before, and what stands there now; where several decisions stood there, the others after the first.
std::vector<Change> changes_of_days(const std::vector<Stretch>& before, const std::optional<Stretch>& after) {
    std::vector<Change> changes;
    const auto add = [&](const Stretch* was, const Stretch* is) {
        const auto said = [&](const char* field, auto text) { changes.push_back({field, was ? text(*was) : "", is ? text(*is) : ""}); };
        said("first_day", [](const Stretch& each) { return each.first.iso(); });
        said("last_day", [](const Stretch& each) { return each.last.iso(); });
        said("occasion", [](const Stretch& each) { return std::string(code(each.day.occasion)); });
        said("citation", [](const Stretch& each) { return each.day.citation; });
    };
    if (before.empty()) add(nullptr, after ? &*after : nullptr);
    for (std::size_t i = 0; i < before.size(); ++i) add(&before[i], i == 0 && after ? &*after : nullptr);
    return changes;
}

void tell_of_change(Work& work) { jobs::enqueue(work, kDaysChanged, "{}", {.unique_key = std::string(kDaysChanged)}); }

std::vector<Problem> problems_of(const SetDays& input) {
    std::vector<Problem> problems;
    const auto outside = [](Date day) { return day.year() < kFirstYear || day.year() > kLastYear; };
    for (const auto& [field, day] : {std::pair("first", input.first), std::pair("last", input.last)})
        if (outside(day)) problems.push_back({field, "identity.day_too_far", {{"from", std::to_string(kFirstYear)}, {"to", std::to_string(kLastYear)}}});
    if (!problems.empty()) return problems;
    if (input.last < input.first) problems.push_back({"last", "identity.ends_before_it_begins", {}});
    if (input.last.days_since(input.first) >= kMostDaysAtOnce) problems.push_back({"last", "identity.too_many_days", {{"n", std::to_string(kMostDaysAtOnce)}}});
    const auto offered = entered_occasions();
    if (std::find(offered.begin(), offered.end(), input.occasion) == offered.end()) problems.push_back({"occasion", "identity.choose_an_occasion", {}});
    if (problems.empty() && input.occasion == Occasion::Worked)
        for (Date day = input.first; day <= input.last && problems.empty(); day = day.plus_days(1))
            if (!weekend(day)) problems.push_back({"first", "identity.worked_is_no_weekend", {{"day", day.vietnamese()}}});
    const auto citation = squeezed(input.citation);
    if (citation.empty()) problems.push_back({"citation", "identity.citation_missing", {}});
    if (length(citation) > kLongestCitation) problems.push_back({"citation", "identity.citation_too_long", {{"n", std::to_string(kLongestCitation)}}});
    return problems;
}
}  // namespace

std::string_view code(Occasion occasion) { return code_in(kOccasions, occasion); }
std::optional<Occasion> occasion_from(std::string_view code) { return from_code(kOccasions, code); }
std::string_view code(DueDays rule) { return code_in(kRules, rule); }
std::optional<DueDays> due_days_from(std::string_view code) { return from_code(kRules, code); }

std::vector<Occasion> entered_occasions() {
    return {Occasion::Tet, Occasion::HungKings, Occasion::NationalDay, Occasion::Exchanged, Occasion::Worked, Occasion::Other};
}

Calendar::Calendar(const Work& work) {
    for (const auto& row : work.db.query("identity.calendar_days", {work.authority}))
        entered_.emplace(row.date("day"), SpecialDay{occasion_from(row.text("occasion")).value(), std::string(row.text("citation"))});
    if (const auto row = work.db.one("identity.due_days_setting", {work.authority})) rule_ = due_days_from(row->text("due_days")).value();
}

std::optional<SpecialDay> Calendar::special(Date day) const {
    if (const auto found = entered_.find(day); found != entered_.end()) return found->second;
    if (const auto occasion = fixed(day)) return SpecialDay{*occasion, {}};
    if (in_place_of_weekend(day)) return SpecialDay{Occasion::InPlaceOfWeekend, {}};
    return std::nullopt;
}

bool Calendar::is_working_day(Date day) const {
    const auto found = special(day);
    return found ? found->occasion == Occasion::Worked : !weekend(day);
}

Date Calendar::next_working_day(Date day) const { return is_working_day(day) ? day : plus_working_days(day, 1); }

Date Calendar::plus_working_days(Date day, int n) const {
    const int step = n < 0 ? -1 : 1;
    for (int left = std::abs(n), run = 0; left > 0 && run < kLongestRun; ++run) {
        day = day.plus_days(step);
        if (!is_working_day(day)) continue;
        --left;
        run = 0;
    }
    return day;
}

std::vector<Occasion> Calendar::missing_in(int year) const {
    const auto count = [&](Occasion occasion) {
        return std::count_if(entered_.begin(), entered_.end(), [&](const auto& each) { return each.first.year() == year && each.second.occasion == occasion; });
    };
    std::vector<Occasion> missing;
    if (count(Occasion::Tet) < kDaysOfTet) missing.push_back(Occasion::Tet);
    for (const Occasion once : {Occasion::HungKings, Occasion::NationalDay})
        if (count(once) == 0) missing.push_back(once);
    return missing;
}

bool may_set_days(const Work& work) { return may_throughout(work, kManageSettings); }

Result<> set_days(Work& work, const SetDays& input) {
    if (!may_set_days(work)) return forbidden();
    if (auto problems = problems_of(input); !problems.empty()) return invalid(std::move(problems));
    const auto before = entered_between(work, input.first, input.last);
    const Stretch after{input.first, input.last, {input.occasion, squeezed(input.citation)}};
    work.db.run("identity.forget_calendar_days", {work.authority, input.first, input.last});
    for (Date day = input.first; day <= input.last; day = day.plus_days(1))
        work.db.run("identity.insert_calendar_day", {work.authority, day, code(input.occasion), after.day.citation});
    record(work, calendar_of(work), "identity.days_set", changes_of_days(before, after));
    tell_of_change(work);
    return Done{};
}

Result<> forget_days(Work& work, Date first, Date last) {
    if (!may_set_days(work)) return forbidden();
    const auto before = entered_between(work, first, last);
    if (before.empty()) return not_found("identity.no_such_days");
    work.db.run("identity.forget_calendar_days", {work.authority, first, last});
    record(work, calendar_of(work), "identity.days_forgotten", changes_of_days(before, std::nullopt));
    tell_of_change(work);
    return Done{};
}

Result<> set_due_days(Work& work, DueDays rule) {
    if (!may_set_days(work)) return forbidden();
    const DueDays before = Calendar(work).rule();
    if (before == rule) return Done{};
    LOA_CHECK(work.db.run("identity.set_due_days", {work.authority, code(rule)}) == 1);
    record(work, calendar_of(work), "identity.due_days_set", {{"due_days", std::string(code(before)), std::string(code(rule))}});
    tell_of_change(work);
    return Done{};
}

}  // namespace loa::identity
