#include "trash.h"

#include "actions.h"
#include "addresses.h"
#include "child_report.h"
#include "found_evidence.h"
#include "loa/base/check.h"
#include "loa/identity/timeline.h"
#include "loa/media/file.h"
#include "loa/search/search.h"
#include "queries.h"
#include "rows.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {
constexpr const char* kKind = "plan.plan";

Result<std::string> take_back(Work& work, Id plan) {
    if (work.db.run("plan.unhide_plan", {work.authority, plan}) == 0) return not_found("plan.not_found");
    index_draft(work, plan);
    report_up(work, plan);
    return path_of(plan);
}

void purge(Work& work, Id plan) {
    for (const auto& file : media::files_of(work, {kKind, work.authority, plan})) LOA_CHECK(media::remove_file(work, file.id));
    for (const char* statement :
         {"plan.purge_warnings", "plan.purge_deadlines", "plan.purge_targets", "plan.purge_products", "plan.purge_parties",
          "plan.purge_activity_topics", "plan.purge_activity_channels", "plan.purge_duty_revisions",
          "plan.purge_activity_revisions", "plan.purge_duties", "plan.purge_activities", "plan.purge_clauses",
          "plan.purge_sources", "plan.purge_steps", "plan.purge_revisions", "plan.purge_plan"})
        work.db.run(statement, {work.authority, plan});
}

/// A file in the trash belongs to a record of this kind with its evidence's id: no guard opens it.
constexpr const char* kFileKind = "plan.evidence_file";

Result<std::string> take_file_back(Work& work, Id id) {
    const auto file = media::file_by_id(work, id);
    if (!file || file->owner.kind != kFileKind) return not_found("plan.evidence_file_gone");
    const auto piece = evidence_by_id(work, file->owner.id);
    if (!piece || (piece->state != EvidenceState::Submitted && piece->state != EvidenceState::Returned)) return conflict("plan.evidence_file_too_late");
    if (files_of_piece(work, *piece).size() >= kMostFiles) return conflict("plan.evidence_file_no_room", {{"n", std::to_string(kMostFiles)}});
    LOA_CHECK(work.db.run("plan.touch_evidence", {work.authority, piece->id, piece->version}) == 1);
    media::give_file(work, id, {"plan.evidence", work.authority, piece->id});
    index_evidence(work, piece->id);
    const Assignment line = assignment_from(*work.db.one("plan.assignment_of_evidence", {work.authority, piece->id}));
    identity::record(work, ref_of(work, line), "plan.evidence_file_added", {{"what", "", piece->what}, {"file", "", file->name}});
    return line_path(line) + "?minh-chung=" + to_string(piece->id) + "#mc-" + to_string(piece->id);
}

void purge_file(Work& work, Id id) { LOA_CHECK(media::remove_file(work, id)); }
}  // namespace

const identity::TrashKind& evidence_files_in_trash() {
    static const identity::TrashKind kind{kFileKind, &kReport, take_file_back, purge_file};
    return kind;
}

Id put_evidence_file_in_trash(Work& work, const media::File& file, Id unit) {
    media::give_file(work, file.id, {kFileKind, work.authority, file.owner.id});
    return identity::put_in_trash(work, evidence_files_in_trash(), {.record = file.id, .title = file.name, .unit = unit});
}

const identity::TrashKind& drafts_in_trash() {
    static const identity::TrashKind kind{kKind, &kDraft, take_back, purge};
    return kind;
}

Result<Id> delete_draft(Work& work, const TakeStep& input) {
    const auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    if (!identity::may_in_unit(work, kDraft, plan->drafting_unit)) return forbidden();
    // What a leader has been asked about, or offices work by, is withdrawn with a reason instead.
    if (plan->issued_revision || !plan->draft_revision || revision_by_id(work, *plan->draft_revision).state != RevisionState::Draft)
        return conflict("plan.delete_only_drafts");
    if (work.db.run("plan.hide_plan", {work.authority, plan->id, work.now, input.version}) == 0)
        return conflict("plan.step_taken_already");
    report_up(work, plan->id);
    search::remove(work, {kKind, work.authority, plan->id});
    return identity::put_in_trash(work, drafts_in_trash(), {.record = plan->id, .title = plan->title, .unit = plan->drafting_unit});
}

}  // namespace loa::plan
