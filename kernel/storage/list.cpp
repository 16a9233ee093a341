#include <fmt/format.h>

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/storage/statements.h"
#include "sql_text.h"

// sql: a list is composed of its owner's fragments; counting it puts a select around them

namespace loa::storage {

namespace {

constexpr int kMostRows = 1000;

const StatementList::Fragment& fragment(const std::vector<StatementList::Fragment>& fragments,
                                        const std::string& name) {
    const auto found =
        std::find_if(fragments.begin(), fragments.end(), [&](const auto& other) { return other.name == name; });
    LOA_CHECK(found != fragments.end());
    return *found;
}

class Composer {
  public:
    Composer(const StatementList& list, Values values)
        : list_(list), statement_(list.base), values_(std::move(values)) {}

    void filter(const std::string& name, const Value& value) {
        const auto& sql = fragment(list_.filters, name).text;
        LOA_CHECK(std::find(names_.begin(), names_.end(), name) == names_.end());
        names_.push_back(name);
        const auto tokens = tokens_of(sql);
        const bool takes_value =
            std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.text == "$value"; });
        LOA_CHECK(takes_value || value.is_null());
        append(takes_value ? replaced(sql, "$value", parameter(value)) : sql);
    }

    void order(const std::string& name) {
        append(fragment(list_.orders, name).text);
        order_ = name;
    }

    void page(int limit, int offset) {
        append("limit " + parameter(limit));
        append("offset " + parameter(offset));
    }

    /// In place of an order: how many rows there are.
    void count() {
        statement_.text = "select count(*) as rows from (\n" + statement_.text + "\n) counted";
        order_ = "counted";
    }

    std::pair<Statement, Values> result() {
        statement_.name += fmt::format("[{} | {}]", joined(names_, " "), order_);
        return {std::move(statement_), std::move(values_)};
    }

  private:
    std::string parameter(const Value& value) {
        values_.push_back(value);
        return fmt::format("${}", ++statement_.parameters);
    }
    void append(std::string_view sql) {
        statement_.text += '\n';
        statement_.text += sql;
    }

    const StatementList& list_;
    Statement statement_;
    Values values_;
    std::vector<std::string> names_;
    std::string order_;
};

}  // namespace

std::pair<Statement, Values> composed(const StatementList& list, const Values& values, const ListRequest& request) {
    LOA_CHECK(static_cast<int>(values.size()) == list.base.parameters);
    LOA_CHECK(request.limit >= 1 && request.limit <= kMostRows && request.offset >= 0);
    Composer composer(list, values);
    for (const auto& [name, value] : request.filters) composer.filter(name, value);
    composer.order(request.order);
    composer.page(request.limit, request.offset);
    return composer.result();
}

std::pair<Statement, Values> counted(const StatementList& list, const Values& values, const ListFilters& filters) {
    LOA_CHECK(static_cast<int>(values.size()) == list.base.parameters);
    Composer composer(list, values);
    for (const auto& [name, value] : filters) composer.filter(name, value);
    composer.count();
    return composer.result();
}

std::vector<Statement> combinations(const StatementList& list) {
    const Values values(static_cast<std::size_t>(list.base.parameters));
    std::vector<Statement> statements;
    const auto add = [&](ListFilters filters, const std::string& order) {
        statements.push_back(composed(list, values, {std::move(filters), order}).first);
    };
    ListFilters all;
    for (const auto& filter : list.filters) all.emplace_back(filter.name, Value());
    for (const auto& order : list.orders) add({}, order.name);
    for (const auto& filter : all) add({filter}, list.orders.front().name);
    if (all.size() > 1) add(all, list.orders.front().name);
    statements.push_back(counted(list, values, all).first);
    return statements;
}

}  // namespace loa::storage
