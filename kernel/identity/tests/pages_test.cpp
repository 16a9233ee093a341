#include "loa/web/testing.h"

#include <thread>

#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "page_parts.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";
constexpr Verb kNote{"test.note", {{Role::Clerk, Scope::OwnUnit}}, "identity.verb.add_alias"};

class Pages : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        office_ = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
        diem_ = account("Phan Thị Ngọc Diễm", "diem", Role::Clerk);
        registry_.add(town().keys());
        join(registry_);
        // A form of some slice: each handling leaves a line.
        registry_.add(kNote);
        registry_.add(web::Route{.method = web::Method::Post,
                                 .pattern = "/thu/ghi",
                                 .access = web::Access::Granted,
                                 .verb = std::string(kNote.name),
                                 .handler = [](const web::Request&, Work& work) {
                                     record(work, {"test.note", work.authority, Id{1}}, "test.noted");
                                     return web::redirect("/don-vi");
                                 }});
        dispatcher_ = web::make_dispatcher(registry_, services(), web_hooks(registry_), {});
    }
    web::Services services() { return {database(), town().clock(), town().ids()}; }
    Id account(const std::string& name, const std::string& sign_in_name, Role role) {
        static const PasswordHash hash = testing::weak_hash(kPassword);
        return town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = name,
                                        .sign_in_name = sign_in_name,
                                        .password = hash,
                                        .unit = office_,
                                        .role = role,
                                        .valid_from = day(2024, 1, 1)})
                .value();
        });
    }
    web::Browser::Answer sign_in(web::Browser& browser, const std::string& name,
                                 const std::string& password = std::string(kPassword),
                                 const std::string& back = "/") {
        browser.get("/dang-nhap");
        return browser.post(
            "/dang-nhap", {{"sign_in_name", name}, {"password", password}, {"ve", back}, {"language", "vi"}});
    }
    web::Browser signed_in(const std::string& name) {
        web::Browser browser(*dispatcher_);
        EXPECT_EQ(sign_in(browser, name).status, 303);
        return browser;
    }
    std::size_t notes() {
        return town().read(Id{}, [](Work& work) {
            return timeline_of(work, {"test.note", work.authority, Id{1}}).size();
        });
    }

    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    Id office_, diem_;
};

TEST_P(Pages, SendStrangersToTheSignInAndBack) {
    web::Browser browser(*dispatcher_);
    for (const auto* path : {"/don-vi", "/tai-khoan", "/nhat-ky", "/nguoi-dung", "/-/co-quan"})
        EXPECT_THAT(browser.get(path).location, HasSubstr("/dang-nhap?ve=")) << path;
    const auto form = browser.follow(browser.get("/don-vi?ngay=2024-01-10"));
    EXPECT_EQ(form.status, 200);
    EXPECT_THAT(form.body, HasSubstr("value=\"/don-vi?ngay=2024-01-10\""));
    const auto answer = sign_in(browser, "diem", std::string(kPassword), "/don-vi?ngay=2024-01-10");
    EXPECT_EQ(answer.location, "/don-vi?ngay=2024-01-10");
    const auto cookie = answer.header("Set-Cookie");
    EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
    EXPECT_THAT(cookie, HasSubstr("SameSite=Lax"));
    EXPECT_THAT(cookie, Not(HasSubstr("Secure")));
    EXPECT_THAT(browser.follow(answer).body, HasSubstr("Phan Thị Ngọc Diễm"));
}

TEST_P(Pages, MarkCookiesSecureWhereTheBrowserSpeaksTls) {
    Registry registry;
    registry.add(town().keys());
    join(registry);
    web::ServerSettings settings;
    settings.secure_cookies = true;
    dispatcher_ = web::make_dispatcher(registry, services(), web_hooks(registry), settings);
    web::Browser browser(*dispatcher_);
    EXPECT_THAT(sign_in(browser, "diem").header("Set-Cookie"), HasSubstr("Secure"));
    dispatcher_.reset();
}

TEST_P(Pages, RefuseAWrongPasswordWithoutSayingWhy) {
    web::Browser browser(*dispatcher_);
    const auto wrong = sign_in(browser, "diem", "sai mật khẩu");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("Tên đăng nhập hoặc mật khẩu không đúng."));
    EXPECT_THAT(wrong.body, HasSubstr("value=\"diem\"")) << "the name stays";
    EXPECT_THAT(wrong.body, Not(HasSubstr("sai mật khẩu"))) << "the password does not";
    EXPECT_THAT(sign_in(browser, "nobody", "sai mật khẩu").body,
                HasSubstr("Tên đăng nhập hoặc mật khẩu không đúng."));
    web::Browser::Answer last;
    for (int i = 0; i < 7; ++i) last = sign_in(browser, "diem", "sai mật khẩu");
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(last.header("Retry-After"), "2");
    EXPECT_THAT(last.body, HasSubstr("Chờ 2 giây"));
}

TEST_P(Pages, NeverLeadToAnotherSite) {
    for (const auto* target : {"https://evil.example/", "//evil.example/", "/\\evil.example",
                               "javascript:alert(1)", "\t//evil.example", "/a\r\nSet-Cookie: x=y"}) {
        web::Browser browser(*dispatcher_);
        EXPECT_EQ(sign_in(browser, "diem", std::string(kPassword), target).location, "/") << target;
    }
    EXPECT_EQ(own_path("/ke-hoach/5?a=b"), "/ke-hoach/5?a=b");
    EXPECT_EQ(own_path("/a\tb"), "/");
    EXPECT_EQ(own_path(""), "/");
}

TEST_P(Pages, SignOut) {
    auto browser = signed_in("diem");
    browser.get("/don-vi");
    const auto answer = browser.post("/dang-xuat");
    EXPECT_EQ(answer.location, "/");
    EXPECT_THAT(browser.get("/don-vi").location, HasSubstr("/dang-nhap"));
}

TEST_P(Pages, AForgedFormIsRefused) {
    auto browser = signed_in("diem");
    EXPECT_EQ(browser.post("/thu/ghi", {{"csrf", "forged"}, {"request_id", "0123456789abcdef"}}).status, 403);
    EXPECT_EQ(notes(), 0U);
}

TEST_P(Pages, AFormSentTwiceIsHandledOnce) {
    auto browser = signed_in("diem");
    browser.get("/tai-khoan");
    EXPECT_EQ(browser.post("/thu/ghi").location, "/don-vi");
    EXPECT_EQ(browser.post("/thu/ghi").location, "/don-vi") << "the first one's answer";
    EXPECT_EQ(notes(), 1U);
    browser.get("/tai-khoan");
    browser.post("/thu/ghi");
    EXPECT_EQ(notes(), 2U) << "a new form is a new act";
}

TEST_P(Pages, AFormThatArrivesTwiceAtOnceIsHandledOnce) {
    auto browser = signed_in("diem");
    for (std::size_t round = 1; round <= 10; ++round) {
        browser.get("/tai-khoan");
        std::vector<std::string> locations(4);
        std::vector<std::thread> senders;
        for (std::string& location : locations)
            senders.emplace_back([&location, copy = browser]() mutable { location = copy.post("/thu/ghi").location; });
        for (std::thread& sender : senders) sender.join();
        EXPECT_THAT(locations, ::testing::Each("/don-vi"));
        EXPECT_EQ(notes(), round);
    }
}

TEST_P(Pages, VerbsGuardRoutes) {
    account("Người Kiểm Tra", "auditor", Role::Auditor);
    const Id administrator = account("Người Quản Trị", "admin", Role::Administrator);
    auto clerk = signed_in("diem"), auditor = signed_in("auditor"), admin = signed_in("admin");
    EXPECT_EQ(admin.get("/nguoi-dung").status, 403) << "before the second factor is on";
    EXPECT_THAT(admin.get("/don-vi").body, HasSubstr("href=\"/tai-khoan/hai-lop\""));
    town().second_factor(administrator);
    EXPECT_EQ(clerk.get("/nhat-ky").status, 403);
    EXPECT_EQ(clerk.get("/nguoi-dung").status, 403);
    EXPECT_EQ(auditor.get("/nhat-ky").status, 200);
    EXPECT_EQ(auditor.get("/nguoi-dung").status, 403);
    EXPECT_EQ(admin.get("/nguoi-dung").status, 200);
    auditor.get("/tai-khoan");
    EXPECT_EQ(auditor.post("/thu/ghi").status, 403);
    EXPECT_EQ(notes(), 0U);
    EXPECT_THAT(clerk.get("/don-vi").body, Not(HasSubstr("href=\"/nhat-ky\"")));
    EXPECT_THAT(admin.get("/don-vi").body, HasSubstr("href=\"/nhat-ky\""));
}

TEST_P(Pages, ShowTheTreeAsOfADay) {
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(
            rename_unit(work, {office_, "Phòng Văn hóa, Khoa học và Thông tin", "", day(2024, 1, 10), 1}));
        ASSERT_TRUE(create_group(work, {.name = "Các phòng", .kinds = {UnitKind::Office}}));
    });
    auto browser = signed_in("diem");
    EXPECT_THAT(browser.get("/don-vi").body, HasSubstr("Phòng Văn hóa, Khoa học và Thông tin"));
    const auto before = browser.get("/don-vi?ngay=2024-01-09").body;
    EXPECT_THAT(before, HasSubstr("Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(before, Not(HasSubstr("Khoa học và Thông tin</a>"))) << "though the frame shows today's";
    EXPECT_THAT(browser.get("/don-vi?ngay=2019-01-01").body, HasSubstr("Chưa có đơn vị nào vào ngày này"));
    EXPECT_EQ(browser.get("/don-vi?ngay=nonsense").status, 200);
    const auto unit = browser.get("/don-vi/" + to_string(office_)).body;
    EXPECT_THAT(unit, HasSubstr("Tên cũ"));
    EXPECT_THAT(unit, HasSubstr("Phòng VH&amp;TT"));
    EXPECT_THAT(unit, HasSubstr("Phan Thị Ngọc Diễm"));
    testing::Town other(database(), "thị xã Tân Châu");
    EXPECT_EQ(browser.get("/don-vi/" + to_string(other.root())).status, 404);
}

TEST_P(Pages, ShowAUnitsSuccessors) {
    const Id old = town().office("Phòng Lao động"), next = town().office("Phòng Nội vụ");
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(close_unit(
            work, {old, ClosingKind::Merged, day(2024, 1, 12), {{{town().authority(), next}, {}}}, 1}));
    });
    auto browser = signed_in("diem");
    EXPECT_THAT(browser.get("/don-vi/" + to_string(old)).body, HasSubstr("/don-vi/" + to_string(next)));
    EXPECT_THAT(browser.get("/don-vi/" + to_string(next)).body, HasSubstr("Phòng Lao động"));
}

TEST_P(Pages, ShowTheTimelineFiltered) {
    account("Người Kiểm Tra", "auditor", Role::Auditor);
    auto browser = signed_in("auditor");
    const auto all = browser.get("/nhat-ky").body;
    EXPECT_THAT(all, HasSubstr("Đã tạo tài khoản"));
    EXPECT_THAT(all, HasSubstr("Đã đăng nhập"));
    const auto some = browser.get("/nhat-ky?event=identity.signed_in").body;
    EXPECT_THAT(some, Not(HasSubstr("Đã tạo tài khoản")));
    EXPECT_EQ(browser.get("/nhat-ky?event=%27%3B&from=x&to=31/12/2024&person=abc&trang=-4").status, 200);
    EXPECT_THAT(browser.get("/nhat-ky?from=2025-01-01").body, HasSubstr("Chưa có nội dung phù hợp"));
}

TEST_P(Pages, ChangeThePassword) {
    auto browser = signed_in("diem");
    auto elsewhere = signed_in("diem");
    const auto change = [&](const std::string& current, const std::string& password,
                            const std::string& again) {
        browser.get("/tai-khoan");
        const auto answer =
            browser.post("/tai-khoan/mat-khau",
                         {{"current_password", current}, {"password", password}, {"password_again", again}});
        return browser.follow(answer).body;
    };
    const std::string next = "đò ngang bến cũ 2024";
    EXPECT_THAT(change("sai", next, next), HasSubstr("Mật khẩu hiện tại không đúng"));
    EXPECT_THAT(change(std::string(kPassword), next, next + "x"), HasSubstr("không giống nhau"));
    EXPECT_THAT(change(std::string(kPassword), "ngắn", "ngắn"), HasSubstr("từ 15 ký tự"));
    EXPECT_THAT(change(std::string(kPassword), next, next), HasSubstr("Đã đổi mật khẩu"));
    EXPECT_EQ(browser.get("/tai-khoan").status, 200) << "this session stays";
    EXPECT_THAT(elsewhere.get("/tai-khoan").location, HasSubstr("/dang-nhap"));
    EXPECT_EQ(sign_in(elsewhere, "diem").status, 422);
    EXPECT_EQ(sign_in(elsewhere, "diem", next).status, 303);
}

TEST_P(Pages, EndOtherSessions) {
    auto browser = signed_in("diem");
    auto elsewhere = signed_in("diem");
    EXPECT_THAT(browser.get("/tai-khoan").body, HasSubstr("/tai-khoan/thoat-noi-khac"));
    EXPECT_EQ(browser.post("/tai-khoan/thoat-noi-khac").location, "/tai-khoan");
    EXPECT_THAT(elsewhere.get("/tai-khoan").location, HasSubstr("/dang-nhap"));
    EXPECT_THAT(browser.get("/tai-khoan").body, Not(HasSubstr("/tai-khoan/thoat-noi-khac")));
}

TEST_P(Pages, OfferTheChoiceOfAuthority) {
    testing::Town province(database(), "tỉnh Đồng Tháp");
    province.write(Id{}, [&](Work& work) {
        ASSERT_TRUE(
            add_membership(work, {diem_, province.root(), Role::Auditor, "", day(2024, 1, 1), std::nullopt}));
    });
    web::Browser browser(*dispatcher_);
    const auto answer = sign_in(browser, "diem", std::string(kPassword), "/don-vi");
    EXPECT_EQ(answer.location, "/-/co-quan?ve=/don-vi");
    EXPECT_THAT(browser.follow(answer).body, HasSubstr("Ủy ban nhân dân tỉnh Đồng Tháp"));
    const auto chosen =
        browser.post("/-/co-quan", {{"authority", to_string(province.authority())}, {"ve", "/don-vi"}});
    EXPECT_EQ(chosen.location, "/don-vi");
    EXPECT_THAT(browser.follow(chosen).body, Not(HasSubstr("Phòng Văn hóa và Thông tin")));
    EXPECT_EQ(browser.get("/nhat-ky").status, 200) << "an auditor there";
    browser.get("/-/co-quan");
    EXPECT_EQ(browser.post("/-/co-quan", {{"authority", "12345"}}).status, 403);
}

TEST_P(Pages, KeepASessionAliveByUsingIt) {
    auto browser = signed_in("diem");
    const auto see = [&] {
        database().write([&](storage::Transaction& transaction) {
            Work work = system_work(transaction, town().ids(), town().clock().now(), Id{});
            jobs::enqueue(work, "identity.see_sessions", "{}");
        });
        jobs::run_due_jobs(registry_, services());
    };
    for (int hours = 0; hours < 20; hours += 5) {
        town().clock().set(town().clock().now().plus_seconds(5 * 3600));
        ASSERT_EQ(browser.get("/don-vi").status, 200) << hours;
        see();
    }
    town().clock().set(town().clock().now().plus_seconds(8 * 3600));
    EXPECT_EQ(browser.get("/don-vi").status, 303);
}

LOA_ON_BOTH_ENGINES(Pages);

}  // namespace
}  // namespace loa::identity
