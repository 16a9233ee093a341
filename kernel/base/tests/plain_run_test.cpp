// The quick way past signs that need no look.
#include "loa/base/text.h"

#include <gtest/gtest.h>

namespace loa {
namespace {

TEST(PlainRun, EndsAtWhatNeedsALook) {
    const std::string_view words = "Kế hoạch";
    const std::size_t blank = words.find(' ');
    EXPECT_EQ(end_of_plain_run(words, 0), blank);
    EXPECT_EQ(end_of_plain_run(words, blank), blank);
    EXPECT_EQ(end_of_plain_run(words, blank + 1), words.size());
    EXPECT_EQ(end_of_plain_run(words, words.size()), words.size());
    EXPECT_EQ(end_of_plain_run("Mục [1]", 6, [](char c) { return c == '['; }), 6U);
    EXPECT_EQ(end_of_plain_run("a[b", 0, [](char c) { return c == '['; }), 1U);
    EXPECT_EQ(end_of_plain_run("a\xC3", 0), 1U) << "cut off";
    EXPECT_EQ(end_of_plain_run("a\xE1\xBB", 0), 1U);
    EXPECT_EQ(end_of_plain_run("a\xC3 b", 0), 1U);
}

TEST(PlainRun, HoldsNoWhiteSpaceAndNothingInvisible) {
    for (char32_t c = 0; c < 0x3100; ++c) {
        std::string sign;
        append_code_point(sign, c);
        if (end_of_plain_run(sign, 0) == 0) continue;
        EXPECT_EQ(end_of_plain_run(sign, 0), sign.size()) << static_cast<unsigned>(c);
        EXPECT_EQ(squeezed("a" + sign + "b"), "a" + sign + "b") << static_cast<unsigned>(c);
        EXPECT_FALSE(fold(sign).empty()) << static_cast<unsigned>(c);
    }
}

TEST(PlainRun, LeavesWrongBytesToTheSlowWay) {
    EXPECT_EQ(squeezed("a\xFF" "b"), "a\xEF\xBF\xBD" "b");
    EXPECT_EQ(squeezed(std::string_view("a\0b", 3)), std::string("a\0b", 3));
    EXPECT_EQ(fold_keeping_marks("uỷ\xE1"), "ủy\xEF\xBF\xBD");
}

}  // namespace
}  // namespace loa
