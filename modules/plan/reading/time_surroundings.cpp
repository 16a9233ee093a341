#include "reading/time_surroundings.h"

#include "reading/lexicon.h"

namespace loa::plan {

namespace {

// A document is named within this many words of its date; it keeps the work linear.
constexpr std::size_t kNear = 40;

}  // namespace

bool is_document_date(const Text& text, std::size_t begin, std::size_t at, std::size_t end) {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        const std::size_t i = at - back;
        const bool symbol = text.is_letters(i) && (text[i].all_caps || text.is(i, "ttg"));  // "12/SNV", "72/2025/QH15"
        if (symbol && i > 0 && text[i].glued && text.is_one_of(i - 1, {"/", "-"})) return true;
        if (text.is_one_of(i, {",", ";", "."})) return false;
    }
    return at > begin && is(lexicon().documents.at(text, begin, end), DocumentWord::Document);
}

bool names_document(const Text& text, std::size_t at, std::size_t end) {
    for (std::size_t i = at, words = 0; i > 0 && words < kNear && !text.is_one_of(i - 1, {",", ";", ".", ":"}); --i, ++words)
        if (is(lexicon().documents.at(text, i - 1, end), DocumentWord::Document)) return true;
    return at > 0 && text.is_one_of(at - 1, {"hướng", "nhìn"});
}

bool tells_of_document(const Text& text, std::size_t begin, std::size_t end) {
    constexpr std::size_t kMostWords = 5;
    // "ban hành trong quý I" and "công bố vào ngày …" are deadlines.
    if (!text.is_one_of(begin, {"ngày", "từ", "kể", "đến", "tới"})) return is(lexicon().time_words.at(text, begin, end), TimeWord::Dated);
    std::size_t behind = begin;
    while (behind > 0 && text.is_one_of(behind - 1, {"từ", "kể", "đến", "tới"})) --behind;
    for (std::size_t words = 1; words <= kMostWords && words <= behind; ++words) {
        const auto dated = lexicon().time_words.at(text, behind - words, end);
        if (is(dated, TimeWord::Dated) && behind - words + dated.words >= behind) return true;
    }
    return false;
}

bool in_brackets(const Text& text, std::size_t at) {
    for (std::size_t words = 0; at > 0 && words < kNear && !text.is(at - 1, ")"); --at, ++words)
        if (text.is(at - 1, "(")) return true;
    return false;
}

}  // namespace loa::plan
