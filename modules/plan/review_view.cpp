#include "review_view.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "loa/base/text.h"
#include "open_names_view.h"
#include "paper_view.h"

namespace loa::plan {

namespace {

using web::View;

constexpr std::size_t kShortNames = 120;

std::string lines_of(const std::vector<Party>& parties, PartyRole role) {
    std::vector<std::string> names;
    for (const auto& party : parties)
        if (party.role == role && !party.added) names.push_back(party.name);
    return joined(names, "\n");
}

template <class Item>
std::string printed_lines(const std::vector<Item>& items) {
    std::vector<std::string> texts;
    for (const auto& item : items)
        if (!item.added) texts.push_back(item.text);
    return joined(texts, "\n");
}

std::string printed(const std::optional<PlannedDeadline>& deadline) {
    return deadline && !deadline->added ? deadline->text : "";
}

std::string number_text(std::optional<int> number) { return number ? std::to_string(*number) : ""; }

class Page {
  public:
    Page(Work& work, const Plan& plan, const Refused* refused)
        : work_(work), plan_(plan), refused_(refused ? std::optional(*refused) : std::nullopt), content_(content_of(work, *plan.draft_revision)),
          lines_(source_lines(work, content_.revision.id)), names_(work, content_) {}

    View view() {
        View view;
        view.set("plan_title", plan_.title).set("plan_path", path_of(plan_.id)).set("file_name", content_.revision.file_name.value_or(""));
        view.set("imported_at", content_.revision.created_at.vietnamese());
        view.set("version", std::to_string(content_.revision.version));
        view.flag("amendment", content_.revision.kind == RevisionKind::Amendment);
        view.flag("correction", content_.revision.kind == RevisionKind::Correction);
        if (!lines_.empty()) view.set("paper", paper_view(lines_, content_));
        set_document(view);
        set_names(view);
        view.set("sections", sections());
        set_activities(view);
        set_duties(view);
        set_open_points(view);
        if (refused_) set_problem_list(work_, view, *refused_);
        return view;
    }

  private:
    const Refused* refused_here(std::string_view form) const {
        return refused_ && refused_->form == form ? &*refused_ : nullptr;
    }

    void set_document(View& view) {
        const auto* refused = refused_here("document");
        const auto& head = content_.revision.head;
        View form;
        const auto field = [&](const char* name, const std::optional<std::string>& stored) {
            form.set(name, shown_value(refused, name, stored.value_or("")));
        };
        form.set("version", std::to_string(content_.revision.head_version));
        field("type", head.type);
        field("number", head.number);
        field("symbol", head.symbol);
        field("issuer", head.issuer);
        field("place", head.place);
        field("day", number_text(head.date.day));
        field("month", number_text(head.date.month));
        field("year", number_text(head.date.year));
        field("title", head.title);
        field("decision", head.decision);
        field("signed_authority", head.signed_authority);
        field("signed_on_behalf", head.signed_on_behalf);
        field("signer_position", head.signer_position);
        field("signer_name", head.signer_name);
        for (const auto& [read, lines] : content_.revision.head_fields) set_place(form, text_of(read), lines);
        form.flag("number_open", !head.number);
        form.flag("date_open", !head.date.complete());
        form.flag("confirmed", content_.revision.head_confirmed_by.has_value());
        form.flag("open", refused != nullptr || !content_.revision.head_confirmed_by);
        set_form_problems(work_, form, refused);
        view.set("document", std::move(form));
    }

    /// What the label of a field shows and marks: the lines it was read from.
    void set_place(View& form, std::string_view field, const formats::LineRange& lines) {
        View place;
        place.set("first_line", std::to_string(lines.first)).set("lines", lines_text(work_, lines));
        form.set("source_" + std::string(field), source_marks(lines)).set("at_" + std::string(field), std::move(place));
    }

    void set_names(View& view) {
        auto names = open_name_views(work_, content_, refused_ ? &*refused_ : nullptr);
        names_are_open_ = !names.empty();
        view.flag("names_open", names_are_open_).set("names", std::move(names));
    }

    std::vector<View> sections() {
        std::vector<View> list;
        for (const auto kind : clause_kinds()) {
            const auto clauses = content_.clauses_of(kind);
            const std::string code(text_of(kind));
            View section;
            section.set("kind", code).set("heading", tr(work_, "plan.clauses_" + code));
            section.set("count", static_cast<std::int64_t>(clauses.size()));
            const auto open = std::count_if(clauses.begin(), clauses.end(),
                                            [](const Clause* clause) { return !clause->agreed(); });
            section.flag("empty", clauses.empty()).flag("any_open", open > 0).flag("all_confirmed", open == 0 && !clauses.empty());
            section.set("items", clause_views(clauses)).set("left_out", left_out_views(kind));
            const auto* refused = refused_here("clause-new-" + code);
            View added;
            added.set("text", shown_value(refused, "text", "")).flag("open", refused != nullptr);
            set_form_problems(work_, added, refused);
            section.set("new_item", std::move(added));
            list.push_back(std::move(section));
        }
        return list;
    }

    std::vector<View> left_out_views(ClauseKind kind) const {
        std::vector<View> views;
        for (const auto* clause : content_.left_out_of(kind)) {
            View view;
            view.set("id", to_string(clause->id)).set("anchor", anchor_of(*clause)).set("version", std::to_string(clause->review.version));
            view.set("text", clause->text);
            views.push_back(std::move(view));
        }
        return views;
    }

    std::vector<View> clause_views(const std::vector<const Clause*>& clauses) {
        std::vector<View> views;
        int number = 0;
        std::string above;
        for (const auto* clause : clauses) {
            const auto* refused = refused_here("clause-" + to_string(clause->id));
            View view;
            ++number;
            view.set("id", to_string(clause->id)).set("anchor", anchor_of(*clause)).set("number", number);
            view.set("version", std::to_string(clause->review.version));
            view.set("text", shown_value(refused, "text", clause->text));
            view.set("summary", clause->text);
            set_source(view, clause->review);
            view.flag("open", refused != nullptr).flag("first", number == 1).set("above", std::exchange(above, to_string(clause->id)));
            if (clause->kind == ClauseKind::LegalBasis) {
                View cited;
                cited.set("cited_number", shown_value(refused, "cited_number", clause->cited_number.value_or("")));
                cited.set("cited_issuer", shown_value(refused, "cited_issuer", clause->cited_issuer.value_or("")));
                cited.set("cited_day", shown_value(refused, "cited_day", number_text(clause->cited_date.day)));
                cited.set("cited_month", shown_value(refused, "cited_month", number_text(clause->cited_date.month)));
                cited.set("cited_year", shown_value(refused, "cited_year", number_text(clause->cited_date.year)));
                view.set("legal_basis", std::move(cited));
            }
            if (clause->kind == ClauseKind::Reporting) {
                View reporting;
                reporting.set("reported_to", shown_value(refused, "reported_to", clause->reported_to.value_or("")));
                reporting.set("deadline", shown_value(refused, "deadline", printed(clause->deadline)));
                view.set("reporting", std::move(reporting));
            }
            if (clause->kind == ClauseKind::Theme) set_mapping(view, "topics", names_.topics(), clause->topics, refused);
            if (clause->kind == ClauseKind::Channel)
                set_mapping(view, "channels", names_.channels(), clause->channels, refused);
            set_form_problems(work_, view, refused);
            views.push_back(std::move(view));
        }
        return views;
    }

    template <class Entry>
    void set_mapping(View& view, const char* name, const std::vector<Entry>& entries, const std::vector<Mapping>& mapped,
                     const Refused* refused) {
        std::vector<View> options;
        bool proposed = false;
        std::vector<std::string> chosen_names;
        std::vector<Id> stored;
        for (const auto& mapping : mapped) stored.push_back(mapping.target);
        const auto shown = shown_ids(refused, name, stored);
        for (const auto& entry : entries) {
            const auto found = std::find_if(mapped.begin(), mapped.end(),
                                            [&](const Mapping& mapping) { return mapping.target == entry.id; });
            options.push_back(choice(entry.id, entry.name, std::find(shown.begin(), shown.end(), entry.id) != shown.end()));
            if (found == mapped.end()) continue;
            chosen_names.push_back(entry.name);
            proposed = proposed || !found->confirmed_by;
        }
        View mapping;
        mapping.set("field", name).set("options", std::move(options));
        mapping.set("heading", tr(work_, std::string("plan.mapped_") + name));
        mapping.flag("proposed", proposed).flag("none", chosen_names.empty());
        view.set("mapping", std::move(mapping));
        view.set("mapped_names", joined(chosen_names, "; ")).flag("mapping_proposed", proposed);
    }

    void set_activities(View& view) {
        std::vector<View> views;
        std::int64_t open = 0, sure = 0;
        int number = 0;
        std::string above;
        for (const auto& activity : content_.activities) {
            const auto* refused = refused_here("activity-" + to_string(activity.id));
            View item = activity_view(work_, names_, plan_, activity);
            ++number;
            item.set("anchor", anchor_of(activity)).flag("first", above.empty()).set("above", above);
            if (!activity.dropped) above = to_string(activity.id);
            item.set("number", activity.ordinal.empty() ? std::to_string(number) : activity.ordinal);
            item.set("heading", activity.title);
            item.set("lead_names", names_in_role(activity.parties, PartyRole::Lead));
            item.set("partner_names", shortened(names_in_role(activity.parties, PartyRole::Partner), kShortNames));
            item.set("requested_names", names_in_role(activity.parties, PartyRole::Requested));
            std::vector<std::string> targets;
            for (const auto& target : activity.targets) targets.push_back(target.text);
            item.set("target_texts", joined(targets, "; "));
            set_source(item, activity.review);
            item.set("missing", missing_text(activity));
            if (!activity.review.confirmed_by) {
                ++open;
                if (activity.review.confidence == Confidence::Sure) ++sure;
            }
            item.set("form", activity_form(activity, refused));
            item.flag("open", refused != nullptr);
            views.push_back(std::move(item));
        }
        view.set("activities", std::move(views)).set("activities_count", static_cast<std::int64_t>(content_.activities.size()));
        view.set("activities_sure_open", sure).flag("any_activity_sure_open", sure > 0);
        view.flag("any_activity_open", open > 0).flag("no_activities", content_.activities.empty());
        const auto* refused = refused_here("activity-new");
        View added = activity_form(ActivityText{}, refused);
        added.flag("open", refused != nullptr);
        view.set("new_activity", std::move(added));
    }

    /// How sure the reading is, and the words of the paper it stands on.
    void set_source(View& view, const Review& review) {
        set_confidence(work_, view, review);
        auto quoted = quoted_lines(lines_, review);
        view.flag("has_quote", !quoted.empty());
        view.set("quote", std::move(quoted));
    }

    /// "thời hạn, chỉ tiêu": what the paper leaves open of an activity.
    std::string missing_text(const ActivityText& activity) const {
        std::vector<std::string> missing;
        for (const auto* field : missing_fields(activity)) missing.push_back(lower(tr(work_, std::string("plan.field_") + field)));
        return joined(missing, ", ");
    }

    View activity_form(const ActivityText& activity, const Refused* refused) {
        View form;
        form.set("id", to_string(activity.id)).set("version", std::to_string(activity.review.version));
        const auto field = [&](const char* name, const std::string& stored) { form.set(name, shown_value(refused, name, stored)); };
        field("ordinal", activity.ordinal);
        field("title", activity.title);
        field("group_title", activity.group_title.value_or(""));
        field("content", activity.content.value_or(""));
        field("funding", activity.funding.value_or(""));
        field("leads", lines_of(activity.parties, PartyRole::Lead));
        field("partners", lines_of(activity.parties, PartyRole::Partner));
        field("requested", lines_of(activity.parties, PartyRole::Requested));
        field("deadline", printed(activity.deadline));
        field("targets", printed_lines(activity.targets));
        field("products", printed_lines(activity.products));
        for (const auto& reading : activity.fields) {
            set_place(form, text_of(reading.field), reading.lines);
        }
        set_form_problems(work_, form, refused);
        return form;
    }

    void set_duties(View& view) {
        std::vector<View> views;
        std::int64_t open = 0;
        int number = 0;
        std::string above;
        for (const auto& duty : content_.duties) {
            const auto* refused = refused_here("duty-" + to_string(duty.id));
            View item = duty_view(work_, names_, content_, duty);
            ++number;
            item.set("anchor", anchor_of(duty)).set("number", number).flag("first", above.empty()).set("above", above);
            if (!duty.dropped) above = to_string(duty.id);
            item.set("summary", shortened(duty.text, 140));
            item.set("units", names_in_role(duty.parties, PartyRole::Lead));
            set_source(item, duty.review);
            if (!duty.review.confirmed_by) ++open;
            item.set("form", duty_form(duty, refused));
            item.flag("open", refused != nullptr);
            views.push_back(std::move(item));
        }
        view.set("duties", std::move(views)).set("duties_count", static_cast<std::int64_t>(content_.duties.size()));
        view.flag("any_duty_open", open > 0).flag("no_duties", content_.duties.empty());
        const auto* refused = refused_here("duty-new");
        View added = duty_form(DutyText{}, refused);
        added.flag("open", refused != nullptr);
        view.set("new_duty", std::move(added));
    }

    View duty_form(const DutyText& duty, const Refused* refused) {
        View form;
        form.set("id", to_string(duty.id)).set("version", std::to_string(duty.review.version));
        form.set("text", shown_value(refused, "text", duty.text));
        form.set("units", shown_value(refused, "units", lines_of(duty.parties, PartyRole::Lead)));
        form.set("deadline", shown_value(refused, "deadline", printed(duty.deadline)));
        const auto attached = shown_id(refused, "activity", duty.activity);
        std::vector<View> options;
        for (const auto& activity : content_.activities)
            options.push_back(choice(activity.id, label_of(activity), attached == activity.id));
        form.set("activities", std::move(options));
        set_form_problems(work_, form, refused);
        return form;
    }

    /// What is still to be looked at, counted, with the place it stands.
    void set_open_points(View& view) {
        std::int64_t open = content_.revision.head_confirmed_by ? 0 : 1;
        for (const auto& clause : content_.clauses) open += clause.agreed() || clause.dropped ? 0 : 1;
        for (const auto& activity : content_.activities) open += activity.review.confirmed_by || activity.dropped ? 0 : 1;
        for (const auto& duty : content_.duties) open += duty.review.confirmed_by || duty.dropped ? 0 : 1;
        view.set("open_text", tr(work_, "plan.open_items", {{"n", std::to_string(open)}})).flag("all_looked_at", open == 0);
        std::vector<View> points;
        const auto say = [&](const char* anchor, std::string text) {
            points.push_back(View().set("anchor", anchor).set("text", std::move(text)).flag("later", !points.empty()));
        };
        const bool first = content_.revision.kind == RevisionKind::First;
        if (first && !content_.revision.head.number) say("vb-number", tr(work_, "plan.open_number"));
        if (first && !content_.revision.head.date.complete()) say("vb-date", tr(work_, "plan.open_date"));
        if (names_are_open_) say("ten-co-quan", tr(work_, "plan.open_names"));
        const auto without = [&](auto lacks) {
            return static_cast<std::int64_t>(std::count_if(content_.activities.begin(), content_.activities.end(), lacks));
        };
        const auto no_deadline = without([](const ActivityText& activity) { return !activity.deadline; });
        const auto no_target = without([](const ActivityText& activity) { return activity.targets.empty(); });
        const auto no_lead = without([](const ActivityText& activity) { return names_in_role(activity.parties, PartyRole::Lead).empty(); });
        const std::pair<const char*, std::int64_t> counts[] = {
            {"plan.without_lead", no_lead}, {"plan.without_deadline", no_deadline}, {"plan.without_target", no_target}};
        for (const auto& [key, count] : counts)
            if (count > 0) say("hoat-dong", tr(work_, key, {{"n", std::to_string(count)}}));
        view.flag("any_open_point", !points.empty());
        view.set("open_points", std::move(points));
        std::vector<View> warnings;
        for (const auto& warning : warnings_of(work_, content_.revision.id)) {
            View item;
            item.set("anchor", "d" + std::to_string(warning.lines.first)).flag("later", !warnings.empty());
            item.set("text", tr(work_, "plan.warning_" + warning.code, {{"about", warning.about}}));
            warnings.push_back(std::move(item));
        }
        view.flag("any_warnings", !warnings.empty()).set("warnings", std::move(warnings));
    }

    Work& work_;
    const Plan& plan_;
    std::optional<Refused> refused_;
    Content content_;
    std::vector<std::string> lines_;  // of the paper
    Names names_;
    bool names_are_open_ = false;
};

}  // namespace

web::Response review_page(Work& work, const Plan& plan, const Refused* refused, int status) {
    const std::string title = tr(work, "plan.review_title");
    return web::show({"plan/review", title, Page(work, plan, refused).view()}, status);
}

}  // namespace loa::plan
