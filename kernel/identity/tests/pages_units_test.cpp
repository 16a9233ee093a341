// /don-vi and what is below it, as an administrator meets them.
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/people.h"
#include "loa/identity/unit_changes.h"
#include "loa/identity/unit_sheets.h"
#include "support/sheet_pages.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class UnitPages : public SheetPages {
  protected:
    static web::Browser::Answer send(web::Browser& browser, const std::string& csv) { return send_sheet(browser, "/don-vi/nhap", csv); }
    static std::string text(const web::Browser::Answer& answer) { return answer.response.body ? *answer.response.body : answer.body; }
};

TEST_P(UnitPages, AFileWithBadRowsIsExplainedAndChangesNothing) {
    auto browser = signed_in("quan.tri");
    const auto answer = send(browser, "Tên đơn vị;Loại;Đơn vị cấp trên\nPhòng A;Phòng;\nKhóm 1;<b>;Xã không có\n;Phòng;\n");
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("Lỗi: "));
    EXPECT_THAT(answer.body, HasSubstr("B3"));
    EXPECT_THAT(answer.body, HasSubstr("Xã không có"));
    EXPECT_THAT(answer.body, HasSubstr("A4"));
    EXPECT_THAT(answer.body, Not(HasSubstr("<b>;"))) << "what was typed is escaped";
    EXPECT_THAT(browser.get("/don-vi").body, Not(HasSubstr("Phòng A")));
    EXPECT_EQ(browser.post("/don-vi/nhap", {}, {}).status, 422);
    EXPECT_THAT(send(browser, "\x89PNG\r\n\x1a\n").body, HasSubstr("không phải là bảng tính"));
}

TEST_P(UnitPages, EveryBadRowIsListedInTheFileForDownload) {
    auto browser = signed_in("quan.tri");
    std::string csv = "Tên đơn vị;Loại;Đơn vị cấp trên\n";
    for (int i = 1; i <= 1200; ++i) csv += "=Khóm " + std::to_string(i) + ";Không biết;Xã không có\n";
    const auto answer = send(browser, csv);
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("700")) << "more than are shown";
    EXPECT_THAT(answer.body, Not(HasSubstr("C1201")));
    const auto at = answer.body.find("href=\"/don-vi/nhap/");
    ASSERT_NE(at, std::string::npos);
    const auto path = answer.body.substr(at + 6, answer.body.find('"', at + 6) - at - 6);
    const auto list = browser.get(path);
    EXPECT_EQ(list.status, 200);
    const auto sheets = formats::read_spreadsheet(text(list), "loi.csv");
    ASSERT_TRUE(sheets);
    const auto& rows = sheets->front().rows;
    ASSERT_EQ(rows.size(), 1U + 2 * 1200) << "two faults each";
    EXPECT_EQ(rows.back().at(0)->text, "1201");
    EXPECT_EQ(rows.back().at(1)->text, "C1201");
    EXPECT_EQ(rows.back().at(2)->text, "=Khóm 1200") << "no formula, and not another name";
    EXPECT_THAT(text(list), HasSubstr("\"'=Khóm 1200\"") ) << "what a spreadsheet opens runs nothing";

    // The file with faults is kept and shows them again, but can't be taken over.
    const auto kept = path.substr(0, path.rfind('/'));
    const auto page = browser.get(kept);
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, Not(HasSubstr("name=\"sha256\"")));
    EXPECT_EQ(browser.post(kept, {{"sha256", "sai"}}).status, 422);
    EXPECT_THAT(browser.get("/don-vi").body, Not(HasSubstr("Khóm 1200")));
    auto another = signed_in("quan.tri.hai");
    EXPECT_EQ(another.get(path).status, 404) << "what another administrator tried";
}

TEST_P(UnitPages, ASoundFileIsShownThenTakenOver) {
    auto browser = signed_in("quan.tri");
    const auto sent = send(browser, "Tên đơn vị;Loại;Số người\nPhòng Mới;Phòng;7\nPhòng VH&TT;;12\n");
    ASSERT_EQ(sent.status, 303);
    const auto page = browser.follow(sent);
    EXPECT_THAT(page.body, HasSubstr("Phòng Mới"));
    EXPECT_THAT(page.body, HasSubstr("Số người: 12"));
    EXPECT_THAT(browser.get("/don-vi").body, Not(HasSubstr("Phòng Mới")));
    browser.follow(sent);
    EXPECT_EQ(browser.post(sent.location, {{"sha256", "sai"}}).status, 409);
    browser.follow(sent);
    EXPECT_EQ(browser.post(sent.location, {{"sha256", field(page.body, "sha256")}}).status, 303);
    EXPECT_THAT(browser.get("/don-vi").body, HasSubstr("Phòng Mới"));
    EXPECT_THAT(browser.get("/don-vi/" + to_string(office_)).body, HasSubstr("12"));
}

TEST_P(UnitPages, DownloadsAreWhatTheySay) {
    auto browser = signed_in("can.bo");
    const auto xlsx = browser.get("/don-vi/xuat"), csv = browser.get("/don-vi/xuat?dang=csv&ngay=2020-01-01");
    EXPECT_TRUE(formats::read_spreadsheet(text(xlsx), "a.xlsx"));
    EXPECT_THAT(csv.header("Content-Disposition"), HasSubstr("don-vi-2020-01-01.csv"));
    EXPECT_THAT(text(csv), HasSubstr("Phòng VH&TT"));
    EXPECT_EQ(browser.get("/don-vi/nhap").status, 403);
    auto administrator = signed_in("quan.tri");
    EXPECT_TRUE(formats::read_spreadsheet(text(administrator.get("/don-vi/nhap/mau")), "mau.xlsx"));
}

TEST_P(UnitPages, AChangeIsPreparedTriedAndConfirmed) {
    auto browser = signed_in("quan.tri");
    browser.get("/don-vi/thay-doi");
    EXPECT_EQ(browser.post("/don-vi/thay-doi", {{"name", "Sắp xếp"}, {"day", "không"}}).status, 422);
    const auto made = browser.post("/don-vi/thay-doi", {{"name", "Sắp xếp năm 2024"}, {"basis", "Nghị quyết 1"}, {"day", "01/03/2024"}});
    ASSERT_EQ(made.status, 303);
    const auto version = [&] { return field(browser.get(made.location).body, "version"); };
    EXPECT_EQ(browser.post(made.location + "/them", {{"version", version()}, {"change_kind", "create"}, {"unit_kind", "office"}, {"name", "Phòng Văn hóa - Xã hội"}, {"parent", to_string(town().root())}}).status, 303);
    const auto refused = browser.post(made.location + "/them", {{"version", version()}, {"change_kind", "end"}, {"unit", to_string(office_)}, {"closing", "split"}, {"successors", "Phòng Văn hóa - Xã hội"}, {"people_line", "1"}});
    EXPECT_EQ(refused.status, 422) << "a split into one";
    EXPECT_THAT(refused.body, HasSubstr("Phòng Văn hóa - Xã hội</textarea>")) << "what was typed is still there";
    EXPECT_THAT(refused.body, HasSubstr("<option value=\"split\" selected>"));
    EXPECT_THAT(refused.body, HasSubstr("<option value=\"" + to_string(office_) + "\" selected>"));
    EXPECT_THAT(refused.body, HasSubstr("<details class=\"more\" open><summary id=\"ket-thuc\">"));
    const auto no_day = browser.post(made.location, {{"version", version()}, {"name", "Tên khác"}, {"basis", "Nghị quyết 2"}, {"day", "ngày mai"}});
    EXPECT_EQ(no_day.status, 422);
    EXPECT_THAT(no_day.body, HasSubstr("name=\"day\" inputmode=\"numeric\" value=\"ngày mai\""));
    EXPECT_THAT(no_day.body, HasSubstr("value=\"Nghị quyết 2\""));
    EXPECT_EQ(browser.post(made.location + "/them", {{"version", version()}, {"change_kind", "end"}, {"unit", to_string(office_)}, {"closing", "merged"}, {"successors", "phòng văn hóa - xã hội"}, {"people_line", "1"}}).status, 303);
    browser.get(made.location);
    const auto trial = browser.post(made.location + "/thu");
    EXPECT_EQ(trial.status, 200);
    EXPECT_THAT(trial.body, HasSubstr("Các đơn vị vào ngày 01/03/2024"));
    EXPECT_THAT(browser.get("/don-vi").body, Not(HasSubstr("Phòng Văn hóa - Xã hội")));
    EXPECT_EQ(browser.post(made.location + "/quyet-dinh", {{"version", version()}, {"decision", "confirm"}}).status, 303);
    EXPECT_THAT(browser.get("/don-vi").body, HasSubstr("Sắp xếp năm 2024")) << "among the changes to come";
    auto clerk = signed_in("can.bo");
    EXPECT_THAT(clerk.get("/don-vi?ngay=02/03/2024").body, HasSubstr("chưa thể hiện"));
    EXPECT_EQ(clerk.get(made.location).status, 403);
}

TEST_P(UnitPages, FiguresAreEntered) {
    auto browser = signed_in("quan.tri");
    const std::string path = "/don-vi/" + to_string(office_);
    browser.get(path);
    const auto refused = browser.post(path + "/so-lieu", {{"kind", "population"}, {"value", "mười"}, {"valid_from", "01/01/2024"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("<option value=\"population\" selected>")) << "sent again it is no other figure";
    EXPECT_EQ(browser.post(path + "/so-lieu", {{"kind", "headcount"}, {"value", "14"}, {"valid_from", "01/01/2024"}, {"source", "Quyết định biên chế"}}).status, 303);
    EXPECT_THAT(browser.get(path).body, HasSubstr("Quyết định biên chế"));
    auto clerk = signed_in("can.bo");
    clerk.get(path);
    EXPECT_EQ(clerk.post(path + "/so-lieu", {{"kind", "headcount"}, {"value", "1"}, {"valid_from", "01/01/2024"}}).status, 403);
}

LOA_ON_BOTH_ENGINES(UnitPages);

}  // namespace
}  // namespace loa::identity
