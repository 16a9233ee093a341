#include "sql_text.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa::storage {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
           static_cast<unsigned char>(c) >= 0x80;
}
char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Behind the closing quote; a doubled quote stands for itself.
std::size_t end_of_quoted(std::string_view sql, std::size_t at, int line) {
    const char quote = sql[at];
    for (std::size_t i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != quote) continue;
        if (i + 1 < sql.size() && sql[i + 1] == quote)
            ++i;
        else
            return i + 1;
    }
    throw Fault(fmt::format("SQL line {}: a quoted text does not end", line));
}

std::size_t end_of_run(std::string_view sql, std::size_t at, bool (*belongs)(char)) {
    while (at < sql.size() && belongs(sql[at])) ++at;
    return at;
}

int number_of(const Token& parameter) {
    int number = 0;
    const auto digits = parameter.text.substr(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() ? number : 0;
}

std::set<int> parameters_of(std::string_view sql) {
    std::set<int> numbers;
    for (const auto& token : tokens_of(sql)) {
        if (token.kind != Token::Kind::Parameter) continue;
        const int number = number_of(token);
        if (number == 0) throw Fault(fmt::format("SQL line {}: {} is no parameter", token.line, token.text));
        numbers.insert(number);
    }
    return numbers;
}

}  // namespace

bool Token::is(std::string_view lower_case_word) const {
    return kind == Kind::Word && text.size() == lower_case_word.size() &&
           std::equal(text.begin(), text.end(), lower_case_word.begin(),
                      [](char a, char b) { return lower_ascii(a) == b; });
}

std::vector<Token> tokens_of(std::string_view sql) {
    std::vector<Token> tokens;
    int line = 1;
    for (std::size_t at = 0; at < sql.size();) {
        const char c = sql[at];
        if (is_blank(c)) {
            line += c == '\n';
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        auto kind = Token::Kind::Symbol;
        if (c == '-' && sql.substr(at).starts_with("--")) {
            kind = Token::Kind::Comment;
            end = std::min(sql.find('\n', at), sql.size());
        } else if (c == '\'' || c == '"') {
            kind = c == '"' ? Token::Kind::QuotedName : Token::Kind::String;
            end = end_of_quoted(sql, at, line);
        } else if (c == '$') {
            kind = Token::Kind::Parameter;
            end = end_of_run(sql, at + 1, is_word);
        } else if (is_digit(c)) {
            kind = Token::Kind::Number;
            end = end_of_run(sql, at, is_word);
        } else if (is_word(c)) {
            kind = Token::Kind::Word;
            end = end_of_run(sql, at, is_word);
        }
        const auto text = sql.substr(at, end - at);
        tokens.push_back({kind, text, line});
        line += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
        at = end;
    }
    return tokens;
}

std::string without_comments(std::string_view sql) {
    std::string out;
    const char* copied = sql.data();
    for (const auto& token : tokens_of(sql)) {
        if (token.kind != Token::Kind::Comment) continue;
        out.append(copied, token.text.data());
        copied = token.text.data() + token.text.size();
    }
    out.append(copied, sql.data() + sql.size());
    return std::string(trimmed(out));
}

int highest_parameter(std::string_view sql) {
    const auto numbers = parameters_of(sql);
    return numbers.empty() ? 0 : *numbers.rbegin();
}

int parameter_count(std::string_view sql) {
    const auto numbers = parameters_of(sql);
    const int count = static_cast<int>(numbers.size());
    if (count > 0 && *numbers.rbegin() != count)
        throw Fault(fmt::format("the parameters are not $1 … ${} without a gap", *numbers.rbegin()));
    return count;
}

bool writes(std::string_view sql) {
    bool first = true, with = false;
    for (const auto& token : tokens_of(sql)) {
        if (token.kind == Token::Kind::Comment) continue;
        if (first) {
            if (token.is("select") || token.is("values")) return false;
            if (!token.is("with")) return true;
            with = true;
        }
        first = false;
        if (with && (token.is("insert") || token.is("update") || token.is("delete"))) return true;
    }
    return false;
}

std::string with_shifted_parameters(std::string_view sql, int by) {
    std::string out;
    const char* copied = sql.data();
    for (const auto& token : tokens_of(sql)) {
        if (token.kind != Token::Kind::Parameter || number_of(token) == 0) continue;
        out.append(copied, token.text.data());
        fmt::format_to(std::back_inserter(out), "${}", number_of(token) + by);
        copied = token.text.data() + token.text.size();
    }
    out.append(copied, sql.data() + sql.size());
    return out;
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower_ascii(c);
    return out;
}

}  // namespace loa::storage
