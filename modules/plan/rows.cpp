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

namespace {

/// Each entry of the stored list with its lines; none where nothing is stored.
template <class Take>
void each_entry(const std::optional<std::string>& text, Take take) {
    if (!text) return;
    const auto stored = json::parse(*text);
    for (const auto& entry : stored.as_array()) {
        const auto number = [&](const char* name) { return static_cast<int>(entry.at(name).as_int64()); };
        take(entry, std::string_view(entry.at("field").as_string()), LineRange{number("first"), number("last")});
    }
}

template <class Reading, class Entry>
std::optional<std::string> stored_list(const std::vector<Reading>& fields, Entry entry_of) {
    if (fields.empty()) return std::nullopt;
    json::array stored;
    for (const auto& reading : fields) {
        json::object entry = entry_of(reading);
        entry["field"] = text_of(reading.field);
        entry["first"] = reading.lines.first;
        entry["last"] = reading.lines.last;
        stored.push_back(std::move(entry));
    }
    return json::serialize(stored);
}

}  // namespace

std::vector<FieldReading> field_lines_from(const std::optional<std::string>& text) {
    std::vector<FieldReading> fields;
    each_entry(text, [&](const json::value& entry, std::string_view name, const LineRange& lines) {
        const auto field = parse_activity_field(name);
        LOA_CHECK(field.has_value());
        fields.push_back({*field, confidence(entry.at("confidence").as_int64()), lines});
    });
    return fields;
}

std::optional<std::string> field_lines_text(const std::vector<FieldReading>& fields) {
    return stored_list(fields, [](const FieldReading& reading) { return json::object{{"confidence", number_of(reading.confidence)}}; });
}

std::vector<HeadReading> head_lines_from(const std::optional<std::string>& text) {
    std::vector<HeadReading> fields;
    each_entry(text, [&](const json::value&, std::string_view name, const LineRange& lines) {
        const auto field = parse_head_field(name);
        LOA_CHECK(field.has_value());
        fields.push_back({*field, lines});
    });
    return fields;
}

std::optional<std::string> head_lines_text(const std::vector<HeadReading>& fields) {
    return stored_list(fields, [](const HeadReading&) { return json::object(); });
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
    assignment.answer = answer(row.optional_text("answer").value_or("none"));
    assignment.answer_reason = row.optional_text("answer_reason");
    assignment.answered_at = row.optional_instant("answered_at");
    assignment.answered_by = row.optional_id("answered_by");
    assignment.person = row.optional_id("person_id");
    assignment.passed_to = row.optional_id("passed_to_id");
    assignment.version = row.number("version");
    return assignment;
}

Occurrence occurrence_from(const Row& row) {
    Occurrence occurrence;
    occurrence.id = row.id("id");
    occurrence.assignment = row.id("assignment_id");
    occurrence.due_unit = row.id("due_unit_id");
    occurrence.from = row.optional_date("period_from");
    occurrence.to = row.optional_date("period_to");
    occurrence.printed_on = row.optional_date("printed_on");
    occurrence.due_on = row.optional_date("due_on");
    occurrence.state = occurrence_state(row.text("state"));
    occurrence.reported_at = row.optional_instant("reported_at");
    occurrence.reported_by = row.optional_id("reported_by");
    occurrence.closed_on = row.optional_date("closed_on");
    occurrence.reason = row.optional_text("reason");
    occurrence.version = row.number("version");
    return occurrence;
}

}  // namespace loa::plan
