// The page of a plan: how far it is, and what is late as long as something can still be done.
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Time passes and plans end, so this has a commune of its own.
class PlanPageTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        path_ = "/ke-hoach/" + to_string(commune_->issued());
    }

    std::string page(const std::string& rest = "") {
        return commune_->sign_in_again("clerk").get(path_ + rest).body;
    }
    void let_a_year_pass() { commune_->pass_time(std::int64_t{366} * 24 * 3600); }

    std::unique_ptr<Commune> commune_;
    std::string path_;
};

TEST_P(PlanPageTest, SaysHowFarThePlanIs) {
    EXPECT_THAT(page(), HasSubstr("Đã xong 0 trên "));
    EXPECT_THAT(page(), Not(HasSubstr("quá hạn")));
    EXPECT_THAT(page("/hoat-dong/" + to_string(commune_->record(commune_->issued()).activity)), HasSubstr("đơn vị đã xong"));
}

TEST_P(PlanPageTest, NothingIsLateInAPlanThatIsWithdrawn) {
    let_a_year_pass();
    EXPECT_THAT(page(), HasSubstr("việc quá hạn"));
    EXPECT_THAT(page(), HasSubstr("đơn vị quá hạn"));
    auto leader = commune_->sign_in_again("leader");
    sent(leader, path_ + "/rut",
         {{"version", std::to_string(commune_->record(commune_->issued()).plan_version)}, {"reason", "Không còn phù hợp"}});
    for (const auto* tab : {"", "?muc=nhiem-vu"}) EXPECT_THAT(page(tab), Not(HasSubstr("quá hạn")));
}

LOA_ON_BOTH_ENGINES(PlanPageTest);

}  // namespace
}  // namespace loa::app
