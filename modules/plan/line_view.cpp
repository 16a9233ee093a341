#include "line_view.h"

#include <fmt/format.h>

#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "views.h"

namespace loa::plan {

using web::View;

std::string roles_text(const Work& work, const Assignment& assignment) {
    std::vector<std::string> roles;
    for (const auto code : role_codes(assignment)) roles.push_back(tr(work, "plan.role_" + std::string(code)));
    return joined(roles, ", ");
}

void set_line_state(const Work& work, View& view, AssignmentState state) {
    const char* tag = "";
    switch (state) {
        case AssignmentState::Open: tag = "tag--run"; break;
        case AssignmentState::Reported: tag = "tag--warn"; break;
        case AssignmentState::Closed: tag = "tag--ok"; break;
        case AssignmentState::Ended: tag = "tag--off"; break;
    }
    view.set("line_tag", tag).set("line_state", tr(work, "plan.line_state_" + std::string(text_of(state))));
}

std::string period_text(const Work& work, const Occurrence& occurrence) {
    if (!occurrence.from || !occurrence.to) return "";
    const Date from = *occurrence.from, to = *occurrence.to;
    const std::string year = std::to_string(from.year());
    const int months = (to.year() - from.year()) * 12 + to.month() - from.month() + 1;
    const bool whole = from.day() == 1 && to == to.last_of_month();
    const auto numbered = [&](const char* key, int number) {
        return tr(work, key, {{"n", std::to_string(number)}, {"year", year}});
    };
    static constexpr const char* kQuarters[] = {"I", "II", "III", "IV"};
    if (whole && months == 1) return numbered("plan.period_month", from.month());
    if (whole && months == 3 && from.month() % 3 == 1)
        return tr(work, "plan.period_quarter", {{"n", kQuarters[from.month() / 3]}, {"year", year}});
    if (whole && months == 6 && from.month() % 6 == 1) return tr(work, from.month() == 1 ? "plan.period_first_half" : "plan.period_second_half", {{"year", year}});
    if (whole && months == 12 && from.month() == 1) return tr(work, "plan.period_year", {{"year", year}});
    return from.vietnamese() + " - " + to.vietnamese();
}

void set_occurrence_state(const Work& work, View& view, const Occurrence& occurrence) {
    set_line_state(work, view, assignment_state(text_of(occurrence.state)));
}

std::string_view evidence_tag(EvidenceState state) {
    switch (state) {
        case EvidenceState::Submitted: return "tag--warn";
        case EvidenceState::Confirmed: return "tag--ok";
        case EvidenceState::Returned: return "tag--late";
        case EvidenceState::Withdrawn: break;
    }
    return "tag--off";
}

void set_days_late(const Work& work, View& view, Date due_on) {
    view.set("line_tag", "tag--late").set("line_state", i18n::until_due(work.language, due_on, work.today()));
}

void set_progress_of(const Work& work, View& view, const Progress& progress, std::string_view counted) {
    view.set("progress", "");  // not that of what it stands in
    if (progress.total == 0) return;
    View shown;
    shown.set("text", tr(work, fmt::format("plan.{}_done", counted), {{"done", std::to_string(progress.closed)}, {"total", std::to_string(progress.total)}}));
    shown.set("late", progress.late > 0 ? tr(work, fmt::format("plan.{}_late", counted), {{"n", std::to_string(progress.late)}}) : "");
    shown.set("total", progress.total).set("closed", progress.closed).flag("whole", progress.whole());
    view.set("progress", std::move(shown));
}

void set_questions(const Work& work, View& view, const std::vector<Problem>& questions, const std::optional<std::string>& explanation) {
    std::vector<View> views;
    for (const auto& question : questions) views.push_back(View().set("text", text_of(work, question)));
    view.flag("has_questions", !views.empty() || explanation).set("questions", std::move(views)).set("explanation", explanation.value_or(""));
}

}  // namespace loa::plan
