// /nguoi-dung/nhap and /nguoi-dung/xuat, as an administrator meets them.
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/people.h"
#include "loa/identity/people_sheets.h"
#include "support/sheet_pages.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PeopleImportPages : public SheetPages {
  protected:
    static web::Browser::Answer send(web::Browser& browser, const std::string& csv) { return send_sheet(browser, "/nguoi-dung/nhap", csv); }
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
    const auto at = answer.body.find("href=\"/nguoi-dung/nhap/");
    ASSERT_NE(at, std::string::npos);
    const auto path = answer.body.substr(at + 6, answer.body.find('"', at + 6) - at - 6);
    const auto list = browser.get(path);
    EXPECT_EQ(list.status, 200);
    EXPECT_THAT(list.response.body ? *list.response.body : list.body, HasSubstr("2;B2;Võ Văn A;"));
    EXPECT_EQ(signed_in("can.bo").get(path).status, 403);
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
