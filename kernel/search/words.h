// Text as the index sees it: words of letters and digits, found by their folded form ("cach") and, where marks
// count, by their toned form ("cách", lower case, tone marks placed the new way).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loa::search {

/// Where a word stands in the text, in bytes.
struct WordPlace {
    std::size_t begin = 0;
    std::size_t end = 0;
};
std::vector<WordPlace> word_places(std::string_view text);

/// The words in a form that the caller made of the whole text (fold, fold_keeping_marks); overlong ones are cut.
std::vector<std::string> words_of(std::string_view folded_text);

/// "cach" → "cach", "cách" → "=cách": both forms live in one index, and the sign, which no word contains,
/// keeps them apart.
std::string toned_token(std::string_view toned_word);

/// Every word folded, then every word toned; what is handed to the index.
struct IndexWords {
    std::vector<std::string> folded;
    std::vector<std::string> toned;  // with their sign
};
IndexWords index_words(std::string_view text);

}  // namespace loa::search
