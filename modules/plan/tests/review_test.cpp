// Every act of the review on every sort of item: put right, added, dropped, moved, split, merged, confirmed; and what
// can end a plan. On both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "actions.h"
#include "difference.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

class ReviewTest : public testing::HouseTest {
  protected:
    template <class Items>
    static ItemRef ref(Id plan, const Items& items, std::size_t at) {
        return {plan, items.at(at).id, items.at(at).review.version};
    }
    template <class Items>
    static std::vector<Id> ids(const Items& items) {
        std::vector<Id> all;
        for (const auto& item : items) all.push_back(item.id);
        return all;
    }
    /// Without those left out.
    template <class Items>
    static std::vector<Id> kept(const Items& items) {
        std::vector<Id> all;
        for (const auto& item : items)
            if (!item.dropped) all.push_back(item.id);
        return all;
    }
    std::vector<Clause> clauses(Id plan, ClauseKind kind) {
        const Content content = draft_of(plan);
        std::vector<Clause> all;
        for (const auto* clause : content.clauses_of(kind)) all.push_back(*clause);
        return all;
    }
    static std::int64_t plan_version(Work& work, Id plan) { return plan_by_id(work, plan)->version; }
    PlanState state(Id plan) {
        return town_->read(leader_, [&](Work& work) { return plan_by_id(work, plan)->state; });
    }
};

TEST_P(ReviewTest, Clauses) {
    const Id plan = import();
    const auto kind = ClauseKind::Theme;
    const auto before = clauses(plan, kind);
    ASSERT_EQ(before.size(), 3u);

    ClauseWords words;
    words.text = "Chỉ số cải cách hành chính năm 2026";
    ASSERT_TRUE(act([&](Work& work) { return correct_clause(work, ref(plan, before, 1), words); }));
    auto now = clauses(plan, kind);
    EXPECT_EQ(now[1].text, words.text);
    EXPECT_EQ(now[1].review.confirmed_by, clerk_);
    EXPECT_EQ(act([&](Work& work) { return correct_clause(work, ref(plan, before, 1), words); }).failure().reason, Reason::Conflict);
    words.text = "  ";
    EXPECT_EQ(act([&](Work& work) { return correct_clause(work, ref(plan, now, 1), words); }).failure().reason, Reason::Invalid);

    words.text = "Chuyển đổi số";
    ASSERT_TRUE(act([&](Work& work) { return add_clause(work, plan, kind, words); }));
    now = clauses(plan, kind);
    ASSERT_EQ(now.size(), 4u);
    EXPECT_EQ(now.back().text, "Chuyển đổi số");
    EXPECT_FALSE(now.back().review.lines) << "typed by a person, not printed";

    ASSERT_TRUE(act([&](Work& work) { return move_clause(work, ref(plan, now, 3), Direction::Up); }));
    EXPECT_EQ(ids(clauses(plan, kind)), (std::vector<Id>{now[0].id, now[1].id, now[3].id, now[2].id}));
    now = clauses(plan, kind);
    ASSERT_TRUE(act([&](Work& work) { return move_clause(work, ref(plan, now, 0), Direction::Up); }));
    EXPECT_EQ(ids(clauses(plan, kind)), ids(now)) << "it is the first";

    ASSERT_TRUE(act([&](Work& work) { return split_clause(work, ref(plan, now, 2), "Chuyển đổi\nsố"); }));
    now = clauses(plan, kind);
    ASSERT_EQ(now.size(), 5u);
    EXPECT_EQ(now[2].text, "Chuyển đổi");
    EXPECT_EQ(now[3].text, "số");
    EXPECT_EQ(act([&](Work& work) { return split_clause(work, ref(plan, now, 2), "không có chỗ cắt"); }).failure().reason, Reason::Invalid);

    ASSERT_TRUE(act([&](Work& work) { return merge_clause(work, ref(plan, now, 3)); }));
    now = clauses(plan, kind);
    ASSERT_EQ(now.size(), 4u);
    EXPECT_NE(now[2].text.find("Chuyển đổi"), std::string::npos);
    EXPECT_NE(now[2].text.find("số"), std::string::npos);

    ASSERT_TRUE(act([&](Work& work) { return drop_clause(work, ref(plan, now, 2)); }));
    EXPECT_EQ(ids(clauses(plan, kind)), ids(before));
}

TEST_P(ReviewTest, Activities) {
    const Id plan = import();
    auto now = draft_of(plan).activities;
    ASSERT_EQ(now.size(), 4u);
    const auto before = now;

    ActivityWords words;
    words.title = "Thi vẽ tranh cổ động";
    words.leads = {"Đoàn Thanh niên xã"};
    words.deadline = "Trước ngày 15/10/2026";
    words.targets = {"02 cuộc", "mỗi ngày 01 tin", "mỗi tuần 01 tin", "mỗi tháng 01 tin", "mỗi quý 01 tin", "01 tin/6 tháng", "mỗi năm 01 tin"};
    const auto added = act([&](Work& work) { return add_activity(work, plan, words); });
    ASSERT_TRUE(added) << added.failure().problems.front().args.front().second;
    now = draft_of(plan).activities;
    ASSERT_EQ(now.size(), 5u);
    EXPECT_EQ(now.back().title, "Thi vẽ tranh cổ động");
    EXPECT_EQ(now.back().targets.size(), words.targets.size()) << "each with its period";
    EXPECT_EQ(now.back().targets[1].per, Period::Day);
    ASSERT_TRUE(now.back().deadline);
    EXPECT_EQ(now.back().deadline->to, Date::from(2026, 10, 15));

    words.deadline = "Trước ngày 31/11/2026";
    const auto refused = act([&](Work& work) { return correct_activity(work, ref(plan, now, 4), words); });
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.failure().problems.front().field.find("deadline"), std::string::npos);

    ASSERT_TRUE(act([&](Work& work) { return move_activity(work, ref(plan, now, 4), Direction::Up); }));
    EXPECT_EQ(ids(draft_of(plan).activities), (std::vector<Id>{now[0].id, now[1].id, now[2].id, now[4].id, now[3].id}));

    now = draft_of(plan).activities;
    ASSERT_TRUE(act([&](Work& work) { return split_activity(work, ref(plan, now, 3), "Thi vẽ\ntranh cổ động"); }));
    now = draft_of(plan).activities;
    ASSERT_EQ(now.size(), 6u);
    EXPECT_EQ(now[3].title, "Thi vẽ");
    EXPECT_EQ(now[4].title, "tranh cổ động");
    EXPECT_EQ(names_in_role(now[4].parties, PartyRole::Lead), "Đoàn Thanh niên xã") << "both parts keep the parties";

    ASSERT_TRUE(act([&](Work& work) { return merge_activity(work, ref(plan, now, 4)); }));
    now = draft_of(plan).activities;
    ASSERT_EQ(now.size(), 5u);
    EXPECT_EQ(names_in_role(now[3].parties, PartyRole::Lead), "Đoàn Thanh niên xã") << "named once";

    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, now, 3)); }));
    EXPECT_EQ(kept(draft_of(plan).activities), ids(before));

    // Behind what is left, however much has gone.
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, content_of(work, draft_of_in(work, plan).id).activities, static_cast<std::size_t>(i))); }));
    words.deadline = "";
    ASSERT_TRUE(act([&](Work& work) { return add_activity(work, plan, words); }));
    EXPECT_EQ(draft_of(plan).activities.back().title, words.title);
}

TEST_P(ReviewTest, AnIssuedActivityIsMarkedAndComesBack) {
    const Id plan = issue();
    ASSERT_TRUE(act([&](Work& work) { return amend_plan(work, {plan, plan_version(work, plan), ""}); }));
    const auto now = draft_of(plan).activities;
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, now, 0)); }));
    auto after = draft_of(plan).activities;
    ASSERT_EQ(after.size(), now.size());
    EXPECT_TRUE(after[0].dropped);
    ASSERT_TRUE(act([&](Work& work) { return restore_activity(work, ref(plan, after, 0)); }));
    EXPECT_FALSE(draft_of(plan).activities[0].dropped);
}

TEST_P(ReviewTest, Duties) {
    const Id plan = import();
    const auto before = draft_of(plan);
    ASSERT_GE(before.duties.size(), 2u);
    const std::size_t count = before.duties.size();

    DutyWords words;
    words.text = "Theo dõi, đôn đốc; báo cáo khó khăn";
    words.units = {"Văn phòng HĐND và UBND xã"};
    words.activity = before.activities[0].id;
    words.deadline = "hằng tháng, trước ngày 25";
    ASSERT_TRUE(act([&](Work& work) { return add_duty(work, plan, words); }));
    auto now = draft_of(plan).duties;
    ASSERT_EQ(now.size(), count + 1);
    EXPECT_EQ(now.back().text, words.text);
    EXPECT_EQ(now.back().activity, before.activities[0].id);
    ASSERT_TRUE(now.back().deadline);
    EXPECT_EQ(now.back().deadline->every, Period::Month);

    words.activity = std::nullopt;
    ASSERT_TRUE(act([&](Work& work) { return correct_duty(work, ref(plan, now, count), words); }));
    now = draft_of(plan).duties;
    EXPECT_FALSE(now.back().activity);

    ASSERT_TRUE(act([&](Work& work) { return move_duty(work, ref(plan, now, count), Direction::Up); }));
    now = draft_of(plan).duties;
    EXPECT_EQ(now[count - 1].text, words.text);

    ASSERT_TRUE(act([&](Work& work) { return split_duty(work, ref(plan, now, count - 1), "Theo dõi, đôn đốc\nbáo cáo khó khăn"); }));
    now = draft_of(plan).duties;
    ASSERT_EQ(now.size(), count + 2);
    EXPECT_EQ(now[count].text, "báo cáo khó khăn");
    EXPECT_EQ(names_in_role(now[count].parties, PartyRole::Lead), "Văn phòng HĐND và UBND xã");

    ASSERT_TRUE(act([&](Work& work) { return merge_duty(work, ref(plan, now, count)); }));
    now = draft_of(plan).duties;
    ASSERT_EQ(now.size(), count + 1);
    ASSERT_TRUE(act([&](Work& work) { return drop_duty(work, ref(plan, now, count - 1)); }));
    EXPECT_EQ(kept(draft_of(plan).duties), ids(before.duties));
}

TEST_P(ReviewTest, WhatIsLeftOutCanBeKeptUntilTheDraftIsSubmitted) {
    const Id plan = import();
    const Content before = draft_of(plan);
    const auto themes = clauses(plan, ClauseKind::Theme);
    const Id below = before.activities[2].id;
    ASSERT_TRUE(act([&](Work& work) { return drop_clause(work, ref(plan, themes, 0)); }));
    ASSERT_TRUE(act([&](Work& work) { return drop_clause(work, ref(plan, themes, 1)); }));
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, before.activities, 0)); }));
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan, before.activities, 1)); }));
    ASSERT_TRUE(act([&](Work& work) { return drop_duty(work, ref(plan, before.duties, 0)); }));
    Content now = draft_of(plan);
    EXPECT_EQ(now.left_out_of(ClauseKind::Theme).size(), 2u);
    EXPECT_EQ(now.clauses_of(ClauseKind::Theme).size(), themes.size() - 2);
    EXPECT_EQ(act([&](Work& work) { return merge_activity(work, ref(plan, now.activities, 2)); }).failure().problems.front().key,
              "plan.nothing_above")
        << "what is left out is nothing to join to";

    const Clause& first = *now.left_out_of(ClauseKind::Theme).front();
    ASSERT_TRUE(act([&](Work& work) { return restore_clause(work, {plan, first.id, first.review.version}); }));
    ASSERT_TRUE(act([&](Work& work) { return restore_activity(work, ref(plan, now.activities, 0)); }));
    EXPECT_EQ(clauses(plan, ClauseKind::Theme).front().text, themes.front().text);
    EXPECT_EQ(clauses(plan, ClauseKind::Theme).front().topics.size(), themes.front().topics.size());
    EXPECT_EQ(draft_of(plan).activities[0].parties.size(), before.activities[0].parties.size());

    review(plan);
    ASSERT_TRUE(act([&](Work& work) { return submit_plan(work, {plan, draft_of_in(work, plan).version, ""}); }));
    now = draft_of(plan);
    EXPECT_TRUE(now.left_out_of(ClauseKind::Theme).empty());
    EXPECT_EQ(now.activities.size(), before.activities.size() - 1);
    EXPECT_EQ(now.activities[1].id, below);
    EXPECT_EQ(now.duties.size(), before.duties.size() - 1);
}

TEST_P(ReviewTest, AnIssuedDutyIsMarkedAndComesBack) {
    const Id plan = issue();
    ASSERT_TRUE(act([&](Work& work) { return amend_plan(work, {plan, plan_version(work, plan), ""}); }));
    auto now = draft_of(plan).duties;
    ASSERT_TRUE(act([&](Work& work) { return drop_duty(work, ref(plan, now, 0)); }));
    now = draft_of(plan).duties;
    EXPECT_TRUE(now[0].dropped);
    ASSERT_TRUE(act([&](Work& work) { return restore_duty(work, ref(plan, now, 0)); }));
    EXPECT_FALSE(draft_of(plan).duties[0].dropped);
}

TEST_P(ReviewTest, SureActivitiesAndThenAll) {
    const Id plan = import();
    ASSERT_TRUE(act([&](Work& work) { return confirm_sure_activities(work, {plan}); }));
    for (const auto& activity : draft_of(plan).activities)
        EXPECT_EQ(activity.review.confirmed_by.has_value(), activity.review.confidence == Confidence::Sure) << activity.title;
    ASSERT_TRUE(act([&](Work& work) { return confirm_all(work, plan); }));
    const Content content = draft_of(plan);
    EXPECT_EQ(content.revision.head_confirmed_by, clerk_);
    for (const auto& clause : content.clauses) EXPECT_TRUE(clause.review.confirmed_by) << clause.text;
    for (const auto& activity : content.activities) EXPECT_TRUE(activity.review.confirmed_by) << activity.title;
    for (const auto& duty : content.duties) EXPECT_TRUE(duty.review.confirmed_by) << duty.text;
}

// The commune was made in 2025; the paper is of 2024, and names bodies that nobody knows.
TEST_P(ReviewTest, APaperOlderThanTheAuthorityThatReadsIt) {
    const Id plan = import_text(
        "# KẾ HOẠCH\n\nTuyên truyền cải cách hành chính năm 1994\n\nngày 05 tháng 01 năm 1994\n\n## II. NỘI DUNG\n\n"
        "1. Tổ chức hội thi tìm hiểu cải cách hành chính.\n- Đơn vị chủ trì: Phòng Văn hóa và Thông tin\n"
        "- Đơn vị phối hợp: Bưu điện huyện\n- Thời gian thực hiện: mỗi ngày\n");
    for (const auto as : {ResolveName::As::NewUnit, ResolveName::As::OutsideBody}) {
        std::string open;
        for (const auto& activity : draft_of(plan).activities)
            for (const auto& party : activity.parties)
                if (!party.resolved()) open = party.name;
        ASSERT_FALSE(open.empty());
        const auto done = act([&](Work& work) { return resolve_name(work, {plan, open, as, {}, {}}); });
        EXPECT_TRUE(done) << open << ": " << (done ? "" : done.failure().problems.front().key);
    }
}

TEST_P(ReviewTest, WhatEndsAPlan) {
    const Id plan = issue();
    ASSERT_TRUE(act([&](Work& work) { return amend_plan(work, {plan, plan_version(work, plan), ""}); }));
    EXPECT_EQ(town_->write(second_, [&](Work& work) { return close_plan(work, {plan, plan_version(work, plan), ""}); }).failure().reason, Reason::Conflict)
        << "an amendment is being written";
    ASSERT_TRUE(act([&](Work& work) { return abandon_revision(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_FALSE(town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->draft_revision.has_value(); }));

    EXPECT_EQ(town_->write(stranger_, [&](Work& work) { return close_plan(work, {plan, plan_version(work, plan), ""}); }).failure().reason,
              Reason::Forbidden);
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return close_plan(work, {plan, plan_version(work, plan), ""}); }));
    EXPECT_EQ(state(plan), PlanState::Closed);
    EXPECT_FALSE(town_->write(leader_, [&](Work& work) { return withdraw_plan(work, {plan, plan_version(work, plan), "Ban hành nhầm"}); }));

    const Id draft = import();
    EXPECT_EQ(act([&](Work& work) { return withdraw_plan(work, {draft, plan_version(work, draft), " "}); }).failure().reason, Reason::Invalid)
        << "a reason is needed";
    ASSERT_TRUE(act([&](Work& work) { return withdraw_plan(work, {draft, plan_version(work, draft), "Nhập trùng"}); }));
    EXPECT_EQ(state(draft), PlanState::Withdrawn);
}

TEST_P(ReviewTest, WithoutASymbolTheNumberBringsIt) {
    const Id plan = import();
    act([&](Work& work) {
        Content content = content_of(work, *plan_by_id(work, plan)->draft_revision);
        content.revision.head.symbol = std::nullopt;
        content.revision.head.decision = std::nullopt;
        EXPECT_TRUE(correct_document(work, {plan, content.revision.head_version, content.revision.head}));
    });
    review(plan);
    ASSERT_TRUE(act([&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
    EXPECT_EQ(act([&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), "15", "31/03/2026"}); }).failure().problems.front().key,
              "plan.symbol_missing");
    ASSERT_TRUE(act([&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), "15/KH-UBND", "31/03/2026"}); }));
    const Revision issued = issued_of(plan).revision;
    EXPECT_EQ(issued.issued_number, "15");
    EXPECT_EQ(issued.head.symbol, "KH-UBND");
}

TEST_P(ReviewTest, Catalogues) {
    const Id administrator = town_->administrator();
    const auto change = [&](auto&& what) { return town_->write(administrator, what); };
    const auto added = change([](Work& work) { return add_catalogue_entry(work, Catalogue::Topics, "Chữ ký số cá nhân"); });
    ASSERT_TRUE(added);
    const CatalogueRef first{Catalogue::Topics, *added, 1};
    ASSERT_TRUE(change([&](Work& work) { return rename_catalogue_entry(work, first, "Chữ ký số"); }));
    EXPECT_EQ(change([&](Work& work) { return rename_catalogue_entry(work, first, "Khác"); }).failure().reason, Reason::Conflict);
    ASSERT_TRUE(change([&](Work& work) { return end_catalogue_entry(work, {Catalogue::Topics, *added, 2}); }));
    ASSERT_TRUE(change([&](Work& work) { return revive_catalogue_entry(work, {Catalogue::Topics, *added, 3}); }));
    EXPECT_EQ(act([](Work& work) { return add_catalogue_entry(work, Catalogue::Channels, "Kênh mới"); }).failure().reason, Reason::Forbidden);
    EXPECT_EQ(change([](Work& work) { return add_catalogue_entry(work, Catalogue::Topics, "chữ ký số"); }).failure().reason, Reason::Invalid);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReviewTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
