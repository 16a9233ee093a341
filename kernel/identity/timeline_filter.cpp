#include "timeline_filter.h"

#include "page_parts.h"

namespace loa::identity {

namespace {
/// "plan", "identity.sign_in_refused", "plan.activity_2": anything else is no name of ours.
std::string name_in(const web::Fields& fields, std::string_view field) {
    const std::string name = fields.text(field);
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    return name.size() <= 100 && name.find_first_not_of(allowed) == std::string::npos ? name : std::string();
}
}  // namespace

TimelineFilter filter_of(const web::Fields& fields) {
    TimelineFilter filter;
    filter.person = fields.id("person");
    filter.event_prefix = name_in(fields, "event");
    filter.subject_kind = name_in(fields, "subject_kind");
    filter.subject = fields.id("subject");
    filter.unit = fields.id("unit");
    filter.from = day_of(fields, "from");
    filter.to = day_of(fields, "to");
    filter.below = fields.id("below");
    if (!filter.below) filter.above = fields.id("above");
    return filter;
}

std::vector<std::pair<std::string, std::string>> fields_of(const TimelineFilter& filter) {
    std::vector<std::pair<std::string, std::string>> fields;
    const auto add = [&](const char* name, std::string text) {
        if (!text.empty()) fields.emplace_back(name, std::move(text));
    };
    add("person", filter.person ? to_string(*filter.person) : "");
    add("event", filter.event_prefix);
    add("subject_kind", filter.subject_kind);
    add("subject", filter.subject ? to_string(*filter.subject) : "");
    add("unit", filter.unit ? to_string(*filter.unit) : "");
    add("from", filter.from ? filter.from->iso() : "");
    add("to", filter.to ? filter.to->iso() : "");
    return fields;
}

std::string address_of(const TimelineFilter& filter) {
    std::string address = "/nhat-ky?";
    for (const auto& [name, text] : fields_of(filter)) address += name + "=" + query_encoded(text) + "&";
    address.pop_back();
    return address;
}

}  // namespace loa::identity
