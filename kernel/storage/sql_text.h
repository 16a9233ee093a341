// SQL as a list of tokens: enough to find names, parameters and the ends of statements without being fooled
// by strings and comments. Both databases read the same text, so this is their shared lexical subset.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loa::storage {

struct Token {
    enum class Kind { Word, Number, String, QuotedName, Parameter, Symbol, Comment };
    Kind kind;
    std::string_view text;  // as it stands there: a comment with its "--", a string with its quotes
    int line;               // 1 …

    /// A keyword or an unquoted name, in any case.
    bool is(std::string_view lower_case_word) const;
    bool is_symbol(char symbol) const { return kind == Kind::Symbol && text.front() == symbol; }
};

/// Throws Fault for a string that does not end.
std::vector<Token> tokens_of(std::string_view sql);

/// The text without comments, on as many lines, white space off its ends.
std::string without_comments(std::string_view sql);

/// The highest n of "$n" in the text.
int highest_parameter(std::string_view sql);
/// The same; throws Fault if a lower number is missing: "$1 … $3".
int parameter_count(std::string_view sql);

/// Whether the statement may change something: by its first keyword; a "with" by any verb in it.
bool writes(std::string_view sql);

/// `sql` with each "$n" as "$(n + by)".
std::string with_shifted_parameters(std::string_view sql, int by);

std::string lower_ascii(std::string_view text);

}  // namespace loa::storage
