#include "reading/lead_in.h"

#include "reading/calendar_words.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

/// "xuyên suốt giai đoạn 2025 - 2030": the years count, not how steadily.
bool spans_years(const Text& text, std::size_t at, std::size_t end) {
    const auto word = lexicon().time_words.at(text, at, end);
    return is(word, TimeWord::Continuous) && text.is_one_of(at, {"xuyên", "suốt", "quanh"}) &&
           (text.is(at + word.words, "giai") || text.integer(at + word.words) > 1990);
}

}  // namespace

LeadIn read_lead_in(const Text& text, std::size_t& at, std::size_t end) {
    LeadIn lead;
    for (std::size_t words = 0; at < end; at += words) {
        const auto word = lexicon().time_words.at(text, at, end);
        words = word.words;
        if (is(word, TimeWord::WholeYear) && text.is(at, "trong") && text.integer(at + words) > 1990) words = 1;  // "trong năm 2024"
        else if (is(word, TimeWord::Before) || is(word, TimeWord::Latest)) {
            lead.limit = true;
            lead.before = is(word, TimeWord::Before);
        } else if (is(word, TimeWord::Until)) lead.until = true;
        else if (is(word, TimeWord::From) && text.is(at + words, "nay")) ++words;  // "từ nay đến …": open
        else if (is(word, TimeWord::From)) lead.from = true;
        else if (is(word, TimeWord::To) && !text.is(at, "-")) lead.until = true;
        else if (!is(word, TimeWord::In) && !is(word, TimeWord::Finish) && !spans_years(text, at, end)) break;
        lead.led = true;
    }
    while (text.is(at, ":") || text.is(at, "là")) ++at;
    if (lead.led && text.is_one_of(at, {"đầu", "giữa", "cuối"}) && text.is_one_of(at + 1, {"tháng", "quý", "quí"})) ++at;
    if (lead.led) at = past_clock(text, at, end);
    return lead;
}

}  // namespace loa::plan
