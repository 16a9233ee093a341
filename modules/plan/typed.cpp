#include "typed.h"

#include "loa/base/text.h"
#include "reading/deadlines.h"
#include "reading/targets.h"

namespace loa::plan {

Result<std::optional<PlannedDeadline>> typed_deadline(const std::string& typed, int year) {
    const std::string phrase = squeezed(typed);
    if (phrase.empty()) return std::optional<PlannedDeadline>();
    if (const auto day = Date::parse_vietnamese(phrase)) {
        PlannedDeadline deadline;
        deadline.text = phrase;
        deadline.to = *day;
        return std::optional(deadline);
    }
    const Text text(phrase);
    auto deadline = read_deadline(text, 0, text.size(), year, TimeContext::Label);
    if (!deadline) return invalid("deadline", "plan.deadline_unreadable");
    deadline->text = phrase;
    return std::optional(PlannedDeadline{*std::move(deadline), {}});
}

Result<std::vector<PlannedTarget>> typed_targets(const std::vector<std::string>& lines) {
    std::vector<PlannedTarget> targets;
    std::vector<Problem> problems;
    for (const auto& line : lines) {
        const Text text(line);
        auto found = read_targets(text, 0, text.size());
        if (found.empty()) problems.push_back({"targets", "plan.target_unreadable", {{"text", line}}});
        for (auto& entry : found) targets.push_back({std::move(entry.target), {}});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return targets;
}

}  // namespace loa::plan
