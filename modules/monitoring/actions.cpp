#include "actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "letters.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/calendar.h"
#include "loa/identity/permissions.h"
#include "loa/identity/telling.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kMostSteps = 10, kTitlesNamed = 3;
constexpr int kFarthest = 60;
constexpr std::int64_t kMostCounted = 1'000'000;
constexpr std::string_view kNotice = "notice", kLetterStep = "letter", kLeaders = "leaders", kWorking = "working", kCalendar = "calendar";

/// "-3; 0; 2 · 2 · 5", and "working" where it counts those.
std::string text_of(const Ladder& ladder) {
    std::vector<std::string> texts;
    for (const int day : ladder.notices) texts.push_back(std::to_string(day));
    const auto shown = [](std::optional<int> day) { return day ? std::to_string(*day) : std::string("-"); };
    return fmt::format("{} · {} · {}{}", joined(texts, "; "), shown(ladder.letter), shown(ladder.leaders), ladder.counted == DaysCounted::Working ? " · working" : "");
}

/// "a; b; c và 2 việc khác".
std::string titles_of(const std::vector<DueLine>& lines) {
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < std::min(lines.size(), kTitlesNamed); ++i) titles.push_back("“" + shortened(lines[i].title, 80) + "”");
    return joined(titles, "; ");
}

/// One message of all these lines of a unit.
jobs::Message news_of(const std::vector<DueLine>& lines, const std::string& key, Date today) {
    const std::size_t more = lines.size() > kTitlesNamed ? lines.size() - kTitlesNamed : 0;
    const Date due = lines.front().due_on;
    return {.key = more > 0 ? "monitoring.notice_more_" + key : "monitoring.notice_" + key,
            .args = {{"titles", titles_of(lines)},
                     {"n", std::to_string(lines.size())},
                     {"more", std::to_string(more)},
                     {"days", std::to_string(std::abs(today.days_since(due)))},
                     {"due", due.vietnamese()}},
            .path = lines.size() == 1 ? path_of(lines.front()) : "/viec-don-vi",
            .about = {},
            .deadline = due};
}

storage::Values reminder(Work& work, const DueLine& line, const std::string& step, std::optional<Id> person) {
    return {work.authority, work.new_id(), line.occurrence, line.assignment, line.unit, step, line.due_on, line.version, work.now, person};
}

/// The days as a ladder counts them, from today.
class Days {
  public:
    Days(const Work& work, DaysCounted counted) : calendar_(work), counted_(counted), today_(work.today()) {}
    bool working() const { return counted_ == DaysCounted::Working; }
    /// Whether anything is done today.
    bool act() const { return !working() || calendar_.is_working_day(today_); }
    /// The due days that a step reminds of: before the day those that are near, on it (with the days off behind it), after it
    /// all that are over long enough.
    std::pair<Date, Date> due(int step) const {
        if (step > 0) return {*Date::from(1990, 1, 1), plus(1 - step).plus_days(-1)};
        return {step == 0 ? today_ : plus(1), plus(1 - step).plus_days(-1)};
    }

  private:
    Date plus(int days) const { return working() ? calendar_.plus_working_days(today_, days) : today_.plus_days(days); }

    identity::Calendar calendar_;
    DaysCounted counted_;
    Date today_;
};

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

std::vector<Id> urged_by_her(const Work& work, const std::vector<RunningPlan>& plans) {
    std::vector<Id> mine;
    for (const auto& plan : plans)
        if (may_urge(work, plan.aggregating_unit)) mine.push_back(plan.id);
    return mine;
}

Ladder ladder(Work& work) {
    const auto rows = work.db.query("monitoring.ladder", {work.authority});
    if (rows.empty()) return {};
    Ladder found{.notices = {}, .letter = {}, .leaders = {}};
    if (const auto counted = work.db.one("monitoring.ladder_days", {work.authority})) found.counted = counted->text("days") == kWorking ? DaysCounted::Working : DaysCounted::Calendar;
    for (const auto& row : rows) {
        const int days = static_cast<int>(row.number("days"));
        if (row.text("act") == kNotice) found.notices.push_back(days);
        if (row.text("act") == kLetterStep) found.letter = days;
        if (row.text("act") == kLeaders) found.leaders = days;
    }
    return found;
}

Result<> set_ladder(Work& work, const Ladder& wanted) {
    if (!identity::may_throughout(work, kSetLadder)) return forbidden();
    std::vector<Problem> problems;
    const auto say = [&](const char* field, const char* key, std::size_t n = 0) { problems.push_back({field, key, {{"n", std::to_string(n)}}}); };
    const std::set<int> each(wanted.notices.begin(), wanted.notices.end());
    if (each.empty()) say("notices", "monitoring.ladder_empty");
    if (wanted.notices.size() > kMostSteps) say("notices", "monitoring.ladder_too_long", kMostSteps);
    if (each.size() != wanted.notices.size()) say("notices", "monitoring.ladder_twice");
    if (std::any_of(each.begin(), each.end(), [](int day) { return day < -kFarthest || day > kFarthest; })) say("notices", "monitoring.ladder_too_far", kFarthest);
    for (const auto& [field, day] : {std::pair("letter", wanted.letter), std::pair("leaders", wanted.leaders)})
        if (day && (*day < 1 || *day > kFarthest)) say(field, "monitoring.ladder_not_after", kFarthest);
    if (problems.empty() && wanted.letter && wanted.leaders && *wanted.leaders < *wanted.letter) say("leaders", "monitoring.ladder_leaders_first");
    if (!problems.empty()) return invalid(std::move(problems));
    const auto before = ladder(work);
    work.db.run("monitoring.forget_ladder", {work.authority});
    for (const int day : each) work.db.run("monitoring.insert_ladder_step", {work.authority, kNotice, day});
    if (wanted.letter) work.db.run("monitoring.insert_ladder_step", {work.authority, kLetterStep, *wanted.letter});
    if (wanted.leaders) work.db.run("monitoring.insert_ladder_step", {work.authority, kLeaders, *wanted.leaders});
    work.db.run("monitoring.set_ladder_days", {work.authority, wanted.counted == DaysCounted::Working ? kWorking : kCalendar});
    identity::record(work, {"identity.authority", work.authority, work.authority}, "monitoring.ladder_set", {{"ladder", text_of(before), text_of(ladder(work))}});
    return Done{};
}

Result<int> remind(Work& work, Id occurrence) {
    const auto line = line_to_urge(work, occurrence);
    if (!line) return not_found("monitoring.no_such_line");
    if (!may_urge(work, line->aggregating_unit)) return forbidden("monitoring.may_not_urge");
    if (line->line.state != "open") return conflict("monitoring.not_open");
    if (!line->has_day) return conflict("monitoring.no_day");
    if (line->line.given_back) return conflict("monitoring.given_back");
    if (!note_by_hand(work, line->line)) return 0;
    const bool late = line->line.due_on < work.today();
    identity::tell_unit(work, line->line.unit, kUrged, news_of({line->line}, late ? "urged_late" : "urged", work.today()));
    return 1;
}

Result<Urged> remind_all_late(Work& work, const Scope& scope) {
    const auto plans = urged_by_her(work, running_plans(work));
    if (plans.empty()) return forbidden("monitoring.may_not_urge");
    const std::string step = step_by_hand(work.today());
    std::map<Id, std::vector<DueLine>> by_unit;
    Urged urged;
    for (const auto& line : late_to_urge(work, plans, scope, step, kMostAtOnce)) {
        if (!note_by_hand(work, line)) continue;
        by_unit[line.unit].push_back(line);
        ++urged.lines;
    }
    identity::UnitNews news(work);
    for (const auto& [unit, lines] : by_unit) news.add(unit, news_of(lines, "urged_late", work.today()));
    news.send(kUrged);
    if (urged.lines == kMostAtOnce) urged.left = count_late_to_urge(work, plans, scope, step, kMostCounted);
    return urged;
}

std::int64_t count_to_urge(Work& work, const std::vector<RunningPlan>& plans, const Scope& scope) {
    const auto mine = urged_by_her(work, plans);
    return mine.empty() ? 0 : count_late_to_urge(work, mine, scope, step_by_hand(work.today()), kMostNamed + 1);
}

namespace {

/// Reminds every unit of its lines, once each step.
int remind_units(Work& work, const Days& counted, const std::vector<int>& notices) {
    int count = 0;
    identity::UnitNews news(work);
    for (const int days : notices) {
        const auto [from, to] = counted.due(days);
        const std::string step = std::to_string(days);
        std::vector<storage::Values> reminders;
        std::vector<DueLine> of_unit;
        const auto key_of = [&](const DueLine& line) { return line.due_on > work.today() ? "due_soon" : line.due_on == work.today() ? "due_today" : "late"; };
        const auto tell_unit = [&] {
            if (!of_unit.empty()) news.add(of_unit.front().unit, news_of(of_unit, key_of(of_unit.front()), work.today()));
            of_unit.clear();
        };
        for (auto& line : lines_to_remind(work, from, to, step)) {
            if (!of_unit.empty() && (of_unit.front().unit != line.unit || std::string_view(key_of(of_unit.front())) != key_of(line))) tell_unit();
            reminders.push_back(reminder(work, line, step, std::nullopt));
            of_unit.push_back(std::move(line));
        }
        tell_unit();
        news.send(days > 0 ? kUrged : kDueSoon);
        work.db.run_batch("monitoring.insert_reminder", reminders);
        count += static_cast<int>(reminders.size());
    }
    return count;
}

/// Puts lines that are late long enough into the letter that the office has not issued yet, or a new one.
void draft_letters(Work& work, const Days& counted, int days) {
    const auto [from, to] = counted.due(days);
    std::map<Id, Id> letters;  // of each office
    std::map<Id, int> added;
    std::vector<storage::Values> reminders, letter_lines;
    for (const auto& line : lines_to_remind(work, from, to, std::string(kLetterStep))) {
        auto& letter = letters[line.aggregating_unit];
        if (!letter) {
            const auto draft = work.db.one("monitoring.draft_letter_of_unit", {work.authority, line.aggregating_unit});
            letter = draft ? draft->id("id") : work.new_id();
            if (!draft) work.db.run("monitoring.insert_letter", {work.authority, letter, line.aggregating_unit, work.now});
        }
        letter_lines.push_back({work.authority, letter, line.occurrence, line.unit});
        reminders.push_back(reminder(work, line, std::string(kLetterStep), std::nullopt));
        ++added[line.aggregating_unit];
    }
    work.db.run_batch("monitoring.insert_letter_line", letter_lines);
    for (const auto& [office, letter] : letters) work.db.run("monitoring.touch_letter", {work.authority, letter});
    work.db.run_batch("monitoring.insert_reminder", reminders);
    for (const auto& [office, letter] : letters)
        identity::tell_unit(work, office, kLetter, {.key = "monitoring.notice_letter_waits", .args = {{"n", std::to_string(added[office])}}, .path = letter_path(letter), .about = {}});
}

/// The leaders are told once of what is late in spite of everything.
void tell_leaders(Work& work, const Days& counted, int days) {
    const auto [from, to] = counted.due(days);
    std::vector<storage::Values> reminders;
    std::set<Id> units;
    for (const auto& line : lines_to_remind(work, from, to, std::string(kLeaders))) {
        reminders.push_back(reminder(work, line, std::string(kLeaders), std::nullopt));
        units.insert(line.unit);
    }
    if (reminders.empty()) return;
    identity::tell_leaders(work, kLetter,
                           {.key = counted.working() ? "monitoring.notice_leaders_working" : "monitoring.notice_leaders",
                            .args = {{"n", std::to_string(reminders.size())}, {"units", std::to_string(units.size())}, {"days", std::to_string(days)}},
                            .path = "/qua-han?pham-vi=tat-ca",
                            .about = {}});
    work.db.run_batch("monitoring.insert_reminder", reminders);
}

}  // namespace

int urge(Work& work) {
    const Ladder steps = ladder(work);
    const Days counted(work, steps.counted);
    if (!counted.act()) return 0;
    const int count = remind_units(work, counted, steps.notices);
    if (steps.letter) draft_letters(work, counted, *steps.letter);
    if (steps.leaders) tell_leaders(work, counted, *steps.leaders);
    chase_answers(work);
    return count;
}

}  // namespace loa::monitoring
