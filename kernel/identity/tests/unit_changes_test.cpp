// Changes of units prepared ahead: what is refused while they are drafted, what moves on the day, and that it is all
// or nothing.
#include "loa/identity/unit_changes.h"

#include <algorithm>

#include "loa/i18n/catalogue.h"
#include "loa/identity/authorities.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date kDay = day(2024, 3, 1);

class UnitChanges : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        registry_.add(town().keys());
        join(registry_);
        culture_ = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
        home_ = town().office("Phòng Nội vụ");
        administrator_ = town().administrator();
        set_ = town().write(administrator_, [&](Work& work) { return describe_change_set(work, {.name = "Sắp xếp 2024", .day = kDay}).value(); });
    }

    template <class Step>
    auto act(Step step) { return town().write(administrator_, step); }
    std::int64_t version() {
        return town().read(administrator_, [&](Work& work) { return change_set_by_id(work, set_)->version; });
    }
    ChangeSetState state() {
        return town().read(Id{}, [&](Work& work) { return change_set_by_id(work, set_)->state; });
    }
    UnitKey here(Id unit) { return {town().authority(), unit}; }
    std::string add(UnitChange change) {
        return act([&](Work& work) { return problem(add_change(work, {set_, change, change_set_by_id(work, set_)->version})); });
    }
    Id create(const std::string& name, Id parent) {
        return act([&](Work& work) {
            return add_change(work, {set_, {.kind = ChangeKind::Create, .parent = parent, .name = name}, change_set_by_id(work, set_)->version}).value();
        });
    }
    UnitChange ending(Id unit, ClosingKind closing, std::vector<ChangeSuccessor> successors) {
        return {.kind = ChangeKind::End, .unit = unit, .closing = closing, .successors = std::move(successors)};
    }
    std::string confirm() { return act([&](Work& work) { return problem(confirm_change_set(work, set_, version_of(work))); }); }
    std::int64_t version_of(Work& work) { return change_set_by_id(work, set_)->version; }
    /// What the schedule does at 00:05 of that day.
    void dawn(Date date) {
        town().clock().set(start_of(date).plus_seconds(5 * 60));
        const web::Services services{database(), town().clock(), town().ids()};
        database().write([&](storage::Transaction& transaction) {
            Work work = jobs::system_work(transaction, town().ids(), town().clock().now(), Id{});
            jobs::enqueue(work, "identity.apply_unit_changes", "{}");
        });
        jobs::run_due_jobs(registry_, services);
    }
    std::vector<std::string> names_on(Date date) {
        return town().read(Id{}, [&](Work& work) {
            std::vector<std::string> names;
            for (const Unit& unit : units_on(work, date))
                if (unit.parent) names.push_back(unit.name);
            return names;
        });
    }
    std::vector<jobs::Notice> notices_of(Id person) {
        return town().read(person, [&](Work& work) { return jobs::notices(work, 10); });
    }

    Registry registry_;
    Id culture_, home_, administrator_, set_;
};

TEST_P(UnitChanges, AreCheckedWhileTheyAreDrafted) {
    EXPECT_EQ(add(ending(culture_, ClosingKind::Split, {{here(home_)}})), "successors:identity.successors.split") << "a split into one";
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {})), "successors:identity.successors.merged");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(home_)}, {here(town().root())}})), "successors:identity.successors.merged") << "a merger into two";
    EXPECT_EQ(add(ending(culture_, ClosingKind::Dissolved, {{here(home_)}})), "successors:identity.successors.dissolved");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Split, {{here(home_), 60}, {here(town().root()), 30}})), "successors:identity.wrong_share");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Split, {{here(home_)}, {here(home_)}})), "successors:identity.successor_twice");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(culture_)}})), "successors:identity.succeeds_itself");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(Id{99})}})), "successors:identity.no_such_unit");
    EXPECT_EQ(add(ending(Id{99}, ClosingKind::Dissolved, {})), "unit:identity.no_such_unit");
    EXPECT_EQ(add({.kind = ChangeKind::Rename, .unit = culture_, .name = " "}), "name:identity.name_missing");
    EXPECT_EQ(add({.kind = ChangeKind::Create, .parent = Id{99}, .name = "Phòng A"}), "parent:identity.no_such_unit");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Dissolved, {})), "");
    EXPECT_EQ(add({.kind = ChangeKind::Rename, .unit = culture_, .name = "Phòng B"}), "unit:identity.changed_twice");
    EXPECT_EQ(act([&](Work& work) { return problem(add_change(work, {set_, {}, 1})); }), ":base.conflict") << "an old version";
    EXPECT_EQ(town().write(town().leader(), [&](Work& work) { return problem(confirm_change_set(work, set_, version_of(work))); }), ":base.forbidden");
}

TEST_P(UnitChanges, TakeEffectByThemselvesOnTheirDay) {
    const Id society = create("Phòng Văn hóa - Xã hội", town().root());
    const Id team = create("Tổ Thông tin", society);
    EXPECT_EQ(add({.kind = ChangeKind::Rename, .unit = home_, .name = "Phòng Tổ chức - Nội vụ"}), "");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(society), std::nullopt, true}})), "");
    const Id diem = town().person("Phan Thị Ngọc Diễm", culture_, Role::Clerk);
    EXPECT_EQ(confirm(), "");
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Nội vụ", "Phòng Văn hóa và Thông tin")) << "nothing yet, also not on that day";
    dawn(kDay.plus_days(-1));
    EXPECT_EQ(state(), ChangeSetState::Confirmed);
    dawn(kDay);
    EXPECT_EQ(state(), ChangeSetState::Applied);
    EXPECT_THAT(names_on(kDay.plus_days(-1)), ElementsAre("Phòng Nội vụ", "Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Tổ chức - Nội vụ", "Phòng Văn hóa - Xã hội", "Tổ Thông tin"));
    town().read(diem, [&](Work& work) {
        EXPECT_THAT(own_units(work), ElementsAre(society));
        const auto of_her = timeline_of(work, {"identity.person", work.authority, diem});
        EXPECT_EQ(of_her[0].event, "identity.membership_continued");
        EXPECT_EQ(of_her[0].changes.front(), (Change{"unit", "Phòng Văn hóa và Thông tin", "Phòng Văn hóa - Xã hội"}));
        EXPECT_EQ(of_her[1].event, "identity.membership_ended");
        EXPECT_THAT(work.actor.grants, SizeIs(1));
        EXPECT_EQ(successors_of(work, culture_, kDay), std::vector{here(society)});
        EXPECT_EQ(unit_by_id(work, team)->parent, society);
        const auto lines = timeline_of(work, {"identity.unit_change_set", work.authority, set_});
        EXPECT_EQ(lines.front().event, "identity.change_set_applied");
    });
    EXPECT_EQ(notices_of(administrator_).front().message.key, "identity.notice_change_applied");
    dawn(kDay.plus_days(1));
    EXPECT_THAT(notices_of(administrator_), SizeIs(1)) << "once";
}

TEST_P(UnitChanges, WhoLosesARoleReadsItInHerOwnTimeline) {
    const Id diem = town().person("Phan Thị Ngọc Diễm", culture_, Role::Clerk);
    const Id never = town().person("Lê Văn Thôi", home_, Role::Clerk);
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(add_membership(work, {.person = diem, .unit = culture_, .role = Role::OfficeHead, .valid_from = kDay.plus_days(30)}));
        const Id taken_back = add_membership(work, {.person = never, .unit = culture_, .role = Role::Clerk, .valid_from = kDay.plus_days(30)}).value();
        ASSERT_TRUE(end_membership(work, taken_back, kDay.plus_days(30)));
    });
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(home_)}})), "");
    EXPECT_EQ(confirm(), "");
    dawn(kDay);
    town().read(Id{}, [&](Work& work) {
        const auto line = timeline_of(work, {"identity.person", work.authority, diem}).front();
        EXPECT_EQ(line.event, "identity.membership_ended");
        EXPECT_THAT(line.changes, ElementsAre(Change{"unit", "Phòng Văn hóa và Thông tin", ""}, Change{"valid_to", "", kDay.iso()}, Change{"role", "clerk", ""},
                                              Change{"role", "office_head", ""}));
        EXPECT_LT(timeline_of(work, {"identity.person", work.authority, never}).front().at, start_of(kDay)) << "who had none lost none";
        const auto of_unit = timeline_of(work, {"identity.unit", work.authority, culture_}).front();
        EXPECT_EQ(of_unit.event, "identity.unit_ended");
        EXPECT_THAT(of_unit.changes, ::testing::IsSupersetOf({Change{"name", "Phòng Văn hóa và Thông tin", ""}, Change{"successor", "", "Phòng Nội vụ"}}));
    });
}

TEST_P(UnitChanges, OneUnitReplacesAnother) {
    const Id centre = create("Trung tâm Văn hóa", town().root());
    EXPECT_EQ(add(ending(culture_, ClosingKind::Replaced, {})), "successors:identity.successors.replaced") << "by nobody";
    EXPECT_EQ(add(ending(culture_, ClosingKind::Replaced, {{here(centre)}, {here(home_)}})), "successors:identity.successors.replaced") << "by two";
    EXPECT_EQ(add(ending(culture_, ClosingKind::Replaced, {{here(centre), std::nullopt, true}})), "");
    const Id diem = town().person("Phan Thị Ngọc Diễm", culture_, Role::Clerk);
    EXPECT_EQ(confirm(), "");
    dawn(kDay);
    EXPECT_EQ(state(), ChangeSetState::Applied);
    EXPECT_THAT(names_on(kDay.plus_days(-1)), ElementsAre("Phòng Nội vụ", "Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Nội vụ", "Trung tâm Văn hóa"));
    town().read(diem, [&](Work& work) {
        EXPECT_THAT(own_units(work), ElementsAre(centre)) << "people go on there";
        EXPECT_EQ(successors_of(work, culture_, kDay), std::vector{here(centre)});
        EXPECT_EQ(unit_by_id(work, culture_)->closing, ClosingKind::Replaced);
        EXPECT_EQ(unit_by_id(work, culture_)->valid_to, kDay);
    });
}

TEST_P(UnitChanges, ADayMissedIsMadeUpForWithItsOwnDay) {
    EXPECT_EQ(add(ending(culture_, ClosingKind::Dissolved, {})), "");
    EXPECT_EQ(confirm(), "");
    dawn(kDay.plus_days(9));
    EXPECT_EQ(state(), ChangeSetState::Applied);
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Nội vụ"));
    EXPECT_THAT(names_on(kDay.plus_days(-1)), SizeIs(2));
}

TEST_P(UnitChanges, TheScheduleIsFiveMinutesPastMidnightInVietnam) {
    for (const auto& schedule : registry_.all<jobs::Schedule>())
        if (schedule.name == "identity.apply_unit_changes") {
            EXPECT_EQ(jobs::next_time(schedule, start_of(kDay)), start_of(kDay).plus_seconds(5 * 60));
        }
}

TEST_P(UnitChanges, AllOrNothing) {
    const Id society = create("Phòng Văn hóa - Xã hội", town().root());
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(society), std::nullopt, true}})), "");
    EXPECT_EQ(add(ending(home_, ClosingKind::Merged, {{here(society)}})), "");
    EXPECT_EQ(confirm(), "");
    // Meanwhile somebody hangs a unit below one that is to end.
    town().write(Id{}, [&](Work& work) {
        return create_unit(work, {.parent = home_, .kind = UnitKind::Office, .name = "Tổ Thi đua", .valid_from = work.today()}).value();
    });
    dawn(kDay);
    EXPECT_EQ(state(), ChangeSetState::Confirmed);
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Nội vụ", "Phòng Văn hóa và Thông tin", "Tổ Thi đua"));
    town().read(administrator_, [&](Work& work) {
        const auto set = change_set_by_id(work, set_);
        ASSERT_TRUE(set->problem);
        EXPECT_EQ(set->problem->key, "identity.units_still_open");
        EXPECT_EQ(set->problem->field, to_string(set->changes[2].id));
    });
    ASSERT_THAT(notices_of(administrator_), SizeIs(1));
    EXPECT_EQ(notices_of(administrator_).front().message.key, "identity.notice_change_failed");
    const auto told = notices_of(administrator_).front().message;
    for (const Language language : {Language::Vietnamese, Language::English})
        EXPECT_THAT(jobs::text_of(told, language), ::testing::HasSubstr(i18n::translate(language, "identity.units_still_open"))) << "the reason, to whoever reads it";
    dawn(kDay.plus_days(1));
    EXPECT_THAT(notices_of(administrator_), SizeIs(1)) << "the same reason is told once";
    // It is opened again, mended, and done.
    EXPECT_EQ(act([&](Work& work) { return problem(reopen_change_set(work, set_, version_of(work))); }), "");
    const Id team = town().read(Id{}, [&](Work& work) { return unit_called(work, "Tổ Thi đua").value(); });
    EXPECT_EQ(add(ending(team, ClosingKind::Dissolved, {})), "");
    EXPECT_EQ(confirm(), "");
    dawn(kDay.plus_days(2));
    EXPECT_EQ(state(), ChangeSetState::Applied);
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Văn hóa - Xã hội"));
}

TEST_P(UnitChanges, ATrialSaysWhatTheDayWouldAndLeavesNothing) {
    const Id society = create("Phòng Văn hóa - Xã hội", town().root());
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(society)}})), "");
    act([&](Work& work) {
        const auto trial = try_changes(work, *change_set_by_id(work, set_));
        EXPECT_FALSE(trial.failure);
        EXPECT_THAT(trial.tree, SizeIs(3));
        return 0;
    });
    EXPECT_THAT(names_on(kDay), ElementsAre("Phòng Nội vụ", "Phòng Văn hóa và Thông tin"));
    create("Phòng Văn hóa - Xã hội", town().root());
    EXPECT_EQ(confirm().substr(confirm().find(':')), ":identity.namesake");
    EXPECT_EQ(state(), ChangeSetState::Draft);
}

TEST_P(UnitChanges, EmptyOrDecidedSetsStayAsTheyAre) {
    EXPECT_EQ(confirm(), ":identity.change_set_empty");
    EXPECT_EQ(add(ending(culture_, ClosingKind::Dissolved, {})), "");
    EXPECT_EQ(confirm(), "");
    EXPECT_EQ(add(ending(home_, ClosingKind::Dissolved, {})), ":identity.change_set_not_draft");
    EXPECT_EQ(confirm(), ":base.conflict");
    EXPECT_EQ(act([&](Work& work) { return problem(cancel_change_set(work, set_, version_of(work))); }), "");
    dawn(kDay);
    EXPECT_EQ(state(), ChangeSetState::Cancelled);
    EXPECT_THAT(names_on(kDay), SizeIs(2));
}

TEST_P(UnitChanges, ChangesAreTakenOutAgain) {
    EXPECT_EQ(add(ending(culture_, ClosingKind::Split, {{here(home_)}, {here(town().root())}})), "");
    const auto change = town().read(Id{}, [&](Work& work) { return change_set_by_id(work, set_)->changes.front(); });
    EXPECT_EQ(change.name, "Phòng Văn hóa và Thông tin");
    EXPECT_THAT(change.successors, SizeIs(2));
    EXPECT_EQ(act([&](Work& work) { return problem(remove_change(work, set_, change.id, version_of(work))); }), "");
    EXPECT_THAT(town().read(Id{}, [&](Work& work) { return change_set_by_id(work, set_)->changes; }), IsEmpty());
}

TEST_P(UnitChanges, ThePreviewNamesAllThatMoves) {
    town().person("Phan Thị Ngọc Diễm", culture_, Role::Clerk);
    const Id gone = town().person("Lê Văn Cũ", culture_, Role::Clerk);
    town().write(Id{}, [&](Work& work) {
        const auto of_gone = memberships_of_person(work, gone, work.today());
        EXPECT_EQ(problem(end_membership(work, of_gone.front().id, work.today())), "");
        create_group(work, {.name = "Tổ công tác", .kinds = {}, .members = {culture_}}).value();
        return create_unit(work, {.parent = culture_, .kind = UnitKind::PublicService, .name = "Đài truyền thanh", .valid_from = work.today()}).value();
    });
    EXPECT_EQ(add(ending(culture_, ClosingKind::Merged, {{here(home_), std::nullopt, true}})), "");
    registry_.add(UnitChangePreview{"test.assignments", [](const Work&, const UnitChangeSet& set) {
                                        return std::vector<PreviewLine>{{set.changes.front().id, "test.five_assignments", {}}};
                                    }});
    town().read(administrator_, [&](Work& work) {
        std::vector<std::string> keys;
        for (const auto& line : preview_lines(work, registry_, *change_set_by_id(work, set_))) keys.push_back(line.key.substr(line.key.find('.') + 1));
        EXPECT_THAT(keys, ElementsAre("preview_people_go", "preview_group_goes", "preview_names_lead", "preview_unit_left_over", "five_assignments"));
        const auto lines = preview_lines(work, registry_, *change_set_by_id(work, set_));
        EXPECT_EQ(lines.front().args.front().second, "1") << "who has left does not move";
    });
}

TEST_P(UnitChanges, AnotherAuthorityHasToAgree) {
    testing::Town district(database(), "huyện Hồng Ngự");
    district.clock().set(town().clock().now());
    EXPECT_EQ(add(ending(culture_, ClosingKind::Transferred, {{{district.authority(), district.root()}, std::nullopt, true}})), "");
    const Id diem = town().person("Phan Thị Ngọc Diễm", culture_, Role::Administrator);
    EXPECT_EQ(confirm(), ":identity.change_set_not_accepted");
    const auto accept = [&](Id person) {
        return district.write(person, [&](Work& work) { return problem(accept_change_set(work, town().authority(), set_)); });
    };
    EXPECT_EQ(accept(district.leader()), ":base.forbidden");
    EXPECT_EQ(district.write(district.administrator(), [&](Work& work) { return problem(accept_change_set(work, town().authority(), Id{9})); }), ":base.not_found");
    EXPECT_EQ(accept(district.administrator()), "");
    // Another change of the set, and the agreement is void.
    EXPECT_EQ(add(ending(home_, ClosingKind::Dissolved, {})), "");
    EXPECT_EQ(confirm(), ":identity.change_set_not_accepted");
    EXPECT_EQ(accept(district.administrator()), "");
    EXPECT_EQ(confirm(), "");
    dawn(kDay);
    district.clock().set(town().clock().now());
    district.read(diem, [&](Work& work) {
        EXPECT_THAT(own_units(work), ElementsAre(district.root()));
        EXPECT_EQ(work.actor.grants.front().role, "administrator");
    });
}

LOA_ON_BOTH_ENGINES(UnitChanges);

}  // namespace
}  // namespace loa::identity
