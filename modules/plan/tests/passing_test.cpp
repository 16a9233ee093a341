// What was done of a line that passes on: targets, evidence, figures, what a lower committee did; and the plan's next words. On
// both databases. Who may say so, and the day itself: app/tests/passing_test.cpp.
#include "passing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "occurrences.h"
#include "support/child_house.h"

namespace loa::plan {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Date day(int month, int of_month) { return *Date::from(2026, month, of_month); }

template <class House>
void merge(House& town, Id unit, Id into, Date on) {
    town.write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::close_unit(work, {.unit = unit, .kind = identity::ClosingKind::Merged, .date = on, .successors = {{{work.authority, into}, std::nullopt}},
                                              .version = identity::unit_by_id(work, unit)->version}));
    });
}

class PassingTest : public testing::HouseTest {
  protected:
    Id confirmed_piece(const Assignment& line, const std::string& what, const std::string& quantity) {
        const auto evidence = town_->write(second_, [&](Work& work) {
            EvidenceWords words;
            words.what = what;
            words.done_on = "01/04/2026";
            words.number_source = "Sổ trực";
            words.quantities = {{targets_by_assignment(work, line.id).front().id, quantity}};
            return submit_evidence(work, {line.plan, line.id, std::nullopt}, words, {}).value();
        });
        EXPECT_TRUE(act([&](Work& work) { return confirm_evidence(work, {line.plan, line.id, evidence, 1}); }));
        return evidence;
    }
    Assignment with_target(Id plan, Id unit, const std::string& target) {
        const Assignment line = line_of(plan, unit);
        EXPECT_TRUE(act([&](Work& work) { return set_line_targets(work, {plan, line.id, line.version}, {target}); }));
        return line_of(plan, unit);
    }
    void pass(Id plan, Id unit, Id successor) {
        EXPECT_TRUE(act([&](Work& work) { return confirm_passing(work, {.plan = plan, .unit = unit, .successor = successor}); }));
    }
    std::vector<std::pair<double, double>> targets(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) {
            std::vector<std::pair<double, double>> all;
            for (const auto& target : targets_by_assignment(work, line.id)) all.emplace_back(target.done, target.needed());
            return all;
        });
    }
};

TEST_P(PassingTest, TargetsAndWhatWasDoneOfThemAddUp) {
    const Id plan = issue();
    const auto first = with_target(plan, hamlets_[0], "ít nhất 4 bài"), second = with_target(plan, hamlets_[1], "ít nhất 6 bài");
    confirmed_piece(first, "Bài của ấp Một", "3");
    confirmed_piece(second, "Bài của ấp Hai", "1");
    town_->clock().set(start_of(day(4, 20)));
    merge(*town_, hamlets_[0], hamlets_[2], day(4, 10));
    merge(*town_, hamlets_[1], hamlets_[2], day(4, 10));
    pass(plan, hamlets_[0], hamlets_[2]);
    pass(plan, hamlets_[1], hamlets_[2]);

    const auto now = line_of(plan, hamlets_[2]);
    EXPECT_THAT(targets(now), UnorderedElementsAre(std::pair(3.0, 4.0), std::pair(1.0, 6.0)));
    EXPECT_THAT(targets(first), IsEmpty());
    town_->read(clerk_, [&](Work& work) {
        std::vector<std::string> names;
        for (const auto& piece : evidence_by_assignment(work, now.id)) names.push_back(piece.unit_name);
        EXPECT_THAT(names, UnorderedElementsAre("Ban Nhân dân ấp Một", "Ban Nhân dân ấp Hai"));
        EXPECT_THAT(occurrences_by_assignment(work, now.id), SizeIs(1)) << "its one day is asked for once";
        EXPECT_EQ(assignment_by_id(work, *plan_by_id(work, plan), first.id)->passed_to, now.id);
    });
}

// A chain: what the first had is with the last, and the next words of the plan find it there.
TEST_P(PassingTest, AnAmendmentAsksWhoeverHasItNow) {
    const Id plan = issue();
    town_->clock().set(start_of(day(4, 20)));
    merge(*town_, women_, youth_, day(4, 10));
    pass(plan, women_, youth_);
    const Id club = town_->unit(identity::UnitKind::MassOrganisation, "Câu lạc bộ xã");
    merge(*town_, youth_, club, day(4, 15));
    pass(plan, youth_, club);
    const auto subjects = [&](Id unit) {
        return town_->read(clerk_, [&](Work& work) {
            std::vector<Id> all;
            for (const auto& line : assignments_of_unit(work, plan, unit)) all.push_back(line.subject());
            std::sort(all.begin(), all.end());
            return all;
        });
    };
    const auto before = subjects(club);
    EXPECT_THAT(before, ::testing::Not(IsEmpty()));
    EXPECT_EQ(std::adjacent_find(before.begin(), before.end()), before.end()) << "each once";
    amend(plan);
    issue(plan, "16", "20/04/2026");
    EXPECT_EQ(subjects(club), before);
    for (const Id over : {women_, youth_}) EXPECT_THAT(subjects(over), IsEmpty());
}

class PassingBelowTest : public testing::ChildHouseTest {};

TEST_P(PassingBelowTest, WhatALowerCommitteeDidCountsForWhoTookOver) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "3");
    run_jobs();
    ASSERT_EQ(done_above(line_above(lower_->unit)), std::pair(3.0, 3.0));
    town_->clock().set(start_of(day(4, 20)));
    merge(*town_, lower_->unit, other_->unit, day(4, 10));
    ASSERT_TRUE(act([&](Work& work) { return confirm_passing(work, {.plan = plan_, .unit = lower_->unit, .successor = other_->unit}); }));
    EXPECT_EQ(done_above(line_above(other_->unit)), std::pair(3.0, 3.0));
    // What is reported late from below does not count twice, nor take it away.
    lower_->town.clock().set(town_->clock().now());
    done_below(*lower_, child, 0, "2");
    run_jobs();
    EXPECT_EQ(done_above(line_above(other_->unit)), std::pair(3.0, 3.0));
}

INSTANTIATE_TEST_SUITE_P(Engines, PassingTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);
INSTANTIATE_TEST_SUITE_P(Engines, PassingBelowTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
