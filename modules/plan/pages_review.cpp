// /ke-hoach/{id}/ra-soat: every form of the review page.
#include <functional>

#include "actions.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/web/route.h"
#include "pages.h"
#include "review_view.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Fields;
using web::Request;
using web::Response;

ItemRef item_of(const Request& request) {
    return {request.id(), request.id("item"), request.form.number("version").value_or(0), request.form.id("above")};
}

std::optional<std::string> unless_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// Part of a day; what is no number is 0, which no day has, so that it is refused and not forgotten.
std::optional<int> number_of(const Fields& form, std::string_view name) {
    if (form.text(name).empty()) return std::nullopt;
    const auto number = form.number(name);
    return number && *number >= 0 && *number <= 9999 ? static_cast<int>(*number) : 0;
}

ClauseWords clause_words(const Fields& form) {
    ClauseWords words;
    words.text = form.raw("text");
    words.cited_number = unless_empty(form.text("cited_number"));
    words.cited_issuer = unless_empty(form.text("cited_issuer"));
    words.cited_date = {number_of(form, "cited_day"), number_of(form, "cited_month"), number_of(form, "cited_year")};
    words.reported_to = unless_empty(form.text("reported_to"));
    words.deadline = form.text("deadline");
    words.topics = form.ids("topics");
    words.channels = form.ids("channels");
    return words;
}

ActivityWords activity_words(const Fields& form) {
    ActivityWords words;
    words.ordinal = form.text("ordinal");
    words.title = form.raw("title");
    words.group_title = form.text("group_title");
    words.content = form.raw("content");
    words.funding = form.text("funding");
    words.leads = typed_lines(form.raw("leads"));
    words.partners = typed_lines(form.raw("partners"));
    words.requested = typed_lines(form.raw("requested"));
    words.targets = typed_lines(form.raw("targets"));
    words.products = typed_lines(form.raw("products"));
    words.deadline = form.text("deadline");
    return words;
}

DutyWords duty_words(const Fields& form) {
    return {form.raw("text"), typed_lines(form.raw("units")), form.text("deadline"), form.id("activity")};
}

DocumentHead head_words(const Fields& form) {
    DocumentHead head;
    head.type = form.text("type");
    head.number = form.text("number");
    head.symbol = form.text("symbol");
    head.issuer = form.text("issuer");
    head.place = form.text("place");
    head.date = {number_of(form, "day"), number_of(form, "month"), number_of(form, "year")};
    head.title = form.text("title");
    head.decision = form.text("decision");
    head.signed_authority = form.text("signed_authority");
    head.signed_on_behalf = form.text("signed_on_behalf");
    head.signer_position = form.text("signer_position");
    head.signer_name = form.text("signer_name");
    return head;
}

ResolveName name_words(const Request& request) {
    ResolveName input;
    input.plan = request.id();
    input.name = request.form.text("name");
    const std::string choice = request.form.text("means");
    const auto id_after = [&](std::string_view prefix) { return parse_id(std::string_view(choice).substr(prefix.size())); };
    if (choice == "outside") input.as = ResolveName::As::OutsideBody;
    else if (const auto kind = choice.starts_with("new-") ? identity::unit_kind_from(choice.substr(4)) : std::nullopt)
        input.as = ResolveName::As::NewUnit, input.kind = *kind;
    else if (choice.starts_with("group-")) input.as = ResolveName::As::Group, input.group = id_after("group-");
    else if (choice.starts_with("unit-")) input.unit = id_after("unit-");
    return input;
}

/// A form of the page: its name in `Refused`, where the page is read on when it has gone through, and what leads
/// to its fields when it has not.
struct FormOfPage {
    std::string name;
    std::string anchor;
    std::string link = "#";
};

/// Runs the act; on success back to the page at the form's anchor, else the page again with the form as it was typed.
Response answer(const Request& request, Work& work, const FormOfPage& form, const std::function<Result<>(Work&)>& act) {
    const auto done = act(work);
    if (done) return web::redirect(path_of(request.id(), "/ra-soat#" + form.anchor));
    const auto& failure = done.failure();
    auto plan = plan_by_id(work, request.id());
    if (!plan || !plan->draft_revision) return web::failed(failure);
    if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
    const Refused refused{form.name, &request.form, failure, form.anchor, form.link};
    return review_page(work, *plan, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

template <class T>
Result<> done_with(const Result<T>& result) {
    if (!result) return result.failure();
    return Done{};
}

Response show_review(const Request& request, Work& work) {
    auto draft = open_draft(work, request.id());
    if (draft) return review_page(work, draft->plan, nullptr, 200);
    if (draft.failure().reason == Reason::Conflict) return web::redirect(path_of(request.id()));
    return web::failed(draft.failure());
}

SeenDraft seen_of(const Request& request) { return {request.id(), request.form.number("version").value_or(0)}; }

/// One act on an existing item: the last part of its address, and what it does.
struct ItemAct {
    std::string_view name;
    std::function<Result<>(Work&, const ItemRef&, const Fields&)> act;
};

/// `before_id` is what the names of the form, its anchor and its fields have before the id of the item.
void add_item_routes(Registry& registry, const std::string& noun, const FormOfPage& before_id,
                     const std::vector<ItemAct>& acts) {
    for (const auto& entry : acts)
        registry.add(web::Route{
            .method = web::Method::Post,
            .pattern = "/ke-hoach/{id}/ra-soat/" + noun + "/{item}/" + std::string(entry.name),
            .access = web::Access::Granted,
            .verb = std::string(kDraft.name),
            .handler = [before_id, act = entry.act](const Request& request, Work& work) {
                const std::string id = to_string(request.id("item"));
                const FormOfPage form{before_id.name + id, before_id.anchor + id, before_id.link + id + "-"};
                return answer(request, work, form,
                              [&](Work& acting) { return act(acting, item_of(request), request.form); });
            }});
}

void add_route(Registry& registry, const std::string& rest, std::function<Response(const Request&, Work&)> handler) {
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = "/ke-hoach/{id}/ra-soat" + rest,
                            .access = web::Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = std::move(handler)});
}

Response correct_head(const Request& request, Work& work) {
    return answer(request, work, {"document", "van-ban", "#vb-"}, [&](Work& acting) {
        return correct_document(acting, {request.id(), request.form.number("version").value_or(0), head_words(request.form)});
    });
}

Response resolve(const Request& request, Work& work) {
    // One question, whatever the answer lacks; which of the names it is, the page knows.
    const std::string form = "name-" + compared_name(request.form.text("name"));
    return answer(request, work, {form, "ten-co-quan"}, [&](Work& acting) -> Result<> {
        auto done = resolve_name(acting, name_words(request));
        if (done) return done;
        Failure failure = done.failure();
        for (auto& problem : failure.problems)
            if (!problem.field.empty()) problem.field = "means";
        return failure;
    });
}

Response add_clause_to(const Request& request, Work& work) {
    const auto kind = parse_clause_kind(request.parameters.text("kind"));
    if (!kind) return web::not_found();
    const std::string code(text_of(*kind));
    return answer(request, work, {"clause-new-" + code, "muc-" + code, "#moi-" + code + "-"}, [&](Work& acting) {
        return done_with(add_clause(acting, request.id(), *kind, clause_words(request.form)));
    });
}

Response confirm_kind(const Request& request, Work& work) {
    const auto kind = parse_clause_kind(request.parameters.text("kind"));
    if (!kind) return web::not_found();
    return answer(request, work, {"", "muc-" + std::string(text_of(*kind))},
                  [&](Work& acting) { return confirm_clauses(acting, seen_of(request), *kind); });
}

}  // namespace

void join_review_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/ke-hoach/{id}/ra-soat",
                            .access = web::Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = show_review});
    add_route(registry, "/van-ban", correct_head);
    add_route(registry, "/ten", resolve);
    add_route(registry, "/muc-moi/{kind:text}", add_clause_to);
    add_route(registry, "/muc-xac-nhan/{kind:text}", confirm_kind);
    add_route(registry, "/hoat-dong-moi", [](const Request& request, Work& work) {
        return answer(request, work, {"activity-new", "hoat-dong", "#a0-"}, [&](Work& acting) {
            return done_with(add_activity(acting, request.id(), activity_words(request.form)));
        });
    });
    add_route(registry, "/hoat-dong-xac-nhan", [](const Request& request, Work& work) {
        return answer(request, work, {"", "hoat-dong"},
                      [&](Work& acting) { return confirm_sure_activities(acting, seen_of(request)); });
    });
    add_route(registry, "/nhiem-vu-moi", [](const Request& request, Work& work) {
        return answer(request, work, {"duty-new", "nhiem-vu", "#n0-"}, [&](Work& acting) {
            return done_with(add_duty(acting, request.id(), duty_words(request.form)));
        });
    });
    add_route(registry, "/nhiem-vu-xac-nhan", [](const Request& request, Work& work) {
        return answer(request, work, {"", "nhiem-vu"}, [&](Work& acting) { return confirm_duties(acting, seen_of(request)); });
    });

    using Ref = const ItemRef&;
    using Form = const Fields&;
    add_item_routes(registry, "muc", {"clause-", "muc-", "#m"},
                    {{"sua", [](Work& w, Ref item, Form form) { return correct_clause(w, item, clause_words(form)); }},
                     {"bo", [](Work& w, Ref item, Form) { return drop_clause(w, item); }},
                     {"giu-lai", [](Work& w, Ref item, Form) { return restore_clause(w, item); }},
                     {"len", [](Work& w, Ref item, Form) { return move_clause(w, item, Direction::Up); }},
                     {"xuong", [](Work& w, Ref item, Form) { return move_clause(w, item, Direction::Down); }},
                     {"tach", [](Work& w, Ref item, Form form) { return split_clause(w, item, form.raw("text")); }},
                     {"gop", [](Work& w, Ref item, Form) { return merge_clause(w, item); }}});
    add_item_routes(registry, "hoat-dong", {"activity-", "hd-", "#a"},
                    {{"sua", [](Work& w, Ref item, Form form) { return correct_activity(w, item, activity_words(form)); }},
                     {"xac-nhan", [](Work& w, Ref item, Form) { return confirm_activity(w, item); }},
                     {"bo", [](Work& w, Ref item, Form) { return drop_activity(w, item); }},
                     {"giu-lai", [](Work& w, Ref item, Form) { return restore_activity(w, item); }},
                     {"len", [](Work& w, Ref item, Form) { return move_activity(w, item, Direction::Up); }},
                     {"xuong", [](Work& w, Ref item, Form) { return move_activity(w, item, Direction::Down); }},
                     {"tach", [](Work& w, Ref item, Form form) { return done_with(split_activity(w, item, form.raw("title"))); }},
                     {"gop", [](Work& w, Ref item, Form) { return merge_activity(w, item); }}});
    add_item_routes(registry, "nhiem-vu", {"duty-", "nv-", "#n"},
                    {{"sua", [](Work& w, Ref item, Form form) { return correct_duty(w, item, duty_words(form)); }},
                     {"bo", [](Work& w, Ref item, Form) { return drop_duty(w, item); }},
                     {"giu-lai", [](Work& w, Ref item, Form) { return restore_duty(w, item); }},
                     {"len", [](Work& w, Ref item, Form) { return move_duty(w, item, Direction::Up); }},
                     {"xuong", [](Work& w, Ref item, Form) { return move_duty(w, item, Direction::Down); }},
                     {"tach", [](Work& w, Ref item, Form form) { return split_duty(w, item, form.raw("text")); }},
                     {"gop", [](Work& w, Ref item, Form) { return merge_duty(w, item); }}});
}

}  // namespace loa::plan
