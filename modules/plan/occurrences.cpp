#include "occurrences.h"

#include <algorithm>
#include <unordered_map>

#include "counts.h"
#include "listed_times.h"
#include "rows.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostOccurrences = 10 * 53;     // ten years of weeks
constexpr int kMostYears = 50, kLastYear = 9000;      // far from where the calendar of dates ends

/// Months of a period; a day's and a week's are counted otherwise.
int months_of(Period period) {
    switch (period) {
        case Period::Day:
        case Period::Week:
        case Period::Month: return 1;
        case Period::Quarter: return 3;
        case Period::HalfYear: return 6;
        case Period::Year: return 12;
    }
    return 1;
}

/// The day of a period of whole months on which it falls due: the day and month that are printed, the day in the last
/// month, or the last day.
Date due_in(const Deadline& deadline, Date from, Date to) {
    if (!deadline.due_day) return to;
    Date month = *Date::from(to.year(), to.month(), 1);
    if (deadline.due_month)
        for (Date day = from; day <= to; day = day.plus_months(1))
            if (day.month() == *deadline.due_month) month = *Date::from(day.year(), day.month(), 1);
    return Date::from(month.year(), month.month(), *deadline.due_day).value_or(month.last_of_month());
}

std::vector<DueDay> by_weeks(Date from, Date to) {
    std::vector<DueDay> days;
    for (Date monday = from.plus_days(1 - from.weekday()); monday <= to; monday = monday.plus_days(7)) {
        const Date last = std::min(monday.plus_days(6), to);
        days.push_back({monday, last, last});
    }
    return days;
}

std::vector<DueDay> by_months(const Deadline& deadline, int months, Date from, Date to) {
    std::vector<DueDay> days;
    const int before = (from.month() - 1) % months;  // periods begin in January
    for (Date first = Date::from(from.year(), from.month() - before, 1).value(); first <= to; first = first.plus_months(months)) {
        const Date last = first.plus_months(months - 1).last_of_month();
        days.push_back({first, last, std::min(due_in(deadline, first, last), to)});
    }
    return days;
}

/// Each of them that lies in that time, in each of its years.
std::vector<DueDay> by_list(const ListedTimes& listed, Date from, Date to) {
    std::vector<DueDay> days;
    const int months = months_of(listed.period);
    for (int year = from.year(); year <= to.year(); ++year)
        for (const int number : listed.numbers) {
            const Date first = *Date::from(year, (number - 1) * months + 1, 1), last = first.plus_months(months - 1).last_of_month();
            if (last >= from && first <= to) days.push_back({first, last, std::min(last, to)});
        }
    return days;
}

struct Fitted {
    std::vector<Id> changed;
    std::vector<DueDay> missing;
};

Fitted end_open(std::vector<Occurrence>& occurrences) {
    Fitted fitted;
    for (auto& occurrence : occurrences) {
        if (occurrence.state != OccurrenceState::Open) continue;
        occurrence.state = OccurrenceState::Ended;
        fitted.changed.push_back(occurrence.id);
    }
    return fitted;
}

bool same_period(const Occurrence& one, const Occurrence& other) { return one.from == other.from && one.to == other.to; }

std::optional<Date> moved(const identity::Calendar& calendar, std::optional<Date> printed) { return printed ? std::optional(calendar.due(*printed)) : std::nullopt; }

Fitted fit(std::vector<Occurrence>& occurrences, const std::vector<DueDay>& wanted, Date first, const identity::Calendar& calendar) {
    Fitted fitted;
    std::vector<bool> asked_for(occurrences.size());
    for (const auto& day : wanted) {
        // A line that others went into has the period once for each unit whose it was.
        std::vector<Occurrence*> known;
        for (std::size_t i = 0; i < occurrences.size(); ++i) {
            if (occurrences[i].from != day.from || occurrences[i].to != day.to) continue;
            asked_for[i] = true;
            known.push_back(&occurrences[i]);
        }
        if (known.empty()) fitted.missing.push_back(day);
        const bool counts = std::any_of(known.begin(), known.end(), [](const Occurrence* one) { return one->state != OccurrenceState::Ended; });
        for (Occurrence* one : known) {
            const bool ended = one->state == OccurrenceState::Ended;
            const bool back = ended && !counts && one == known.front();
            if (ended ? !back : one->printed_on == day.on) continue;
            if (back) one->state = one->reported_at ? OccurrenceState::Reported : OccurrenceState::Open;
            one->printed_on = day.on;
            one->due_on = moved(calendar, day.on);
            fitted.changed.push_back(one->id);
        }
    }
    for (std::size_t i = 0; i < occurrences.size(); ++i) {
        auto& occurrence = occurrences[i];
        const bool past = occurrence.from && occurrence.due_on && *occurrence.due_on < first;
        if (asked_for[i] || past || occurrence.state != OccurrenceState::Open) continue;
        occurrence.state = OccurrenceState::Ended;
        fitted.changed.push_back(occurrence.id);
    }
    return fitted;
}

/// Leaves out periods that are over, and asks once for what has nothing left.
void leave_out_past(std::vector<DueDay>& missing, const std::vector<Occurrence>& occurrences, Date today, const identity::Calendar& calendar) {
    if (missing.empty()) return;
    const auto last = missing.back().on;
    std::erase_if(missing, [&](const DueDay& day) { return day.from && moved(calendar, day.on) < today; });
    const auto counts = [](const Occurrence& one) { return one.state != OccurrenceState::Ended; };
    if (missing.empty() && std::none_of(occurrences.begin(), occurrences.end(), counts)) missing.push_back({{}, {}, last});
}

void set_days(Work& work, const Occurrence& occurrence) {
    work.db.run("plan.set_occurrence_days", {work.authority, occurrence.id, occurrence.printed_on, occurrence.due_on, text_of(occurrence.state)});
    if (const auto on_time = occurrence.on_time()) work.db.run("plan.set_on_time", {work.authority, occurrence.id, *on_time ? 1 : 0});
}

}  // namespace

std::vector<DueDay> due_days(const Plan& plan, const std::optional<Deadline>& deadline, Date first) {
    if (!deadline) return {DueDay{}};
    const bool recurring = deadline->kind == DeadlineKind::Recurring && deadline->every;
    // Months that are named one by one are read as the window that holds them, or as a year that comes again.
    const bool listed = recurring ? deadline->every == Period::Year : deadline->kind == DeadlineKind::Window && deadline->from && deadline->to;
    const auto times = listed ? listed_times(deadline->text) : std::nullopt;
    if (!recurring && !times) return {{{}, {}, deadline->to}};
    const Date from = deadline->from.value_or(Date::from(plan.year_from != 0 ? plan.year_from : first.year(), 1, 1).value());
    const Date to = deadline->to.value_or(Date::from(plan.year_to != 0 ? plan.year_to : first.year(), 12, 31).value());
    if (to < from || to.year() - from.year() > kMostYears || to.year() > kLastYear) return {{{}, {}, to}};
    auto days = times                             ? by_list(*times, from, to)
                : *deadline->every == Period::Week ? by_weeks(from, to)
                                                   : by_months(*deadline, months_of(*deadline->every), from, to);
    std::erase_if(days, [&](const DueDay& day) { return *day.on < std::max(first, from); });
    // Its whole time was over before it was issued; or nobody would answer so often.
    if (days.empty() || days.size() > kMostOccurrences) return {{{}, {}, to}};
    return days;
}

std::vector<Occurrence> occurrences_by_assignment(Work& work, Id assignment) {
    std::vector<Occurrence> occurrences;
    for (const auto& row : work.db.query("plan.occurrences_by_assignment", {work.authority, assignment}))
        occurrences.push_back(occurrence_from(row));
    return occurrences;
}

void fit_occurrences(Work& work, Id plan, const std::vector<LineDays>& lines, Date first) {
    std::unordered_map<Id, std::vector<Occurrence>> stored;
    for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, plan}))
        stored[row.id("assignment_id")].push_back(occurrence_from(row));
    const bool in_force = !stored.empty();
    const identity::Calendar calendar(work);
    std::vector<storage::Values> added;
    for (const auto& [assignment, days] : lines) {
        auto& occurrences = stored[assignment->id];
        auto fitted = assignment->state == AssignmentState::Ended ? end_open(occurrences) : fit(occurrences, days, first, calendar);
        // Nobody is late with what was never asked of her.
        if (in_force) leave_out_past(fitted.missing, occurrences, work.today(), calendar);
        for (const Id changed : fitted.changed)
            for (const auto& occurrence : occurrences)
                if (occurrence.id == changed) set_days(work, occurrence);
        for (const auto& day : fitted.missing)
            added.push_back({work.authority, work.new_id(), assignment->id, plan, assignment->activity ? assignment->activity : assignment->duty, assignment->unit, day.from, day.to, day.on, moved(calendar, day.on)});
        if (assignment->state == AssignmentState::Ended) continue;
        const auto state = fitted.missing.empty() ? state_by(occurrences) : AssignmentState::Open;
        if (state != assignment->state) work.db.run("plan.set_assignment_state", {work.authority, assignment->id, text_of(state)});
    }
    work.db.run_batch("plan.insert_occurrence", added);
    recount(work, plan);
}

std::int64_t move_due_days(Work& work, Id plan, const identity::Calendar& calendar) {
    std::int64_t count = 0;
    for (const auto& row : work.db.query("plan.printed_days", {work.authority, plan})) {
        const Date printed = row.date("printed_on"), due = calendar.due(printed);
        count += work.db.run("plan.move_occurrences", {work.authority, plan, printed, due, start_of(due.plus_days(1))});
    }
    if (count > 0) recount(work, plan);
    return count;
}

std::vector<ActivityTime> times_of_activity(Work& work, Id plan, Id activity) {
    std::vector<ActivityTime> times;
    for (const auto& row : work.db.query("plan.times_of_activity", {work.authority, plan, activity}))
        times.push_back({occurrence_from(row), row.id("unit_id"), row.flag("lead"), row.flag("accountable")});
    return times;
}

std::vector<Occurrence> closable(const std::vector<ActivityTime>& times) {
    std::vector<Occurrence> waiting;
    for (const auto& time : times)
        if (time.occurrence.state == OccurrenceState::Reported &&
            std::any_of(times.begin(), times.end(), [&](const ActivityTime& other) {
                return other.accountable && other.occurrence.state != OccurrenceState::Open && same_period(other.occurrence, time.occurrence);
            }))
            waiting.push_back(time.occurrence);
    return waiting;
}

AssignmentState state_by(const std::vector<Occurrence>& occurrences) {
    bool waits = false;
    for (const auto& occurrence : occurrences) {
        if (occurrence.state == OccurrenceState::Open) return AssignmentState::Open;
        waits = waits || occurrence.state == OccurrenceState::Reported;
    }
    return waits ? AssignmentState::Reported : AssignmentState::Closed;
}

}  // namespace loa::plan
