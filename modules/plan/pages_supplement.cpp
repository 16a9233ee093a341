// /ke-hoach/{id}/nhiem-vu-bo-sung: work that a plan in force lacks, drafted and given; the coverage matrix leads here from
// a cell in which nothing was told.
#include "actions.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "pages.h"
#include "typed.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/nhiem-vu-bo-sung";

std::string draft_path(Id plan, Id supplement) { return path_of(plan, std::string(kPath) + "/" + to_string(supplement)); }

template <class Entry>
std::vector<View> choices(const std::vector<Entry>& entries, std::optional<Id> chosen) {
    std::vector<View> views;
    for (const auto& entry : entries) views.push_back(choice(entry.id, entry.name, chosen == entry.id));
    return views;
}

template <class Entry>
std::string name_of(const std::vector<Entry>& entries, std::optional<Id> id) {
    for (const auto& entry : entries)
        if (id == entry.id) return entry.name;
    return "";
}

/// What a cell of the matrix asks for, as a draft that nobody has saved yet.
SupplementWords asked_for(const Request& request, const Work& work, const std::vector<Topic>& topics, const std::vector<Channel>& channels) {
    SupplementWords words;
    words.topic = request.query.id("noi-dung");
    words.channel = request.query.id("hinh-thuc");
    words.unit = request.query.id("don-vi");
    const auto topic = name_of(topics, words.topic), channel = name_of(channels, words.channel);
    if (!topic.empty() && !channel.empty())
        words.title = tr(work, "plan.supplement_title_proposed", {{"topic", topic}, {"channel", channel}});
    return words;
}

/// The page with the drafts there are and the form for a new one, or for `supplement`.
Response page(const Request& request, Work& work, const Plan& plan, const Supplement* supplement, const Refused* refused, int status) {
    const auto topics = topics_on(work, work.today());
    const auto channels = channels_on(work, work.today());
    const SupplementWords stored = supplement ? words_of(*supplement) : asked_for(request, work, topics, channels);
    View view;
    view.set("plan_path", path_of(plan.id)).set("plan_title", plan.title).set("base_path", path_of(plan.id, kPath));
    view.set("action", supplement ? draft_path(plan.id, supplement->id) : path_of(plan.id, kPath)).flag("existing", supplement != nullptr);
    view.set("words", shown_value(refused, "title", stored.title)).set("deadline", shown_value(refused, "deadline", stored.deadline));
    view.set("target", shown_value(refused, "target", stored.target));
    view.set("topics", choices(topics, shown_id(refused, "topic", stored.topic)));
    view.set("channels", choices(channels, shown_id(refused, "channel", stored.channel)));
    const auto chosen_unit = shown_id(refused, "unit", stored.unit);
    std::vector<View> units, drafts;
    const auto own = units_to_give(work);
    view.set("units", choices(own, chosen_unit));
    for (const auto& draft : supplement_drafts(work, plan)) {
        if (supplement && draft.id == supplement->id) continue;
        View line;
        line.set("path", draft_path(plan.id, draft.id)).set("words", draft.title).set("unit", name_of(own, draft.unit)).set("deadline", draft.deadline);
        line.set("topic", name_of(topics, draft.topic)).set("channel", name_of(channels, draft.channel));
        drafts.push_back(std::move(line));
    }
    view.flag("any_drafts", !drafts.empty()).set("drafts", std::move(drafts));
    if (supplement) {
        view.set("version", std::to_string(supplement->version));
        const auto deadline = typed_deadline(supplement->deadline, plan.year_near(supplement->changed_at.date()));
        if (deadline && *deadline && (*deadline)->to) view.set("due_on", (*deadline)->to->vietnamese());
        view.flag("may_give", identity::may_in_unit(work, kApprove, plan.drafting_unit));
    }
    set_form_problems(work, view, refused);
    if (refused) set_problem_list(work, view, *refused);
    return web::show({"plan/supplement", tr(work, "plan.supplement"), std::move(view)}, status);
}

struct Found {
    Plan plan;
    std::optional<Supplement> supplement;
};

/// The plan, and the draft that the address names, for who may work on such drafts.
Result<Found> find(const Request& request, Work& work) {
    auto plan = plan_by_id(work, request.id());
    if (!plan) return plan.failure();
    if (!may_supplement(work, *plan)) return forbidden();
    const auto item = request.parameters.id("item");
    if (!item) return Found{*std::move(plan), std::nullopt};
    auto supplement = supplement_by_id(work, *plan, *item);
    if (!supplement) return supplement.failure();
    return Found{*std::move(plan), *std::move(supplement)};
}

Response show(const Request& request, Work& work) {
    const auto found = find(request, work);
    if (!found) return web::failed(found.failure());
    if (found->plan.state != PlanState::Issued) return web::redirect(path_of(found->plan.id));
    if (!found->supplement) return page(request, work, found->plan, nullptr, nullptr, 200);
    if (found->supplement->activity) return web::redirect(path_of(found->plan.id, "/hoat-dong/" + to_string(*found->supplement->activity)));
    if (found->supplement->state != SupplementState::Draft) return web::not_found();
    return page(request, work, found->plan, &*found->supplement, nullptr, 200);
}

/// The form again with what is wrong with it, where that is for the person to mend.
Response refuse(const Request& request, Work& work, const Failure& failure) {
    const auto found = find(request, work);
    if (!found || (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict)) return web::failed(failure);
    if (found->supplement && found->supplement->state != SupplementState::Draft) return web::failed(failure);
    const Refused refused{"supplement", &request.form, failure, "bo-sung", "#"};
    return page(request, work, found->plan, found->supplement ? &*found->supplement : nullptr, &refused, failure.reason == Reason::Invalid ? 422 : 409);
}

SupplementWords words_from(const Request& request) {
    return {request.form.text("title"), request.form.id("unit"), request.form.id("topic"), request.form.id("channel"), request.form.text("deadline"), request.form.text("target")};
}

SupplementRef ref_from(const Request& request) { return {request.id(), request.id("item"), request.form.number("version").value_or(0)}; }

Response save_new(const Request& request, Work& work) {
    const auto made = draft_supplement(work, request.id(), words_from(request));
    if (!made) return refuse(request, work, made.failure());
    return web::redirect(draft_path(request.id(), *made));
}

Response save(const Request& request, Work& work) {
    const auto done = correct_supplement(work, ref_from(request), words_from(request));
    if (!done) return refuse(request, work, done.failure());
    return web::redirect(draft_path(request.id(), request.id("item")));
}

Response give(const Request& request, Work& work) {
    const auto activity = give_supplement(work, ref_from(request));
    if (!activity) return refuse(request, work, activity.failure());
    return web::redirect(path_of(request.id(), "/hoat-dong/" + to_string(*activity)));
}

Response drop(const Request& request, Work& work) {
    const auto done = drop_supplement(work, ref_from(request));
    if (!done) return refuse(request, work, done.failure());
    return web::redirect(path_of(request.id(), kPath));
}

}  // namespace

void join_supplement_pages(Registry& registry) {
    const auto add = [&](web::Method method, std::string_view rest, const identity::Verb& verb, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method,
                                .pattern = "/ke-hoach/{id}" + std::string(kPath) + std::string(rest),
                                .access = web::Access::Granted,
                                .verb = std::string(verb.name),
                                .handler = handler});
    };
    add(web::Method::Get, "", kSupplement, show);
    add(web::Method::Post, "", kSupplement, save_new);
    add(web::Method::Get, "/{item}", kSupplement, show);
    add(web::Method::Post, "/{item}", kSupplement, save);
    add(web::Method::Post, "/{item}/giao", kApprove, give);
    add(web::Method::Post, "/{item}/bo", kSupplement, drop);
}

}  // namespace loa::plan
