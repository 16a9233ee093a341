// Vietnamese text. Everything that comes in is made NFC once, at the door (forms, files, commands); from
// there on strings are valid UTF-8 in NFC. Folding is for finding, never for showing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

bool is_utf8(std::string_view bytes);
/// Composed form; nothing if the bytes are not UTF-8. Also drops U+FEFF at the start.
std::optional<std::string> to_nfc(std::string_view bytes);
/// As to_nfc, with U+FFFD where the bytes are not UTF-8.
std::string to_nfc_lossy(std::string_view bytes);

/// For finding: lower case, no marks, đ → d, one blank for each run of white space, dashes and quotes of
/// one kind, soft hyphens and zero-width characters dropped. "Cải  cách" and "cai cach" fold alike.
std::string fold(std::string_view text);

/// For comparing what two people wrote: as fold, but the marks stay, placed the new way (hoà → hòa,
/// uỷ → ủy). "Uỷ ban" and "Ủy ban" compare alike, "hoa" and "hòa" do not.
std::string fold_keeping_marks(std::string_view text);

/// Lower and upper case by the rules of the language: "ĐỒNG" ↔ "đồng".
std::string lower(std::string_view text);
std::string upper(std::string_view text);
/// The first letter in upper case, the rest as it is.
std::string capitalised(std::string_view text);

/// White space (also U+00A0) off both ends; `squeezed` also makes one blank of each run inside.
std::string_view trimmed(std::string_view text);
std::string squeezed(std::string_view text);

/// Views into `text`, which must outlive them: so none of a string that nobody keeps.
std::vector<std::string_view> split(std::string_view text, char separator);
std::vector<std::string_view> split(std::string&& text, char separator) = delete;
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with_folded(std::string_view text, std::string_view folded_prefix);
std::string replaced(std::string_view text, std::string_view from, std::string_view to);

/// Number of code points.
std::size_t length(std::string_view text);
/// At most the first `code_points` of it, with "…" when something was cut off: behind a word, where there is one.
std::string shortened(std::string_view text, std::size_t code_points);

char32_t next_code_point_beyond_ascii(std::string_view text, std::size_t& at);
/// Decodes the code point at `at` and moves `at` past it; U+FFFD for a wrong byte (one byte is passed).
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return next_code_point_beyond_ascii(text, at);
    ++at;
    return byte;
}
void append_code_point(std::string& text, char32_t code_point);

/// Where the run from `at` ends that surely holds neither white space nor invisible signs: signs of ASCII, but
/// for those that `stops(char)` says yes to, and Latin letters. What ends it may be anything, so this is a quick
/// way past what needs no look.
template <class Stops>
std::size_t end_of_plain_run(std::string_view text, std::size_t at, Stops&& stops) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto goes_on = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    for (;;) {
        const auto first = byte(at);
        if (first > ' ' && first < 0x7F && !stops(static_cast<char>(first)))
            ++at;
        else if (first >= 0xC3 && first <= 0xCB && goes_on(at + 1))  // U+00C0 … U+02FF
            at += 2;
        else if (first == 0xE1 && (byte(at + 1) == 0xBA || byte(at + 1) == 0xBB) && goes_on(at + 2))  // U+1E80 …
            at += 3;
        else
            return at;
    }
}
inline std::size_t end_of_plain_run(std::string_view text, std::size_t at) {
    return end_of_plain_run(text, at, [](char) { return false; });
}

}  // namespace loa
