// What kind of activity a line of the plan is, and what that kind asks about it.
#include <boost/json.hpp>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "typed.h"
#include "verbs.h"

namespace loa::plan {

namespace json = boost::json;

namespace {

std::optional<Problem> problem_of(const KindField& field, const std::string& answer) {
    if (answer.empty()) return std::nullopt;
    switch (field.type) {
        case KindField::Type::Text:
            if (length(answer) > 500) return Problem{field.name, "plan.answer_too_long", {}};
            break;
        case KindField::Type::Date:
            if (!Date::parse_vietnamese(answer)) return Problem{field.name, "plan.answer_no_day", {}};
            break;
        case KindField::Type::Number:
            if (!typed_amount(answer)) return Problem{field.name, "plan.answer_no_number", {}};
            break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<KindAnswer> answers_from_json(const std::string& text) {
    std::vector<KindAnswer> answers;
    const auto value = json::parse(text);
    for (const auto& [name, answer] : value.as_object()) answers.push_back({std::string(name), std::string(answer.as_string())});
    return answers;
}

Result<> change_kind(Work& work, const ChangeKind& input) {
    auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    if (!may_complete(work, *plan)) return forbidden("plan.not_drafting_unit");
    if (plan->state != PlanState::Draft && plan->state != PlanState::Issued) return conflict("plan.not_open");
    const auto activity = work.db.one("plan.activity_by_id", {work.authority, input.activity});
    if (!activity || activity->id("plan_id") != plan->id) return not_found("plan.no_such_activity");

    // What an earlier kind asked stays: whoever goes back finds it again.
    auto answers = json::parse(activity->text("fields")).as_object();
    std::vector<identity::Change> changes;
    if (activity->text("kind") != input.kind->name) changes.push_back({"kind", activity->text("kind"), input.kind->name});
    std::vector<Problem> problems;
    for (const auto& field : input.kind->fields)
        for (const auto& [name, typed] : input.answers) {
            if (name != field.name) continue;
            const std::string answer = squeezed(typed);
            if (auto problem = problem_of(field, answer)) problems.push_back(*std::move(problem));
            const auto* before = answers.if_contains(name);
            const std::string old_answer = before ? std::string(before->as_string()) : "";
            if (old_answer != answer) changes.push_back({"answer", old_answer, answer});
            answers[name] = answer;
        }
    if (!problems.empty()) return invalid(std::move(problems));
    if (work.db.run("plan.set_activity_kind", {work.authority, input.activity, input.kind->name, json::serialize(answers),
                                               input.version}) == 0)
        return conflict("plan.line_changed_meanwhile");
    identity::record(work, {"plan.activity", work.authority, input.activity}, "plan.kind_changed", changes);
    return Done{};
}

}  // namespace loa::plan
