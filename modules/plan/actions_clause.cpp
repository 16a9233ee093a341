// The review of what is words alone: legal bases, objectives, requirements, themes, channels, budget,
// reporting, recipients.
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

constexpr std::string_view kPosition = "plan.set_clause_position";

Ref clause_ref(const Work& work, Id clause) { return {"plan.clause", work.authority, clause}; }

/// The draft with its content, and the clause in it as the person saw it.
struct Found {
    Draft draft;
    Content content;
    Clause clause;
};

Result<Found> find_clause(Work& work, const ItemRef& item) {
    auto draft = open_draft(work, item.plan);
    if (!draft) return draft.failure();
    Content content = content_of(work, draft->revision.id);
    const auto found = std::find_if(content.clauses.begin(), content.clauses.end(),
                                    [&](const Clause& clause) { return clause.id == item.item; });
    if (found == content.clauses.end()) return conflict("plan.item_gone");
    if (found->review.version != item.version)
        return changed_meanwhile(work, found->review.changed_by, found->review.changed_at);
    return Found{*std::move(draft), std::move(content), *found};
}

/// Topics belong to themes, Channels to channels; the rest means neither.
void take_words(Clause& clause, const ClauseWords& words, Id person) {
    clause.text = squeezed(words.text);
    if (clause.kind == ClauseKind::LegalBasis) {
        clause.cited_number = words.cited_number;
        clause.cited_issuer = words.cited_issuer;
        clause.cited_date = words.cited_date;
    }
    clause.topics.clear();
    clause.channels.clear();
    if (clause.kind == ClauseKind::Theme)
        for (const Id topic : words.topics) clause.topics.push_back({topic, person});
    if (clause.kind == ClauseKind::Channel)
        for (const Id channel : words.channels) clause.channels.push_back({channel, person});
}

/// To whom and by when is reported.
Result<> take_reporting(const Work& work, const Draft& draft, Clause& clause, const ClauseWords& words) {
    if (clause.kind != ClauseKind::Reporting) return Done{};
    clause.reported_to = words.reported_to;
    auto deadline = typed_deadline(words.deadline, draft.year(work));
    if (!deadline) return deadline.failure();
    clause.deadline = *std::move(deadline);
    return Done{};
}

std::vector<Problem> problems_of(const Clause& clause) {
    std::vector<Problem> problems;
    if (clause.text.empty()) problems.push_back({"text", "plan.text_missing", {}});
    if (!may_be_a_day(clause.cited_date)) problems.push_back({"cited_date", "plan.no_such_day", {}});
    return problems;
}

void write_mappings(Work& work, const Clause& clause) {
    work.db.run("plan.delete_clause_topics", {work.authority, clause.id});
    work.db.run("plan.delete_clause_channels", {work.authority, clause.id});
    for (const auto& topic : clause.topics)
        work.db.run("plan.insert_clause_topic", {work.authority, clause.id, topic.target, topic.confirmed_by});
    for (const auto& channel : clause.channels)
        work.db.run("plan.insert_clause_channel", {work.authority, clause.id, channel.target, channel.confirmed_by});
}

Result<> save(Work& work, const Draft& draft, const Clause& clause) {
    const auto last = clause.review.lines ? std::optional(clause.review.lines->last) : std::nullopt;
    const auto touched = work.db.run(
        "plan.set_clause",
        {work.authority, draft.revision.id, clause.id, clause.text, clause.cited_number, clause.cited_issuer,
         clause.cited_date.day, clause.cited_date.month, clause.cited_date.year, clause.reported_to, last,
         number_of(Confidence::Sure), work.now, work.actor.person, clause.review.version});
    if (touched == 0) return changed_meanwhile(work, clause.review.changed_by, clause.review.changed_at);
    write_mappings(work, clause);
    write_deadline(work, draft.revision.id, {.activity = {}, .clause = clause.id}, clause.deadline);
    touch(work, draft);
    return Done{};
}

/// A yes to either is one.
void unite_mappings(std::vector<Mapping>& mappings, const std::vector<Mapping>& more) {
    for (const auto& mapping : more) {
        const auto known = std::find_if(mappings.begin(), mappings.end(),
                                        [&](const Mapping& other) { return other.target == mapping.target; });
        if (known == mappings.end()) mappings.push_back(mapping);
        else if (!known->confirmed_by) known->confirmed_by = mapping.confirmed_by;
    }
}

Result<> set_kept(Work& work, const ItemRef& item, Choice choice) {
    const bool dropped = choice == Choice::LeaveOut;
    auto found = find_clause(work, item);
    if (!found) return found.failure();
    if (work.db.run("plan.set_clause_dropped", {work.authority, found->draft.revision.id, item.item, dropped ? 1 : 0,
                                                work.now, work.actor.person, item.version}) == 0)
        return changed_meanwhile(work, found->clause.review.changed_by, found->clause.review.changed_at);
    touch(work, found->draft);
    const auto& text = found->clause.text;
    identity::record(work, clause_ref(work, item.item), dropped ? "plan.clause_dropped" : "plan.clause_restored", {{"text", dropped ? text : "", dropped ? "" : text}});
    return Done{};
}

std::vector<Id> order_of(const Content& content, ClauseKind kind) {
    std::vector<Id> order;
    for (const auto* clause : content.clauses_of(kind)) order.push_back(clause->id);
    return order;
}

}  // namespace

Result<> correct_clause(Work& work, const ItemRef& item, const ClauseWords& words) {
    auto found = find_clause(work, item);
    if (!found) return found.failure();
    const Clause before = found->clause;
    take_words(found->clause, words, work.actor.person);
    if (auto taken = take_reporting(work, found->draft, found->clause, words); !taken) return taken;
    if (auto problems = problems_of(found->clause); !problems.empty()) return invalid(std::move(problems));
    if (auto saved = save(work, found->draft, found->clause); !saved) return saved;
    identity::record(work, clause_ref(work, item.item), "plan.clause_corrected", fields_between(before, found->clause));
    return Done{};
}

Result<Id> add_clause(Work& work, Id plan, ClauseKind kind, const ClauseWords& words) {
    auto draft = open_draft(work, plan);
    if (!draft) return draft.failure();
    Clause clause;
    clause.id = work.new_id();
    clause.kind = kind;
    take_words(clause, words, work.actor.person);
    if (auto taken = take_reporting(work, *draft, clause, words); !taken) return taken.failure();
    if (auto problems = problems_of(clause); !problems.empty()) return invalid(std::move(problems));
    const Content content = content_of(work, draft->revision.id);
    const auto others = content.clauses_of(kind);
    clause.position = others.empty() ? 1 : others.back()->position + 1;
    clause.review.confirmed_by = work.actor.person;
    write_clause(work, draft->revision.id, clause);
    touch(work, *draft);
    identity::record(work, clause_ref(work, clause.id), "plan.clause_added", fields_between(Clause{}, clause));
    return clause.id;
}

Result<> drop_clause(Work& work, const ItemRef& item) { return set_kept(work, item, Choice::LeaveOut); }

Result<> restore_clause(Work& work, const ItemRef& item) { return set_kept(work, item, Choice::Keep); }

Result<> move_clause(Work& work, const ItemRef& item, Direction direction) {
    auto found = find_clause(work, item);
    if (!found) return found.failure();
    auto order = order_of(found->content, found->clause.kind);
    if (!move_in(order, item.item, direction)) return Done{};
    write_order(work, found->draft, kPosition, order);
    touch(work, found->draft);
    identity::record(work, clause_ref(work, item.item), "plan.clause_moved");
    return Done{};
}

Result<> split_clause(Work& work, const ItemRef& item, const std::string& text) {
    auto found = find_clause(work, item);
    if (!found) return found.failure();
    const auto parts = typed_lines(text);
    if (parts.size() < 2) return invalid("text", "plan.split_needs_lines");

    auto order = order_of(found->content, found->clause.kind);
    const std::string before = found->clause.text;
    found->clause.text = parts.front();
    if (auto saved = save(work, found->draft, found->clause); !saved) return saved;
    Id above = item.item;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        Clause part = found->clause;
        part.id = work.new_id();
        part.text = parts[i];
        part.review.confirmed_by = work.actor.person;
        write_clause(work, found->draft.revision.id, part);
        insert_after(order, above, part.id);
        above = part.id;
    }
    write_order(work, found->draft, kPosition, order);
    identity::record(work, clause_ref(work, item.item), "plan.clause_split",
                     {{"text", before, joined(parts, " | ")}});
    return Done{};
}

Result<> merge_clause(Work& work, const ItemRef& item) {
    auto found = find_clause(work, item);
    if (!found) return found.failure();
    const auto siblings = found->content.clauses_of(found->clause.kind);
    const auto at = std::find_if(siblings.begin(), siblings.end(),
                                 [&](const Clause* clause) { return clause->id == item.item; });
    if (at == siblings.end()) return conflict("plan.item_gone");
    if (at == siblings.begin()) return invalid("", "plan.nothing_above");
    Clause above = **(at - 1);
    if (item.above && *item.above != above.id) return changed_meanwhile(work, found->draft.revision);
    const std::string before = above.text;
    above.text += " " + found->clause.text;
    unite_mappings(above.topics, found->clause.topics);
    unite_mappings(above.channels, found->clause.channels);
    if (above.review.lines && found->clause.review.lines) above.review.lines->last = found->clause.review.lines->last;
    erase(work, found->draft, found->clause);
    if (auto saved = save(work, found->draft, above); !saved) return saved;
    identity::record(work, clause_ref(work, above.id), "plan.clause_merged", {{"text", before, above.text}});
    return Done{};
}

Result<> confirm_clauses(Work& work, const SeenDraft& seen, ClauseKind kind) {
    auto draft = open_draft(work, seen);
    if (!draft) return draft.failure();
    const Content content = content_of(work, draft->revision.id);
    int confirmed = 0;
    for (const auto* clause : content.clauses_of(kind)) {
        if (clause->agreed()) continue;
        Clause agreed = *clause;
        for (auto* mappings : {&agreed.topics, &agreed.channels})
            for (auto& mapping : *mappings)
                if (!mapping.confirmed_by) mapping.confirmed_by = work.actor.person;
        work.db.run("plan.confirm_clause",
                    {work.authority, draft->revision.id, clause->id, work.actor.person, work.now});
        write_mappings(work, agreed);
        ++confirmed;
    }
    touch(work, *draft);
    identity::record(work, {"plan.plan", work.authority, seen.plan}, "plan.clauses_confirmed",
                     {{"clauses", "", std::string(text_of(kind))}, {"count", "", std::to_string(confirmed)}});
    return Done{};
}

}  // namespace loa::plan
