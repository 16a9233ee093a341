#include "reading/words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"

namespace loa::plan {

namespace {

Vocabulary& vocabulary() {
    static Vocabulary words;
    return words;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What Unicode says of a sign; of those that Vietnamese is written with it is asked once.
struct Letter {
    char32_t lower = 0;
    bool alpha = false;
    bool upper = false;
};

Letter asked(char32_t c) {
    const auto sign = static_cast<UChar32>(c);
    return {static_cast<char32_t>(u_tolower(sign)), u_isalpha(sign) != 0, u_isupper(sign) != 0};
}

class Letters {
  public:
    Letters() {
        for (char32_t c = 0; c < known_.size(); ++c) known_[c] = asked(c);
    }
    Letter operator()(char32_t c) const { return c < known_.size() ? known_[c] : asked(c); }

  private:
    std::array<Letter, 0x1F00> known_;
};

const Letters& letters() {
    static const Letters known;
    return known;
}

/// Writes the folded sign over the printed one where it takes as many bytes, as all of Vietnamese does: offsets
/// stay the same.
void fold_sign(std::string& folded, std::size_t at, std::size_t bytes, char32_t lower) {
    if (bytes == 1 && lower < 0x80) {
        folded[at] = static_cast<char>(lower);
        return;
    }
    std::string sign;
    append_code_point(sign, lower);
    if (sign.size() == bytes) sign.copy(&folded[at], bytes);
}

/// Old tone places become new ones at the end of a syllable: "hoà" → "hòa", "uỷ" → "ủy" (not "quý").
void renew_tone(std::string& folded, std::size_t begin, std::size_t end) {
    struct Place {
        std::string_view old_form, new_form;
    };
    static constexpr Place kPlaces[] = {
        {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"}, {"oè", "òe"}, {"oé", "óe"}, {"oẻ", "ỏe"},
        {"oẽ", "õe"}, {"oẹ", "ọe"}, {"uỳ", "ùy"}, {"uý", "úy"}, {"uỷ", "ủy"}, {"uỹ", "ũy"}, {"uỵ", "ụy"}};
    const std::string_view word = std::string_view(folded).substr(begin, end - begin);
    if (word.size() < 3 || static_cast<unsigned char>(word.back()) < 0x80) return;
    for (const auto& [old_form, new_form] : kPlaces) {
        if (!word.ends_with(old_form)) continue;
        const std::size_t at = end - old_form.size();
        if (at > begin && folded[at - 1] == 'q') return;
        new_form.copy(&folded[at], new_form.size());
        return;
    }
}

char dash_or_quote(char32_t c) {
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
    if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB) return '"';
    if (c == 0x2018 || c == 0x2019) return '\'';
    return 0;
}

/// The end of the number that begins at `at`: thousands in threes after a stop, one or two decimals after a comma.
std::size_t number_end(std::string_view text, std::size_t at) {
    const auto digits = [&](std::size_t from) {
        std::size_t to = from;
        while (to < text.size() && is_digit(text[to])) ++to;
        return to - from;
    };
    std::size_t end = at + digits(at);
    if (end - at <= 3)
        while (end < text.size() && text[end] == '.' && digits(end + 1) == 3) end += 4;
    if (end < text.size() && text[end] == ',') {
        const std::size_t decimals = digits(end + 1);
        if (decimals == 1 || decimals == 2) end += 1 + decimals;
    }
    return end;
}

}  // namespace

WordId Vocabulary::id(std::string_view folded) const {
    const auto found = ids_.find(folded);
    return found == ids_.end() ? 0 : found->second;
}

WordId Vocabulary::add(std::string_view folded) {
    return ids_.emplace(std::string(folded), static_cast<WordId>(ids_.size() + 1)).first->second;
}

Text::Text(std::string printed) : printed_(std::move(printed)), folded_(printed_) {
    const Letters& letter = letters();
    words_.reserve(printed_.size() / 5);
    const std::string_view text = printed_;
    bool blank = true;
    for (std::size_t at = 0; at < text.size();) {
        Word word;
        word.begin = static_cast<std::uint32_t>(at);
        const char32_t first = next_code_point(text, at);
        if (first <= ' ' || first == 0xA0) {
            blank = true;
            continue;
        }
        word.glued = !blank;
        blank = false;
        if (const Letter start = letter(first); start.alpha) {
            word.capital = start.upper;
            word.all_caps = word.capital;
            if (start.lower != first) fold_sign(folded_, word.begin, at - word.begin, start.lower);
            at = end_of_letters(word, at);
            renew_tone(folded_, word.begin, at);
        } else if (first < 0x80 && is_digit(static_cast<char>(first))) {
            word.kind = WordKind::Number;
            at = number_end(text, word.begin);
        } else {
            word.kind = WordKind::Mark;
        }
        word.end = static_cast<std::uint32_t>(at);
        words_.push_back(word);
    }
    const Vocabulary& known = vocabulary();
    for (std::size_t i = 0; i < words_.size(); ++i)
        if (words_[i].kind != WordKind::Number || words_[i].end - words_[i].begin <= 2) words_[i].id = known.id(folded(i));
}

std::size_t Text::end_of_letters(Word& word, std::size_t at) {
    const Letters& letter = letters();
    const std::string_view text = printed_;
    while (at < text.size()) {
        std::size_t next = at;
        const char32_t c = next_code_point(text, next);
        const Letter sign = letter(c);
        if (!sign.alpha) {
            const bool apostrophe = (c == '\'' || c == 0x2019) && next < text.size() && u_isalpha(static_cast<UChar32>(text[next]));
            if (!apostrophe && !(c >= 0x300 && c < 0x370)) break;
            word.all_caps = word.all_caps && apostrophe;
        } else if (!sign.upper) {
            word.all_caps = false;
        }
        if (sign.lower != c) fold_sign(folded_, at, next - at, sign.lower);
        at = next;
    }
    return at;
}

std::string_view Text::folded_mark(std::string_view bytes) {
    std::size_t at = 0;
    switch (dash_or_quote(next_code_point(bytes, at))) {
        case '-': return "-";
        case '"': return "\"";
        case '\'': return "'";
        default: return bytes;
    }
}

std::string Text::printed(std::size_t first, std::size_t last) const {
    if (first >= last || first >= words_.size()) return {};
    last = std::min(last, words_.size());
    return without_stops(std::string_view(printed_).substr(words_[first].begin, words_[last - 1].end - words_[first].begin));
}

double Text::value(std::size_t word) const {
    double whole = 0, part = 0, scale = 1;
    bool decimals = false;
    for (const char c : folded(word)) {
        if (c == ',') decimals = true;
        if (!is_digit(c)) continue;
        if (decimals) part += (c - '0') * (scale /= 10);
        else whole = whole * 10 + (c - '0');
    }
    return decimals ? std::round((whole + part) * 100) / 100 : whole;
}

int Text::integer(std::size_t word) const {
    if (!is_number(word)) return -1;
    const std::string_view digits = folded(word);
    if (digits.size() > 4) return -1;
    int number = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::string without_stops(std::string_view text) {
    for (;;) {
        text = trimmed(text);
        if (text.empty()) return {};
        const char last = text.back();
        const char first = text.front();
        if (last == '.' || last == ';' || last == ',' || last == ':' || text.ends_with("./"))
            text.remove_suffix(1);
        else if (first == ',' || first == ';' || first == ':' || first == '.')
            text.remove_prefix(1);
        else if (text.starts_with("- ") || text.starts_with("+ "))
            text.remove_prefix(2);
        else if (text.starts_with("– "))
            text.remove_prefix(4);
        else if (last == '/' && text.size() > 1 && text[text.size() - 2] == '.')
            text.remove_suffix(2);
        else
            return std::string(text);
    }
}

Phrases::Phrases(std::string_view lines, std::span<const std::string_view> keys) {
    for (std::string_view line : split(lines, '\n')) {
        line = trimmed(line);
        if (line.empty() || line.front() == '#') continue;
        const std::size_t colon = line.find(": ");
        LOA_CHECK(colon != line.npos);
        const auto key = std::find(keys.begin(), keys.end(), line.substr(0, colon));
        LOA_CHECK(key != keys.end());
        // "|" separates phrases outside braces, alternatives inside.
        std::string_view rest = line.substr(colon + 2);
        std::size_t begin = 0;
        int depth = 0;
        for (std::size_t at = 0; at <= rest.size(); ++at) {
            const char c = at < rest.size() ? rest[at] : '|';
            if (c == '{') ++depth;
            if (c == '}') --depth;
            if (c != '|' || depth > 0) continue;
            add(trimmed(rest.substr(begin, at - begin)), static_cast<int>(key - keys.begin()));
            begin = at + 1;
        }
    }
}

void Phrases::add(std::string_view phrase, int key) {
    const std::size_t open = phrase.find('{');
    if (open != phrase.npos) {
        const std::size_t close = phrase.find('}', open);
        LOA_CHECK(close != phrase.npos);
        for (const auto choice : split(phrase.substr(open + 1, close - open - 1), '|'))
            add(squeezed(std::string(phrase.substr(0, open)).append(choice).append(phrase.substr(close + 1))), key);
        return;
    }
    const Text text{std::string(phrase)};
    if (text.empty()) return;
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const WordId word = vocabulary().add(text.folded(i));
        const auto fresh = static_cast<std::uint32_t>(nodes_.size());
        std::uint32_t found = 0;
        if (i == 0) {
            if (by_first_.size() <= word) by_first_.resize(word + 1);
            if (by_first_[word] == 0) by_first_[word] = fresh;
            found = by_first_[word];
        } else if (found = next(node, word); found == 0) {
            auto& followers = nodes_[node].next;
            followers.insert(std::upper_bound(followers.begin(), followers.end(), std::pair(word, fresh)), {word, fresh});
            found = fresh;
        }
        if (found == fresh) nodes_.emplace_back();
        node = found;
    }
    if (nodes_[node].key < 0) nodes_[node].key = key;  // of two lists with one phrase the first has it
}

std::uint32_t Phrases::next(std::uint32_t node, WordId word) const {
    const auto& followers = nodes_[node].next;
    const auto found = std::lower_bound(followers.begin(), followers.end(), std::pair(word, std::uint32_t{0}));
    return found != followers.end() && found->first == word ? found->second : 0;
}

Phrases::Match Phrases::longest(std::uint32_t node, const Text& text, std::size_t word, std::size_t end) const {
    Match match;
    for (std::size_t at = word; node != 0;) {
        ++at;
        if (nodes_[node].key >= 0) match = {nodes_[node].key, at - word};
        node = at < end ? next(node, text[at].id) : 0;
    }
    return match;
}

Phrases load_phrases(std::string_view name, std::span<const std::string_view> keys) {
    const auto* file = embedded_file("modules/plan/data/" + std::string(name) + ".txt");
    LOA_CHECK(file != nullptr);
    return Phrases(file->bytes, keys);
}

}  // namespace loa::plan
