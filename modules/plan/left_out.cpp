#include "left_out.h"

#include "loa/base/check.h"
#include "queries.h"

namespace loa::plan {

void erase(Work& work, const Draft& draft, const Clause& clause) {
    write_deadline(work, draft.revision.id, {.activity = {}, .clause = clause.id}, std::nullopt);
    work.db.run("plan.delete_clause_topics", {work.authority, clause.id});
    work.db.run("plan.delete_clause_channels", {work.authority, clause.id});
    LOA_CHECK(work.db.run("plan.delete_clause", {work.authority, draft.revision.id, clause.id, clause.review.version}) == 1);
}

void erase(Work& work, const Draft& draft, const ActivityText& activity) {
    const Subject subject{activity.id};
    write_parties(work, draft.revision.id, subject, {});
    write_deadline(work, draft.revision.id, subject, std::nullopt);
    write_targets(work, draft.revision.id, activity.id, {});
    write_products(work, draft.revision.id, activity.id, {});
    work.db.run("plan.detach_duties", {work.authority, draft.revision.id, activity.id});
    work.db.run("plan.delete_activity_topics", {work.authority, activity.id});
    work.db.run("plan.delete_activity_channels", {work.authority, activity.id});
    LOA_CHECK(work.db.run("plan.delete_activity_revision",
                          {work.authority, draft.revision.id, activity.id, activity.review.version}) == 1);
    work.db.run("plan.delete_activity", {work.authority, activity.id});
}

void erase(Work& work, const Draft& draft, const DutyText& duty) {
    const Subject subject{.activity = {}, .duty = duty.id};
    write_parties(work, draft.revision.id, subject, {});
    write_deadline(work, draft.revision.id, subject, std::nullopt);
    LOA_CHECK(work.db.run("plan.delete_duty_revision", {work.authority, draft.revision.id, duty.id, duty.review.version}) == 1);
    work.db.run("plan.delete_duty", {work.authority, duty.id});
}

void erase_left_out(Work& work, const Draft& draft, const Content& content) {
    const auto issued = draft.plan.issued_revision ? std::optional(content_of(work, *draft.plan.issued_revision)) : std::nullopt;
    for (const auto& clause : content.clauses)
        if (clause.dropped) erase(work, draft, clause);
    for (const auto& duty : content.duties)
        if (duty.dropped && !(issued && issued->duty(duty.id) != nullptr)) erase(work, draft, duty);
    for (const auto& activity : content.activities)
        if (activity.dropped && !(issued && issued->activity(activity.id) != nullptr)) erase(work, draft, activity);
}

}  // namespace loa::plan
