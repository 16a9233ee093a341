#include "loa/storage/statements.h"

#include <fmt/format.h>

#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "multi_row.h"
#include "owned_files.h"
#include "sql_text.h"

namespace loa::storage {

namespace {

/// "-- filter: state" → {"filter", "state"}; a free comment → {"", ""}.
std::pair<std::string_view, std::string_view> marker_of(std::string_view comment) {
    comment = trimmed(comment.substr(2));
    if (comment == "wide") return {comment, {}};
    for (const std::string_view word : {"name", "list", "filter", "order"})
        if (comment.starts_with(word) && comment.substr(word.size()).starts_with(":"))
            return {word, trimmed(comment.substr(word.size() + 1))};
    return {};
}

bool is_name(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// A marker and the SQL below it.
struct Piece {
    std::string_view kind, name;
    int line;
    bool wide = false;
    std::string sql;
};

class Reader {
  public:
    Reader(const EmbeddedFile& file) : file_(file) {
        for (const auto& token : tokens_of(file.bytes)) read(token);
        finish(file.bytes.data() + file.bytes.size());
    }

    std::vector<Piece> pieces;

  private:
    void read(const Token& token) {
        const auto [kind, name] =
            token.kind == Token::Kind::Comment ? marker_of(token.text) : std::pair<std::string_view, std::string_view>();
        if (kind == "wide") {
            if (pieces.empty() || closed_) fail(token.line, "-- wide stands below the name of its statement");
            pieces.back().wide = true;
        } else if (!kind.empty()) {
            finish(token.text.data());
            if (!is_name(name)) fail(token.line, fmt::format("\"{}\" is no name", name));
            pieces.push_back({kind, name, token.line, false, {}});
            begin_ = token.text.data() + token.text.size();
            closed_ = false;
        } else if (token.is_symbol(';')) {
            finish(token.text.data());
        } else if (token.kind != Token::Kind::Comment && (pieces.empty() || closed_)) {
            fail(token.line, "SQL without \"-- name:\"");
        }
    }

    void finish(const char* end) {
        if (pieces.empty() || closed_) return;
        auto& piece = pieces.back();
        piece.sql = without_comments({begin_, static_cast<std::size_t>(end - begin_)});
        if (piece.sql.empty()) fail(piece.line, "a name without SQL");
        closed_ = true;
    }

    [[noreturn]] void fail(int line, std::string_view problem) {
        throw Fault(fmt::format("{}:{}: {}", file_.path, line, problem));
    }

    const EmbeddedFile& file_;
    const char* begin_ = nullptr;
    bool closed_ = true;
};

Statement statement_of(const Piece& piece, std::string_view owner, std::string place) {
    return {.name = fmt::format("{}.{}", owner, piece.name),
            .text = piece.sql,
            .parameters = parameter_count(piece.sql),
            .writes = writes(piece.sql),
            .inserts_row = inserts_one_row(piece.sql),
            .wide = piece.wide,
            .file = std::move(place)};
}

void add_fragment(StatementList& list, const Piece& piece) {
    auto& fragments = piece.kind == "filter" ? list.filters : list.orders;
    for (const auto& other : fragments)
        if (other.name == piece.name) throw Fault(fmt::format("\"{}\" is there twice", piece.name));
    const auto first = tokens_of(piece.sql).front();
    if (!first.is(piece.kind == "filter" ? "and" : "order"))
        throw Fault("a filter starts with \"and\", an order with \"order by\"");
    fragments.push_back({std::string(piece.name), piece.sql});
}

}  // namespace

Statements::Statements(const std::vector<EmbeddedFile>& files, Engine engine) {
    for (const auto& file : files) {
        const auto owner = owner_of(file.path);
        if (owner.empty() || !file_name(file.path).starts_with("queries") || !is_for(file.path, engine)) continue;
        StatementList* open = nullptr;
        for (const auto& piece : Reader(file).pieces) {
            const auto place = fmt::format("{}:{}", file.path, piece.line);
            try {
                if (piece.kind == "name") {
                    statements_.push_back(statement_of(piece, owner, place));
                    open = nullptr;
                } else if (piece.kind == "list") {
                    open = &lists_.emplace_back(StatementList{statement_of(piece, owner, place), {}, {}});
                } else if (open != nullptr) {
                    add_fragment(*open, piece);
                } else {
                    throw Fault("a filter or an order without its list");
                }
            } catch (const Fault& fault) {
                throw Fault(fmt::format("{}: {}", place, fault.what()));
            }
        }
    }
    for (std::size_t i = 0; i < statements_.size(); ++i)
        if (!statement_names_.emplace(statements_[i].name, i).second)
            throw Fault(fmt::format("{}: {} is there twice", statements_[i].file, statements_[i].name));
    for (std::size_t i = 0; i < lists_.size(); ++i) check(lists_[i], i);
}

void Statements::check(const StatementList& list, std::size_t index) {
    const auto& base = list.base;
    if (!list_names_.emplace(base.name, index).second)
        throw Fault(fmt::format("{}: {} is there twice", base.file, base.name));
    if (base.writes) throw Fault(fmt::format("{}: a list only reads", base.file));
    if (list.orders.empty()) throw Fault(fmt::format("{}: a list needs an order", base.file));
    for (const auto* fragments : {&list.filters, &list.orders})
        for (const auto& fragment : *fragments)
            if (highest_parameter(replaced(fragment.text, "$value", "")) > base.parameters)
                throw Fault(fmt::format("{}: {} uses a parameter that the base has not", base.file, fragment.name));
}

const Statement& Statements::find(std::string_view name) const {
    const auto found = statement_names_.find(name);
    if (found == statement_names_.end()) throw Fault(fmt::format("no statement is called {}", name));
    return statements_[found->second];
}

const StatementList& Statements::list(std::string_view name) const {
    const auto found = list_names_.find(name);
    if (found == list_names_.end()) throw Fault(fmt::format("no list is called {}", name));
    return lists_[found->second];
}

const Statements& Statements::embedded(Engine engine) {
    static const Statements sqlite(embedded_files("", ".sql"), Engine::Sqlite);
    static const Statements postgres(embedded_files("", ".sql"), Engine::Postgres);
    return engine == Engine::Sqlite ? sqlite : postgres;
}

}  // namespace loa::storage
