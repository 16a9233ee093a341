#include "encodings.h"

#include <array>
#include <cstdint>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

constexpr char32_t kNone = 0;

/// 0x80 … 0x9F, as the code page of that number has them.
constexpr std::array<char32_t, 32> kPunctuation{
    0x20AC, kNone, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, kNone, 0x2039, 0x0152, kNone, kNone, kNone,
    kNone, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, kNone, 0x203A, 0x0153, kNone, kNone, 0x0178};

struct Place {
    unsigned char byte;
    char32_t letter;
};
/// From 0xA0 the page is Latin-1 but for these.
constexpr std::array<Place, 16> kOwnLetters{{{0xC3, U'Ă'}, {0xCC, 0x0300}, {0xD0, U'Đ'}, {0xD2, 0x0309}, {0xD5, U'Ơ'}, {0xDD, U'Ư'},
                                             {0xDE, 0x0303}, {0xE3, U'ă'}, {0xEC, 0x0301}, {0xF0, U'đ'}, {0xF2, 0x0323}, {0xF5, U'ơ'},
                                             {0xFD, U'ư'}, {0xFE, 0x20AB}, {0xA0, U' '}, {0xAD, 0x00AD}}};

char32_t letter_of_1258(unsigned char byte) {
    if (byte < 0x80) return byte;
    if (byte < 0xA0) return kPunctuation[byte - 0x80U];
    for (const auto& [own, letter] : kOwnLetters)
        if (own == byte) return letter;
    return byte;
}

bool is_mark(char32_t letter) { return letter >= 0x0300 && letter <= 0x0323; }

bool takes_marks(char32_t letter) {
    return std::u32string_view(U"aăâeêioôơuưyAĂÂEÊIOÔƠUƯY").find(letter) != std::u32string_view::npos;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// TCVN3, the charset of old fonts (.VnTime), has letters where this one has signs: "ho¹ch" is a word of it.
bool is_letter_of_old_fonts(std::string_view bytes, std::size_t at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if ((byte < 0xA7 || byte > 0xAE) && (byte < 0xB5 || byte > 0xBE)) return false;
    return (at > 0 && is_ascii_letter(bytes[at - 1])) || (at + 1 < bytes.size() && is_ascii_letter(bytes[at + 1]));
}

}  // namespace

std::string from_utf16(std::string_view bytes, ByteOrder order) {
    std::string text;
    char32_t high = 0;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        const char32_t unit = order == ByteOrder::Little ? static_cast<char32_t>(second << 8 | first)
                                                         : static_cast<char32_t>(first << 8 | second);
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            high = unit;
        } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
            append_code_point(text, high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : U'\uFFFD');
            high = 0;
        } else {
            append_code_point(text, unit);
        }
    }
    return text;
}

std::optional<std::string> from_windows_1258(std::string_view bytes) {
    std::string text;
    bool vietnamese = false;
    char32_t before = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char32_t letter = letter_of_1258(static_cast<unsigned char>(bytes[at]));
        if ((letter == kNone && bytes[at] != '\0') || is_letter_of_old_fonts(bytes, at)) return std::nullopt;
        if (is_mark(letter) && !takes_marks(before)) return std::nullopt;
        vietnamese = vietnamese || is_mark(letter) || std::u32string_view(U"ĂăĐđƠơƯư").find(letter) != std::u32string_view::npos;
        append_code_point(text, letter);
        before = letter;
    }
    return vietnamese ? to_nfc(text) : std::nullopt;
}

}  // namespace loa::formats
