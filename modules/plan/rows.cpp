#include "rows.h"

#include <boost/json.hpp>

#include "loa/base/check.h"

namespace loa::plan {

namespace json = boost::json;

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

std::vector<FieldReading> field_lines_from(const std::optional<std::string>& text) {
    std::vector<FieldReading> fields;
    if (!text) return fields;
    const auto stored = json::parse(*text);
    for (const auto& entry : stored.as_array()) {
        const auto field = parse_activity_field(std::string_view(entry.at("field").as_string()));
        LOA_CHECK(field.has_value());
        const auto line = [&](const char* name) { return static_cast<int>(entry.at(name).as_int64()); };
        fields.push_back({*field, confidence(line("confidence")), {line("first"), line("last")}});
    }
    return fields;
}

std::optional<std::string> field_lines_text(const std::vector<FieldReading>& fields) {
    if (fields.empty()) return std::nullopt;
    json::array stored;
    for (const auto& [field, confidence, lines] : fields)
        stored.push_back({{"field", text_of(field)}, {"confidence", number_of(confidence)}, {"first", lines.first}, {"last", lines.last}});
    return json::serialize(stored);
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
