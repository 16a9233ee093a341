#include "group_title.h"

#include <algorithm>
#include <vector>

#include "loa/base/text.h"

namespace loa::plan {

namespace {

/// No syllable has no vowel, or ends like "UBND".
bool is_abbreviation(std::string_view word) {
    constexpr std::string_view kVowels = "aeiouy";
    constexpr std::string_view kEndings[] = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    std::string letters;
    for (const char c : fold(word))
        if (c >= 'a' && c <= 'z') letters += c;
    if (letters.empty()) return false;
    const auto vowel = letters.find_first_of(kVowels);
    if (vowel == std::string::npos) return letters.size() > 1;
    const auto end = letters.find_first_not_of(kVowels, vowel);
    const std::string ending = end == std::string::npos ? "" : letters.substr(end);
    return std::find(std::begin(kEndings), std::end(kEndings), ending) == std::end(kEndings);
}

}  // namespace

std::string readable_group_title(std::string_view title) {
    if (title != upper(title) || title == lower(title)) return std::string(title);
    std::vector<std::string> words;
    for (const auto word : split(title, ' ')) words.push_back(is_abbreviation(word) ? std::string(word) : lower(word));
    return capitalised(joined(words, " "));
}

}  // namespace loa::plan
