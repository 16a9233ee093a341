// /ke-hoach/{id}/bo-sung: what the paper leaves open, asked activity by activity.
#include <algorithm>

#include "actions.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "pages.h"
#include "proposals.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::size_t kOfferedDuties = 3;

template <class Item>
bool printed(const std::vector<Item>& items) {
    return !items.empty() && !items.front().added;
}

template <class Item>
std::string added_lines(const std::vector<Item>& items) {
    std::vector<std::string> texts;
    for (const auto& item : items)
        if (item.added) texts.push_back(item.text);
    return joined(texts, "\n");
}

std::string all_text(const ActivityText& activity) {
    return activity.title + "\n" + activity.content.value_or("") + "\n" + activity.group_title.value_or("");
}

/// The duties whose words come closest to the activity: where to look for a missing lead.
std::vector<const DutyText*> fitting_duties(const Content& content, const ActivityText& activity) {
    const auto words_of = [](std::string_view text) {
        std::vector<std::string> words;
        const std::string folded = fold_keeping_marks(text);
        for (const auto word : split(folded, ' '))
            if (length(word) > 2) words.emplace_back(word);
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        return words;
    };
    const auto wanted = words_of(all_text(activity));
    std::vector<std::pair<std::size_t, const DutyText*>> scored;
    for (const auto& duty : content.duties) {
        if (duty.dropped) continue;
        const auto words = words_of(duty.text);
        std::vector<std::string> common;
        std::set_intersection(wanted.begin(), wanted.end(), words.begin(), words.end(), std::back_inserter(common));
        if (common.size() >= 3) scored.emplace_back(common.size() * 1000 / (words.size() + 1), &duty);
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const DutyText*> fitting;
    for (const auto& [score, duty] : scored)
        if (fitting.size() < kOfferedDuties) fitting.push_back(duty);
    return fitting;
}

bool contains(const std::vector<Id>& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

/// A question answered out of a catalogue: what is chosen, and what Loa proposes while nothing is. A proposal is
/// marked, not chosen: it is stored when a person presses the button that accepts it, and not otherwise.
template <class Entry>
View catalogue_form(const std::vector<Entry>& entries, const std::vector<Id>& chosen, const std::vector<Id>& proposed) {
    std::vector<View> options, offered;
    std::vector<std::string> names;
    for (const auto& entry : entries) {
        options.push_back(choice(entry.id, entry.name, contains(chosen, entry.id)));
        if (contains(chosen, entry.id)) names.push_back(entry.name);
        if (chosen.empty() && contains(proposed, entry.id)) offered.push_back(choice(entry.id, entry.name, false));
    }
    View form;
    form.set("names", joined(names, "; ")).flag("any_proposed", !offered.empty());
    form.set("options", std::move(options)).set("proposed", std::move(offered));
    return form;
}

/// Where the person is in the list of activities: behind the one just saved, or still at one.
struct Place {
    std::optional<Id> behind;
    std::optional<Id> at;
};

class Page {
  public:
    Page(Work& work, const Plan& plan, const Refused* refused, const Place& place)
        : work_(work),
          plan_(plan),
          refused_(refused),
          place_(place),
          content_(content_of(work, plan.draft_revision.value_or(plan.shown_revision()))),
          names_(work, content_),
          units_(identity::unit_tree(work, content_.revision.day().value_or(work.today()))) {}

    View view() {
        View view;
        view.set("plan_path", path_of(plan_.id)).set("plan_title", plan_.title);
        std::vector<View> activities;
        std::int64_t whole = 0;
        const Id open = activity_to_open();
        for (const auto& activity : content_.activities) {
            if (activity.dropped) continue;
            activities.push_back(activity_item(activity, open));
            whole += complete(activity);
        }
        view.set("progress", whole).set("total", static_cast<std::int64_t>(activities.size()));
        view.set("progress_text", tr(work_, "plan.completion_progress", {{"done", std::to_string(whole)},
                                                                         {"total", std::to_string(activities.size())}}));
        view.flag("none", activities.empty());
        view.set("activities", std::move(activities));
        if (refused_) set_problem_list(work_, view, *refused_);
        return view;
    }

  private:
    static bool complete(const ActivityText& activity) {
        return missing_fields(activity).empty() && !activity.topics.empty() && !activity.channels.empty();
    }

    /// One at a time: the form that was refused, else the next to be completed after the one just saved.
    Id activity_to_open() const {
        if (refused_) return parse_id(refused_->form).value_or(Id{});
        if (place_.at) return *place_.at;
        std::optional<Id> first, next;
        bool after = false;
        for (const auto& activity : content_.activities) {
            if (!activity.dropped && !complete(activity)) {
                if (!first) first = activity.id;
                if (after && !next) next = activity.id;
            }
            after = after || activity.id == place_.behind;
        }
        return next.value_or(first.value_or(Id{}));
    }

    /// "thời hạn, chỉ tiêu", of what stands in the form.
    std::string missing_text(const ActivityText& activity) const {
        std::vector<std::string> missing;
        for (const auto* field : missing_fields(activity)) missing.push_back(lower(tr(work_, std::string("plan.field_") + field)));
        if (activity.topics.empty()) missing.push_back(lower(tr(work_, "plan.topics")));
        if (activity.channels.empty()) missing.push_back(lower(tr(work_, "plan.channels")));
        return joined(missing, ", ");
    }

    View activity_item(const ActivityText& activity, Id open) {
        const auto* refused = refused_ && refused_->form == to_string(activity.id) ? refused_ : nullptr;
        View view = activity_view(work_, names_, plan_, activity);
        view.set("anchor", "hd-" + to_string(activity.id));
        view.flag("complete", complete(activity)).flag("open", activity.id == open).set("missing", missing_text(activity));
        set_lead(view, activity, refused);
        if (!activity.deadline || activity.deadline->added) {
            View form;
            form.set("value", shown_value(refused, "deadline", activity.deadline ? activity.deadline->text : ""));
            view.set("deadline_form", std::move(form));
        }
        if (!printed(activity.targets)) {
            View form;
            form.set("value", shown_value(refused, "targets", added_lines(activity.targets)));
            view.set("targets_form", std::move(form));
        }
        if (!printed(activity.products)) {
            View form;
            form.set("value", shown_value(refused, "products", added_lines(activity.products)));
            view.set("products_form", std::move(form));
        }
        const auto topics = shown_ids(refused, "topics", activity.topics);
        const auto channels = shown_ids(refused, "channels", activity.channels);
        const auto text = all_text(activity);
        std::vector<View> catalogues;
        const auto ask = [&](const char* field, const char* heading, View form) {
            form.set("field", field).set("heading", tr(work_, heading));
            catalogues.push_back(std::move(form));
        };
        ask("topics", "plan.topics", catalogue_form(names_.topics(), topics, proposed_topics(text, names_.topics())));
        ask("channels", "plan.channels", catalogue_form(names_.channels(), channels, proposed_channels(text, names_.channels())));
        view.set("catalogues", std::move(catalogues));
        set_form_problems(work_, view, refused);
        return view;
    }

    void set_lead(View& view, const ActivityText& activity, const Refused* refused) {
        std::vector<const Party*> leads;
        for (const auto& party : activity.parties)
            if (party.role == PartyRole::Lead) leads.push_back(&party);
        const bool is_printed = std::any_of(leads.begin(), leads.end(), [](const Party* party) { return !party->added; });
        if (leads.size() > 1) {
            const auto found = std::find_if(leads.begin(), leads.end(), [](const Party* party) { return party->accountable; });
            const auto stored = found == leads.end() ? std::nullopt : std::optional((*found)->id);
            const auto accountable = shown_id(refused, "accountable", stored);
            std::vector<View> choices;
            for (const auto* party : leads)
                if (party->unit) choices.push_back(choice(party->id, party->name, accountable == party->id));
            View form;
            form.set("choices", std::move(choices));
            view.set("accountable_form", std::move(form));
        }
        if (is_printed) return;
        View form;
        std::vector<Id> stored;
        for (const auto* party : leads)
            if (party->unit) stored.push_back(*party->unit);
        const auto chosen = shown_ids(refused, "leads", stored);
        std::vector<View> choices;
        for (const auto& node : units_)
            if (node.depth > 0)
                choices.push_back(choice(node.unit.id, node.unit.name, contains(chosen, node.unit.id)));
        form.set("units", std::move(choices)).flag("any_chosen", !chosen.empty());
        std::vector<View> duties;
        for (const auto* duty : fitting_duties(content_, activity)) {
            View offer;
            offer.set("units", names_in_role(duty->parties, PartyRole::Lead)).set("text", duty->text);
            duties.push_back(std::move(offer));
        }
        form.flag("any_duties", !duties.empty());
        form.set("duties", std::move(duties));
        view.set("lead_form", std::move(form));
    }

    Work& work_;
    const Plan& plan_;
    const Refused* refused_;
    Place place_;
    Content content_;
    Names names_;
    std::vector<identity::UnitNode> units_;
};

Response page(Work& work, const Plan& plan, const Refused* refused, const Place& place, int status) {
    return web::show({"plan/completion", tr(work, "plan.completion_title"), Page(work, plan, refused, place).view()}, status);
}

Response show_completion(const Request& request, Work& work) {
    auto plan = plan_by_id(work, request.id());
    if (!plan) return web::failed(plan.failure());
    if (!may_complete(work, *plan)) return web::forbidden();
    return page(work, *plan, nullptr, {request.query.id("sau"), request.query.id("mo")}, 200);
}

/// What is ticked, and what Loa proposed where the person pressed the button that says yes to it.
std::vector<Id> chosen_ids(const web::Fields& form, const std::string& field) {
    auto chosen = form.ids(field);
    if (form.text("accept") != field) return chosen;
    for (const Id id : form.ids("proposed_" + field))
        if (!contains(chosen, id)) chosen.push_back(id);
    return chosen;
}

Response complete(const Request& request, Work& work) {
    CompleteActivity input;
    input.plan = request.id();
    input.activity = request.id("item");
    input.version = request.form.number("version").value_or(0);
    input.leads = request.form.ids("leads");
    input.accountable = request.form.id("accountable");
    input.deadline = request.form.text("deadline");
    input.targets = typed_lines(request.form.raw("targets"));
    input.products = typed_lines(request.form.raw("products"));
    input.topics = chosen_ids(request.form, "topics");
    input.channels = chosen_ids(request.form, "channels");
    if (const auto done = complete_activity(work, input); !done) {
        const auto& failure = done.failure();
        auto plan = plan_by_id(work, request.id());
        if (!plan || (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict)) return web::failed(failure);
        const std::string id = to_string(input.activity);
        const Refused refused{id, &request.form, failure, "hd-" + id, "#b" + id + "-"};
        return page(work, *plan, &refused, {}, failure.reason == Reason::Invalid ? 422 : 409);
    }
    const std::string id = to_string(input.activity);
    // Who accepts a proposal is not done with the activity; who saves it goes on to the next.
    const char* place = request.form.has("accept") ? "/bo-sung?mo=" : "/bo-sung?sau=";
    return web::redirect(path_of(input.plan, place + id + "#hd-" + id));
}

}  // namespace

void join_completion_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/ke-hoach/{id}/bo-sung",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = show_completion});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/ke-hoach/{id}/bo-sung/{item}",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = complete});
}

}  // namespace loa::plan
