#include "found_evidence.h"

#include <algorithm>

#include "loa/identity/people.h"
#include "queries.h"
#include "verbs.h"

namespace loa::plan {

namespace {

template <class Entry>
bool stands_in(const std::vector<Entry>& entries, Id id) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
}

}  // namespace

Result<FoundEvidence> find_evidence(Work& work, const EvidenceRef& input) {
    auto found = find_line(work, {input.plan, input.assignment, std::nullopt});
    if (!found) return found.failure();
    auto evidence = evidence_by_id(work, input.evidence);
    if (!evidence || evidence->assignment != input.assignment) return not_found("plan.no_such_evidence");
    if (evidence->version != input.version) return conflict("plan.line_changed_meanwhile");
    return FoundEvidence{{*std::move(found)}, *std::move(evidence)};
}

bool may_mend(const Work& work, const FoundEvidence& found) {
    if (work.actor.link.id && (found.evidence.personal_link != work.actor.link.id || found.evidence.state == EvidenceState::Confirmed)) return false;
    const auto standing = standing_of(work, found.plan, found.assignment);
    return standing == Standing::Own || (standing == Standing::OnBehalf && !found.evidence.on_behalf_by.empty());
}

bool is_own(const Work& work, const Evidence& evidence) {
    return work.actor.person && (evidence.submitted_by == work.actor.person || evidence.link_given_by == work.actor.person);
}

bool confirms_alone(Work& work, const Plan& plan) {
    const auto people = identity::people_of_unit(work, plan.aggregating_unit);
    return std::none_of(people.begin(), people.end(), [&](const identity::Membership& member) {
        if (member.person == work.actor.person || !kConfirm.roles.of(member.role)) return false;
        const auto person = identity::person_by_id(work, member.person);
        return person && person->active;
    });
}

std::vector<media::File> files_of_piece(Work& work, const Evidence& evidence) {
    auto files = media::files_of(work, {"plan.evidence", work.authority, evidence.id});
    std::erase_if(files, [&](const media::File& file) { return file.id == evidence.link_file; });
    return files;
}

void check_told(Work& work, const std::vector<Id>& topics, std::optional<Id> channel, std::vector<Problem>& problems) {
    if (!topics.empty()) {
        const auto known = topics_on(work, work.today());
        if (!std::all_of(topics.begin(), topics.end(), [&](Id topic) { return stands_in(known, topic); })) problems.push_back({"topics", "plan.no_such_topic", {}});
    }
    if (channel && !stands_in(channels_on(work, work.today()), *channel)) problems.push_back({"channel", "plan.no_such_channel", {}});
}

void write_topics(Work& work, Id evidence, const std::vector<Id>& topics) {
    work.db.run("plan.delete_evidence_topics", {work.authority, evidence});
    for (const Id topic : topics) work.db.run("plan.insert_evidence_topic", {work.authority, evidence, topic});
}

}  // namespace loa::plan
