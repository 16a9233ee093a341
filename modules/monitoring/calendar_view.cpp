#include "calendar_view.h"

#include "line_view.h"

namespace loa::monitoring {

namespace {

using web::View;

View day_view(const Work& work, Date day, bool in_month, const std::map<Date, DayFigures>& figures, const std::string& path) {
    View view;
    view.flag("off", !in_month || day.weekday() > 5).flag("today", in_month && day == work.today());
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

View month_view(const Work& work, Date in_month, const std::map<Date, DayFigures>& figures, const std::string& path) {
    const Date first = *Date::from(in_month.year(), in_month.month(), 1);
    std::vector<View> weeks;
    for (Date monday = first.plus_days(1 - first.weekday()); monday <= first.last_of_month(); monday = monday.plus_days(7)) {
        std::vector<View> days;
        for (int i = 0; i < 7; ++i) {
            const Date day = monday.plus_days(i);
            days.push_back(day_view(work, day, day.month() == first.month(), figures, path));
        }
        weeks.push_back(View().set("days", std::move(days)));
    }
    View view;
    view.set("month", tr(work, "monitoring.month", {{"n", std::to_string(first.month())}, {"year", std::to_string(first.year())}}));
    view.set("weeks", std::move(weeks));
    return view;
}

}  // namespace loa::monitoring
