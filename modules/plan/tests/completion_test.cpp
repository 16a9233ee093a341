// What the paper leaves open and a person adds: kept apart, with who added it. On both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "queries.h"
#include "support/house.h"
#include "support/rows.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using Added = std::pair<std::string, Id>;

class CompletionTest : public testing::HouseTest {
  protected:
    /// The form of one activity as it is now, with nothing in it.
    CompleteActivity form(Id plan, std::size_t at) {
        const ActivityText activity = draft_of(plan).activities.at(at);
        CompleteActivity input;
        input.plan = plan;
        input.activity = activity.id;
        input.version = activity.review.version;
        return input;
    }
    Result<> complete(Id person, const CompleteActivity& input) {
        return town_->write(person, [&](Work& work) { return complete_activity(work, input); });
    }
    std::vector<Added> products(Id plan, std::size_t at) {
        std::vector<Added> all;
        const ActivityText activity = draft_of(plan).activities.at(at);
        for (const auto& product : activity.products)
            all.emplace_back(product.text, product.added ? product.added->by : Id{});
        return all;
    }
};

TEST_P(CompletionTest, AnAddedProductSaysWhoAddedIt) {
    const Id plan = import();
    auto input = form(plan, 3);
    input.products = {"Báo cáo kết quả khảo sát"};
    ASSERT_TRUE(complete(clerk_, input));
    EXPECT_THAT(products(plan, 3), ElementsAre(Added("Báo cáo kết quả khảo sát", clerk_)));

    input = form(plan, 3);
    input.products = {"Báo cáo kết quả khảo sát", "Bảng tổng hợp phiếu"};
    ASSERT_TRUE(complete(second_, input));
    EXPECT_THAT(products(plan, 3), ElementsAre(Added("Báo cáo kết quả khảo sát", clerk_), Added("Bảng tổng hợp phiếu", second_)))
        << "who left it as it was did not add it";

    input = form(plan, 3);
    ASSERT_TRUE(complete(clerk_, input));
    EXPECT_THAT(products(plan, 3), ElementsAre()) << "what was added can be taken out again";
}

TEST_P(CompletionTest, WhatThePaperPrintsIsNobodysAddition) {
    const Id plan = import();
    const std::vector<Added> printed{{"Bài phát thanh", Id{}}, {"bài đăng trên trang Zalo của xã", Id{}}};
    ASSERT_EQ(products(plan, 1), printed);
    auto input = form(plan, 1);
    input.products = {"Video"};
    const auto refused = complete(clerk_, input);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().reason, Reason::Invalid);
    EXPECT_EQ(refused.failure().problems.front().field, "products");
    EXPECT_EQ(products(plan, 1), printed);
}

TEST_P(CompletionTest, AnAdditionIsNoWordOfTheRevisionInForce) {
    const Id plan = issue();
    const ActivityText before = issued_of(plan).activities.at(3);
    CompleteActivity input;
    input.plan = plan;
    input.activity = before.id;
    input.version = before.review.version;
    input.products = {"Báo cáo kết quả khảo sát"};
    ASSERT_TRUE(complete(clerk_, input));
    ActivityText after = issued_of(plan).activities.at(3);
    ASSERT_EQ(after.products.size(), 1u);
    ASSERT_TRUE(after.products[0].added);
    EXPECT_EQ(after.products[0].added->by, clerk_);
    EXPECT_EQ(after.products[0].added->at, town_->clock().now());
    std::erase_if(after.products, [](const Product& product) { return product.added.has_value(); });
    EXPECT_EQ(words_of(after).products, words_of(before).products);
    EXPECT_EQ(after.title + after.content.value_or(""), before.title + before.content.value_or(""));
}

TEST_P(CompletionTest, WhoHasNotSeenWhatAnotherAddedIsTold) {
    const Id plan = import();
    auto of_second = form(plan, 3), of_clerk = form(plan, 3);
    of_second.deadline = "trước ngày 30/11";
    of_clerk.products = {"Báo cáo"};
    ASSERT_TRUE(complete(second_, of_second));
    const auto rows = [&] {
        return town_->read(clerk_, [&](Work& work) { return testing::rows_of(work, *plan_by_id(work, plan)->draft_revision); });
    };
    const auto before = rows();
    const auto late = complete(clerk_, of_clerk);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.failure().reason, Reason::Conflict);
    EXPECT_EQ(late.failure().problems.front().args.front().second, "Phạm Văn Lực");
    EXPECT_EQ(rows(), before);
}

INSTANTIATE_TEST_SUITE_P(Engines, CompletionTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
