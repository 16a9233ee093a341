// /quan-tri/lich-lam-viec, and what it does to what falls due.
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DaysOffTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }
    static constexpr const char* kPage = "/quan-tri/lich-lam-viec";
    web::Browser::Answer enter(const std::string& occasion, const std::string& first, const std::string& last, const std::string& citation) {
        return send(commune_->visitor("administrator"), kPage, {{"nam", "2027"}, {"occasion", occasion}, {"first", first}, {"last", last}, {"citation", citation}});
    }

    std::unique_ptr<Commune> commune_;
};

TEST_P(DaysOffTest, AreEnteredWithTheirSourceAndTakenBack) {
    auto& administrator = commune_->visitor("administrator");
    const auto before = administrator.get("/quan-tri/lich-lam-viec?nam=2027").body;
    EXPECT_THAT(before, HasSubstr("Lịch năm 2027 còn thiếu"));
    EXPECT_THAT(before, HasSubstr("Điều 112 Bộ luật Lao động"));
    EXPECT_THAT(commune_->sign_in_again("leader").get("/lich?thang=2027-02").body, HasSubstr("Lịch năm 2027 chưa có: Tết Nguyên đán, Giỗ Tổ Hùng Vương, Quốc khánh"));

    const auto refused = enter("tet", "2027-02-05", "2027-02-11", " ");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Nhập căn cứ"));
    EXPECT_THAT(refused.body, HasSubstr("value=\"2027-02-11\"")) << "what was typed is kept";
    EXPECT_EQ(enter("tet", "", "2027-02-11", "x").status, 422);
    EXPECT_EQ(enter("moon", "2027-02-05", "", "x").status, 422);
    EXPECT_EQ(enter("tet", "2027-02-05", "2027-02-11", "Thông báo <số> 1").status, 303);
    const auto after = administrator.get("/quan-tri/lich-lam-viec?nam=2027").body;
    EXPECT_THAT(after, HasSubstr("Thông báo &lt;số&gt; 1"));
    EXPECT_THAT(after, HasSubstr("value=\"2027-02-05\""));
    const auto calendar = commune_->sign_in_again("leader").get("/lich?thang=2027-02").body;
    EXPECT_THAT(calendar, HasSubstr("05/02/2027 – 11/02/2027: Tết Nguyên đán"));
    EXPECT_THAT(calendar, Not(HasSubstr("chưa có: Tết")));

    EXPECT_EQ(send(administrator, "/quan-tri/lich-lam-viec/xoa", {{"nam", "2027"}, {"first", "2027-02-05"}, {"last", "2027-02-11"}}).status, 303);
    EXPECT_EQ(send(administrator, "/quan-tri/lich-lam-viec/xoa", {{"nam", "2027"}, {"first", "2027-02-05"}, {"last", "2027-02-11"}}).status, 404);
    EXPECT_THAT(administrator.get("/quan-tri/lich-lam-viec?nam=2027").body, HasSubstr("Lịch năm 2027 còn thiếu"));
    for (const char* odd : {"?nam=0", "?nam=99999999999999999999", "?nam=x"}) EXPECT_EQ(administrator.get(std::string(kPage) + odd).status, 200) << odd;
}

TEST_P(DaysOffTest, MoveWhatFallsDueOnThem) {
    const auto line = commune_->line();
    const Date sunday = *Date::from(2026, 7, 19);
    commune_->town().write(Id{}, [&](Work& work) { work.db.run("plan.set_occurrence_days", {work.authority, line.occurrence, sunday, sunday, "open"}); });
    const std::string page = "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line.assignment);
    EXPECT_THAT(commune_->sign_in_again("other_unit").get(page).body, Not(HasSubstr("kế hoạch ghi")));
    auto& administrator = commune_->visitor("administrator");
    EXPECT_EQ(send(administrator, "/quan-tri/lich-lam-viec/han", {{"due_days", "sometimes"}}).status, 422);
    EXPECT_EQ(send(administrator, "/quan-tri/lich-lam-viec/han", {{"due_days", "next_working_day"}}).status, 303);
    commune_->run_jobs();
    const auto moved = commune_->sign_in_again("other_unit").get(page).body;
    EXPECT_THAT(moved, HasSubstr("20/07/2026"));
    EXPECT_THAT(moved, HasSubstr("kế hoạch ghi 19/07/2026")) << "the paper's own day stands beside it";
    EXPECT_EQ(enter("other", "2026-07-20", "", "Quyết định số 3/QĐ-UBND").status, 303);
    commune_->run_jobs();
    EXPECT_THAT(commune_->sign_in_again("other_unit").get(page).body, HasSubstr("21/07/2026"));
    EXPECT_EQ(send(administrator, "/quan-tri/lich-lam-viec/han", {{"due_days", "as_printed"}}).status, 303);
    commune_->run_jobs();
    EXPECT_THAT(commune_->sign_in_again("other_unit").get(page).body, Not(HasSubstr("kế hoạch ghi")));
}

LOA_ON_BOTH_ENGINES(DaysOffTest);

}  // namespace
}  // namespace loa::app
