// The review of duties: what "Tổ chức thực hiện" lays on each agency.
#include <algorithm>

#include "actions.h"
#include "difference.h"
#include "draft.h"
#include "left_out.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "queries.h"

namespace loa::plan {

namespace {

constexpr std::string_view kPosition = "plan.set_duty_position";

Ref duty_ref(const Work& work, Id duty) { return {"plan.duty", work.authority, duty}; }

struct Found {
    Draft draft;
    Content content;
    DutyText duty;
};

Result<Found> find_duty(Work& work, const ItemRef& item) {
    auto draft = open_draft(work, item.plan);
    if (!draft) return draft.failure();
    Content content = content_of(work, draft->revision.id);
    const auto* found = content.duty(item.item);
    if (!found) return conflict("plan.item_gone");
    if (found->review.version != item.version)
        return changed_meanwhile(work, found->review.changed_by, found->review.changed_at);
    DutyText duty = *found;
    return Found{*std::move(draft), std::move(content), std::move(duty)};
}

std::vector<Problem> take_words(Work& work, const Draft& draft, const Content& content, DutyText& duty,
                                const DutyWords& words) {
    std::vector<Problem> problems;
    duty.text = squeezed(words.text);
    if (duty.text.empty()) problems.push_back({"text", "plan.text_missing", {}});
    auto parties = parties_named(UnitNames::on(work, draft.day(work)), PartyRole::Lead, words.units);
    keep_meanings(parties, duty.parties);
    duty.parties = std::move(parties);
    duty.activity = words.activity;
    if (duty.activity && !content.activity(*duty.activity))
        problems.push_back({"activity", "plan.no_such_activity", {}});
    if (auto deadline = typed_deadline(words.deadline, draft.year(work)); deadline)
        duty.deadline = *deadline;
    else
        problems.insert(problems.end(), deadline.failure().problems.begin(), deadline.failure().problems.end());
    return problems;
}

/// With the activity that it is attached to, which is no word of the paper.
std::vector<identity::Change> changes_between(const Content& content, const DutyText& before, const DutyText& after) {
    auto changes = fields_between(before, after);
    const auto label = [&](const DutyText& duty) {
        const auto* activity = duty.activity ? content.activity(*duty.activity) : nullptr;
        return activity ? label_of(*activity) : std::string();
    };
    if (before.activity != after.activity) changes.push_back({"activity", label(before), label(after)});
    return changes;
}

Result<> save(Work& work, const Draft& draft, const DutyText& duty) {
    const auto last = duty.review.lines ? std::optional(duty.review.lines->last) : std::nullopt;
    const auto touched =
        work.db.run("plan.set_duty_revision",
                    {work.authority, draft.revision.id, duty.id, duty.text, duty.activity, duty.dropped ? 1 : 0, last,
                     number_of(confidence_of(duty)), work.now, work.actor.person, duty.review.version});
    if (touched == 0) return changed_meanwhile(work, duty.review.changed_by, duty.review.changed_at);
    const Subject subject{.activity = {}, .duty = duty.id};
    write_parties(work, draft.revision.id, subject, duty.parties);
    write_deadline(work, draft.revision.id, subject, duty.deadline);
    touch(work, draft);
    return Done{};
}

std::vector<Id> order_of(const Content& content) {
    std::vector<Id> order;
    for (const auto& duty : content.duties)
        if (!duty.dropped) order.push_back(duty.id);
    return order;
}

bool issued_before(Work& work, const Draft& draft, Id duty) {
    return draft.plan.issued_revision && content_of(work, *draft.plan.issued_revision).duty(duty) != nullptr;
}

Result<> set_kept(Work& work, Found& found, Choice choice) {
    const bool dropped = choice == Choice::LeaveOut;
    found.duty.dropped = dropped;
    if (auto saved = save(work, found.draft, found.duty); !saved) return saved;
    const auto& text = found.duty.text;
    identity::record(work, duty_ref(work, found.duty.id), dropped ? "plan.duty_dropped" : "plan.duty_restored", {{"text", dropped ? text : "", dropped ? "" : text}});
    return Done{};
}

}  // namespace

Result<> correct_duty(Work& work, const ItemRef& item, const DutyWords& words) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    const DutyText before = found->duty;
    if (auto problems = take_words(work, found->draft, found->content, found->duty, words); !problems.empty())
        return invalid(std::move(problems));
    if (auto saved = save(work, found->draft, found->duty); !saved) return saved;
    identity::record(work, duty_ref(work, item.item), "plan.duty_corrected", changes_between(found->content, before, found->duty));
    return Done{};
}

Result<Id> add_duty(Work& work, Id plan, const DutyWords& words) {
    auto draft = open_draft(work, plan);
    if (!draft) return draft.failure();
    const Content content = content_of(work, draft->revision.id);
    DutyText duty;
    duty.id = work.new_id();
    if (auto problems = take_words(work, *draft, content, duty, words); !problems.empty())
        return invalid(std::move(problems));
    duty.position = content.duties.empty() ? 1 : content.duties.back().position + 1;
    duty.review.confidence = confidence_of(duty);
    duty.review.confirmed_by = work.actor.person;
    work.db.run("plan.insert_duty", {work.authority, duty.id, plan});
    write_duty(work, draft->revision.id, duty);
    touch(work, *draft);
    identity::record(work, duty_ref(work, duty.id), "plan.duty_added", changes_between(content, DutyText{}, duty));
    return duty.id;
}

Result<> drop_duty(Work& work, const ItemRef& item) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    return set_kept(work, *found, Choice::LeaveOut);
}

Result<> restore_duty(Work& work, const ItemRef& item) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    return set_kept(work, *found, Choice::Keep);
}

Result<> move_duty(Work& work, const ItemRef& item, Direction direction) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    auto order = order_of(found->content);
    if (!move_in(order, item.item, direction)) return Done{};
    write_order(work, found->draft, kPosition, order);
    touch(work, found->draft);
    identity::record(work, duty_ref(work, item.item), "plan.duty_moved");
    return Done{};
}

Result<> split_duty(Work& work, const ItemRef& item, const std::string& text) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    const auto parts = typed_lines(text);
    if (parts.size() < 2) return invalid("text", "plan.split_needs_lines");

    const std::string before = found->duty.text;
    auto order = order_of(found->content);
    found->duty.text = parts.front();
    if (auto saved = save(work, found->draft, found->duty); !saved) return saved;
    Id above = item.item;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        DutyText part = found->duty;
        part.id = work.new_id();
        part.text = parts[i];
        part.deadline.reset();
        part.review.confirmed_by = work.actor.person;
        work.db.run("plan.insert_duty", {work.authority, part.id, item.plan});
        write_duty(work, found->draft.revision.id, part);
        insert_after(order, above, part.id);
        above = part.id;
    }
    write_order(work, found->draft, kPosition, order);
    identity::record(work, duty_ref(work, item.item), "plan.duty_split", {{"text", before, joined(parts, " | ")}});
    return Done{};
}

Result<> merge_duty(Work& work, const ItemRef& item) {
    auto found = find_duty(work, item);
    if (!found) return found.failure();
    const auto order = order_of(found->content);
    const auto at = std::find(order.begin(), order.end(), item.item);
    if (at == order.end()) return conflict("plan.item_gone");
    if (at == order.begin()) return invalid("", "plan.nothing_above");
    if (issued_before(work, found->draft, item.item)) return conflict("plan.merge_issued");
    DutyText above = *found->content.duty(*(at - 1));
    if (item.above && *item.above != above.id) return changed_meanwhile(work, found->draft.revision);
    const DutyText before = above;
    if (above.deadline && found->duty.deadline && above.deadline->text != found->duty.deadline->text)
        return conflict("plan.merge_two_deadlines", {{"above", above.deadline->text}, {"below", found->duty.deadline->text}});
    if (!above.deadline) above.deadline = found->duty.deadline;
    above.text += ". " + found->duty.text;
    unite_parties(above.parties, found->duty.parties);
    if (!above.activity) above.activity = found->duty.activity;
    if (above.review.lines && found->duty.review.lines) above.review.lines->last = found->duty.review.lines->last;
    erase(work, found->draft, found->duty);
    if (auto saved = save(work, found->draft, above); !saved) return saved;
    identity::record(work, duty_ref(work, above.id), "plan.duty_merged", changes_between(found->content, before, above));
    return Done{};
}

Result<> confirm_duties(Work& work, const SeenDraft& seen) {
    auto draft = open_draft(work, seen);
    if (!draft) return draft.failure();
    int confirmed = 0;
    for (const auto& duty : content_of(work, draft->revision.id).duties)
        if (!duty.review.confirmed_by)
            confirmed += static_cast<int>(work.db.run("plan.confirm_duty", {work.authority, draft->revision.id, duty.id,
                                                                            work.actor.person, work.now}));
    touch(work, *draft);
    identity::record(work, {"plan.plan", work.authority, seen.plan}, "plan.duties_confirmed",
                     {{"count", "", std::to_string(confirmed)}});
    return Done{};
}

}  // namespace loa::plan
