#include "reading/duties.h"

#include <algorithm>

#include "reading/deadlines.h"
#include "reading/targets.h"
#include "reading/sections.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostWordsOfName = 14;

/// A piece that begins with bodies: "Sở Nội vụ:", "Đề nghị UBMTTQ …", "Giao Phòng Kinh tế cân đối nguồn".
struct Addressed {
    std::vector<std::string> units;
    std::size_t names_end = 0;  // the word behind the bodies
    std::size_t rest = 0;      // the word behind the bodies and ":" "có trách nhiệm"
    bool heading = false;      // the bodies stand apart from what they do
};

std::size_t past_command(const Text& text, std::size_t at) {
    for (auto cue = lexicon().cues.at(text, at); is(cue, Cue::Command) || is(cue, Cue::LeadAfter) || is(cue, Cue::RequestAfter);
         cue = lexicon().cues.at(text, at)) {
        if (text.is(at, "do")) break;
        at += cue.words;
    }
    return at;
}

/// "có trách nhiệm", "được giao chủ trì", "- cơ quan thường trực" and nothing else up to the end.
bool is_roles_only(const Text& text, std::size_t at) {
    while (at < text.size()) {
        const auto cue = lexicon().cues.at(text, at);
        if (is(cue, Cue::LeadBefore) || is(cue, Cue::PartnerBefore) || is(cue, Cue::Skipped)) at += cue.words;
        else if (text.is_one_of(at, {",", "-", "và", ".", ":", "có"})) ++at;
        else return false;
    }
    return true;
}

/// ": ", "có trách nhiệm:", "(đề nghị)", "là cơ quan thường trực, có trách nhiệm:" behind the bodies of a heading.
bool past_heading_tail(const Text& text, std::size_t& at) {
    bool bracket = false;
    for (std::size_t i = at; i <= text.size() && i < at + 24; ++i) {
        if (i == text.size()) {
            // Nothing but a tail of roles: "là cơ quan thường trực"; "có trách nhiệm bảo đảm an ninh" is a sentence.
            const bool roles = i == at || bracket || (text.is(at, "là") && !text.is(i - 1, ".")) || is_roles_only(text, at);
            if (roles) at = i;
            return roles;
        }
        if (text.is(i, "(")) bracket = true;
        if (text.is(i, ")")) bracket = false;
        if (bracket) continue;
        if (text.is(i, ":") && (i == at || text.is(at, "(") || text.is_one_of(at, {"là", "có", "được", "chịu", "tham", "chủ"}) || i - at < 3)) {
            at = i + 1;
            return true;
        }
        if (i == at && text.is(i, ".") && (i + 1 == text.size() || text[i + 1].capital)) {
            at = i + 1;
            return true;
        }
        if (i == at && text.is(i, "-") && i + 1 < text.size() && text[i + 1].capital && !text[i].glued) {
            at = i + 1;
            return true;
        }
    }
    return false;
}

Addressed addressed(const Surroundings& surroundings, const Text& text) {
    Addressed found;
    const std::size_t begin = past_command(text, 0);
    std::size_t at = begin;
    // As a heading: nothing but names up to the end or the colon.
    std::size_t limit = begin;
    while (limit < text.size() && !text.is(limit, ":")) ++limit;
    found.units = surroundings.agencies.names_of_heading(text, begin, limit);
    if (!found.units.empty()) {
        found.heading = true;
        found.rest = std::min(limit + 1, text.size());
        found.names_end = limit;
        return found;
    }
    auto names = surroundings.agencies.names_at(text, at, text.size(), NameContext::Sentence);
    if (names.empty()) return found;
    while (text.is(names.back().last, ";")) {  // "Thủ trưởng các phòng, ban; Chủ tịch UBND các xã căn cứ Kế hoạch …"
        const auto more = surroundings.agencies.names_at(text, names.back().last + 1, text.size(), NameContext::Sentence);
        if (more.empty()) break;
        names.insert(names.end(), more.begin(), more.end());
    }
    for (const Span& name : names) found.units.push_back(text.printed(name.first, name.last));
    found.rest = found.names_end = names.back().last;
    found.heading = past_heading_tail(text, found.rest);
    return found;
}

class DutyReader {
  public:
    DutyReader(const Surroundings& surroundings, const Outline& outline, std::vector<ParsedDuty>& duties)
        : surroundings_(surroundings), outline_(outline), duties_(duties) {}

    void read(std::size_t section) {
        struct Open {
            std::size_t node;
            std::vector<std::string> units;
        };
        among_agencies_ = names_agencies(surroundings_, outline_, section);
        std::vector<Open> open{{section, {}}};
        while (!open.empty()) {
            auto [at, units] = std::move(open.back());
            open.pop_back();
            const Node& node = outline_[at];
            if (at != section) units = read_own(at, std::move(units), section);
            read_body(node, units);
            for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) open.push_back({*child, units});
        }
    }

  private:
    /// The text of a numbered item: a heading gives the units, a sentence is a duty.
    std::vector<std::string> read_own(std::size_t at, std::vector<std::string> units, std::size_t section) {
        const Piece& piece = outline_.piece(at);
        const bool heads = !outline_[at].children.empty() || !outline_[at].body.empty();
        Addressed found = addressed(surroundings_, piece.text);
        if (!found.units.empty() && found.heading && (units.empty() || heads || found.rest < piece.text.size() || is_alone(piece.text))) {
            const bool announces_more = heads && announces(piece.text);
            const bool sentence = !heads && found.rest == piece.text.size() && piece.text.is_one_of(found.names_end, {"là", "có", "được"});
            if (sentence) add(found.units, piece.text, 0, piece.lines);  // "X là đơn vị thường trực, …"
            else if (found.rest < piece.text.size() && !announces_more) add(found.units, piece.text, found.rest, piece.lines);
            return found.units;
        }
        const bool list = !found.units.empty() && past_separators(piece.text, found.names_end, piece.text.size()) > found.names_end;
        if ((found.units.empty() || list) && units.empty() && heads && outline_[at].parent == section && names_somebody(piece.text))
            return surroundings_.agencies.names_in(piece.text, past_command(piece.text, 0), piece.text.size());  // "Kế toán Sở"
        if (units.empty() && !found.units.empty()) {
            if (!heads || piece.text.size() > found.rest + 3) add(found.units, piece.text, 0, piece.lines);
            return found.units;
        }
        if (!units.empty() && !(heads && announces(piece.text))) add(units, piece.text, 0, piece.lines);
        return units;
    }
    /// A short line that heads duties names who has them, in the vocabulary or not, unless it begins like a work or a
    /// section: "Kiểm tra, giám sát", "Chế độ báo cáo".
    static bool names_somebody(const Text& text) {
        const std::size_t at = past_command(text, 0);
        if (at >= text.size() || !text.is_letters(at) || text.size() > kMostWordsOfName || text.str().back() == '.') return false;
        return !lexicon().sections.at(text, at) && !ends_name(lexicon().agency_tails.at(text, at)) &&
               !is(lexicon().agency_starts.at(text, at), NameStart::None);
    }
    static bool is_alone(const Text& text) { return text.size() <= 20; }
    static bool announces(const Text& text) { return !text.str().empty() && text.str().back() == ':'; }

    /// Nothing, or a piece of the same rank, follows: the piece heads nothing.
    bool is_last_or_alike(const Node& node, std::size_t i) const {
        return i + 1 == node.body.size() || outline_.body_piece(node.body[i + 1]).marker == outline_.body_piece(node.body[i]).marker;
    }

    void read_body(const Node& node, std::vector<std::string> units) {
        const bool under_heading = !units.empty();
        for (std::size_t i = 0; i < node.body.size(); ++i) {
            const Piece& piece = outline_.body_piece(node.body[i]);
            if (piece.table != nullptr || is_closing_paragraph(piece.text)) continue;
            if (!under_heading && (piece.bold || piece.heading) && !is_last_or_alike(node, i) && names_somebody(piece.text)) {
                units = surroundings_.agencies.names_in(piece.text, past_command(piece.text, 0), piece.text.size());
                continue;
            }
            if (under_heading) {
                const bool last = i + 1 == node.body.size();
                if (announces(piece.text) && !last && outline_.body_piece(node.body[i + 1]).marker != piece.marker) continue;
                add(units, piece.text, 0, piece.lines);
                continue;
            }
            Addressed found = addressed(surroundings_, piece.text);
            const bool sentence = found.rest == piece.text.size() && piece.text.is_one_of(found.names_end, {"là", "có", "được"});
            if (!found.units.empty() && found.heading && !(sentence && is_last_or_alike(node, i))) {
                if (found.rest < piece.text.size()) add(found.units, piece.text, found.rest, piece.lines);
                else units = found.units;
                continue;
            }
            if (!found.units.empty()) add(found.units, piece.text, 0, piece.lines);
            else if (!units.empty()) add(units, piece.text, 0, piece.lines);
        }
    }

    void add(const std::vector<std::string>& units, const Text& text, std::size_t first, LineRange lines) {
        ParsedDuty duty;
        duty.units = units;
        duty.text = text.printed(first, text.size());
        if (duty.text.empty()) return;
        std::vector<Span> rates;  // "02 bài mỗi tháng" says how much, not when
        for (const auto& target : read_targets(text, first, text.size())) rates.push_back(target.words);
        duty.deadline = read_deadline(text, first, text.size(), surroundings_.year, TimeContext::Sentence, rates);
        duty.source = lines;
        duties_.push_back(std::move(duty));
    }

    const Surroundings& surroundings_;
    const Outline& outline_;
    std::vector<ParsedDuty>& duties_;
    bool among_agencies_ = false;  // the items of the section are headed by bodies
};

}  // namespace

bool names_agencies(const Surroundings& surroundings, const Outline& outline, std::size_t section) {
    const auto& children = outline[section].children;
    std::size_t bodies = 0;
    for (const std::size_t child : children) {
        const Addressed found = addressed(surroundings, outline.piece(child).text);
        bodies += !found.units.empty() && found.heading;
    }
    return bodies >= 2 && bodies * 3 >= children.size() * 2;
}

bool begins_with_body(const Surroundings& surroundings, const Text& text) { return !addressed(surroundings, text).units.empty(); }

void read_duties(const Surroundings& surroundings, const Outline& outline, std::size_t section, std::vector<ParsedDuty>& duties) {
    DutyReader(surroundings, outline, duties).read(section);
}

}  // namespace loa::plan
