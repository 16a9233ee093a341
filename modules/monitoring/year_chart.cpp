#include "year_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace loa::monitoring {

namespace {

using web::View;

constexpr double kLeft = 36, kRight = 564, kTop = 22.4, kBottom = 176;
constexpr double kMonthWidth = (kRight - kLeft) / 12;

std::string number(double value) { return fmt::format("{:.1f}", value); }

struct Sums {
    std::array<std::int64_t, 13> due{}, closed{};  // by the end of month 0 (the year before) … 12
};

Sums sums_of(const std::vector<MonthFigures>& months, int year) {
    Sums sums;
    for (const auto& figures : months) {
        const int its_year = std::stoi(figures.month.substr(0, 4)), its_month = std::stoi(figures.month.substr(5));
        const int first = its_year < year ? 0 : its_year > year ? 12 : its_month;
        for (int month = first; month <= 12; ++month) {
            sums.due[static_cast<std::size_t>(month)] += figures.due;
            sums.closed[static_cast<std::size_t>(month)] += figures.closed;
        }
    }
    return sums;
}

/// A round number that four lines of the grid can stand at.
std::int64_t top_of(std::int64_t most) {
    std::int64_t step = 1;
    while (step * 4 < most) step = step % 3 == 0 || step < 2 ? step + 1 : step * 3 / 2;
    return std::max<std::int64_t>(step * 4, 4);
}

}  // namespace

std::optional<View> year_chart(const std::vector<MonthFigures>& months, Date today) {
    const auto sums = sums_of(months, today.year());
    const std::int64_t total = sums.due[12];
    if (total == 0) return std::nullopt;
    const std::int64_t top = top_of(std::max(total, sums.closed[12]));
    const auto y_of = [&](double value) { return kBottom - (kBottom - kTop) * value / static_cast<double>(top); };
    const auto x_of = [&](double month) { return kLeft + kMonthWidth * month; };
    const int month = today.month();
    const double in_month = static_cast<double>(today.day()) / today.last_of_month().day();
    const double today_x = x_of(month - 1 + in_month);

    View view;
    std::vector<View> axes, ticks, rows;
    for (int line = 0; line <= 4; ++line) {
        const double y = y_of(static_cast<double>(top) * line / 4);
        axes.push_back(View().set("y", number(y)).set("text_y", number(y + 4)).set("label", top * line / 4));
    }
    for (int tick = 1; tick <= 12; tick += 2) ticks.push_back(View().set("x", number(x_of(tick - 0.5))).set("month", std::to_string(tick)));
    std::string plan = fmt::format("M{} {}", number(kLeft), number(y_of(static_cast<double>(sums.due[0]))));
    for (int end = 1; end <= 12; ++end)
        plan += fmt::format(" L{} {}", number(x_of(end)), number(y_of(static_cast<double>(sums.due[static_cast<std::size_t>(end)]))));
    const std::int64_t done = sums.closed[static_cast<std::size_t>(month)];
    std::string line = fmt::format("M{} {}", number(kLeft), number(y_of(static_cast<double>(sums.closed[0]))));
    for (int end = 1; end < month; ++end)
        line += fmt::format(" L{} {}", number(x_of(end)), number(y_of(static_cast<double>(sums.closed[static_cast<std::size_t>(end)]))));
    line += fmt::format(" L{} {}", number(today_x), number(y_of(static_cast<double>(done))));
    view.set("plan_line", plan).set("done_line", line).set("area", line + fmt::format(" L{} {} L{} {}z", number(today_x), number(kBottom), number(kLeft), number(kBottom)));
    view.set("today_x", number(today_x)).set("today_y", number(y_of(static_cast<double>(done))));
    const bool late_in_year = month > 6;
    view.set("today_label_x", number(today_x + (late_in_year ? -6 : 6))).flag("today_left", late_in_year);
    view.set("today_label_y", number(y_of(static_cast<double>(done)) > 140 ? 26 : 170));  // clear of the line's own words
    view.set("done_label_y", number(std::max(kTop, y_of(static_cast<double>(done)) - 9)));
    view.set("total_y", number(std::max(12.0, y_of(static_cast<double>(total)) - 7)));
    for (int end = 1; end <= 12; ++end) {
        const auto index = static_cast<std::size_t>(end);
        View row;
        row.set("month", fmt::format("{:02}/{}", end, today.year())).set("due_sum", sums.due[index]);
        row.set("closed_sum", end <= month ? fmt::format("{}", sums.closed[index]) : "");
        rows.push_back(std::move(row));
    }
    view.set("axes", std::move(axes)).set("ticks", std::move(ticks)).set("months", std::move(rows));
    view.set("total", total).set("done", done);
    return view;
}

}  // namespace loa::monitoring
