// /tong-quan, /qua-han, /lich, /do-phu: what they count is what is there, by who looks; nobody's work opens for the wrong
// person.
#include <map>
#include <set>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"
#include "tests/support/supplement.h"
#include "tests/support/urging.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Time passes and evidence is confirmed, so this has a commune of its own.
class MonitoringTest : public OwnCommune {
  protected:
    /// Times something is open past its day, of one unit or of all.
    std::size_t late(std::optional<Id> unit) {
        return commune_->town().read(Id{}, [&](Work& work) {
            std::size_t late = 0;
            for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}))
                late += row.text("state") == "open" && row.optional_date("due_on") && *row.optional_date("due_on") < work.today() &&
                        (!unit || row.id("unit_id") == *unit);
            return late;
        });
    }
    std::string cell_path() { return "/do-phu/o?noi-dung=" + to_string(commune_->topic()) + "&hinh-thuc=" + to_string(commune_->channel()); }
};

TEST_P(MonitoringTest, WhatIsLateAndWhose) {
    EXPECT_THAT(page("leader", "/qua-han").body, HasSubstr("Không có việc nào quá hạn"));
    commune_->pass_time(365 * kDay);
    ASSERT_GT(late(std::nullopt), late(commune_->drafting_unit()));
    EXPECT_EQ(rows(page("leader", "/qua-han").body), late(std::nullopt));
    EXPECT_EQ(rows(page("other_unit", "/qua-han").body), late(commune_->other_unit())) << "her own unit's, unless she asks for more";
    const auto everybody = page("other_unit", "/qua-han?pham-vi=tat-ca").body;
    EXPECT_EQ(rows(everybody), late(std::nullopt));
    // Others' lines are named, and lead nowhere for her.
    const auto table = between(everybody, "<tbody>", "</tbody>");
    std::size_t links = 0;
    for (auto at = table.find("<a href"); at != std::string::npos; at = table.find("<a href", at + 1)) ++links;
    EXPECT_EQ(links, late(commune_->other_unit()));
    EXPECT_EQ(page("other_authority", "/qua-han?pham-vi=tat-ca").body.find("/ke-hoach/"), std::string::npos);
}

TEST_P(MonitoringTest, TheCalendarLeadsToTheDay) {
    const auto due = commune_->town().read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}))
            if (row.optional_date("due_on")) return *row.optional_date("due_on");
        return work.today();
    });
    const auto month = page("leader", "/lich?thang=" + due.iso().substr(0, 7)).body;
    EXPECT_THAT(month, HasSubstr("ngay=" + due.iso() + "\""));
    const auto day = page("leader", "/lich?ngay=" + due.iso()).body;
    EXPECT_GT(rows(day), 0u);
    EXPECT_THAT(day, HasSubstr(due.vietnamese()));
    // Week by week: the day is in its own, and neither before nor behind.
    const Date monday = due.plus_days(1 - due.weekday());
    const auto week = page("leader", "/lich?tuan=" + due.iso()).body;
    EXPECT_GT(rows(week), 0u);
    EXPECT_THAT(week, HasSubstr(due.vietnamese()));
    for (const int days : {-7, 7}) {
        const auto path = "tuan=" + monday.plus_days(days).iso();
        EXPECT_THAT(week, HasSubstr(path + "\""));
        EXPECT_THAT(between(page("leader", "/lich?" + path).body, "aria-labelledby=\"ngay\"", "</section>"), Not(HasSubstr(">" + due.vietnamese() + "<")));
    }
    for (const char* odd : {"/lich?thang=nay", "/lich?thang=9999-99", "/lich?ngay=0001-01-01", "/lich?ngay=9999-12-31", "/lich?tuan=x", "/do-phu?tu=0/0&den=99/9999",
                            "/do-phu?ke-hoach=1&don-vi=2", "/tong-quan?pham-vi=x"})
        EXPECT_EQ(page("leader", odd).status, 200) << odd;
}

TEST_P(MonitoringTest, ACellCountsWhatIsConfirmedAndNoLonger) {
    const auto line = commune_->line();  // of the evidence that was there before
    const auto number = [&](const std::string& query) {
        const auto matrix = page("leader", "/do-phu" + query).body;
        const auto at = matrix.find("noi-dung=" + to_string(commune_->topic()) + "&amp;hinh-thuc=" + to_string(commune_->channel()));
        EXPECT_NE(at, std::string::npos);
        const auto cell = matrix.substr(at, matrix.find("</a>", at) - at);
        return cell.substr(cell.rfind('>') + 1);
    };
    EXPECT_EQ(number(""), "0");
    auto reporting = commune_->sign_in_again("other_unit"), confirming = commune_->sign_in_again("clerk");
    const std::string evidence = "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line.assignment) + "/minh-chung";
    sent(reporting, evidence, {{"version", std::to_string(line.assignment_version)}, {"what", "Phát bài hướng dẫn"}, {"done_on", "01/04/2026"},
                               {"topics", to_string(commune_->topic())}, {"channel", to_string(commune_->channel())}});
    EXPECT_EQ(number(""), "0") << "nobody has confirmed it";
    const auto row = commune_->town().read(Id{}, [&](Work& work) {
        for (const auto& piece : work.db.query("plan.evidence_by_assignment", {work.authority, line.assignment}))
            if (piece.text("what") == "Phát bài hướng dẫn") return std::pair(piece.id("id"), piece.number("version"));
        return std::pair(Id{}, std::int64_t{});
    });
    const std::string piece = evidence + "/" + to_string(row.first);
    sent(confirming, piece + "/xac-nhan", {{"version", std::to_string(row.second)}});
    EXPECT_EQ(number(""), "1");
    EXPECT_EQ(number("?don-vi=" + to_string(commune_->other_unit())), "1");
    EXPECT_EQ(number("?don-vi=" + to_string(commune_->third_unit())), "0");
    EXPECT_EQ(number("?ke-hoach=" + to_string(commune_->issued()) + "&tu=04/2026&den=04/2026"), "1");
    EXPECT_EQ(number("?tu=05/2026&den=12/2026"), "0");
    EXPECT_THAT(page("leader", cell_path()).body, HasSubstr("Phát bài hướng dẫn"));
    EXPECT_THAT(page("other_unit", cell_path()).body, HasSubstr("Phát bài hướng dẫn")) << "her own";
    const auto strange = page("office_head", cell_path());
    EXPECT_EQ(strange.status, 200);
    EXPECT_EQ(page("other_authority", cell_path()).status, 404);
    sent(reporting, piece + "/rut", {{"version", std::to_string(row.second + 1)}, {"reason", "Ghi nhầm"}});
    EXPECT_EQ(number(""), "0");
    EXPECT_THAT(page("leader", cell_path()).body, HasSubstr("Chưa có minh chứng nào"));
}

TEST_P(MonitoringTest, AUnitIsAsPunctualAsItsReports) {
    give_supplement(*commune_);  // it falls due on 30/11/2026
    EXPECT_THAT(page("leader", "/theo-doi/don-vi").body, HasSubstr("Năm này chưa có việc nào đến hạn"));
    commune_->pass_time(243 * kDay);  // 30 November
    const auto day_of = page("leader", "/theo-doi/don-vi").body;
    commune_->pass_time(kDay);
    const auto after = page("leader", "/theo-doi/don-vi").body;
    const auto cells = [](const std::string& shown, const std::string& unit) {
        const auto row = between(shown, ">" + unit + "</a></th>", "</tr>");
        return words_of(row.substr(row.find("</th>")));
    };
    EXPECT_EQ(cells(after, "Phòng Kinh tế"), "1 0 0 1 0%");
    EXPECT_THAT(day_of, Not(HasSubstr(">Phòng Kinh tế</a>"))) << "the day is not over";
    const auto expected = commune_->town().read(Id{}, [&](Work& work) {
        std::size_t due = 0;
        for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()})) {
            const auto day = row.optional_date("due_on");
            due += row.text("state") != "ended" && day && *day < work.today();
        }
        return due;
    });
    const auto totals = words_of(between(after, "<tfoot>", "</tfoot>"));
    const std::string figures = std::to_string(expected) + " 0 0 " + std::to_string(expected) + " 0%";
    EXPECT_EQ(totals, "Tổng theo đơn vị hiện nay " + figures + " Tổng theo đơn vị cũ " + figures);
    for (const char* odd : {"/theo-doi/don-vi?nam=0", "/theo-doi/don-vi?nam=9999", "/theo-doi/don-vi?nam=x"}) EXPECT_EQ(page("leader", odd).status, 200) << odd;
}

TEST_P(MonitoringTest, TheChartHasABarForEachTimeAndOneColourForWhatBecameOfIt) {
    const auto bars = [&](const std::string& query, const std::string& fill) {
        const auto table = between(page("leader", "/lich/bieu-do?ke-hoach=" + to_string(commune_->issued()) + query).body, "<tbody>", "</tbody>");
        std::size_t count = 0;
        for (auto at = table.find("class=\"" + fill); at != std::string::npos; at = table.find("class=\"" + fill, at + 1)) ++count;
        return count;
    };
    std::set<std::string> times;
    commune_->town().read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}))
            if (row.text("state") != "ended")
                times.insert(to_string(row.id("subject_id")) + row.optional_text("period_from").value_or("") + row.optional_text("due_on").value_or(""));
        return 0;
    });
    ASSERT_GT(times.size(), 2u);
    EXPECT_EQ(bars("&nam=2026", "fill-"), times.size()) << "units share a bar";
    EXPECT_EQ(bars("&nam=2026", "fill-late"), 0u);
    EXPECT_EQ(bars("&nam=2031", "fill-"), 0u);
    EXPECT_LT(bars("&nam=2026&don-vi=" + to_string(commune_->third_unit()), "fill-"), times.size());
    commune_->pass_time(365 * kDay);
    EXPECT_GT(bars("&nam=2026", "fill-late"), 0u);
    for (const char* odd : {"/lich/bieu-do?nam=-5", "/lich/bieu-do?nam=99999999999", "/lich/bieu-do?ke-hoach=x&don-vi=7"}) EXPECT_EQ(page("leader", odd).status, 200) << odd;
    EXPECT_THAT(page("other_authority", "/lich/bieu-do?ke-hoach=" + to_string(commune_->issued())).body, Not(HasSubstr("fill-run")));
}

TEST_P(MonitoringTest, TheBarOfWhatHasAFirstDayBeginsThere) {
    const std::string path = "/ke-hoach/" + to_string(commune_->issued()) + "/nhiem-vu-bo-sung";
    const auto drafted = sent(commune_->visitor("clerk"), path,
                              {{"title", "Lớp hướng dẫn mùa hè"}, {"unit", to_string(commune_->other_unit())}, {"topic", to_string(commune_->topic())},
                               {"channel", to_string(commune_->channel())}, {"deadline", "từ tháng 7 đến tháng 9 năm 2026"}}).location;
    sent(commune_->visitor("leader"), drafted + "/giao", {{"version", "1"}});
    const auto chart = page("leader", "/lich/bieu-do?nam=2026&ke-hoach=" + to_string(commune_->issued())).body;
    const auto row = between(chart, "Lớp hướng dẫn mùa hè", "</tr>");
    // 01/07 is day 181 of the year, counted from 0; 92 days to 30/09.
    EXPECT_THAT(row, HasSubstr("<rect x=\"181\" y=\"3\" width=\"92\" height=\"14\" class=\"fill-idle\"/>")) << "to come, not running since January";
}

TEST_P(MonitoringTest, AnEmptyCellLeadsToADraftForWhoMayMakeOne) {
    const auto matrix = page("leader", "/do-phu").body;
    const auto emptiest = between(matrix, "id=\"o-trong\"", "</ul>");
    ASSERT_THAT(emptiest, HasSubstr("<a href=\"/do-phu/o?"));
    const auto link = "/ke-hoach/" + to_string(commune_->issued()) + "/nhiem-vu-bo-sung?noi-dung=" + to_string(commune_->topic()) + "&hinh-thuc=" + to_string(commune_->channel());
    const auto shown = replaced(link, "&", "&amp;");
    EXPECT_THAT(page("leader", cell_path()).body, HasSubstr(shown + "\""));
    EXPECT_THAT(page("clerk", cell_path() + "&don-vi=" + to_string(commune_->other_unit())).body, HasSubstr(shown + "&amp;don-vi=" + to_string(commune_->other_unit())));
    EXPECT_THAT(page("other_unit", cell_path()).body, Not(HasSubstr("nhiem-vu-bo-sung")));
    const auto form = page("leader", link + "&don-vi=" + to_string(commune_->other_unit())).body;
    EXPECT_THAT(between(form, "name=\"title\"", "</textarea>"), HasSubstr("Tuyên truyền bổ sung: "));
    for (const auto chosen : {commune_->topic(), commune_->channel(), commune_->other_unit()})
        EXPECT_THAT(form, HasSubstr("value=\"" + to_string(chosen) + "\" selected"));
    EXPECT_EQ(page("leader", "/ke-hoach/" + to_string(commune_->issued()) + "/nhiem-vu-bo-sung?noi-dung=7&hinh-thuc=x&don-vi=-1").status, 200);
}

TEST_P(MonitoringTest, TheOverviewHasItsFiguresForEachWhoLooks) {
    commune_->pass_time(365 * kDay);
    for (const char* visitor : {"clerk", "office_head", "leader", "other_unit", "auditor"}) {
        const auto overview = page(visitor, "/tong-quan");
        EXPECT_EQ(overview.status, 200) << visitor;
        EXPECT_THAT(overview.body, HasSubstr("id=\"tiendo\"")) << visitor;
        EXPECT_THAT(overview.body, HasSubstr("id=\"phu\"")) << visitor;
    }
    // Every figure leads to the lines that it counts.
    const auto shown = page("leader", "/tong-quan").body;
    const auto figures = between(shown, "id=\"tiendo\"", "</section>");
    std::map<std::string, std::int64_t> counted;  // by where the figure leads
    for (auto at = figures.find("<a "); at != std::string::npos; at = figures.find("<a ", at + 1)) {
        const auto link = figures.substr(at, figures.find("</a>", at) - at);
        const auto words = words_of(link);
        counted[link_in(link)] = std::stoll(words.substr(words.rfind(' ') + 1));
    }
    EXPECT_GE(counted.size(), 3u);
    for (const auto& [list, number] : counted) {
        const auto csv = page("leader", replaced(list, "/viec?", "/viec/xuat?") + "&dang=csv").body;
        std::set<std::string> lines;  // the last column is the line's code
        for (std::size_t at = csv.find('\n') + 1, end = csv.find('\n', at); end != std::string::npos; at = end + 1, end = csv.find('\n', at)) {
            const auto row = csv.substr(at, end - at);
            lines.insert(row.substr(row.find_last_of(",;") + 1));
        }
        EXPECT_EQ(static_cast<std::int64_t>(lines.size()), number) << list;
    }
    EXPECT_THAT(page("leader", "/tong-quan").body, HasSubstr("<svg class=\"chart\""));
    EXPECT_THAT(page("leader", "/tong-quan").body, HasSubstr("id=\"dv\""));
    EXPECT_THAT(page("other_unit", "/tong-quan").body, Not(HasSubstr("id=\"dv\"")));
}

/// How many items of the page's lists hold the words.
INSTANTIATE_TEST_SUITE_P(Engines, MonitoringTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
