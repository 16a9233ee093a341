#include "listed_times.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "loa/base/text.h"

namespace loa::plan {

namespace {

// Folded: months, quarters, a year, and what may stand around them.
constexpr std::string_view kMonth = "thang", kQuarter = "quy", kYear = "nam";
constexpr std::string_view kAround[] = {"vao", "trong", "cac", "va", "hang", "dinh", "ky", ",", ";"};
constexpr std::string_view kRoman[] = {"i", "ii", "iii", "iv"};

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (const char c : fold(text)) {
        if (c == ' ' || c == ',' || c == ';' || c == '.') end_word();
        else word += c;
        if (c == ',' || c == ';') words.emplace_back(1, c);
    }
    end_word();
    return words;
}

/// "4", "04", "iv" among quarters; of "9/2026" the 9. None of what is out of range.
std::optional<int> number_of(std::string_view word, Period period) {
    const int most = period == Period::Month ? 12 : 4;
    if (period == Period::Quarter)
        for (int i = 0; i < 4; ++i)
            if (word.substr(0, word.find('/')) == kRoman[i]) return i + 1;
    int number = 0;
    const auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const std::string_view behind(rest, static_cast<std::size_t>(word.data() + word.size() - rest));
    const bool year_behind = behind.size() == 5 && behind[0] == '/' && std::all_of(behind.begin() + 1, behind.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (error != std::errc() || number < 1 || number > most || !(behind.empty() || year_behind)) return std::nullopt;
    return number;
}

bool is_year(std::string_view word) {
    return word.size() == 4 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<ListedTimes> listed_times(std::string_view text) {
    ListedTimes listed;
    bool named = false;  // "tháng" or "quý" has been said
    const auto words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == kMonth || word == kQuarter) {
            const Period period = word == kMonth ? Period::Month : Period::Quarter;
            if (named && period != listed.period) return std::nullopt;
            listed.period = period;
            named = true;
        } else if (word == kYear) {
            if (i + 1 < words.size() && is_year(words[i + 1])) ++i;  // "năm 2026"; alone it is that of "hằng năm"
        } else if (const auto number = named ? number_of(word, listed.period) : std::nullopt) {
            if (!listed.numbers.empty() && *number <= listed.numbers.back()) return std::nullopt;
            listed.numbers.push_back(*number);
        } else if (std::find(std::begin(kAround), std::end(kAround), word) == std::end(kAround)) {
            return std::nullopt;
        }
    }
    if (listed.numbers.size() < 2) return std::nullopt;
    return listed;
}

}  // namespace loa::plan
