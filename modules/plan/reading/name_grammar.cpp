#include "reading/name_grammar.h"

#include <algorithm>

#include "reading/lexicon.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostUnknownWords = 6;

/// One name being read from left to right.
class NameGrammar {
  public:
    NameGrammar(const Text& text, std::size_t end, NameContext context) : text_(text), end_(end), context_(context) {}

    std::size_t read(std::size_t at, std::size_t known_words) {
        at_ = at;
        if (known_words > 0) {
            at_ += known_words;
            known_ = true;
            known_end_ = at_;
            if (ends_in_territory()) read_more_territories();
            while (at_ < end_ && read_tail()) {}
            return at_;
        }
        if (read_person()) {
            if (!names_post()) return at_;
            ++at_;
        }
        auto start = start_at(at_);
        if ((!start && !class_at(at_)) || is(start, NameStart::None)) return at;
        people_ = is(start, NameStart::People);
        if (people_ && context_ == NameContext::Sentence) return at;
        if (is(start, NameStart::Position)) {
            at_ += start.words;
            position_ = true;
            start = start_at(at_);
            if (const auto known = lexicon().agency_names.at(text_, at_, end_)) {
                at_ += known.words;
                known_ = true;
                known_end_ = at_;
                start = {};
            } else if (is(start, NameStart::None)) {
                start = {};
            }
        }
        if (position_ && ends_in_territory()) {  // "Trưởng ấp, khóm"
            const std::size_t before = at_;
            read_more_territories();
            if (at_ > before) return at_;
        }
        if (is(start, NameStart::Plural)) {
            if (!read_plural(start.words)) return position_ ? at_ : at;
            return at_;
        }
        const bool by_work = is_named_by_work(at_);
        numbered_ = is(class_at(at_), NameClass::Team);
        if (!known_ && class_at(at_) && !by_work && !is_capital_body(at_) && !is_bare_body(at_)) {
            if (!position_ && context_ == NameContext::Sentence && !starts_class_run()) return at;
            read_class_run();
            return at_;
        }
        if (start) {
            if (!position_ && !is_body_here(start)) return at;
            if (is(start, NameStart::Position)) return at_ += start.words;
            at_ += start.words;
            if (by_work) take(tail().words);
        }
        while (at_ < end_ && read_tail()) {}
        return at_;
    }

  private:
    Phrases::Match tail() const { return lexicon().agency_tails.at(text_, at_, end_); }
    Phrases::Match start_at(std::size_t at) const { return lexicon().agency_starts.at(text_, at, end_); }
    Phrases::Match class_at(std::size_t at) const { return lexicon().agency_classes.at(text_, at, end_); }

    /// "Đồng chí Nguyễn Văn An", "Đ/c Lê Thị Bình": passes the title and the name.
    bool read_person() {
        std::size_t next = at_;
        if (text_.is(next, "đồng") && text_.is(next + 1, "chí")) next += 2;
        else if (text_.is(next, "đ") && text_.is(next + 1, "/") && text_.is(next + 2, "c")) next += 3;
        else if (text_.is_one_of(next, {"ông", "bà"})) ++next;
        else return false;
        std::size_t name = next;
        while (name < end_ && text_.is_letters(name) && text_[name].capital && !start_at(name)) ++name;
        if (name < next + 2) return false;
        at_ = name;
        return true;
    }
    /// ", Phó Chủ tịch UBND xã" behind a person: the post belongs to the name.
    bool names_post() const {
        if (at_ + 1 >= end_ || !text_.is_one_of(at_, {",", "-"})) return false;
        return is(start_at(at_ + 1), NameStart::Position) || (text_.is(at_ + 1, "công") && text_.is(at_ + 2, "chức"));
    }

    /// "Sở", "Ban" in capitals, followed by the rest of a name; "ubnd" in whatever case.
    bool is_capital_body(std::size_t at) const {
        const auto start = start_at(at);
        const std::size_t next = at + std::max<std::size_t>(start.words, 1);
        // "Công an xã", and "công chức Tư pháp - Hộ tịch"; not "các sở".
        const bool named = text_[at].capital || (start.words > 1 && next < end_ && text_[next].capital && !text_[next].all_caps);
        return named && next < end_ && text_.is_letters(next) && (text_[next].capital || is_inner(next)) &&
               (text_[next].capital || !ends_name(lexicon().agency_tails.at(text_, next, end_)));
    }
    /// "Đoàn xã", "Trạm Y tế": a noun that also stands under "các", here the name of one body.
    bool is_bare_body(std::size_t at) const {
        const auto start = start_at(at);
        if (!text_[at].capital || !is(start, NameStart::Office)) return false;
        const std::size_t next = at + start.words;
        if (next < end_ && is(lexicon().agency_tails.at(text_, next, end_), NameTail::Territory)) return true;
        const auto plural = start_at(next);  // "Đảng ủy các cơ quan Đảng tỉnh"
        if (is(plural, NameStart::Plural) && class_at(next + plural.words)) return true;
        for (std::size_t i = at + 1; i < next; ++i)
            if (text_[i].capital) return true;
        // "Công đoàn cơ sở, Chi đoàn": capitals inside a sentence are of a name.
        return start.words > 1 && at > 0 && !text_.is_one_of(at - 1, {".", ":", "-", "+"});
    }
    /// "Tổ kiểm tra công vụ", "Bộ phận hỗ trợ công dân": the work makes the name of those who are no body without it.
    bool is_named_by_work(std::size_t at) const {
        const auto team = class_at(at);
        if (!is(team, NameClass::Team) || (context_ == NameContext::Sentence && !text_[at].capital)) return false;
        return is(lexicon().agency_tails.at(text_, at + team.words, end_), NameTail::Work);
    }
    bool is_inner(std::size_t at) const { return is(lexicon().agency_tails.at(text_, at, end_), NameTail::Inner); }

    /// A single small word such as "ban", "hội" or "tổ" begins no name inside a sentence.
    bool is_body_here(const Phrases::Match& start) const {
        if (text_[at_].capital || start.words > 1) return true;
        return context_ == NameContext::Field || text_.folded(at_) == "ubnd";
    }
    bool starts_class_run() const {
        const std::size_t next = at_ + class_at(at_).words;
        return text_[at_].capital && (next >= end_ || text_.is(next, ",") || is(lexicon().agency_tails.at(text_, next, end_), NameTail::Modifier));
    }

    /// "các sở, ban, ngành", "các xã, phường", "các ngân hàng thương mại trên địa bàn".
    bool read_plural(std::size_t words) {
        const std::size_t begin = at_;
        at_ += words;
        const auto start = start_at(at_);
        const bool territory = is(tail(), NameTail::Territory);
        const bool body = is(start, NameStart::Office) && (!class_at(at_) || is_capital_body(at_));
        if (body || is(start, NameStart::Position)) {
            at_ += start.words;
            if (text_.is_one_of(at_, {"các"})) return read_plural(1) || true;
            while (at_ < end_ && read_tail()) {}
            continue_run();
            return true;
        }
        if (!class_at(at_) && !territory) {
            at_ = begin;
            return false;
        }
        read_class_run();
        return true;
    }

    /// Bare nouns joined by commas and "và"; the last may be narrowed, after which the run is over.
    void read_class_run() {
        run_ = true;
        for (;;) {
            const auto noun = class_at(at_) ? class_at(at_) : is(start_at(at_), NameStart::Office) ? start_at(at_) : tail();
            if (!noun) return;
            at_ += noun.words;
            const std::size_t bare_end = at_;
            while (at_ < end_ && !text_.is_one_of(at_, {",", "và"}) && read_tail()) {}
            read_more_fields();
            const bool kinds = at_ > bare_end && class_at(bare_end) && class_at(at_ + 1);  // "các trường Tiểu học, THCS"
            if ((at_ > bare_end && !kinds) || !run_goes_on()) return;
            ++at_;
        }
    }
    /// "các cơ quan báo chí, phát thanh, truyền hình", "các cơ sở giáo dục, y tế": fields of one class.
    void read_more_fields() {
        while (at_ + 1 < end_ && text_.is_one_of(at_, {",", "và"}) && ends_inner() && is_inner(at_ + 1) && !text_[at_ + 1].capital) {
            const std::size_t next = at_ + 1 + lexicon().agency_tails.at(text_, at_ + 1, end_).words;
            const bool over = next >= end_ || !text_.is_letters(next) || text_.is(next, "và") || lexicon().agency_tails.at(text_, next, end_);
            if (!over || (class_at(at_ + 1) && !start_at(at_ + 1))) return;
            at_ = next;
        }
    }
    void continue_run() {
        if (run_goes_on() && text_[at_ - 1].capital == false) {
            ++at_;
            read_class_run();
        }
    }
    bool run_goes_on() const {
        if (at_ + 1 >= end_ || !text_.is_one_of(at_, {",", "và"})) return false;
        const std::size_t next = at_ + 1;
        const auto territory = lexicon().agency_tails.at(text_, next, end_);
        if (!class_at(next) && !is(territory, NameTail::Territory)) return false;
        return (!is_capital_body(next) && !is_bare_body(next)) || text_[next].all_caps;
    }

    bool read_tail() {
        const Word& word = text_[at_];
        if (word.kind == WordKind::Number) return read_number();
        if (word.kind == WordKind::Mark) return read_mark();
        if (text_.is(at_, "v") && text_.is(at_ + 1, "/") && text_.is(at_ + 2, "v")) return false;  // "Sở Nội vụ V/v …"
        const auto found = tail();
        if (is(found, NameTail::Territory) && !(text_.is_one_of(at_, {"cơ"}) && !known_)) return read_territory(found.words);
        if (is(found, NameTail::Modifier)) return (run_ || !text_.is(at_, "được")) && read_modifier(found.words);
        if (is(start_at(at_), NameStart::Plural)) return read_plural_tail();
        if (is(start_at(at_), NameStart::Position) && !word.capital) return false;  // "Đảng ủy UBND tỉnh lãnh đạo Sở Nội vụ"
        const bool proper = word.capital && (!word.all_caps || is_caps_text());
        const bool is_and = text_.is(at_, "và");
        if (is_and) return read_and();
        if (ends_name(found) && !(proper && !is_caps_text())) return position_ && says_charge();
        if (is(found, NameTail::Inner)) return take(found.words);
        if (word.capital) return take(found ? found.words : 1);
        // "Trường Đại học Nội vụ Hà Nội": a capital behind a full name begins a word of two syllables.
        if (known_ && context_ == NameContext::Sentence && !(at_ > known_end_ && text_[at_ - 1].capital)) return false;
        if (unknown_ >= kMostUnknownWords) return false;
        ++unknown_;
        return take(1);
    }

    /// "Phó Hiệu trưởng phụ trách chuyên môn": what a post is in charge of belongs to it; in a sentence only where
    /// another verb or name follows, else it is all that the post does.
    bool says_charge() {
        if (!text_.is(at_, "phụ") || at_ + 2 >= end_ || !text_.is_letters(at_ + 2)) return false;
        std::size_t next = at_ + 2;
        const std::size_t most = std::min(end_, next + kMostUnknownWords);
        while (next < most && text_.is_letters(next) && !is_separator(text_, next) && !is_stop(next)) ++next;
        if (next == at_ + 2 || (context_ == NameContext::Sentence && !is_stop(next) && !begins_name_behind(next))) return false;
        at_ = next;
        return false;
    }
    bool is_stop(std::size_t at) const { return is(lexicon().agency_tails.at(text_, at, end_), NameTail::Stop); }
    bool begins_name_behind(std::size_t at) const {
        return at + 1 < end_ && is_separator(text_, at) && is(start_at(at + 1), NameStart::Office) && text_[at + 1].capital;
    }

    bool take(std::size_t words) {
        at_ += words;
        numbered_ = false;
        return true;
    }

    bool read_number() {
        // "Phường 5", "khu phố 3", "Thuế cơ sở 2", "Trường THPT Hồng Ngự 1" – but not what is counted: "UBND xã 02 lớp".
        if (text_.integer(at_) < 0) return false;
        const auto counted = lexicon().agency_tails.at(text_, at_ + 1, end_);
        if (is(counted, NameTail::Territory) && text_.is_one_of(at_ - 1, {"ubnd", "dân"})) {  // "UBND 12 xã, phường"
            ++at_;
            return read_territory(counted.words, Places::Many);
        }
        const bool last_of_name = context_ == NameContext::Field && text_[at_ - 1].capital && (at_ + 1 >= end_ || is_separator(text_, at_ + 1));
        if ((!after_territory_ && !last_of_name && !numbered_) || text_.folded(at_).starts_with("0")) return false;
        after_territory_ = numbered_ = false;
        return take(1);
    }

    bool read_mark() {
        if (at_ + 1 >= end_ || !text_.is_letters(at_ + 1)) return false;
        const Word& next = text_[at_ + 1];
        if (text_.is(at_, "&")) return take(2);
        if (text_.is(at_, "-")) {
            if (next.glued && text_[at_].glued) return take(2);
            const bool starts = is(start_at(at_ + 1), NameStart::Office) && !is_inner(at_ + 1);
            return next.capital && !starts && take(2);
        }
        if (text_.is(at_, ".")) return at_ > 0 && text_.is_one_of(at_ - 1, {"tp", "tx", "tt", "p", "q"}) && take(1);
        if (text_.is(at_, ",")) return (joins_fields(at_ + 1) || belongs_to_office(at_ + 1)) && take(2);
        return false;
    }

    /// In a field: "Phòng Tổ chức, Quản trị", "Trung tâm Điều phối, giám sát thông minh". What begins like no body, no
    /// verb and no proper name behind a comma or "và" is a field of the office in front.
    bool belongs_to_office(std::size_t at) const {
        if (context_ != NameContext::Field || position_ || known_ || territory_ || run_ || is_caps_text()) return false;
        if (at >= end_ || !text_.is_letters(at) || text_[at].all_caps || lexicon().agency_names.at(text_, at, end_)) return false;
        const auto found = lexicon().agency_tails.at(text_, at, end_);
        const auto start = start_at(at);
        const auto noun = class_at(at);
        const bool looks = is(start, NameStart::None) && start.words > noun.words;  // "báo chí" is not "báo"
        if (((start || noun) && !looks) || is(found, NameTail::Stop) || is(found, NameTail::Territory) || lexicon().cues.at(text_, at, end_)) return false;
        if (text_.is_one_of(at, {"ông", "bà", "đồng", "đ", "người"})) return false;
        const bool proper = text_[at].capital && at + 1 < end_ && text_.is_letters(at + 1) && text_[at + 1].capital;
        return !proper || is_inner(at);
    }

    /// "Văn hóa, Thể thao và Du lịch": after a comma, one capitalised field and then "và" with the last.
    bool joins_fields(std::size_t at) const {
        if (position_ || known_ || territory_ || !text_[at].capital || start_at(at) || is_caps_text()) return false;
        for (std::size_t i = at + 1; i < std::min(end_, at + 6); ++i) {
            if (text_.is(i, "và")) return i + 1 < end_ && text_[i + 1].capital && !start_at(i + 1);
            if (!text_.is_letters(i)) return false;
        }
        return false;
    }

    bool read_and() {
        if (at_ + 1 >= end_ || known_ || territory_) return false;
        const bool fields = is_inner(at_ + 1) && ends_inner();  // "… tiến bộ khoa học và công nghệ"
        const auto field = lexicon().agency_tails.at(text_, at_ + 1, end_);
        const std::size_t words = is(field, NameTail::Inner) ? 1 + field.words : 2;
        if (belongs_to_office(at_ + 1)) return take(words);
        if (!text_[at_ + 1].capital && !fields) return false;
        const auto start = start_at(at_ + 1);
        if (start && !is(start, NameStart::None)) return false;
        if (lexicon().agency_names.at(text_, at_ + 1, end_)) return false;
        return take(words);
    }

    enum class Places { One, Many };
    /// Whether the word in front of `at_` ends a field of offices: "khoa học", "nông thôn".
    bool ends_inner() const {
        for (std::size_t words = 1; words <= 3 && words <= at_; ++words)
            if (lexicon().agency_tails.at(text_, at_ - words, at_).words == words && is_inner(at_ - words)) return true;
        return false;
    }

    bool read_territory(std::size_t words, Places places = Places::One) {
        at_ += words;
        territory_ = after_territory_ = true;
        bool proper = false;
        for (; at_ < end_ && text_.is_letters(at_) && text_[at_].capital && !tail() && !(start_at(at_) && !is_caps_text() && !proper); ++at_)
            proper = true;
        if (proper) {
            after_territory_ = false;
            if (places == Places::Many && text_.is_one_of(at_, {",", "và"})) read_places(at_ + 1);
            return true;
        }
        read_more_territories();
        if (places == Places::Many) read_places(text_.is(at_, ":") ? at_ + 1 : at_);
        return true;
    }
    void read_more_territories() {
        after_territory_ = true;
        while (run_goes_on_in_territories()) {
            ++at_;
            at_ += tail().words;
        }
    }
    /// The words in front of `at_`: "Ban Nhân dân các ấp", "Thuế cơ sở".
    bool ends_in_territory() const {
        for (std::size_t words = 1; words <= 2 && words <= at_; ++words) {
            const auto found = lexicon().agency_tails.at(text_, at_ - words, at_);
            if (found.words == words && is(found, NameTail::Territory)) return true;
        }
        return false;
    }
    /// "các huyện: Tháp Mười, Lấp Vò và Tam Nông", "các xã Tân Hội, Bình Thạnh": all of it is one name.
    void read_places(std::size_t at) {
        while (at < end_) {
            std::size_t place = at;
            while (place < end_ && is_place_word(place) && !(place == at && start_at(place))) ++place;  // "Tân Hội", not "Hội …"
            if (place == at) return;
            at_ = place;
            if (!text_.is_one_of(at_, {",", "và"})) return;
            at = at_ + 1;
        }
    }
    bool is_place_word(std::size_t at) const {
        return text_.is_letters(at) && text_[at].capital && (!text_[at].all_caps || is_caps_text());
    }
    bool run_goes_on_in_territories() const {
        if (at_ + 1 >= end_ || !text_.is_one_of(at_, {",", "và", "/"})) return false;
        const auto next = lexicon().agency_tails.at(text_, at_ + 1, end_);
        if (!is(next, NameTail::Territory) || lexicon().agency_names.at(text_, at_ + 1, end_)) return false;  // "…, Huyện đoàn"
        const std::size_t after = at_ + 1 + next.words;
        return after >= end_ || !text_.is_letters(after) || !text_[after].capital || is_caps_text() || text_[after].all_caps;
    }

    bool read_plural_tail() {
        // "UBND các xã, phường", "Phòng Tư pháp các huyện, thành phố", "Thủ trưởng các sở, ban, ngành".
        const auto plural = start_at(at_);
        const std::size_t next = at_ + plural.words;
        const auto territory = lexicon().agency_tails.at(text_, next, end_);
        if (is(territory, NameTail::Territory)) {
            at_ = next;
            return read_territory(territory.words, Places::Many);
        }
        if (people_) return take(plural.words);  // "Giáo viên chủ nhiệm các lớp"
        const auto noun = class_at(next);
        if (!noun || (is(start_at(next), NameStart::None) && start_at(next).words > noun.words)) return false;
        if (!known_ && at_ > 0 && text_.is_one_of(at_ - 1, {"lý", "khối", "hiệp"})) {  // "Ban Quản lý các khu công nghiệp"
            at_ = next;
            return true;
        }
        if (!position_ && (territory_ || (unknown_ > 0 && context_ == NameContext::Sentence))) return false;
        at_ = next;
        read_class_run();
        return false;
    }

    bool read_modifier(std::size_t words) {
        const std::size_t begin = at_;
        at_ += words;
        territory_ = true;
        if (text_.is_one_of(begin, {"thuộc", "trực", "trên", "đóng", "hoạt", "thường"})) {
            const auto next = tail();
            if (is(next, NameTail::Territory)) return read_territory(next.words);
            const auto start = start_at(at_);
            const auto known = lexicon().agency_names.at(text_, at_, end_);
            if (known) at_ += known.words;
            else if (is(start, NameStart::Office)) at_ += start.words;
        }
        return true;
    }

    bool is_caps_text() const { return text_[0].all_caps && text_.size() > 1 && (text_[1].all_caps || !text_.is_letters(1)) && all_caps(); }
    bool all_caps() const {
        for (std::size_t i = 0; i < std::min<std::size_t>(text_.size(), 6); ++i)
            if (text_.is_letters(i) && !text_[i].all_caps) return false;
        return true;
    }

    const Text& text_;
    std::size_t end_;
    NameContext context_;
    std::size_t at_ = 0;
    std::size_t unknown_ = 0;
    bool known_ = false;      // a full name from the dictionary stands in front
    bool run_ = false;        // bare nouns: "các cơ quan được giao chủ trì"
    std::size_t known_end_ = 0;
    bool people_ = false;     // no body, only in a field
    bool numbered_ = false;   // "Tổ 5", "Hải đội 2"
    bool position_ = false;   // "Thủ trưởng …", "Chủ tịch …"
    bool territory_ = false;  // a level has been read: the field of the office is over
    bool after_territory_ = false;
};

}  // namespace

bool is_separator(const Text& text, std::size_t at) {
    const bool comrade = text.is(at, "/") && at > 0 && text.is(at - 1, "đ") && text.is(at + 1, "c");  // "Đ/c Nguyễn Văn A"
    return !comrade && text.is_one_of(at, {",", ";", "và", "/", "+", "•", "."});
}

std::size_t end_of_name(const Text& text, std::size_t at, std::size_t known_words, std::size_t end, NameContext context) {
    return NameGrammar(text, end, context).read(at, known_words);
}

}  // namespace loa::plan
