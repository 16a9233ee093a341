// /viec-don-vi/tien-do: what a unit did, from the spreadsheet that it keeps anyway: the dry run, and what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/storage/testing.h"
#include "test_places.h"
#include "tests/support/page_text.h"
#include "tests/support/progress_desk.h"
#include "tests/support/workbook.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHeadings = "Nội dung;Đơn vị thực hiện;Kết quả;Ngày thực hiện;Ghi chú\n";
constexpr const char* kForm = "/viec-don-vi/tien-do";
constexpr std::int64_t kDay = 24 * 3600;

class ProgressImportTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        desk_ = ProgressDesk::on(GetParam());
        if (!desk_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        desk_->commune().pass_time(kDay);  // so that there are two days on which something may have been done
    }

    ProgressDesk& desk() { return *desk_; }
    Commune& commune() { return desk_->commune(); }
    /// A row of kHeadings about the clerk's own line.
    static std::string own_row(const std::string& amount, const std::string& day, const std::string& note) {
        return ProgressDesk::own_title() + ";Phòng Văn hóa - Xã hội;" + amount + ";" + day + ";" + note + "\n";
    }
    std::string csv(const std::string& rows, const std::string& visitor = "clerk") { return desk().brought(visitor, "ket-qua.csv", kHeadings + rows); }

    std::unique_ptr<ProgressDesk> desk_;
};

/// Two rows of merged headings below a title, numbers of columns, a group, a sum, days counted since 1900.
std::string table_of_the_office() {
    return workbook_of(
        sheet_row(1, {text_cell("A1", "KẾT QUẢ TUYÊN TRUYỀN QUÝ I NĂM 2026")}) +
            sheet_row(3, {text_cell("A3", "TT"), text_cell("B3", "Nội dung"), text_cell("C3", "Cơ quan thực hiện"), text_cell("D3", "Kết quả"), text_cell("G3", "Ghi chú")}) +
            sheet_row(4, {text_cell("D4", "Số lượng"), text_cell("E4", "Ngày"), text_cell("F4", "Đơn vị tính")}) +
            sheet_row(5, {text_cell("A5", "(1)"), text_cell("B5", "(2)"), text_cell("C5", "(3)"), text_cell("D5", "(4)"), text_cell("E5", "(5)"), text_cell("F5", "(6)"), text_cell("G5", "(7)")}) +
            sheet_row(6, {text_cell("A6", "I"), text_cell("B6", "HOẠT ĐỘNG TRÊN TRUYỀN THANH")}) +
            sheet_row(7, {text_cell("A7", "2"), text_cell("B7", "Lam chuyen muc huong dan nop ho so tren truyen thanh va mang xa hoi"), text_cell("C7", "phòng văn hóa – xã hội"), number_cell("D7", "3"),
                          day_cell("E7", 46113), text_cell("F7", "bài"), text_cell("G7", "Ba bài đầu quý")}) +
            sheet_row(8, {text_cell("A8", "2"), text_cell("B8", "Làm chuyên mục hướng dẫn nộp hồ sơ trên truyền thanh"), text_cell("C8", "Phòng Văn hóa - Xã hội"), formula_cell("D8", "1+1", "2"), day_cell("E8", 46114),
                          text_cell("F8", "bài"), text_cell("G8", "Hai bài về chứng thực")}) +
            sheet_row(9, {text_cell("A9", "4"), text_cell("B9", "Khảo sát mức độ hài lòng của người dân đến giao dịch"), text_cell("C9", "Văn phòng HĐND và UBND"), number_cell("D9", "120"), day_cell("E9", 46114),
                          text_cell("G9", "Phát phiếu tại quầy")}) +
            sheet_row(10, {text_cell("A10", "5"), text_cell("B10", "Việc không có trong kế hoạch nào cả"), text_cell("C10", "Phòng Văn hóa - Xã hội"), number_cell("D10", "1"), day_cell("E10", 46114)}) +
            sheet_row(11, {text_cell("B11", "Niêm yết và cập nhật thủ tục hành chính tại các điểm đông người"), text_cell("C11", "Sở Chẳng Có Thật"), number_cell("D11", "1"), day_cell("E11", 46114)}) +
            sheet_row(12, {text_cell("B12", "Tổng cộng:"), formula_cell("D12", "SUM(D7:D11)", "127")}),
        {"A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"});
}

TEST_P(ProgressImportTest, ATableOfTheOfficeIsReadAsItStands) {
    const auto before = commune().state();
    const auto path = desk().brought("clerk", "ket-qua-quy-1.xlsx", table_of_the_office());
    std::string told;
    for (const char* part : {"tom-tat", "unclear", "beyond", "refused", "ready", "skipped", "recorded"})
        if (const auto words = desk().part("clerk", path, part); !words.empty()) told += "[" + std::string(part) + "]\n" + words + "\n";
    EXPECT_EQ(desk().waiting(desk().own_line()), 0) << "a dry run";

    const std::string golden = LOA_TEST_DIR "/golden/progress_trial.txt";
    if (std::getenv("LOA_ACCEPT")) std::ofstream(golden) << told;
    std::ifstream file(golden);
    std::stringstream wanted;
    wanted << file.rdbuf();
    EXPECT_EQ(told, wanted.str()) << "LOA_ACCEPT=1 writes it anew";

    // Nothing is taken over while a row is unclear.
    EXPECT_EQ(desk().record("clerk", path).status, 409);
    EXPECT_EQ(desk().say("clerk", path, "/dong", {{"dong-10", "bo"}}).status, 303);
    const auto done = desk().record("clerk", path);
    ASSERT_EQ(done.status, 303) << words_of(done.body);
    EXPECT_EQ(desk().waiting(desk().own_line()), 5000);
    EXPECT_EQ(desk().pieces(desk().own_line()), 2u);
    const auto line = desk().shown("clerk", "/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(desk().own_line())).body;
    EXPECT_THAT(line, HasSubstr("ô D7 (<a href=\"/tep/")) << "the cell is the source of the number, and the file is kept";
    EXPECT_THAT(commune().changes_since(before), HasSubstr("Ba bài đầu quý"));
    EXPECT_THAT(desk().part("clerk", path, "recorded"), HasSubstr("Phòng Văn hóa - Xã hội"));
}

struct BadCell {
    const char* name;
    std::string amount, day;  // XML of the cells C2 and D2
    const char* told;
};

TEST_P(ProgressImportTest, WhatIsWrongIsToldWithItsCell) {
    const std::string good_day = day_cell("D2", 46114), good_amount = number_cell("C2", "2");
    const BadCell cells[] = {
        {"formula", formula_cell("C2", "SUM(X1:X9)", ""), good_day, "Ô C2 : Ô có công thức nhưng tệp không lưu kết quả tính"},
        {"error", error_cell("C2", "#REF!"), good_day, "Ô C2 : Ô báo lỗi #REF!"},
        {"words", text_cell("C2", "vài bài"), good_day, "Ô C2 : “vài bài” không phải là một số đếm được"},
        {"groups", text_cell("C2", "1,234.5"), good_day, "Ô C2 : “1,234.5” không phải"},
        {"negative", number_cell("C2", "-3"), good_day, "Ô C2 : “-3” không phải"},
        {"unit", text_cell("C2", "3 lớp"), good_day, "Ô C2 : Bảng ghi “lớp” nhưng chỉ tiêu tính bằng “bài”"},
        {"ahead", good_amount, text_cell("D2", "03/04/2026"), "Ô D2 : Ngày 03/04/2026 còn ở phía trước"},
        {"before the plan", good_amount, text_cell("D2", "31/03/2026"), "Ô D2 : Ngày 31/03/2026 trước ngày ban hành kế hoạch (01/04/2026)"},
        {"no day", good_amount, "", "Dòng không có ngày"},
        {"part of a day", good_amount, text_cell("D2", "tháng 3"), "Ô D2 : “tháng 3” không đọc được thành ngày"},
        {"number for a day", good_amount, number_cell("D2", "46114"), "Ô D2 : “46114” là một số, không phải ngày"},
    };
    for (const auto& bad : cells) {
        SCOPED_TRACE(bad.name);
        const auto path = desk().brought(
            "clerk", "loi.xlsx",
            workbook_of(sheet_row(1, {text_cell("A1", "Nội dung"), text_cell("B1", "Đơn vị"), text_cell("C1", "Đã thực hiện"), text_cell("D1", "Ngày")}) +
                        sheet_row(2, {text_cell("A2", ProgressDesk::own_title()), text_cell("B2", "Phòng Văn hóa - Xã hội"), bad.amount, bad.day})));
        EXPECT_THAT(desk().part("clerk", path, "refused"), HasSubstr(bad.told));
        EXPECT_EQ(desk().record("clerk", path).status, 409);
    }
    EXPECT_EQ(desk().pieces(desk().own_line()), 0u);
}

TEST_P(ProgressImportTest, VietnameseNumbersAndBothCountingsOfDaysAreRead) {
    const auto table = [](const std::string& amount, const std::string& day, Epoch epoch) {
        return workbook_of(sheet_row(1, {text_cell("A1", "Nội dung"), text_cell("C1", "Đã thực hiện"), text_cell("D1", "Ngày")}) + sheet_row(2, {text_cell("A2", ProgressDesk::own_title()), amount, day}), {}, epoch);
    };
    const auto ready = [&](const std::string& bytes) { return desk().part("clerk", desk().brought("clerk", "so.xlsx", bytes), "ready"); };
    // 46113 days since 1900 and 44651 since 1904 are the same day.
    for (const auto& [day, epoch] : {std::pair(46113, Epoch::Since1900), {44651, Epoch::Since1904}})
        EXPECT_THAT(ready(table(number_cell("C2", "2"), day_cell("D2", day), epoch)), HasSubstr("01/04/2026"));
    EXPECT_THAT(ready(table(text_cell("C2", "7,5"), day_cell("D2", 46113), Epoch::Since1900)), HasSubstr("7,5 bài"));
    EXPECT_THAT(ready(table(text_cell("C2", "2 bài"), text_cell("D2", "1/4/2026"), Epoch::Since1900)), HasSubstr("2 bài"));
    const auto beyond = desk().part("clerk", desk().brought("clerk", "so.xlsx", table(text_cell("C2", "1.234,5"), day_cell("D2", 46113), Epoch::Since1900)), "beyond");
    EXPECT_THAT(beyond, HasSubstr("thêm 1.234,5"));
}

TEST_P(ProgressImportTest, MergedAmountsAreNobodys) {
    const auto path = desk().brought("clerk", "gop.xlsx",
                                     workbook_of(sheet_row(1, {text_cell("A1", "Nội dung"), text_cell("B1", "Kết quả"), text_cell("C1", "Ngày"), text_cell("D1", "Ghi chú")}) +
                                                     sheet_row(2, {text_cell("A2", ProgressDesk::own_title()), number_cell("B2", "4"), day_cell("C2", 46113), text_cell("D2", "Bài một")}) +
                                                     sheet_row(3, {text_cell("A3", ProgressDesk::own_title()), day_cell("C3", 46114), text_cell("D3", "Bài hai")}),
                                                 {"B2:B3"}));
    EXPECT_THAT(desk().part("clerk", path, "refused"), ::testing::AllOf(HasSubstr("Ô B2 : Ô gộp nhiều dòng"), HasSubstr("Ô B3 : Ô gộp nhiều dòng")));
    // Across the row it is one row's; a title across the row is none's.
    const auto across = desk().brought("clerk", "ngang.xlsx",
                                       workbook_of(sheet_row(1, {text_cell("A1", "Nội dung"), text_cell("B1", "Kết quả"), text_cell("D1", "Ngày"), text_cell("E1", "Ghi chú")}) +
                                                       sheet_row(2, {text_cell("A2", "I. TRÊN TRUYỀN THANH")}) + sheet_row(3, {text_cell("A3", ProgressDesk::own_title()), number_cell("B3", "4"), day_cell("D3", 46113)}),
                                                   {"A2:E2", "B3:C3"}));
    EXPECT_THAT(desk().part("clerk", across, "ready"), ::testing::AllOf(HasSubstr("(1)"), HasSubstr("4 bài")));
    EXPECT_EQ(desk().part("clerk", across, "refused") + desk().part("clerk", across, "unclear"), "");
}

TEST_P(ProgressImportTest, NobodyRecordsForOthersOrSeesTheirs) {
    const Id theirs = desk().own_line();
    const auto path = csv(own_row("2", "02/04/2026", "Của phòng khác"), "other_unit");
    EXPECT_THAT(desk().part("other_unit", path, "refused"), HasSubstr("Ô B2 : Bạn không ghi được kết quả của “Phòng Văn hóa - Xã hội”"));
    const auto coded = desk().brought("other_unit", "ma.csv", "Mã việc;Kết quả;Ngày\n" + to_string(theirs) + ";2;02/04/2026\n");
    EXPECT_THAT(desk().part("other_unit", coded, "refused"), HasSubstr("không phải của một việc được giao"));
    // Chosen by hand, past the page.
    const auto unnamed = desk().brought("other_unit", "chon.csv", "Nội dung;Kết quả;Ngày\nViệc nào đó;2;02/04/2026\n");
    EXPECT_EQ(desk().say("other_unit", unnamed, "/dong", {{"dong-2", to_string(theirs)}}).status, 303);
    EXPECT_EQ(desk().part("other_unit", unnamed, "ready"), "");
    EXPECT_EQ(desk().record("other_unit", unnamed).status, 409);
    EXPECT_EQ(desk().pieces(theirs), 0u);

    const auto own = csv(own_row("2", "02/04/2026", "Của mình"));
    const auto file = inside(desk().shown("clerk", own).body, "<a href=\"/tep/", "\"");
    for (const char* visitor : {"other_unit", "other_authority", "office_head"}) {
        EXPECT_EQ(desk().shown(visitor, own).status, 404) << visitor;
        EXPECT_EQ(desk().record(visitor, own).status, 404) << visitor;
        EXPECT_NE(desk().shown(visitor, "/tep/" + file).status, 200) << visitor;
    }
    EXPECT_EQ(desk().shown("clerk", "/tep/" + file).status, 200);
    ASSERT_EQ(desk().record("clerk", own).status, 303);
    EXPECT_EQ(desk().shown("office_head", "/tep/" + file).status, 200) << "who reads all that came of it reads the source";
    EXPECT_NE(desk().shown("other_unit", "/tep/" + file).status, 200);
}

TEST_P(ProgressImportTest, TheAggregatingOfficeRecordsInTheUnitsPlaceAndTellsItOnce) {
    const Id line = commune().line().assignment;
    const auto words = commune().town().read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.lines_in_force", {work.authority}))
            if (row.id("id") == line) return row.text("text");
        return std::string();
    });
    const auto before = desk().pieces(line);
    const auto path = csv(words + ";Phòng Kinh tế;;01/04/2026;Thẩm định đợt một\n" + words + ";Phòng Kinh tế;;02/04/2026;Thẩm định đợt hai\n");
    EXPECT_THAT(desk().part("clerk", path, "ready"), HasSubstr("Ghi thay đơn vị"));
    ASSERT_EQ(desk().record("clerk", path).status, 303);
    EXPECT_EQ(desk().pieces(line), before + 2);
    const auto told = commune().sign_in_again("other_unit").get("/thong-bao").body;
    EXPECT_THAT(told, HasSubstr("đã ghi thay 2 kết quả từ bảng tính"));
    EXPECT_THAT(told, Not(HasSubstr("đã ghi thay 1 kết quả")));
}

TEST_P(ProgressImportTest, NothingIsRecordedTwice) {
    const std::string rows = own_row("2", "01/04/2026", "Bài về chứng thực") + own_row("1", "02/04/2026", "Bài về thanh toán");
    const auto first = csv(rows);
    ASSERT_EQ(desk().record("clerk", first).status, 303);
    EXPECT_EQ(desk().record("clerk", first).status, 409) << "the button pressed again in another window";
    // The same rows from another file, by another person; one of them is new.
    const auto again = csv(rows + own_row("3", "02/04/2026", "Bài về khai sinh"), "office_head");
    EXPECT_THAT(desk().part("office_head", again, "tom-tat"), HasSubstr("Đã ghi trước đó, không ghi lại"));
    ASSERT_EQ(desk().record("office_head", again).status, 303);
    EXPECT_EQ(desk().pieces(desk().own_line()), 3u);
    EXPECT_EQ(desk().waiting(desk().own_line()), 6000);

    // Withdrawn, it may be said once more.
    const auto [evidence, version] = commune().town().read(Id{}, [&](Work& work) {
        const auto row = work.db.query("plan.evidence_by_assignment", {work.authority, desk().own_line()}).back();
        return std::pair(row.id("id"), row.number("version"));
    });
    auto clerk = commune().sign_in_again("clerk");
    sent(clerk, "/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(desk().own_line()) + "/minh-chung/" + to_string(evidence) + "/rut",
         {{"version", std::to_string(version)}, {"reason", "Ghi nhầm"}});
    EXPECT_THAT(desk().part("clerk", csv(rows), "ready"), HasSubstr("chứng thực"));

    const auto doubled = csv(own_row("4", "02/04/2026", "Một lần") + own_row("4", "02/04/2026", "Một lần"));
    EXPECT_THAT(desk().part("clerk", doubled, "refused"), HasSubstr("Giống hệt dòng 2"));
}

TEST_P(ProgressImportTest, MoreThanWasAskedForIsAQuestion) {
    const auto path = csv(own_row("17", "01/04/2026", "Mười bảy bài") + own_row("4", "02/04/2026", "Bốn bài nữa"));
    EXPECT_THAT(desk().part("clerk", path, "beyond"), HasSubstr("Chỉ tiêu giao 18 bài, đã có 17, dòng này thêm 4"));
    EXPECT_EQ(desk().record("clerk", path).status, 409) << "a question stands open";
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"dong-3", "ghi"}}).status, 303);
    ASSERT_EQ(desk().record("clerk", path).status, 303);
    EXPECT_EQ(desk().waiting(desk().own_line()), 21000);
}

TEST_P(ProgressImportTest, ARunningTotalCountsWhatIsNew) {
    const std::string headings = "Nội dung;Lũy kế đã thực hiện;Ngày thực hiện\n";
    const auto total = [&](const std::string& amount) { return desk().brought("clerk", "luy-ke.csv", headings + ProgressDesk::own_title() + ";" + amount + ";02/04/2026\n"); };
    ASSERT_EQ(desk().record("clerk", total("5")).status, 303);
    ASSERT_EQ(desk().record("clerk", total("8")).status, 303);
    EXPECT_EQ(desk().waiting(desk().own_line()), 8000);
    EXPECT_THAT(desk().part("clerk", total("7"), "recorded"), HasSubstr("Bảng ghi lũy kế 7 bài; Loa đã có 8"));
    EXPECT_EQ(desk().pieces(desk().own_line()), 2u);
}

TEST_P(ProgressImportTest, ColumnsAndRowsAreSetRightByHand) {
    const auto path = desk().brought("clerk", "la.csv", "Nội dung;Cột lạ;Cột khác\nchuyên mục truyền thanh;2;x\n");
    EXPECT_EQ(desk().part("clerk", path, "ready"), "");
    const Form wrong{{"cot-content", "0"}, {"cot-amount", "1"}, {"counting", "total"}, {"day", "31/02/2026"}};
    const auto refused = desk().say("clerk", path, "/cot", wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("<title>Lỗi: "));
    EXPECT_THAT(refused.body, HasSubstr("value=\"31/02/2026\" aria-describedby=\"day-h day-e\" aria-invalid=\"true\""));
    EXPECT_EQ(desk().say("clerk", path, "/cot", {{"cot-amount", "1"}}).status, 422) << "without the column of lines";
    ASSERT_EQ(desk().say("clerk", path, "/cot", {{"cot-content", "0"}, {"cot-amount", "1"}, {"counting", "each"}, {"day", "01/04/2026"}}).status, 303);
    const auto unclear = desk().shown("clerk", path).body;
    EXPECT_THAT(unclear, HasSubstr("<option value=\"" + to_string(desk().own_line()) + "\">"));
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"dong-2", to_string(desk().own_line())}}).status, 303);
    EXPECT_THAT(desk().part("clerk", path, "ready"), HasSubstr("01/04/2026"));
    // Left out, and taken in again.
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"skip", "2"}}).status, 303);
    EXPECT_EQ(desk().record("clerk", path).status, 409);
    EXPECT_THAT(desk().shown("clerk", path).body, Not(HasSubstr("/ghi\"")));
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"again", "2"}}).status, 303);
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"dong-2", to_string(desk().own_line())}}).status, 303);
    ASSERT_EQ(desk().record("clerk", path).status, 303);
    EXPECT_EQ(desk().waiting(desk().own_line()), 2000);
    EXPECT_EQ(desk().say("clerk", path, "/bo").status, 409) << "the source of a number stays";
}

TEST_P(ProgressImportTest, TwoWindowsAreToldWhatWasKept) {
    const auto path = csv(own_row("17", "01/04/2026", "Một") + own_row("4", "02/04/2026", "Hai") + own_row("1", "02/04/2026", "Ba"));
    auto window = commune().sign_in_again("clerk");
    const auto version = inside(window.get(path).body, "name=\"version\" value=\"", "\"");
    ASSERT_EQ(desk().say("clerk", path, "/dong", {{"dong-3", "bo"}, {"dong-4", "ghi"}}).status, 303);
    const auto late = send(window, path + "/dong", {{"version", version}, {"dong-3", "ghi"}});
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(words_of(late.body), HasSubstr("Lựa chọn vừa gửi chưa được lưu; các lựa chọn trước vẫn còn"));
    EXPECT_THAT(desk().part("clerk", path, "skipped"), HasSubstr("Làm chuyên mục"));
    // Somebody records by hand what the dry run had counted on.
    const auto shown = window.get(path).body;
    auto head = commune().sign_in_again("office_head");
    const auto other = csv(own_row("17", "01/04/2026", "Một"), "office_head");
    ASSERT_EQ(desk().record("office_head", other).status, 303);
    const auto refused = send(window, path + "/ghi", {{"version", inside(shown, "name=\"version\" value=\"", "\"")}, {"digest", inside(shown, "name=\"digest\" value=\"", "\"")}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(words_of(refused.body), HasSubstr("chưa ghi gì"));
    EXPECT_EQ(desk().waiting(desk().own_line()), 17000) << "once";
}

TEST_P(ProgressImportTest, TwoPeopleSavingTheSameLine) {
    const std::string path = "/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(desk().own_line());
    auto clerk = commune().sign_in_again("clerk"), head = commune().sign_in_again("office_head");
    const auto version = commune().town().read(Id{}, [&](Work& work) { return std::to_string(work.db.one("plan.assignment_by_id", {work.authority, commune().issued(), desk().own_line()})->number("version")); });
    ASSERT_EQ(send(head, path + "/chi-tieu", {{"version", version}, {"targets", "ít nhất 20 bài"}}).status, 303);
    const auto late = send(clerk, path + "/chi-tieu", {{"version", version}, {"targets", "ít nhất 30 bài"}});
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(words_of(late.body), HasSubstr("Người khác vừa cập nhật việc này"));
    EXPECT_THAT(late.body, HasSubstr("ít nhất 30 bài")) << "what was typed is kept";
    EXPECT_THAT(clerk.get(path).body, HasSubstr("ít nhất 20 bài"));
}

TEST_P(ProgressImportTest, LargeAndStrangeFilesAreRefusedWithTheLimit) {
    std::string million = kHeadings;
    for (int i = 0; i < 1'000'000; ++i) million += "a;;1\n";
    EXPECT_LT(million.size(), std::size_t{8} << 20);
    std::string many = kHeadings;
    for (int i = 0; i < 2001; ++i) many += "a;;1;;\n";
    const auto refused = [&](const std::string& name, const std::string& bytes) {
        const auto answer = desk().bring("clerk", name, bytes);
        EXPECT_EQ(answer.status, 422) << name;
        EXPECT_THAT(answer.body, HasSubstr("<title>Lỗi: "));
        return words_of(answer.body);
    };
    EXPECT_THAT(refused("trieu.csv", million), HasSubstr("50000"));
    EXPECT_THAT(refused("nhieu.csv", many), HasSubstr("hơn 2000 dòng có kết quả"));
    EXPECT_THAT(refused("xa.xlsx", workbook_of(sheet_row(1, {text_cell("A1", "Nội dung"), text_cell("B1", "Kết quả")}) + sheet_row(1'000'000, {text_cell("A1000000", "x")}))), HasSubstr("50000"));
    EXPECT_THAT(refused("khac.csv", "Tên;Tuổi\nAn;3\n"), HasSubstr("Không tìm thấy hàng tiêu đề"));
    EXPECT_THAT(refused("", ""), HasSubstr("Chưa chọn tệp"));
    EXPECT_THAT(refused("gia.xlsx", "không phải bảng tính"), Not(HasSubstr("Chưa chọn tệp")));
    EXPECT_THAT(commune().sign_in_again("clerk").get(kForm).body, Not(HasSubstr("trieu.csv"))) << "nothing of it is kept";
}

TEST_P(ProgressImportTest, TheTemplateComesBackFilledIn) {
    const auto answer = desk().shown("clerk", std::string(kForm) + "/mau");
    ASSERT_EQ(answer.status, 200);
    const auto sheets = formats::read_spreadsheet(answer.body, "mau.xlsx");
    ASSERT_TRUE(sheets);
    ASSERT_EQ(sheets->size(), 2u);
    const auto& table = sheets->front();
    int own_row = 0;
    std::string csv;
    for (const auto& row : table.rows) {
        std::string line;
        for (int column = 0; column < 12; ++column) {
            const auto* cell = row.at(column);
            std::string text = cell != nullptr ? cell->text : "";
            if (row.number > 1 && cell != nullptr && row.at(0)->text == to_string(desk().own_line())) own_row = row.number;
            if (row.number == own_row && column == 7) text = "6";
            if (row.number == own_row && column == 8) text = "02/04/2026";
            line += (column > 0 ? ";" : "") + ("\"" + text + "\"");
        }
        csv += line + "\n";
    }
    ASSERT_GT(own_row, 0);
    EXPECT_THAT(csv, HasSubstr("\"18\""));
    const auto path = desk().brought("clerk", "mau.csv", csv);
    EXPECT_THAT(desk().part("clerk", path, "ready"), HasSubstr("6 bài"));
    EXPECT_EQ(desk().part("clerk", path, "refused"), "") << "rows left empty are no fault";
    ASSERT_EQ(desk().record("clerk", path).status, 303);
    EXPECT_EQ(desk().waiting(desk().own_line()), 6000);
}

/// The list of lines, with a column of results added to it.
TEST_P(ProgressImportTest, TheListOfLinesComesBackFilledIn) {
    const auto answer = desk().shown("clerk", "/theo-doi/viec/xuat?pham-vi=don-vi&dang=csv");
    ASSERT_EQ(answer.status, 200);
    std::string csv;
    for (const auto line : split(answer.body, '\n')) {
        const auto row = trimmed(line);
        if (row.empty()) continue;
        csv += std::string(row) + (csv.empty() ? ";Kết quả;Ghi chú\n" : row.find(to_string(desk().own_line())) != std::string_view::npos ? ";2;Hai bài\n" : ";;\n");
    }
    const auto path = desk().brought("clerk", "viec.csv", csv);
    EXPECT_THAT(desk().part("clerk", path, "refused"), HasSubstr("Dòng không có ngày")) << "the days of the list are of other things";
    ASSERT_EQ(desk().say("clerk", path, "/cot", {{"cot-code", "9"}, {"cot-content", "1"}, {"cot-amount", "10"}, {"cot-what", "11"}, {"day", "01/04/2026"}}).status, 303);
    EXPECT_THAT(desk().part("clerk", path, "ready"), HasSubstr("2 bài"));
    ASSERT_EQ(desk().record("clerk", path).status, 303);
    EXPECT_EQ(desk().waiting(desk().own_line()), 2000);
}

INSTANTIATE_TEST_SUITE_P(Engines, ProgressImportTest, ::testing::ValuesIn(storage::testing::engines()), storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
