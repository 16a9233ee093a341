// A workbook of a hundred thousand units with rings, doubles, formulas and merged cells, sent through the page: every row at
// fault is told, nothing is changed, and it costs what an honest file of that size would.
#include <ctime>
#include <fstream>

#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/formats/testing_xlsx.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using formats::testing::row_of;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kRows = 100'000, kMerged = 10'000;  // as many merged areas as a workbook may have
#if defined(LOA_SANITIZED)
constexpr long kMostMegabytes = 4000;
constexpr double kMostSeconds = 200;
#else
constexpr long kMostMegabytes = 400;
constexpr double kMostSeconds = 20;
#endif

/// Resident megabytes: now ("VmRSS:"), and at most since forget_peak() ("VmHWM:").
long megabytes(std::string_view what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what)) return std::stol(line.substr(what.size())) / 1024;
    return 0;
}
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

std::string formula(int row, const std::string& worked_out) {
    const std::string number = std::to_string(row);
    return "<row r=\"" + number + "\"><c r=\"A" + number + "\" t=\"inlineStr\"><is><t>Tổ " + number + "</t></is></c><c r=\"B" + number +
           "\" t=\"inlineStr\"><is><t>Phòng</t></is></c><c r=\"D" + number + "\"" + worked_out + "</c></row>";
}

/// One row of each kind in turn; every one but the first of the doubles is at fault.
std::string hostile_row(int row) {
    const std::string number = std::to_string(row);
    switch (row % 5) {
        case 0: return row_of(row, {"Vòng " + number, "Phòng", "Vòng " + std::to_string(row == kRows ? 5 : row + 5)});  // one ring of 20,000
        case 1: return row_of(row, {"Trùng", "Phòng"});
        case 2: return formula(row, " t=\"e\"><f>1/0</f><v>#DIV/0!</v>");
        case 3: return formula(row, "><f>SUM(D2:D100001)</f>");  // never worked out
        default: return row_of(row, {"Trạm " + number, "Trung tâm", "Xã không có"});
    }
}

std::string hostile_workbook(int merged) {
    std::string rows = row_of(1, {"Tên đơn vị", "Loại", "Đơn vị cấp trên", "Số người"});
    for (int row = 2; row <= kRows + 1; ++row) rows += hostile_row(row);
    std::string areas;
    for (int i = 0; i < merged; ++i) {
        const auto row = std::to_string(5 * i + 4);  // the unknown parent stands over the number of people
        areas += "<mergeCell ref=\"C" + row + ":D" + row + "\"/>";
    }
    return formats::testing::xlsx_of({.sheet_data = rows, .after = "<mergeCells>" + areas + "</mergeCells>"});
}

class HostileUnitsTest : public OnBoth {
  protected:
    web::Browser::Answer post(const std::string& bytes) {
        return send(commune().visitor("administrator"), "/don-vi/nhap", {}, {{"file", "don-vi.xlsx", bytes}});
    }
    std::map<std::string, std::int64_t> rows() {
        auto rows = storage::testing::row_counts(commune().database());
        for (const char* table : {"identity_import", "identity_answer"}) rows.erase(table);  // the file is kept, the sending is known
        return rows;
    }
};

TEST_P(HostileUnitsTest, AHundredThousandBadUnitsAreToldAndChangeNothing) {
    const auto bytes = hostile_workbook(kMerged);
    const auto before = rows();
    const auto state = commune().state();
    forget_peak();
    const long resident = megabytes("VmRSS:");
    const std::clock_t begin = std::clock();  // of the processor: a busy machine only waits
    const auto answer = post(bytes);
    const auto seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const long more = megabytes("VmHWM:") - resident;
    RecordProperty("seconds", std::to_string(seconds));
    RecordProperty("megabytes", std::to_string(more));
    EXPECT_LT(seconds, kMostSeconds);
    EXPECT_LT(more, kMostMegabytes);
    ASSERT_EQ(answer.status, 422) << shortened(words_of(answer.body), 2000);
    EXPECT_THAT(words_of(answer.body), HasSubstr("Số dòng cần sửa: 99.999"));
    EXPECT_LT(answer.body.size(), 1U << 20) << "a page that can be read";

    const auto path = between(answer.body, "href=\"/don-vi/nhap/", "\"").substr(6);
    const auto list = commune().visitor("administrator").get(path);
    const auto sheets = formats::read_spreadsheet(list.response.body ? *list.response.body : list.body, "loi.csv");
    ASSERT_TRUE(sheets);
    EXPECT_GE(sheets->front().rows.size(), 100'000U) << "every one of them";
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(commune().changes_since(state), "");
}

TEST_P(HostileUnitsTest, MoreMergedAreasThanMayBeAreRefusedInOneSentence) {
    const auto before = rows();
    const auto answer = post(hostile_workbook(kMerged + 1));
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(words_of(answer.body), HasSubstr("quá nhiều ô gộp"));
    EXPECT_EQ(rows(), before);
}

LOA_ON_BOTH_ENGINES(HostileUnitsTest);

}  // namespace
}  // namespace loa::app
