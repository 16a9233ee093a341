#include "filter_view.h"

#include <fmt/format.h>

#include "loa/base/text.h"
#include "loa/identity/units.h"
#include "saved_view.h"

namespace loa::monitoring {

using web::View;

std::optional<Id> take_id(const web::Request& request, const char* name, std::string& query) {
    const auto id = request.query.id(name);
    if (id) query += fmt::format("&{}={}", name, to_string(*id));
    return id;
}

std::optional<Date> take_day(const web::Request& request, const char* name, std::string& typed, std::string& query) {
    typed = squeezed(request.query.text(name));
    const auto day = Date::parse_vietnamese(typed);
    if (day) query += fmt::format("&{}={}", name, day->vietnamese());
    return day;
}

View choice(Id id, const std::string& name, std::optional<Id> chosen) {
    return View().set("id", to_string(id)).set("name", name).flag("chosen", chosen == id);
}

void set_choices(Work& work, View& view, const std::vector<RunningPlan>& plans, std::optional<Id> plan, std::optional<Id> unit) {
    std::vector<View> plan_choices, unit_choices;
    for (const auto& each : plans) plan_choices.push_back(choice(each.id, each.title, plan));
    for (const auto& node : identity::unit_tree_around(work, work.today(), unit))
        if (node.depth > 0) unit_choices.push_back(choice(node.unit.id, node.unit.name, unit));
    view.set("plans", std::move(plan_choices)).set("units", std::move(unit_choices));
}

void set_catalogue(View& view, const char* name, const std::vector<Entry>& entries, std::optional<Id> chosen) {
    std::vector<View> choices;
    for (const auto& entry : entries) choices.push_back(choice(entry.id, entry.name, chosen));
    view.set(name, std::move(choices));
}

void set_saved_views(Work& work, View& view, const std::string& path) {
    const auto list = path.substr(0, path.find('?'));
    std::vector<View> saved;
    for (const auto& each : saved_views(work))
        if (each.path.substr(0, each.path.find('?')) == list)
            saved.push_back(View().set("name", each.name).set("path", each.path).flag("chosen", each.path == path));
    view.flag("any_saved", !saved.empty()).set("saved", std::move(saved)).set("list_path", path);
}

}  // namespace loa::monitoring
