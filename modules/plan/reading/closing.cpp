#include <algorithm>

#include "loa/base/text.h"
#include "reading/header.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

bool is_post(const Text& text) {
    const auto post = lexicon().posts.at(text, 0);
    return is(post, PostWord::Post) && text[0].all_caps && text.size() == post.words;
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
    return words >= 2 && words <= 6 && !is(lexicon().posts.at(text, 0), PostWord::Signed);
}

/// "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on one line, cut where a new line of a signature begins.
std::vector<Text> signature_lines(const Text& text) {
    std::vector<std::size_t> cuts{0};
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const auto post = lexicon().posts.at(text, i);
        if (!post || !text[i].all_caps) continue;
        const bool letters = (is(post, PostWord::Authority) || is(post, PostWord::OnBehalf)) && text.is(i + 1, ".");
        const bool own_post = is(post, PostWord::Post) && !text.is(i - 1, ".") && !(i > 1 && text.is(i - 2, "/")) && !text.is(i - 1, "phó") && !text.is(i - 1, "q");
        if (letters || own_post) cuts.push_back(i);
    }
    // "GIÁM ĐỐC Trần Văn Ba" in one cell: the name begins where the capitals end.
    const auto last_post = lexicon().posts.at(text, cuts.back());
    const std::size_t behind = cuts.back() + last_post.words;
    std::size_t name = behind;
    if (text.is(name, "(")) {  // "(Đã ký)"
        while (name < text.size() && !text.is(name, ")")) ++name;
        ++name;
    }
    if (is(last_post, PostWord::Post) && name < text.size() && is_person(Text(text.printed(name, text.size()))) && !text[name].all_caps) {
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
    if (text.empty() || is(post, PostWord::Signed) || text.is(0, "(")) return;
    if (is(post, PostWord::Authority) && text.is(1, ".")) signature.authority = text.str();
    else if (is(post, PostWord::OnBehalf) && text.is_one_of(1, {".", "/"})) signature.on_behalf = text.str();
    else if (is_post(text)) signature.position = signature.position.empty() ? text.str() : signature.position;
    else if (!signature.position.empty() && signature.name.empty() && is_person(text)) signature.name = text.str();
}

/// "- A; - B; - Lưu: VT." typed on one line.
void add_recipients(std::string_view line, std::vector<std::string>& recipients) {
    for (std::size_t cut = line.find("; - "); cut != line.npos; cut = line.find("; - ")) {
        if (auto name = without_stops(line.substr(0, cut)); !name.empty()) recipients.push_back(std::move(name));
        line.remove_prefix(cut + 4);
    }
    if (auto name = without_stops(line); !name.empty()) recipients.push_back(std::move(name));
}

}  // namespace

void read_closing(const std::vector<Piece>& pieces, std::size_t first, std::size_t last, ParsedHeader& header) {
    bool in_recipients = false;
    ParsedSignature signature;
    for (std::size_t i = first; i < last; ++i) {
        const Piece& piece = pieces[i];
        if (piece.table != nullptr) break;
        if (begins_with(piece.text, {"nơi", "nhận"})) {
            if (!header.recipients.empty()) break;  // a second, equal closing below the plan
            in_recipients = true;
            const std::size_t rest = piece.text.is(2, ":") ? 3 : 2;
            const std::string on_the_line = piece.text.printed(rest, piece.text.size());
            for (const auto part : split(on_the_line, ';')) add_recipients(part, header.recipients);
            continue;
        }
        const bool signs = starts_closing(piece) || (is_post(piece.text) && !in_recipients);
        if (signs && !signature.name.empty()) break;
        if (signs) in_recipients = false;
        if (in_recipients) {
            add_recipients(piece.text.str(), header.recipients);
            continue;
        }
        for (const Text& line : signature_lines(piece.text)) read_signature_line(line, signature);
    }
    if (!signature.name.empty() || !signature.position.empty()) header.signature = std::move(signature);
}

}  // namespace loa::plan
