// Every letter of the language in the fonts before Unicode. What is expected comes from elsewhere than the product's
// tables: of TCVN3 from the C library, which knows TCVN 5712:1993; of VNI from the rule that a letter is a base and
// the byte of its marks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <map>
#include <stdexcept>

#include "loa/base/text.h"
#include "loa/formats/docx.h"
#include "tests/support/docx_file.h"

namespace loa::formats {
namespace {

using namespace testing;
using ::testing::ElementsAreArray;

using Letters = std::vector<std::string>;

enum Tone { kLevel, kGrave, kHook, kTilde, kAcute, kDot };
constexpr std::array<std::string_view, 6> kTones{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"};
constexpr std::string_view kCircumflex = "\u0302", kBreve = "\u0306", kHorn = "\u031B";

struct Vowel {
    std::string_view base, mark;  // "u" and the horn
};
constexpr std::array<Vowel, 12> kVowels{{{"a", ""}, {"a", kBreve}, {"a", kCircumflex}, {"e", ""}, {"e", kCircumflex}, {"i", ""},
                                         {"o", ""}, {"o", kCircumflex}, {"o", kHorn}, {"u", ""}, {"u", kHorn}, {"y", ""}}};

std::string composed(const Vowel& vowel, std::string_view tone) {
    return to_nfc(std::string(vowel.base).append(vowel.mark).append(tone)).value();
}

/// đ and each vowel in each tone, 73 letters.
Letters small_letters() {
    Letters letters{"đ"};
    for (const Vowel& vowel : kVowels)
        for (const auto tone : kTones) letters.push_back(composed(vowel, tone));
    return letters;
}

Letters capitals(Letters letters) {
    for (std::string& letter : letters) letter = upper(letter);
    return letters;
}

/// A paragraph of each, set in that font.
Letters read_back(const Letters& written, const std::string& font) {
    std::string body;
    for (const std::string& codes : written) body += p(codes, "", R"(<w:rFonts w:ascii=")" + font + R"(" w:hAnsi=")" + font + "\"/>");
    auto document = read_docx(docx_of(body));
    if (!document) throw std::runtime_error(document.failure().problems.front().key);
    return document->lines;
}

/// Each byte as the code point of that number: so Word keeps what is set in a font of its own charset.
std::string as_code_points(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) append_code_point(text, static_cast<unsigned char>(byte));
    return text;
}

/// By the C library.
Letters in_tcvn3(const Letters& letters) {
    const iconv_t converter = ::iconv_open("TCVN5712-1", "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("the C library knows no TCVN 5712");
    Letters written;
    for (std::string letter : letters) {
        std::array<char, 8> bytes{};
        char *from = letter.data(), *to = bytes.data();
        std::size_t left = letter.size(), room = bytes.size();
        if (::iconv(converter, &from, &left, &to, &room) != 0) throw std::runtime_error("not in TCVN 5712: " + letter);
        ::iconv(converter, nullptr, nullptr, &to, &room);  // it keeps a letter back to see whether a mark follows
        written.push_back(as_code_points({bytes.data(), bytes.size() - room}));
    }
    ::iconv_close(converter);
    return written;
}

TEST(LegacyFonts, EveryLetterInTcvn3) {
    const Letters letters = small_letters(), written = in_tcvn3(letters);
    ASSERT_EQ(letters.size(), 73U);
    for (const std::string& codes : written) ASSERT_EQ(length(codes), 1U) << codes;
    EXPECT_THAT(read_back(written, ".VnTime"), ElementsAreArray(letters));
    EXPECT_THAT(read_back(written, ".VnTimeH"), ElementsAreArray(capitals(letters)));
    // The capitals that have a place of their own beside the small letters; those with a tone are of the other font.
    const Letters own{"Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ"};
    EXPECT_THAT(read_back(in_tcvn3(own), ".VnArial"), ElementsAreArray(own));
}

constexpr unsigned char kCapitalOfVni = 0x20;  // a capital's byte is the small letter's without this bit

/// The byte behind the vowel: by the mark that is the vowel's own, then by tone. i and y have letters of their own
/// for what a narrow letter cannot carry.
std::string in_vni(const Vowel& vowel, Tone tone) {
    static const std::map<std::string_view, std::array<unsigned char, 6>> marks{
        {"", {0, 0xF8, 0xFB, 0xF5, 0xF9, 0xEF}},
        {kCircumflex, {0xE2, 0xE0, 0xE5, 0xE3, 0xE1, 0xE4}},
        {kBreve, {0xEA, 0xE8, 0xFA, 0xFC, 0xE9, 0xEB}},
    };
    if (vowel.base == "i" && tone != kLevel) return std::string(1, "\0\xEC\xE6\xF3\xED\xF2"[tone]);
    if (vowel.base == "y" && tone == kDot) return "\xEE";
    const bool horned = vowel.mark == kHorn;
    const unsigned char mark = marks.at(horned ? "" : vowel.mark)[tone];
    std::string bytes = !horned ? std::string(vowel.base) : vowel.base == "o" ? "\xF4" : "\xF6";
    if (mark != 0) bytes += static_cast<char>(mark);
    return bytes;
}

Letters small_in_vni() {
    Letters written{"\xF1"};
    for (const Vowel& vowel : kVowels)
        for (const Tone tone : {kLevel, kGrave, kHook, kTilde, kAcute, kDot}) written.push_back(in_vni(vowel, tone));
    return written;
}

Letters code_points(Letters written) {
    for (std::string& codes : written) codes = as_code_points(codes);
    return written;
}

TEST(LegacyFonts, EveryLetterInVni) {
    const Letters letters = small_letters(), small = small_in_vni();
    ASSERT_EQ(small.size(), letters.size());
    EXPECT_THAT(read_back(code_points(small), "VNI-Times"), ElementsAreArray(letters));
    Letters all_capital = small, only_first = small;
    for (std::string& codes : all_capital)
        for (char& code : codes) code = static_cast<char>(code & ~kCapitalOfVni);
    for (std::string& codes : only_first) codes[0] = static_cast<char>(codes[0] & ~kCapitalOfVni);
    EXPECT_THAT(read_back(code_points(all_capital), "VNI-Times"), ElementsAreArray(capitals(letters)));
    EXPECT_THAT(read_back(code_points(only_first), "VNI-Helve"), ElementsAreArray(capitals(letters))) << "Uûy, as many typed it";
}

}  // namespace
}  // namespace loa::formats
