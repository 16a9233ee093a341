// Demonstration plans: our own writing, for the invented commune, one for each shape that plans come in, each as
// far as data/demo_plans.tsv says, with some evidence. They go the way that a person's plans go: by the actions.
#include "demo.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "actions.h"
#include "evidence.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"
#include "names.h"
#include "proposals.h"
#include "queries.h"

namespace loa::plan {

namespace {

using Row = std::vector<std::string>;

std::string path_in_data(std::string_view name) { return "modules/plan/data/" + std::string(name); }

template <class T>
T must(Result<T> result) {
    LOA_CHECK(result);
    return std::move(result).value();
}

/// The people who act, each with a Work of theirs in one transaction.
class Loader {
  public:
    Loader(storage::Transaction& transaction, web::Services& services, Id authority)
        : transaction_(transaction), services_(services), authority_(authority) {
        const Row people = jobs::demonstration_table(path_in_data("demo_people.tsv"), 9).front();
        Work system = identity::system_work(transaction, services.ids, services.clock.now(), authority);
        unit_ = must_be(identity::unit_called(system, people[0]));
        clerk_ = must_be(identity::person_by_sign_in_name(system, people[1])).id;
        leader_ = must_be(identity::person_by_sign_in_name(system, people[2])).id;
    }

    void load() {
        for (const auto& row : jobs::demonstration_table(path_in_data("demo_plans.tsv"), 9)) {
            const Id plan = import(row[0]);
            plans_[row[0]] = plan;
            if (row[1] == "draft") continue;
            confirm(plan);
            must(submit_plan(clerk(), {plan, version(plan), ""}));
            if (row[1] == "under_review") continue;
            must(approve_plan(leader(), {plan, version(plan), ""}));
            if (ahead(row[3])) continue;
            must(issue_plan(clerk(), {plan, version(plan), row[2], row[3]}));
            say_what_and_how(plan);
        }
        for (const auto& row : jobs::demonstration_table(path_in_data("demo_evidence.tsv"), 12))
            if (!ahead(row[4])) add_evidence(row);
    }

  private:
    template <class T>
    static T must_be(std::optional<T> value) {
        LOA_CHECK(value.has_value());
        return *std::move(value);
    }

    Work& work_of(Id person) {
        work_.emplace(must(identity::work_for_person(transaction_, services_.ids, services_.clock.now(), person, authority_)));
        return *work_;
    }
    Work& clerk() { return work_of(clerk_); }
    Work& leader() { return work_of(leader_); }

    std::int64_t version(Id plan) { return revision_by_id(clerk(), *must(plan_by_id(clerk(), plan)).draft_revision).version; }

    Id import(const std::string& file) {
        Work& work = clerk();
        const auto* bytes = embedded_file(path_in_data("demo/" + file));
        LOA_CHECK(bytes != nullptr);
        const auto document = must(formats::read_document(bytes->bytes, file));
        ImportPlan input;
        input.reading = read_plan(document, agency_names(work));
        input.lines = document.lines;
        input.file_name = file;
        input.drafting_unit = unit_;
        return must(import_plan(work, input));
    }

    /// As the clerk would: names that no unit bears are bodies outside, the rest is as it was read.
    void confirm(Id plan) {
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

    /// What each activity tells, and how: as Loa proposes it by the activity's own words, and the clerk agrees.
    void say_what_and_how(Id plan) {
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

    /// Nothing is issued and nothing done on a day that has not come.
    bool ahead(const std::string& day) { return must_be(Date::parse_vietnamese(day)) > clerk().today(); }

    void add_evidence(const Row& row) {
        Work& work = clerk();
        const Id plan = plans_.at(row[0]);
        const Content content = content_of(work, *must(plan_by_id(work, plan)).issued_revision);
        const auto activity = std::find_if(content.activities.begin(), content.activities.end(),
                                           [&](const ActivityText& entry) { return entry.ordinal == row[1]; });
        LOA_CHECK(activity != content.activities.end());
        const Id unit = must_be(identity::unit_called(work, row[2]));
        const auto assignments = assignments_by_plan(work, plan);
        const auto line = std::find_if(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
            return assignment.activity == activity->id && assignment.unit == unit;
        });
        LOA_CHECK(line != assignments.end());

        EvidenceWords words;
        words.what = row[3];
        words.done_on = row[4];
        words.place = row[5];
        words.number_source = row[9];
        for (const auto& channel : channels_on(work, work.today()))
            if (channel.code == row[10]) words.channel = channel.id;
        for (const auto code : split(row[11], ','))
            for (const auto& topic : topics_on(work, work.today()))
                if (topic.code == code) words.topics.push_back(topic.id);
        const auto targets = targets_by_assignment(work, line->id);
        if (!row[6].empty() && !targets.empty()) words.quantities.emplace_back(targets.back().id, row[6]);
        const auto people = identity::people_of_unit(work, unit);
        LOA_CHECK(!people.empty());
        const Id evidence = must(submit_evidence(work_of(people.front().person), {plan, line->id, std::nullopt}, words, {}));
        if (row[7] == "confirmed") must(confirm_evidence(clerk(), {plan, line->id, evidence, 1}));
        if (row[7] == "returned") must(return_evidence(clerk(), {plan, line->id, evidence, 1}, row[8]));
    }

    storage::Transaction& transaction_;
    web::Services& services_;
    Id authority_, unit_, clerk_, leader_;
    std::optional<Work> work_;
    std::map<std::string, Id> plans_;
};

void load(const Registry&, web::Services& services, std::ostream&) {
    services.database.write([&](storage::Transaction& transaction) {
        const Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        for (const auto& authority : identity::authorities_on(work, work.today()))
            if (authority.demonstration) Loader(transaction, services, authority.id).load();
    });
}

}  // namespace

void join_demonstration(Registry& registry) { registry.add(jobs::Demonstration{10, load}); }

}  // namespace loa::plan
