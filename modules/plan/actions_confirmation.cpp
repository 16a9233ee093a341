// What becomes of a piece of evidence that was sent: the aggregating office confirms or returns it and says what it told; the
// unit withdraws it. What counts, and in which cell of the matrix, follows from that alone.
#include <algorithm>

#include "actions.h"
#include "child_report.h"
#include "coverage.h"
#include "found_evidence.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "queries.h"

namespace loa::plan {

namespace {

struct Outcome {
    EvidenceState to;
    std::string event;
    std::string reason = {};  // as typed; needed unless it is confirmed
};

Result<> decide(Work& work, const FoundEvidence& found, EvidenceState from, const Outcome& outcome) {
    const auto& piece = found.evidence;
    const auto to = outcome.to;
    if (piece.state != from) return conflict("plan.line_changed_meanwhile");
    const std::string reason = squeezed(outcome.reason);
    if (to != EvidenceState::Confirmed && reason.empty()) return invalid("reason", "plan.reason_missing");
    const auto kept = reason.empty() ? std::nullopt : std::optional(reason);
    LOA_CHECK(work.db.run("plan.set_evidence_state", {work.authority, piece.id, text_of(to), kept, work.now, work.actor.person, piece.version}) == 1);
    if (to == EvidenceState::Confirmed) count_coverage(work, found.assignment, piece.id, 1);
    if (from == EvidenceState::Confirmed) count_coverage(work, found.assignment, piece.id, -1);
    if (from == EvidenceState::Confirmed || to == EvidenceState::Confirmed) report_up(work, found.plan.id);
    identity::record(work, ref_of(work, found.assignment), outcome.event,
                     {{"what", "", piece.what}, {"evidence_state", std::string(text_of(from)), std::string(text_of(to))}, {"reason", "", reason}});
    if (to == EvidenceState::Returned) {
        const auto news = news_of(found, "plan.notice_evidence_returned", {{"what", shortened(piece.what, 80)}, {"reason", reason}});
        tell_unit(work, found.assignment.unit, kWorkReturned, news);
        // Of a unit without accounts nobody hears of it but whoever gave the link, who tells the holder.
        if (piece.link_given_by) jobs::notify(work, *piece.link_given_by, kWorkReturned, news);
    }
    return Done{};
}

template <class Entry>
std::string names_in(const std::vector<Entry>& entries, const std::vector<Id>& chosen) {
    std::vector<std::string> names;
    for (const auto& entry : entries)
        if (std::find(chosen.begin(), chosen.end(), entry.id) != chosen.end()) names.push_back(entry.name);
    return joined(names, "; ");
}

}  // namespace

Result<> confirm_evidence(Work& work, const EvidenceRef& input) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    if (!is_own(work, found->evidence)) return decide(work, *found, EvidenceState::Submitted, {.to = EvidenceState::Confirmed, .event = "plan.evidence_confirmed"});
    if (!confirms_alone(work, found->plan)) return conflict("plan.own_evidence");
    return decide(work, *found, EvidenceState::Submitted, {.to = EvidenceState::Confirmed, .event = "plan.evidence_confirmed_alone"});
}

Result<> return_evidence(Work& work, const EvidenceRef& input, const std::string& reason) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    return decide(work, *found, EvidenceState::Submitted, {EvidenceState::Returned, "plan.evidence_returned", reason});
}

Result<> withdraw_evidence(Work& work, const EvidenceRef& input, const std::string& reason) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_mend(work, *found)) return forbidden("plan.not_your_line");
    if (found->evidence.state == EvidenceState::Withdrawn) return conflict("plan.line_changed_meanwhile");
    const auto done = decide(work, *found, found->evidence.state, {EvidenceState::Withdrawn, "plan.evidence_withdrawn", reason});
    // The row that it came from may say it once more.
    if (done) work.db.run("plan.forget_imported_row", {work.authority, input.evidence});
    return done;
}

Result<> set_evidence_told(Work& work, const EvidenceRef& input, const std::vector<Id>& topics, std::optional<Id> channel) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_confirm(work, *found)) return forbidden("plan.not_your_line");
    const auto& piece = found->evidence;
    const bool counts = piece.state == EvidenceState::Confirmed;
    if (!counts && piece.state != EvidenceState::Submitted) return conflict("plan.line_changed_meanwhile");
    std::vector<Problem> problems;
    check_told(work, topics, channel, problems);
    if (!problems.empty()) return invalid(std::move(problems));

    if (counts) count_coverage(work, found->assignment, input.evidence, -1);
    const auto before = topics_of_evidence(work, input.evidence);
    LOA_CHECK(work.db.run("plan.set_evidence_channel", {work.authority, input.evidence, channel, input.version}) == 1);
    write_topics(work, input.evidence, topics);
    if (counts) count_coverage(work, found->assignment, input.evidence, 1);

    const auto known_topics = topics_on(work, work.today());
    const auto known_channels = channels_on(work, work.today());
    const auto ids = [](std::optional<Id> id) { return id ? std::vector{*id} : std::vector<Id>{}; };
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_told",
                     {{"what", "", piece.what},
                      {"topics", names_in(known_topics, before), names_in(known_topics, topics)},
                      {"channels", names_in(known_channels, ids(piece.channel)), names_in(known_channels, ids(channel))}});
    return Done{};
}

}  // namespace loa::plan
