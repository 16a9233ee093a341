#include <algorithm>

#include "loa/base/text.h"
#include "reading/header.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

/// "TM.", "KT.", "T/M": letters in front of a line of a signature.
bool is_lead_in(const Text& text, std::size_t at) {
    const auto word = lexicon().posts.at(text, at);
    return (is(word, PostWord::Authority) || is(word, PostWord::OnBehalf)) && text.is_one_of(at + 1, {".", "/"});
}

/// The word behind a post in capitals and what narrows it: "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"; `at` if none stands there.
std::size_t bare_post_end(const Text& text, std::size_t at) {
    const auto post = lexicon().posts.at(text, at);
    if (!is(post, PostWord::Post) || !text[at].all_caps) return at;
    const std::size_t end = at + post.words;
    const auto more = lexicon().posts.at(text, end);
    return is(more, PostWord::Narrows) && text[end].all_caps ? end + more.words : end;
}

/// The same with where it is held: "GIÁM ĐỐC SỞ NỘI VỤ", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI".
std::size_t post_end(const Text& text, std::size_t at) {
    std::size_t end = bare_post_end(text, at);
    if (end == at) return at;
    const bool of_office = is(lexicon().agency_starts.at(text, end), NameStart::Office) || text.is_one_of(end - 1, {"phòng", "ban"});
    if (!of_office || end >= text.size() || !text[end].all_caps) return end;
    while (end < text.size() && (text[end].all_caps || text.is_one_of(end, {",", "-", "&"}))) {
        if (is_lead_in(text, end) || is(lexicon().posts.at(text, end), PostWord::Post)) break;
        ++end;
    }
    return end;
}

bool is_post(const Text& text) { return !text.empty() && post_end(text, 0) == text.size(); }
bool is_bare_post(const Text& text) { return !text.empty() && bare_post_end(text, 0) == text.size(); }
/// "THƯỜNG TRỰC" on the line below its post.
bool narrows_post(const Text& text) {
    const auto word = lexicon().posts.at(text, 0);
    return is(word, PostWord::Narrows) && text[0].all_caps && word.words == text.size();
}

/// "Hà Quang Thiệp", "K’Brêu Văn Hiệp", "TS. Nguyễn Văn A": two to six words, each with a capital.
bool is_person(const Text& text) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.is_letters(i)) {
            if (!text.is_one_of(i, {".", "-"})) return false;
            continue;
        }
        if (!text[i].capital) return false;
        ++words;
    }
    const auto post = lexicon().posts.at(text, 0);
    return words >= 2 && words <= 6 && !is(post, PostWord::Signed) && !(is(post, PostWord::Post) && text[0].all_caps);
}

/// "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on one line, cut where a new line of a signature begins.
std::vector<Text> signature_lines(const Text& text) {
    std::vector<std::size_t> cuts{0};
    std::size_t behind = post_end(text, 0);  // the last post
    for (std::size_t i = std::max<std::size_t>(behind, 1); i + 1 < text.size();) {
        const std::size_t own_end = post_end(text, i);
        const bool on_behalf = text.is(i - 1, ".") || (i > 1 && text.is(i - 2, "/"));  // "KT. CHỦ TỊCH": of another
        const bool own_post = own_end > i && !on_behalf;
        if (own_post || (is_lead_in(text, i) && text[i].all_caps)) cuts.push_back(i);
        if (own_post) behind = own_end;
        i = own_post ? own_end : own_end > i ? i + lexicon().posts.at(text, i).words : i + 1;
    }
    // "GIÁM ĐỐC Trần Văn Ba" in one cell: the name begins where the capitals end.
    const bool ends_with_post = behind > cuts.back();
    std::size_t name = behind;
    if (text.is(name, "(")) {  // "(Đã ký)"
        while (name < text.size() && !text.is(name, ")")) ++name;
        ++name;
    }
    if (ends_with_post && name < text.size() && is_person(Text(text.printed(name, text.size()))) && !text[name].all_caps) {
        cuts.push_back(behind);
        if (name > behind) cuts.push_back(name);
    }
    cuts.push_back(text.size());
    std::vector<Text> lines;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) lines.emplace_back(text.printed(cuts[i], cuts[i + 1]));
    return lines;
}

void read_signature_line(const Text& text, ParsedSignature& signature) {
    const auto post = lexicon().posts.at(text, 0);
    // "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN" above a decision signs nothing: behind "TL." it would.
    const bool begun = !signature.authority.empty() || !signature.on_behalf.empty() || !signature.position.empty();
    if (text.empty() || is(post, PostWord::Signed) || text.is(0, "(")) return;
    if (is(post, PostWord::Authority) && is_lead_in(text, 0)) signature.authority = text.str();
    else if (is_lead_in(text, 0)) signature.on_behalf = text.str();
    else if (is_bare_post(text) || (begun && is_post(text))) signature.position = signature.position.empty() ? text.str() : signature.position;
    else if (narrows_post(text)) signature.position += signature.position.empty() ? std::string() : " " + text.str();
    else if (!signature.position.empty() && signature.name.empty() && is_person(text)) signature.name = text.str();
}

/// "- A; - B; - Lưu: VT." typed on one line.
void add_recipients(std::string_view line, const LineRange& lines, std::vector<ParsedItem>& recipients) {
    const auto add = [&](std::string_view printed) {
        if (auto name = without_stops(printed); !name.empty()) recipients.push_back({std::move(name), lines});
    };
    for (std::size_t cut = line.find("; - "); cut != line.npos; cut = line.find("; - ")) {
        add(line.substr(0, cut));
        line.remove_prefix(cut + 4);
    }
    add(line);
}

}  // namespace

void read_closing(const std::vector<Piece>& pieces, std::size_t first, std::size_t last, ParsedHeader& header) {
    bool in_recipients = false;
    ParsedSignature signature;
    std::optional<LineRange> signed_on;
    for (std::size_t i = first; i < last; ++i) {
        const Piece& piece = pieces[i];
        if (piece.table != nullptr) break;
        if (announces_recipients(piece.text)) {
            if (!header.recipients.empty()) break;  // a second, equal closing below the plan
            in_recipients = true;
            const std::size_t rest = piece.text.is(2, ":") ? 3 : 2;
            const std::string on_the_line = piece.text.printed(rest, piece.text.size());
            for (const auto part : split(on_the_line, ';')) add_recipients(part, piece.lines, header.recipients);
            continue;
        }
        const bool signs = starts_closing(piece) || (is_bare_post(piece.text) && !in_recipients);
        if (signs && !signature.name.empty()) break;
        if (signs) in_recipients = false;
        if (in_recipients) {
            add_recipients(piece.text.str(), piece.lines, header.recipients);
            continue;
        }
        const ParsedSignature before = signature;
        for (const Text& line : signature_lines(piece.text)) read_signature_line(line, signature);
        if (signature == before) continue;
        signed_on = LineRange{signed_on ? std::min(signed_on->first, piece.lines.first) : piece.lines.first, piece.lines.last};
    }
    if (signature.name.empty() && signature.position.empty()) return;
    header.signature = std::move(signature);
    header.fields.push_back({HeadField::Signature, *signed_on});
}

}  // namespace loa::plan
