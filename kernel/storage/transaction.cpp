#include "loa/storage/transaction.h"

#include <fmt/format.h>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/storage/statements.h"

namespace loa::storage {

void Transaction::admit(const Statement& statement, const Values& values) const {
    const auto refuse = [&](std::string_view why) {
        throw Fault(fmt::format("statement {}: {}", statement.name.empty() ? statement.text : statement.name, why));
    };
    if (failed_) refuse("an earlier statement of this transaction failed; only attempt() can go on after that");
    if (statement.writes && mode_ == Mode::Read) refuse("it writes, the transaction only reads");
    if (static_cast<int>(values.size()) != statement.parameters)
        refuse(fmt::format("it takes {} values, not {}", statement.parameters, values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto* text = values[i].text();
        if (text == nullptr) continue;
        if (text->find('\0') != std::string::npos) refuse(fmt::format("${} holds a NUL byte", i + 1));
        if (!is_utf8(*text)) refuse(fmt::format("${} is not UTF-8", i + 1));
    }
}

Transaction::Outcome Transaction::perform(const Statement& statement, const Values& values) {
    admit(statement, values);
    ++statements_;
    failed_ = true;
    auto outcome = execute(statement, values);
    failed_ = false;
    return outcome;
}

Rows Transaction::query(std::string_view statement, const Values& values) {
    return perform(catalogue_.find(statement), values).rows;
}

std::optional<Row> Transaction::one(std::string_view statement, const Values& values) {
    auto rows = query(statement, values);
    if (rows.empty()) return std::nullopt;
    if (rows.size() > 1) throw Fault(fmt::format("broken promise: {} gave {} rows, not one", statement, rows.size()));
    return std::move(rows.front());
}

void Transaction::ask_ahead(std::string_view statement, const Values& values, Asked asked) {
    if (mode_ != Mode::Read) return;
    const auto& found = catalogue_.find(statement);
    admit(found, values);
    expect(found, values, asked);
}

void Transaction::read_ahead(std::string_view statement, const Values& values) {
    ask_ahead(statement, values, Asked::Surely);
}

void Transaction::read_in_case(std::string_view statement, const Values& values) {
    ask_ahead(statement, values, Asked::Perhaps);
}

std::int64_t Transaction::run(std::string_view statement, const Values& values) {
    return perform(catalogue_.find(statement), values).touched;
}

std::int64_t Transaction::run_batch(std::string_view statement, const std::vector<Values>& rows) {
    const auto& found = catalogue_.find(statement);
    if (!found.inserts_row) throw Fault(fmt::format("{} is no insert of one row, so it can't run as a batch", found.name));
    return perform_batch(found, rows);
}

std::int64_t Transaction::perform_batch(const Statement& statement, const std::vector<Values>& rows) {
    for (const auto& row : rows) admit(statement, row);
    if (rows.empty()) return 0;
    ++statements_;
    failed_ = true;
    const auto inserted = execute_batch(statement, rows);
    failed_ = false;
    return inserted;
}

Rows Transaction::list(std::string_view list, const Values& values, const ListRequest& request) {
    const auto [statement, all_values] = composed(catalogue_.list(list), values, request);
    return perform(statement, all_values).rows;
}

std::int64_t Transaction::count(std::string_view list, const Values& values, const ListFilters& filters) {
    const auto [statement, all_values] = counted(catalogue_.list(list), values, filters);
    return perform(statement, all_values).rows.front().number("rows");
}

void Transaction::require_sound() const {
    if (failed_) throw Fault("a statement failed, its error was swallowed outside attempt(): nothing is committed");
}

}  // namespace loa::storage
