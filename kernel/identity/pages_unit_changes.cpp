// /don-vi/thay-doi: changes of units prepared ahead, seen before they happen, confirmed, taken back.
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/unit_changes.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "unit_change_words.h"
#include "unit_rows.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

std::string path_of(Id set, std::string_view more = "") { return "/don-vi/thay-doi/" + to_string(set) + std::string(more); }

View state_view(const Work& work, const UnitChangeSet& set) {
    static constexpr std::string_view tags[] = {"", "tag--run", "tag--ok", "tag--off"};
    View view;
    view.set("name", set.name).set("basis", set.basis).set("day", set.day.vietnamese()).set("path", path_of(set.id));
    view.set("state", tr(work, "identity.change_state." + std::string(code(set.state))));
    view.set("tag", set.problem ? "tag--late" : std::string(tags[static_cast<std::size_t>(set.state)]));
    return view;
}

std::string name_of(const Work& work, const UnitChangeSet& set, const UnitKey& key) {
    for (const UnitChange& change : set.changes)
        if (change.kind == ChangeKind::Create && key == UnitKey{set.authority, change.unit}) return change.name;
    return name_of_unit(work, key);
}

View change_view(const Work& work, const UnitChangeSet& set, const UnitChange& change) {
    View view;
    view.set("id", to_string(change.id));
    const bool end = change.kind == ChangeKind::End;
    view.set("kind", tr(work, end ? "identity.closing." + std::string(code(change.closing)) : "identity.change_kind." + std::string(code(change.kind))));
    view.set("name", change.kind == ChangeKind::Rename ? name_of(work, set, {set.authority, change.unit}) : change.name);
    std::vector<View> after;
    if (change.kind == ChangeKind::Rename) after.push_back(View().set("name", change.name));
    if (change.kind == ChangeKind::Create && change.parent) view.set("below", name_of(work, set, {set.authority, *change.parent}));
    for (const ChangeSuccessor& successor : change.successors) {
        View each;
        each.set("name", name_of(work, set, successor.unit));
        if (successor.share) each.set("share", *successor.share);
        each.flag("people", successor.takes_people);
        after.push_back(std::move(each));
    }
    view.set("after", std::move(after));
    return view;
}

/// A problem whose field is a change's id is said with the name of that change's unit.
std::string problem_in_words(const Work& work, const UnitChangeSet& set, const Problem& problem) {
    const std::string text = tr(work, problem.key, problem.args);
    for (const UnitChange& change : set.changes)
        if (to_string(change.id) == problem.field) return change.name + ": " + text;
    return text;
}

std::vector<View> problem_views(const Work& work, const UnitChangeSet& set, const Failure& failure) {
    std::vector<View> views;
    for (const Problem& problem : failure.problems) views.push_back(View().set("text", problem_in_words(work, set, problem)));
    return views;
}

/// What was sent and refused; without it every form is as it first comes.
class Typed {
  public:
    explicit Typed(const Request* request) : form_(request ? &request->form : nullptr) {}
    View option(const char* field, const std::string& id, const std::string& name) const {
        return View().set("id", id).set("name", name).flag("chosen", form_ && form_->text(field) == id);
    }
    void into(View& view) const {
        if (!form_) return;
        // The others stay folded, and empty: their fields bear the same names.
        if (const auto kind = change_kind_from(form_->text("change_kind"))) {
            view.flag("opens_" + std::string(code(*kind)));
            for (const char* field : {"name", "short_name", "successors", "people_line"}) view.set(std::string("typed_") + field, form_->raw(field));
        } else if (form_->has("day")) {
            view.flag("opens_describe");
            for (const char* field : {"name", "basis", "day"}) view.set(std::string("set_") + field, form_->raw(field));
        }
    }

  private:
    const web::Fields* form_;
};

void set_choices(const Work& work, const UnitChangeSet& set, const Typed& typed, View& view) {
    std::vector<View> units, parents, kinds, closings;
    for (const UnitNode& node : unit_tree(work, set.day.plus_days(-1))) {
        std::string indent;
        for (int level = 0; level < node.depth; ++level) indent += "— ";
        units.push_back(typed.option("unit", to_string(node.unit.id), indent + node.unit.name));
        parents.push_back(typed.option("parent", to_string(node.unit.id), indent + node.unit.name));
    }
    for (const UnitChange& change : set.changes)
        if (change.kind == ChangeKind::Create) parents.push_back(typed.option("parent", to_string(change.unit), change.name));
    for (const UnitKind kind : kUnitKinds)
        if (kind != UnitKind::Committee) kinds.push_back(typed.option("unit_kind", std::string(code(kind)), tr(work, "identity.unit_kind." + std::string(code(kind)))));
    for (const ClosingKind closing : kClosingKinds)
        closings.push_back(typed.option("closing", std::string(code(closing)), tr(work, "identity.closing." + std::string(code(closing)))));
    view.set("units", std::move(units)).set("parents", std::move(parents)).set("kinds", std::move(kinds)).set("closings", std::move(closings));
}

View set_page_view(const Work& work, const Registry& registry, const UnitChangeSet& set, const Request* refused = nullptr) {
    View view = state_view(work, set);
    view.set("version", set.version).flag("draft", set.state == ChangeSetState::Draft).flag("confirmed", set.state == ChangeSetState::Confirmed);
    if (set.problem) view.set("problem", problem_in_words(work, set, *set.problem));
    std::vector<View> changes, lines, missing;
    for (const UnitChange& change : set.changes) changes.push_back(change_view(work, set, change));
    if (set.state == ChangeSetState::Draft || set.state == ChangeSetState::Confirmed)
        for (const PreviewLine& line : preview_lines(work, registry, set)) {
            View each;
            for (const UnitChange& change : set.changes)
                if (change.id == line.change) each.set("about", change.name);
            each.set("text", tr(work, line.key, line.args));
            lines.push_back(std::move(each));
        }
    for (const Id authority : authorities_to_accept(work, set))
        if (const auto found = authority_by_id(work, authority)) missing.push_back(View().set("name", found->name));
    view.flag("has_changes", !changes.empty()).flag("has_lines", !lines.empty()).flag("has_missing", !missing.empty());
    view.set("changes", std::move(changes)).set("lines", std::move(lines)).set("missing", std::move(missing));
    view.set("typed_people_line", "1").set("set_name", set.name).set("set_basis", set.basis).set("set_day", set.day.vietnamese());
    const Typed typed(refused);
    if (set.state == ChangeSetState::Draft) set_choices(work, set, typed, view);
    typed.into(view);
    return view;
}

Response set_page(const Work& work, const UnitChangeSet& set, View view, int status) {
    return web::show({.name = "identity/unit_change_set", .title = status < 400 ? set.name : tr(work, "identity.refused_title", {{"title", set.name}}), .view = std::move(view), .stands_under = "/don-vi"}, status);
}

int status_of(const Failure& failure) { return failure.reason == Reason::Conflict ? 409 : 422; }

/// The page of the set again, with what was refused; anything but a person's mistake has a page of its own.
Response refused(const Request& request, Work& work, const Registry& registry, const Failure& failure) {
    const auto set = change_set_by_id(work, request.id());
    if (!set) return web::not_found();
    if (failure.reason == Reason::Forbidden || failure.reason == Reason::NotFound) return web::failed(failure);
    View view = set_page_view(work, registry, *set, &request);
    view.flag("has_problems").set("problems", problem_views(work, *set, failure));
    return set_page(work, *set, std::move(view), status_of(failure));
}

Response list_page(const Work& work, const Failure* failure, const Request& request) {
    View view;
    std::vector<View> sets, incoming;
    for (const UnitChangeSet& set : change_sets(work)) sets.push_back(state_view(work, set));
    for (const IncomingChangeSet& each : incoming_change_sets(work)) {
        View from = state_view(work, each.set);
        from.set("from", each.from).flag("accepted", each.accepted);
        from.set("accept_path", "/don-vi/tiep-nhan/" + to_string(each.set.authority) + "/" + to_string(each.set.id));
        std::vector<View> changes;
        for (const UnitChange& change : each.set.changes) changes.push_back(change_view(work, each.set, change));
        from.set("changes", std::move(changes));
        incoming.push_back(std::move(from));
    }
    view.flag("none", sets.empty()).flag("has_incoming", !incoming.empty());
    view.set("sets", std::move(sets)).set("incoming", std::move(incoming));
    for (const char* field : {"name", "basis", "day"}) view.set(std::string("typed_") + field, request.form.text(field));
    if (failure) view.set("error", tr(work, failure->problems.front().key, failure->problems.front().args));
    return web::show({.name = "identity/unit_change_sets",
                      .title = tr(work, failure ? "identity.changes_refused_title" : "identity.changes"),
                      .view = std::move(view),
                      .stands_under = "/don-vi"},
                     failure ? 422 : 200);
}

Response show_list(const Request& request, Work& work) { return list_page(work, nullptr, request); }

/// The description as it was sent; nothing without a day.
std::optional<DescribeChangeSet> description_in(const Request& request) {
    const auto day = day_of(request.form, "day");
    if (!day) return std::nullopt;
    return DescribeChangeSet{.id = Id{}, .name = request.form.text("name"), .basis = request.form.text("basis"), .day = *day, .version = request.form.number("version").value_or(0)};
}

Response make_set(const Request& request, Work& work) {
    const auto description = description_in(request);
    const auto made = description ? describe_change_set(work, *description) : Result<Id>(invalid("day", "identity.day_unreadable"));
    if (made) return web::redirect(path_of(*made));
    return made.failure().reason == Reason::Invalid ? list_page(work, &made.failure(), request) : web::failed(made.failure());
}

Result<Id> change_in(const Request& request, Work& work) {
    const auto set = change_set_by_id(work, request.id());
    if (!set) return not_found();
    AddChange input{.set = set->id, .change = {}, .version = request.form.number("version").value_or(0)};
    const auto kind = change_kind_from(request.form.text("change_kind"));
    const auto unit_kind = unit_kind_from(request.form.text("unit_kind"));
    const auto closing = closing_kind_from(request.form.text("closing"));
    if (!kind || (*kind == ChangeKind::Create && !unit_kind) || (*kind == ChangeKind::End && !closing)) return invalid("change_kind", "identity.change_incomplete");
    input.change.kind = *kind;
    input.change.unit = request.form.id("unit").value_or(Id{});
    input.change.parent = request.form.id("parent");
    input.change.unit_kind = unit_kind.value_or(UnitKind::Office);
    input.change.closing = closing.value_or(ClosingKind::Dissolved);
    if (*kind != ChangeKind::End) {
        input.change.name = request.form.text("name");
        input.change.short_name = request.form.text("short_name");
        return add_change(work, input);
    }
    const std::string lines = request.form.raw("successors");
    const bool nobody = trimmed(lines).empty();
    auto successors = successors_in_words(work, *set, lines, nobody ? 0 : request.form.number("people_line").value_or(-1));
    if (!successors) return successors.failure();
    input.change.successors = *std::move(successors);
    return add_change(work, input);
}

Result<> decided(const Request& request, Work& work) {
    const auto version = request.form.number("version").value_or(0);
    const std::string decision = request.form.text("decision");
    if (decision == "confirm") return confirm_change_set(work, request.id(), version);
    if (decision == "reopen") return reopen_change_set(work, request.id(), version);
    if (decision == "cancel") return cancel_change_set(work, request.id(), version);
    return invalid("decision", "identity.change_incomplete");
}

Response show_trial(const Request& request, Work& work, const Registry& registry) {
    const auto set = change_set_by_id(work, request.id());
    if (!set) return web::not_found();
    if (!may_throughout(work, kManageUnits)) return web::forbidden();
    const ChangeTrial trial = try_changes(work, *set);
    if (trial.failure) return refused(request, work, registry, *trial.failure);
    View view = set_page_view(work, registry, *set);
    std::vector<View> tree;
    for (const UnitNode& node : trial.tree) {
        std::string indent;
        for (int level = 0; level < node.depth; ++level) indent += "— ";
        View each;
        each.set("indent", indent).set("name", node.unit.name);
        each.flag("begins", node.unit.valid_from == set->day);
        tree.push_back(std::move(each));
    }
    view.flag("tried").flag("nothing_left", tree.empty()).set("tree", std::move(tree));
    return set_page(work, *set, std::move(view), 200);
}

Response accept(const Request& request, Work& work) {
    const auto done = accept_change_set(work, request.id("authority"), request.id());
    return done ? web::redirect("/don-vi/thay-doi") : web::failed(done.failure());
}
}  // namespace

void add_unit_change_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto add = [&](Method method, const char* pattern, std::function<Response(const Request&, Work&)> handler) {
        registry.add(web::Route{.method = method, .pattern = pattern, .access = Access::Granted, .verb = std::string(kManageUnits.name), .handler = std::move(handler)});
    };
    // Back to the page of the set, or to it again with what was refused.
    const auto answer = [&registry](const Request& request, Work& work, const Failure* failure) {
        return failure ? refused(request, work, registry, *failure) : web::redirect(path_of(request.id()));
    };
    add(Method::Get, "/don-vi/thay-doi", show_list);
    add(Method::Post, "/don-vi/thay-doi", make_set);
    add(Method::Get, "/don-vi/thay-doi/{id}", [&registry](const Request& request, Work& work) {
        const auto set = change_set_by_id(work, request.id());
        return set ? set_page(work, *set, set_page_view(work, registry, *set), 200) : web::not_found();
    });
    add(Method::Post, "/don-vi/thay-doi/{id}", [answer](const Request& request, Work& work) {
        auto description = description_in(request);
        if (description) description->id = request.id();
        const auto edited = description ? describe_change_set(work, *description) : Result<Id>(invalid("day", "identity.day_unreadable"));
        return answer(request, work, failure_of(edited));
    });
    add(Method::Post, "/don-vi/thay-doi/{id}/them", [answer](const Request& request, Work& work) {
        const auto added = change_in(request, work);
        return answer(request, work, failure_of(added));
    });
    add(Method::Post, "/don-vi/thay-doi/{id}/bo", [answer](const Request& request, Work& work) {
        const auto removed = remove_change(work, request.id(), request.form.id("change").value_or(Id{}), request.form.number("version").value_or(0));
        return answer(request, work, failure_of(removed));
    });
    add(Method::Post, "/don-vi/thay-doi/{id}/thu", [&registry](const Request& request, Work& work) { return show_trial(request, work, registry); });
    add(Method::Post, "/don-vi/thay-doi/{id}/quyet-dinh", [answer](const Request& request, Work& work) {
        const auto done = decided(request, work);
        return answer(request, work, failure_of(done));
    });
    add(Method::Post, "/don-vi/tiep-nhan/{authority}/{id}", accept);
}

}  // namespace loa::identity
