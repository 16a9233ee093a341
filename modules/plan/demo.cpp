// Demonstration plans: our own writing, for the invented commune, one for each shape that plans come in, each as
// far as data/demo_plans.tsv says, with some evidence. They go the way that a person's plans go: by the actions.
#include "demo.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "actions.h"
#include "drafter.h"
#include "evidence.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"
#include "queries.h"

namespace loa::plan {

namespace {

using Row = std::vector<std::string>;

std::string path_in_data(std::string_view name) { return "modules/plan/data/" + std::string(name); }

/// Loads what the tables say into one authority.
class Loader {
  public:
    Loader(storage::Transaction& transaction, web::Services& services, Id authority, const Row& people)
        : drafter_(transaction, services, authority, people[0], people[1], people[2]) {}

    void load() {
        for (const auto& row : jobs::demonstration_table(path_in_data("demo_plans.tsv"), 9)) {
            const Id plan = import(row[0]);
            plans_[row[0]] = plan;
            if (row[1] == "draft") continue;
            drafter_.confirm(plan);
            drafter_.submit(plan);
            if (row[1] == "under_review") continue;
            drafter_.approve(plan);
            if (ahead(row[3])) continue;
            drafter_.issue(plan, row[2], row[3]);
            drafter_.say_what_and_how(plan);
        }
        for (const auto& row : jobs::demonstration_table(path_in_data("demo_evidence.tsv"), 12))
            if (!ahead(row[4])) add_evidence(row);
    }

  private:
    Id import(const std::string& file) {
        const auto* bytes = embedded_file(path_in_data("demo/" + file));
        LOA_CHECK(bytes != nullptr);
        return drafter_.import(must(formats::read_document(bytes->bytes, file)), file);
    }

    /// Nothing is issued and nothing done on a day that has not come.
    bool ahead(const std::string& day) { return must_be(Date::parse_vietnamese(day)) > drafter_.clerk().today(); }

    void add_evidence(const Row& row) {
        Work& work = drafter_.clerk();
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
        const Id evidence = must(submit_evidence(drafter_.work_of(people.front().person), {plan, line->id, std::nullopt}, words, {}));
        if (row[7] == "confirmed") must(confirm_evidence(drafter_.clerk(), {plan, line->id, evidence, 1}));
        if (row[7] == "returned") must(return_evidence(drafter_.clerk(), {plan, line->id, evidence, 1}, row[8]));
    }

    Drafter drafter_;
    std::map<std::string, Id> plans_;
};

void load(const Registry&, web::Services& services, std::ostream&) {
    const Row people = jobs::demonstration_table(path_in_data("demo_people.tsv"), 9).front();
    services.database.write([&](storage::Transaction& transaction) {
        const Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        for (const auto& authority : identity::authorities_on(work, work.today()))
            if (authority.demonstration) Loader(transaction, services, authority.id, people).load();
    });
}

}  // namespace

void join_demonstration(Registry& registry) { registry.add(jobs::Demonstration{.order = 10, .load = load}); }

}  // namespace loa::plan
