#include "reading/targets.h"

#include <algorithm>
#include <array>

#include "reading/lexicon.h"

namespace loa::plan {

namespace {

// A slogan, a clause or a rate is not longer than this many words; it keeps the work linear.
constexpr std::size_t kNear = 40;

bool is_clause_mark(const Text& text, std::size_t at) { return text.is_one_of(at, {",", ";", ".", ":", "("}); }

std::optional<Period> period_at(const Text& text, std::size_t at, std::size_t end) {
    static constexpr std::array<std::pair<TimeWord, Period>, 5> kPeriods{{{TimeWord::Day, Period::Day},
                                                                          {TimeWord::Week, Period::Week},
                                                                          {TimeWord::Month, Period::Month},
                                                                          {TimeWord::Quarter, Period::Quarter},
                                                                          {TimeWord::Year, Period::Year}}};
    const auto word = lexicon().time_words.at(text, at, end);
    for (const auto& [key, period] : kPeriods)
        if (is(word, key)) return period;
    return std::nullopt;
}

/// "tháng", "6 tháng", "ba tháng": a period and the words it takes.
struct PeriodWords {
    std::optional<Period> period;
    std::size_t words = 0;
};
PeriodWords periods_at(const Text& text, std::size_t at, std::size_t end) {
    if (const auto one = period_at(text, at, end)) return {one, lexicon().time_words.at(text, at, end).words};
    if (at + 1 >= end || !text.is(at + 1, "tháng")) return {};
    if (text.integer(at) == 6 || text.is(at, "sáu")) return {Period::HalfYear, 2};
    if (text.integer(at) == 3 || text.is(at, "ba")) return {Period::Quarter, 2};
    return {};
}

/// "20 nghìn tờ rơi", "1,5 triệu lượt": a word that multiplies, unless money is counted.
double times(const Text& text, std::size_t at, std::size_t end) {
    static constexpr std::array<std::pair<std::string_view, double>, 4> kTimes{{{"nghìn", 1e3}, {"ngàn", 1e3}, {"vạn", 1e4}, {"triệu", 1e6}}};
    if (at + 1 >= end || !text.is_letters(at + 1) || text.is_one_of(at + 1, {"đồng", "đ", "vnđ", "usd"})) return 1;
    for (const auto& [word, value] : kTimes)
        if (text.is(at, word)) return value;
    return 1;
}

class TargetGrammar {
  public:
    TargetGrammar(const Text& text, std::size_t first, std::size_t last) : text_(text), first_(first), last_(last) {}

    std::vector<FoundTarget> read() {
        bool quoted = false;
        for (std::size_t at = first_; at < last_; ++at) {
            if (text_.is(at, "\"")) quoted = !quoted;
            if (quoted && closes_later(at)) continue;
            if (!counts(at)) continue;
            if (auto found = target(at)) {
                at = std::max(at, found->words.last - 1);
                found_.push_back(*std::move(found));
            }
        }
        share_rates();
        return std::move(found_);
    }

  private:
    Phrases::Match word(std::size_t at) const { return lexicon().targets.at(text_, at, last_); }
    std::optional<Period> period(std::size_t at) const { return period_at(text_, at, last_); }
    bool closes_later(std::size_t at) const {
        for (std::size_t i = at + 1; i < std::min(last_, at + kNear); ++i)
            if (text_.is_quote(i)) return true;
        return false;
    }

    /// A number, or a number word behind "ít nhất", that may count something.
    bool counts(std::size_t at) const {
        if (!text_.is_number(at)) {
            const bool spelled = is(word(at), TargetWord::Spelled) && at > first_ && text_.is_one_of(at - 1, {"nhất", "thiểu"});
            return spelled && at + 1 < last_ && text_.is_letters(at + 1) && !is_uncounted(at + 1) && !text_.is(at + 1, "lần");
        }
        if (at > 0 && text_[at].glued && text_[at - 1].kind != WordKind::Mark) return false;  // "A4", "TCVN9001"
        const bool share = at > 1 && text_.is(at - 1, "/") && text_.is_letters(at - 2) && !text_[at - 2].all_caps && !period(at - 2);  // "02 lớp/90 học viên"
        if (at > 0 && text_[at].glued && text_.is_one_of(at - 1, {"/", "-", ".", ",", "+"}) && at > 1 && text_[at - 1].glued && !share) return false;
        if (range_end(at) > at) return is_amount(range_end(at)) && !is_name_number(at);
        return is_amount(at);
    }
    bool is_amount(std::size_t at) const {
        if (at + 1 < last_ && text_[at + 1].glued && text_.is_letters(at + 1)) return false;  // "5G", "2m"
        if (at + 2 < last_ && text_[at + 1].glued && text_.is_one_of(at + 1, {"/", "."}) && text_[at + 2].glued && text_.is_number(at + 2)) return false;
        if (at + 2 < last_ && text_[at + 1].glued && text_.is(at + 1, "/") && text_[at + 2].glued && text_[at + 2].capital) return false;
        if (at > first_ + 1 && text_.is(at - 1, "trên") && text_.is_number(at - 2)) return false;  // "4 trên 5 sao"
        if (is_percent(at)) return !(at > first_ && text_.is(at - 1, "so"));
        const std::size_t unit = unit_start(at);
        return unit < last_ && text_.is_letters(unit) && !is_uncounted(unit) && !is_name_number(at) && !starts_verb(unit);
    }
    /// Past the number in words of "05 (năm) lớp", and what multiplies it.
    std::size_t unit_start(std::size_t at) const {
        const bool in_words = at + 3 < last_ && text_.is(at + 1, "(") && text_.is_letters(at + 2) && text_.is(at + 3, ")");
        const std::size_t next = in_words ? at + 4 : at + 1;
        return times(text_, next, last_) > 1 ? next + 1 : next;
    }
    /// "3-5 tin", "từ 3 đến 5 tin", "95 - 100%": where the higher number stands; `at` if there is none. What is
    /// asked for is the lower one at least.
    std::size_t range_end(std::size_t at) const {
        const std::size_t link = at + (text_.is(at + 1, "%") ? 2 : 1);
        const bool to = text_.is(link, "-") || (text_.is(link, "đến") && at > first_ && text_.is(at - 1, "từ"));
        if (link + 1 >= last_ || !to || !text_.is_number(link + 1) || text_.value(link + 1) <= text_.value(at)) return at;
        const int year = text_.integer(link + 1);
        return year > 1990 && year < 2100 ? at : link + 1;
    }
    bool is_percent(std::size_t at) const { return text_.is(at + 1, "%") && at + 1 < last_; }
    bool is_uncounted(std::size_t at) const { return is(word(at), TargetWord::Uncounted) || period(at).has_value(); }
    bool starts_verb(std::size_t at) const {
        return text_.is_one_of(at, {"và", "đến", "của", "trên", "tại", "theo", "về", "là", "trong", "cho", "được", "hoặc", "không", "có"});
    }
    /// Where "mỗi tháng", "định kỳ 6 tháng" begins that ends in front of `end`; `end` if none does.
    std::size_t rate_start(std::size_t end) const {
        for (std::size_t words = 1; words <= 2 && first_ + words < end; ++words) {
            const auto found = periods_at(text_, end - words, end);
            if (!found.period || found.words != words) continue;
            for (std::size_t lead = 1; lead <= 2 && first_ + words + lead <= end; ++lead) {
                const std::size_t at = end - words - lead;
                const auto every = lexicon().time_words.at(text_, at, end - words);
                if (every.words != lead || text_.is(at, "các")) continue;
                if (is(every, TimeWord::Every) || (words == 2 && is(every, TimeWord::Periodic))) return at;
            }
        }
        return end;
    }
    /// "mức 2", "Đề án 06", "giai đoạn 2021".
    bool is_name_number(std::size_t at) const {
        const int number = text_.integer(at);
        if (number >= 1990 && number <= 2100 && !text_.is_letters(at + 1)) return true;
        for (std::size_t words = 1; words <= 3 && words <= at - first_; ++words) {
            const auto name = lexicon().targets.at(text_, at - words, at);
            if (is(name, TargetWord::BeforeName) && name.words == words && rate_start(at) < at) return false;  // "mỗi tháng 02 số"
            if (name.words != words) continue;
            if (is(name, TargetWord::BeforeName)) return true;
            if (is(name, TargetWord::BeforePlace) && !is_zero_padded(at)) return true;
        }
        return false;
    }
    bool is_zero_padded(std::size_t at) const { return text_.folded(at).starts_with('0'); }

    std::optional<FoundTarget> target(std::size_t at) {
        FoundTarget found;
        found.words = {at, at + 1};
        found.target.value = text_.is_number(at) ? text_.value(at) : spelled(at);
        if (!compare(at, found)) return std::nullopt;
        const std::size_t most = range_end(at);
        if (most > at && found.target.comparator == Comparator::Exactly) found.target.comparator = Comparator::AtLeast;
        unit(most, found);
        found.target.value *= times(text_, unit_start(most) - 1, last_);
        or_more(found);
        rate(found);
        if (is_turn(at, found)) return std::nullopt;
        found.target.text = text_.printed(found.words.first, found.words.last);
        return found;
    }
    double spelled(std::size_t at) const {
        static constexpr std::array<std::string_view, 10> kWords{"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"};
        const auto found = std::find(kWords.begin(), kWords.end(), text_.folded(at));
        return found == kWords.end() ? 0 : static_cast<double>(found - kWords.begin() + 1);
    }

    /// The comparator in front; false for "không quá 50", which is a limit and no aim.
    bool compare(std::size_t at, FoundTarget& found) {
        std::size_t begin = at;
        if (const auto sign = sign_in_front(begin)) {
            if (*sign == TargetWord::AtMost) return false;
            found.target.comparator = static_cast<Comparator>(comparator(static_cast<int>(*sign)));
        }
        while (begin > first_ && text_.is_one_of(begin - 1, {"đạt", "có", "được", "là", "thu", "hút"}) && at - begin < 2) --begin;
        if (const std::size_t start = rate_start(at); start < at) {  // "tối thiểu mỗi tháng 02 bài"
            found.target.per = periods_at(text_, start + lexicon().time_words.at(text_, start, at).words, at).period;
            found.words.first = begin = start;
        }
        bool increase = false, said = false;
        for (std::size_t round = 0; round < 2; ++round) {
            std::size_t longest = 0;
            Phrases::Match best;
            for (std::size_t words = 1; words <= 4 && words + first_ <= begin; ++words) {
                const auto match = lexicon().targets.at(text_, begin - words, begin);
                if (match.words == words && match.key <= static_cast<int>(TargetWord::AtMost)) {
                    longest = words;
                    best = match;
                }
            }
            if (longest == 0) break;
            if (is(best, TargetWord::AtMost)) return false;
            const bool from = longest == 1 && text_.is(begin - 1, "từ");
            if (!said && !from) {
                found.target.comparator = static_cast<Comparator>(comparator(best.key));
                said = true;
            }
            increase = increase || is(best, TargetWord::Increase);
            begin -= longest;
            found.words.first = begin;
            if (increase) break;
        }
        if (!increase && is_percent(at)) increase = raises(begin);
        if (increase) found.target.comparator = Comparator::Increase;
        return true;
    }
    /// "≥ 90%", ">= 90%", "> 90%"; `begin` is moved in front of it.
    std::optional<TargetWord> sign_in_front(std::size_t& begin) const {
        if (begin == first_) return std::nullopt;
        std::size_t at = begin - 1;
        const bool equal = text_.is(at, "=") && at > first_;
        if (equal) --at;
        std::optional<TargetWord> sign;
        if (text_.is(at, ">")) sign = equal ? TargetWord::AtLeast : TargetWord::MoreThan;
        if (text_.is(at, "<")) sign = TargetWord::AtMost;
        if (!equal && text_.is(at, "≥")) sign = TargetWord::AtLeast;
        if (!equal && text_.is(at, "≤")) sign = TargetWord::AtMost;
        if (sign) begin = at;
        return sign;
    }
    static int comparator(int key) {
        switch (static_cast<TargetWord>(key)) {
            case TargetWord::AtLeast: return static_cast<int>(Comparator::AtLeast);
            case TargetWord::MoreThan: return static_cast<int>(Comparator::MoreThan);
            case TargetWord::About: return static_cast<int>(Comparator::About);
            case TargetWord::Increase: return static_cast<int>(Comparator::Increase);
            default: return static_cast<int>(Comparator::Exactly);
        }
    }
    /// "20% so với năm 2023" behind "tăng số điểm …" in the same clause.
    bool raises(std::size_t at) const {
        bool compared = false;
        for (std::size_t i = at; i < std::min(last_, at + 12) && !text_.is_one_of(i, {";", "."}); ++i)
            compared = compared || (text_.is(i, "so") && text_.is(i + 1, "với"));
        if (!compared) return false;
        for (std::size_t i = at; i > first_ && at - i < kNear && !is_clause_mark(text_, i - 1); --i)
            if (text_.is_one_of(i - 1, {"tăng", "thêm"})) return true;
        return false;
    }

    void unit(std::size_t at, FoundTarget& found) {
        std::size_t next = unit_start(at);
        const std::size_t begin = next;
        if (is_percent(at)) {
            found.target.unit = std::string(1, '%');
            found.words.last = next + 1;
            return;
        }
        if (const auto list = word(next); is(list, TargetWord::List)) {
            next += list.words;
        } else {
            const std::size_t run = past_run_of_classes(next);
            next = std::max(next, run);
            for (std::size_t words = 0; run == begin && words < 2 && next < last_ && text_.is_letters(next); ++words) {
                if (words > 0 && ends_unit(next)) break;
                ++next;
                if (next + 1 < last_ && text_.is(next, "-") && text_[next].glued && text_.is_letters(next + 1)) next += 2;
            }
        }
        found.target.unit = text_.printed(begin, next);
        found.words.last = next;
    }
    /// "102 xã, phường, đặc khu", "05 phòng, ban, đơn vị": behind a run of bare nouns; `at` if none stands there.
    std::size_t past_run_of_classes(std::size_t at) const {
        std::size_t end = at;
        for (std::size_t next = at;;) {
            const auto one = lexicon().agency_classes.at(text_, next, last_);
            const bool named = !one || (next + one.words < last_ && text_.is_letters(next + one.words) && text_[next + one.words].capital);
            if (named) return end;
            if (next > at) end = next + one.words;
            next += one.words;
            if (!text_.is_one_of(next, {",", "và"})) return end;
            ++next;
        }
    }
    bool ends_unit(std::size_t at) const {
        if (is(word(at), TargetWord::OrMore) || is(lexicon().time_words.at(text_, at, last_), TimeWord::Every)) return true;
        if (ends_name(lexicon().agency_tails.at(text_, at, last_))) return true;
        return text_.is_one_of(at, {"khổ", "cỡ", "loại", "dành", "mới", "cấp", "có", "đạt", "so"});
    }

    void or_more(FoundTarget& found) {
        for (std::size_t i = found.words.last; i < std::min(last_, found.words.last + 8) && !is_clause_mark(text_, i); ++i) {
            if (!is(word(i), TargetWord::OrMore)) continue;
            if (found.target.comparator != Comparator::Increase) found.target.comparator = Comparator::AtLeast;  // "tăng từ 5% trở lên"
            if (i - found.words.last < 3) found.words.last = i + word(i).words;
            return;
        }
    }

    /// "/tháng", "mỗi tháng" behind it in the clause, or "Mỗi tháng có ít nhất …" in front of it.
    void rate(FoundTarget& found) {
        if (found.target.per) return;
        std::size_t i = found.words.last;
        for (; i < std::min(last_, found.words.last + kNear) && !is_clause_mark(text_, i) && !text_.is_number(i); ++i) {
            const bool slash = text_.is(i, "/") || (text_.is(i, "trong") && text_.is_one_of(i + 1, {"một", "mỗi"})) || text_.is(i, "một");
            const auto every = lexicon().time_words.at(text_, i, last_);
            if (!slash && !is(every, TimeWord::Every)) continue;
            std::size_t next = i + (slash ? 1 : every.words);
            while (text_.is_one_of(next, {"mỗi", "một", "1", "01"}) && next < last_) ++next;
            const auto every_one = periods_at(text_, next, last_);
            const std::size_t behind = next + every_one.words;
            if (!every_one.period || (text_.is_number(behind) && behind < last_)) continue;
            found.target.per = every_one.period;
            found.words.last = behind;
            return;
        }
        for (i = found.words.first; i > previous_end() && !text_.is_one_of(i - 1, {";", ".", ":"}); --i) {
            if (text_.is(i - 1, ",") && found.words.first - i > 3) break;
            const std::size_t start = rate_start(i);
            if (start == i || start < previous_end()) continue;
            found.target.per = periods_at(text_, start + lexicon().time_words.at(text_, start, i).words, i).period;
            found.words.first = start;
            return;
        }
    }
    /// "01 video, 01 infographic mỗi quý": a rate in words at the end of a bare list holds for all of it.
    void share_rates() {
        for (std::size_t i = found_.size(); i-- > 1;) {
            const FoundTarget& next = found_[i];
            FoundTarget& one = found_[i - 1];
            const std::size_t link = one.words.last;
            const bool listed = next.words.first == link + 1 && text_.is_one_of(link, {",", "và"}) && text_.is_number(next.words.first);
            const bool in_words = next.target.per && !text_.is(next.words.last - 2, "/");
            if (listed && in_words && !one.target.per && one.target.unit != "%") one.target.per = next.target.per;
        }
    }
    std::size_t previous_end() const { return found_.empty() ? first_ : found_.back().words.last; }

    /// "mỗi quý 01 lần": how often, not how much.
    bool is_turn(std::size_t at, const FoundTarget& found) const {
        return found.target.value == 1 && found.target.unit == "lần" && found.words.first < at &&
               found.target.comparator == Comparator::Exactly;
    }

    const Text& text_;
    std::size_t first_, last_;
    std::vector<FoundTarget> found_;
};

}  // namespace

std::vector<FoundTarget> read_targets(const Text& text, std::size_t first, std::size_t last) {
    return TargetGrammar(text, first, last).read();
}

}  // namespace loa::plan
