// /don-vi: the tree as it was on a day; one unit with its names, what it came from and what became of it.
#include <fmt/format.h>

#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

std::string path_of(Id unit) {
    return "/don-vi/" + to_string(unit);
}

std::string kind_text(const Work& work, UnitKind kind) {
    return tr(work, "identity.unit_kind." + std::string(code(kind)));
}

View node_view(const Work& work, const UnitNode& node) {
    View view;
    view.set("path", path_of(node.unit.id))
        .set("name", node.unit.name)
        .set("kind", kind_text(work, node.unit.kind));
    if (node.unit.short_name != node.unit.name) view.set("short_name", node.unit.short_name);
    std::string indent;
    for (int level = 0; level < node.depth; ++level) indent += "— ";
    view.set("indent", indent);
    view.set("valid_from", node.unit.valid_from.vietnamese());
    if (node.unit.valid_to) view.set("valid_to", node.unit.valid_to->vietnamese());
    return view;
}

View group_view(const Work& work, const UnitGroup& group, Date day) {
    View view;
    const auto members = members_of_group(work, group.id, day);
    view.set("name", group.name).set("count", static_cast<std::int64_t>(members.size()));
    std::vector<View> lines;
    for (const Unit& unit : members)
        lines.push_back(View().set("name", unit.name).set("path", path_of(unit.id)));
    view.set("members", std::move(lines));
    return view;
}

Response show_units(const Request& request, Work& work) {
    const Date day = day_of(request.query, "ngay").value_or(work.today());
    std::vector<View> units, groups;
    for (const UnitNode& node : unit_tree(work, day)) units.push_back(node_view(work, node));
    for (const UnitGroup& group : unit_groups(work)) groups.push_back(group_view(work, group, day));
    View view;
    view.set("day", day.vietnamese()).set("day_text", day.vietnamese());
    view.flag("none", units.empty()).flag("has_groups", !groups.empty());
    view.set("units", std::move(units)).set("groups", std::move(groups));
    return web::show({"identity/units", tr(work, "identity.units"), std::move(view), ""});
}

View name_view(const Work& work, const UnitName& name) {
    static constexpr std::string_view kinds[] = {"official", "short", "alias", "former"};
    View view;
    view.set("name", name.name);
    view.set("kind",
             tr(work, fmt::format("identity.name_kind.{}", kinds[static_cast<std::size_t>(name.kind)])));
    if (name.kind == NameKind::Alias) return view;
    view.set("valid_from", name.valid_from.vietnamese());
    if (name.valid_to) view.set("valid_to", name.valid_to->plus_days(-1).vietnamese());
    return view;
}

View link_view(const Work& work, const UnitLink& link, const UnitKey& other, const std::string& name) {
    View view;
    view.set("name", name).set("date", link.date.vietnamese());
    view.set("kind", tr(work, "identity.closing." + std::string(code(link.kind))));
    if (link.share) view.set("share", *link.share);
    if (other.authority == work.authority) {
        view.set("path", path_of(other.unit));
    } else if (const auto authority = authority_by_id(work, other.authority)) {
        view.set("authority", authority->short_name);
    }
    return view;
}

View person_view(const Work& work, const Membership& membership) {
    View view;
    view.set("name", membership.person_name).set("position", membership.position);
    view.set("role", tr(work, "identity.role." + std::string(code(membership.role))));
    return view;
}

Response show_unit(const Request& request, Work& work) {
    const auto unit = unit_by_id(work, request.id());
    if (!unit) return web::not_found();
    View view;
    view.set("name", unit->name).set("kind", kind_text(work, unit->kind));
    view.set("valid_from", unit->valid_from.vietnamese());
    if (unit->valid_to) view.set("valid_to", unit->valid_to->vietnamese());
    if (unit->closing) view.set("closing", tr(work, "identity.closing." + std::string(code(*unit->closing))));
    if (unit->headcount) view.set("headcount", *unit->headcount);
    if (unit->population) view.set("population", *unit->population);
    if (unit->parent)
        if (const auto parent = unit_by_id(work, *unit->parent))
            view.set("parent", parent->name).set("parent_path", path_of(parent->id));
    std::vector<View> names, before, after, people;
    for (const UnitName& name : names_of_unit(work, unit->id)) names.push_back(name_view(work, name));
    for (const UnitLink& link : links_to(work, unit->id))
        before.push_back(link_view(work, link, link.predecessor, link.predecessor_name));
    for (const UnitLink& link : links_from(work, unit->id))
        after.push_back(link_view(work, link, link.successor, link.successor_name));
    for (const Membership& membership : people_of_unit(work, unit->id))
        people.push_back(person_view(work, membership));
    view.flag("has_before", !before.empty())
        .flag("has_after", !after.empty())
        .flag("has_people", !people.empty());
    view.set("names", std::move(names)).set("before", std::move(before)).set("after", std::move(after));
    view.set("people", std::move(people));
    return web::show({"identity/unit", unit->name, std::move(view), ""});
}
}  // namespace

void add_unit_pages(Registry& registry) {
    using web::Method;
    registry.add(web::Route{.method = Method::Get, .pattern = "/don-vi", .verb = {}, .handler = show_units});
    registry.add(
        web::Route{.method = Method::Get, .pattern = "/don-vi/{id}", .verb = {}, .handler = show_unit});
    registry.add(web::NavigationEntry{"identity.section", 800, "identity.units", "unit", "/don-vi", ""});
}

}  // namespace loa::identity
