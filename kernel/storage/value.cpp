#include "loa/storage/value.h"

#include <cstring>

#include <fmt/format.h>

#include "loa/base/fault.h"

namespace loa::storage {

namespace {

[[noreturn]] void wrong(std::string_view column, std::string_view wanted) {
    throw Fault(fmt::format("broken promise: column {} is {}", column, wanted));
}

Date date_of(std::string_view column, const std::string& text) {
    const auto date = Date::parse_iso(text);
    if (!date) wrong(column, "a date");
    return *date;
}

}  // namespace

const Value& Row::at(std::string_view column) const {
    // Lengths tell most names apart, so few are compared.
    const auto* name = columns_->data();
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (name[i].size() == column.size() && std::memcmp(name[i].data(), column.data(), column.size()) == 0)
            return values_[i];
    wrong(column, "in the result");
}

std::int64_t Row::number(std::string_view column) const {
    const auto* number = at(column).number();
    if (number == nullptr) wrong(column, "a number");
    return *number;
}

const std::string& Row::text(std::string_view column) const {
    const auto* text = at(column).text();
    if (text == nullptr) wrong(column, "a text");
    return *text;
}

Date Row::date(std::string_view column) const { return date_of(column, text(column)); }

std::optional<std::int64_t> Row::optional_number(std::string_view column) const {
    if (at(column).is_null()) return std::nullopt;
    return number(column);
}

std::optional<Id> Row::optional_id(std::string_view column) const {
    if (at(column).is_null()) return std::nullopt;
    return id(column);
}

std::optional<Instant> Row::optional_instant(std::string_view column) const {
    if (at(column).is_null()) return std::nullopt;
    return instant(column);
}

std::optional<Date> Row::optional_date(std::string_view column) const {
    if (at(column).is_null()) return std::nullopt;
    return date(column);
}

std::optional<std::string> Row::optional_text(std::string_view column) const {
    if (at(column).is_null()) return std::nullopt;
    return text(column);
}

}  // namespace loa::storage
