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

std::optional<double> typed_amount(std::string_view text) {
    const auto comma = text.find(',');
    const auto whole_part = text.substr(0, comma);
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && part.size() <= 12 && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    std::string digits;
    const auto groups = split(whole_part, '.');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool fits = groups.size() == 1 || (i == 0 ? groups[i].size() <= 3 : groups[i].size() == 3);
        if (!is_digits(groups[i]) || !fits) return std::nullopt;
        digits += groups[i];
    }
    if (!is_digits(digits)) return std::nullopt;
    double amount = static_cast<double>(std::stoll(digits));
    if (comma == std::string_view::npos) return amount;
    const auto fraction = text.substr(comma + 1);
    if (!is_digits(fraction) || fraction.size() > 3) return std::nullopt;
    double scale = 1;
    for (std::size_t i = 0; i < fraction.size(); ++i) scale *= 10;
    return amount + static_cast<double>(std::stoll(std::string(fraction))) / scale;
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
