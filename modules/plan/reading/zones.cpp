#include <algorithm>

#include "reading/header.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

/// "KẾ HOẠCH", with or without the title behind it on the same line.
bool is_type_line(const Piece& piece, std::initializer_list<std::string_view> words) {
    if (piece.numbered() || !begins_with(piece.text, words)) return false;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!piece.text[i].all_caps) return false;
    const bool alone = piece.text.size() == words.size() || piece.text.is(words.size(), ":");
    return alone || piece.heading || piece.bold || !piece.text[words.size()].all_caps || piece.in_capitals();
}

bool is_opener(const Text& text) { return is(lexicon().documents.at(text, 0), DocumentWord::Opener); }

/// The sentence in front of the first section: "Ủy ban nhân dân … ban hành Kế hoạch … như sau:".
bool announces_plan(const Text& text) { return !text.empty() && text.str().back() == ':'; }

bool is_section_heading(const Piece& piece) {
    if (piece.table != nullptr || piece.shape == MarkerShape::Bullet) return false;
    if (piece.shape == MarkerShape::Roman || piece.shape == MarkerShape::Part || piece.shape == MarkerShape::Capital) return true;
    if (piece.numbered()) return piece.heading || piece.bold || piece.in_capitals() || lexicon().sections.at(piece.text, 0);
    return (piece.heading || piece.bold || piece.in_capitals()) && lexicon().sections.at(piece.text, 0) && piece.text.size() <= 12 &&
           (piece.in_capitals() || piece.text.size() <= 6);
}

std::size_t title_end(const std::vector<Piece>& pieces, std::size_t type) {
    const std::size_t words = type_words(pieces[type].text);
    const bool on_type_line = pieces[type].text.size() > words && !pieces[type].text.is(words, ":");
    std::size_t end = type + 1;
    if (!on_type_line && end < pieces.size()) ++end;
    for (; end < pieces.size(); ++end) {
        const Piece& piece = pieces[end];
        const bool looks = (piece.heading || piece.bold) && (pieces[end - 1].heading || pieces[end - 1].bold);
        const bool runs_on = !piece.text.empty() && piece.text.is_letters(0) && !piece.text[0].capital;
        if (piece.numbered() || piece.table != nullptr || piece.text.is(0, "(") || (is_opener(piece.text) && !runs_on) || is_section_heading(piece) ||
            announces_plan(piece.text) || piece.in_capitals() || (!looks && !runs_on))
            break;
    }
    return end;
}

bool starts_annex(const Piece& piece) {
    if (piece.table != nullptr) return true;
    return piece.in_capitals() && (begins_with(piece.text, {"phụ", "lục"}) || begins_with(piece.text, {"danh", "mục"}) || begins_with(piece.text, {"biểu"}) ||
                                   begins_with(piece.text, {"bảng"}) || begins_with(piece.text, {"phân", "công"}));
}

/// "PHỤ LỤC", "PHỤ LỤC II" as a heading, with a table somewhere behind it: a plan that was issued with a decision
/// has no signature of its own in front of its annexes.
bool is_annex_heading(const std::vector<Piece>& pieces, std::size_t at, std::size_t last) {
    const Piece& piece = pieces[at];
    if (piece.table != nullptr || piece.numbered() || !begins_with(piece.text, {"phụ", "lục"}) || piece.text.size() > 24) return false;
    if (!piece.in_capitals() && !piece.heading && !piece.bold) return false;
    for (std::size_t i = at + 1; i < last; ++i)
        if (pieces[i].table != nullptr) return true;
    return false;
}

std::size_t find_closing(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
        if (starts_closing(pieces[i])) return i;
    return last;
}

/// "CHỦ TỊCH" alone, or with the name of the signer behind it.
bool is_signature_line(const Text& text, std::size_t post) {
    std::size_t name = post;
    if (const auto more = lexicon().posts.at(text, post); is(more, PostWord::Narrows) && text[post].all_caps) name = post += more.words;
    for (std::size_t i = 0; i < post; ++i)
        if (text.is_letters(i) && !text[i].all_caps) return false;
    while (name < text.size() && text.is_letters(name) && text[name].capital && !text[name].all_caps) ++name;
    return name == text.size() && (name == post || (name - post >= 2 && name - post <= 6));
}

}  // namespace

std::size_t type_words(const Text& text) {
    if (!begins_with(text, {"kế", "hoạch"})) return 0;
    const bool joint = text.size() == 4 && text[3].all_caps && (text.is(3, "hợp") || text.is(3, "tịch") || text.is(3, "động")) &&
                       text.is_one_of(2, {"phối", "liên", "hành"});
    return joint ? 4 : 2;
}

bool announces_recipients(const Text& text) {
    return begins_with(text, {"nơi", "nhận"}) || (begins_with(text, {"nơi", "gửi"}) && (text.size() == 2 || text.is(2, ":")));
}

bool starts_closing(const Piece& piece) {
    if (piece.table != nullptr || piece.numbered() || piece.text.empty()) return false;
    if (announces_recipients(piece.text)) return true;
    const auto post = lexicon().posts.at(piece.text, 0);
    if (!post || !piece.text[0].all_caps) return false;
    if (is(post, PostWord::Authority) || is(post, PostWord::OnBehalf)) return piece.text.is_one_of(1, {".", "/"});
    return is(post, PostWord::Post) && is_signature_line(piece.text, post.words);
}

Zones find_zones(const std::vector<Piece>& pieces) {
    Zones zones;
    const std::size_t size = pieces.size();
    std::size_t type = size;
    for (std::size_t i = 0; i < size && type == size; ++i)
        if (is_type_line(pieces[i], {"kế", "hoạch"})) type = i;
    for (std::size_t i = 0; i < std::min(type, size); ++i)
        if (is_type_line(pieces[i], {"quyết", "định"}) && !zones.attached && type < size) {
            zones.attached = true;
            zones.heading_end = zones.decision = i;
        }
    if (type == size) {  // no type line: whatever stands in front of the first basis or section is the heading
        type = 0;
        while (type < size && !is_opener(pieces[type].text) && !is_section_heading(pieces[type])) ++type;
        zones.heading_end = zones.title = zones.title_end = type;
    } else {
        if (!zones.attached) zones.heading_end = type;
        zones.title = type;
        zones.title_end = title_end(pieces, type);
    }
    zones.sections = zones.title_end;
    while (zones.sections < size && !is_section_heading(pieces[zones.sections]) && !starts_closing(pieces[zones.sections])) ++zones.sections;
    zones.closing = find_closing(pieces, zones.sections, size);
    zones.closing_end = zones.closing;
    while (zones.closing_end < size && !starts_annex(pieces[zones.closing_end])) ++zones.closing_end;
    zones.sections_end = zones.sections;
    while (zones.sections_end < zones.closing && !is_annex_heading(pieces, zones.sections_end, zones.closing)) ++zones.sections_end;
    zones.annex = zones.sections_end < zones.closing ? zones.sections_end : zones.closing_end;
    return zones;
}

}  // namespace loa::plan
