#include "smtp.h"

#include <gtest/gtest.h>

#include "loa/base/text.h"
#include "mime.h"
#include "loa/jobs/testing.h"

namespace loa::jobs {
namespace {

using Fate = MailAnswer::Fate;
using namespace std::chrono_literals;

constexpr std::string_view kPassword = "mật khẩu thử";

MailSettings settings_of(const testing::SmtpServer& server, MailSecurity security = MailSecurity::None) {
    MailSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.security = security;
    settings.certificate_file = server.certificate();
    settings.sender_address = "loa@tram.example";
    return settings;
}

MailAnswer send(const MailSettings& settings, std::chrono::milliseconds whole = 1500ms) {
    return send_mail(settings, {1500ms, whole, 2s}, "diem@tram.example", "Subject: x\r\n\r\nMot\r\n.\r\nhai\r\n");
}

struct Hostile {
    const char* behaviour;
    Fate fate;
    std::size_t taken;  // by the server
    const char* says = "";
};

class SmtpFates : public ::testing::TestWithParam<Hostile> {};

TEST_P(SmtpFates, AreToldApart) {
    const testing::SmtpServer server(GetParam().behaviour);
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = send(settings_of(server));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 15s) << "a server can hold us up no longer than we allow";
    EXPECT_EQ(answer.fate, GetParam().fate) << answer.answer;
    EXPECT_EQ(server.count(), GetParam().taken);
    EXPECT_NE(answer.answer.find(GetParam().says), std::string::npos) << answer.answer;
    EXPECT_LE(length(answer.answer), 301u);
    EXPECT_TRUE(is_utf8(answer.answer));
}

INSTANTIATE_TEST_SUITE_P(
    Servers, SmtpFates,
    ::testing::Values(Hostile{"kind", Fate::Sent, 1, "Taken"},
                      Hostile{"greeting:hang", Fate::Later, 0}, Hostile{"greeting:drop", Fate::Later, 0},
                      Hostile{"greeting:garbage", Fate::Later, 0}, Hostile{"greeting:endless", Fate::Later, 0},
                      Hostile{"greeting:endless-lines", Fate::Later, 0}, Hostile{"greeting:554 5.3.2 Closed", Fate::Later, 0, "Closed"},
                      Hostile{"ehlo:endless", Fate::Later, 0}, Hostile{"ehlo:endless-lines", Fate::Later, 0},
                      Hostile{"ehlo:hang", Fate::Later, 0}, Hostile{"mail:hang", Fate::Later, 0},
                      Hostile{"mail:451 4.3.0 Busy", Fate::Later, 0, "Busy"},
                      Hostile{"mail:550 5.7.1 You may not", Fate::Refused, 0, "You may not"},
                      Hostile{"rcpt:550 5.1.1 No such user", Fate::Refused, 0, "No such user"},
                      Hostile{"rcpt:450 4.2.0 Greylisted", Fate::Later, 0, "Greylisted"}, Hostile{"rcpt:drop", Fate::Later, 0},
                      Hostile{"rcpt:garbage", Fate::Later, 0}, Hostile{"data:hang", Fate::Later, 0},
                      Hostile{"data:554 5.6.0 Not this", Fate::Refused, 0, "Not this"}, // All was handed over by then, so for all that we know it was taken.
                      Hostile{"body:drop", Fate::Unknown, 0},
                      Hostile{"dot:554 5.7.1 Spam", Fate::Refused, 0, "Spam"}, Hostile{"dot:452 4.3.1 Full", Fate::Later, 0, "Full"},
                      Hostile{"dot:late-5", Fate::Sent, 1, "At last"}, Hostile{"dot:late-60", Fate::Unknown, 1},
                      Hostile{"dot:take-drop", Fate::Unknown, 1}, Hostile{"dot:hang", Fate::Unknown, 1},
                      Hostile{"dot:garbage", Fate::Unknown, 1}, Hostile{"dot:endless", Fate::Unknown, 1}));

TEST(Smtp, TheBytesArriveAsTheyWere) {
    const testing::SmtpServer server("kind");
    ASSERT_EQ(send(settings_of(server)).fate, Fate::Sent);
    const auto mail = server.mails().at(0);
    EXPECT_EQ(mail.at("raw"), "Subject: x\r\n\r\nMot\r\n.\r\nhai\r\n");
    EXPECT_TRUE(mail.at("envelope_from").starts_with("<loa@tram.example>")) << mail.at("envelope_from");
    EXPECT_TRUE(mail.at("envelope_to").starts_with("<diem@tram.example>")) << mail.at("envelope_to");
}

TEST(Smtp, NobodyThere) {
    int port = 0;
    {
        const testing::SmtpServer server("kind");
        port = server.port();
    }
    MailSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.security = MailSecurity::None;
    settings.sender_address = "loa@tram.example";
    const auto answer = send(settings);
    EXPECT_EQ(answer.fate, Fate::Later);
    EXPECT_NE(answer.answer, "");
}

class SmtpSecurity : public ::testing::TestWithParam<MailSecurity> {
  protected:
    testing::SmtpServer server_{"kind", std::string(code(GetParam()))};
    MailSettings settings_ = settings_of(server_, GetParam());
};

TEST_P(SmtpSecurity, SignsInBehindACertificateThatWasChecked) {
    settings_.user = "loa";
    settings_.password = kPassword;
    const auto answer = send(settings_, 8s);
    EXPECT_EQ(answer.fate, Fate::Sent) << answer.answer;
    EXPECT_EQ(server_.count(), 1u);
}

TEST_P(SmtpSecurity, TrustsNoStranger) {
    settings_.certificate_file.clear();
    const auto answer = send(settings_, 8s);
    EXPECT_EQ(answer.fate, Fate::Later);
    EXPECT_NE(answer.answer.find("ertificate"), std::string::npos) << answer.answer;
    EXPECT_EQ(server_.count(), 0u);
}

TEST_P(SmtpSecurity, TrustsNoCertificateForAnotherName) {
    settings_.host = "127.0.0.2";  // the same server, but that is not what its certificate says
    const auto answer = send(settings_, 8s);
    EXPECT_EQ(answer.fate, Fate::Later);
    EXPECT_EQ(server_.count(), 0u);
}

TEST_P(SmtpSecurity, AWrongPasswordIsNoFaultOfTheMailAndShowsNowhere) {
    settings_.user = "loa";
    settings_.password = "không phải mật khẩu này";
    const auto answer = send(settings_, 8s);
    EXPECT_EQ(answer.fate, Fate::Later);
    EXPECT_NE(answer.answer.find("535"), std::string::npos) << answer.answer;
    EXPECT_EQ(answer.answer.find(settings_.password), std::string::npos) << answer.answer;
    EXPECT_EQ(answer.answer.find(base64(settings_.password)), std::string::npos) << answer.answer;
    EXPECT_EQ(server_.count(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Ways, SmtpSecurity, ::testing::Values(MailSecurity::StartTls, MailSecurity::Tls),
                         [](const auto& way) { return std::string(code(way.param)); });

TEST(Smtp, NeverGoesOnInClearWhereTlsWasAskedFor) {
    const testing::SmtpServer server("kind");  // which offers no STARTTLS
    auto settings = settings_of(server, MailSecurity::StartTls);
    settings.user = "loa";
    settings.password = kPassword;
    EXPECT_EQ(send(settings).fate, Fate::Later);
    EXPECT_EQ(server.count(), 0u);
}

}  // namespace
}  // namespace loa::jobs
