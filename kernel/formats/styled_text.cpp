#include "styled_text.h"

#include <algorithm>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

constexpr int kGap = 4;  // blanks that no one types between two words

bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
bool is_dropped(char32_t c) {
    return (c < 0x20 && !is_blank(c)) || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           c == 0xFEFF;
}
bool is_combining(char32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

/// One blank for a run of them: the strongest that occurs.
char32_t blank_for(std::u32string_view run) {
    if (run.find_first_of(U"\n\u2028\u2029") != run.npos) return U'\n';
    if (run.find(U'\t') != run.npos || run.size() >= kGap) return U'\t';
    return U' ';
}

void append_nfc(Line& line, const std::string& segment, Look look) {
    if (segment.empty()) return;
    const std::size_t begin = line.text.size();
    line.text += to_nfc_lossy(segment);
    if (look.bold || look.italic) line.emphasis.push_back({begin, line.text.size(), look.bold, look.italic});
}

}  // namespace

void StyledText::append(std::u32string_view text, Look look) {
    text_ += text;
    looks_.resize(text_.size(), look);
}

void StyledText::append(const StyledText& other) {
    text_ += other.text_;
    looks_.insert(looks_.end(), other.looks_.begin(), other.looks_.end());
}

Line StyledText::finished() const {
    // First the signs that count, with one look each; then segments of one look, composed.
    std::u32string text;
    std::vector<Look> looks;
    for (std::size_t at = 0; at < text_.size();) {
        std::u32string blanks;
        const std::size_t begin = at;
        for (; at < text_.size() && (is_blank(text_[at]) || is_dropped(text_[at])); ++at)
            if (is_blank(text_[at])) blanks += text_[at];
        if (at == text_.size()) break;
        if (!blanks.empty() && !text.empty()) {
            text += blank_for(blanks);
            const Look before = looks.back(), after = looks_[at];
            looks.push_back({before.bold && after.bold, before.italic && after.italic});
        }
        if (at > begin) continue;
        const bool belongs_to_letter = is_combining(text_[at]) && !looks.empty();
        looks.push_back(belongs_to_letter ? looks.back() : looks_[at]);
        text += text_[at++];
    }

    Line line;
    line.bold = !text.empty() && std::all_of(looks.begin(), looks.end(), [](Look look) { return look.bold; });
    std::string segment;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && looks[i] != looks[i - 1]) {
            append_nfc(line, segment, looks[i - 1]);
            segment.clear();
        }
        append_code_point(segment, text[i]);
    }
    if (!looks.empty()) append_nfc(line, segment, looks.back());
    return line;
}

std::u32string code_points(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
    return out;
}

char32_t capital_letter(char32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    std::string letter;
    append_code_point(letter, c);
    const std::u32string capital = code_points(upper(letter));
    return capital.size() == 1 ? capital.front() : c;
}

void remove_prefix(Line& line, std::size_t bytes) {
    line.text.erase(0, bytes);
    std::vector<Emphasis> kept;
    for (Emphasis stretch : line.emphasis) {
        if (stretch.end <= bytes) continue;
        stretch.begin = stretch.begin > bytes ? stretch.begin - bytes : 0;
        stretch.end -= bytes;
        kept.push_back(stretch);
    }
    line.emphasis = std::move(kept);
}

std::string on_one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

}  // namespace loa::formats
