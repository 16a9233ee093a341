#include "reading/words.h"

#include <unicode/uchar.h>

#include <algorithm>
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

/// The folded sign in as many bytes as the printed one: offsets stay the same.
void append_folded(std::string& folded, std::string_view sign, char32_t c) {
    const std::size_t before = folded.size();
    if (c < 0x80) {
        folded += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return;
    }
    append_code_point(folded, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    if (folded.size() - before != sign.size()) {  // none of Vietnamese
        folded.resize(before);
        folded += sign;
    }
}

/// Old tone places become new ones at the end of a syllable: "hoà" → "hòa", "uỷ" → "ủy" (not "quý").
void renew_tone(std::string& folded, std::size_t begin) {
    struct Place {
        std::string_view old_form, new_form;
    };
    static constexpr Place kPlaces[] = {
        {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"}, {"oè", "òe"}, {"oé", "óe"}, {"oẻ", "ỏe"},
        {"oẽ", "õe"}, {"oẹ", "ọe"}, {"uỳ", "ùy"}, {"uý", "úy"}, {"uỷ", "ủy"}, {"uỹ", "ũy"}, {"uỵ", "ụy"}};
    const std::string_view word = std::string_view(folded).substr(begin);
    if (word.size() < 3 || static_cast<unsigned char>(word.back()) < 0x80) return;
    for (const auto& [old_form, new_form] : kPlaces) {
        if (!word.ends_with(old_form)) continue;
        const std::size_t at = folded.size() - old_form.size();
        if (at > begin && folded[at - 1] == 'q') return;
        folded.replace(at, old_form.size(), new_form);
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
    thread_local std::string key;
    key.assign(folded);
    const auto found = ids_.find(key);
    return found == ids_.end() ? 0 : found->second;
}

WordId Vocabulary::add(std::string_view folded) {
    return ids_.emplace(std::string(folded), static_cast<WordId>(ids_.size() + 1)).first->second;
}

Text::Text(std::string printed) : printed_(std::move(printed)) {
    folded_.reserve(printed_.size());
    words_.reserve(printed_.size() / 5);
    const std::string_view text = printed_;
    bool blank = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t first = next_code_point(text, at);
        if (first <= ' ' || first == 0xA0) {
            folded_.append(text.substr(begin, at - begin));
            blank = true;
            continue;
        }
        Word word;
        word.begin = static_cast<std::uint32_t>(begin);
        word.glued = !blank;
        blank = false;
        if (u_isalpha(static_cast<UChar32>(first))) {
            word.capital = u_isupper(static_cast<UChar32>(first));
            word.all_caps = word.capital;
            append_folded(folded_, text.substr(begin, at - begin), first);
            while (at < text.size()) {
                std::size_t next = at;
                const char32_t c = next_code_point(text, next);
                const bool apostrophe = (c == '\'' || c == 0x2019) && next < text.size() && u_isalpha(static_cast<UChar32>(text[next]));
                if (!u_isalpha(static_cast<UChar32>(c)) && !apostrophe && !(c >= 0x300 && c < 0x370)) break;
                word.all_caps = word.all_caps && (apostrophe || u_isupper(static_cast<UChar32>(c)));
                append_folded(folded_, text.substr(at, next - at), c);
                at = next;
            }
            renew_tone(folded_, begin);
        } else if (first < 0x80 && is_digit(static_cast<char>(first))) {
            word.kind = WordKind::Number;
            at = number_end(text, begin);
            folded_.append(text.substr(begin, at - begin));
        } else {
            word.kind = WordKind::Mark;
            folded_.append(text.substr(begin, at - begin));
        }
        word.end = static_cast<std::uint32_t>(at);
        words_.push_back(word);
    }
    const Vocabulary& known = vocabulary();
    for (std::size_t i = 0; i < words_.size(); ++i)
        if (words_[i].kind != WordKind::Number || words_[i].end - words_[i].begin <= 2) words_[i].id = known.id(folded(i));
}

std::string_view Text::folded(std::size_t word) const {
    const Word& w = words_[word];
    const std::string_view bytes = std::string_view(folded_).substr(w.begin, w.end - w.begin);
    if (w.kind == WordKind::Mark && bytes.size() > 1) {
        std::size_t at = 0;
        switch (dash_or_quote(next_code_point(bytes, at))) {
            case '-': return "-";
            case '"': return "\"";
            case '\'': return "'";
            default: break;
        }
    }
    return bytes;
}

std::string Text::printed(std::size_t first, std::size_t last) const {
    if (first >= last || first >= words_.size()) return {};
    last = std::min(last, words_.size());
    return without_stops(std::string_view(printed_).substr(words_[first].begin, words_[last - 1].end - words_[first].begin));
}

bool Text::is_one_of(std::size_t word, std::initializer_list<std::string_view> folded_words) const {
    return word < words_.size() && std::find(folded_words.begin(), folded_words.end(), folded(word)) != folded_words.end();
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
    for (auto& [first, phrases] : by_first_)
        std::stable_sort(phrases.begin(), phrases.end(),
                         [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
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
    Phrase added;
    added.key = key;
    for (std::size_t i = 0; i < text.size(); ++i) added.words.push_back(vocabulary().add(text.folded(i)));
    by_first_[added.words.front()].push_back(std::move(added));
}

Phrases::Match Phrases::at(const Text& text, std::size_t word, std::size_t end) const {
    if (word >= end || text[word].id == 0) return {};
    const auto found = by_first_.find(text[word].id);
    if (found == by_first_.end()) return {};
    for (const auto& phrase : found->second) {
        if (word + phrase.words.size() > end) continue;
        bool fits = true;
        for (std::size_t i = 1; i < phrase.words.size() && fits; ++i) fits = text[word + i].id == phrase.words[i];
        if (fits) return {phrase.key, phrase.words.size()};
    }
    return {};
}

Phrases load_phrases(std::string_view name, std::span<const std::string_view> keys) {
    const auto* file = embedded_file("modules/plan/data/" + std::string(name) + ".txt");
    LOA_CHECK(file != nullptr);
    return Phrases(file->bytes, keys);
}

}  // namespace loa::plan
