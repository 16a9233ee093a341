// A value or the reason why there is none; promises of our own that were broken.
#include "loa/base/result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "loa/base/fault.h"

namespace loa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Result<std::string> named(bool known) {
    if (!known) return not_found("plan.not_found");
    return std::string("Phòng Nội vụ");
}

TEST(Result, HoldsAValue) {
    Result<std::string> result = named(true);
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, "Phòng Nội vụ");
    EXPECT_EQ(result->size(), result.value().size());
    *result += "!";
    EXPECT_EQ(result.value(), "Phòng Nội vụ!");
    EXPECT_EQ(failure_of(result), nullptr);
    EXPECT_THROW(result.failure(), Fault);
}

TEST(Result, HoldsAFailure) {
    const Result<std::string> result = named(false);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.failure().reason, Reason::NotFound);
    EXPECT_THAT(result.failure().problems, ElementsAre(Problem{"", "plan.not_found", {}}));
    EXPECT_EQ(failure_of(result), &result.failure());
    EXPECT_THROW(result.value(), Fault);
    EXPECT_THROW(*result, Fault);
    EXPECT_THROW(result->size(), Fault);
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 7);
}

TEST(Result, SaysDoneWithoutAValue) {
    const auto step = [](bool possible) -> Result<> {
        if (!possible) return forbidden();
        return Done{};
    };
    EXPECT_TRUE(step(true));
    const auto failed = step(false);
    ASSERT_NE(failure_of(failed), nullptr);
    EXPECT_EQ(failure_of(failed)->reason, Reason::Forbidden);
}

TEST(Result, FailuresSayWhatAndWhere) {
    const Failure field = invalid("title", "plan.title.long", {{"most", "300"}});
    EXPECT_EQ(field.reason, Reason::Invalid);
    EXPECT_THAT(field.problems, ElementsAre(Problem{"title", "plan.title.long", {{"most", "300"}}}));
    EXPECT_THAT(invalid(std::vector<Problem>{{"a", "x", {}}, {"b", "y", {}}}).problems, SizeIs(2));
    EXPECT_EQ(conflict().reason, Reason::Conflict);
    EXPECT_EQ(conflict("plan.changed", {{"who", "A"}}).problems.front().args.front().second, "A");
    EXPECT_EQ(unavailable("media.full").reason, Reason::Unavailable);
    EXPECT_THAT(unavailable("media.full").problems.front().args, IsEmpty());
    for (const auto& failure : {forbidden(), not_found(), conflict()})
        EXPECT_THAT(failure.problems.front().key, testing::StartsWith("base."));
}

TEST(Check, ABrokenPromiseNamesItsPlace) {
    EXPECT_NO_THROW(LOA_CHECK(1 + 1 == 2));
    try {
        LOA_CHECK(1 + 1 == 3);
        FAIL();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr("1 + 1 == 3"));
        EXPECT_THAT(fault.what(), HasSubstr("result_test.cpp:"));
    }
}

}  // namespace
}  // namespace loa
