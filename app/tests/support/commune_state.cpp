// What a commune looks like from outside, line by line, for tests that must leave it as it was.
#include <algorithm>
#include <set>
#include <string_view>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "tests/support/commune.h"

namespace loa::app {

namespace {

/// A line for each row, sorted: the product puts most of them in order itself, so a statement may give them in any.
void append(std::string& text, std::string_view heading, const storage::Rows& rows) {
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        std::string line(heading);
        for (const auto& column : row.columns()) {
            const auto& value = row.at(column);
            line += "|" + (value.number() ? std::to_string(*value.number())
                           : value.text() ? *value.text()
                                          : "");
        }
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    for (const auto& line : lines) text += line + '\n';
}

storage::Rows all_of(const Work& work, const char* list, const char* order) {
    storage::ListRequest request;
    request.order = order;
    request.limit = 1000;
    return work.db.list(list, {work.authority}, request);
}

void append_plan(std::string& text, const Work& work, Id plan) {
    for (const auto* statement : {"plan.revisions_by_plan", "plan.assignments_by_plan", "plan.steps_by_plan", "plan.personal_links_by_plan"})
        append(text, statement, work.db.query(statement, {work.authority, plan}));
    append(text, "file", work.db.query("media.files_of_owner", {work.authority, "plan.plan", plan}));
    for (const auto& line : work.db.query("plan.assignments_by_plan", {work.authority, plan})) {
        append(text, "evidence",
               work.db.query("plan.evidence_by_assignment", {work.authority, line.id("id")}));
        append(text, "target", work.db.query("plan.targets_by_assignment", {work.authority, line.id("id")}));
    }
    for (const auto& revision : work.db.query("plan.revisions_by_plan", {work.authority, plan}))
        for (const auto* statement :
             {"plan.clauses_by_revision", "plan.activities_by_revision", "plan.duties_by_revision",
              "plan.parties_by_revision", "plan.deadlines_by_revision", "plan.targets_by_revision",
              "plan.products_by_revision"})
            append(text, statement, work.db.query(statement, {work.authority, revision.id("id")}));
}

}  // namespace

std::string Commune::state() {
    std::string text;
    for (auto* town : {town_.get(), elsewhere_.get()})
        town->read(Id{}, [&](Work& work) {
            append(text, "unit", work.db.query("identity.units_on", {work.authority, work.today()}));
            append(text, "person", work.db.query("identity.people", {work.authority, "%", 1000, 0}));
            append(text, "membership",
                   work.db.query("identity.memberships_on", {work.authority, work.today()}));
            append(text, "task", all_of(work, "tasks.tasks", "due"));
            append(text, "topic", work.db.query("plan.all_topics", {work.authority}));
            const auto plans = all_of(work, "plan.plans", "newest");
            append(text, "plan", plans);
            for (const auto& plan : plans) append_plan(text, work, plan.id("id"));
            for (const auto& [name, person] : people_)
                append(text, name, work.db.query("jobs.notices", {work.authority, person, 1000, 0}));
            identity::TimelineFilter every;
            every.limit = 1000;
            text += "timeline " + std::to_string(identity::timeline_lines(work, every).size()) + "\n";
        });
    return text;
}

std::string Commune::changes_since(const std::string& before) {
    const auto now = state();
    const auto old_lines = split(before, '\n');
    const std::set<std::string_view> known(old_lines.begin(), old_lines.end());
    std::string changes;
    for (const auto line : split(now, '\n'))
        if (!known.contains(line)) changes += std::string(line) + "\n";
    return changes.empty() && now != before ? "lines are gone" : changes;
}

}  // namespace loa::app
