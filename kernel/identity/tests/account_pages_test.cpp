// Accounts in the browser: the second factor, links, deputies, one's own sessions.
#include "loa/identity/account_links.h"
#include "loa/identity/deputies.h"
#include "loa/identity/first_run.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"
#include "loa/jobs/queue.h"
#include "loa/web/testing.h"
#include "support/on_engine.h"
#include "totp.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

class AccountPages : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        office_ = town().office("Phòng Nội vụ");
        diem_ = account("Phan Thị Ngọc Diễm", "diem", Role::OfficeHead);
        registry_.add(town().keys());
        jobs::join(registry_);
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, {database(), town().clock(), town().ids()}, web_hooks(registry_), {});
    }
    Id account(const std::string& name, const std::string& sign_in_name, Role role) {
        static const PasswordHash hash = testing::weak_hash(kPassword);
        return town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = name, .sign_in_name = sign_in_name, .password = hash, .unit = office_, .role = role, .valid_from = day(2020, 1, 1)}).value();
        });
    }
    web::Browser::Answer enter(web::Browser& browser, const std::string& name, std::string_view password = kPassword) {
        browser.get("/dang-nhap");
        return browser.post("/dang-nhap", {{"sign_in_name", name}, {"password", std::string(password)}, {"ve", "/don-vi"}, {"language", "vi"}});
    }
    web::Browser signed_in(const std::string& name) {
        web::Browser browser(*dispatcher_);
        EXPECT_EQ(enter(browser, name).location, "/don-vi");
        return browser;
    }
    /// Between two tags of a page.
    static std::string between(const std::string& body, const std::string& before, const std::string& after) {
        const auto from = body.find(before);
        if (from == std::string::npos) return "";
        const auto begin = from + before.size();
        return body.substr(begin, body.find(after, begin) - begin);
    }

    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    Id office_, diem_;
};

TEST_P(AccountPages, TheSecondFactorIsTurnedOnUsedAndTurnedOff) {
    auto browser = signed_in("diem");
    EXPECT_THAT(browser.get("/tai-khoan/hai-lop").body, HasSubstr("/tai-khoan/hai-lop/bat"));
    EXPECT_EQ(browser.post("/tai-khoan/hai-lop/bat").location, "/tai-khoan/hai-lop");
    const auto begun = browser.get("/tai-khoan/hai-lop").body;
    EXPECT_THAT(begun, HasSubstr("<svg class=\"qr\""));
    const auto secret = between(begun, "<code>", "</code>");
    ASSERT_EQ(secret.size(), 32U);
    const auto wrong = browser.post("/tai-khoan/hai-lop/xac-nhan", {{"code", "000000"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("aria-invalid=\"true\""));
    const auto on = browser.post("/tai-khoan/hai-lop/xac-nhan", {{"code", totp_code(secret, totp_step_at(town().clock().now()))}});
    EXPECT_EQ(on.status, 200);
    const auto recovery = between(on.body, "<li><code>", "</code>");
    EXPECT_EQ(recovery.size(), 11U);
    EXPECT_THAT(browser.get("/tai-khoan/hai-lop").body, Not(HasSubstr(recovery))) << "shown once";

    web::Browser elsewhere(*dispatcher_);
    const auto half = enter(elsewhere, "diem");
    EXPECT_EQ(half.location, "/dang-nhap/ma?ve=/don-vi");
    EXPECT_THAT(elsewhere.get("/don-vi").location, HasSubstr("/dang-nhap")) << "not in yet";
    EXPECT_EQ(elsewhere.follow(half).status, 200);
    const auto refused = elsewhere.post("/dang-nhap/ma", {{"code", "123456"}, {"ve", "/don-vi"}, {"language", "vi"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("role=\"alert\""));
    town().clock().set(town().clock().now().plus_seconds(30));
    const auto let_in = elsewhere.post("/dang-nhap/ma", {{"code", totp_code(secret, totp_step_at(town().clock().now()))}, {"ve", "/don-vi"}});
    EXPECT_EQ(let_in.location, "/don-vi");
    EXPECT_EQ(elsewhere.get("/don-vi").status, 200);

    elsewhere.get("/tai-khoan/hai-lop");
    EXPECT_EQ(elsewhere.post("/tai-khoan/hai-lop/tat", {{"code", "000000"}}).status, 422);
    EXPECT_EQ(elsewhere.post("/tai-khoan/hai-lop/tat", {{"code", recovery}}).location, "/tai-khoan/hai-lop");
    EXPECT_EQ(signed_in("diem").get("/don-vi").status, 200);
}

TEST_P(AccountPages, GuessesOfTheCodeCountThoughTheyAreRefused) {
    auto browser = signed_in("diem");
    town().second_factor(diem_);
    browser.get("/tai-khoan/hai-lop");
    int status = 0;
    for (int i = 0; i < 8 && status != 429; ++i)
        status = browser.post("/tai-khoan/hai-lop/tat", {{"code", "00000" + std::to_string(i)}, {"request_id", "guess-" + std::to_string(1000 + i)}}).status;
    EXPECT_EQ(status, 429);
}

TEST_P(AccountPages, ALinkInTheHandsOfAnotherSetsItsOwnersPasswordAlone) {
    account("Trần Văn Tâm", "tam", Role::Leader);
    auto tam = signed_in("tam");
    const auto session = tam.cookies().at("loa_session");
    auto hers = signed_in("diem");
    town().second_factor(diem_);
    const auto path = town().write(town().administrator(), [&](Work& work) {
        return make_password_link(work, *town().keys(), diem_, LinkPurpose::Reset, LinkWay::ByHand).value();
    });
    const std::string fresh = "sông nước miền Tây 2025";
    EXPECT_THAT(tam.get(path).body, HasSubstr("Phan Thị Ngọc Diễm")) << "the page says whose it is";
    EXPECT_EQ(tam.post(path, {{"password", fresh}, {"password_again", fresh}}).location, "/dang-nhap?da=mat-khau");
    EXPECT_EQ(tam.cookies().at("loa_session"), session);
    EXPECT_THAT(tam.get("/don-vi").body, HasSubstr("Trần Văn Tâm")) << "he stays who he is";
    EXPECT_THAT(hers.get("/don-vi").location, HasSubstr("/dang-nhap")) << "her sessions end";

    web::Browser other(*dispatcher_);
    EXPECT_EQ(enter(other, "tam", fresh).status, 422) << "his password is what it was";
    EXPECT_EQ(enter(other, "tam").location, "/don-vi");
    web::Browser thief(*dispatcher_);
    EXPECT_EQ(enter(thief, "diem").status, 422);
    EXPECT_EQ(enter(thief, "diem", fresh).location, "/dang-nhap/ma?ve=/don-vi") << "the password alone does not open it";
    EXPECT_EQ(thief.post("/dang-nhap/ma", {{"code", "123456"}, {"ve", "/don-vi"}, {"language", "vi"}}).status, 422);
    EXPECT_THAT(thief.get("/don-vi").location, HasSubstr("/dang-nhap"));
    EXPECT_EQ(thief.get(path).status, 404) << "used up";
}

TEST_P(AccountPages, ADeputyActsInTheOthersNameAndThePageSaysSo) {
    const Id leader = account("Trần Văn Tâm", "tam", Role::Leader);
    auto tam = signed_in("tam");
    tam.get("/tai-khoan/thay-mat");
    const auto refused = tam.post("/tai-khoan/thay-mat", {{"deputy", to_string(diem_)}, {"from", "2024-01-15"}, {"last_day", "nonsense"}, {"reason", "Đi công tác"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Đi công tác")) << "what was typed stays";
    EXPECT_EQ(tam.post("/tai-khoan/thay-mat", {{"deputy", to_string(diem_)}, {"from", "2024-01-15"}, {"last_day", "2024-01-19"}, {"reason", "Đi công tác"}}).status, 303);
    auto browser = signed_in("diem");
    const auto page = browser.get("/tai-khoan/thay-mat").body;
    EXPECT_THAT(page, HasSubstr("Trần Văn Tâm"));
    const auto begin = between(page, "action=\"/tai-khoan/thay-mat/", "/bat-dau\"");
    EXPECT_EQ(browser.post("/tai-khoan/thay-mat/" + begin + "/bat-dau").status, 303);
    EXPECT_THAT(browser.get("/don-vi").body, HasSubstr("Đang làm thay Trần Văn Tâm."));
    town().read(Id{}, [&](Work& work) { EXPECT_EQ(deputyships(work).front().principal, leader); });
    EXPECT_EQ(browser.post("/tai-khoan/thay-mat/thoi").status, 303);
    EXPECT_THAT(browser.get("/don-vi").body, Not(HasSubstr("Đang làm thay")));
}

TEST_P(AccountPages, AnInvitedPersonSetsAPasswordThroughTheLink) {
    const Id administrator = account("Người Quản Trị", "admin", Role::Administrator);
    auto admin = signed_in("admin");
    town().second_factor(administrator);
    admin.get("/nguoi-dung/moi");
    const auto refused = admin.post("/nguoi-dung/moi", {{"name", "Lê Thị Mới"}, {"sign_in_name", "Tên Sai"}, {"unit", to_string(office_)}, {"role", "clerk"}, {"valid_from", "2024-01-15"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Lê Thị Mới"));
    const auto made = admin.post("/nguoi-dung/moi", {{"name", "Lê Thị Mới"}, {"sign_in_name", "moi"}, {"unit", to_string(office_)}, {"role", "clerk"}, {"valid_from", "2024-01-15"}});
    ASSERT_EQ(made.status, 303);
    admin.follow(made);
    const auto page = admin.post(made.location + "/lien-ket", {{"way", "hand"}}).body;
    const auto token = between(page, "/lien-ket/", "\"");
    ASSERT_EQ(token.size(), 64U) << "beside the address of the form";
    web::Browser visitor(*dispatcher_);
    EXPECT_THAT(visitor.get("/lien-ket/" + token).body, HasSubstr("Lê Thị Mới"));
    EXPECT_EQ(visitor.post("/lien-ket/" + token, {{"password", std::string(kPassword)}, {"password_again", "khác"}}).status, 422);
    EXPECT_EQ(visitor.post("/lien-ket/" + token, {{"password", "ngắn"}, {"password_again", "ngắn"}}).status, 422);
    EXPECT_EQ(visitor.post("/lien-ket/" + token, {{"password", std::string(kPassword)}, {"password_again", std::string(kPassword)}}).location, "/dang-nhap?da=mat-khau");
    EXPECT_EQ(visitor.get("/lien-ket/" + token).status, 404);
    EXPECT_EQ(signed_in("moi").get("/don-vi").status, 200);
}

TEST_P(AccountPages, WhoForgotIsAnsweredTheSameWhateverTheName) {
    const auto ask = [&](const std::string& name) {
        web::Browser browser(*dispatcher_);
        browser.get("/quen-mat-khau");
        const auto answer = browser.post("/quen-mat-khau", {{"sign_in_name", name}});
        return answer.location + browser.follow(answer).body;
    };
    EXPECT_EQ(ask("diem"), ask("nobody.of.that.name"));
}

TEST_P(AccountPages, ManyRequestsForOneNameLeaveTheOthersOfTheOfficeTheirs) {
    const auto ask = [&](web::Browser& browser, const std::string& name) {
        browser.get("/quen-mat-khau");
        return browser.post("/quen-mat-khau", {{"sign_in_name", name}});
    };
    auto known = signed_in("diem");
    web::Browser stranger(*dispatcher_);
    web::Browser::Answer refused;
    for (int i = 0; i < 10 && refused.status != 429; ++i) refused = ask(stranger, "diem");
    ASSERT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, HasSubstr("Chưa gửi yêu cầu này"));
    EXPECT_THAT(refused.body, HasSubstr("value=\"diem\"")) << "what was typed stays";
    EXPECT_EQ(ask(stranger, "tam").status, 303) << "from the same address, for another name";
    for (int i = 0; i < 200 && ask(stranger, "nobody." + std::to_string(i)).status != 429; ++i) {
    }
    EXPECT_EQ(ask(stranger, "tam").status, 429) << "however many names";
    EXPECT_EQ(ask(known, "diem").status, 303) << "her own browser is not in that count";
    EXPECT_EQ(ask(known, "tam").status, 429) << "for her name alone";
}

TEST_P(AccountPages, OnesAddressIsChangedByWhoKnowsThePassword) {
    auto browser = signed_in("diem");
    const auto address = [&] { return town().read(Id{}, [&](Work& work) { return person_by_id(work, diem_)->email; }); };
    const auto letters = [&] { return storage::testing::row_counts(database()).at("jobs_mail"); };
    const auto send = [&](const std::string& email, std::string_view password) {
        const auto page = browser.get("/tai-khoan").body;
        const auto version = between(page.substr(page.find("/tai-khoan/thu\"")), "name=\"version\" value=\"", "\"");
        return browser.post("/tai-khoan/thu", {{"email", email}, {"email_password", std::string(password)}, {"version", version}});
    };
    const auto wrong = send("diem@tram.example", "không phải câu ấy");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("id=\"email_password-e\""));
    EXPECT_THAT(wrong.body, HasSubstr("value=\"diem@tram.example\"")) << "what was typed stays";
    EXPECT_THAT(wrong.body, HasSubstr("href=\"#email_password\""));
    EXPECT_THAT(wrong.body, Not(HasSubstr("không phải câu ấy")));
    EXPECT_EQ(address(), "");

    const auto malformed = send("diem@@tram", kPassword);
    EXPECT_EQ(malformed.status, 422);
    EXPECT_THAT(malformed.body, HasSubstr("id=\"email-e\""));
    EXPECT_THAT(malformed.body, HasSubstr("value=\"diem@@tram\""));
    EXPECT_EQ(address(), "");

    EXPECT_EQ(send("diem@tram.example", kPassword).location, "/tai-khoan?da-gui=1#thu");
    EXPECT_EQ(address(), "diem@tram.example");
    EXPECT_EQ(letters(), 1) << "there was none before, that could hear of it";
    EXPECT_EQ(send("lan@tram.example", kPassword).status, 303);
    EXPECT_EQ(letters(), 2) << "nor one that was confirmed";
    database().script("update identity_person set email_confirmed_at = 1 where id = " + to_string(diem_));
    EXPECT_EQ(send("lan@tram.example", kPassword).status, 303);
    EXPECT_EQ(letters(), 3) << "the same one";
    EXPECT_EQ(send("ngoc@tram.example", kPassword).status, 303);
    EXPECT_EQ(letters(), 5) << "the former and the new one";
}

TEST_P(AccountPages, GuessesOfThePasswordAtTheAddressAreSlowedAndSharedWithThePasswordsForm) {
    auto browser = signed_in("diem");
    const auto guess = [&](std::string_view password) {
        browser.get("/tai-khoan");
        return browser.post("/tai-khoan/thu", {{"email", "ke.gian@tram.example"}, {"email_password", std::string(password)}, {"version", "1"}});
    };
    std::string body;
    for (int i = 0; i < 15 && body.find("Chờ một phút") == std::string::npos; ++i) body = guess("không phải câu ấy").body;
    EXPECT_THAT(body, HasSubstr("Chờ một phút"));
    EXPECT_EQ(guess(kPassword).status, 422) << "not even the right one meanwhile";
    browser.get("/tai-khoan");
    const auto other = browser.post("/tai-khoan/mat-khau", {{"current_password", std::string(kPassword)}, {"password", "sông nước miền Tây 2025"}, {"password_again", "sông nước miền Tây 2025"}});
    EXPECT_EQ(other.location, "/tai-khoan?loi=6");
}

TEST_P(AccountPages, EndOneOfOnesSessions) {
    auto browser = signed_in("diem"), elsewhere = signed_in("diem");
    const auto page = browser.get("/tai-khoan").body;
    const auto session = between(page, "action=\"/tai-khoan/phien/", "/ket-thuc\"");
    ASSERT_EQ(session.size(), 64U);
    EXPECT_EQ(browser.post("/tai-khoan/phien/" + session + "/ket-thuc").status, 303);
    EXPECT_THAT(elsewhere.get("/tai-khoan").location, HasSubstr("/dang-nhap"));
    EXPECT_EQ(browser.get("/tai-khoan").status, 200);
    account("Lê Văn Khác", "khac", Role::Clerk);
    auto other = signed_in("khac");
    other.get("/tai-khoan");
    EXPECT_EQ(other.post("/tai-khoan/phien/" + session + "/ket-thuc").status, 404) << "nobody ends another's";
}

TEST_P(AccountPages, TheFirstOfficeIsMadeInTheBrowserOnce) {
    web::Browser browser(*dispatcher_);
    EXPECT_EQ(browser.get("/bat-dau").status, 200);
    std::vector<std::pair<std::string, std::string>> form{{"code", "WRONG"}, {"level", "commune"}, {"name", "Ủy ban nhân dân phường Bến Đò"}, {"short_name", "UBND phường Bến Đò"},
                                                          {"place", "Phường Bến Đò"}, {"hamlet_word", "khóm"}, {"valid_from", "2020-01-01"}, {"person_name", "Người Quản Trị"},
                                                          {"sign_in_name", "quan.tri.vien"}, {"password", std::string(kPassword)}, {"language", "vi"}};
    const auto refused = browser.post("/bat-dau", form);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Phường Bến Đò"));
    EXPECT_THAT(refused.body, Not(HasSubstr(std::string(kPassword)))) << "a password is never shown again";
    form.front().second = first_run_code(registry_);
    EXPECT_EQ(browser.post("/bat-dau", form).status, 303);
    EXPECT_EQ(browser.get("/bat-dau").status, 404);
    EXPECT_EQ(browser.post("/bat-dau", form).status, 404);
}

LOA_ON_BOTH_ENGINES(AccountPages);

}  // namespace
}  // namespace loa::identity
