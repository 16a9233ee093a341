#include "totp.h"

#include <gtest/gtest.h>

namespace loa::identity {
namespace {

/// "12345678901234567890" of RFC 6238, appendix B, in base32.
constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

Instant at(std::int64_t seconds) {
    return Instant{seconds * 1000};
}

TEST(Totp, MakesTheCodesOfTheStandard) {  // RFC 6238, appendix B, SHA-1, the last 6 of the 8 digits printed there
    const std::pair<std::int64_t, const char*> expected[] = {{59, "287082"},         {1111111109, "081804"},
                                                             {1111111111, "050471"}, {1234567890, "005924"},
                                                             {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [seconds, code] : expected) EXPECT_EQ(totp_code(kSecret, totp_step_at(at(seconds))), code) << seconds;
}

TEST(Totp, TakesTheStepBeforeAndAfterForAPhoneThatRunsWrong) {
    const auto now = at(1111111111);
    const auto step = totp_step_at(now);
    for (std::int64_t off = -1; off <= 1; ++off)
        EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step + off), now, 0), step + off);
    EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step - 2), now, 0), std::nullopt);
    EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step + 2), now, 0), std::nullopt);
}

TEST(Totp, TakesNoCodeTwiceNorAnEarlierOne) {
    const auto now = at(1111111111);
    const auto step = totp_step_at(now);
    EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step), now, step), std::nullopt);
    EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step - 1), now, step), std::nullopt);
    EXPECT_EQ(matching_totp_step(kSecret, totp_code(kSecret, step + 1), now, step), step + 1);
}

TEST(Totp, ReadsCodesAsPeopleTypeThem) {
    EXPECT_TRUE(matching_totp_step(kSecret, "050 471", at(1111111111), 0));
    for (const auto* wrong : {"", "050472", "50471", "0504711", "abcdef", "０５０４７１"})
        EXPECT_FALSE(matching_totp_step(kSecret, wrong, at(1111111111), 0)) << wrong;
}

TEST(Totp, SecretsAreLongAndNeverTheSame) {
    const auto secret = new_totp_secret();
    EXPECT_EQ(secret.size(), 32U);
    EXPECT_NE(secret, new_totp_secret());
    EXPECT_EQ(totp_code(secret, 7).size(), 6U);
}

TEST(Totp, TheAddressSurvivesNamesWithMarks) {
    EXPECT_EQ(totp_address("ABC", "diem", "Loa UBND phường An Bình"),
              "otpauth://totp/Loa%20UBND%20ph%C6%B0%E1%BB%9Dng%20An%20B%C3%ACnh:diem?secret=ABC&issuer="
              "Loa%20UBND%20ph%C6%B0%E1%BB%9Dng%20An%20B%C3%ACnh");
}

}  // namespace
}  // namespace loa::identity
