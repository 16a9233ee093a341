// The whole way through a mail server that others wrote.
#include "tests/support/mail_house.h"

namespace loa::jobs {
namespace {

class OpenSmtpdTest : public MailHouse {
  protected:
    void SetUp() override {
        MailHouse::SetUp();
        if (IsSkipped()) return;
        std::string why;
        real_ = testing::OpenSmtpd::start(why);
        if (!real_) GTEST_SKIP() << why;
        send_through(real_->port());
    }
    std::unique_ptr<testing::OpenSmtpd> real_;
};

TEST_P(OpenSmtpdTest, DeliversWhatAMailProgramReads) {
    tell(kUrgent);
    tell(kDaily, Id{8}, "Kế hoạch “Một cửa gần dân”");
    at(kDigestHour);
    strike();
    const auto mails = real_->wait_for_mails(2);
    ASSERT_EQ(mails.size(), 2u);
    for (const auto& mail : mails) {
        EXPECT_EQ(mail.at("defects"), "");
        EXPECT_EQ(mail.at("types"), "multipart/alternative text/plain text/html");
        EXPECT_EQ(mail.at("from_address"), "loa@tram.example");
        EXPECT_EQ(mail.at("auto-submitted"), "auto-generated");
        EXPECT_NE(mail.at("text").find("https://loa.tram.example/ke-hoach/15"), std::string::npos);
        EXPECT_NE(mail.at("html").find("href=\"https://loa.tram.example/ke-hoach/15\""), std::string::npos);
    }
    const bool first_is_hers = mails[0].at("to_address") == "diem@hongngu.example";
    EXPECT_EQ(mails[first_is_hers ? 0 : 1].at("to_name"), "Phan Thị Ngọc Diễm");
    EXPECT_EQ(mails[first_is_hers ? 0 : 1].at("subject"), "3 thông báo chưa đọc");
    EXPECT_EQ(mails[first_is_hers ? 1 : 0].at("to_name"), "Đặng Văn Tèo");
    EXPECT_EQ(mails[first_is_hers ? 1 : 0].at("subject"), "1 unread notice, 16/01/2024");
}

TEST_P(OpenSmtpdTest, SaysNoToAnAddress) {
    write([&](Work& work) {
        ASSERT_TRUE(post_letter(work, *keys_in(registry_),
                                {.kind = "jobs.test_mail", .to = {"", "ai@lost.example"}, .subject = "jobs.test_mail", .sentence = "jobs.test_mail_sentence"}));
    });
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Refused) << only_mail().answer;
    EXPECT_TRUE(only_mail().answer.starts_with("550")) << only_mail().answer;
}

INSTANTIATE_TEST_SUITE_P(Engines, OpenSmtpdTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
