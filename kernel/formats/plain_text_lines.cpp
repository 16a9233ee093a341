#include "plain_text_lines.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "file_problems.h"
#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "loa/formats/plain_text.h"

namespace loa::formats {

namespace {

// A plan of a whole province has some 2,000 lines; beyond these it is no document that a person wrote.
constexpr std::size_t kMostBytes = 32u << 20;
constexpr std::size_t kMostLines = 400'000;
constexpr std::size_t kWidestWrap = 400;

bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }

bool has_control_bytes(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// The line without blanks and the marks of emphasis in front.
std::string_view bare_start(std::string_view line) {
    line = trimmed(line);
    while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '\\')) line.remove_prefix(1);
    return line;
}

std::string_view bare_end(std::string_view line) {
    line = trimmed(line);
    while (!line.empty() && (line.back() == '*' || line.back() == '_')) line.remove_suffix(1);
    return line;
}

bool starts_small(std::string_view line) {
    std::size_t at = 0;
    return !line.empty() && u_islower(static_cast<UChar32>(next_code_point(line, at)));
}

bool ends_sentence(std::string_view line) {
    const std::string_view end = bare_end(line);
    return !end.empty() && std::string_view(".:;!?").find(end.back()) != std::string_view::npos;
}

/// "1- Phòng Nội vụ", "I – MỤC ĐÍCH": an ordinal with a dash in place of the stop.
bool has_dashed_ordinal(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && at < 4 && std::string_view("0123456789IVX").find(line[at]) != line.npos) ++at;
    return at > 0 && (line.substr(at).starts_with("- ") || line.substr(at).starts_with(" - ") ||
                      line.substr(at).starts_with(" – "));
}

bool starts_item(std::string_view line) {
    const std::string_view start = trimmed(line);
    if (start.empty() || start.front() == '#' || start.front() == '|' || start.front() == '<' || start.front() == '>')
        return true;
    const std::string_view words = bare_start(line);
    return leading_marker(words).end > 0 || leading_marker(start).end > 0 || has_dashed_ordinal(words);
}

std::string_view first_word(std::string_view line) {
    const std::string_view start = trimmed(line);
    return start.substr(0, start.find(' '));
}

/// A line that begins with what looks like a marker only because it was broken there: "tháng / 4.", "2021 / - 2030".
bool breaks_inside(std::string_view line, std::string_view next) {
    const std::string_view end = bare_end(line);
    const std::string_view start = trimmed(next);
    if (start.empty() || end.empty()) return false;
    const bool digit_next = start.front() >= '0' && start.front() <= '9';
    if (start.starts_with("- ") || start.starts_with("– ")) return !ends_sentence(line);
    if (!digit_next) return false;
    const std::string last = lower(end.substr(end.find_last_of(' ') + 1));
    static constexpr std::string_view kCounted[] = {"ngày", "tháng", "năm", "quý", "số", "khoản", "điều", "điểm", "phần"};
    return std::find(std::begin(kCounted), std::end(kCounted), last) != std::end(kCounted);
}

}  // namespace

bool is_blank(std::string_view line) { return trimmed(line).empty(); }

std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        at = end_of_plain_run(text, at);
        if (at == begin) {
            const char32_t c = next_code_point(text, at);
            if (is_invisible(c)) continue;
            if (c == ' ' || (c >= 0x09 && c <= 0x0D) || (c > 0x7F && u_isspace(static_cast<UChar32>(c)))) {
                gap = !out.empty();
                continue;
            }
        }
        if (gap) out += ' ';
        gap = false;
        out.append(text.substr(begin, at - begin));
    }
    return out;
}

Result<std::vector<std::string>> text_lines(std::string_view bytes) {
    if (bytes.size() > kMostBytes) return too_large(bytes.size(), kMostBytes);
    const auto text = to_nfc(bytes);
    if (!text) return file_problem("formats.not_utf8");
    if (has_control_bytes(*text)) return file_problem("formats.not_text");
    if (static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')) > kMostLines)
        return file_problem("formats.too_large_inside");
    std::vector<std::string> lines;
    for (std::string_view line : split(*text, '\n')) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.emplace_back(line);
    }
    if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
    return lines;
}

Wrapping::Wrapping(const std::vector<std::string>& lines) {
    // Each place where a sentence plainly runs on allows the widths [length of the line, + its next word].
    std::vector<int> votes(kWidestWrap + 2, 0);
    std::size_t sure = 0, blank = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_blank(lines[i])) {
            ++blank;
            continue;
        }
        if (i + 1 >= lines.size() || lines[i + 1].empty() || ends_sentence(lines[i]) ||
            !starts_small(bare_start(lines[i + 1])) || starts_item(lines[i + 1]))
            continue;
        const std::size_t least = length(lines[i]);
        const std::size_t most = least + length(first_word(lines[i + 1]));
        if (least < 40 || most > kWidestWrap) continue;
        ++sure;
        ++votes[least];
        --votes[most + 1];
    }
    compact_ = blank * 4 < lines.size();
    if (sure < 2) return;
    int running = 0, best = 0;
    for (std::size_t width = 0; width <= kWidestWrap; ++width) {
        running += votes[width];
        if (running >= best && running > 0) {
            best = running;
            width_ = width;
        }
    }
}

bool Wrapping::is_full(std::string_view line, std::string_view next) const {
    return width_ > 0 && length(line) + 1 + length(first_word(next)) > width_ && length(line) <= width_ + 8;
}

bool Wrapping::continues(std::string_view line, std::string_view next) const {
    if (is_blank(line) || is_blank(next)) return false;
    const bool full = is_full(line, next);
    if (starts_item(next)) return full && breaks_inside(line, next);
    if (starts_small(bare_start(next))) return full || !ends_sentence(line);
    if (bare_end(line).ends_with(',')) return true;
    return full && !(compact_ && ends_sentence(line));
}

}  // namespace loa::formats
