// /nguoi-dung/nhap and /nguoi-dung/xuat, as an administrator meets them.
#include <map>

#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/people_sheets.h"
#include "loa/web/testing.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PeopleImportPages : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
        static const PasswordHash hash = hash_password("một câu dễ nhớ 2024", "").value();
        for (const auto& account : {std::pair("quan.tri", Role::Administrator), std::pair("can.bo", Role::Clerk)})
            people_[account.first] = town().write(Id{}, [&](Work& work) {
                return create_person(work, {.name = "Trần Thị Lan", .sign_in_name = account.first, .password = hash, .unit = town().root(), .role = account.second, .valid_from = day(2024, 1, 1)}).value();
            });
        registry_.add(town().keys());
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, {database(), town().clock(), town().ids()}, web_hooks(registry_), {});
    }
    web::Browser signed_in(const std::string& name) {
        web::Browser browser(*dispatcher_);
        browser.get("/dang-nhap");
        EXPECT_EQ(browser.post("/dang-nhap", {{"sign_in_name", name}, {"password", "một câu dễ nhớ 2024"}, {"ve", "/don-vi"}, {"language", "vi"}}).status, 303);
        if (name == "quan.tri") town().second_factor(people_.at(name));
        return browser;
    }
    web::Browser::Answer send(web::Browser& browser, const std::string& csv) {
        browser.get("/nguoi-dung/nhap");
        return browser.post("/nguoi-dung/nhap", {}, {{"file", "nguoi-dung.csv", csv}});
    }
    std::string field(const std::string& page, const std::string& name) {
        const std::string mark = "name=\"" + name + "\" value=\"";
        const std::size_t at = page.find(mark);
        return at == page.npos ? "" : page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    }

    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::map<std::string, Id> people_;
};

TEST_P(PeopleImportPages, AFileWithBadRowsIsExplainedAndChangesNothing) {
    auto browser = signed_in("quan.tri");
    const auto answer = send(browser, "Họ và tên;Tên đăng nhập;Đơn vị\nVõ Văn A;quan.tri;Phòng VH&TT\nLê B;<b>;Xã không có\nHồ C;;Phòng VH&TT\n");
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("Lỗi: Nhập người dùng từ bảng tính"));
    EXPECT_THAT(answer.body, HasSubstr("B2"));
    EXPECT_THAT(answer.body, HasSubstr("Xã không có"));
    EXPECT_THAT(answer.body, Not(HasSubstr("<td><b>;"))) << "what was typed is escaped";
    EXPECT_THAT(browser.get("/nguoi-dung").body, Not(HasSubstr("Hồ C")));
    EXPECT_EQ(browser.post("/nguoi-dung/nhap", {}, {}).status, 422);
}

TEST_P(PeopleImportPages, ASoundFileIsShownThenPeopleAreMadeOnce) {
    auto browser = signed_in("quan.tri");
    const auto sent = send(browser, "Họ và tên;Thư điện tử;Đơn vị;Vai trò\nNguyễn Ngọc Hân;han@example.vn;Phòng VH&TT;Cán bộ, công chức\nVõ Văn Thư;;Phòng VH&TT;Trưởng đơn vị\n");
    ASSERT_EQ(sent.status, 303);
    const auto page = browser.follow(sent);
    EXPECT_THAT(page.body, HasSubstr("hannn (Loa đề xuất) · han@example.vn · Phòng Văn hóa và Thông tin · Cán bộ, công chức"));
    EXPECT_THAT(page.body, HasSubstr("Tạo tài khoản, gửi thư mời"));
    EXPECT_THAT(page.body, HasSubstr("chưa có địa chỉ thư"));
    EXPECT_THAT(browser.get("/nguoi-dung").body, Not(HasSubstr("Ngọc Hân")));
    browser.get(sent.location);
    const auto applied = browser.post(sent.location, {{"sha256", field(page.body, "sha256")}});
    EXPECT_EQ(applied.status, 303);
    EXPECT_THAT(browser.get("/nguoi-dung").body, HasSubstr("Ngọc Hân"));
    const auto again = browser.get(sent.location);
    EXPECT_THAT(again.body, HasSubstr("Tệp này đã được áp dụng."));
    EXPECT_THAT(again.body, Not(HasSubstr("name=\"sha256\"")));
    EXPECT_EQ(browser.post(sent.location, {{"sha256", field(page.body, "sha256")}}).status, 409);
}

TEST_P(PeopleImportPages, OnlyThoseWhoManagePeopleGiveAndTakeTables) {
    auto clerk = signed_in("can.bo");
    for (const char* path : {"/nguoi-dung/nhap", "/nguoi-dung/nhap/mau", "/nguoi-dung/xuat"}) EXPECT_EQ(clerk.get(path).status, 403) << path;
    auto administrator = signed_in("quan.tri");
    const auto file = [](const web::Browser::Answer& answer) { return answer.response.body ? *answer.response.body : answer.body; };
    EXPECT_TRUE(formats::read_spreadsheet(file(administrator.get("/nguoi-dung/nhap/mau")), "mau.xlsx"));
    EXPECT_TRUE(formats::read_spreadsheet(file(administrator.get("/nguoi-dung/xuat")), "nguoi-dung.xlsx"));
    EXPECT_THAT(file(administrator.get("/nguoi-dung/xuat?dang=csv")), HasSubstr("quan.tri"));
}

LOA_ON_BOTH_ENGINES(PeopleImportPages);

}  // namespace
}  // namespace loa::identity
