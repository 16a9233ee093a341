#include <gtest/gtest.h>

#include "loa/jobs/mail.h"

namespace loa::jobs {
namespace {

TEST(MailAddress, IsTakenAsPeopleWriteIt) {
    EXPECT_EQ(mail_address("can.bo+loa@hongngu.gov.vn"), "can.bo+loa@hongngu.gov.vn");
    EXPECT_EQ(mail_address("a@b.vn"), "a@b.vn");
    EXPECT_EQ(mail_address("o'brien@example.com"), "o'brien@example.com");
}

TEST(MailAddress, OfADomainInVietnameseGoesAsAscii) {
    EXPECT_EQ(mail_address("cb@hồngngự.vn"), "cb@xn--hngng-391bwi.vn");
    EXPECT_EQ(mail_address("cb@HỒNGNGỰ.VN"), mail_address("cb@hồngngự.vn"));
}

TEST(MailAddress, ThatWouldDoHarmIsNone) {
    for (const std::string text :
         {"", "@", "a@", "@b.vn", "a", "a@b", "a b@c.vn", "a@b c.vn", "a@b.vn\r\nRCPT TO:<x@y.vn>", "a\n@b.vn", "a@b.vn\n", " a@b.vn",
          "a@b.vn ", "<a@b.vn>", "\"a b\"@c.vn", "\"a\"@c.vn", "a@[10.0.0.1]", "a@10.0.0.1", "a@b.vn,c@d.vn", "a@b.vn;c@d.vn", "a@b@c.vn",
          "a(b)@c.vn", ".a@b.vn", "a.@b.vn", "a..b@c.vn", "a@.vn", "a@b..vn", "a@-b.vn", "a@b_c.vn", "điềm@hongngu.vn", "a@b.vn\xff",
          "a@\xE2\x80\xAE" "nv.b", "a\\@b.vn", "a@b.vn>", "a%0d%0a@b.vn\t"})
        EXPECT_EQ(mail_address(text), std::nullopt) << text;
    EXPECT_EQ(mail_address(std::string("a\0@b.vn", 7)), std::nullopt);
    EXPECT_EQ(mail_address(std::string(65, 'a') + "@b.vn"), std::nullopt);
    EXPECT_EQ(mail_address("a@" + std::string(300, 'b') + ".vn"), std::nullopt);
    EXPECT_EQ(mail_address(std::string(1'000'000, 'a') + "@b.vn"), std::nullopt);
}

}  // namespace
}  // namespace loa::jobs
