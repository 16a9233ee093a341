// What a printed name means is said once: it is remembered, and known when the next paper comes. On both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using As = ResolveName::As;

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n## I. NHIỆM VỤ\n"
    "1. Tổ chức hội thi tìm hiểu cải cách hành chính.\n- Chủ trì: Phòng Văn hóa và Thông tin; Trưởng các ấp.\n";
constexpr std::string_view kOlderPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2021\n\nBình Hòa Trung, ngày 05 tháng 01 năm 2021\n\n## I. NHIỆM VỤ\n"
    "1. Mở lớp tập huấn.\n- Chủ trì: PHÒNG VĂN HÓA & THÔNG TIN; Trưởng các ấp.\n";
const char* const kOffice = "Phòng Văn hóa và Thông tin";

class RememberedNamesTest : public testing::HouseTest {
  protected:
    Result<> resolve(Id plan, const std::string& name, As as, std::optional<Id> unit, std::optional<Id> group = {}) {
        return act([&](Work& work) { return resolve_name(work, {plan, name, as, unit, group}); });
    }
    /// The leads of the paper's one activity: the first is the office, the second the class.
    Party lead(Id plan, std::size_t at) { return draft_of(plan).activities.at(0).parties.at(at); }
    std::vector<std::string> aliases_of(Id unit) {
        std::vector<std::string> names;
        for (const auto& name : town_->read(clerk_, [&](Work& work) { return identity::names_of_unit(work, unit); }))
            if (name.kind == identity::NameKind::Alias) names.push_back(name.name);
        return names;
    }
};

TEST_P(RememberedNamesTest, AsAnAliasByWhichEveryNextPaperIsUnderstood) {
    const Id plan = import_text(kPaper);
    ASSERT_FALSE(lead(plan, 0).resolved());
    ASSERT_THAT(aliases_of(culture_), IsEmpty());

    ASSERT_TRUE(resolve(plan, kOffice, As::Unit, culture_));
    EXPECT_EQ(lead(plan, 0).unit, culture_);
    EXPECT_EQ(lead(plan, 0).name, kOffice) << "the words stay the paper's";
    EXPECT_THAT(aliases_of(culture_), ElementsAre(kOffice));
    EXPECT_EQ(lead(import_text(kPaper), 0).unit, culture_);
    EXPECT_EQ(lead(import_text(kOlderPaper), 0).unit, culture_) << "a paper of another day, in another spelling";
}

TEST_P(RememberedNamesTest, AClassIsRememberedToo) {
    const Id plan = import_text(kPaper);
    const Id hamlets = town_->read(clerk_, [](Work& work) {
        for (const auto& group : identity::unit_groups(work))
            if (group.name == "Ban Nhân dân các ấp") return group.id;
        return Id{};
    });
    ASSERT_FALSE(lead(plan, 1).resolved());
    ASSERT_TRUE(resolve(plan, "Trưởng các ấp", As::Group, {}, hamlets));
    EXPECT_EQ(lead(plan, 1).group, hamlets);
    EXPECT_EQ(lead(import_text(kPaper), 1).group, hamlets);
}

TEST_P(RememberedNamesTest, WhatTheNewUnitIsCalledNeedsNoAlias) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(resolve(plan, kOffice, As::NewUnit, {}));
    const auto unit = lead(plan, 0).unit;
    ASSERT_TRUE(unit);
    EXPECT_THAT(aliases_of(*unit), IsEmpty());
    EXPECT_EQ(lead(import_text(kPaper), 0).unit, unit);
}

// Two offices bear it: what a person says of one paper is no reason to take the next one's for the same.
TEST_P(RememberedNamesTest, ANameThatMeansAnotherAsWellIsSettledInItsPaperAlone) {
    ASSERT_TRUE(resolve(import_text(kPaper), kOffice, As::Unit, culture_));
    const Id office = town_->office(kOffice);
    const Id plan = import_text(kPaper);
    ASSERT_FALSE(lead(plan, 0).resolved());

    ASSERT_TRUE(resolve(plan, kOffice, As::Unit, economy_));
    EXPECT_EQ(lead(plan, 0).unit, economy_);
    EXPECT_THAT(aliases_of(economy_), IsEmpty());
    EXPECT_THAT(aliases_of(office), IsEmpty());
    EXPECT_THAT(aliases_of(culture_), ElementsAre(kOffice)) << "what was said before stays said";
    EXPECT_FALSE(lead(import_text(kPaper), 0).resolved());
}

INSTANTIATE_TEST_SUITE_P(Engines, RememberedNamesTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
