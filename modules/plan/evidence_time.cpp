#include "evidence_time.h"

#include <algorithm>

namespace loa::plan {

std::optional<Date> first_issued_on(Work& work, Id plan) {
    const auto row = work.db.one("plan.first_issued_on", {work.authority, plan});
    return row ? row->optional_date("issued_on") : std::nullopt;
}

std::vector<Problem> time_questions(const std::optional<Date>& issued_on, Date seen_on, Date done_on, const std::vector<PhotoTime>& photos) {
    const std::string field = "explanation";
    std::vector<Problem> questions;
    if (issued_on && done_on < *issued_on)
        questions.push_back({field, "plan.evidence_before_order", {{"day", done_on.vietnamese()}, {"issued", issued_on->vietnamese()}}});
    if (photos.empty()) return questions;
    const auto [first, last] = std::minmax_element(photos.begin(), photos.end(), [](const auto& a, const auto& b) { return a.taken_at < b.taken_at; });
    if (issued_on && first->taken_at.date() < *issued_on)
        questions.push_back({field, "plan.evidence_photo_before_order",
                             {{"name", first->name}, {"day", first->taken_at.date().vietnamese()}, {"issued", issued_on->vietnamese()}}});
    if (last->taken_at.date() > seen_on)
        questions.push_back({field, "plan.evidence_photo_ahead", {{"name", last->name}, {"day", last->taken_at.date().vietnamese()}}});
    return questions;
}

}  // namespace loa::plan
