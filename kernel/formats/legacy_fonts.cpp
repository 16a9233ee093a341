#include "legacy_fonts.h"

#include <array>
#include <utility>

#include "loa/base/text.h"
#include "styled_text.h"

namespace loa::formats {

namespace {

/// U+00A1 … U+00FE of a TCVN3 font; a blank keeps the code point.
constexpr std::u32string_view kTcvn3 =
    U"ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       "
    U"ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";
constexpr char32_t kTcvn3First = 0xA1;

/// VNI: what one code point of Latin-1 stands for: a letter, or the marks of the vowel before it.
constexpr std::array<std::pair<char32_t, std::u32string_view>, 26> kVni{{
    {U'ô', U"ơ"},
    {U'ö', U"ư"},
    {U'ñ', U"đ"},
    {U'æ', U"ỉ"},
    {U'ó', U"ĩ"},
    {U'ò', U"ị"},
    {U'î', U"ỵ"},
    {U'í', U"í"},
    {U'ì', U"ì"},
    {U'ù', U"\u0301"},
    {U'ø', U"\u0300"},
    {U'û', U"\u0309"},
    {U'õ', U"\u0303"},
    {U'ï', U"\u0323"},
    {U'â', U"\u0302"},
    {U'á', U"\u0302\u0301"},
    {U'à', U"\u0302\u0300"},
    {U'å', U"\u0302\u0309"},
    {U'ã', U"\u0302\u0303"},
    {U'ä', U"\u0323\u0302"},
    {U'ê', U"\u0306"},
    {U'é', U"\u0306\u0301"},
    {U'è', U"\u0306\u0300"},
    {U'ú', U"\u0306\u0309"},
    {U'ü', U"\u0306\u0303"},
    {U'ë', U"\u0323\u0306"},
}};

constexpr std::array<std::pair<char32_t, char32_t>, 22> kSymbols{{
    {0xB7, U'•'}, {0xA7, U'▪'}, {0xD8, U'➢'}, {0xFC, U'✓'}, {0xFB, U'✗'}, {0x76, U'❖'},
    {0x71, U'❑'}, {0x6E, U'■'}, {0x6F, U'□'}, {0xA8, U'◻'}, {0xFE, U'☑'}, {0xFD, U'☒'},
    {0x6C, U'●'}, {0xA1, U'○'}, {0x9F, U'•'}, {0x2D, U'-'}, {0xE0, U'→'}, {0xF0, U'⇨'},
    {0x28, U'☎'}, {0x2A, U'✉'}, {0xAB, U'★'}, {0xB0, U'°'},
}};

/// Font names are ASCII and compared without case; looked at for every run, so without making strings.
bool begins(std::string_view name, std::string_view small_prefix) {
    if (name.size() < small_prefix.size()) return false;
    for (std::size_t i = 0; i < small_prefix.size(); ++i)
        if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]) != small_prefix[i]) return false;
    return true;
}

bool is_mark(char32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

bool has_letters_beyond_latin1(std::u32string_view text) {
    for (const char32_t c : text)
        if ((c >= 0x100 && c <= 0x1B0) || (c >= 0x1EA0 && c <= 0x1EF9) || is_mark(c)) return true;
    return false;
}

std::u32string from_tcvn3(std::u32string_view text) {
    std::u32string out;
    for (const char32_t c : text) {
        const bool mapped = c >= kTcvn3First && c - kTcvn3First < kTcvn3.size();
        const char32_t letter = mapped ? kTcvn3[c - kTcvn3First] : U' ';
        out += letter == U' ' ? c : letter;
    }
    return out;
}

std::u32string from_vni(std::u32string_view text) {
    std::u32string out;
    for (const char32_t c : text) {
        // U+00C0 … U+00DE are the capitals of U+00E0 … U+00FE, in VNI too.
        const bool is_capital = c >= 0xC0 && c <= 0xDE && c != 0xD7;
        const char32_t small = is_capital ? c + 0x20 : c;
        std::u32string_view meaning;
        for (const auto& [code, letters] : kVni)
            if (code == small) meaning = letters;
        if (meaning.empty())
            out += c;
        else if (is_capital && !is_mark(meaning.front()))
            out += capital_letter(meaning.front());
        else
            out += meaning;
    }
    return out;
}

}  // namespace

LegacyCharset legacy_charset(std::string_view font_name) {
    if (begins(font_name, ".vn"))
        return font_name.back() == 'H' || font_name.back() == 'h' ? LegacyCharset::Tcvn3Capitals
                                                                  : LegacyCharset::Tcvn3;
    if (begins(font_name, "vni-") || begins(font_name, "vni ")) return LegacyCharset::Vni;
    return LegacyCharset::None;
}

std::u32string from_legacy(LegacyCharset charset, std::u32string_view text) {
    if (charset == LegacyCharset::None || has_letters_beyond_latin1(text)) return std::u32string(text);
    if (charset == LegacyCharset::Vni) return from_vni(text);
    std::u32string out = from_tcvn3(text);
    if (charset == LegacyCharset::Tcvn3Capitals)
        for (char32_t& c : out) c = capital_letter(c);
    return out;
}

char32_t symbol(std::string_view font_name, char32_t code_point) {
    if (begins(font_name, "courier")) return code_point == U'o' ? U'◦' : 0;
    if (!begins(font_name, "symbol") && !begins(font_name, "wingdings") && !begins(font_name, "webdings"))
        return 0;
    const char32_t plain = code_point >= 0xF000 && code_point <= 0xF0FF ? code_point - 0xF000 : code_point;
    if (plain <= 0x20) return U' ';
    for (const auto& [code, sign] : kSymbols)
        if (code == plain) return sign;
    return U'\uFFFD';
}

}  // namespace loa::formats
