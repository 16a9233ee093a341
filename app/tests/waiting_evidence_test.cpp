// /theo-doi/cho-xac-nhan: what units have submitted stands before the office that confirms it, the oldest first, and it hears of
// it once a day.
#include <algorithm>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/urging.h"

namespace loa::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kWaiting = "/theo-doi/cho-xac-nhan";

class WaitingEvidenceTest : public UrgingTest {
  protected:
    /// So many pieces more of the same line, each submitted a minute after the one before.
    void add_pieces(int count) {
        commune_->database().script(
            "insert into plan_evidence (authority_id, id, assignment_id, what, done_on, state, submitted_at, submitted_by, version) "
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + std::to_string(count) + ") "
            "select e.authority_id, 1000 + n.i, e.assignment_id, 'Bài số ' || cast(n.i as text), '2026-04-02', 'submitted', e.submitted_at + 60000 * n.i, e.submitted_by, 1 "
            "from plan_evidence e, n where e.id = " + to_string(commune_->line().evidence));
    }
    std::size_t found(const std::string& filter) { return rows(page("clerk", kWaiting + "?" + filter).body); }
    std::string piece_path() { return line_path() + "#mc-" + to_string(commune_->line().evidence); }
};

TEST_P(WaitingEvidenceTest, WhatIsSubmittedStandsThereUntilItIsDecided) {
    const auto queue = page("clerk", kWaiting).body;
    EXPECT_EQ(rows(queue), 1u);
    EXPECT_THAT(queue, AllOf(HasSubstr("href=\"" + piece_path() + "\""), HasSubstr("Đã thẩm định dự toán quý I"), HasSubstr("Phòng Kinh tế"), HasSubstr("Số minh chứng: 1")));
    EXPECT_THAT(page("clerk", line_path()).body, HasSubstr("id=\"mc-" + to_string(commune_->line().evidence) + "\""));
    EXPECT_THAT(page("clerk", "/tong-quan").body, HasSubstr("1 minh chứng của 1 đơn vị chờ xác nhận, lâu nhất từ ngày 01/04/2026"));
    for (const char* visitor : {"other_unit", "leader"}) EXPECT_THAT(page(visitor, "/tong-quan").body, Not(HasSubstr("chờ xác nhận, lâu nhất"))) << visitor;
    EXPECT_THAT(page("other_unit", kWaiting).body, AllOf(Not(HasSubstr("Đã thẩm định")), HasSubstr("Đơn vị chưa tổng hợp kế hoạch nào đang thực hiện")));
    EXPECT_THAT(page("other_authority", kWaiting).body, Not(HasSubstr("Đã thẩm định")));

    auto clerk = commune_->sign_in_again("clerk");
    sent(clerk, line_path() + "/minh-chung/" + to_string(commune_->line().evidence) + "/xac-nhan", {{"version", std::to_string(commune_->line().evidence_version)}});
    EXPECT_THAT(clerk.get(kWaiting).body, HasSubstr("Không có minh chứng nào chờ xác nhận"));
    EXPECT_THAT(clerk.get("/tong-quan").body, Not(HasSubstr("chờ xác nhận, lâu nhất")));
}

TEST_P(WaitingEvidenceTest, AllThatIsFilteredIsSentAsAFile) {
    add_pieces(1100);
    const auto file = page("clerk", kWaiting + "/xuat?dang=csv");
    EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename=\"cho-xac-nhan-2026-04-01.csv\"");
    EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 1102) << "with its headings, over the parts it is read in";
    EXPECT_THAT(file.body, AllOf(HasSubstr("Đã thẩm định dự toán quý I"), HasSubstr("Bài số 1100;"), HasSubstr(";02/04/2026;01/04/2026")));
    const auto none = page("clerk", kWaiting + "/xuat?dang=csv&den=31/03/2026").body;
    EXPECT_EQ(std::count(none.begin(), none.end(), '\n'), 1);
    EXPECT_THAT(page("other_unit", kWaiting + "/xuat?dang=csv").body, Not(HasSubstr("Đã thẩm định"))) << "it confirms nothing of that plan";
}

TEST_P(WaitingEvidenceTest, EachFilterNarrowsIt) {
    const auto other = to_string(commune_->third_unit()), own = to_string(commune_->other_unit());
    EXPECT_EQ(found("don-vi=" + own), 1u);
    EXPECT_EQ(found("don-vi=" + other), 0u);
    EXPECT_EQ(found("ke-hoach=" + to_string(commune_->issued())), 1u);
    EXPECT_EQ(found("ke-hoach=" + to_string(commune_->draft())), 0u);
    EXPECT_EQ(found("noi-dung=" + to_string(commune_->topic())), 0u);
    EXPECT_EQ(found("hinh-thuc=" + to_string(commune_->channel())), 0u);
    const Id evidence = commune_->line().evidence, topic = commune_->topic();
    commune_->town().write(Id{}, [&](Work& work) { work.db.run("plan.insert_evidence_topic", {work.authority, evidence, topic}); });
    EXPECT_EQ(found("noi-dung=" + to_string(commune_->topic())), 1u);
    EXPECT_EQ(found("tu=01/04/2026&den=01/04/2026"), 1u);
    EXPECT_EQ(found("tu=02/04/2026"), 0u);
    EXPECT_EQ(found("den=31/03/2026"), 0u);
    EXPECT_THAT(page("clerk", kWaiting + "?tu=mai").body, HasSubstr("tu-e"));
    EXPECT_EQ(found("tinh-trang=qua-han"), 0u);
    set_day(1);
    EXPECT_EQ(found("tinh-trang=qua-han"), 1u);
    EXPECT_THAT(page("clerk", kWaiting + "?don-vi=" + other).body, HasSubstr("Không có minh chứng nào khớp cách lọc"));
}

TEST_P(WaitingEvidenceTest, TheOldestStandsFirstPageByPage) {
    add_pieces(70);
    auto clerk = commune_->sign_in_again("clerk");
    std::vector<std::string> pages;
    std::size_t shown = 0;
    for (auto path = kWaiting; !path.empty() && pages.size() < 9;) {
        pages.push_back(clerk.get(path).body);
        shown += rows(pages.back());
        path = link_to(pages.back(), kWaiting + "?sau=");
    }
    ASSERT_EQ(pages.size(), 3u);
    EXPECT_EQ(shown, 71u);
    EXPECT_THAT(pages.front(), HasSubstr("Đã thẩm định dự toán quý I"));
    EXPECT_THAT(pages.front(), AllOf(HasSubstr(">Bài số 29<"), Not(HasSubstr(">Bài số 30<")), Not(HasSubstr("?truoc="))));
    EXPECT_THAT(pages.back(), AllOf(HasSubstr(">Bài số 60<"), HasSubstr(">Bài số 70<"), Not(HasSubstr(">Bài số 59<"))));
    const auto back = clerk.get(link_to(pages.back(), kWaiting + "?truoc=")).body;
    EXPECT_EQ(between(back, "<tbody>", "</tbody>"), between(pages[1], "<tbody>", "</tbody>"));
    EXPECT_THAT(clerk.get("/tong-quan").body, HasSubstr("71 minh chứng của 1 đơn vị chờ xác nhận"));
    for (const char* odd : {"x", "0000000000000001", "0000000000000001.", "00000000000000x1.5"}) EXPECT_EQ(found(std::string("sau=") + odd), 30u) << odd;
}

TEST_P(WaitingEvidenceTest, TheOfficeHearsOfItOnceADay) {
    add_pieces(3);
    run("monitoring.call_for_confirmation");
    run("monitoring.call_for_confirmation");
    const std::string told = "4 minh chứng của 1 đơn vị chờ xác nhận, lâu nhất từ ngày 01/04/2026";
    EXPECT_EQ(times(page("clerk", "/thong-bao").body, told), 1u);
    EXPECT_EQ(times(notices(), "chờ xác nhận, lâu nhất"), 0u) << "she has submitted it";
    commune_->pass_time(kDay);
    run("monitoring.call_for_confirmation");
    EXPECT_EQ(times(page("clerk", "/thong-bao").body, told), 2u);
}

LOA_ON_BOTH_ENGINES(WaitingEvidenceTest);

}  // namespace
}  // namespace loa::app
