#include "coverage.h"

#include <vector>

namespace loa::plan {

void count_coverage(Work& work, const Assignment& line, Id evidence, int by) {
    const auto piece = evidence_by_id(work, evidence).value();
    const std::string month = piece.done_on.iso().substr(0, 7);
    const Id channel = piece.channel.value_or(Id{});
    std::vector<Id> topics{Id{}};  // every piece once
    for (const auto& row : work.db.query("plan.topics_of_evidence", {work.authority, evidence})) topics.push_back(row.id("topic_id"));
    for (const Id topic : topics) {
        work.db.run("plan.count_coverage", {work.authority, line.plan, month, topic, channel, by});
        work.db.run("plan.count_unit_coverage", {work.authority, line.plan, line.unit, month, topic, channel, by});
    }
}

void recount_unit_coverage(Work& work, Id plan) {
    for (const char* statement : {"plan.forget_unit_coverage", "plan.count_unit_coverage_of_all", "plan.count_unit_coverage_of_topics"})
        work.db.run(statement, {work.authority, plan});
}

}  // namespace loa::plan
