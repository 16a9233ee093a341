#include "reading/time_grammar.h"

#include <algorithm>

#include "reading/calendar_words.h"
#include "reading/lead_in.h"
#include "reading/time_surroundings.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

// What belongs together in a sentence stands within this many words; it keeps the work linear.
constexpr std::size_t kNear = 40;

class TimeGrammar {
  public:
    TimeGrammar(const Text& text, std::size_t end, std::optional<int> year, TimeContext context)
        : text_(text), end_(end), year_(year), label_(context == TimeContext::Label) {}

    std::optional<FoundTime> at(std::size_t at) {
        begin_ = at_ = at;
        if (const auto found = recurring_list()) return found;
        at_ = at;
        if (const auto found = within_days()) return found;
        at_ = at;
        return dated();
    }

    /// Under a label only: "Thường xuyên", "Theo hướng dẫn của …".
    std::optional<FoundTime> undated(std::size_t at) {
        begin_ = at_ = at;
        const auto word = time(at);
        if (is(word, TimeWord::Continuous)) return made(DeadlineKind::Continuous, at + word.words);
        if (is(word, TimeWord::Relative)) return made(DeadlineKind::Relative, clause_end(at));
        return std::nullopt;
    }

  private:
    Phrases::Match time(std::size_t at) const { return lexicon().time_words.at(text_, at, end_); }
    bool is_time(std::size_t at, TimeWord word) const { return is(time(at), word); }

    FoundTime made(DeadlineKind kind, std::size_t last) const {
        FoundTime found;
        found.deadline.kind = kind;
        found.first = begin_;
        found.last = last;
        return found;
    }

    std::size_t clause_end(std::size_t at) const {
        while (at < end_ && !text_.is_one_of(at, {";", "."}) && !(text_.is(at, ",") && !label_)) ++at;
        return at;
    }

    // --- what comes again -------------------------------------------------------------------------------

    /// "quý, 6 tháng, năm": the shortest of the list. A list needs two members unless `led`.
    std::optional<Period> periods(std::size_t& at, bool led, NumberBehind behind = NumberBehind::Name) const {
        std::optional<Period> shortest;
        std::size_t count = 0, last = at;
        for (std::size_t next = at;;) {
            const auto one = read_period(text_, next, end_, count == 0 ? behind : NumberBehind::Name);
            if (!one) break;
            shortest = shortest ? std::min(*shortest, *one) : *one;
            last = next;
            ++count;
            if (!text_.is_one_of(next, {",", "và", "hoặc", ";", "/"})) break;
            ++next;
            if (is_time(next, TimeWord::Every)) next += time(next).words;
        }
        const bool turns = last < end_ && (text_.is_one_of(last, {"một", "1", "01", "/"}) || (label_ && is_count(last))) && text_.is(last + 1, "lần");
        const bool half_a_year = label_ && shortest == Period::HalfYear;
        if (count == 0 || (!led && count < 2 && !turns && !half_a_year && !said_once(at, last))) return std::nullopt;
        at = last;
        return shortest;
    }

    /// "6 tháng một lần": read_period() has passed the words behind it.
    bool said_once(std::size_t first, std::size_t last) const { return last > first + 1 && text_.is(last - 1, "lần"); }

    std::optional<FoundTime> recurring_list() {
        std::size_t at = begin_;
        bool led = false;
        auto behind = NumberBehind::Name;
        while (is_time(at, TimeWord::Every) || is_time(at, TimeWord::Periodic)) {
            if (text_.is(at, "các")) break;
            const bool every = is_time(at, TimeWord::Every);
            at += time(at).words;
            // In a sentence "mỗi tháng 02 tin" is the rate of a target; "mỗi tháng 01 lần" is how often.
            const bool once = text_.integer(at + 1) == 1 && text_.is(at + 2, "lần");
            behind = every && (label_ || once) ? NumberBehind::Count : NumberBehind::Name;
            led = true;
        }
        // "Theo quý", "Định kỳ theo quý", but "Theo năm học" and "theo tháng hành động" are no rhythm.
        if (text_.is(at, "theo") && (label_ || led)) {
            std::size_t next = at + 1;
            if (read_period(text_, next, end_) && (next >= end_ || !text_.is_letters(next))) {
                ++at;
                led = true;
            }
        }
        const auto every = periods(at, led, behind);
        if (!every) return label_ ? rate(begin_) : std::nullopt;
        if (!led && !begins_with_part_of_year()) return std::nullopt;
        if (is_time(at, TimeWord::Onward)) return std::nullopt;
        if (text_.is_one_of(at, {"một", "1", "01", "/"}) && text_.is(at + 1, "lần")) at += 2;
        FoundTime found = made(DeadlineKind::Recurring, at);
        found.deadline.every = every;
        due_day_behind(found, at);
        return found;
    }
    /// Bare lists begin with a part of the year: "6 tháng, năm", not "ngày, tháng, năm sinh".
    bool begins_with_part_of_year() const { return text_.is_number(begin_) || text_.is_one_of(begin_, {"quý", "quí", "sáu", "tháng", "một"}); }
    bool is_count(std::size_t at) const { return text_.is_number(at) || text_.is_one_of(at, {"một", "hai", "ba", "bốn"}); }

    /// "Hằng tháng, trước ngày 25".
    void due_day_behind(FoundTime& found, std::size_t at) const {
        while (text_.is_one_of(at, {",", "(", "vào"}) && at < end_) ++at;
        if (is_time(at, TimeWord::Before) || is_time(at, TimeWord::Latest)) at += time(at).words;
        else if (!text_.is(at, "ngày")) at = limit_further_on(at, *found.deadline.every);
        if (!text_.is(at, "ngày") || at + 1 >= end_) return;
        const int day = text_.integer(at + 1);
        if (day < 1 || day > 31) return;
        found.deadline.due_day = day;
        found.last = at + 2;
        if (text_.is(at + 2, "/") && text_.integer(at + 3) >= 1 && text_.integer(at + 3) <= 12) {
            found.deadline.due_month = text_.integer(at + 3);
            found.last = at + 4;
        }
    }

    /// "Hằng năm, xây dựng kế hoạch, gửi về Sở Nội vụ trước ngày 15/02": the "ngày" of the same sentence.
    /// A year has a day and month of it, a shorter period a day alone.
    std::size_t limit_further_on(std::size_t at, Period every) const {
        const std::size_t far = std::min(end_, at + kNear);
        for (; at < far && !text_.is_one_of(at, {";", "."}); ++at) {
            if (!is_time(at, TimeWord::Before) && !is_time(at, TimeWord::Latest)) continue;
            const std::size_t day = at + time(at).words;
            const auto limit = read_date(text_, day, end_);
            const bool fits = limit && limit->date.day && !limit->date.year && every >= Period::Month &&
                              (every == Period::Year) == limit->date.month.has_value();
            return fits && !is_time(limit->end, TimeWord::Every) ? day : end_;
        }
        return end_;
    }

    /// In a column of times: "02 lần/năm", "01 lần mỗi quý".
    std::optional<FoundTime> rate(std::size_t at) const {
        if (!is_count(at) || !text_.is_one_of(at + 1, {"lần", "đợt", "kỳ", "số", "buổi", "cuộc"})) return std::nullopt;
        std::size_t next = at + 2;
        if (text_.is(next, "/") || text_.is(next, "trong")) ++next;
        if (is_time(next, TimeWord::Every)) next += time(next).words;
        if (text_.is_one_of(next, {"1", "01", "một"})) ++next;
        const auto every = read_period(text_, next, end_);
        if (!every) return std::nullopt;
        FoundTime found = made(DeadlineKind::Recurring, next);
        found.deadline.every = every;
        return found;
    }

    // --- after an event ---------------------------------------------------------------------------------

    /// "trong 05 ngày làm việc kể từ …", "chậm nhất 10 ngày sau khi …".
    std::optional<FoundTime> within_days() {
        std::size_t at = begin_;
        const auto lead = time(at);
        if (is(lead, TimeWord::In) || is(lead, TimeWord::Latest) || is(lead, TimeWord::Event) || is(lead, TimeWord::Before)) at += lead.words;
        else if (!text_.is_one_of(at, {"sau"})) return std::nullopt;
        // "Nhắc việc trước hạn 05 ngày" is five days before a deadline, not one.
        if (is(lead, TimeWord::Before) && (text_.is(at, "hạn") || text_.is(at, "thời"))) return std::nullopt;
        while (text_.is_one_of(at, {"vòng", "thời", "hạn", "gian", "là", "sau", "tối", "đa", "khoảng", "ít", "nhất"}) && at < end_) ++at;
        if (!text_.is_number(at) || at + 1 >= end_) return std::nullopt;
        ++at;
        if (text_.is(at, "(")) {
            while (at < end_ && !text_.is(at, ")")) ++at;
            ++at;
        }
        if (!text_.is_one_of(at, {"ngày", "tuần", "tháng", "giờ"}) || at >= end_) return std::nullopt;
        const bool part_of_year = text_.is(at, "tháng") && (text_.is_one_of(at + 1, {"đầu", "cuối", "năm"}) || text_.is_number(at + 1));
        const bool clock_time = text_.is(at, "giờ") && (is(lead, TimeWord::Before) || text_.is_one_of(past_clock(text_, at - 1, end_), {"ngày", "hằng", "hàng"}));
        if (part_of_year || clock_time) return std::nullopt;
        ++at;
        bool working = false;
        if (text_.is(at, "làm") && text_.is(at + 1, "việc")) {
            at += 2;
            working = true;
        }
        if (text_.is(at, ",")) ++at;
        const bool dates = text_.is(at, "từ") && (text_.is_one_of(at + 1, {"tháng", "quý", "quí"}) || text_.is_number(at + 1) || text_.is_number(at + 2));
        const bool event = !dates && (is_time(at, TimeWord::Event) || text_.is_one_of(at, {"sau", "kể", "tính", "từ", "trước"}));
        if (!event && !working && !label_) return std::nullopt;
        return made(DeadlineKind::Relative, event ? clause_end(at) : at);
    }

    // --- dates ------------------------------------------------------------------------------------------

    std::optional<FoundTime> dated() {
        std::size_t at = begin_;
        if (!label_ && tells_of_document(text_, begin_, end_)) return std::nullopt;
        const LeadIn lead = read_lead_in(text_, at, end_);
        if (at >= end_) return std::nullopt;
        if (auto found = day(at, lead)) return found;
        if (auto found = months(at, lead)) return found;
        if (label_ && is_time(begin_, TimeWord::WholeYear) && !text_.is_number(begin_ + time(begin_).words) && year_)
            return window({1, 12, year_, year_}, begin_ + time(begin_).words, false, false);
        return std::nullopt;
    }

    std::optional<Date> complete(const PartialDate& date) const {
        const auto year = date.year ? date.year : year_;
        if (!date.day || !date.month || !year) return std::nullopt;
        return Date::from(*year, *date.month, *date.day);
    }

    std::optional<FoundTime> day(std::size_t at, const LeadIn& lead) {
        const bool word = text_.is(at, "ngày");
        // "Tuần 2 tháng 6", "Đợt 1 tháng 4": the number belongs to the word in front; "Đợt 26/3/2026" is a day.
        const auto printed = word ? std::nullopt : read_date(text_, at, end_);
        const bool whole = printed && printed->date.year && text_.is(at + 1, "/");
        if (!word && !whole && at > 0 && text_.is_one_of(at - 1, {"tuần", "đợt", "thứ", "lần", "kỳ", "bước", "lượt", "khóa"})) return std::nullopt;
        const bool round_the_clock = !word && !lead.led && text_.integer(at) == 24 && text_.integer(at + 2) == 7;  // "24/7"
        if (round_the_clock || text_.is(at, "tháng") || is_document_date(text_, begin_, at, end_) || (!word && !lead.led && !label_)) return std::nullopt;
        if (!label_ && !lead.led && !follows_clause_start(at)) return std::nullopt;
        if (label_ || lead.from)
            if (const auto range = days_of_month(at)) return range;
        const auto first = read_date(text_, at, end_);
        if (!first || !first->date.day) return std::nullopt;
        if (!first->date.month) return day_of_period(*first, lead);
        std::size_t end = first->end;
        const std::size_t each_year = past_more_days(first->date, end);
        if (is_time(each_year, TimeWord::Every) && text_.is(each_year + time(each_year).words, "năm")) {
            FoundTime found = made(DeadlineKind::Recurring, each_year + time(each_year).words + 1);
            found.deadline.every = Period::Year;
            found.deadline.due_day = first->date.day;
            found.deadline.due_month = first->date.month;
            return found;
        }
        if (const auto last = range_end(end)) return day_range(first->date, *last);
        const auto date = complete(first->date);
        if (!date) return std::nullopt;
        if (lead.from && !lead.limit) {
            FoundTime found = made(DeadlineKind::Window, is_time(end, TimeWord::Onward) ? end + time(end).words : end);
            found.deadline.from = date;
            if ((found.deadline.to = read_end_of_months(text_, end, end_, *date))) found.last = end;
            return found;
        }
        FoundTime found = made(lead.until && !lead.limit ? DeadlineKind::Window : DeadlineKind::Fixed, end);
        found.deadline.to = date;
        return found;
    }

    /// "15/6 và trước ngày 15/12 hằng năm": behind the days that follow one without a year.
    std::size_t past_more_days(const PartialDate& first, std::size_t at) const {
        const std::size_t far = std::min(end_, at + kNear);
        while (!first.year && text_.is_one_of(at, {",", "và", ";"}) && at < far) {
            std::size_t next = at + 1;
            if (is_time(next, TimeWord::Before) || is_time(next, TimeWord::Latest)) next += time(next).words;
            const auto day = read_date(text_, next, end_);
            if (!day || !day->date.day || !day->date.month || day->date.year) break;
            at = day->end;
        }
        return at;
    }

    /// "từ 12 đến 18/5/2025", "01 - 15/8/2025"
    std::optional<FoundTime> days_of_month(std::size_t at) {
        const int day = text_.integer(at);
        if (day < 1 || day > 31) return std::nullopt;
        const auto last = range_end(at + 1);
        PartialDate first;
        first.day = day;
        return last ? day_range(first, *last) : std::nullopt;
    }

    bool follows_clause_start(std::size_t at) const {
        if (at == 0 || text_[at].capital) return at == 0;
        return !text_.is_one_of(at - 1, {"nhân", "niệm", "ứng", "mừng", "của", "một", "mỗi", "theo", "trong", "các", "nhiều"});
    }

    std::optional<PrintedDate> range_end(std::size_t at) const {
        if (!is_time(at, TimeWord::To) && !is_time(at, TimeWord::Until)) return std::nullopt;
        at += time(at).words;
        if (text_.is(at, "hết")) ++at;
        at = past_clock(text_, at, end_);
        const auto last = read_date(text_, at, end_);
        return last && last->date.day && last->date.month ? last : std::nullopt;
    }

    std::optional<FoundTime> day_range(PartialDate first, const PrintedDate& last) {
        if (!first.month) first.month = last.date.month;
        if (!first.year) first.year = last.date.year;
        const auto from = complete(first), to = complete(last.date);
        if (!from || !to || *from > *to) return std::nullopt;
        FoundTime found = made(DeadlineKind::Window, last.end);
        found.deadline.from = from;
        found.deadline.to = to;
        return found;
    }

    /// A day without a month: "ngày 25 hằng tháng", "ngày 05 của tháng đầu quý sau", "từ ngày 15 đến ngày 20/5".
    std::optional<FoundTime> day_of_period(const PrintedDate& first, const LeadIn& lead) {
        std::size_t at = first.end;
        if (const auto last = range_end(at)) return day_range(first.date, *last);
        if (lead.from) return std::nullopt;
        FoundTime found = made(DeadlineKind::Recurring, at);
        found.deadline.due_day = first.date.day;
        if (text_.is_one_of(at, {"của", ","})) ++at;
        if (const auto every = read_named_months(text_, at, end_)) {
            found.deadline.every = every;
        } else if (is_time(at, TimeWord::Every)) {
            at += time(at).words;
            found.deadline.every = periods(at, true);
        } else if (text_.is(at, "tháng")) {
            // "tháng đầu quý sau", "tháng cuối quý", "tháng sau", "tháng cuối mỗi quý"
            found.deadline.every = Period::Month;
            for (std::size_t i = at + 1; i < std::min(end_, at + 6); ++i) {
                if (text_.is_one_of(i, {",", ";", ".", "để"})) break;
                at = i;
                if (text_.is(i, "quý") || text_.is(i, "quí")) found.deadline.every = Period::Quarter;
                if (text_.is(i, "năm") && found.deadline.every == Period::Month) found.deadline.every = Period::Year;
                if (!text_.is_one_of(i, {"đầu", "tiên", "cuối", "sau", "quý", "quí", "của", "mỗi", "kế", "tiếp", "theo", "liền", "kề", "hằng", "hàng", "năm", "kỳ", "báo", "cáo"})) {
                    at = i - 1;
                    break;
                }
            }
            ++at;
        }
        if (!found.deadline.every) return std::nullopt;
        found.last = at;
        return found;
    }

    // --- months, quarters, years ------------------------------------------------------------------------

    std::optional<FoundTime> months(std::size_t at, const LeadIn& lead) {
        const bool until = lead.until || lead.limit;
        const std::size_t first = at;
        auto months = read_months(text_, at, end_);
        if (!months && until && names_this_year(at)) return window({1, 12, year_, year_}, at + 1, true, false);
        if (!months) return std::nullopt;
        if (!label_ && !lead.led && !stands_alone(first, at, *months)) return std::nullopt;
        if (!label_ && lead.led && !sentence_allows(first, *months, at, lead)) return std::nullopt;
        bool ranged = false;
        while (const auto next = read_more_months(text_, at, end_, first, *months, lead.from)) {
            ranged = true;
            months->last_month = next->last_month;
            months->last_year = next->last_year;
            if (!months->first_year && next->first_year && !months->whole_year)
                months->first_year = *next->first_year - (months->first_month > next->last_month ? 1 : 0);
        }
        if (is_time(at, TimeWord::Every) && text_.is(at + time(at).words, "năm") && !months->whole_year) {
            FoundTime found = made(DeadlineKind::Recurring, at + time(at).words + 1);
            found.deadline.every = Period::Year;
            return found;
        }
        const bool onward = is_time(at, TimeWord::Onward);
        if (onward) at += time(at).words;
        if (lead.before) return before(*months, at);  // "trước tháng 6": till the end of May
        return window(*months, at, until && !lead.from, onward || (lead.from && !ranged));
    }

    /// "đến hết năm": of the plan's year, but not "đến hết năm học".
    bool names_this_year(std::size_t at) const {
        return text_.is(at, "năm") && at < end_ && year_ && text_.integer(at + 1) < 0 && !text_.is_one_of(at + 1, {"học", "tài", "sau", "tới", "trước"});
    }

    std::optional<FoundTime> before(const Months& months, std::size_t last) const {
        const auto year = months.first_year ? months.first_year : year_;
        if (!year) return std::nullopt;
        const auto first = Date::from(*year, months.first_month, 1);
        FoundTime found = made(DeadlineKind::Window, last);
        found.deadline.to = first->plus_days(-1);
        return found;
    }

    /// In a sentence a bare year or month is a matter, not a deadline: "Kế hoạch năm 2024", "kết quả quý I".
    bool sentence_allows(std::size_t first, const Months& months, std::size_t last, const LeadIn& lead) const {
        if (!months.whole_year) return true;
        if (text_.is(last, "đến") && text_.is(last + 1, "nay")) return false;  // "từ năm 2021 đến nay"
        if (text_.is_number(first) && !lead.from) return false;
        if (!lead.from && year_ && *months.first_year < *year_) return false;  // what was done last year
        if ((lead.until || lead.limit) && !lead.from && text_.is(begin_, "đến") && !text_.is(begin_ + 1, "hết") && names_document(text_, begin_, end_)) return false;
        return !text_.is_one_of(begin_, {"dự", "thực"});
    }
    /// A time that is not over yet in front of its sentence ("Tháng 5/2025: tổ chức …", "Quý II, mở …"), or alone
    /// in brackets or a clause of them ("hội nghị (Sở Nội vụ chủ trì; quý I)").
    bool stands_alone(std::size_t first, std::size_t last, const Months& months) const {
        if (first != begin_ || (months.first_year && year_ && *months.first_year < *year_)) return false;
        const bool starts = (first == 0 || text_.is_one_of(first - 1, {".", ";"})) && text_[first].capital;
        if (starts && text_.is_one_of(last, {",", ":"})) return true;
        return !months.whole_year && in_brackets(text_, first) && text_.is_one_of(first - 1, {"(", ",", ";"}) && text_.is_one_of(last, {")", ",", ";"});
    }

    std::optional<FoundTime> window(Months months, std::size_t last, bool from_open, bool to_open) const {
        if (!months.last_year) months.last_year = year_;
        if (!months.first_year) months.first_year = months.last_year;
        if (!months.first_year || !months.last_year) return std::nullopt;
        const auto from = Date::from(*months.first_year, months.first_month, 1);
        const auto to = Date::from(*months.last_year, months.last_month, 1);
        if (!from || !to || *from > *to) return std::nullopt;
        FoundTime found = made(DeadlineKind::Window, last);
        if (!from_open) found.deadline.from = from;
        if (!to_open) found.deadline.to = to->last_of_month();
        return found;
    }

    const Text& text_;
    std::size_t end_;
    std::optional<int> year_;
    bool label_;
    std::size_t begin_ = 0, at_ = 0;
};

}  // namespace

std::optional<FoundTime> read_time(const Text& text, std::size_t at, std::size_t end, std::optional<int> year, TimeContext context) {
    return TimeGrammar(text, end, year, context).at(at);
}

std::optional<FoundTime> read_undated_time(const Text& text, std::size_t at, std::size_t end) {
    return TimeGrammar(text, end, std::nullopt, TimeContext::Label).undated(at);
}

}  // namespace loa::plan
