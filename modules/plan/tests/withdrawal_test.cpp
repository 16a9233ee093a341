// A plan is withdrawn: who reads why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WithdrawalTest : public testing::HouseTest {
  protected:
    /// A plan of the culture office's in force that gives work to the economy office alone.
    Id issued_for_economy() {
        const Id plan = import_text(
            "# KẾ HOẠCH\n\nHướng dẫn đăng ký hộ kinh doanh qua mạng năm 2026\n\n## II. NỘI DUNG\n\n"
            "1. Mở lớp hướng dẫn tại chợ.\n- Đơn vị chủ trì: Phòng Kinh tế\n- Thời gian thực hiện: Quý II/2026\n");
        review(plan);
        EXPECT_TRUE(town_->write(clerk_, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(town_->write(clerk_, [&](Work& work) {
            return issue_plan(work, {plan, version_in(work, plan), "15/KH-UBND", "31/03/2026"});
        }));
        return plan;
    }

    Result<> withdraw(Id person, Id plan, const std::string& reason) {
        return town_->write(person, [&](Work& work) { return withdraw_plan(work, {plan, plan_by_id(work, plan)->version, reason}); });
    }

    /// What she reads of withdrawals, and where each leads.
    std::vector<std::string> told(Id person) {
        return town_->read(person, [](Work& work) {
            std::vector<std::string> sentences;
            for (const auto& notice : jobs::notices(work, 100))
                if (notice.message.key == "plan.notice_withdrawn")
                    sentences.push_back(i18n::translate(Language::Vietnamese, notice.message.key, notice.message.args) + " → " + notice.message.path);
            return sentences;
        });
    }
};

TEST_P(WithdrawalTest, WhoDraftedItAndWhoHasALineReadWhy) {
    const Id plan = issued_for_economy();
    const Id bystander = town_->person("Phan Văn Dũng", police_, testing::Role::Clerk);
    ASSERT_THAT(lines(clerk_, culture_), IsEmpty()) << "the office that drafted it has no line of its own";
    ASSERT_EQ(lines(clerk_, economy_).size(), 1u);
    ASSERT_TRUE(withdraw(leader_, plan, "Nội dung đã chuyển sang kế hoạch của tỉnh"));
    const std::string sentence = "Kế hoạch “Hướng dẫn đăng ký hộ kinh doanh qua mạng năm 2026” đã rút: "
                                 "Nội dung đã chuyển sang kế hoạch của tỉnh → /ke-hoach/" + to_string(plan);
    EXPECT_THAT(told(clerk_), ElementsAre(sentence));
    EXPECT_THAT(told(second_), ElementsAre(sentence));
    EXPECT_THAT(told(stranger_), ElementsAre(sentence));
    EXPECT_THAT(told(leader_), IsEmpty()) << "who did it knows";
    EXPECT_THAT(told(bystander), IsEmpty());
}

TEST_P(WithdrawalTest, ADraftIsTheBusinessOfItsOfficeAlone) {
    const Id plan = import();
    ASSERT_TRUE(withdraw(clerk_, plan, "Nhập trùng"));
    EXPECT_EQ(told(second_).size(), 1u);
    EXPECT_THAT(told(clerk_), IsEmpty()) << "who did it knows";
    EXPECT_THAT(told(stranger_), IsEmpty());
    EXPECT_THAT(told(leader_), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, WithdrawalTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
