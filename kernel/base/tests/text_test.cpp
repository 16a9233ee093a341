// Vietnamese text at the door and as it is shown: normal form, case, white space, lists, lengths.
#include "loa/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"

namespace loa {
namespace {

using namespace std::string_view_literals;

using testing::ElementsAre;
using testing::IsEmpty;

// What cannot be typed without being mistaken for something else.
constexpr std::string_view kMark = "\uFEFF";        // byte order mark
constexpr std::string_view kNoBreak = "\u00A0";     // no-break space
constexpr std::string_view kReplacement = "\uFFFD";  // stands for what is no UTF-8

struct Malformed {
    const char* why;
    std::string_view bytes;
};
// Each is nothing but wrong bytes: as many U+FFFD as bytes.
constexpr Malformed kMalformed[] = {
    {"a lone continuation", "\x80"},
    {"two continuations", "\xBF\x80"},
    {"a lead byte at the end", "\xC4"},
    {"two of three bytes", "\xE1\xBA"},
    {"three of four bytes", "\xF0\x9F\x98"},
    {"an overlong blank", "\xC0\xA0"},
    {"an overlong slash of three bytes", "\xE0\x80\xAF"},
    {"an overlong sign of four bytes", "\xF0\x80\x82\xAC"},
    {"half a pair of UTF-16", "\xED\xA0\x80"},
    {"the other half", "\xED\xBF\xBF"},
    {"beyond the last code point", "\xF4\x90\x80\x80"},
    {"five bytes as of old", "\xF8\x88\x80\x80\x80"},
    {"bytes that never occur", "\xFE\xFF"},
};

std::string times(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

TEST(Text, Utf8IsToldFromOtherBytes) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("Đồng Tháp, ngày 05 tháng 01 năm 2024 😀"));
    EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
    for (const auto& [why, bytes] : kMalformed) {
        EXPECT_FALSE(is_utf8(bytes)) << why;
        EXPECT_FALSE(is_utf8(std::string("Xã ").append(bytes).append(" hội"))) << why;
    }
}

TEST(Text, ComposesWhatArrivesInPieces) {
    EXPECT_EQ(to_nfc("Tuye\u0302\u0301n đường, hu\u031B\u01A1\u0301ng"), "Tuyến đường, hướng");
    EXPECT_EQ(to_nfc("Ca\u0309i ca\u0301ch ha\u0300nh chi\u0301nh"), "Cải cách hành chính");
    EXPECT_EQ(to_nfc("e\u0323\u0302"), "ệ");
    EXPECT_EQ(to_nfc("e\u0302\u0323"), "ệ");   // marks in the other order
    EXPECT_EQ(to_nfc("ê\u0323"), "ệ");         // as the old keyboards of Windows give it
    EXPECT_EQ(to_nfc("\u0102n u\u0323y"), "Ăn ụy");
    EXPECT_EQ(to_nfc("đã là NFC"), "đã là NFC");
    EXPECT_EQ(to_nfc(""), "");
}

TEST(Text, DropsTheByteOrderMarkOnlyAtTheStart) {
    EXPECT_EQ(to_nfc(std::string(kMark) + "Kế hoạch"), "Kế hoạch");
    EXPECT_EQ(to_nfc(kMark), "");
    EXPECT_EQ(to_nfc("Kế" + std::string(kMark) + "hoạch"), "Kế" + std::string(kMark) + "hoạch");
    EXPECT_EQ(to_nfc_lossy(std::string(kMark) + "Kế hoạch"), "Kế hoạch");
    EXPECT_EQ(to_nfc_lossy(std::string(kMark) + "Kế hoạch \xFF"), "Kế hoạch " + std::string(kReplacement));
}

TEST(Text, RefusesOrReplacesWhatIsNoUtf8) {
    for (const auto& [why, bytes] : kMalformed) {
        const std::string text = std::string("Xa\u0303 ").append(bytes).append(" hội");
        EXPECT_FALSE(to_nfc(text)) << why;
        EXPECT_EQ(to_nfc_lossy(text), "Xã " + times(kReplacement, bytes.size()) + " hội") << why;
    }
    EXPECT_EQ(to_nfc_lossy("Xa\u0303"), "Xã");
}

TEST(Text, DecodesEveryByteOnce) {
    for (const auto& [why, bytes] : kMalformed) {
        std::size_t at = 0;
        for (std::size_t i = 1; i <= bytes.size(); ++i) {
            EXPECT_EQ(next_code_point(bytes, at), U'\uFFFD') << why;
            EXPECT_EQ(at, i) << why;
        }
    }
    std::size_t at = 0;
    const std::string_view text = "đ\xE1\xBA" "a😀\xC4";
    EXPECT_EQ(next_code_point(text, at), U'đ');
    EXPECT_EQ(next_code_point(text, at), U'\uFFFD');
    EXPECT_EQ(next_code_point(text, at), U'\uFFFD');
    EXPECT_EQ(next_code_point(text, at), U'a');
    EXPECT_EQ(next_code_point(text, at), U'😀');
    EXPECT_EQ(next_code_point(text, at), U'\uFFFD');
    EXPECT_EQ(at, text.size());
}

TEST(Text, EncodesWhatItDecodes) {
    for (const char32_t c : {U'\0', U'~', U'\u0080', U'đ', U'\u07FF', U'\u0800', U'ế', U'\uD7FF', U'\uE000', U'\uFFFF', U'😀', U'\U0010FFFF'}) {
        std::string text;
        append_code_point(text, c);
        EXPECT_TRUE(is_utf8(text)) << std::hex << static_cast<unsigned>(c);
        std::size_t at = 0;
        EXPECT_EQ(next_code_point(text, at), c);
        EXPECT_EQ(at, text.size());
    }
}

TEST(Text, EncodesNothingThatIsNoUtf8) {
    for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
        std::string text = "a";
        append_code_point(text, c);
        EXPECT_EQ(text, "a" + std::string(kReplacement)) << std::hex << static_cast<unsigned>(c);
    }
}

TEST(Text, CaseFollowsTheLanguage) {
    EXPECT_EQ(lower("ĐỒNG THÁP, UBND Xã ƯỚC"), "đồng tháp, ubnd xã ước");
    EXPECT_EQ(upper("đồng tháp, ubnd xã ước"), "ĐỒNG THÁP, UBND XÃ ƯỚC");
    EXPECT_EQ(lower("I"), "i");
    EXPECT_EQ(upper("i"), "I");
    EXPECT_EQ(capitalised("ủy ban nhân dân Thành phố"), "Ủy ban nhân dân Thành phố");
    EXPECT_EQ(capitalised("đ"), "Đ");
    EXPECT_EQ(capitalised("UBND"), "UBND");
    EXPECT_EQ(capitalised("06 lớp"), "06 lớp");
    EXPECT_EQ(capitalised(""), "");
}

TEST(Text, TrimmedTakesWhiteSpaceOffTheEnds) {
    const std::string space = std::string(kNoBreak) + "\t\u3000 \r\n\u2009\u2028";
    EXPECT_EQ(trimmed(space + "một  hai" + space), "một  hai");
    EXPECT_EQ(trimmed(space), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" à "), "à");
    EXPECT_EQ(trimmed(std::string(kMark) + " một"), "một");
    EXPECT_EQ(trimmed("một \x80"), "một \x80");  // a wrong byte is no white space
}

TEST(Text, SqueezedMakesOneBlankOfEachRun) {
    EXPECT_EQ(squeezed("  Phòng\u00A0\u00A0Nội \t\n vụ\u2003"), "Phòng Nội vụ");
    EXPECT_EQ(squeezed("Phòng\u00A0Nội\u00A0vụ"), "Phòng Nội vụ");
    EXPECT_EQ(squeezed("\u00A0\u00A0"), "");
    EXPECT_EQ(squeezed(""), "");
    EXPECT_EQ(squeezed(std::string(kMark) + "  Phòng "), "Phòng");  // both ends as trimmed() has them
}

TEST(Text, SplitAndJoinedAreEachOthersReverse) {
    for (const std::string text : {"", "a", "a;b", ";", ";a", "a;", ";;a;;b;;", "Nội vụ;;Tư pháp"}) {
        const auto views = split(text, ';');
        EXPECT_EQ(joined({views.begin(), views.end()}, ";"), text) << '"' << text << '"';
    }
    EXPECT_THAT(split(""sv, ','), ElementsAre(""));
    EXPECT_THAT(split(",a,,b,"sv, ','), ElementsAre("", "a", "", "b", ""));
    EXPECT_EQ(joined({}, ", "), "");
    EXPECT_EQ(joined({""}, ", "), "");
    EXPECT_EQ(joined({"", "", "a"}, "\n"), "\n\na");
    EXPECT_EQ(joined({"Phòng Nội vụ", "Phòng Tư pháp"}, ", "), "Phòng Nội vụ, Phòng Tư pháp");
}

TEST(Text, ReplacedGoesFromLeftToRightOnce) {
    EXPECT_EQ(replaced("uỷ ban, uỷ viên", "uỷ", "ủy"), "ủy ban, ủy viên");
    EXPECT_EQ(replaced("aaa", "aa", "a"), "aa");
    EXPECT_EQ(replaced("a", "a", "aa"), "aa");
    EXPECT_EQ(replaced("abc", "abc", ""), "");
    EXPECT_EQ(replaced("", "a", "b"), "");
    EXPECT_EQ(replaced("abc", "x", "y"), "abc");
    EXPECT_THROW(replaced("abc", "", "y"), Fault);
}

TEST(Text, LengthCountsCodePoints) {
    EXPECT_EQ(length(""), 0u);
    EXPECT_EQ(length("Hồng Ngự"), 8u);
    EXPECT_EQ(length("😀đ"), 2u);
    EXPECT_EQ(length("e\u0302\u0301"), 3u);  // as it stands: composing is done at the door
    EXPECT_EQ(length(*to_nfc("e\u0302\u0301")), 1u);
}

TEST(Text, ShortenedSaysThatSomethingWasCutOff) {
    EXPECT_EQ(shortened("Hồng Ngự", 8), "Hồng Ngự");
    EXPECT_EQ(shortened("Hồng Ngự", 100), "Hồng Ngự");
    EXPECT_EQ(shortened("Hồng Ngự", 7), "Hồng…") << "no half words";
    EXPECT_EQ(shortened("Nghiêng", 3), "Ngh…");
    EXPECT_EQ(shortened("Hồng Ngự", 5), "Hồng…");  // no blank in front of the dots
    EXPECT_EQ(shortened("Hồng Ngự", 0), "…");
    EXPECT_EQ(shortened("", 0), "");
    EXPECT_EQ(shortened("😀😀😀", 2), "😀😀…");
}

TEST(Text, ShortenedKeepsALetterWithItsMarks) {
    // A mark that has no composed form with its letter ("g" with an acute and a dot below) is cut with it.
    EXPECT_EQ(shortened("ag\u0323\u0301b", 3), "a…");
    EXPECT_EQ(shortened("ag\u0323\u0301b", 4), "ag\u0323\u0301…");
    EXPECT_EQ(shortened("ag\u0323\u0301", 4), "ag\u0323\u0301");
    EXPECT_EQ(shortened("\u0301\u0301\u0301", 2), "…");
}

TEST(Text, PrefixesAreFoundFolded) {
    EXPECT_TRUE(starts_with_folded("  CẢI   CÁCH hành chính", "cai cach hanh"));
    EXPECT_TRUE(starts_with_folded("bất kỳ", ""));
    EXPECT_FALSE(starts_with_folded("Cải", "cai cach"));
    EXPECT_THAT(fold(""), IsEmpty());
}

}  // namespace
}  // namespace loa
