#include "words.h"

#include <unicode/uchar.h>

#include "loa/base/text.h"

namespace loa::search {

namespace {

constexpr std::size_t kLongestWord = 120;  // bytes; nobody looks for longer ones, and indexes have limits

bool is_word_part(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return u_isalnum(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

std::string_view cut(std::string_view word) {
    if (word.size() <= kLongestWord) return word;
    std::size_t end = kLongestWord;
    while ((static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    return word.substr(0, end);
}

}  // namespace

std::vector<WordPlace> word_places(std::string_view text) {
    std::vector<WordPlace> places;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const bool part = is_word_part(next_code_point(text, at));
        if (part && !inside) places.push_back({begin, at});
        if (part) places.back().end = at;
        inside = part;
    }
    return places;
}

std::vector<std::string> words_of(std::string_view folded_text) {
    std::vector<std::string> words;
    for (const auto& place : word_places(folded_text))
        words.emplace_back(cut(folded_text.substr(place.begin, place.end - place.begin)));
    return words;
}

std::string toned_token(std::string_view toned_word) { return "=" + std::string(toned_word); }

IndexWords index_words(std::string_view text) {
    IndexWords words{words_of(fold(text)), {}};
    for (const auto& word : words_of(fold_keeping_marks(text))) words.toned.push_back(toned_token(word));
    return words;
}

}  // namespace loa::search
