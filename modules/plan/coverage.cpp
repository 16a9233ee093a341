#include "coverage.h"

namespace loa::plan {

ToldBy told_by(Work& work, const Assignment& line) {
    ToldBy told;
    if (!line.activity) return told;
    const storage::Values key{work.authority, *line.activity, work.today()};
    for (const auto& row : work.db.query("plan.topics_told_by_activity", key)) told.topics.push_back(row.id("topic_id"));
    for (const auto& row : work.db.query("plan.channels_told_by_activity", key)) told.channels.push_back(row.id("channel_id"));
    return told;
}

std::unordered_map<Id, ToldBy> told_by_lines(Work& work, Id unit) {
    std::unordered_map<Id, ToldBy> told;
    const storage::Values key{work.authority, unit, work.today()};
    for (const auto& row : work.db.query("plan.topics_told_by_lines", key)) told[row.id("assignment_id")].topics.push_back(row.id("topic_id"));
    for (const auto& row : work.db.query("plan.channels_told_by_lines", key)) told[row.id("assignment_id")].channels.push_back(row.id("channel_id"));
    return told;
}

std::vector<Id> topics_of_evidence(Work& work, Id evidence) {
    std::vector<Id> topics;
    for (const auto& row : work.db.query("plan.topics_of_evidence", {work.authority, evidence})) topics.push_back(row.id("topic_id"));
    return topics;
}

void count_coverage(Work& work, const Assignment& line, Id evidence, int by) {
    const auto piece = evidence_by_id(work, evidence).value();
    const std::string month = piece.done_on.iso().substr(0, 7);
    const Id channel = piece.channel.value_or(Id{});
    std::vector<Id> topics{Id{}};  // every piece once
    for (const Id topic : topics_of_evidence(work, evidence)) topics.push_back(topic);
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
