#include "multi_row.h"

#include <vector>

#include "loa/base/check.h"
#include "sql_text.h"

namespace loa::storage {

namespace {

struct Tuple {
    std::size_t begin = 0, end = 0;  // of "(…)" in the text
};

Tuple tuple_of(std::string_view text) {
    const auto tokens = tokens_of(text);
    const auto place = [&](const Token& token) { return static_cast<std::size_t>(token.text.data() - text.data()); };
    if (tokens.empty() || !tokens.front().is("insert")) return {};
    std::size_t at = 0;
    while (at < tokens.size() && !tokens[at].is("values")) ++at;
    if (at + 1 >= tokens.size()) return {};
    const std::size_t open = at + 1;
    int depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        if (tokens[i].is_symbol('(')) ++depth;
        if (!tokens[i].is_symbol(')') || --depth > 0) continue;
        if (i + 1 < tokens.size() && tokens[i + 1].is_symbol(',')) return {};
        return {place(tokens[open]), place(tokens[i]) + 1};
    }
    return {};
}

}  // namespace

bool inserts_one_row(std::string_view text) {
    const auto [begin, end] = tuple_of(text);
    return begin != end && highest_parameter(text.substr(0, begin)) == 0 && highest_parameter(text.substr(end)) == 0;
}

std::string for_rows(const Statement& statement, std::size_t rows) {
    const std::string_view text = statement.text;
    const auto [begin, end] = tuple_of(text);
    const auto tuple = text.substr(begin, end - begin);
    LOA_CHECK(begin != end);
    std::string out(text.substr(0, begin));
    for (std::size_t row = 0; row < rows; ++row) {
        if (row > 0) out += ", ";
        out += with_shifted_parameters(tuple, static_cast<int>(row) * statement.parameters);
    }
    return out.append(text.substr(end));
}

}  // namespace loa::storage
