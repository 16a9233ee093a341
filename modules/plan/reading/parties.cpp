#include "reading/parties.h"

#include <algorithm>
#include <utility>

#include "loa/base/text.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostNames = 200;  // no field lists more
constexpr std::size_t kMostLinks = 12;   // words between "Giao" and the body; more would make the work grow with its square

void add(std::vector<std::string>& names, std::string name) {
    if (name.empty() || names.size() >= kMostNames) return;
    const std::string folded = names.empty() ? std::string() : fold_keeping_marks(name);
    const auto same = [&](const std::string& other) { return other == name || fold_keeping_marks(other) == folded; };
    if (std::none_of(names.begin(), names.end(), same)) names.push_back(std::move(name));
}

Phrases::Match cue_at(const Text& text, std::size_t at, std::size_t end) {
    const auto cue = lexicon().cues.at(text, at, end);
    const bool asks = is(cue, Cue::RequestAfter) || (is(cue, Cue::LeadAfter) && text.is(at, "yêu"));
    if (asks && at > 0 && text.is_one_of(at - 1, {"theo", "xét", "có", "khi", "ứng", "các", "những", "với"})) return {};  // "theo đề nghị của"
    return cue;
}

bool is_sentence_end(const Text& text, std::size_t at) {
    if (text.is(at, ".") && at > 0 && text.is_one_of(at - 1, {"tp", "tx"})) return false;
    return text.is_one_of(at, {".", ";"});
}

std::size_t past_skipped(const Text& text, std::size_t at, std::size_t end) {
    while (at < end) {
        const auto cue = cue_at(text, at, end);
        if (!is(cue, Cue::Skipped)) break;
        at += cue.words;
    }
    if (text.is(at, "(") && at < end) {  // "Sở Nội vụ (cơ quan thường trực) chủ trì"
        std::size_t close = at;
        while (close < end && !text.is(close, ")")) ++close;
        if (close + 1 < end) at = close + 1;
    }
    return at;
}

/// The verb behind a name: "X chủ trì", "X (cơ quan thường trực) chủ trì", "X (chủ trì)"; `at` is moved in front of it.
Phrases::Match verb_behind(const Text& text, std::size_t& at, std::size_t end) {
    if (text.is(at, "(")) {
        const auto inside = cue_at(text, at + 1, end);
        if ((is(inside, Cue::LeadBefore) || is(inside, Cue::PartnerBefore) || is(inside, Cue::RequestBefore)) &&
            text.is(at + 1 + inside.words, ")")) {
            ++at;
            return inside;
        }
    }
    at = past_skipped(text, at, end);
    return cue_at(text, at, end);
}

// --- sentences ------------------------------------------------------------------------------------------

enum class Role { None, Lead, Partner, Requested, Subject };

class SentenceReader {
  public:
    SentenceReader(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last)
        : agencies_(agencies), text_(text), first_(first), last_(last) {}

    Parties read() {
        clause_start_ = true;
        for (std::size_t at = first_; at < last_;) {
            const std::size_t before = at;
            at = step(at);
            if (at == before) ++at;
        }
        if (parties_.leads.empty()) {
            for (auto& name : subjects_) add(parties_.leads, std::move(name));
        }
        return std::move(parties_);
    }

  private:
    std::size_t step(std::size_t at) {
        const bool clause_start = std::exchange(clause_start_, false);
        if (is_sentence_end(text_, at)) {
            clause_start_ = true;
            after_colon_ = false;
            return at + 1;
        }
        if (text_.is(at, ":")) {  // "Lắp 05 điểm phát: Phòng Kinh tế phối hợp với Viettel thực hiện"
            after_colon_ = true;
            return at + 1;
        }
        const bool after_colon = std::exchange(after_colon_, false);
        if (text_.is_quote(at)) return past_quote(at);
        const auto cue = cue_at(text_, at, last_);
        if (is(cue, Cue::LeadAfter)) return after(at, cue, Role::Lead);
        if (is(cue, Cue::RequestAfter) || is(cue, Cue::RequestBefore)) return after(at, cue, Role::Requested);
        if (is(cue, Cue::PartnerAfter) || is(cue, Cue::PartnerBefore)) return after(at, cue, Role::Partner);
        const auto names = agencies_.names_at(text_, at, last_, NameContext::Sentence);
        if (names.empty()) return at + 1;
        return before(at, names, clause_start, after_colon ? Begins::Clause : Begins::Nothing);
    }

    std::size_t past_quote(std::size_t at) const {
        for (std::size_t i = at + 1; i < last_; ++i)
            if (text_.is_quote(i)) return i + 1;
        return at + 1;
    }

    /// The bodies that follow "Giao", "phối hợp với", "đề nghị".
    std::size_t after(std::size_t at, const Phrases::Match& cue, Role role) {
        std::size_t next = at + cue.words;
        while (text_.is_one_of(next, {"với", "cùng", ":", "là", "trách", "nhiệm", "cho", "chặt", "chẽ"}) && next < std::min(last_, at + kMostLinks)) ++next;
        const auto names = agencies_.names_at(text_, next, last_, NameContext::Sentence);
        if (names.empty()) return at + cue.words;
        if (role == Role::Requested && text_.is(next - 1, "mời") && !is_specific(names.front()) &&
            !is(cue_at(text_, names.back().last, last_), Cue::PartnerBefore))
            return names.back().last;
        next = names.back().last;
        const bool by = text_.is(at, "do");
        if (by && role == Role::Lead && !is(cue_at(text_, past_skipped(text_, next, last_), last_), Cue::LeadBefore) &&
            !text_.is_one_of(next, {"thực", "tổ", "đảm"}))
            return next;
        give(names, role);
        return past_own_verb(next, role);
    }

    /// "Giao X chủ trì": the verb belongs to the bodies just read.
    std::size_t past_own_verb(std::size_t at, Role role) const {
        at = past_skipped(text_, at, last_);
        const auto verb = cue_at(text_, at, last_);
        if (role == Role::Lead && is(verb, Cue::LeadBefore)) return at + verb.words;
        if (role != Role::Lead && (is(verb, Cue::PartnerBefore) || is(verb, Cue::LeadBefore)) &&
            !text_.is_one_of(at + verb.words, {"với", "cùng"}))
            return at + verb.words;
        return at;
    }

    /// Bodies with what they do behind them: "X chủ trì", "Y, Z phối hợp", "X và Y là đầu mối".
    enum class Begins { Clause, Nothing };
    std::size_t before(std::size_t at, const std::vector<Span>& names, bool clause_start, Begins colon) {
        const std::size_t end = names.back().last;
        std::size_t verb = end;
        const auto cue = verb_behind(text_, verb, last_);
        if (is_object(at) && !is(cue, Cue::LeadBefore)) return end;
        if (is(cue, Cue::LeadBefore)) {
            give(names, Role::Lead);
            return verb + cue.words;
        }
        if (is(cue, Cue::RequestBefore)) {
            give(names, Role::Requested);
            return verb + cue.words;
        }
        if (is(cue, Cue::PartnerBefore) || is(cue, Cue::PartnerAfter)) {
            if (!clause_start && is_object(at)) return end;
            const bool with_others = text_.is_one_of(verb + cue.words, {"với", "cùng"}) || is_with(cue, verb) ||
                                     !agencies_.name_at(text_, verb + cue.words, last_, NameContext::Sentence).empty();
            if (with_others && (clause_start || colon == Begins::Clause) && parties_.leads.empty()) {
                give(names, Role::Subject);
                return verb;
            }
            give(names, with_others ? Role::None : Role::Partner);
            return with_others ? verb : verb + cue.words;
        }
        if (clause_start && names.size() <= 3 && is_specific(names.front())) give(names, Role::Subject);
        return end;
    }
    bool is_with(const Phrases::Match& cue, std::size_t verb) const {
        return is(cue, Cue::PartnerAfter) && text_.is_one_of(verb + cue.words - 1, {"với", "cùng"});
    }
    /// "gửi Sở Nội vụ", "tại trụ sở UBND xã": the word in front makes it a place or an addressee.
    bool is_object(std::size_t at) const {
        return at > first_ && text_.is_one_of(at - 1, {"gửi", "cho", "của", "về", "tại", "ở", "đến", "qua", "với", "trên", "từ", "báo", "cáo", "trình",
                                                       "tham", "mưu", "giúp", "sở", "bởi", "cùng"});
    }
    /// "Các cơ quan, đơn vị" that do something are no lead; "Sở Nội vụ" is.
    bool is_specific(const Span& name) const {
        return !is(lexicon().agency_starts.at(text_, name.first, last_), NameStart::Plural) && text_[name.first].capital &&
               name.last - name.first > 1;
    }

    void give(const std::vector<Span>& names, Role role) {
        for (const Span& name : names) {
            std::string printed = text_.printed(name.first, name.last);
            if (role == Role::Lead) add(parties_.leads, std::move(printed));
            if (role == Role::Partner) add(parties_.partners, std::move(printed));
            if (role == Role::Requested) add(parties_.requested, std::move(printed));
            if (role == Role::Subject) add(subjects_, std::move(printed));
        }
    }

    const AgencyReader& agencies_;
    const Text& text_;
    std::size_t first_, last_;
    bool clause_start_ = true;
    bool after_colon_ = false;
    Parties parties_;
    std::vector<std::string> subjects_;
};

// --- fields ---------------------------------------------------------------------------------------------

/// A clause of a field that says in a sentence who does what: "Sở Nội vụ chủ trì; các sở phối hợp".
bool has_roles(const AgencyReader& agencies, Label label, const Text& text, std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last;) {
        const Span name = agencies.name_at(text, at, last, NameContext::Field);
        if (!name.empty()) {
            std::size_t verb = name.last;
            const auto cue = verb_behind(text, verb, last);
            if (is(cue, Cue::LeadBefore)) return true;
            const bool with = is(cue, Cue::PartnerAfter) && text.is_one_of(verb + cue.words - 1, {"với", "cùng"});
            if (with && label == Label::Lead) return true;  // "Đơn vị thực hiện: X phối hợp với Y"
            at = name.last;
            continue;
        }
        if (is(cue_at(text, at, last), Cue::LeadAfter)) return true;
        ++at;
    }
    return false;
}

/// "UBND các huyện: …": the places that follow belong to the name.
bool is_level(const Text& text, std::size_t at) {
    return is(lexicon().agency_tails.at(text, at), NameTail::Territory) && !text.is(at, "cơ");
}

/// "A (chủ trì), B, C (đề nghị phối hợp)": each body with its role in brackets, those without one take part.
/// False where nobody leads in brackets.
bool read_bracketed_roles(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last, Parties& parties) {
    Parties found;
    std::vector<std::string> waiting;
    const auto give = [&](std::vector<std::string>& names) {
        for (auto& name : waiting) add(names, std::move(name));
        waiting.clear();
    };
    for (std::size_t at = past_separators(text, first, last); at < last; at = past_separators(text, at, last)) {
        const Span name = agencies.name_at(text, at, last, NameContext::Field);
        if (name.empty()) return false;
        waiting.push_back(text.printed(name.first, name.last));
        at = name.last;
        if (!text.is(at, "(")) {
            if (past_separators(text, at, last) == at && at < last) return false;
            continue;
        }
        const auto cue = cue_at(text, at + 1, last);
        while (at < last && !text.is(at, ")")) ++at;
        at = std::min(at + 1, last);
        if (is(cue, Cue::LeadBefore)) give(found.leads);
        else if (is(cue, Cue::PartnerBefore)) give(found.partners);
        else if (is(cue, Cue::RequestAfter) || is(cue, Cue::RequestBefore)) give(found.requested);
    }
    if (found.leads.empty()) return false;
    give(found.partners);
    for (auto& name : found.leads) add(parties.leads, std::move(name));
    for (auto& name : found.partners) add(parties.partners, std::move(name));
    for (auto& name : found.requested) add(parties.requested, std::move(name));
    return true;
}

struct Clause {
    std::size_t first, last;
    bool request = false;
};

/// Cut at stops and semicolons, and where a request begins or, its verb said, ends.
std::vector<Clause> clauses_of(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last) {
    std::vector<Clause> clauses;
    Clause open{first, first};
    const auto close = [&](std::size_t at) {
        open.last = at;
        if (open.last > open.first) clauses.push_back(open);
        open = {at, at};
    };
    for (std::size_t at = first; at < last; ++at) {
        if (const Span name = agencies.name_at(text, at, last, NameContext::Field); name.last > at + 1) {
            at = name.last - 1;  // "Hội đồng phối hợp phổ biến, giáo dục pháp luật": no verb is in a name
            continue;
        }
        const auto cue = cue_at(text, at, last);
        if (is_sentence_end(text, at)) {
            close(at);
        } else if (is(cue, Cue::RequestAfter)) {
            close(at);
            open.request = true;
            at += cue.words - 1;
        } else if (is(cue, Cue::RequestBefore) || (text.is(at, "(") && is(cue_at(text, at + 1, last), Cue::RequestAfter))) {
            open.request = true;
        } else if (open.request && is(cue, Cue::PartnerBefore) && at > open.first + 1) {
            // What they are asked to do names nobody: "Đề nghị X phối hợp nhận và chuyển trả hồ sơ, Y".
            std::size_t stop = at;
            while (stop < last && !text.is(stop, ",") && !is_sentence_end(text, stop)) ++stop;
            close(at);
            open.first = stop;
            at = stop > at ? stop - 1 : at;
        } else if (text.is(at, ":") && at > open.first && at - open.first <= 6 && !is_level(text, at - 1)) {
            open.first = at + 1;  // "Các cơ quan: A, B"
            if (open.request && at > first && text.is_one_of(at - 1, {"quan", "vị"})) open.request = false;
        }
    }
    close(last);
    return clauses;
}

bool takes_part(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last) {
    const auto names = agencies.names_at(text, first, last, NameContext::Field);
    if (names.empty()) return false;
    std::size_t verb = names.back().last;
    return is(verb_behind(text, verb, last), Cue::PartnerBefore);
}

}  // namespace

Parties read_parties(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last) {
    return SentenceReader(agencies, text, first, last).read();
}

void read_party_field(const AgencyReader& agencies, Label label, const Text& text, std::size_t first, std::size_t last,
                      Parties& parties) {
    if (label == Label::Lead && read_bracketed_roles(agencies, text, first, last, parties)) return;
    if (has_roles(agencies, label, text, first, last)) {
        Parties found = read_parties(agencies, text, first, last);
        if (!found.leads.empty()) {
            auto& named = label == Label::Lead ? parties.leads : label == Label::Request ? parties.requested : parties.partners;
            for (auto& name : found.leads) add(named, std::move(name));
            for (auto& name : found.partners) add(parties.partners, std::move(name));
            for (auto& name : found.requested) add(parties.requested, std::move(name));
            return;
        }
    }
    for (const Clause& clause : clauses_of(agencies, text, first, last)) {
        std::size_t begin = past_separators(text, clause.first, clause.last);
        for (auto cue = cue_at(text, begin, clause.last); cue && !is(cue, Cue::LeadBefore) && begin < clause.last;
             cue = cue_at(text, begin, clause.last)) {
            if (!agencies.name_at(text, begin, clause.last, NameContext::Field).empty()) break;
            begin = past_separators(text, begin + cue.words, clause.last);
        }
        // "Trung tâm Truyền thanh; Phòng Nội vụ cung cấp nội dung": a later clause may say who only takes part.
        const bool helps = clause.first > first && takes_part(agencies, text, begin, clause.last);
        for (auto& name : agencies.names_in(text, begin, clause.last)) {
            if (clause.request || label == Label::Request) add(parties.requested, std::move(name));
            else if (label == Label::Lead && !helps) add(parties.leads, std::move(name));
            else add(parties.partners, std::move(name));
        }
    }
}

}  // namespace loa::plan
