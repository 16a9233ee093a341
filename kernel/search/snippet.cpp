#include "snippet.h"

#include <algorithm>
#include <set>

#include "loa/base/text.h"
#include "words.h"

namespace loa::search {

namespace {

constexpr std::size_t kWords = 30;
constexpr std::size_t kLead = 6;  // words shown before the first mark

struct Text {
    std::string_view bytes;
    std::vector<WordPlace> places;
    std::vector<std::string> folded;
    std::vector<std::string> toned;
};

Text read(std::string_view bytes) {
    Text text{bytes, word_places(bytes), {}, {}};
    for (const auto& place : text.places) {
        const auto word = bytes.substr(place.begin, place.end - place.begin);
        text.folded.push_back(fold(word));
        text.toned.push_back(fold_keeping_marks(word));
    }
    return text;
}

bool mark_phrase(const std::vector<std::string>& words, const std::vector<std::string>& wanted,
                 std::vector<bool>& marks) {
    bool found = false;
    if (wanted.empty()) return found;
    for (auto at = words.begin();; ++at) {
        at = std::search(at, words.end(), wanted.begin(), wanted.end());
        if (at == words.end()) return found;
        found = true;
        std::fill_n(marks.begin() + (at - words.begin()), wanted.size(), true);
    }
}

void mark_words(const Text& text, const std::vector<std::string>& wanted, std::vector<bool>& marks) {
    const std::set<std::string, std::less<>> set(wanted.begin(), wanted.end());
    bool found = false;
    for (std::size_t i = 0; i < text.folded.size(); ++i)
        if (set.contains(text.folded[i])) found = marks[i] = true;
    if (found || wanted.empty()) return;
    for (std::size_t i = 0; i < text.folded.size(); ++i)  // the last word was not finished
        if (text.folded[i].starts_with(wanted.back())) marks[i] = true;
}

std::vector<bool> marks_of(const Text& text, const Query& query) {
    std::vector<bool> marks(text.places.size(), false);
    for (const auto& unit : query.units)
        if (unit.quoted && !(unit.marked && mark_phrase(text.toned, unit.toned, marks)))
            mark_phrase(text.folded, unit.folded, marks);
    const auto loose = query.loose_folded();
    if (query.marked() && mark_phrase(text.toned, query.loose_toned(), marks)) return marks;
    if (!mark_phrase(text.folded, loose, marks)) mark_words(text, loose, marks);
    return marks;
}

/// The window with the most marks; of equal ones the first.
std::size_t best_start(const std::vector<bool>& marks) {
    std::size_t inside = 0, best = 0, start = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        inside += marks[i];
        if (i >= kWords) inside -= marks[i - kWords];
        if (inside > best) {
            best = inside;
            start = i >= kWords ? i + 1 - kWords : 0;
        }
    }
    if (best == 0) return 0;
    while (!marks[start]) ++start;
    return start > kLead ? start - kLead : 0;
}

}  // namespace

std::vector<SnippetPart> snippet(std::string_view bytes, const Query& query) {
    const auto text = read(bytes);
    std::vector<SnippetPart> parts;
    if (text.places.empty()) return parts;
    const auto marks = marks_of(text, query);
    const auto first = best_start(marks);
    const auto last = std::min(first + kWords, text.places.size());

    const auto add = [&](std::size_t begin, std::size_t end, bool marked) {
        if (begin == end) return;
        if (parts.empty() || parts.back().marked != marked) parts.push_back({"", marked});
        parts.back().text += bytes.substr(begin, end - begin);
    };
    std::size_t at = first == 0 ? 0 : text.places[first].begin;
    for (std::size_t i = first; i < last; ++i) {
        const bool joins = i > first && marks[i] && marks[i - 1];
        add(at, text.places[i].begin, joins);
        add(text.places[i].begin, text.places[i].end, marks[i]);
        at = text.places[i].end;
    }
    if (last == text.places.size()) add(at, bytes.size(), false);
    for (auto& part : parts) std::replace(part.text.begin(), part.text.end(), '\n', ' ');
    if (first > 0) parts.insert(parts.begin(), {"… ", false});
    if (last < text.places.size()) parts.push_back({" …", false});
    return parts;
}

}  // namespace loa::search
