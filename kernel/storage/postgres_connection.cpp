#include "postgres_connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <utility>

#include "loa/base/check.h"
#include "multi_row.h"
#include "postgres_error.h"

namespace loa::storage {

namespace {

constexpr std::size_t kBatchRows = 200;
constexpr std::size_t kMostParameters = 65535;  // of the protocol
// Statements find few rows by keys, whatever the key: one plan serves all values (planning anew took as long as running),
// reads by an index cost hardly more than in a row once the database is in memory or on a disk without a head, and none
// runs long enough to be compiled (ADR 32).
constexpr const char* kSettings =
    "set plan_cache_mode = force_generic_plan;"
    "set random_page_cost = 1.1;"
    "set jit = off;"
    "set statement_timeout = '30s';"
    "set lock_timeout = '10s';"
    "set idle_in_transaction_session_timeout = '60s';"
    "set client_min_messages = warning";

// pg_type.dat of PostgreSQL 15
constexpr unsigned kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kNumeric = 1700;

bool is_number(unsigned type) { return type == kInt8 || type == kInt2 || type == kInt4 || type == kNumeric; }

Value value_from(std::string_view text, unsigned type, const char* column, std::string_view doing) {
    if (type == kBool) return Value(text == "t" ? 1 : 0);
    if (!is_number(type)) return Value(std::string(text));
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    // sum(bigint) is numeric there; what is not whole has no place in our columns.
    if (error != std::errc{} || end != text.data() + text.size())
        throw Fault(fmt::format("column {} of {} is neither a whole number nor a text", column, doing));
    return Value(number);
}

}  // namespace

std::optional<PostgresTypes::Types> PostgresTypes::find(const std::string& text) const {
    const std::lock_guard lock(mutex_);
    const auto found = types_.find(text);
    return found == types_.end() ? std::nullopt : std::optional(found->second);
}

void PostgresTypes::learn(const std::string& text, Types types) {
    const std::lock_guard lock(mutex_);
    types_.emplace(text, std::move(types));
}

struct PostgresConnection::Sent {
    const std::string& name;
    std::string_view doing;
    std::vector<std::string> numbers;
    std::vector<const char*> texts;  // into `numbers` and into the values
};

void PostgresConnection::Clear::operator()(pg_result* result) const { PQclear(result); }

PostgresConnection::PostgresConnection(const std::string& url, PostgresTypes& types) : types_(types) {
    // The URL comes last, so what it says itself wins.
    const char* const keys[] = {"connect_timeout", "application_name", "client_encoding", "dbname", nullptr};
    const char* const values[] = {"5", "loa", "UTF8", url.c_str(), nullptr};
    handle_ = PQconnectdbParams(keys, values, 1);
    try {
        if (PQstatus(handle_) != CONNECTION_OK) throw postgres_error(handle_, nullptr, "the server can't be reached");
        PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
        script(kSettings);
    } catch (...) {
        PQfinish(handle_);
        throw;
    }
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

bool PostgresConnection::broken() const { return stale_ || PQstatus(handle_) != CONNECTION_OK; }

PostgresConnection::Answer PostgresConnection::accepted(PGresult* result, std::string_view doing) {
    Answer answer(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return answer;
    auto error = postgres_error(handle_, result, doing);
    // A migration changed the columns of "t.*" since the statement was prepared: with a new connection it works.
    const char* function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    if (function != nullptr && std::string_view(function) == "RevalidateCachedQuery") {
        stale_ = true;
        throw DatabaseError(ErrorKind::Connection, "", error.what());
    }
    throw error;
}

PostgresConnection::Answer PostgresConnection::next_answer() {
    Answer answer(PQgetResult(handle_));
    if (answer) PQclear(PQgetResult(handle_));
    return answer;
}

void PostgresConnection::read_last_answer() {
    if (std::exchange(answer_is_due_, false)) accepted(next_answer().release(), "commit");
}

void PostgresConnection::catch_up() {
    read_last_answer();
    if (const char* sql = std::exchange(begin_, nullptr)) accepted(PQexec(handle_, sql), sql);
}

void PostgresConnection::script(const char* sql) {
    catch_up();
    accepted(PQexec(handle_, sql), sql);
}

void PostgresConnection::commit() {
    if (std::exchange(begin_, nullptr) == nullptr) script("commit");
}

void PostgresConnection::rollback() {
    if (std::exchange(begin_, nullptr) == nullptr) script("rollback");
}

void PostgresConnection::commit_read() {
    if (std::exchange(begin_, nullptr) != nullptr) return;
    if (PQsendQuery(handle_, "commit") != 1) throw postgres_error(handle_, nullptr, "commit");
    answer_is_due_ = true;
}

PostgresConnection::Answer PostgresConnection::prepare(const std::string& name, const std::string& text,
                                                       const PostgresTypes::Types& types) {
    return Answer(PQprepare(handle_, name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()));
}

/// The server says which types the parameters have where they stand. Beside a small literal ("$1 - 5000") it
/// says 32 bits, too few for an instant: such a parameter is made 64 bits wide, where the statement allows it.
PostgresTypes::Types PostgresConnection::learn_types(const std::string& name, const std::string& text,
                                                     std::string_view doing) {
    const auto described = accepted(PQdescribePrepared(handle_, name.c_str()), doing);
    PostgresTypes::Types types;
    for (int i = 0; i < PQnparams(described.get()); ++i) types.push_back(PQparamtype(described.get(), i));
    auto wider = types;
    for (auto& type : wider)
        if (type == kInt2 || type == kInt4) type = kInt8;
    if (wider == types) return types;

    const bool inside = PQtransactionStatus(handle_) == PQTRANS_INTRANS;
    if (inside) script("savepoint widen");
    const bool possible = PQresultStatus(prepare("", text, wider).get()) == PGRES_COMMAND_OK;
    if (inside) script(possible ? "release widen" : "rollback to widen; release widen");
    if (!possible) return types;
    script(("deallocate " + name).c_str());
    accepted(prepare(name, text, wider).release(), doing);
    return wider;
}

PostgresConnection::Prepared& PostgresConnection::prepared(const Statement& statement, const std::string& text,
                                                           int parameters) {
    if (const auto known = prepared_.find(text); known != prepared_.end()) return known->second;
    catch_up();
    Prepared prepared;
    prepared.name = "s" + std::to_string(++names_);
    const auto known_types = types_.find(text);
    prepared.types = known_types.value_or(PostgresTypes::Types{});
    accepted(prepare(prepared.name, text, prepared.types).release(), statement.name);
    if (!known_types) {
        prepared.types = learn_types(prepared.name, text, statement.name);
        types_.learn(text, prepared.types);
    }
    LOA_CHECK(prepared.types.size() == static_cast<std::size_t>(parameters));
    return prepared_.emplace(text, std::move(prepared)).first->second;
}

PostgresConnection::Sent PostgresConnection::sent(const Prepared& prepared, std::string_view doing,
                                                  const std::vector<const Value*>& values) const {
    const auto count = values.size();
    Sent sent{prepared.name, doing, std::vector<std::string>(count), std::vector<const char*>(count)};
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto* number = values[i]->number()) {
            sent.numbers[i] = std::to_string(*number);
            sent.texts[i] = sent.numbers[i].c_str();
        } else if (const auto* text = values[i]->text()) {
            if (is_number(prepared.types[i])) throw Fault(fmt::format("{}: ${} is a number, not a text", doing, i + 1));
            sent.texts[i] = text->c_str();
        }
    }
    return sent;
}

bool PostgresConnection::send(const std::vector<Sent>& statements, const char* begin) {
    if (PQenterPipelineMode(handle_) != 1) return false;
    if (begin != nullptr && PQsendQueryParams(handle_, begin, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) return false;
    for (const auto& [name, doing, numbers, texts] : statements)
        if (PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(texts.size()), texts.data(), nullptr, nullptr, 0) != 1)
            return false;
    return PQpipelineSync(handle_) == 1;
}

std::vector<PostgresConnection::Answer> PostgresConnection::execute(const std::vector<Sent>& statements) {
    read_last_answer();
    const char* begin = std::exchange(begin_, nullptr);
    if (!send(statements, begin)) {
        stale_ = true;  // half a pipeline
        throw postgres_error(handle_, nullptr, statements.front().doing);
    }
    std::vector<Answer> answers;
    for (std::size_t i = begin == nullptr ? 1 : 0; i <= statements.size(); ++i) answers.push_back(next_answer());
    const Answer synchronised(PQgetResult(handle_));
    if (PQexitPipelineMode(handle_) != 1) stale_ = true;

    // The first that failed says why; those behind it only say that they were not run.
    const auto check = [&](Answer& answer, std::string_view doing) { answer = accepted(answer.release(), doing); };
    if (begin != nullptr) {
        check(answers.front(), begin);
        answers.erase(answers.begin());
    }
    for (std::size_t i = 0; i < statements.size(); ++i) check(answers[i], statements[i].doing);
    return answers;
}

Rows PostgresConnection::rows_of(const Answer& answer, Prepared& prepared, std::string_view doing) const {
    const int columns = PQnfields(answer.get());
    if (!prepared.columns) {
        std::vector<std::string> names;
        for (int column = 0; column < columns; ++column) names.emplace_back(PQfname(answer.get(), column));
        prepared.columns = std::make_shared<const std::vector<std::string>>(std::move(names));
    }
    Rows rows;
    const int count = PQntuples(answer.get());
    rows.reserve(static_cast<std::size_t>(count));
    for (int row = 0; row < count; ++row) {
        Values cells(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(answer.get(), row, column)) continue;
            const std::string_view text(PQgetvalue(answer.get(), row, column),
                                        static_cast<std::size_t>(PQgetlength(answer.get(), row, column)));
            cells[static_cast<std::size_t>(column)] =
                value_from(text, PQftype(answer.get(), column), PQfname(answer.get(), column), doing);
        }
        rows.emplace_back(prepared.columns, std::move(cells));
    }
    return rows;
}

namespace {

std::int64_t touched_by(PGresult* answer) {
    std::int64_t touched = 0;
    const std::string_view digits = PQcmdTuples(answer);
    std::from_chars(digits.data(), digits.data() + digits.size(), touched);
    return touched;
}

}  // namespace

PostgresConnection::Result PostgresConnection::run(const Statement& statement, const Values& values) {
    if (statement.name.empty()) {
        catch_up();
        Prepared once;
        LOA_CHECK(values.empty());
        const auto answer = accepted(PQexec(handle_, statement.text.c_str()), statement.text);
        return {rows_of(answer, once, statement.text), touched_by(answer.get())};
    }
    return std::move(run_together({{&statement, &values}}).front());
}

std::vector<PostgresConnection::Result> PostgresConnection::run_together(const std::vector<Call>& calls) {
    std::vector<Prepared*> known;
    for (const auto& call : calls) known.push_back(&prepared(*call.statement, call.statement->text, call.statement->parameters));
    std::vector<Sent> statements;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        std::vector<const Value*> pointers;
        pointers.reserve(calls[i].values->size());
        for (const auto& value : *calls[i].values) pointers.push_back(&value);
        statements.push_back(sent(*known[i], calls[i].statement->name, pointers));
    }
    const auto answers = execute(statements);
    std::vector<Result> results;
    for (std::size_t i = 0; i < calls.size(); ++i)
        results.push_back({rows_of(answers[i], *known[i], calls[i].statement->name),
                           calls[i].statement->writes ? touched_by(answers[i].get()) : 0});
    return results;
}

std::int64_t PostgresConnection::run_batch(const Statement& statement, const std::vector<Values>& rows) {
    const auto parameters = static_cast<std::size_t>(statement.parameters);
    const std::size_t most = std::min(kBatchRows, kMostParameters / std::max<std::size_t>(parameters, 1));
    std::int64_t touched = 0;
    for (std::size_t begin = 0, count = 0; begin < rows.size(); begin += count) {
        // Full ones, then powers of two, so that only a few texts are ever prepared.
        const std::size_t left = rows.size() - begin;
        count = left >= most ? most : std::bit_floor(left);
        std::vector<const Value*> pointers;
        pointers.reserve(count * parameters);
        for (std::size_t row = begin; row < begin + count; ++row)
            for (const auto& value : rows[row]) pointers.push_back(&value);
        const auto& known = prepared(statement, for_rows(statement, count), static_cast<int>(count * parameters));
        touched += touched_by(execute({sent(known, statement.name, pointers)}).front().get());
    }
    return touched;
}

Description PostgresConnection::describe(const Statement& statement) {
    catch_up();
    const auto& known = prepared(statement, statement.text, statement.parameters);
    const auto described = accepted(PQdescribePrepared(handle_, known.name.c_str()), statement.name);
    Description description;
    for (int column = 0; column < PQnfields(described.get()); ++column)
        description.columns.emplace_back(PQfname(described.get(), column));
    return description;
}

}  // namespace loa::storage
