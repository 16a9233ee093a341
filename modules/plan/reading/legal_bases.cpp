#include "reading/legal_bases.h"

#include <algorithm>

#include "reading/agencies.h"
#include "reading/deadlines.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

Phrases::Match word_at(const Text& text, std::size_t at) { return lexicon().documents.at(text, at); }
bool is_kind(const Phrases::Match& match) { return is(match, DocumentWord::Document) || is(match, DocumentWord::Law); }

/// "số 76/NQ-CP", "72/2025/QH15", "01-NQ/TU": the word behind the number, `at` if there is none.
std::size_t number_end(const Text& text, std::size_t at) {
    if (text.is(at, "số")) ++at;
    if (!text.is_number(at)) return at;
    std::size_t end = at + 1;
    bool sign = false;
    for (; end < text.size() && (text[end].glued || (text.is(end, "/") && text.is_letters(end + 1))); ++end) {
        if (text.is_one_of(end, {",", ";", ".", ")"})) break;
        sign = sign || text.is_one_of(end, {"/", "-"});
    }
    return sign ? end : at;
}

/// Where the number of the document stands that begins at `kind`: right behind, or behind "số" after what narrows
/// the kind or names the issuer ("Thông báo kết luận số …", "Quyết định của Thủ tướng Chính phủ số …").
struct NumberPlace {
    std::size_t first = 0, last = 0;
    bool found() const { return last > first; }
};
NumberPlace number_of(const Text& text, std::size_t kind, std::size_t end) {
    constexpr std::size_t kMostWords = 10;
    const std::size_t behind = kind + word_at(text, kind).words;
    if (const std::size_t last = number_end(text, behind); last > behind) return {text.is(behind, "số") ? behind + 1 : behind, last};
    for (std::size_t at = behind; at < std::min(end, behind + kMostWords); ++at) {
        if (text.is_one_of(at, {",", ";", ".", "ngày"}) || is(word_at(text, at), DocumentWord::Subject)) break;
        if (!text.is(at, "số")) continue;
        if (const std::size_t last = number_end(text, at); last > at) return {at + 1, last};
    }
    return {};
}

struct Mention {
    std::size_t first = 0;  // the kind of document, or "số" where a list shares one kind
    std::size_t last = 0;   // where its clause ends
    std::size_t kind = 0;   // the kind of document
};

/// Finds where the documents of one paragraph begin.
class BasisReader {
  public:
    BasisReader(const Text& text, LineRange lines) : text_(text), lines_(lines) {}

    std::vector<ParsedLegalBasis> read() {
        if (!opens(0)) return {};
        find_mentions();
        std::vector<ParsedLegalBasis> bases;
        for (const Mention& mention : mentions_) bases.push_back(basis(mention));
        return bases;
    }

  private:
    bool opens(std::size_t at) const { return is(word_at(text_, at), DocumentWord::Opener); }

    void find_mentions() {
        bool awaited = true;  // a document may begin here
        bool quoting = false;  // inside the title of the last one another has been named
        std::size_t opinion = 0;  // "và ý kiến của X": the document that holds it may follow
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (is_next_of_list(at)) {
                begin(at, mentions_.back().kind);
                continue;
            }
            if (awaited_opinion(at)) opinion = at - 1;
            if (is_clause_end(at)) {
                close(at);
                opinion = 0;
                awaited = text_.is(at, ";") || opens(at + 1);
                quoting = false;
                continue;
            }
            const auto word = word_at(text_, at);
            if (is(word, DocumentWord::Opener) && awaited) {
                at += word.words - 1;
                continue;
            }
            if (is_kind(word)) {
                const bool joined = at > 0 && text_.is_one_of(at - 1, {"và", ","}) && !quoting && is_numbered(at, word);
                const bool at_place = at > 0 && text_.is(at - 1, "tại");
                if (open_ && opinion > 0 && at_place && is_numbered(at, word)) close(opinion);
                if (awaited || joined || (at_place && !open_)) {
                    listed_ = awaited && at > 0 && text_.is_one_of(at - 1, {"các", "những"});
                    opinion = 0;
                    begin(at, at);
                } else if (is_numbered(at, word) && text_.is_one_of(at - 1, {"của", "thực", "hiện", "đổi", "sung", "hành", "theo", "định", "và", "khai"})) {
                    quoting = true;
                }
                at += word.words - 1;
            }
            if (awaited && text_.is_letters(at) && !is_filler(at)) awaited = false;
        }
    }
    void begin(std::size_t at, std::size_t kind) {
        close(at);
        mentions_.push_back({at, text_.size(), kind});
        open_ = true;
    }
    /// "…, số 749/QĐ-TTg" behind "các Quyết định … số 06/QĐ-TTg": the next of a list that shares its kind.
    bool is_next_of_list(std::size_t at) const {
        if (!listed_ || !text_.is(at, "số") || number_end(text_, at) == at || !text_.is_one_of(at - 1, {",", ";", "và"})) return false;
        return number_of(text_, mentions_.back().first, at).found() || text_.is(mentions_.back().first, "số");
    }
    /// "… và ý kiến của Sở Nội vụ tại Công văn số …" behind a document that is named.
    bool awaited_opinion(std::size_t at) const {
        return open_ && at > 0 && text_.is_one_of(at - 1, {"và", ","}) &&
               ((text_.is(at, "ý") && text_.is(at + 1, "kiến")) || (text_.is(at, "đề") && text_.is(at + 1, "nghị")));
    }
    bool is_numbered(std::size_t at, const Phrases::Match& word) const {
        return number_of(text_, at, text_.size()).found() || (is(word, DocumentWord::Law) && text_[at].capital);
    }
    /// Words between the opener and the document: "Căn cứ vào các Kế hoạch", "Thực hiện ý kiến tại Công văn".
    bool is_filler(std::size_t at) const { return text_.is_one_of(at, {"các", "vào", "những", "tinh", "thần", "nội", "dung", "và"}); }

    bool is_clause_end(std::size_t at) const {
        if (text_.is(at, ";")) return true;
        if (text_.is(at, ".")) return at + 1 >= text_.size() || (text_[at + 1].capital && !text_[at + 1].glued);
        return text_.is(at, ",") && issues_plan(at + 1);
    }
    /// ", Ủy ban nhân dân tỉnh ban hành Kế hoạch …": the opening is over.
    bool issues_plan(std::size_t at) const {
        static const AgencyNames none;
        if (opens(at)) return true;
        const Span name = AgencyReader(none).name_at(text_, at, text_.size(), NameContext::Sentence);
        return !name.empty() && is(word_at(text_, name.last), DocumentWord::Issues);
    }
    void close(std::size_t at) {
        if (!mentions_.empty() && open_) mentions_.back().last = at;
        open_ = false;
    }

    ParsedLegalBasis basis(Mention mention) const {
        ParsedLegalBasis basis;
        basis.source = lines_;
        while (mention.last > mention.first && text_.is_one_of(mention.last - 1, {",", "và", ";", "."})) --mention.last;
        const std::size_t kind_end = mention.kind + word_at(text_, mention.kind).words;
        if (mention.kind != mention.first) basis.text = text_.printed(mention.kind, kind_end) + ' ';
        basis.text += text_.printed(mention.first, mention.last);
        const std::size_t behind = number_behind(mention, basis.number);
        read_date_behind(mention, behind, basis);
        read_issuer(mention.first, mention.last, basis);
        return basis;
    }
    std::size_t number_behind(const Mention& mention, std::string& number) const {
        const auto kind = word_at(text_, mention.first);
        NumberPlace place = number_of(text_, mention.first, mention.last);
        // A law carries its name in front of its number.
        for (std::size_t at = mention.first + kind.words; is(kind, DocumentWord::Law) && !place.found() && at < mention.last; ++at)
            if (const std::size_t end = number_end(text_, at); text_.is(at, "số") && end > at) place = {at + 1, end};
        if (!place.found()) return mention.first + kind.words;
        number = text_.printed(place.first, std::min(place.last, mention.last));
        number.erase(std::remove(number.begin(), number.end(), ' '), number.end());
        return place.last;
    }
    void read_date_behind(const Mention& mention, std::size_t at, ParsedLegalBasis& basis) const {
        const bool law = is(word_at(text_, mention.first), DocumentWord::Law);
        const std::size_t furthest = basis.number.empty() || law ? mention.last : std::min(mention.last, at + 2);
        for (; at < furthest; ++at) {
            if (text_.is_one_of(at, {"của"}) && !basis.number.empty()) return;
            if (!text_.is(at, "ngày") && !(text_.is(at, "tháng") && !basis.number.empty())) continue;
            if (const auto date = read_date(text_, at, mention.last); date && !date->date.empty() && date->date.month) {
                basis.date = date->date;
                return;
            }
        }
    }
    bool introduces_subject(std::size_t at) const {
        const auto word = word_at(text_, at);
        return is(word, DocumentWord::Subject) || is(word, DocumentWord::Issues);
    }
    void read_issuer(std::size_t at, std::size_t last, ParsedLegalBasis& basis) const {
        static const AgencyNames none;
        for (; at < last && !introduces_subject(at); ++at) {
            if (!text_.is(at, "của")) continue;
            const Span name = AgencyReader(none).name_at(text_, at + 1, last, NameContext::Sentence);
            if (!name.empty()) basis.issuer = text_.printed(name.first, name.last);
            return;
        }
    }

    const Text& text_;
    LineRange lines_;
    std::vector<Mention> mentions_;
    bool open_ = false;
    bool listed_ = false;  // "các Quyết định …": numbers that follow share the kind
};

}  // namespace

std::vector<ParsedLegalBasis> read_legal_bases(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
    std::vector<ParsedLegalBasis> bases;
    for (std::size_t i = first; i < last; ++i) {
        if (pieces[i].table != nullptr) continue;
        for (auto& basis : BasisReader(pieces[i].text, pieces[i].lines).read()) bases.push_back(std::move(basis));
    }
    return bases;
}

}  // namespace loa::plan
