#include "gantt_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "line_view.h"
#include "loa/base/text.h"

namespace loa::monitoring {

namespace {

using web::View;

/// What became of one time, the worst first.
enum class BarState { Late, Running, ToCome, Done };

BarState state_of(const TimeDue& time, Date from, Date today) {
    if (time.open > 0 && time.due_on && *time.due_on < today) return BarState::Late;
    if (time.open + time.reported == 0) return BarState::Done;
    return from > today ? BarState::ToCome : BarState::Running;
}

constexpr std::string_view fill_of(BarState state) {
    switch (state) {
        case BarState::Late: return "fill-late";
        case BarState::Running: return "fill-run";
        case BarState::ToCome: return "fill-idle";
        case BarState::Done: break;
    }
    return "fill-ok";
}

}  // namespace

View gantt_view(const Work& work, const RunningPlan& plan, const std::vector<SubjectTimes>& subjects, int year) {
    const Date first = *Date::from(year, 1, 1), last = *Date::from(year, 12, 31), today = work.today();
    const int last_year = plan.year_to != 0 ? plan.year_to : plan.issued_on ? plan.issued_on->year() : year;
    const Date end = *Date::from(last_year, 12, 31);
    View view;
    std::vector<View> rows, months;
    for (const auto& subject : subjects) {
        std::vector<View> bars;
        std::int64_t done = 0, late = 0;
        for (const auto& time : subject.times) {
            const Date from = time.from.value_or(subject.begins_on.value_or(plan.issued_on.value_or(first)));
            const Date to = std::max(from, time.due_on.value_or(time.to.value_or(end)));
            if (to < first || from > last) continue;
            const BarState state = state_of(time, from, today);
            done += state == BarState::Done;
            late += state == BarState::Late;
            const int x = std::max(from, first).days_since(first);
            bars.push_back(View().set("x", x).set("width", std::min(to, last).days_since(first) + 1 - x).set("fill", std::string(fill_of(state))));
        }
        View row;
        row.set("title", shortened(subject.title, 110));
        row.set("path", subject.is_activity ? fmt::format("/ke-hoach/{}/hoat-dong/{}", to_string(plan.id), to_string(subject.id)) : "");
        row.set("words", tr(work, late > 0 ? "monitoring.gantt_row_late" : "monitoring.gantt_row",
                            {{"n", std::to_string(bars.size())}, {"done", std::to_string(done)}, {"late", std::to_string(late)}}));
        row.flag("late", late > 0).set("bars", std::move(bars));
        rows.push_back(std::move(row));
    }
    for (int month = 1; month <= 12; ++month) months.push_back(View().set("name", std::to_string(month)));
    if (today.year() == year) view.set("today_x", today.days_since(first));
    view.flag("none", rows.empty()).set("rows", std::move(rows)).set("months", std::move(months));
    return view;
}

}  // namespace loa::monitoring
