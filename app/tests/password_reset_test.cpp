// Who forgot the password comes in again by herself: address confirmed, link asked for, mail, new password; with a real server.
#include "loa/identity/people.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/testing.h"
#include "tests/support/mail.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kOld = "một câu dễ nhớ 2024", kNew = "một câu khác hẳn 2026";

class PasswordResetTest : public OnBoth {
  protected:
    void SetUp() override {
        OnBoth::SetUp();
        if (IsSkipped()) return;
        name_ = "hay.quen." + std::to_string(++people_made);
        address_ = name_ + "@tram.example";
        person_ = town().write(Id{}, [&](Work& work) {
            return identity::create_person(work, {.name = "Nguyễn Hay Quên",
                                                  .sign_in_name = name_,
                                                  .email = address_,
                                                  .password = identity::testing::weak_hash(kOld),
                                                  .unit = commune().other_unit(),
                                                  .role = identity::Role::Clerk,
                                                  .valid_from = town().clock().now().date()})
                .value();
        });
        town().write(Id{}, [&](Work& work) { send_through(work, *keys_in(commune().registry()), server_.port()); });
    }
    identity::testing::Town& town() { return commune().town(); }

    web::Browser::Answer enter(web::Browser& browser, std::string_view password) {
        browser.get("/dang-nhap");
        return browser.post("/dang-nhap", {{"sign_in_name", name_}, {"password", std::string(password)}, {"ve", "/tai-khoan"}, {"language", "vi"}});
    }
    bool may_enter(std::string_view password) {
        web::Browser browser(commune().dispatcher());
        return enter(browser, password).location == "/tai-khoan";
    }
    /// At "Quên mật khẩu"; gives what the stranger reads.
    std::string forget(const std::string& name) {
        web::Browser stranger(commune().dispatcher());
        stranger.get("/quen-mat-khau");
        const auto answer = stranger.follow(stranger.post("/quen-mat-khau", {{"sign_in_name", name}}));
        commune().run_jobs();
        return answer.body;
    }
    std::size_t mails() { return server_.count(); }
    jobs::testing::ReadMail last_mail() { return server_.mails().back(); }
    /// By the link of a mail, in a browser of a stranger.
    web::Browser::Answer press(const std::string& path, const Form& form = {}) {
        web::Browser stranger(commune().dispatcher());
        stranger.get("/dang-nhap");  // for the token of the form: a link that is no good shows none
        return stranger.post(path, form);
    }
    void confirm_address() {
        web::Browser browser(commune().dispatcher());
        ASSERT_EQ(enter(browser, kOld).location, "/tai-khoan");
        const std::string page = browser.get("/tai-khoan").body;
        const std::string mark = "name=\"version\" value=\"";
        const auto at = page.find(mark, page.find("/tai-khoan/thu\"")) + mark.size();
        const std::string version = page.substr(at, page.find('"', at) - at);
        ASSERT_THAT(browser.post("/tai-khoan/thu", {{"email", address_}, {"email_password", std::string(kOld)}, {"version", version}}).location, StartsWith("/tai-khoan?da-gui=1"));
        commune().run_jobs();
        ASSERT_EQ(mails(), 1U);
        EXPECT_EQ(last_mail().at("to_address"), address_);
        ASSERT_EQ(press(path_in(last_mail())).location, "/dang-nhap?da=thu");
    }
    bool confirmed() {
        return town().read(Id{}, [&](Work& work) { return identity::person_by_id(work, person_)->email_confirmed; });
    }

    static inline int people_made = 0;
    jobs::testing::SmtpServer server_{"kind"};
    std::string name_, address_;
    Id person_;
};

TEST_P(PasswordResetTest, FromTheConfirmedAddressToTheNewPassword) {
    confirm_address();
    EXPECT_TRUE(confirmed());
    EXPECT_THAT(forget(name_), HasSubstr("role=\"status\""));
    ASSERT_EQ(mails(), 2U);
    const auto path = path_in(last_mail());
    ASSERT_THAT(path, StartsWith("/lien-ket/"));
    EXPECT_TRUE(may_enter(kOld)) << "asking changes nothing";
    web::Browser scanner(commune().dispatcher());
    EXPECT_EQ(scanner.get(path).status, 200) << "nor does opening the link";
    EXPECT_TRUE(may_enter(kOld));

    const Form form{{"password", std::string(kNew)}, {"password_again", std::string(kNew)}};
    EXPECT_EQ(press(path, form).location, "/dang-nhap?da=mat-khau");
    EXPECT_FALSE(may_enter(kOld));
    EXPECT_TRUE(may_enter(kNew));
    EXPECT_EQ(press(path, form).status, 404) << "once";
    commune().run_jobs();
    ASSERT_EQ(mails(), 3U);
    EXPECT_THAT(last_mail().at("text"), HasSubstr("Mật khẩu của tài khoản " + name_ + " vừa được đặt"));
    EXPECT_EQ(path_in(last_mail()), "") << "nothing to press in it";
}

TEST_P(PasswordResetTest, AnUnconfirmedAddressAnUnknownNameAndASecondRequestGetNothing) {
    const auto answer = forget(name_);
    EXPECT_EQ(mails(), 0U) << "a mistyped address would be somebody else's";
    EXPECT_EQ(forget("khong.co.ai"), answer) << "nobody learns which names there are";
    EXPECT_EQ(mails(), 0U);
    confirm_address();
    forget(name_);
    ASSERT_EQ(mails(), 2U);
    const auto first = path_in(last_mail());
    town().clock().set(town().clock().now().plus_seconds(9 * 60));
    EXPECT_EQ(forget(name_), answer);
    EXPECT_EQ(mails(), 2U) << "one each ten minutes";
    town().clock().set(town().clock().now().plus_seconds(60));
    forget(name_);
    ASSERT_EQ(mails(), 3U);
    EXPECT_THAT(path_in(last_mail()), Not(first));
    EXPECT_EQ(press(first).status, 404) << "the newer one ended it";
}

LOA_ON_BOTH_ENGINES(PasswordResetTest);

}  // namespace
}  // namespace loa::app
