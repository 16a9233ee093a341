#include "actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/deputies.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kMostSteps = 10, kTitlesNamed = 3;
constexpr int kFarthest = 60;
constexpr int kMostAtOnce = 1000;
const std::vector<int> kUsualLadder{-3, 0, 2};

/// "a; b; c và 2 việc khác".
std::string titles_of(const std::vector<DueLine>& lines) {
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < std::min(lines.size(), kTitlesNamed); ++i) titles.push_back("“" + shortened(lines[i].title, 80) + "”");
    return joined(titles, "; ");
}

/// Everyone of the unit, and whoever acts for one of them, is told once of all these lines.
void tell(Work& work, const std::vector<DueLine>& lines, const jobs::MessageKind& kind, const std::string& key, int days) {
    std::vector<Id> people;
    for (const auto& member : identity::people_of_unit(work, lines.front().unit))
        if (std::find(people.begin(), people.end(), member.person) == people.end()) people.push_back(member.person);
    const std::size_t more = lines.size() > kTitlesNamed ? lines.size() - kTitlesNamed : 0;
    jobs::Message message{.key = more > 0 ? "monitoring.notice_more_" + key : "monitoring.notice_" + key,
                          .args = {{"titles", titles_of(lines)},
                                   {"n", std::to_string(lines.size())},
                                   {"more", std::to_string(more)},
                                   {"days", std::to_string(std::abs(days))},
                                   {"due", lines.front().due_on.vietnamese()}},
                          .path = lines.size() == 1 ? path_of(lines.front()) : "/viec-don-vi",
                          .about = {},
                          .deadline = lines.front().due_on};
    for (const Id person : identity::with_deputies(work, people))
        if (person != work.actor.person) jobs::notify(work, person, kind, message);
}

storage::Values reminder(Work& work, const DueLine& line, const std::string& step, std::optional<Id> person) {
    return {work.authority, work.new_id(), line.occurrence, line.assignment, line.unit, step, work.now, person};
}

/// The days a step reminds of: before the day those that are near, on it, behind it all that are over long enough.
std::pair<Date, Date> due_of(int days, Date today) {
    if (days < 0) return {today.plus_days(1), today.plus_days(-days)};
    if (days == 0) return {today, today};
    return {*Date::from(1990, 1, 1), today.plus_days(-days)};
}

bool may_urge(const Work& work, Id aggregating_unit) { return identity::may_in_unit(work, kUrge, aggregating_unit); }

std::string step_by_hand(Date day) { return "by hand " + day.iso(); }

/// Writes it down, and says whether it is the first time today.
bool note_by_hand(Work& work, const DueLine& line) {
    const auto step = step_by_hand(work.today());
    if (work.db.run("monitoring.insert_reminder", reminder(work, line, step, work.actor.person)) == 0) return false;
    identity::record(work, {"plan.assignment", work.authority, line.assignment}, "monitoring.reminded", {{"due_on", "", line.due_on.iso()}});
    return true;
}

}  // namespace

std::vector<int> ladder(Work& work) {
    std::vector<int> days;
    for (const auto& row : work.db.query("monitoring.ladder", {work.authority})) days.push_back(static_cast<int>(row.number("days")));
    return days.empty() ? kUsualLadder : days;
}

Result<> set_ladder(Work& work, const std::vector<int>& days) {
    if (!identity::may_throughout(work, kSetLadder)) return forbidden();
    if (days.empty()) return invalid("days", "monitoring.ladder_empty");
    if (days.size() > kMostSteps) return invalid("days", "monitoring.ladder_too_long", {{"n", std::to_string(kMostSteps)}});
    const std::set<int> each(days.begin(), days.end());
    if (each.size() != days.size()) return invalid("days", "monitoring.ladder_twice");
    if (std::any_of(days.begin(), days.end(), [](int day) { return std::abs(day) > kFarthest; }))
        return invalid("days", "monitoring.ladder_too_far", {{"n", std::to_string(kFarthest)}});
    const auto shown = [](const auto& steps) {
        std::vector<std::string> texts;
        for (const int day : steps) texts.push_back(std::to_string(day));
        return joined(texts, "; ");
    };
    const auto before = ladder(work);
    work.db.run("monitoring.forget_ladder", {work.authority});
    for (const int day : each) work.db.run("monitoring.insert_ladder_step", {work.authority, day});
    identity::record(work, {"identity.authority", work.authority, work.authority}, "monitoring.ladder_set", {{"ladder", shown(before), shown(each)}});
    return Done{};
}

Result<> remind(Work& work, Id occurrence) {
    const auto line = line_to_urge(work, occurrence);
    if (!line) return not_found("monitoring.no_such_line");
    if (!may_urge(work, line->aggregating_unit)) return forbidden("monitoring.may_not_urge");
    if (line->line.state != "open") return conflict("monitoring.not_open");
    if (!line->has_day) return conflict("monitoring.no_day");
    if (!note_by_hand(work, line->line)) return Done{};
    const bool late = line->line.due_on < work.today();
    tell(work, {line->line}, kUrged, late ? "urged_late" : "urged", work.today().days_since(line->line.due_on));
    return Done{};
}

Result<int> remind_all_late(Work& work) {
    std::set<Id> plans;
    for (const auto& plan : running_plans(work))
        if (may_urge(work, plan.aggregating_unit)) plans.insert(plan.id);
    if (plans.empty()) return forbidden("monitoring.may_not_urge");
    std::map<Id, std::vector<DueLine>> by_unit;
    int count = 0;
    for (const auto& line : late_lines(work, {}, kMostAtOnce)) {
        if (!plans.contains(line.plan) || !note_by_hand(work, line)) continue;
        by_unit[line.unit].push_back(line);
        ++count;
    }
    for (const auto& [unit, lines] : by_unit) tell(work, lines, kUrged, "urged_late", work.today().days_since(lines.front().due_on));
    return count;
}

int urge(Work& work) {
    int count = 0;
    for (const int days : ladder(work)) {
        const auto [from, to] = due_of(days, work.today());
        const std::string step = std::to_string(days);
        std::vector<storage::Values> reminders;
        std::vector<DueLine> of_unit;
        const char* key = days < 0 ? "due_soon" : days == 0 ? "due_today" : "late";
        const auto tell_unit = [&] {
            if (!of_unit.empty()) tell(work, of_unit, days > 0 ? kUrged : kDueSoon, key, days);
            of_unit.clear();
        };
        for (auto& line : lines_to_remind(work, from, to, step)) {
            if (!of_unit.empty() && of_unit.front().unit != line.unit) tell_unit();
            reminders.push_back(reminder(work, line, step, std::nullopt));
            of_unit.push_back(std::move(line));
        }
        tell_unit();
        work.db.run_batch("monitoring.insert_reminder", reminders);
        count += static_cast<int>(reminders.size());
    }
    return count;
}

}  // namespace loa::monitoring
