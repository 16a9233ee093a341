// /don-doc: whoever is late is urged, by the clock and by hand, once for each step and each time that it reports.
#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/urging.h"

namespace loa::app {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_P(UrgingTest, TheLadderTellsTheUnitOnceForEachStep) {
    set_day(-4);
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn"), 0u);
    set_day(-3);
    run_ladder();
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn 15/07/2026"), 1u);
    set_day(-2);
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn 15/07/2026"), 1u) << "the same step, a day later";
    set_day(0);
    run_ladder();
    EXPECT_EQ(times(notices(), "Hôm nay đến hạn"), 1u);
    set_day(1);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn"), 0u);
    set_day(3);  // the server was off on the second day
    run_ladder();
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 3 ngày"), 1u);
    EXPECT_THAT(page("clerk", "/thong-bao").body, Not(HasSubstr("Quá hạn 3 ngày"))) << "it is not her unit's";
}

TEST_P(UrgingTest, WhoReportsIsUrgedNoMore) {
    auto reporting = commune_->sign_in_again("other_unit");
    sent(reporting, "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line_) + "/bao-xong",
         {{"occurrence", occurrence()}, {"version", std::to_string(commune_->line().occurrence_version)}});
    set_day(3);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn"), 0u);
    EXPECT_EQ(urge("clerk").status, 409);
}

TEST_P(UrgingTest, ByHandOnceADay) {
    set_day(3);
    EXPECT_EQ(urge("clerk").status, 303);
    EXPECT_EQ(urge("clerk").status, 303);
    EXPECT_EQ(times(notices(), "Đề nghị báo cáo tiến độ việc quá hạn"), 1u);
    EXPECT_EQ(urge("other_unit").status, 403);
    set_day(4);
    auto leader = commune_->sign_in_again("leader");
    sent(leader, "/don-doc", {});
    EXPECT_EQ(times(notices(), "Đề nghị báo cáo tiến độ việc quá hạn"), 2u);
}

TEST_P(UrgingTest, AnAuthorityHasItsOwnDays) {
    auto& administrator = commune_->visitor("administrator");
    for (const char* wrong : {"", "mai", "1;1", "61", "1;2;3;4;5;6;7;8;9;10;11", "1.5"})
        EXPECT_EQ(send(administrator, "/quan-tri/don-doc", {{"counted", "calendar"}, {"notices", wrong}}).status, 422) << wrong;
    for (const auto& [letter, leaders] : {std::pair("0", ""), std::pair("2;3", ""), std::pair("", "61"), std::pair("5", "4")})
        EXPECT_EQ(send(administrator, "/quan-tri/don-doc", {{"counted", "calendar"}, {"notices", "0"}, {"letter", letter}, {"leaders", leaders}}).status, 422) << letter << leaders;
    sent(administrator, "/quan-tri/don-doc", {{"counted", "calendar"}, {"notices", "-7; +1"}});
    EXPECT_THAT(administrator.get("/quan-tri/don-doc").body, HasSubstr("value=\"-7; 1\""));
    set_day(-6);
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn 15/07/2026"), 1u);
    set_day(1);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 1 ngày"), 1u);
}

// 18 and 19 July 2026 are a weekend, and Monday the 20th is off here; what is due on Saturday is told on Friday the 17th.
TEST_P(UrgingTest, CountsWorkingDaysWhereTheAuthoritySaysSo) {
    due_ = *Date::from(2026, 7, 18);
    commune_->town().write(Id{}, [&](Work& work) {
        const auto row = work.db.query("plan.occurrences_by_assignment", {work.authority, line_}).front();
        work.db.run("plan.set_occurrence_days", {work.authority, row.id("id"), due_, due_, "open"});
    });
    auto& administrator = commune_->visitor("administrator");
    EXPECT_EQ(send(administrator, "/quan-tri/don-doc", {{"counted", "moon"}, {"notices", "0"}}).status, 422);
    sent(administrator, "/quan-tri/don-doc", {{"counted", "working"}, {"notices", "-1; 0; 2"}});
    EXPECT_THAT(administrator.get("/quan-tri/don-doc").body, HasSubstr("value=\"working\" selected"));
    sent(administrator, "/quan-tri/lich-lam-viec", {{"nam", "2026"}, {"occasion", "other"}, {"first", "2026-07-20"}, {"last", ""}, {"citation", "Quyết định số 9/QĐ-UBND"}});
    set_day(-3);  // Wednesday
    run_ladder();
    EXPECT_EQ(times(notices(), "18/07/2026"), 0u);
    set_day(-2);
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn 18/07/2026"), 1u) << "one working day before";
    set_day(-1);
    run_ladder();
    EXPECT_EQ(times(notices(), "Sắp đến hạn 18/07/2026"), 2u) << "Friday: the step of the day itself";
    for (const int off : {0, 1, 2}) {
        set_day(off);
        run_ladder();
    }
    EXPECT_EQ(times(notices(), "18/07/2026"), 2u) << "nothing is sent on a day off";
    set_day(3);  // Tuesday, the first working day after it
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn"), 0u);
    set_day(4);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 4 ngày"), 1u);
}

TEST_P(UrgingTest, ALineThatIsReturnedIsUrgedAnew) {
    give_day(line_of(commune_->drafting_unit()), due_);
    set_day(3);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 3 ngày"), 1u);
    // It says that it is done while the letter is issued, and it is not.
    report();
    const auto first = letter_path();
    issue(first, "214/UBND", due_.plus_days(3), due_.plus_days(9));
    EXPECT_THAT(page("clerk", first).body, Not(HasSubstr("Phòng Kinh tế")));
    act("clerk", "/tra-lai", "Chưa có sản phẩm nào");
    set_day(6);
    run_ladder();
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 6 ngày"), 1u) << "once more, as it reported once more";
    const auto second = letter_path();
    EXPECT_NE(second, first);
    EXPECT_THAT(page("clerk", second).body, HasSubstr("Phòng Kinh tế"));
    EXPECT_THAT(page("leader", "/thong-bao").body, HasSubstr("2 việc của 2 đơn vị vẫn quá hạn"));
}

TEST_P(UrgingTest, AUnitThatSaidNoIsNotUrgedUntilThatIsDecided) {
    give_day(line_of(commune_->drafting_unit()), due_);
    set_day(3);
    run_ladder();
    const auto first = letter_path();
    EXPECT_THAT(page("clerk", first).body, HasSubstr("Phòng Kinh tế"));
    answer("other_unit", "/tra-viec", "Việc này của Văn phòng");
    EXPECT_THAT(page("clerk", first).body, Not(HasSubstr("Phòng Kinh tế"))) << "the letter waits with it";
    issue(first, "214/UBND", due_.plus_days(3), due_.plus_days(9));
    set_day(5);
    run_ladder();
    EXPECT_EQ(times(notices(), "Quá hạn 5 ngày"), 0u);
    EXPECT_EQ(urge("clerk").status, 409);
    const auto list = page("clerk", "/qua-han?pham-vi=tat-ca").body;
    EXPECT_THAT(list, HasSubstr("href=\"" + line_path() + "#tl\">Đơn vị trả lại việc, chờ quyết định"));
    EXPECT_THAT(list, Not(HasSubstr("/don-doc/" + occurrence())));
    EXPECT_THAT(list, HasSubstr("Đôn đốc cả 1 lượt")) << "the other line alone";
    EXPECT_THAT(page("clerk", line_path()).body, HasSubstr("id=\"tl\""));
    auto clerk = commune_->sign_in_again("clerk");
    EXPECT_THAT(sent(clerk, "/don-doc", {{"pham-vi", "tat-ca"}}).location, EndsWith("da-don-doc=1"));
    EXPECT_EQ(times(notices(), "Đề nghị báo cáo tiến độ"), 0u);

    answer("clerk", "/van-giao", "Quyết định giao Phòng Kinh tế");
    set_day(6);
    run_ladder();
    const auto second = letter_path();
    EXPECT_NE(second, first);
    EXPECT_THAT(page("clerk", second).body, HasSubstr("Phòng Kinh tế")) << "the letter it was left out of did not count";
    EXPECT_EQ(urge("clerk").status, 303);
}

TEST_P(UrgingTest, AButtonOfTheOverviewUrgesAndLeadsBackThere) {
    set_day(3);
    const std::string own = "/tong-quan?pham-vi=tat-ca";
    const auto overview = page("clerk", own).body;
    EXPECT_THAT(overview, HasSubstr("action=\"/don-doc/" + occurrence()));
    EXPECT_THAT(overview, HasSubstr("Đôn đốc cả 1 lượt"));
    EXPECT_THAT(page("other_unit", own).body, Not(HasSubstr("/don-doc"))) << "she may urge nobody";
    EXPECT_THAT(page("clerk", "/tong-quan/man-hinh-lon").body, Not(HasSubstr("action=\"/don-doc")));
    auto clerk = commune_->sign_in_again("clerk");
    const auto to = sent(clerk, "/don-doc/" + occurrence(), {{"back", own}}).location;
    EXPECT_EQ(to, own + "&da-don-doc=1");
    EXPECT_THAT(clerk.get(to).body, HasSubstr("Đã gửi đôn đốc 1 lượt"));
    EXPECT_THAT(clerk.get(own).body, Not(HasSubstr("Đôn đốc cả"))) << "nobody is left today";
    const auto again = sent(clerk, "/don-doc/" + occurrence(), {{"back", own}}).location;
    EXPECT_THAT(clerk.get(again).body, HasSubstr("đã được đôn đốc hôm nay"));
    for (const char* elsewhere : {"https://xau.example", "//xau.example", "/tai-khoan", "/qua-han\r\nX: y", "/tong-quanx"})
        EXPECT_EQ(sent(clerk, "/don-doc/" + occurrence(), {{"back", elsewhere}}).location, "/qua-han?da-don-doc=0") << elsewhere;
}

TEST_P(UrgingTest, AllIsWhatTheChosenTabShows) {
    give_day(line_of(commune_->drafting_unit()), due_);
    set_day(3);
    const auto own = page("clerk", "/qua-han?pham-vi=don-vi").body;
    EXPECT_THAT(own, HasSubstr("1 việc quá hạn, 1 lượt"));
    EXPECT_THAT(own, HasSubstr("Đôn đốc cả 1 lượt"));
    EXPECT_THAT(page("clerk", "/qua-han?pham-vi=tat-ca").body, HasSubstr("Đôn đốc cả 2 lượt"));
    auto clerk = commune_->sign_in_again("clerk");
    EXPECT_EQ(sent(clerk, "/don-doc", {{"pham-vi", "don-vi"}, {"back", "/qua-han?pham-vi=don-vi"}}).location, "/qua-han?pham-vi=don-vi&da-don-doc=1");
    EXPECT_EQ(times(notices(), "Đề nghị báo cáo tiến độ"), 0u) << "that is another unit";
    EXPECT_THAT(sent(clerk, "/don-doc", {{"pham-vi", "tat-ca"}}).location, EndsWith("da-don-doc=1"));
    EXPECT_EQ(times(notices(), "Đề nghị báo cáo tiến độ"), 1u);
}

TEST_P(UrgingTest, MoreThanAreUrgedAtOnceAreCountedAndLeft) {
    // The line has missed 1,100 days more.
    commune_->database().script(
        "insert into plan_occurrence (authority_id, id, assignment_id, plan_id, subject_id, unit_id, due_unit_id, printed_on, due_on, state, version) "
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1100) "
        "select o.authority_id, 1000 + n.i, o.assignment_id, o.plan_id, o.subject_id, o.unit_id, o.due_unit_id, '2026-07-14', '2026-07-14', 'open', 1 "
        "from plan_occurrence o, n where o.id = " + occurrence());
    set_day(3);
    const std::string all = "/qua-han?pham-vi=tat-ca";
    auto clerk = commune_->sign_in_again("clerk");
    const auto first = clerk.get(all).body;
    EXPECT_THAT(first, HasSubstr("1 việc quá hạn, 1.101 lượt"));
    EXPECT_THAT(first, HasSubstr("Đôn đốc hơn 100 lượt"));
    EXPECT_THAT(page("clerk", "/tong-quan?pham-vi=tat-ca").body, HasSubstr("Đôn đốc hơn 100 lượt"));
    EXPECT_EQ(rows(first), 50u);
    std::size_t shown = 0, pages = 0;
    for (auto path = all; !path.empty() && pages < 30; ++pages) {
        const auto body = clerk.get(path).body;
        shown += rows(body);
        path = link_to(body, "/qua-han?pham-vi=tat-ca&amp;sau=");
        EXPECT_EQ(body.find("&amp;truoc=") != std::string::npos, pages > 0);
    }
    EXPECT_EQ(shown, 1101u) << "page by page";

    const auto urged = sent(clerk, "/don-doc", {{"pham-vi", "tat-ca"}, {"back", all}}).location;
    EXPECT_EQ(urged, all + "&da-don-doc=1000&con-lai=101");
    const auto told = clerk.get(urged).body;
    EXPECT_THAT(told, HasSubstr("Đã gửi đôn đốc 1.000 lượt trễ lâu nhất; còn 101 lượt"));
    EXPECT_THAT(told, HasSubstr("Đôn đốc hơn 100 lượt"));
    EXPECT_EQ(sent(clerk, "/don-doc", {{"pham-vi", "tat-ca"}, {"back", all}}).location, all + "&da-don-doc=101");
}

TEST_P(UrgingTest, TheLineSaysWhichStepsWereTaken) {
    EXPECT_THAT(page("other_unit", line_path()).body, Not(HasSubstr("Nhắc việc, đôn đốc")));
    set_day(-3);
    run_ladder();
    set_day(2);
    run_ladder();
    urge("clerk");
    issue(letter_path(), "214/UBND", due_.plus_days(2), due_.plus_days(9));
    set_day(5);
    run_ladder();
    for (const char* visitor : {"other_unit", "clerk"}) {
        const auto body = page(visitor, line_path()).body;
        for (const char* step : {"Đã nhắc ngày 12/07/2026, trước hạn 3 ngày (hạn 15/07/2026)", "Đã nhắc ngày 17/07/2026, quá hạn 2 ngày",
                                 "Người clerk đôn đốc ngày 17/07/2026, quá hạn 2 ngày", "Đã đưa vào công văn đôn đốc ngày 17/07/2026",
                                 "Công văn đôn đốc số 214/UBND ngày 17/07/2026", "Đã báo lãnh đạo ngày 20/07/2026, quá hạn 5 ngày"})
            EXPECT_THAT(body, HasSubstr(step)) << visitor;
    }
    EXPECT_THAT(page("clerk", letter_path()).body, HasSubstr("Đã nhắc 3 lần, lần cuối 17/07/2026"));
}

LOA_ON_BOTH_ENGINES(UrgingTest);

}  // namespace
}  // namespace loa::app
