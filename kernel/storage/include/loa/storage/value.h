// What goes into a statement and what comes out of it; the same on both databases.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"

namespace loa::storage {

/// null, integer (ids, counts, đồng, instants as UTC milliseconds, flags 0/1) or text (UTF-8, civil dates as
/// ISO 8601, loose fields as JSON). There are no floating-point columns and no blobs: files live in media.
class Value {
  public:
    Value() = default;
    Value(std::int64_t number) : state_(number) {}
    Value(int number) : state_(std::int64_t{number}) {}
    Value(Id id) : state_(id.value) {}
    Value(Instant instant) : state_(instant.milliseconds) {}
    Value(Date date) : state_(date.iso()) {}
    Value(std::string text) : state_(std::move(text)) {}
    Value(std::string_view text) : state_(std::string(text)) {}
    Value(const char* text) : state_(std::string(text)) {}
    template <class T>
    Value(const std::optional<T>& value) {
        if (value) *this = Value(*value);
    }
    Value(bool) = delete;  // say 0 or 1: a flag column is an integer

    bool is_null() const { return std::holds_alternative<std::monostate>(state_); }
    const std::int64_t* number() const { return std::get_if<std::int64_t>(&state_); }
    const std::string* text() const { return std::get_if<std::string>(&state_); }

    bool operator==(const Value&) const = default;

  private:
    std::variant<std::monostate, std::int64_t, std::string> state_;
};

using Values = std::vector<Value>;

/// One row of a result. A column that is not there, or not of that type, is our own mistake (LOA_CHECK);
/// a null is read through the optional_ forms.
class Row {
  public:
    Row(std::shared_ptr<const std::vector<std::string>> columns, Values values)
        : columns_(std::move(columns)), values_(std::move(values)) {}

    std::int64_t number(std::string_view column) const;
    bool flag(std::string_view column) const { return number(column) != 0; }
    Id id(std::string_view column) const { return {number(column)}; }
    Instant instant(std::string_view column) const { return {number(column)}; }
    Date date(std::string_view column) const;
    const std::string& text(std::string_view column) const;

    std::optional<std::int64_t> optional_number(std::string_view column) const;
    std::optional<Id> optional_id(std::string_view column) const;
    std::optional<Instant> optional_instant(std::string_view column) const;
    std::optional<Date> optional_date(std::string_view column) const;
    std::optional<std::string> optional_text(std::string_view column) const;

    const Value& at(std::string_view column) const;
    const std::vector<std::string>& columns() const { return *columns_; }

  private:
    std::shared_ptr<const std::vector<std::string>> columns_;
    Values values_;
};

using Rows = std::vector<Row>;

}  // namespace loa::storage
