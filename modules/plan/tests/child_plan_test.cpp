// A lower committee's own plan: made of its lines above, added up there once, whatever the order in which things happen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "child_plan.h"
#include "child_report.h"
#include "evidence.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/runner.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::Role;
using testing::Town;
using testing::UnitKind;

const std::string kPaper =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH HÒA TRUNG\n\nSố: /KH-UBND\n\nBình Hòa Trung, ngày tháng 3 năm 2026\n\n## KẾ HOẠCH\n"
    "### Tuyên truyền cải cách hành chính trên địa bàn xã Bình Hòa Trung năm 2026\n\n### I. HOẠT ĐỘNG\n\n"
    "#### 1. Phát thanh về thủ tục hành chính\n\n- Cơ quan chủ trì: UBND phường An Lộc.\n"
    "- Nội dung: Soạn, thu âm bài hướng dẫn ngắn; mỗi tháng ít nhất 02 bài.\n- Thời gian: Từ tháng 4 đến tháng 12 năm 2026.\n\n"
    "#### 2. Tổ chức hội thi\n\n- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.\n- Cơ quan phối hợp: UBND phường An Lộc, UBND phường An Thạnh.\n"
    "- Thời gian: Quý III năm 2026.\n\n"
    "#### 3. Niêm yết thủ tục\n\n- Cơ quan chủ trì: Phòng Kinh tế.\n- Thời gian: Quý IV năm 2026.\n";

class ChildPlanTest : public testing::HouseTest {
  protected:
    void SetUp() override {
        testing::HouseTest::SetUp();
        if (!database_) return;
        lower_ = std::make_unique<Lower>(*database_, "phường An Lộc");
        other_ = std::make_unique<Lower>(*database_, "phường An Thạnh");
        for (auto* each : {lower_.get(), other_.get()}) {
            each->town.clock().set(town_->clock().now());
            each->office = each->town.office("Văn phòng HĐND và UBND phường");
            each->officer = each->town.person("Người " + each->place, each->office, Role::Clerk);
            each->unit = town_->write(Id{}, [&](Work& work) {
                return identity::create_unit(work, {.parent = town_->root(), .kind = UnitKind::Commune, .name = "UBND " + each->place,
                                                    .valid_from = *Date::from(2020, 1, 1), .represents_authority = each->town.authority()})
                    .value();
            });
            town_->write(Id{}, [&](Work& work) {
                LOA_CHECK(identity::add_membership(work, {each->officer, each->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
            });
        }
        join_child_reports(registry_);
        plan_ = import_text(kPaper);
        issue(plan_, "15", "31/03/2026");
    }

    /// A committee below, with one office and one officer, who is a member above too.
    struct Lower {
        Lower(storage::Database& database, std::string name) : place(std::move(name)), town(database, place) {}
        std::string place;
        Town town;
        Id unit, office, officer;  // the unit stands for it above
    };

    Result<MadeChild> make(Id person, Id unit) {
        return town_->write(person, [&](Work& work) { return make_child_plan(work, plan_, unit); });
    }
    Id made(Lower& lower) { return make(lower.officer, lower.unit).value().plan; }
    template <class Act>
    auto below(Lower& lower, Act&& act) {
        return lower.town.write(lower.officer, std::forward<Act>(act));
    }
    Content draft_below(Lower& lower, Id plan) {
        return lower.town.read(lower.officer, [&](Work& work) { return content_of(work, *plan_by_id(work, plan)->draft_revision); });
    }
    void lead_all(Lower& lower, Id plan) {
        for (const auto& activity : draft_below(lower, plan).activities)
            EXPECT_TRUE(below(lower, [&](Work& work) {
                return complete_activity(work, {.plan = plan, .activity = activity.id, .version = activity.review.version, .leads = {lower.office},
                                                .topics = activity.topics, .channels = activity.channels});
            }));
    }
    void issue_below(Lower& lower, Id plan, const std::string& number) {
        lead_all(lower, plan);
        EXPECT_TRUE(below(lower, [&](Work& work) { return confirm_all(work, plan); }));
        EXPECT_TRUE(below(lower, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(lower.town.write(lower.town.leader(), [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(below(lower, [&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), number, "01/04/2026"}); }));
        run_jobs();
    }
    void run_jobs() { jobs::run_due_jobs(registry_, {*database_, town_->clock(), town_->ids()}); }

    Assignment line_below(Lower& lower, Id plan, std::size_t activity) {
        return lower.town.read(lower.officer, [&](Work& work) {
            const Id id = content_of(work, *plan_by_id(work, plan)->issued_revision).activities.at(activity).id;
            for (const auto& line : assignments_by_plan(work, plan))
                if (line.activity == id && line.state != AssignmentState::Ended) return line;
            return Assignment{};
        });
    }
    static EvidenceWords words(Work& work, const Assignment& line, const std::string& amount) {
        EvidenceWords words;
        words.what = "Phát bài hướng dẫn";
        words.done_on = "01/04/2026";
        words.number_source = "Sổ nhật ký phát sóng";
        const auto targets = targets_by_assignment(work, line.id);
        if (!targets.empty() && !amount.empty()) words.quantities = {{targets.front().id, amount}};
        return words;
    }
    /// Recorded and confirmed by the committee's own office.
    Id done_below(Lower& lower, Id plan, std::size_t activity, const std::string& amount) {
        const Assignment line = line_below(lower, plan, activity);
        return below(lower, [&](Work& work) {
            const Id evidence = submit_evidence(work, {plan, line.id, std::nullopt}, words(work, line, amount), {}).value();
            LOA_CHECK(confirm_evidence(work, {plan, line.id, evidence, 1}));
            return evidence;
        });
    }
    static Id line_below_in(Work& work, Id plan, Id evidence) {
        const auto piece = evidence_by_id(work, evidence);
        LOA_CHECK(piece && plan);
        return piece->assignment;
    }
    Assignment line_above(Id unit, std::size_t activity = 0) { return line_of(plan_, unit, activity); }
    Result<Id> record_above(Id person, const Assignment& line, const std::string& amount) {
        return town_->write(person, [&](Work& work) { return submit_evidence(work, {plan_, line.id, std::nullopt}, words(work, line, amount), {}); });
    }
    /// Of the first target of a line above: all that is done, and what of it came from below.
    std::pair<double, double> done_above(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) {
            const auto targets = targets_by_assignment(work, line.id);
            return targets.empty() ? std::pair(-1.0, -1.0) : std::pair(targets.front().done, targets.front().below);
        });
    }
    std::vector<ChildLine> lines_done_below() {
        return town_->read(clerk_, [&](Work& work) { return child_lines(work, plan_); });
    }
    std::string state_of(const Lower& lower) {
        for (const auto& unit : town_->read(clerk_, [&](Work& work) { return lower_units(work, plan_); }))
            if (unit.unit == lower.unit) return unit.state ? std::string(text_of(*unit.state)) + " " + unit.number : "none";
        return "not there";
    }
    std::vector<std::string> events(Town& town, Id person, const Ref& subject) {
        return town.read(person, [&](Work& work) {
            std::vector<std::string> names;
            for (const auto& line : identity::timeline_of(work, subject)) names.push_back(line.event);
            return names;
        });
    }
    static std::string key_of(const Failure& failure) { return failure.problems.empty() ? "" : failure.problems.front().key; }

    Registry registry_;
    std::unique_ptr<Lower> lower_, other_;
    Id plan_;
};

TEST_P(ChildPlanTest, TheLinesOfOneCommitteeBecomeADraftOfItsOwn) {
    const auto child = make(lower_->officer, lower_->unit);
    ASSERT_TRUE(child);
    EXPECT_EQ(child->authority, lower_->town.authority());
    EXPECT_TRUE(child->made);
    const auto content = draft_below(*lower_, child->plan);
    ASSERT_THAT(content.activities, SizeIs(2)) << "its lead and its part in the contest, and nothing of the third";
    const auto& first = content.activities[0];
    EXPECT_EQ(first.title, "Phát thanh về thủ tục hành chính");
    EXPECT_EQ(first.ordinal, "1");
    EXPECT_THAT(first.parties, IsEmpty()) << "who does it, the ward says";
    ASSERT_TRUE(first.deadline);
    EXPECT_EQ(first.deadline->to, Date::from(2026, 12, 31));
    ASSERT_THAT(first.targets, SizeIs(1));
    EXPECT_EQ(first.targets[0].value, 2);
    EXPECT_EQ(first.targets[0].per, Period::Month);
    EXPECT_FALSE(first.review.confirmed_by) << "a person looks at every item";
    EXPECT_THAT(content.activities[1].targets, IsEmpty());
    const auto bases = content.clauses_of(ClauseKind::LegalBasis);
    ASSERT_THAT(bases, SizeIs(1));
    EXPECT_EQ(bases[0]->text, "Kế hoạch số 15/KH-UBND ngày 31 tháng 3 năm 2026 của Ủy ban nhân dân xã Bình Hòa Trung về tuyên truyền cải cách hành "
                              "chính trên địa bàn xã Bình Hòa Trung năm 2026");
    EXPECT_EQ(bases[0]->cited_number, "15/KH-UBND");
    EXPECT_EQ(content.revision.head.title, "Tuyên truyền cải cách hành chính trên địa bàn phường An Lộc năm 2026");
    EXPECT_EQ(content.revision.head.issuer, "Ủy ban nhân dân phường An Lộc");
    EXPECT_THAT(events(lower_->town, lower_->officer, {"plan.plan", lower_->town.authority(), child->plan}), Contains("plan.child_made"));
    const auto again = make(lower_->officer, lower_->unit);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->made);
    EXPECT_EQ(again->plan, child->plan);
    EXPECT_NE(made(*other_), child->plan);
}

TEST_P(ChildPlanTest, TopicsAndChannelsAreTheSameInTheOtherCatalogue) {
    const auto activity = issued_of(plan_).activities[0];
    const auto [topic, channel] = town_->read(clerk_, [](Work& work) {
        return std::pair(topics_on(work, work.today()).at(2), channels_on(work, work.today()).at(1));
    });
    ASSERT_TRUE(act([&, topic = topic.id, channel = channel.id](Work& work) {
        return complete_activity(work, {.plan = plan_, .activity = activity.id, .version = activity.review.version, .topics = {topic}, .channels = {channel}});
    }));
    const auto content = draft_below(*lower_, made(*lower_));
    lower_->town.read(lower_->officer, [&, topic = topic, channel = channel](Work& work) {
        const auto name_in = [](const auto& entries, Id id) {
            for (const auto& entry : entries)
                if (entry.id == id) return entry.code;
            return std::string("?");
        };
        EXPECT_EQ(content.activities[0].topics.size(), 1u);
        EXPECT_EQ(name_in(topics_on(work, work.today()), content.activities[0].topics.at(0)), topic.code);
        EXPECT_EQ(name_in(channels_on(work, work.today()), content.activities[0].channels.at(0)), channel.code);
        return 0;
    });
}

TEST_P(ChildPlanTest, OnlyPeopleOfTheUnitWhoMayDraftBelow) {
    EXPECT_EQ(make(lower_->officer, other_->unit).failure().reason, Reason::Forbidden) << "another ward's";
    EXPECT_EQ(make(stranger_, lower_->unit).failure().reason, Reason::Forbidden) << "an office of the town";
    EXPECT_EQ(make(clerk_, culture_).failure().reason, Reason::NotFound) << "stands for nobody";
    const Id above_alone = town_->person("Chỉ ở trên", lower_->unit, Role::Clerk);
    EXPECT_EQ(key_of(make(above_alone, lower_->unit).failure()), "plan.child_not_member");
    const Id reader = lower_->town.person("Kiểm tra", lower_->office, Role::Auditor);
    town_->write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::add_membership(work, {reader, lower_->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
    });
    EXPECT_EQ(key_of(make(reader, lower_->unit).failure()), "plan.child_may_not_draft");
    const Id child = made(*lower_);
    EXPECT_FALSE(town_->read(leader_, [&](Work& work) { return plan_by_id(work, child); })) << "it is the ward's, not the town's";
    EXPECT_FALSE(other_->town.read(other_->town.leader(), [&](Work& work) { return plan_by_id(work, child); }));
    // Somebody of the ward who may not see the draft does not make a second one of it.
    const Id elsewhere = lower_->town.person("Văn thư khác", lower_->town.office("Phòng Kinh tế phường"), Role::Clerk);
    town_->write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::add_membership(work, {elsewhere, lower_->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
    });
    EXPECT_EQ(key_of(make(elsewhere, lower_->unit).failure()), "plan.child_may_not_draft");
    EXPECT_EQ(make(lower_->officer, lower_->unit)->plan, child);
}

TEST_P(ChildPlanTest, TheTownSeesWhoHasIssued) {
    EXPECT_EQ(state_of(*lower_), "none");
    const Id child = made(*lower_);
    EXPECT_EQ(state_of(*lower_), "none") << "it goes up by the job alone";
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "draft ");
    issue_below(*lower_, child, "21");
    EXPECT_EQ(state_of(*lower_), "issued 21/KH-UBND");
    EXPECT_EQ(state_of(*other_), "none");
    const Ref report{"plan.child_report", town_->authority(), plan_};
    EXPECT_THAT(events(*town_, clerk_, report), SizeIs(2)) << "drafted, issued";
    const auto told = town_->read(clerk_, [](Work& work) {
        std::vector<std::string> keys;
        for (const auto& notice : jobs::notices(work, 100)) keys.push_back(notice.message.key);
        return keys;
    });
    EXPECT_THAT(told, Contains("plan.notice_child_issued").Times(1));
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return withdraw_plan(work, {child, plan_by_id(work, child)->version, "Ban hành nhầm"}); }));
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "withdrawn ");
    EXPECT_THAT(events(*town_, clerk_, report), SizeIs(3));
    const Id second = made(*lower_);
    EXPECT_NE(second, child);
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "draft ");
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return delete_draft(work, {second, plan_by_id(work, second)->version, ""}); }));
    run_jobs();
    EXPECT_EQ(state_of(*lower_), "none");
}

TEST_P(ChildPlanTest, WhatIsConfirmedBelowCountsOnceAbove) {
    const Assignment line = line_above(lower_->unit);
    const auto early = record_above(lower_->officer, line, "1");
    ASSERT_TRUE(early);
    ASSERT_TRUE(act([&](Work& work) { return confirm_evidence(work, {plan_, line.id, *early, 1}); }));
    const Id child = made(*lower_);
    run_jobs();
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "a draft does nothing yet";
    issue_below(*lower_, child, "21");
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0)) << "what was recorded before stays";

    const auto refused = record_above(lower_->officer, line, "1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().reason, Reason::Conflict);
    EXPECT_EQ(key_of(refused.failure()), "plan.recorded_in_child");
    EXPECT_EQ(key_of(record_above(clerk_, line, "1").failure()), "plan.recorded_in_child") << "nor in its place";

    const Id evidence = done_below(*lower_, child, 0, "4");
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(5.0, 4.0));
    // Once more, with nothing new: the same figures.
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(5.0, 4.0));
    done_below(*lower_, child, 0, "2");
    done_below(*lower_, child, 1, "");
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(7.0, 6.0));
    const auto lines = lines_done_below();
    ASSERT_THAT(lines, SizeIs(2));
    for (const auto& each : lines) EXPECT_EQ(each.pieces, each.assignment == line.id ? 2 : 1);

    ASSERT_TRUE(below(*lower_, [&](Work& work) {
        return withdraw_evidence(work, {child, line_below_in(work, child, evidence), evidence, 2}, "Ghi nhầm");
    }));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(3.0, 2.0));
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return withdraw_plan(work, {child, plan_by_id(work, child)->version, "Thay kế hoạch"}); }));
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(1.0, 0.0));
    EXPECT_THAT(lines_done_below(), IsEmpty());
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "there is no other place any more";
}

TEST_P(ChildPlanTest, AJobThatRunsLateOrTwiceEndsInTheSameFigures) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    const Assignment line = line_above(lower_->unit);
    const Id first = done_below(*lower_, child, 0, "4");
    done_below(*lower_, child, 0, "2");
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return withdraw_evidence(work, {child, line_below_in(work, child, first), first, 2}, "Ghi nhầm"); }));
    EXPECT_EQ(done_above(line), std::pair(0.0, 0.0)) << "nothing has run";
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(2.0, 2.0));
    // One that was put in before, and one from above, come after what they were for.
    town_->write(clerk_, [&](Work& work) { ask_children(work, plan_); });
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    below(*lower_, [&](Work& work) { report_up(work, child); });
    run_jobs();
    EXPECT_EQ(done_above(line), std::pair(2.0, 2.0));
}

TEST_P(ChildPlanTest, WhatAClosedPlanDidStays) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "4");
    ASSERT_TRUE(lower_->town.write(lower_->town.leader(), [&](Work& work) { return close_plan(work, {child, plan_by_id(work, child)->version, ""}); }));
    run_jobs();
    const Assignment line = line_above(lower_->unit);
    EXPECT_EQ(state_of(*lower_), "closed 21/KH-UBND");
    EXPECT_EQ(done_above(line), std::pair(4.0, 4.0));
    EXPECT_TRUE(record_above(lower_->officer, line, "1")) << "nothing is recorded below any more";
    EXPECT_EQ(make(lower_->officer, lower_->unit)->plan, child) << "its year has its plan";
}

TEST_P(ChildPlanTest, OfTwoWardsEachCountsForItself) {
    const Id one = made(*lower_), two = made(*other_);
    issue_below(*lower_, one, "21");
    issue_below(*other_, two, "21");
    done_below(*lower_, one, 1, "");
    done_below(*other_, two, 0, "");
    done_below(*other_, two, 0, "");
    run_jobs();
    std::map<Id, std::int64_t> pieces;
    for (const auto& line : lines_done_below()) pieces[line.assignment] = line.pieces;
    EXPECT_EQ(pieces[line_above(lower_->unit, 1).id], 1);
    EXPECT_EQ(pieces[line_above(other_->unit, 1).id], 2);
    EXPECT_EQ(pieces[line_above(lower_->unit, 0).id], 0);
}

TEST_P(ChildPlanTest, ALineClosedBelowIsSeenAbove) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    const Assignment line = line_below(*lower_, child, 1);
    const auto seen = [&] {
        for (const auto& each : lines_done_below())
            if (each.assignment == line_above(lower_->unit, 1).id) return std::pair(each.closed, each.lines);
        return std::pair<std::int64_t, std::int64_t>(-1, -1);
    };
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(0, 1)));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return report_line(work, {child, line.id, {}, {}}); }));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return close_line(work, {child, line.id, {}, {}}); }));
    run_jobs();
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(1, 1)));
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return return_line(work, {child, line.id, {}, {}}, "Chưa đủ ảnh"); }));
    run_jobs();
    EXPECT_EQ(seen(), (std::pair<std::int64_t, std::int64_t>(0, 1)));
}

TEST_P(ChildPlanTest, AShareGivenLaterTakesInWhatWasDone) {
    const Id child = made(*lower_);
    issue_below(*lower_, child, "21");
    done_below(*lower_, child, 0, "4");
    run_jobs();
    const Assignment line = line_above(lower_->unit);
    ASSERT_TRUE(act([&](Work& work) { return set_line_targets(work, {plan_, line.id, std::nullopt}, {"20 tờ gấp", "mỗi tháng ít nhất 03 bài"}); }));
    run_jobs();
    const auto targets = town_->read(clerk_, [&](Work& work) { return targets_by_assignment(work, line.id); });
    ASSERT_GE(targets.size(), 2u);
    EXPECT_EQ(targets[0].done, 0) << "leaflets are no pieces on the loudspeaker";
    EXPECT_EQ(targets[1].done, 4);
}

TEST_P(ChildPlanTest, BothPartsOfASplitActivityDoTheLine) {
    const Id child = made(*lower_);
    const auto first = draft_below(*lower_, child).activities[1];
    const auto part = below(*lower_, [&](Work& work) { return split_activity(work, {child, first.id, first.review.version}, "Sơ khảo\nChung khảo"); });
    ASSERT_TRUE(part);
    issue_below(*lower_, child, "21");
    const auto contest = [&] {
        for (const auto& each : lines_done_below())
            if (each.assignment == line_above(lower_->unit, 1).id) return each;
        return ChildLine{};
    };
    EXPECT_EQ(contest().lines, 2);
    done_below(*lower_, child, 1, "");
    done_below(*lower_, child, 2, "");
    run_jobs();
    EXPECT_EQ(contest().pieces, 2);
}

TEST_P(ChildPlanTest, WhatIsAmendedAboveIsSeenBelow) {
    const Id child = made(*lower_);
    const auto news = [&] {
        return lower_->town.read(lower_->officer, [&](Work& work) {
            const auto link = *child_plan_by_plan(work, child);
            const auto parent = *parent_plan(work, link.parent_authority, link.parent_plan, link.parent_unit);
            const auto plan = *plan_by_id(work, child);
            const auto found = parent_news(work, parent, link, child_activities(work, child, plan.draft_revision.value_or(plan.shown_revision())));
            std::string text = found.amended ? "amended" : "";
            for (const auto* line : found.missing) text += " +" + line->words.title;
            for (const auto& difference : found.changed) text += " ~" + difference.label;
            text += " -" + std::to_string(found.ended.size());
            return text;
        });
    };
    EXPECT_EQ(news(), " -0");
    amend(plan_);
    const auto content = draft_of(plan_);
    auto contest = words_of(content.activities[1]), posting = words_of(content.activities[2]), radio = words_of(content.activities[0]);
    contest.partners = {"UBND phường An Thạnh"};
    posting.partners = {"UBND phường An Lộc"};
    radio.title = "Phát thanh về dịch vụ công";
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[1]), contest); }));
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[2]), posting); }));
    ASSERT_TRUE(act([&](Work& work) { return correct_activity(work, ref(plan_, content.activities[0]), radio); }));
    EXPECT_EQ(news(), " -0") << "what is not issued is nobody's business";
    issue(plan_, "27", "01/04/2026");
    EXPECT_THAT(news(), HasSubstr("amended +Niêm yết thủ tục ~"));
    EXPECT_THAT(news(), HasSubstr("Phát thanh về dịch vụ công -1"));
    const Id added = line_above(lower_->unit, 2).id;
    ASSERT_TRUE(below(*lower_, [&](Work& work) { return take_over_parent_lines(work, child, {added}); }));
    EXPECT_EQ(news(), " -1") << "what is given no more the ward leaves out itself";
    EXPECT_EQ(draft_below(*lower_, child).activities.back().title, "Niêm yết thủ tục");
    EXPECT_THAT(events(lower_->town, lower_->officer, {"plan.plan", lower_->town.authority(), child}), Contains("plan.parent_lines_taken"));
    issue_below(*lower_, child, "21");
    std::vector<Id> done;
    for (const auto& line : lines_done_below()) done.push_back(line.assignment);
    EXPECT_THAT(done, ::testing::UnorderedElementsAre(line_above(lower_->unit, 0).id, added)) << "not the line that has ended";
    EXPECT_EQ(lower_->town.write(lower_->town.leader(), [&](Work& work) { return take_over_parent_lines(work, child, {added}); }).failure().reason, Reason::Forbidden);
    EXPECT_EQ(act([&](Work& work) { return take_over_parent_lines(work, plan_, {}); }).failure().reason, Reason::NotFound);
}

INSTANTIATE_TEST_SUITE_P(Engines, ChildPlanTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
