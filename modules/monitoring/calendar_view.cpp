#include "calendar_view.h"

#include "line_view.h"
#include "loa/base/text.h"

namespace loa::monitoring {

namespace {

using web::View;

std::string occasion_text(const Work& work, identity::Occasion occasion) { return tr(work, "identity.occasion_" + std::string(code(occasion))); }

/// Days off of the month that are no plain weekend, and weekends that are worked; those of one name together.
std::vector<View> days_off(const Work& work, const identity::Calendar& calendar, Date first) {
    struct Run {
        Date first, last;
        identity::Occasion occasion;
    };
    std::vector<Run> runs;
    for (Date day = first; day <= first.last_of_month(); day = day.plus_days(1)) {
        const auto special = calendar.special(day);
        if (!special) continue;
        if (!runs.empty() && runs.back().last.plus_days(1) == day && runs.back().occasion == special->occasion)
            runs.back().last = day;
        else
            runs.push_back({day, day, special->occasion});
    }
    std::vector<View> views;
    for (const auto& run : runs)
        views.push_back(View().set("name", occasion_text(work, run.occasion)).set("days", run.first == run.last ? run.first.vietnamese() : run.first.vietnamese() + " – " + run.last.vietnamese()));
    return views;
}

View day_view(const Work& work, const identity::Calendar& calendar, Date day, bool in_month, const std::map<Date, DayFigures>& figures, const std::string& path) {
    View view;
    view.flag("off", !in_month || !calendar.is_working_day(day)).flag("today", in_month && day == work.today());
    view.set("day", in_month ? std::to_string(day.day()) : "");
    const auto found = figures.find(day);
    if (!in_month || found == figures.end()) return view;
    const auto& due = found->second;
    const bool late = day < work.today() && due.open > 0;
    View shown;
    const auto count = late ? due.open : due.all();
    shown.set("count", count);
    shown.set("tag", late ? "ev--late" : due.open > 0 ? "" : due.reported > 0 ? "ev--hoe" : "ev--ok");
    const char* key = late ? "monitoring.day_late" : due.open > 0 ? "monitoring.day_due" : due.reported > 0 ? "monitoring.day_reported" : "monitoring.day_closed";
    shown.set("label", tr(work, key, {{"day", day.vietnamese()}, {"n", std::to_string(count)}}));
    shown.set("path", path + "ngay=" + day.iso());
    view.set("figures", std::move(shown));
    return view;
}

}  // namespace

void set_missing_days(const Work& work, const identity::Calendar& calendar, int year, View& view) {
    std::vector<std::string> missing;
    for (const auto occasion : calendar.missing_in(year)) missing.push_back(occasion_text(work, occasion));
    view.flag("lacks_days", !missing.empty()).flag("may_set_days", identity::may_set_days(work));
    view.set("missing_days", missing.empty() ? "" : tr(work, "monitoring.calendar_lacks", {{"year", std::to_string(year)}, {"days", joined(missing, ", ")}}));
}

View month_view(const Work& work, const identity::Calendar& calendar, Date in_month, const std::map<Date, DayFigures>& figures, const std::string& path) {
    const Date first = *Date::from(in_month.year(), in_month.month(), 1);
    std::vector<View> weeks;
    for (Date monday = first.plus_days(1 - first.weekday()); monday <= first.last_of_month(); monday = monday.plus_days(7)) {
        std::vector<View> days;
        for (int i = 0; i < 7; ++i) {
            const Date day = monday.plus_days(i);
            days.push_back(day_view(work, calendar, day, day.month() == first.month(), figures, path));
        }
        weeks.push_back(View().set("days", std::move(days)));
    }
    View view;
    view.set("month", tr(work, "monitoring.month", {{"n", std::to_string(first.month())}, {"year", std::to_string(first.year())}}));
    view.set("weeks", std::move(weeks));
    auto off = days_off(work, calendar, first);
    view.flag("has_days_off", !off.empty()).set("days_off", std::move(off));
    return view;
}

}  // namespace loa::monitoring
