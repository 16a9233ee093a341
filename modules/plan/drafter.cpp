#include "drafter.h"

#include "actions.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "names.h"
#include "proposals.h"
#include "queries.h"

namespace loa::plan {

Drafter::Drafter(storage::Transaction& transaction, web::Services& services, Id authority, const std::string& office, const std::string& clerk,
                 const std::string& leader)
    : transaction_(transaction), services_(services), authority_(authority) {
    Work system = identity::system_work(transaction, services.ids, services.clock.now(), authority);
    unit_ = must_be(identity::unit_called(system, office));
    clerk_ = must_be(identity::person_by_sign_in_name(system, clerk)).id;
    leader_ = must_be(identity::person_by_sign_in_name(system, leader)).id;
}

Work& Drafter::work_of(Id person) {
    work_.emplace(must(identity::work_for_person(transaction_, services_.ids, services_.clock.now(), person, authority_)));
    return *work_;
}

std::int64_t Drafter::version(Id plan) { return revision_by_id(clerk(), *must(plan_by_id(clerk(), plan)).draft_revision).version; }

Id Drafter::import(const formats::TextDocument& document, const std::string& file_name) {
    Work& work = clerk();
    ImportPlan input;
    input.reading = read_plan(document, agency_names(work));
    input.lines = document.lines;
    input.file_name = file_name;
    input.drafting_unit = unit_;
    return must(import_plan(work, input));
}

void Drafter::confirm(Id plan) {
    Work& work = clerk();
    const Id draft = *must(plan_by_id(work, plan)).draft_revision;
    const auto name_outside_bodies = [&](const std::vector<Party>& parties) {
        for (const auto& party : parties)
            if (!party.resolved()) must(resolve_name(work, {plan, party.name, ResolveName::As::OutsideBody, {}, {}}));
    };
    for (const auto& activity : content_of(work, draft).activities) name_outside_bodies(activity.parties);
    for (const auto& duty : content_of(work, draft).duties) name_outside_bodies(duty.parties);
    must(confirm_all(work, plan));
}

void Drafter::submit(Id plan) { must(submit_plan(clerk(), {plan, version(plan), ""})); }
void Drafter::approve(Id plan) { must(approve_plan(leader(), {plan, version(plan), ""})); }
void Drafter::issue(Id plan, const std::string& number, const std::string& day) { must(issue_plan(clerk(), {plan, version(plan), number, day})); }

void Drafter::say_what_and_how(Id plan) {
    Work& work = clerk();
    const auto topics = topics_on(work, work.today());
    const auto channels = channels_on(work, work.today());
    for (const auto& activity : content_of(work, *must(plan_by_id(work, plan)).issued_revision).activities) {
        const std::string words = activity.title + ". " + activity.content.value_or("");
        CompleteActivity input{.plan = plan, .activity = activity.id, .version = activity.review.version, .leads = {}};
        input.topics = proposed_topics(words, topics);
        input.channels = proposed_channels(words, channels);
        if (!input.topics.empty() || !input.channels.empty()) must(complete_activity(work, input));
    }
}

}  // namespace loa::plan
