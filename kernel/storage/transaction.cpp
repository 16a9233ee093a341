#include "loa/storage/transaction.h"

#include <fmt/format.h>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/storage/statements.h"

namespace loa::storage {

namespace {

void check(const Statement& statement, Mode mode, std::size_t values) {
    if (statement.writes && mode == Mode::Read)
        throw Fault(fmt::format("{} changes something, but the transaction is for reading", statement.name));
    if (static_cast<std::size_t>(statement.parameters) != values)
        throw Fault(fmt::format("{} takes {} values, not {}", statement.name, statement.parameters, values));
}

}  // namespace

Rows Transaction::query(std::string_view name, const Values& values) {
    const auto& statement = Statements::embedded().find(name);
    check(statement, mode_, values.size());
    ++statements_;
    return execute(statement, values).rows;
}

std::optional<Row> Transaction::one(std::string_view name, const Values& values) {
    auto rows = query(name, values);
    LOA_CHECK(rows.size() <= 1);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::int64_t Transaction::run(std::string_view name, const Values& values) {
    const auto& statement = Statements::embedded().find(name);
    check(statement, mode_, values.size());
    ++statements_;
    return execute(statement, values).touched;
}

std::int64_t Transaction::run_batch(std::string_view name, const std::vector<Values>& rows) {
    if (rows.empty()) return 0;
    const auto& statement = Statements::embedded().find(name);
    for (const auto& row : rows) check(statement, mode_, row.size());
    ++statements_;
    return execute_batch(statement, rows);
}

Rows Transaction::list(std::string_view name, const Values& values, const ListRequest& request) {
    const auto& statement = Statements::embedded().compose(name, request);
    Values all = values;
    for (const auto& [filter, value] : request.filters) all.push_back(value);
    all.emplace_back(request.limit);
    all.emplace_back(request.offset);
    check(statement, mode_, all.size());
    ++statements_;
    return execute(statement, all).rows;
}

}  // namespace loa::storage
