#include "timeline_text.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "loa/base/date.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/timeline.h"

namespace loa::identity {

namespace {
std::string member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains({name.data(), name.size()});
    if (!value || !value->is_string()) return {};
    const auto& text = value->get_string();
    return {text.data(), text.size()};
}
}  // namespace

std::string text_of(const std::vector<Change>& changes) {
    boost::json::array list;
    for (const Change& change : changes)
        list.push_back(
            boost::json::object{{"field", change.field}, {"before", change.before}, {"after", change.after}});
    return boost::json::serialize(list);
}

std::vector<Change> changes_of(std::string_view text) {
    boost::system::error_code error;
    const auto parsed = boost::json::parse({text.data(), text.size()}, error);
    std::vector<Change> changes;
    if (error || !parsed.is_array()) return changes;
    for (const auto& item : parsed.get_array())
        if (const auto* object = item.if_object())
            changes.push_back(
                {member(*object, "field"), member(*object, "before"), member(*object, "after")});
    return changes;
}

std::string field_text(const Work& work, std::string_view owner, std::string_view field) {
    // What an act counts goes by the words that its page counts it by.
    for (const auto& key : {std::string(owner) + ".field_" + std::string(field), std::string(field)})
        if (const auto text = i18n::Catalogue::embedded().text(work.language, key)) return *text;
    return std::string(field);
}

std::string value_text(const Work& work, std::string_view owner, std::string_view field, const std::string& value) {
    if (value.empty()) return value;
    if (const auto day = Date::parse_iso(value)) return day->vietnamese();
    // A code of the field: "occasion_tet", "role.clerk"; or, as a reason is, the key of a sentence.
    for (const auto& key : {fmt::format("{}.{}_{}", owner, field, value), fmt::format("{}.{}.{}", owner, field, value), value})
        if (const auto text = i18n::Catalogue::embedded().text(work.language, key)) return *text;
    return value;
}

}  // namespace loa::identity
