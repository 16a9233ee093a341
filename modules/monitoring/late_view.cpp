#include "late_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "actions.h"
#include "line_view.h"
#include "loa/i18n/format.h"

namespace loa::monitoring {

namespace {

using web::View;

constexpr std::string_view kPages[] = {"/qua-han", "/tong-quan"};
constexpr std::int64_t kMostTold = 1'000'000;
constexpr std::size_t kLongestBack = 200;

/// One of ours with nothing in its query but what these pages put there themselves.
bool leads_back(std::string_view path) {
    const auto page = path.substr(0, path.find('?'));
    return path.size() <= kLongestBack && std::find(std::begin(kPages), std::end(kPages), page) != std::end(kPages) &&
           std::all_of(path.begin(), path.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("-/?&=.").find(c) != std::string_view::npos;
           });
}

}  // namespace

void set_late_lines(Work& work, const Reader& reader, const std::vector<RunningPlan>& plans, const Scope& scope,
                    const std::vector<DueLine>& lines, const std::string& back, View& view) {
    const auto mine = urged_by_her(work, plans);
    std::vector<View> rows;
    bool any = false;
    for (const auto& line : lines) {
        const bool may = std::find(mine.begin(), mine.end(), line.plan) != mine.end();
        any = any || may;
        View row = line_view(work, reader, line);
        row.flag("may_urge", may && !line.given_back).set("occurrence", to_string(line.occurrence));
        row.flag("given_back", line.given_back);
        if (line.given_back && reader.opens(line.plan, line.unit)) row.set("answer_path", path_of(line) + "#tl");
        rows.push_back(std::move(row));
    }
    view.flag("may_urge_any", any).flag("none", rows.empty()).set("lines", std::move(rows)).set("back", back);
    if (!any) return;
    const auto left = count_to_urge(work, plans, scope);
    if (left == 0) return;
    const bool many = left > kMostNamed;
    view.set("urge_all", View().set("scope", code_of(scope)).set("label", tr(work, many ? "monitoring.urge_many" : "monitoring.urge_all", {{"n", std::to_string(many ? kMostNamed : left)}})));
}

void set_told(const web::Request& request, const Work& work, View& view) {
    const auto told = request.query.number("da-don-doc");
    if (!told || *told < 0 || *told > kMostTold) return;
    const auto left = request.query.number("con-lai").value_or(0);
    const bool more = left > 0 && left <= kMostTold;
    const char* key = *told == 0 ? "monitoring.told_nobody" : more ? "monitoring.told_and_left" : "monitoring.told";
    view.set("told", tr(work, key, {{"n", i18n::number(work.language, *told)}, {"left", i18n::number(work.language, left)}}));
}

std::string back_path(const web::Request& request, std::int64_t told, std::int64_t left) {
    const auto asked = request.form.text("back");
    const std::string back = leads_back(asked) ? asked : std::string(kPages[0]);
    return fmt::format("{}{}da-don-doc={}{}", back, back.find('?') == std::string::npos ? '?' : '&', told, left > 0 ? fmt::format("&con-lai={}", left) : "");
}

}  // namespace loa::monitoring
