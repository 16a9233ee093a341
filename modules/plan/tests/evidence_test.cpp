// What units report, what counts, and who may decide; on both databases.
#include <gmock/gmock.h>

#include "actions.h"
#include "evidence.h"
#include "evidence_time.h"
#include "evidence_view.h"
#include "kinds/kinds.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/trash.h"
#include "loa/identity/units.h"
#include "loa/media/file.h"
#include "progress_import.h"
#include "queries.h"
#include "support/house.h"
#include "trash.h"

namespace loa::plan {
namespace {

using identity::Role;
using storage::testing::engine_name;
using ::testing::ElementsAre;

class EvidenceTest : public testing::HouseTest {
  protected:
    std::vector<AssignmentTarget> targets(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) { return targets_by_assignment(work, line.id); });
    }
    Result<Id> submit(Id person, const Assignment& line, const std::string& amount, const std::string& day = "01/04/2026") {
        EvidenceWords words;
        words.what = "Phát bài hướng dẫn";
        words.done_on = day;
        const auto known = targets(line);
        if (!known.empty()) words.quantities = {{known.front().id, amount}};
        words.number_source = "Sổ nhật ký phát sóng";
        return town_->write(person, [&](Work& work) { return submit_evidence(work, {line.plan, line.id, std::nullopt}, words, {}); });
    }
    Result<> confirm(Id person, const Assignment& line, Id evidence, std::int64_t version = 1) {
        return town_->write(person, [&](Work& work) { return confirm_evidence(work, {line.plan, line.id, evidence, version}); });
    }
    /// As if they had come in: each other bytes than the rest.
    std::vector<media::AcceptedFile> files(std::size_t count) {
        std::vector<media::AcceptedFile> all;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string number = std::to_string(++made_);
            all.push_back({.name = "tep-" + number + ".txt", .media_type = "text/plain", .bytes = {std::string(64 - number.size(), 'a') + number, 1}, .upload = {}});
        }
        return all;
    }
    int made_ = 0;
    std::string last_event(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) { return identity::timeline_of(work, {"plan.assignment", work.authority, line.id}, 1).front().event; });
    }
    Result<> share(const Assignment& line, const std::string& target) {
        return town_->write(clerk_, [&](Work& work) { return set_line_targets(work, {line.plan, line.id, std::nullopt}, {target}); });
    }
};

TEST_P(EvidenceTest, TargetsWaitForAPersonWhereSeveralLead) {
    const Id plan = issue();
    EXPECT_TRUE(targets(line_of(plan, culture_)).empty());
    ASSERT_TRUE(share(line_of(plan, culture_), "mỗi tháng ít nhất 02 bài"));
    const auto shared = targets(line_of(plan, culture_));
    ASSERT_EQ(shared.size(), 1u);
    EXPECT_EQ(shared[0].times, 9);  // April to December
    EXPECT_EQ(shared[0].needed(), 18);
    EXPECT_EQ(shared[0].added->by, clerk_);
    // The printed target of an activity with one lead is that lead's.
    CompleteActivity input;
    const auto survey = issued_of(plan).activities[3];
    input = {.plan = plan, .activity = survey.id, .version = survey.review.version, .targets = {"ít nhất 200 phiếu"}};
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return complete_activity(work, input); }));
    EXPECT_EQ(targets(line_of(plan, office_, 3)).at(0).value, 200);
    EXPECT_TRUE(targets(line_of(plan, women_, 3)).empty());  // a partner
}

TEST_P(EvidenceTest, OnlyWhatIsConfirmedCounts) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(share(line, "10 bài"));
    const auto first = submit(clerk_, line, "4");
    ASSERT_TRUE(first);
    EXPECT_EQ(targets(line)[0].done, 0);
    EXPECT_EQ(targets(line)[0].waiting, 4);
    ASSERT_TRUE(confirm(second_, line, *first));
    EXPECT_EQ(targets(line)[0].done, 4);
    EXPECT_EQ(percent_of(line, {targets(line)[0].share()}), 40);
    const auto more = submit(clerk_, line, "9");
    ASSERT_TRUE(confirm(second_, line, *more));
    EXPECT_EQ(percent_of(line, {targets(line)[0].share()}), 100);  // capped
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return withdraw_evidence(work, {plan, line.id, *more, 2}, "Ghi nhầm"); }));
    EXPECT_EQ(targets(line)[0].done, 4);
    EXPECT_FALSE(town_->write(clerk_, [&](Work& work) { return withdraw_evidence(work, {plan, line.id, *more, 3}, "Lần nữa"); }));
}

TEST_P(EvidenceTest, AReturnedPieceIsMendedAndCountsOnce) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(share(line, "10 bài"));
    const auto piece = submit(clerk_, line, "4");
    EXPECT_EQ(town_->write(second_, [&](Work& work) { return return_evidence(work, {plan, line.id, *piece, 1}, " ").failure().reason; }), Reason::Invalid);
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return return_evidence(work, {plan, line.id, *piece, 1}, "Thiếu ảnh"); }));
    EXPECT_EQ(confirm(second_, line, *piece, 2).failure().reason, Reason::Conflict);  // it is not waiting
    EvidenceWords words;
    words.what = "Phát bài hướng dẫn, kèm ảnh";
    words.done_on = "01/04/2026";
    words.quantities = {{targets(line)[0].id, "3"}};
    words.number_source = "Sổ nhật ký phát sóng";
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return resubmit_evidence(work, {plan, line.id, *piece, 2}, words, {}); }));
    EXPECT_EQ(targets(line)[0].waiting, 3);
    EXPECT_EQ(confirm(second_, line, *piece, 2).failure().reason, Reason::Conflict);  // an old version of it
    ASSERT_TRUE(confirm(second_, line, *piece, 3));
    EXPECT_EQ(targets(line)[0].done, 3);
}

TEST_P(EvidenceTest, NobodyReportsOrDecidesForOthers) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    EXPECT_EQ(submit(stranger_, line, "1").failure().reason, Reason::NotFound);
    const auto piece = submit(clerk_, line, "1");
    ASSERT_TRUE(piece);
    EXPECT_EQ(confirm(stranger_, line, *piece).failure().reason, Reason::NotFound);
    EXPECT_EQ(confirm(leader_, line, *piece).failure().reason, Reason::Forbidden);  // she reads it
    // Another office as the aggregating one: then the drafting office decides no more.
    const auto version = town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->version; });
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return set_aggregating_unit(work, {plan, economy_, version}); }));
    EXPECT_EQ(confirm(second_, line, *piece).failure().reason, Reason::Forbidden);
    EXPECT_TRUE(confirm(stranger_, line, *piece));
}

TEST_P(EvidenceTest, TheAggregatingOfficeRecordsInAUnitsPlaceAndSomebodyElseConfirms) {
    const Id plan = issue();
    const Assignment line = line_of(plan, office_, 3);
    const auto piece = submit(clerk_, line, "");
    ASSERT_TRUE(piece) << "the aggregating office, for a unit that is not its own";
    const auto kept = town_->read(clerk_, [&](Work& work) { return *evidence_by_id(work, *piece); });
    EXPECT_EQ(kept.on_behalf_by, town_->read(clerk_, [&](Work& work) { return identity::unit_by_id(work, culture_)->name; }));
    const auto own = confirm(clerk_, line, *piece);
    ASSERT_FALSE(own);
    EXPECT_EQ(own.failure().problems.front().key, "plan.own_evidence");
    EXPECT_TRUE(confirm(second_, line, *piece));
    // Its own unit's evidence is nobody's favour, and no other office may.
    const auto ours = submit(clerk_, line_of(plan, culture_), "");
    ASSERT_TRUE(ours);
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return evidence_by_id(work, *ours)->on_behalf_by; }), "");
    EXPECT_EQ(submit(stranger_, line, "").failure().reason, Reason::NotFound);
}

TEST_P(EvidenceTest, NobodyConfirmsHerOwnUnlessNobodyElseMay) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    const auto piece = submit(clerk_, line, "");
    ASSERT_TRUE(piece);
    const auto own = confirm(clerk_, line, *piece);
    ASSERT_FALSE(own);
    EXPECT_EQ(own.failure().problems.front().key, "plan.own_evidence");
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return evidence_by_id(work, *piece)->state; }), EvidenceState::Submitted) << "it waits still";
    ASSERT_TRUE(confirm(second_, line, *piece));
    EXPECT_EQ(last_event(line), "plan.evidence_confirmed");

    // An office of one clerk, which puts the plan's work together: nobody else could.
    const auto version = town_->read(clerk_, [&](Work& work) { return plan_by_id(work, plan)->version; });
    ASSERT_TRUE(act([&](Work& work) { return set_aggregating_unit(work, {plan, economy_, version}); }));
    const auto hers = submit(stranger_, line, "");
    ASSERT_TRUE(hers);
    ASSERT_TRUE(confirm(stranger_, line, *hers));
    EXPECT_EQ(last_event(line), "plan.evidence_confirmed_alone");
    // Who may not sign in any more is nobody else; a new colleague is.
    const auto once_more = submit(stranger_, line, "");
    ASSERT_TRUE(once_more);
    const Id colleague = town_->person("Lê Thị Mận", economy_, Role::Clerk);
    EXPECT_FALSE(confirm(stranger_, line, *once_more));
    ASSERT_TRUE(town_->write(town_->administrator(), [&](Work& work) { return identity::deactivate_person(work, colleague); }));
    EXPECT_TRUE(confirm(stranger_, line, *once_more));
}

TEST_P(EvidenceTest, TheHostOfAHamletRecordsOnItsBehalf) {
    const Id hamlet = town_->write(Id{}, [&](Work& work) {
        return identity::create_unit(work, {.parent = office_, .kind = identity::UnitKind::Hamlet, .name = "Ban Nhân dân ấp Bốn", .valid_from = *Date::from(2020, 1, 1)}).value();
    });
    const Id host = town_->person("Trần Văn Phòng", office_, Role::Clerk);
    const Id plan = issue();
    const Assignment line = line_of(plan, hamlet, 0);
    ASSERT_TRUE(line.id) << "the class of hamlets holds it";
    const auto piece = submit(host, line, "");
    ASSERT_TRUE(piece);
    const auto kept = town_->read(host, [&](Work& work) { return *evidence_by_id(work, *piece); });
    EXPECT_EQ(kept.on_behalf_by, "Văn phòng HĐND và UBND xã") << "every reader is shown that";
    EXPECT_EQ(confirm(host, line, *piece).failure().reason, Reason::Forbidden);
    EXPECT_TRUE(confirm(clerk_, line, *piece));
    EXPECT_EQ(submit(host, line_of(plan, hamlets_[0], 0), "").failure().reason, Reason::NotFound) << "of another host";
    // Her own office's is nobody's favour; and the hamlet's own people need nobody to stand in for them.
    const auto own = submit(host, line_of(plan, office_, 3), "");
    ASSERT_TRUE(own);
    EXPECT_EQ(town_->read(host, [&](Work& work) { return evidence_by_id(work, *own)->on_behalf_by; }), "");
    const auto theirs = submit(town_->person("Nguyễn Văn Út", hamlet, Role::Clerk), line, "");
    ASSERT_TRUE(theirs);
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return evidence_by_id(work, *theirs)->on_behalf_by; }), "");
}

TEST_P(EvidenceTest, AWrongFileLeavesAndTwelveAreTheMostOfAPiece) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    const auto words = [] {
        EvidenceWords said;
        said.what = "Phát bài hướng dẫn";
        said.done_on = "01/04/2026";
        return said;
    };
    const Id piece = act([&](Work& work) { return submit_evidence(work, {plan, line.id, std::nullopt}, words(), files(8)); }).value();
    const auto there = [&] { return town_->read(clerk_, [&](Work& work) { return media::files_of(work, {"plan.evidence", work.authority, piece}); }); };
    ASSERT_EQ(there().size(), 8u);
    const auto remove = [&](Id person, Id file) {
        return town_->write(person, [&](Work& work) { return remove_evidence_file(work, {plan, line.id, piece, evidence_by_id(work, piece)->version}, file); });
    };
    const Id wrong = there().front().id;
    EXPECT_EQ(remove(stranger_, wrong).failure().reason, Reason::NotFound);
    EXPECT_EQ(remove(leader_, wrong).failure().reason, Reason::Forbidden);
    const auto item = remove(clerk_, wrong);
    ASSERT_TRUE(item);
    EXPECT_EQ(there().size(), 7u);
    EXPECT_EQ(remove(clerk_, wrong).failure().problems.front().key, "plan.evidence_file_gone");
    EXPECT_EQ(confirm(second_, line, piece, 1).failure().reason, Reason::Conflict) << "she saw it with the file";
    EXPECT_EQ(last_event(line), "plan.evidence_file_removed");

    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return return_evidence(work, {plan, line.id, piece, 2}, "Thiếu ảnh"); }));
    const auto again = [&](std::size_t more) {
        return act([&](Work& work) { return resubmit_evidence(work, {plan, line.id, piece, evidence_by_id(work, piece)->version}, words(), files(more)); });
    };
    const auto refused = again(6);
    ASSERT_FALSE(refused) << "seven are there";
    EXPECT_EQ(refused.failure().problems.front().key, "plan.evidence_too_many_kept");
    ASSERT_TRUE(again(5));
    EXPECT_EQ(there().size(), 12u);

    Registry registry;
    registry.add(evidence_files_in_trash());
    const auto take_back = [&](Id of) { return act([&](Work& work) { return identity::take_back(work, registry, of); }); };
    const auto second_item = remove(clerk_, there().back().id);
    ASSERT_TRUE(second_item);
    ASSERT_TRUE(take_back(*item));
    EXPECT_EQ(there().size(), 12u);
    EXPECT_EQ(there().front().id, wrong);
    EXPECT_EQ(last_event(line), "plan.evidence_file_added");
    EXPECT_EQ(take_back(*second_item).failure().problems.front().key, "plan.evidence_file_no_room");
    EXPECT_EQ(there().size(), 12u);
    const auto version = town_->read(clerk_, [&](Work& work) { return evidence_by_id(work, piece)->version; });
    ASSERT_TRUE(confirm(second_, line, piece, version));
    EXPECT_EQ(remove(clerk_, wrong).failure().reason, Reason::Conflict) << "it counts";
}

TEST_P(EvidenceTest, TheOnlySourceOfANumberStays) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(share(line, "10 bài"));
    const Id piece = act([&](Work& work) {
        EvidenceWords words;
        words.what = "Phát bài hướng dẫn";
        words.done_on = "01/04/2026";
        words.quantities = {{targets_by_assignment(work, line.id).front().id, "4"}};
        return submit_evidence(work, {plan, line.id, std::nullopt}, words, files(1)).value();
    });
    const auto refused = act([&](Work& work) {
        const auto file = media::files_of(work, {"plan.evidence", work.authority, piece}).front();
        return remove_evidence_file(work, {plan, line.id, piece, 1}, file.id);
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.evidence_file_is_source");
}

TEST_P(EvidenceTest, APageOfPiecesCostsTheSameHoweverMany) {
    const Id plan_id = issue();
    const Assignment line = line_of(plan_id, culture_);
    const Id import = act([&](Work& work) { return bring_progress(work, files(1).front()).value(); });
    const auto add = [&](int count) {
        act([&](Work& work) {
            for (int i = 0; i < count; ++i) {
                EvidenceWords words;
                words.what = "Phát bài hướng dẫn";
                words.done_on = "01/04/2026";
                words.number_source = "Bảng kết quả";
                const Id piece = submit_evidence(work, {plan_id, line.id, std::nullopt}, words, files(1)).value();
                work.db.run("plan.insert_imported_row", {work.authority, piece, import, i, to_string(piece)});
            }
        });
    };
    const auto statements = [&] {
        // Another clerk of the office: may she read the table that the pieces came from?
        return town_->read(second_, [&](Work& work) {
            const Plan plan = *plan_by_id(work, plan_id);
            const Content content = content_of(work, plan.shown_revision());
            const Names names(work, content);
            const auto known = targets_by_assignment(work, line.id);
            const ActivityKind kind{};
            const Registry registry;
            web::View view;
            const int before = work.db.statements();
            EvidenceView(work, {registry, plan, line, kind, names, known, Standing::Own, true, true}, nullptr).set_pieces(view, {});
            return work.db.statements() - before;
        });
    };
    add(5);
    const int few = statements();
    add(25);
    EXPECT_EQ(statements(), few);
    town_->read(clerk_, [&](Work& work) {
        const auto all = evidence_by_assignment(work, line.id);
        EXPECT_EQ(all.size(), 30u);
        const auto part = evidence_of_stretch(work, line.id, 10, 5);
        EXPECT_EQ(part.size(), 5u);
        EXPECT_EQ(part.front().id, all[10].id);
        EXPECT_EQ(evidence_before(work, line.id, all[10].id), 10);
        EXPECT_EQ(evidence_before(work, line.id, Id{}), 0);
        EXPECT_EQ(source_files(work, line.id).size(), 30u);
        return 0;
    });
}

TEST(EvidenceTime, AsksOnceOfEachKind) {
    const auto day = [](int month, int number) { return *Date::from(2026, month, number); };
    const auto noon = [&](int month, int number) { return start_of(day(month, number)).plus_seconds(12 * 3600); };
    const auto keys = [](const std::vector<Problem>& questions) {
        std::vector<std::string> all;
        for (const auto& question : questions) all.push_back(question.key);
        return all;
    };
    const auto issued = day(4, 1), seen = day(4, 10);
    EXPECT_TRUE(time_questions(issued, seen, issued, {{"a", start_of(issued)}, {"b", noon(4, 10)}}).empty()) << "both days belong to it";
    EXPECT_TRUE(time_questions(std::nullopt, seen, day(1, 1), {{"a", noon(1, 1)}}).empty()) << "a plan that says no day";
    EXPECT_THAT(keys(time_questions(issued, seen, day(3, 31), {})), ElementsAre("plan.evidence_before_order"));
    const auto asked = time_questions(issued, seen, issued, {{"b", noon(3, 20)}, {"a", noon(3, 2)}, {"c", noon(4, 11)}, {"d", noon(5, 1)}});
    EXPECT_THAT(keys(asked), ElementsAre("plan.evidence_photo_before_order", "plan.evidence_photo_ahead"));
    EXPECT_EQ(asked[0].args[0].second, "a");
    EXPECT_EQ(asked[1].args[0].second, "d");
}

TEST_P(EvidenceTest, FormsSayWhatIsWrong) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(share(line, "10 bài"));
    EvidenceWords words;
    words.done_on = "02/04/2026";  // tomorrow
    words.quantities = {{targets(line)[0].id, "ba"}};
    words.link = "javascript:alert(1)";
    const auto refused = town_->write(clerk_, [&](Work& work) { return submit_evidence(work, {plan, line.id, std::nullopt}, words, {}); });
    ASSERT_FALSE(refused);
    std::vector<std::string> keys;
    for (const auto& problem : refused.failure().problems) keys.push_back(problem.key);
    EXPECT_THAT(keys, ElementsAre("plan.evidence_what_missing", "plan.evidence_day_ahead", "plan.evidence_amount_unreadable", "jobs.fetch_not_web"));
    for (const char* amount : {"-1", "0", "1e9", "1.23", "9999999999999999", "1,2345", "12 "})
        EXPECT_EQ(static_cast<bool>(submit(clerk_, line, amount)), std::string(amount) == "12 ") << amount;
}

TEST_P(EvidenceTest, TheKindChangesAndTheWorkStays) {
    const Id plan = issue();
    const Assignment line = line_of(plan, culture_);
    ASSERT_TRUE(share(line, "10 bài"));
    const auto piece = submit(clerk_, line, "4");
    ASSERT_TRUE(confirm(second_, line, *piece));
    const auto activity = issued_of(plan).activities[1];
    const ActivityKind meeting = conference();
    ChangeKind input{plan, activity.id, activity.kind_version, &meeting, {{"venue", "Hội trường xã"}, {"held_on", "hôm nào đó"}}};
    EXPECT_EQ(town_->write(clerk_, [&](Work& work) { return change_kind(work, input).failure().problems.front().key; }), "plan.answer_no_day");
    input.answers[1].text = "05/05/2026";
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return change_kind(work, input); }));
    EXPECT_EQ(town_->write(clerk_, [&](Work& work) { return change_kind(work, input).failure().reason; }), Reason::Conflict);
    const auto changed = issued_of(plan).activities[1];
    EXPECT_EQ(changed.id, activity.id);
    EXPECT_EQ(changed.kind, "conference");
    EXPECT_EQ(targets(line)[0].done, 4);
    EXPECT_EQ(line_of(plan, culture_).id, line.id);
    const ActivityKind plain = general();
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return change_kind(work, {plan, activity.id, changed.kind_version, &plain, {}}); }));
    EXPECT_EQ(issued_of(plan).activities[1].answers.size(), 2u);  // what was answered is there again after a change back
}

TEST(TimesDue, CountsWholePeriodsOfTheActivitysTime) {
    Plan plan;
    plan.year_from = plan.year_to = 2026;
    PlannedDeadline window;
    window.kind = DeadlineKind::Window;
    window.from = Date::from(2026, 4, 1);
    window.to = Date::from(2026, 12, 31);
    EXPECT_EQ(times_due(plan, window, Period::Month), 9);
    EXPECT_EQ(times_due(plan, window, Period::Quarter), 3);
    EXPECT_EQ(times_due(plan, std::nullopt, Period::Month), 12);
    EXPECT_EQ(times_due(plan, std::nullopt, Period::Week), 52);
    EXPECT_EQ(times_due(plan, std::nullopt, std::nullopt), 1);
    EXPECT_EQ(times_due(Plan{}, std::nullopt, Period::Month), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, EvidenceTest, ::testing::ValuesIn(storage::testing::engines()),
                         engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
