#include "loa/storage/value.h"

#include <algorithm>

#include "loa/base/check.h"

namespace loa::storage {

const Value& Row::at(std::string_view column) const {
    const auto found = std::find(columns_->begin(), columns_->end(), column);
    LOA_CHECK(found != columns_->end());
    return values_[static_cast<std::size_t>(found - columns_->begin())];
}

std::int64_t Row::number(std::string_view column) const {
    const auto* number = at(column).number();
    LOA_CHECK(number != nullptr);
    return *number;
}

Date Row::date(std::string_view column) const {
    const auto date = Date::parse_iso(text(column));
    LOA_CHECK(date.has_value());
    return *date;
}

const std::string& Row::text(std::string_view column) const {
    const auto* text = at(column).text();
    LOA_CHECK(text != nullptr);
    return *text;
}

std::optional<std::int64_t> Row::optional_number(std::string_view column) const {
    return at(column).is_null() ? std::nullopt : std::optional(number(column));
}

std::optional<Id> Row::optional_id(std::string_view column) const {
    return at(column).is_null() ? std::nullopt : std::optional(id(column));
}

std::optional<Instant> Row::optional_instant(std::string_view column) const {
    return at(column).is_null() ? std::nullopt : std::optional(instant(column));
}

std::optional<Date> Row::optional_date(std::string_view column) const {
    return at(column).is_null() ? std::nullopt : std::optional(date(column));
}

std::optional<std::string> Row::optional_text(std::string_view column) const {
    return at(column).is_null() ? std::nullopt : std::optional(text(column));
}

}  // namespace loa::storage
