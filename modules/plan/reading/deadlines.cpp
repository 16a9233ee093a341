#include "reading/deadlines.h"

#include <algorithm>

#include "loa/base/text.h"
#include "reading/time_grammar.h"

namespace loa::plan {

namespace {

bool is_taken(const std::vector<Span>& taken, std::size_t word) {
    const auto behind = std::upper_bound(taken.begin(), taken.end(), word, [](std::size_t at, Span span) { return at < span.first; });
    return behind != taken.begin() && word < std::prev(behind)->last;
}

/// The name of a programme in quotes is no deadline.
std::size_t past_quotes(const Text& text, std::size_t at, std::size_t last) {
    std::size_t close = at + 1;
    while (close < last && !text.is_quote(close)) ++close;
    return close < last ? close + 1 : at + 1;
}

std::optional<FoundTime> in_sentence(const Text& text, std::size_t first, std::size_t last, std::optional<int> year, const std::vector<Span>& taken) {
    for (std::size_t at = first; at < last;) {
        if (is_taken(taken, at)) {
            ++at;
            continue;
        }
        if (text.is_quote(at)) {
            at = past_quotes(text, at, last);
            continue;
        }
        auto found = read_time(text, at, last, year, TimeContext::Sentence);
        if (found && !is_taken(taken, found->last - 1)) return found;
        at = found ? std::max(found->last, at + 1) : at + 1;
    }
    return std::nullopt;
}

bool is_stretch(const Deadline& deadline) { return deadline.kind == DeadlineKind::Window && deadline.from && deadline.to; }
bool is_limit(const Deadline& deadline) {
    return deadline.kind == DeadlineKind::Fixed || (deadline.kind == DeadlineKind::Window && !deadline.from);
}

/// "(đợt 1), ", "; đợt 2: ": nothing but what numbers the stretches of one work.
bool joins_turns(const Text& text, std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last; ++at)
        if (text.is_letters(at) && !text.is_one_of(at, {"và", "đợt", "lần", "kỳ", "giai", "đoạn", "bước", "i", "ii", "iii"})) return false;
    return true;
}

/// Under a label: the first time counts, but what comes again rules over a month ("Tháng 6, tháng 12 hằng năm"), a
/// limit over the event in front of it ("Sau khi ban hành, chậm nhất 31/3"), and turns of one work are one stretch.
std::optional<FoundTime> under_label(const Text& text, std::size_t first, std::size_t last, std::optional<int> year, const std::vector<Span>& taken) {
    std::optional<FoundTime> best;
    for (std::size_t at = first; at < last;) {
        if (is_taken(taken, at)) {
            ++at;
            continue;
        }
        auto found = read_time(text, at, last, year, TimeContext::Label);
        if (!found && !best) found = read_undated_time(text, at, last);
        if (!found) {
            ++at;
            continue;
        }
        at = std::max(found->last, at + 1);
        if (is_taken(taken, found->last - 1)) continue;
        if (!best && found->deadline.kind == DeadlineKind::Relative) {
            auto limit = in_sentence(text, found->first + 1, last, year, taken);
            return limit && is_limit(limit->deadline) ? limit : found;
        }
        const bool comes_again = best && found->deadline.kind == DeadlineKind::Recurring && best->deadline.kind == DeadlineKind::Window;
        const bool next_turn = best && is_stretch(best->deadline) && is_stretch(found->deadline) && joins_turns(text, best->last, found->first);
        if (!best || comes_again) {
            best = std::move(found);
        } else if (next_turn) {
            best->deadline.to = std::max(best->deadline.to, found->deadline.to);
            best->last = found->last;
        }
    }
    return best;
}

}  // namespace

std::optional<Deadline> read_deadline(const Text& text, std::size_t first, std::size_t last, std::optional<int> year,
                                      TimeContext context, const std::vector<Span>& taken) {
    if (holds_impossible_date(text, first, last)) return std::nullopt;
    const bool label = context == TimeContext::Label;
    auto found = label ? under_label(text, first, last, year, taken) : in_sentence(text, first, last, year, taken);
    if (!found) return std::nullopt;
    Deadline deadline = std::move(found->deadline);
    deadline.text = label ? text.printed(first, last) : text.printed(found->first, found->last);
    return deadline;
}

}  // namespace loa::plan
