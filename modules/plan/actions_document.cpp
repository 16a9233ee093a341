// The head and foot of the paper: number, symbol, issuer, place, date, title, signature.
#include "actions.h"
#include "difference.h"
#include "draft.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "search_index.h"

namespace loa::plan {

namespace {

std::optional<std::string> tidy(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    std::string squeezed_text = squeezed(*text);
    return squeezed_text.empty() ? std::nullopt : std::optional(std::move(squeezed_text));
}

DocumentHead tidy(const DocumentHead& typed) {
    DocumentHead head = typed;
    for (auto* field : {&head.type, &head.number, &head.symbol, &head.issuer, &head.place, &head.decision,
                        &head.signed_authority, &head.signed_on_behalf, &head.signer_position, &head.signer_name})
        *field = tidy(*field);
    head.title = squeezed(head.title);
    return head;
}

std::vector<Problem> problems_of(const DocumentHead& head) {
    std::vector<Problem> problems;
    if (head.title.empty()) problems.push_back({"title", "plan.title_missing", {}});
    const auto& date = head.date;
    const bool out_of_range = date.year && (*date.year < 1990 || *date.year > 2100);
    if (out_of_range || !may_be_a_day(date)) problems.push_back({"date", "plan.no_such_day", {}});
    return problems;
}

}  // namespace

Result<> correct_document(Work& work, const CorrectDocument& input) {
    auto draft = open_draft(work, input.plan);
    if (!draft) return draft.failure();
    const DocumentHead head = tidy(input.head);
    if (auto problems = problems_of(head); !problems.empty()) return invalid(std::move(problems));
    const auto touched = work.db.run(
        "plan.set_document",
        {work.authority, draft->revision.id, head.type, head.number, head.symbol, head.issuer, head.place,
         head.date.day, head.date.month, head.date.year, head.title, head.decision, head.signed_authority,
         head.signed_on_behalf, head.signer_position, head.signer_name, work.actor.person, work.now, input.version});
    if (touched == 0) return changed_meanwhile(work, draft->revision.changed_by, draft->revision.changed_at);
    if (!draft->plan.issued_revision) {
        const auto [from, to] = years_of(head);
        work.db.run("plan.set_plan_title", {work.authority, input.plan, head.title, from, to});
    }
    identity::record(work, {"plan.plan", work.authority, input.plan}, "plan.document_corrected",
                     fields_between(draft->revision.head, head));
    index_draft(work, input.plan);
    return Done{};
}

Result<> confirm_all(Work& work, Id plan) {
    auto draft = open_draft(work, plan);
    if (!draft) return draft.failure();
    const Content content = content_of(work, draft->revision.id);
    if (auto done = correct_document(work, {plan, content.revision.head_version, content.revision.head}); !done) return done;
    for (const auto kind : clause_kinds())
        if (auto done = confirm_clauses(work, {plan}, kind); !done) return done;
    for (const auto& activity : content.activities)
        if (auto done = confirm_activity(work, {plan, activity.id, activity.review.version}); !done) return done;
    return confirm_duties(work, {plan});
}

}  // namespace loa::plan
