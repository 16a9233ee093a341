#include "loa/storage/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "sql_text.h"

namespace loa::storage {

namespace {

constexpr std::string_view kValue = "$value";

/// "modules/plan/sql/queries.sql" belongs to "plan".
std::string owner_of(std::string_view path) {
    const auto parts = split(path, '/');
    LOA_CHECK(parts.size() >= 3);
    return std::string(parts[parts.size() - 3]);
}

/// A line "-- word: rest": the rest, else nothing.
std::optional<std::string> marker(std::string_view line, std::string_view word) {
    line = trimmed(line);
    if (!line.starts_with("-- ")) return std::nullopt;
    line = trimmed(line.substr(3));
    if (!line.starts_with(word) || !line.substr(word.size()).starts_with(":")) return std::nullopt;
    return std::string(trimmed(line.substr(word.size() + 1)));
}

std::string without_end(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(';')) text = trimmed(text.substr(0, text.size() - 1));
    return std::string(text);
}

void finish(Statement& statement) {
    const auto fail = [&](std::string_view what) {
        throw Fault(fmt::format("{}: statement {}: {}", statement.file, statement.name, what));
    };
    statement.text = without_end(statement.text);
    if (statement.text.empty()) fail("has no text");
    statement.parameters = parameter_count(statement.text);
    statement.writes = writes(statement.text);
}

}  // namespace

Statements::Statements(const std::vector<EmbeddedFile>& files) {
    for (const auto& file : files) read(file);
}

const Statements& Statements::embedded() {
    static const Statements statements([] {
        std::vector<EmbeddedFile> files;
        for (const auto& file : embedded_files("", ".sql"))
            if (file.path.find("/sql/queries") != std::string_view::npos) files.push_back(file);
        return files;
    }());
    return statements;
}

void Statements::read(const EmbeddedFile& file) {
    const std::string owner = owner_of(file.path);
    Statement statement;
    List list;
    std::string* text = nullptr;  // where the next line goes
    const auto start = [&](const std::string& name) {
        Statement fresh;
        fresh.owner = owner;
        fresh.name = owner + "." + name;
        fresh.file = std::string(file.path);
        return fresh;
    };
    const auto keep = [&] {
        if (!list.base.name.empty()) {
            finish(list.base);
            for (auto& [name, condition] : list.filters) condition = without_end(condition);
            for (auto& [name, order] : list.orders) order = without_end(order);
            if (!lists_.emplace(list.base.name, list).second) throw Fault(fmt::format("{}: list {} stands twice", file.path, list.base.name));
        }
        if (!statement.name.empty()) {
            finish(statement);
            if (!statements_.emplace(statement.name, statement).second)
                throw Fault(fmt::format("{}: statement {} stands twice", file.path, statement.name));
        }
        statement = {};
        list = {};
        text = nullptr;
    };
    for (const auto line : split(file.bytes, '\n')) {
        if (const auto name = marker(line, "name")) {
            keep();
            statement = start(*name);
            text = &statement.text;
        } else if (const auto list_name = marker(line, "list")) {
            keep();
            list.base = start(*list_name);
            text = &list.base.text;
        } else if (const auto filter = marker(line, "filter")) {
            LOA_CHECK(!list.base.name.empty());
            text = &list.filters.emplace_back(*filter, "").second;
        } else if (const auto order = marker(line, "order")) {
            LOA_CHECK(!list.base.name.empty());
            text = &list.orders.emplace_back(*order, "").second;
        } else if (trimmed(line) == "-- wide") {
            (list.base.name.empty() ? statement : list.base).wide = true;
        } else if (text && !trimmed(line).starts_with("--")) {
            *text += line;
            *text += '\n';
        }
    }
    keep();
}

const Statement& Statements::find(std::string_view name) const {
    const auto found = statements_.find(name);
    if (found == statements_.end()) throw Fault(fmt::format("no statement is called {}", name));
    return found->second;
}

const Statement& Statements::compose(std::string_view list, const ListRequest& request) const {
    std::string key(list);
    for (const auto& [name, value] : request.filters) key += "+" + name;
    key += "/" + request.order;
    const std::lock_guard lock(mutex_);
    if (const auto known = composed_.find(key); known != composed_.end()) return *known->second;

    const auto found = lists_.find(list);
    if (found == lists_.end()) throw Fault(fmt::format("no list is called {}", list));
    auto composed = std::make_unique<Statement>(found->second.base);
    composed->name = key;
    const auto part = [&](const auto& parts, const std::string& name) -> const std::string& {
        const auto at = std::find_if(parts.begin(), parts.end(), [&](const auto& entry) { return entry.first == name; });
        if (at == parts.end()) throw Fault(fmt::format("list {} has no filter or order {}", list, name));
        return at->second;
    };
    for (const auto& [name, value] : request.filters)
        composed->text += "\n" + replaced(part(found->second.filters, name), kValue, fmt::format("${}", ++composed->parameters));
    if (!request.order.empty()) composed->text += "\n" + part(found->second.orders, request.order);
    composed->text += fmt::format("\nlimit ${} offset ${}", composed->parameters + 1, composed->parameters + 2);
    composed->parameters += 2;
    return *composed_.emplace(key, std::move(composed)).first->second;
}

std::vector<const Statement*> Statements::compositions() const {
    std::vector<const Statement*> all;
    for (const auto& [name, list] : lists_) {
        std::vector<std::vector<std::pair<std::string, Value>>> choices{{}};
        std::vector<std::pair<std::string, Value>> every;
        for (const auto& [filter, condition] : list.filters) {
            choices.push_back({{filter, Value()}});
            every.emplace_back(filter, Value());
        }
        if (every.size() > 1) choices.push_back(every);
        for (const auto& filters : choices)
            for (const auto& [order, text] : list.orders) {
                ListRequest request;
                request.filters = filters;
                request.order = order;
                all.push_back(&compose(name, request));
            }
    }
    return all;
}

}  // namespace loa::storage
