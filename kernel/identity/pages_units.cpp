// /don-vi: the tree as it was on a day; one unit with its names, what it came from and what became of it.
#include <fmt/format.h>

#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/unit_changes.h"
#include "loa/identity/unit_figures.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

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

/// Confirmed changes, those of the nearest day first.
std::vector<View> upcoming_changes(const Work& work, Date shown) {
    std::vector<View> views;
    const auto sets = change_sets(work);
    for (auto set = sets.rbegin(); set != sets.rend(); ++set) {
        if (set->state != ChangeSetState::Confirmed) continue;
        View view;
        view.set("name", set->name).set("day", set->day.vietnamese()).set("basis", set->basis);
        view.flag("not_shown", set->day <= shown);
        if (may_throughout(work, kManageUnits)) view.set("path", "/don-vi/thay-doi/" + to_string(set->id));
        views.push_back(std::move(view));
    }
    return views;
}

Response show_units(const Request& request, Work& work) {
    const Date day = day_of(request.query, "ngay").value_or(work.today());
    std::vector<View> units, groups;
    for (const UnitNode& node : unit_tree(work, day)) units.push_back(node_view(work, node));
    for (const UnitGroup& group : unit_groups(work)) groups.push_back(group_view(work, group, day));
    View view;
    view.set("day", day.vietnamese()).set("day_text", day.vietnamese());
    auto upcoming = upcoming_changes(work, day);
    view.flag("none", units.empty()).flag("has_groups", !groups.empty()).flag("has_upcoming", !upcoming.empty());
    view.flag("manages", may_throughout(work, kManageUnits)).set("upcoming", std::move(upcoming)).set("day_iso", day.iso());
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

View figure_view(const Work& work, const UnitFigure& figure) {
    View view;
    view.set("kind", tr(work, "identity." + std::string(code(figure.kind)))).set("value", figure.value);
    view.set("valid_from", figure.valid_from.vietnamese()).set("source", figure.source).set("person", figure.person_name);
    return view;
}

/// `typed`: the kind that was chosen in a form that was refused.
void set_figures(const Work& work, Id unit, const std::string& typed, View& view) {
    std::vector<View> figures, kinds;
    for (const FigureKind kind : kFigureKinds) {
        const std::string id(code(kind));
        kinds.push_back(View().set("id", id).set("name", tr(work, "identity." + id)).flag("chosen", typed == id));
    }
    view.set("figure_kinds", std::move(kinds));
    for (const UnitFigure& figure : figures_of_unit(work, unit)) figures.push_back(figure_view(work, figure));
    view.flag("has_figures", !figures.empty()).flag("manages", may_throughout_or_in(work, kManageUnits, unit)).set("figures", std::move(figures));
    view.set("figure_path", path_of(unit) + "/so-lieu").set("typed_from", work.today().vietnamese());
}

/// Which lower committee the unit stands for, where its kind may stand for one.
void set_represented(const Work& work, const Unit& unit, const Failure* failure, View& view) {
    if (unit.kind != UnitKind::District && unit.kind != UnitKind::Commune) return;
    View shown;
    std::vector<View> authorities;
    for (const Authority& authority : authorities_on(work, work.today())) {
        if (authority.id == work.authority) continue;
        const bool chosen = unit.represents_authority == authority.id;
        if (chosen) shown.set("represented", authority.name);
        authorities.push_back(View().set("id", to_string(authority.id)).set("name", authority.name).flag("chosen", chosen));
    }
    shown.set("authorities", std::move(authorities)).set("represents_path", path_of(unit.id) + "/dai-dien").set("version", std::to_string(unit.version));
    if (failure) shown.set("represents_error", tr(work, failure->problems.front().key, failure->problems.front().args));
    view.set("representing", std::move(shown));
}

Response unit_page(const Request& request, Work& work, const Failure* refused) {
    const auto unit = unit_by_id(work, request.id());
    if (!unit) return web::not_found();
    View view;
    set_figures(work, unit->id, request.form.text("kind"), view);
    const bool of_representing = refused && refused->problems.front().field == "represents_authority";
    set_represented(work, *unit, of_representing ? refused : nullptr, view);
    const auto* failure = of_representing ? nullptr : refused;
    if (failure) {
        view.set("figure_error", tr(work, failure->problems.front().key, failure->problems.front().args));
        view.set("typed_value", request.form.text("value")).set("typed_from", request.form.text("valid_from")).set("typed_source", request.form.text("source"));
    }
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
    return web::show({"identity/unit", refused ? tr(work, "identity.refused_title", {{"title", unit->name}}) : unit->name, std::move(view), ""}, refused ? 422 : 200);
}

Response show_unit(const Request& request, Work& work) { return unit_page(request, work, nullptr); }

Response add_figure(const Request& request, Work& work) {
    const auto kind = figure_kind_from(request.form.text("kind"));
    const auto value = request.form.number("value");
    const auto from = day_of(request.form, "valid_from");
    const auto set = kind && value && from
                         ? set_figure(work, {.unit = request.id(), .kind = *kind, .value = *value, .valid_from = *from, .source = request.form.text("source")})
                         : Result<>(invalid("value", "identity.figure_incomplete"));
    if (set) return web::redirect(path_of(request.id()));
    return set.failure().reason == Reason::Invalid ? unit_page(request, work, &set.failure()) : web::failed(set.failure());
}

Response post_represented(const Request& request, Work& work) {
    const auto done = represent_authority(work, {request.id(), request.form.id("authority"), request.form.number("version").value_or(0)});
    if (done) return web::redirect(path_of(request.id()));
    return done.failure().reason == Reason::Invalid ? unit_page(request, work, &done.failure()) : web::failed(done.failure());
}
}  // namespace

void add_unit_pages(Registry& registry) {
    using web::Method;
    registry.add(web::Route{.method = Method::Get, .pattern = "/don-vi", .verb = {}, .handler = show_units});
    registry.add(
        web::Route{.method = Method::Get, .pattern = "/don-vi/{id}", .verb = {}, .handler = show_unit});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/don-vi/{id}/so-lieu",
                            .access = web::Access::Granted,
                            .verb = std::string(kManageUnits.name),
                            .handler = add_figure});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/don-vi/{id}/dai-dien",
                            .access = web::Access::Granted,
                            .verb = std::string(kManageUnits.name),
                            .handler = post_represented});
    registry.add(web::NavigationEntry{"identity.section", 800, "identity.units", "unit", "/don-vi", ""});
}

}  // namespace loa::identity
