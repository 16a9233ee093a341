#include "loa/identity/deputies.h"

#include "loa/base/secrets.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/telling.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

constexpr Verb kSign{"test.sign", {{Role::Leader, Scope::Authority}}, "test.verb.sign"};
constexpr Verb kKeys{"test.keys", {{Role::Administrator, Scope::Authority}}, "test.verb.keys"};

/// Monday 15/01/2024. Mr Tâm leads; Ms Diễm heads an office and is to act for him until Friday the 19th.
class Deputies : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!database_) return;
        office_ = town().office("Phòng Nội vụ");
        tam_ = town().person("Trần Văn Tâm", town().root(), Role::Leader);
        diem_ = town().person("Phan Thị Ngọc Diễm", office_, Role::OfficeHead);
    }

    AppointDeputy until_friday() const {
        return {.principal = tam_, .deputy = diem_, .valid_from = day(2024, 1, 15), .last_day = day(2024, 1, 19), .reason = "Đi công tác"};
    }
    Id appointed() {
        return town().write(tam_, [&](Work& work) { return appoint_deputy(work, until_friday()).value(); });
    }
    /// A session of hers, as a browser holds it.
    std::string session_of(Id person) {
        const std::string token = "token of " + to_string(person);
        town().write(person, [&](Work& work) {
            work.db.run("identity.add_session", {sha256(token), person, town().authority(), work.now, "127.0.0.1", "test"});
        });
        return token;
    }
    template <class Step>
    auto in_session(const std::string& token, Step&& step) {
        return database().write([&](storage::Transaction& transaction) {
            Work work = town().work_of(transaction, Id{});
            work.actor = {};
            sign_in_work(work, token);
            return step(work);
        });
    }

    Id office_, tam_, diem_;
};

TEST_P(Deputies, ActUntilTheLastDayAndNotAfter) {
    const Id deputyship = appointed();
    const auto token = session_of(diem_);
    in_session(token, [&](Work& work) {
        EXPECT_FALSE(may(work, kSign)) << "lent is not taken: she acts as herself until she says so";
        EXPECT_TRUE(take_place(work, token, deputyship));
    });
    town().clock().set(start_of(day(2024, 1, 20)).plus_seconds(-1));
    town().write(Id{}, [&](Work& work) {
        work.db.run("identity.see_session", {sha256(token), work.now.plus_seconds(-60)});
    });
    in_session(token, [&](Work& work) {
        EXPECT_TRUE(may(work, kSign)) << "Friday, 23:59:59";
        EXPECT_EQ(work.actor.person, diem_);
        EXPECT_EQ(work.actor.acting_for, tam_);
        EXPECT_EQ(work.actor.acting_for_name, "Trần Văn Tâm");
        record(work, {"test.paper", work.authority, Id{5}}, "test.signed");
    });
    town().clock().set(start_of(day(2024, 1, 20)));
    in_session(token, [&](Work& work) {
        EXPECT_FALSE(may(work, kSign)) << "Saturday";
        EXPECT_FALSE(work.actor.acting_for);
        ASSERT_TRUE(work.actor.signed_in()) << "she stays signed in, as herself";
        EXPECT_EQ(work.actor.grants.front().role, "office_head");
        EXPECT_EQ(take_place(work, token, deputyship).failure().reason, Reason::Forbidden);
        const auto lines = timeline_of(work, {"test.paper", work.authority, Id{5}});
        ASSERT_EQ(lines.size(), 1U);
        EXPECT_EQ(lines.front().person_name, "Phan Thị Ngọc Diễm");
        EXPECT_EQ(lines.front().acting_for_name, "Trần Văn Tâm");
    });
}

TEST_P(Deputies, ForWhomItWasDoneIsSealedWithTheLine) {
    const Id deputyship = appointed();
    const auto token = session_of(diem_);
    in_session(token, [&](Work& work) { ASSERT_TRUE(take_place(work, token, deputyship)); });
    in_session(token, [&](Work& work) { record(work, {"test.paper", work.authority, Id{5}}, "test.signed"); });
    town().write(Id{}, [&](Work& work) {
        while (seal_timeline(work)) {
        }
        EXPECT_TRUE(verify_timeline(work).findings.empty());
    });
    database().script("update identity_timeline_line set acting_for_id = 0 where event = 'test.signed'");
    town().read(Id{}, [&](Work& work) {
        const auto findings = verify_timeline(work).findings;
        ASSERT_FALSE(findings.empty());
        EXPECT_EQ(findings.front().kind, TimelineFinding::Kind::LineChanged);
    });
}

TEST_P(Deputies, TheKeysOfTheHouseAreNotLent) {
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(add_membership(work, {.person = tam_, .unit = town().root(), .role = Role::Administrator, .valid_from = day(2024, 1, 1)}));
    });
    const Id deputyship = appointed();
    const auto token = session_of(diem_);
    in_session(token, [&](Work& work) { ASSERT_TRUE(take_place(work, token, deputyship)); });
    in_session(token, [&](Work& work) {
        EXPECT_TRUE(may(work, kSign));
        EXPECT_FALSE(may(work, kKeys));
    });
    const Id administrator = town().administrator();
    town().write(administrator, [&](Work& work) {
        auto input = until_friday();
        input.principal = administrator;
        EXPECT_EQ(problem(appoint_deputy(work, input)), "principal:identity.nothing_to_lend");
    });
}

TEST_P(Deputies, WhatWasLentIsNotLentOn) {
    const Id deputyship = appointed();
    const Id third = town().person("Lê Thị Ba", office_, Role::Clerk);
    const auto token = session_of(diem_);
    in_session(token, [&](Work& work) { ASSERT_TRUE(take_place(work, token, deputyship)); });
    in_session(token, [&](Work& work) {
        auto input = until_friday();
        input.deputy = third;
        EXPECT_EQ(appoint_deputy(work, input).failure().reason, Reason::Forbidden) << "not in his name";
        input.principal = diem_;
        EXPECT_EQ(appoint_deputy(work, input).failure().reason, Reason::Forbidden) << "nor in her own, meanwhile";
        EXPECT_TRUE(leave_place(work, token));
    });
    in_session(token, [&](Work& work) {
        EXPECT_FALSE(work.actor.acting_for);
        auto input = until_friday();
        input.principal = diem_;
        input.deputy = third;
        EXPECT_TRUE(appoint_deputy(work, input));
    });
}

TEST_P(Deputies, AreAppointedByThePersonOrAnAdministrator) {
    const Id clerk = town().person("Lê Văn Tư", office_, Role::Clerk);
    town().write(clerk, [&](Work& work) {
        EXPECT_EQ(appoint_deputy(work, until_friday()).failure().reason, Reason::Forbidden);
        auto own = until_friday();
        own.principal = clerk;
        EXPECT_EQ(appoint_deputy(work, own).failure().reason, Reason::Forbidden) << "a clerk is replaced, not deputised";
    });
    town().write(diem_, [&](Work& work) {
        EXPECT_EQ(appoint_deputy(work, until_friday()).failure().reason, Reason::Forbidden) << "not by the deputy herself";
    });
    town().write(town().administrator(), [&](Work& work) { EXPECT_TRUE(appoint_deputy(work, until_friday())); });
    town().read(diem_, [&](Work& work) { EXPECT_EQ(jobs::unread_notices(work), 1); });
}

TEST_P(Deputies, NeedAPersonDaysAndAReason) {
    testing::Town other(database(), "thị xã Tân Châu");
    const Id stranger = other.person("Người Lạ", other.root(), Role::Clerk);
    town().write(tam_, [&](Work& work) {
        auto input = until_friday();
        input.deputy = tam_;
        EXPECT_EQ(problem(appoint_deputy(work, input)), "deputy:identity.deputy_is_principal");
        input = until_friday();
        input.deputy = stranger;
        EXPECT_EQ(appoint_deputy(work, input).failure().reason, Reason::NotFound);
        input = until_friday();
        input.last_day = day(2024, 1, 14);
        EXPECT_EQ(problem(appoint_deputy(work, input)), "last_day:identity.deputy_ends_too_early");
        input.valid_from = day(2024, 1, 10);
        EXPECT_EQ(problem(appoint_deputy(work, input)), "last_day:identity.deputy_ends_too_early") << "past";
        input.last_day = day(2025, 3, 1);
        EXPECT_EQ(problem(appoint_deputy(work, input)), "last_day:identity.deputy_too_long");
        input = until_friday();
        input.reason = "  ";
        EXPECT_EQ(problem(appoint_deputy(work, input)), "reason:identity.deputy_reason_missing");
        EXPECT_TRUE(deputyships(work).empty()) << "nothing of all that was kept";
    });
}

TEST_P(Deputies, EndEarlyAndAtOnce) {
    const Id deputyship = appointed();
    const auto token = session_of(diem_);
    in_session(token, [&](Work& work) { ASSERT_TRUE(take_place(work, token, deputyship)); });
    const Id clerk = town().person("Lê Văn Tư", office_, Role::Clerk);
    town().write(clerk, [&](Work& work) { EXPECT_EQ(end_deputyship(work, deputyship).failure().reason, Reason::Forbidden); });
    town().write(tam_, [&](Work& work) {
        EXPECT_TRUE(end_deputyship(work, deputyship));
        EXPECT_EQ(end_deputyship(work, deputyship).failure().reason, Reason::NotFound);
        EXPECT_TRUE(deputyships(work).empty());
    });
    in_session(token, [&](Work& work) { EXPECT_FALSE(may(work, kSign)); });
}

TEST_P(Deputies, HearWhatThePrincipalIsTold) {
    appointed();
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(with_deputies(work, {tam_}), (std::vector<Id>{tam_, diem_}));
        EXPECT_EQ(with_deputies(work, {diem_, tam_}), (std::vector<Id>{diem_, tam_})) << "each once";
        EXPECT_EQ(with_deputies(work, {diem_}), (std::vector<Id>{diem_})) << "not the other way round";
    });
    town().clock().set(start_of(day(2024, 1, 20)));
    town().read(Id{}, [&](Work& work) { EXPECT_EQ(with_deputies(work, {tam_}), (std::vector<Id>{tam_})); });
}

TEST_P(Deputies, NewsOfAUnitReachesEveryoneOfItAndWhoActsForThemOnce) {
    constexpr jobs::MessageKind kind{"test.news", "jobs.unread", {true, jobs::MailTime::Never}};
    appointed();
    const Id clerk = town().person("Lê Văn Tư", town().root(), Role::Clerk), other = town().office("Phòng Y tế");
    const auto told = [&] {
        std::vector<std::int64_t> counts;
        for (const Id person : {tam_, diem_, clerk})
            counts.push_back(town().read(person, [](Work& work) { return jobs::unread_notices(work); }));
        return counts;
    };
    const auto before = told();
    town().write(clerk, [&](Work& work) { tell_unit(work, town().root(), kind, {.key = "jobs.open"}); });
    EXPECT_EQ(told(), (std::vector{before[0] + 1, before[1] + 1, before[2]})) << "not her who acts";
    town().write(clerk, [&](Work& work) {
        UnitNews news(work);
        news.add(town().root(), {.key = "jobs.open"});
        news.add(office_, {.key = "jobs.open"});
        news.add(other, {.key = "jobs.open"});
        news.send(kind);
        news.send(kind);
    });
    EXPECT_EQ(told(), (std::vector{before[0] + 2, before[1] + 3, before[2]})) << "the deputy of both, and what is sent is sent";
    town().write(Id{}, [&](Work& work) { tell_leaders(work, kind, {.key = "jobs.open"}); });
    EXPECT_EQ(told(), (std::vector{before[0] + 3, before[1] + 4, before[2]}));
}

LOA_ON_BOTH_ENGINES(Deputies);

}  // namespace
}  // namespace loa::identity
