#include "rows.h"

namespace loa::plan {

using storage::Row;

std::optional<Addition> addition_from(const Row& row) {
    const auto by = row.optional_id("added_by");
    return by ? std::optional(Addition{*by, row.instant("added_at")}) : std::nullopt;
}

PlannedTarget target_from(const Row& row) {
    PlannedTarget target;
    target.text = row.text("text");
    target.comparator = comparator(row.text("comparator"));
    target.value = from_thousandths(row.number("value_thousandths"));
    target.unit = row.text("unit_word");
    if (const auto period = row.optional_text("period")) target.per = parse_period(*period);
    target.added = addition_from(row);
    return target;
}

Assignment assignment_from(const Row& row) {
    Assignment assignment;
    assignment.id = row.id("id");
    assignment.plan = row.id("plan_id");
    assignment.activity = row.optional_id("activity_id");
    assignment.duty = row.optional_id("duty_id");
    assignment.unit = row.id("unit_id");
    assignment.accountable = row.flag("accountable");
    assignment.lead = row.flag("lead");
    assignment.partner = row.flag("partner");
    assignment.requested = row.flag("requested");
    assignment.state = assignment_state(row.text("state"));
    assignment.reported_at = row.optional_instant("reported_at");
    assignment.reported_by = row.optional_id("reported_by");
    assignment.reason = row.optional_text("reason");
    assignment.version = row.number("version");
    return assignment;
}

}  // namespace loa::plan
