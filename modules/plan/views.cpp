#include "views.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "group_title.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"

namespace loa::plan {

using web::View;

Names::Names(Work& work, const Content& content) : work_(work) {
    std::vector<Id> wanted;
    bool groups = false;
    const auto want = [&](const std::vector<Party>& parties) {
        for (const auto& party : parties) {
            if (party.unit) wanted.push_back(*party.unit);
            groups = groups || party.group;
        }
    };
    for (const auto& activity : content.activities) want(activity.parties);
    for (const auto& duty : content.duties) want(duty.parties);
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    for (auto& unit : identity::units_by_ids(work, wanted))
        units_.emplace(unit.id, Bearer{std::move(unit.name), unit.outside()});
    if (groups)
        for (auto& group : identity::unit_groups(work)) groups_.emplace(group.id, std::move(group.name));
}

const std::vector<Topic>& Names::topics() const {
    read_catalogues();
    return topics_;
}

const std::vector<Channel>& Names::channels() const {
    read_catalogues();
    return channels_;
}

void Names::read_catalogues() const {
    if (std::exchange(catalogues_read_, true)) return;
    read_channels_ahead(work_, work_.today());
    topics_ = topics_on(work_, work_.today());
    channels_ = channels_on(work_, work_.today());
}

std::string Names::unit(Id id) const {
    const auto found = units_.find(id);
    return found == units_.end() ? "" : found->second.name;
}

std::string Names::group(Id id) const {
    const auto found = groups_.find(id);
    return found == groups_.end() ? "" : found->second;
}

bool Names::outside(Id unit) const {
    const auto found = units_.find(unit);
    return found != units_.end() && found->second.outside;
}

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args) {
    return i18n::translate(work.language, key, args);
}

std::string text_of(const Work& work, const Problem& problem) { return tr(work, problem.key, problem.args); }

void set_problem_list(const Work& work, View& view, const Refused& refused) {
    std::vector<View> list;
    for (const auto& problem : refused.failure.problems) {
        View line;
        line.set("text", text_of(work, problem));
        if (!problem.field.empty()) line.set("link", refused.link + problem.field);
        else line.set("link", refused.anchor.empty() ? "" : "#" + refused.anchor);
        list.push_back(std::move(line));
    }
    view.set("problems", std::move(list));
    view.flag("has_problems", !refused.failure.problems.empty());
}

void set_problems(const Work& work, View& view, const Failure& failure) {
    const Refused refused{"", nullptr, failure};
    set_problem_list(work, view, refused);
    set_form_problems(work, view, &refused);
}

void set_form_problems(const Work& work, View& view, const Refused* refused) {
    std::vector<View> own;
    if (refused)
        for (const auto& problem : refused->failure.problems) {
            const std::string text = text_of(work, problem);
            if (problem.field.empty()) own.push_back(View().set("text", text));
            else view.set("error_" + problem.field, text);
        }
    view.set("own_problems", std::move(own));
}

std::string shown_value(const Refused* refused, std::string_view field, const std::string& stored) {
    return refused && refused->typed && refused->typed->has(field) ? refused->typed->raw(field) : stored;
}

std::optional<Id> shown_id(const Refused* refused, std::string_view field, std::optional<Id> stored) {
    return refused && refused->typed && refused->typed->has(field) ? refused->typed->id(field) : stored;
}

std::vector<Id> shown_ids(const Refused* refused, std::string_view field, const std::vector<Id>& stored) {
    return refused && refused->typed ? refused->typed->ids(field) : stored;
}

const Refused* refused_for(const Refused* refused, std::string_view form) { return refused && refused->form == form ? refused : nullptr; }

View reason_form(const Work& work, const Refused* refused) {
    View form;
    form.set("typed_reason", shown_value(refused, "reason", "")).flag("open", refused != nullptr);
    form.set("error_reason", "");  // not that of a form around it
    set_form_problems(work, form, refused);
    return form;
}

View party_view(const Work& work, const Names& names, const Party& party) {
    View view;
    view.set("id", to_string(party.id)).set("name", party.name);
    const std::string meaning = party.unit ? names.unit(*party.unit) : party.group ? names.group(*party.group) : "";
    view.set("meaning", meaning == party.name ? "" : meaning);
    view.flag("unresolved", !party.resolved());
    view.flag("accountable", party.accountable);
    view.flag("outside", party.unit && names.outside(*party.unit));
    if (party.added) view.set("added", tr(work, "plan.added_on", {{"at", party.added->at.date().vietnamese()}}));
    return view;
}

void set_parties(const Work& work, View& view, const Names& names, const std::vector<Party>& parties) {
    for (const auto& [role, list] : {std::pair{PartyRole::Lead, "leads"}, std::pair{PartyRole::Partner, "partners"},
                                     std::pair{PartyRole::Requested, "requested"}}) {
        std::vector<View> views;
        for (const auto& party : parties)
            if (party.role == role) views.push_back(party_view(work, names, party));
        view.flag("no_" + std::string(list), views.empty());
        view.flag("has_" + std::string(list), !views.empty());
        view.set(list, std::move(views));
    }
}

namespace {

/// What the reader took the words to mean, so that a person can see a misreading at once.
std::string meaning_of(const Work& work, const Deadline& deadline) {
    const auto day = [](const std::optional<Date>& date) { return date ? date->vietnamese() : std::string("…"); };
    switch (deadline.kind) {
        case DeadlineKind::Fixed: return tr(work, "plan.deadline_fixed", {{"to", day(deadline.to)}});
        case DeadlineKind::Window:
            return tr(work, "plan.deadline_window", {{"from", day(deadline.from)}, {"to", day(deadline.to)}});
        case DeadlineKind::Recurring:
            return tr(work, deadline.every ? "plan.every_" + std::string(text_of(*deadline.every))
                                           : std::string("plan.deadline_recurring"));
        case DeadlineKind::Relative: return tr(work, "plan.deadline_relative");
        case DeadlineKind::Continuous: return tr(work, "plan.deadline_continuous");
    }
    return {};
}

/// "06 lớp" and "6 lớp" say the same.
std::string without_leading_zeros(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
        const bool leads = text[at] == '0' && digit(at + 1) && (at == 0 || !digit(at - 1));
        if (!leads) out += text[at];
    }
    return out;
}

/// Empty where it only says the words again.
std::string unless_said(const std::string& meaning, std::string_view words) {
    const auto plain = [](std::string_view text) { return fold_keeping_marks(without_leading_zeros(text)); };
    return plain(meaning) == plain(words) ? std::string() : meaning;
}

}  // namespace

std::string amount(const Work& work, double value) {
    return value == std::floor(value) ? i18n::number(work.language, static_cast<std::int64_t>(value))
                                      : i18n::decimal(work.language, value, 1);
}

void set_deadline(const Work& work, View& view, const std::optional<PlannedDeadline>& deadline, bool with_state) {
    view.flag("no_deadline", !deadline);
    if (!deadline) return;
    View shown;
    shown.set("text", deadline->text).set("meaning", unless_said(meaning_of(work, *deadline), deadline->text));
    if (deadline->added) shown.set("added", tr(work, "plan.added_on", {{"at", deadline->added->at.date().vietnamese()}}));
    shown.set("state", "");  // or the template would show the state of what the deadline stands in
    if (with_state && deadline->to) {
        shown.set("state", i18n::until_due(work.language, *deadline->to, work.today()));
        shown.flag("late", *deadline->to < work.today());
    }
    view.set("deadline", std::move(shown));
}

std::vector<View> target_views(const Work& work, const std::vector<PlannedTarget>& targets) {
    std::vector<View> views;
    for (const auto& target : targets) {
        View view;
        view.set("text", target.text);
        std::string meaning = tr(work, "plan.comparator_" + std::string(text_of(target.comparator)),
                                 {{"value", amount(work, target.value)}, {"unit", target.unit}});
        if (target.per) meaning += " " + tr(work, "plan.per_" + std::string(text_of(*target.per)));
        view.set("meaning", unless_said(meaning, target.text));
        if (target.added) view.set("added", tr(work, "plan.added_on", {{"at", target.added->at.date().vietnamese()}}));
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<View> product_views(const Work& work, const std::vector<Product>& products) {
    std::vector<View> views;
    for (const auto& product : products) {
        View view;
        view.set("text", product.text);
        if (product.added) view.set("added", tr(work, "plan.added_on", {{"at", product.added->at.date().vietnamese()}}));
        views.push_back(std::move(view));
    }
    return views;
}

View choice(Id id, const std::string& name, bool chosen) {
    View view;
    view.set("id", to_string(id)).set("name", name).flag("chosen", chosen);
    return view;
}

namespace {

/// `entries` are only read where one is chosen.
template <class Entry>
std::vector<View> chosen_entries(const Names& names, const std::vector<Entry>& (Names::*entries)() const,
                                 const std::vector<Id>& chosen) {
    std::vector<View> views;
    if (chosen.empty()) return views;
    for (const auto& entry : (names.*entries)())
        if (std::find(chosen.begin(), chosen.end(), entry.id) != chosen.end())
            views.push_back(choice(entry.id, entry.name, true));
    return views;
}

/// Out of a first draft something is left; what was issued is abolished.
constexpr std::string_view kLeftOut = "plan.left_out", kAbolished = "plan.dropped";

/// `as` is "" for what stands.
void set_dropped(const Work& work, View& view, std::string_view as) {
    view.flag("dropped", !as.empty());
    if (!as.empty()) view.set("dropped_as", tr(work, as));
}

}  // namespace

std::vector<const char*> missing_fields(const ActivityText& activity) {
    std::vector<const char*> missing;
    if (names_in_role(activity.parties, PartyRole::Lead).empty()) missing.push_back("lead");
    if (!activity.deadline) missing.push_back("deadline");
    if (activity.targets.empty()) missing.push_back("targets");
    return missing;
}

View activity_view(const Work& work, const Names& names, const Plan& plan, const ActivityText& activity) {
    View view;
    view.set("id", to_string(activity.id)).set("ordinal", activity.ordinal).set("title", activity.title);
    view.set("path", path_of(plan.id, "/hoat-dong/" + to_string(activity.id)));
    view.set("group_title", readable_group_title(activity.group_title.value_or("")));
    view.set("content", activity.content.value_or("")).set("funding", activity.funding.value_or(""));
    view.set("version", std::to_string(activity.review.version));
    if (activity.added) view.set("supplemented", tr(work, "plan.supplemented_on", {{"at", activity.added->at.date().vietnamese()}}));
    set_dropped(work, view, !activity.dropped ? "" : plan.issued_revision ? kAbolished : kLeftOut);
    set_parties(work, view, names, activity.parties);
    set_deadline(work, view, activity.deadline, plan.state == PlanState::Issued && !activity.dropped);
    view.set("targets", target_views(work, activity.targets)).flag("no_targets", activity.targets.empty());
    view.set("products", product_views(work, activity.products)).flag("no_products", activity.products.empty());
    view.set("topics", chosen_entries(names, &Names::topics, activity.topics)).flag("no_topics", activity.topics.empty());
    view.set("channels", chosen_entries(names, &Names::channels, activity.channels));
    view.flag("no_channels", activity.channels.empty());
    return view;
}

View duty_view(const Work& work, const Names& names, const Content& content, const DutyText& duty) {
    View view;
    view.set("id", to_string(duty.id)).set("text", duty.text).set("version", std::to_string(duty.review.version));
    set_dropped(work, view, !duty.dropped ? "" : content.revision.kind == RevisionKind::First ? kLeftOut : kAbolished);
    set_parties(work, view, names, duty.parties);
    set_deadline(work, view, duty.deadline, content.revision.state == RevisionState::Issued);
    if (duty.activity)
        if (const auto* activity = content.activity(*duty.activity)) {
            view.set("activity_id", to_string(activity->id)).set("activity", label_of(*activity));
        }
    return view;
}

void set_state(const Work& work, View& view, const Plan& plan, RevisionState revision) {
    const auto set = [&](const char* tag, std::string_view key) {
        view.set("state_tag", tag).set("state", tr(work, "plan.state_" + std::string(key)));
    };
    switch (plan.state) {
        case PlanState::Issued: set("tag--run", "issued"); return;
        case PlanState::Closed: set("tag--ok", "closed"); return;
        case PlanState::Withdrawn: set("", "withdrawn"); return;
        case PlanState::Draft: break;
    }
    if (revision == RevisionState::UnderReview) return set("tag--warn", "under_review");
    if (revision == RevisionState::Approved) return set("tag--run", "approved");
    set("", "draft");
}

std::string source_marks(const formats::LineRange& lines) {
    std::string marks;
    for (int line = lines.first; line <= lines.last; ++line) marks += fmt::format("{}d{}", marks.empty() ? "" : " ", line);
    return marks;
}

std::string lines_text(const Work& work, const formats::LineRange& lines) {
    const std::string first = std::to_string(lines.first);
    if (lines.first == lines.last) return tr(work, "plan.source_line", {{"first", first}});
    return tr(work, "plan.source_lines", {{"first", first}, {"last", std::to_string(lines.last)}});
}

void set_confidence(const Work& work, View& view, const Review& review) {
    const int bars = number_of(review.confidence);
    view.flag("bar_2", bars >= 2).flag("bar_3", bars >= 3);
    view.set("confidence_class", bars == 3 ? "" : bars == 2 ? "conf--mid" : "conf--low");
    view.set("confidence", tr(work, bars == 3 ? "plan.confidence_sure" : bars == 2 ? "plan.confidence_check" : "plan.confidence_incomplete"));
    view.flag("confirmed", review.confirmed_by.has_value());
    if (review.lines) {
        view.set("source", source_marks(*review.lines));
        view.set("first_line", std::to_string(review.lines->first)).set("lines", lines_text(work, *review.lines));
    }
}

View timeline_view(const Work& work, const identity::TimelineLine& line) {
    View view;
    view.set("what", capitalised(tr(work, line.event))).set("who", identity::who_of(work, line));
    view.set("at", line.at.vietnamese()).set("at_iso", line.at.iso());
    std::vector<View> changes;
    for (const auto& change : line.changes) {
        if (change.before.empty() && change.after.empty()) continue;
        if (change.field == identity::kByLink) continue;  // `who` says it
        View item;
        item.set("field", identity::field_text(work, "plan", change.field));
        item.set("before", identity::value_text(work, "plan", change.field, change.before));
        item.set("after", identity::value_text(work, "plan", change.field, change.after));
        changes.push_back(std::move(item));
    }
    view.flag("has_changes", !changes.empty());
    view.set("changes", std::move(changes));
    return view;
}

View difference_view(const Work& work, const Difference& difference) {
    View view;
    const char* what = difference.what == Difference::What::Added     ? "added"
                       : difference.what == Difference::What::Dropped ? "dropped"
                                                                      : "changed";
    view.set("what", tr(work, std::string("plan.difference_") + what));
    view.set("what_tag", difference.what == Difference::What::Added     ? "tag--ok"
                         : difference.what == Difference::What::Dropped ? "tag--late"
                                                                        : "tag--warn");
    view.set("subject", tr(work, "plan.subject_" + difference.subject)).set("label", difference.label);
    std::vector<View> fields;
    for (const auto& field : difference.fields) {
        View line;
        line.set("field", tr(work, "plan.field_" + field.field)).set("before", field.before).set("after", field.after);
        fields.push_back(std::move(line));
    }
    view.flag("has_fields", !fields.empty());
    view.set("fields", std::move(fields));
    return view;
}

std::string document_line(const Work& work, const Revision& revision) {
    const std::string symbol = revision.head.symbol.value_or("");
    if (revision.issued_number && revision.issued_on)
        return tr(work, "plan.document_line", {{"number", *revision.issued_number + "/" + symbol},
                                               {"day", revision.issued_on->vietnamese()}});
    return tr(work, "plan.document_line_open", {{"symbol", symbol}});
}

}  // namespace loa::plan
