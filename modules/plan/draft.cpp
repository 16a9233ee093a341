#include "draft.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "queries.h"
#include "rows.h"
#include "verbs.h"

namespace loa::plan {

int Draft::year(const Work& work) const {
    if (plan.year_from != 0) return plan.year_from;
    return revision.head.date.year.value_or(work.today().year());
}

Result<Draft> open_draft(Work& work, Id plan) {
    auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    if (!identity::may_in_unit(work, kDraft, found->drafting_unit)) return forbidden("plan.not_drafting_unit");
    if (!found->draft_revision) return conflict("plan.no_draft");
    Revision revision = revision_by_id(work, *found->draft_revision);
    if (!revision.open()) return conflict("plan.not_in_draft");
    return Draft{*std::move(found), std::move(revision)};
}

Result<Draft> open_draft(Work& work, const SeenDraft& seen) {
    auto draft = open_draft(work, seen.plan);
    if (draft && seen.version && *seen.version != draft->revision.version)
        return changed_meanwhile(work, draft->revision);
    return draft;
}

namespace {

Failure changed(Work& work, std::string_view key, Id changed_by, Instant changed_at) {
    const std::string at = changed_at.vietnamese();
    if (changed_by == work.actor.person)
        return conflict(std::string(key), {{"person", i18n::translate(work.language, "plan.this_account_elsewhere")}, {"at", at}});
    const auto person = identity::person_by_id(work, changed_by);
    if (!person) return conflict("plan.changed_by_loa", {{"at", at}});  // it was read anew
    return conflict(std::string(key), {{"person", person->name}, {"at", at}});
}

}  // namespace

Failure changed_meanwhile(Work& work, Id changed_by, Instant changed_at) {
    return changed(work, "plan.changed_meanwhile", changed_by, changed_at);
}

Failure changed_meanwhile(Work& work, const Revision& draft) {
    return changed(work, "plan.draft_changed_meanwhile", draft.changed_by, draft.changed_at);
}

std::pair<int, int> years_of(const DocumentHead& head) {
    int from = 0, to = 0;
    const auto& title = head.title;
    for (std::size_t at = 0; at + 4 <= title.size(); ++at) {
        const bool digit_before = at > 0 && std::isdigit(static_cast<unsigned char>(title[at - 1]));
        const auto word = std::string_view(title).substr(at, 4);
        if (digit_before || word.find_first_not_of("0123456789") != std::string_view::npos) continue;
        const bool digit_after = at + 4 < title.size() && std::isdigit(static_cast<unsigned char>(title[at + 4]));
        const int year = std::stoi(std::string(word));
        if (digit_after || year < 1990 || year > 2100) continue;
        if (from == 0) from = year;
        to = year;
    }
    if (from == 0) from = to = head.date.year.value_or(0);
    return {std::min(from, to), std::max(from, to)};
}

void touch(Work& work, const Draft& draft) {
    work.db.run("plan.touch_revision", {work.authority, draft.revision.id, work.now, work.actor.person});
}

namespace {

std::optional<Id> added_by(const std::optional<Addition>& added) {
    return added ? std::optional(added->by) : std::nullopt;
}
std::optional<Instant> added_at(const std::optional<Addition>& added) {
    return added ? std::optional(added->at) : std::nullopt;
}

std::optional<std::string> period_text(std::optional<Period> period) {
    return period ? std::optional(std::string(text_of(*period))) : std::nullopt;
}

}  // namespace

void write_parties(Work& work, Id revision, const Subject& subject, const std::vector<Party>& parties) {
    if (subject.activity)
        work.db.run("plan.delete_parties_of_activity", {work.authority, revision, *subject.activity});
    else
        work.db.run("plan.delete_parties_of_duty", {work.authority, revision, *subject.duty});
    std::vector<storage::Values> rows;
    int position = 0;
    for (const auto& party : parties) {
        rows.push_back({work.authority, work.new_id(), revision, subject.activity, subject.duty,
                        text_of(party.role), ++position, party.name, party.unit, party.group,
                        party.accountable ? 1 : 0, added_by(party.added), added_at(party.added)});
    }
    work.db.run_batch("plan.insert_party", rows);
}

void write_deadline(Work& work, Id revision, const Subject& subject, const std::optional<PlannedDeadline>& deadline) {
    if (subject.activity) work.db.run("plan.delete_deadline_of_activity", {work.authority, revision, *subject.activity});
    if (subject.duty) work.db.run("plan.delete_deadline_of_duty", {work.authority, revision, *subject.duty});
    if (subject.clause) work.db.run("plan.delete_deadline_of_clause", {work.authority, revision, *subject.clause});
    if (!deadline) return;
    work.db.run("plan.insert_deadline",
                {work.authority, work.new_id(), revision, subject.activity, subject.duty, subject.clause,
                 deadline->text, text_of(deadline->kind), deadline->from, deadline->to, period_text(deadline->every), deadline->due_day,
                 deadline->due_month, added_by(deadline->added), added_at(deadline->added)});
}

void write_targets(Work& work, Id revision, Id activity, const std::vector<PlannedTarget>& targets) {
    work.db.run("plan.delete_targets_of_activity", {work.authority, revision, activity});
    std::vector<storage::Values> rows;
    int position = 0;
    for (const auto& target : targets) {
        rows.push_back({work.authority, work.new_id(), revision, activity, ++position, target.text,
                        text_of(target.comparator), thousandths(target.value), target.unit, period_text(target.per),
                        added_by(target.added), added_at(target.added)});
    }
    work.db.run_batch("plan.insert_target", rows);
}

void write_products(Work& work, Id revision, Id activity, const std::vector<Product>& products) {
    work.db.run("plan.delete_products_of_activity", {work.authority, revision, activity});
    std::vector<storage::Values> rows;
    int position = 0;
    for (const auto& product : products) {
        rows.push_back({work.authority, work.new_id(), revision, activity, ++position, product.text,
                        added_by(product.added), added_at(product.added)});
    }
    work.db.run_batch("plan.insert_product", rows);
}

namespace {

std::optional<int> first_line(const Review& review) {
    return review.lines ? std::optional(review.lines->first) : std::nullopt;
}
std::optional<int> last_line(const Review& review) {
    return review.lines ? std::optional(review.lines->last) : std::nullopt;
}

}  // namespace

void write_revision(Work& work, const Revision& revision) {
    const auto& head = revision.head;
    work.db.run("plan.insert_revision",
                {work.authority, revision.id, revision.plan, revision.ordinal, text_of(revision.kind), head.type,
                 head.number, head.symbol, head.issuer, head.place, head.date.day, head.date.month, head.date.year,
                 head.title, head.decision, head.signed_authority, head.signed_on_behalf, head.signer_position,
                 head.signer_name, revision.file, revision.file_name, work.now, work.actor.person, revision.reason,
                 revision.proposed_by, revision.head_confirmed_by, head_lines_text(revision.head_fields)});
}

void write_clause(Work& work, Id revision, const Clause& clause) {
    const auto& review = clause.review;
    work.db.run("plan.insert_clause",
                {work.authority, clause.id, revision, text_of(clause.kind), clause.position, clause.text,
                 clause.cited_number, clause.cited_issuer, clause.cited_date.day, clause.cited_date.month,
                 clause.cited_date.year, clause.reported_to, number_of(review.confidence), first_line(review), last_line(review), review.confirmed_by,
                 work.now, work.actor.person});
    for (const auto& topic : clause.topics)
        work.db.run("plan.insert_clause_topic", {work.authority, clause.id, topic.target, topic.confirmed_by});
    for (const auto& channel : clause.channels)
        work.db.run("plan.insert_clause_channel", {work.authority, clause.id, channel.target, channel.confirmed_by});
    write_deadline(work, revision, {.activity = {}, .clause = clause.id}, clause.deadline);
}

void write_activity(Work& work, Id revision, const ActivityText& activity) {
    const auto& review = activity.review;
    work.db.run("plan.insert_activity_revision",
                {work.authority, revision, activity.id, activity.position, activity.ordinal, activity.title,
                 activity.group_title, activity.content, activity.funding, activity.dropped ? 1 : 0,
                 number_of(review.confidence), first_line(review), last_line(review), field_lines_text(activity.fields), review.confirmed_by, work.now,
                 work.actor.person, added_by(activity.added), added_at(activity.added)});
    const Subject subject{activity.id};
    write_parties(work, revision, subject, activity.parties);
    write_deadline(work, revision, subject, activity.deadline);
    write_targets(work, revision, activity.id, activity.targets);
    write_products(work, revision, activity.id, activity.products);
}

void write_topics_and_channels(Work& work, const ActivityText& activity) {
    work.db.run("plan.delete_activity_topics", {work.authority, activity.id});
    work.db.run("plan.delete_activity_channels", {work.authority, activity.id});
    for (const Id topic : activity.topics)
        work.db.run("plan.insert_activity_topic", {work.authority, activity.id, topic, work.actor.person, work.now});
    for (const Id channel : activity.channels)
        work.db.run("plan.insert_activity_channel", {work.authority, activity.id, channel, work.actor.person, work.now});
}

void append_activity(Work& work, Id revision, ActivityText activity) {
    for (const auto& row : work.db.query("plan.last_activity_position", {work.authority, revision}))
        activity.position = static_cast<int>(row.number("position")) + 1;
    write_activity(work, revision, activity);
}

void write_duty(Work& work, Id revision, const DutyText& duty) {
    const auto& review = duty.review;
    work.db.run("plan.insert_duty_revision",
                {work.authority, revision, duty.id, duty.position, duty.text, duty.activity, duty.dropped ? 1 : 0,
                 number_of(review.confidence), first_line(review),
                 last_line(review), review.confirmed_by, work.now, work.actor.person});
    const Subject subject{.activity = {}, .duty = duty.id};
    write_parties(work, revision, subject, duty.parties);
    write_deadline(work, revision, subject, duty.deadline);
}

std::vector<Party> parties_named(const UnitNames& names, PartyRole role, const std::vector<std::string>& printed) {
    std::vector<Party> parties;
    for (const auto& name : printed) {
        Party party;
        party.role = role;
        party.name = name;
        if (const auto found = names.find(name)) {
            party.unit = found->unit;
            party.group = found->group;
        }
        parties.push_back(std::move(party));
    }
    return parties;
}

void keep_meanings(std::vector<Party>& parties, const std::vector<Party>& before) {
    for (auto& party : parties) {
        const auto known = std::find_if(before.begin(), before.end(), [&](const Party& other) {
            return other.resolved() && compared_name(other.name) == compared_name(party.name);
        });
        if (known == before.end()) continue;
        party.unit = known->unit;
        party.group = known->group;
    }
}

void unite_parties(std::vector<Party>& parties, const std::vector<Party>& more) {
    for (const auto& party : more) {
        const bool known = std::any_of(parties.begin(), parties.end(), [&](const Party& other) {
            return other.role == party.role && compared_name(other.name) == compared_name(party.name);
        });
        if (!known) parties.push_back(party);
    }
}

std::vector<std::string> typed_lines(std::string_view text) {
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n'))
        if (auto words = squeezed(line); !words.empty()) lines.push_back(std::move(words));
    return lines;
}

bool move_in(std::vector<Id>& order, Id item, Direction direction) {
    const auto at = std::find(order.begin(), order.end(), item);
    if (at == order.end() || (direction == Direction::Up ? at == order.begin() : at + 1 == order.end())) return false;
    std::iter_swap(at, direction == Direction::Up ? at - 1 : at + 1);
    return true;
}

void insert_after(std::vector<Id>& order, Id known, Id added) {
    const auto found = std::find(order.begin(), order.end(), known);
    order.insert(found == order.end() ? found : found + 1, added);
}

void write_order(Work& work, const Draft& draft, std::string_view statement, const std::vector<Id>& order) {
    int position = 0;
    for (const Id item : order) work.db.run(statement, {work.authority, draft.revision.id, item, ++position});
}

namespace {

bool all_resolved(const std::vector<Party>& parties) {
    for (const auto& party : parties)
        if (!party.resolved()) return false;
    return true;
}

Confidence less_sure(Confidence a, Confidence b) { return number_of(a) < number_of(b) ? a : b; }

}  // namespace

Confidence confidence_of(const ActivityText& activity) {
    bool lead = false;
    for (const auto& party : activity.parties) lead = lead || party.role == PartyRole::Lead;
    if (!lead || activity.title.empty()) return Confidence::Incomplete;
    Confidence least = all_resolved(activity.parties) ? Confidence::Sure : Confidence::Check;
    for (const auto& reading : activity.fields) {
        const bool said_since = reading.field == ActivityField::Deadline && activity.deadline && activity.deadline->added;
        if (!said_since) least = less_sure(least, reading.confidence);
    }
    return least;
}

Confidence confidence_of(const DutyText& duty) {
    if (duty.parties.empty() || duty.text.empty()) return Confidence::Incomplete;
    return all_resolved(duty.parties) ? Confidence::Sure : Confidence::Check;
}

}  // namespace loa::plan
