// /nguoi-dung/nhap and /nguoi-dung/xuat, as an administrator meets them.
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/people.h"
#include "loa/identity/people_sheets.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "support/sheet_pages.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PeopleImportPages : public SheetPages {
  protected:
    static web::Browser::Answer send(web::Browser& browser, const std::string& csv) { return send_sheet(browser, "/nguoi-dung/nhap", csv); }
    std::vector<TimelineLine> lines_of(const std::string& event) {
        return town().read(Id{}, [&](Work& work) { return timeline_lines(work, {.event_prefix = event}); });
    }
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
    for (const char* path : {"/nguoi-dung/nhap", "/nguoi-dung/nhap/mau"}) EXPECT_EQ(clerk.get(path).status, 403) << path;
    clerk.get("/tai-khoan");
    EXPECT_EQ(clerk.post("/nguoi-dung/xuat").status, 403);
    EXPECT_THAT(lines_of("identity.people_exported"), IsEmpty());
    web::Browser stranger(*dispatcher_);
    stranger.get("/dang-nhap");
    EXPECT_EQ(stranger.post("/nguoi-dung/xuat").location, "/dang-nhap?ve=/nguoi-dung");
    auto administrator = signed_in("quan.tri");
    const auto file = [](const web::Browser::Answer& answer) { return answer.response.body ? *answer.response.body : answer.body; };
    EXPECT_TRUE(formats::read_spreadsheet(file(administrator.get("/nguoi-dung/nhap/mau")), "mau.xlsx"));
    administrator.get("/nguoi-dung");
    EXPECT_EQ(administrator.post("/nguoi-dung/xuat", {{"format", "csv"}, {"csrf", "forged"}}).status, 403);
    EXPECT_TRUE(formats::read_spreadsheet(file(administrator.post("/nguoi-dung/xuat", {{"format", "xlsx"}})), "nguoi-dung.xlsx"));
    std::size_t people = 0;
    for (int i = 0; i < 2; ++i) {
        const auto table = file(administrator.post("/nguoi-dung/xuat", {{"format", "csv"}}));
        EXPECT_THAT(table, HasSubstr("quan.tri"));
        people = formats::read_spreadsheet(table, "nguoi-dung.csv").value().front().rows.size() - 1;  // below the headings
    }
    EXPECT_GE(people, people_.size());
    const auto exports = lines_of("identity.people_exported");
    ASSERT_EQ(exports.size(), 3U) << "each time, from the same page too";
    EXPECT_EQ(exports[0].person, people_.at("quan.tri"));
    EXPECT_THAT(exports[0].changes, ElementsAre(Change{"format", "", "csv"}, Change{"lines", "", std::to_string(people)}));
}

TEST_P(PeopleImportPages, ReadingTheListOrAnAccountIsALineForReaderPageAndHour) {
    auto administrator = signed_in("quan.tri");
    const std::string account = "/nguoi-dung/" + to_string(people_.at("can.bo"));
    for (int i = 0; i < 3; ++i)
        for (const std::string& path : {std::string("/nguoi-dung"), account}) EXPECT_EQ(administrator.get(path).status, 200);
    EXPECT_EQ(administrator.get("/nguoi-dung/1").status, 404);
    administrator.get("/nguoi-dung?q=khong.co.ai");
    const auto write_down = [&] {
        town().write(Id{}, [](Work& work) {
            work.authority = {};
            jobs::enqueue(work, "identity.record_quiet_acts", "{}");
        });
        jobs::run_due_jobs(registry_, {database(), town().clock(), town().ids()});
    };
    write_down();
    const auto lines = lines_of("identity.personal_read");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].person, people_.at("quan.tri"));
    EXPECT_THAT(lines[0].changes, ElementsAre(Change{"route", "", "GET " + account}));
    EXPECT_THAT(lines[1].changes, ElementsAre(Change{"route", "", "GET /nguoi-dung"}));
    town().clock().set(town().clock().now().plus_seconds(3600));
    administrator.get(account);
    write_down();
    EXPECT_EQ(lines_of("identity.personal_read").size(), 3U) << "another hour";
}

LOA_ON_BOTH_ENGINES(PeopleImportPages);

}  // namespace
}  // namespace loa::identity
