// Who answers by a personal link, for what, until when, and what everybody is told of it; on both databases.
#include "personal_link.h"

#include <gmock/gmock.h>

#include <functional>

#include "actions.h"
#include "evidence.h"
#include "kinds/kinds.h"
#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/notices.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using identity::Role;
using storage::testing::engine_name;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;


class PersonalLinkTest : public testing::HouseTest {
  protected:
    void SetUp() override {
        HouseTest::SetUp();
        if (IsSkipped()) return;
        plan_ = issue();
        hamlet_ = hamlets_[0];
        line_ = line_of(plan_, hamlet_, 0);
        LOA_CHECK(line_.id);
    }

    Result<GivenLink> give(Id person, const Assignment& line, const std::string& name = "Nguyễn Văn Út", const std::string& contact = "", const std::string& day = "") {
        return town_->write(person, [&](Work& work) { return give_link(work, {line.plan, line.id, name, contact, day}); });
    }
    std::string secret(Id person) {
        const auto given = give(person, line_);
        EXPECT_TRUE(given);
        return given ? given->secret : "";
    }
    bool opens(const std::string& secret) {
        return town_->read(Id{}, [&](Work& work) { return by_link(work, town_->authority(), secret).has_value(); });
    }
    /// What the act of who came by the address comes to.
    template <class Act>
    auto by(const std::string& secret, Act&& act) {
        return town_->write(Id{}, [&](Work& visitor) {
            auto found = by_link(visitor, town_->authority(), secret);
            LOA_CHECK(found.has_value());
            return act(found->work);
        });
    }
    static EvidenceWords done(const std::string& what = "Treo bảng tại nhà văn hóa") {
        EvidenceWords words;
        words.what = what;
        words.done_on = "01/04/2026";
        return words;
    }
    Result<Id> send(const std::string& secret, const Assignment& line) {
        return by(secret, [&](Work& work) { return submit_evidence(work, {line.plan, line.id, std::nullopt}, done(), {}); });
    }
    PersonalLink link(Id id) {
        return town_->read(clerk_, [&](Work& work) { return link_by_id(work, id).value(); });
    }
    std::vector<std::string> events(const Ref& subject) {
        return town_->read(clerk_, [&](Work& work) {
            std::vector<std::string> lines;
            for (const auto& line : identity::timeline_of(work, subject)) lines.push_back(line.event + " | " + identity::who_of(work, line));
            return lines;
        });
    }
    std::vector<std::string> events_of_line() { return events({"plan.assignment", town_->authority(), line_.id}); }
    void at(Date day) { town_->clock().set(start_of(day).plus_seconds(8 * 3600)); }

    Id plan_, hamlet_;
    Assignment line_;
};

TEST_P(PersonalLinkTest, GivenByItsHostUnitTheAggregatingOfficeAndLeadersAlone) {
    const Id host = town_->person("Lê Thị Host", town_->root(), Role::Clerk), auditor = town_->person("Kiểm Tra", culture_, Role::Auditor);
    const Id editor = town_->person("Biên Tập", culture_, Role::Editor);
    struct Giver {
        const char* who;
        Id person;
        std::optional<Reason> refused;
    };
    const Giver givers[] = {{"clerk of the aggregating office", clerk_, std::nullopt},
                            {"its head", second_, std::nullopt},
                            {"leader", leader_, std::nullopt},
                            {"clerk of the unit above", host, std::nullopt},
                            {"clerk of another office", stranger_, Reason::NotFound},
                            {"auditor", auditor, Reason::Forbidden},
                            {"editor", editor, Reason::NotFound}};
    for (const auto& giver : givers) {
        const auto given = give(giver.person, line_);
        EXPECT_EQ(given ? std::nullopt : std::optional(given.failure().reason), giver.refused) << giver.who;
        if (given) {
            EXPECT_TRUE(opens(given->secret)) << giver.who;
        }
    }
    // The same for what becomes of it.
    const auto given = give(clerk_, line_);
    ASSERT_TRUE(given);
    const auto revoke = [&](Id person, std::int64_t version) {
        const auto done = town_->write(person, [&](Work& work) { return revoke_link(work, {plan_, given->link, version}); });
        return done ? std::nullopt : std::optional(done.failure().reason);
    };
    EXPECT_EQ(revoke(stranger_, 1), Reason::Forbidden);
    EXPECT_EQ(revoke(editor, 1), Reason::Forbidden);
    EXPECT_EQ(revoke(clerk_, 2), Reason::Conflict) << "somebody saw another version";
    EXPECT_TRUE(opens(given->secret));
    EXPECT_EQ(revoke(host, 1), std::nullopt);
    EXPECT_FALSE(opens(given->secret));
    EXPECT_EQ(revoke(host, 2), Reason::Conflict) << "it is revoked already";
    EXPECT_EQ(town_->read(stranger_, [&](Work& work) { return links_by_plan(work, *plan_by_id(work, plan_)).size(); }), 0u);
    EXPECT_EQ(town_->read(host, [&](Work& work) { return links_by_plan(work, *plan_by_id(work, plan_), hamlet_).size(); }), 5u);
}

TEST_P(PersonalLinkTest, AUnitWithAccountsAnswersWithThose) {
    const auto own = give(clerk_, line_of(plan_, culture_));
    ASSERT_FALSE(own);
    EXPECT_EQ(own.failure().problems.front().key, "plan.link_unit_has_accounts");
    const auto given = give(clerk_, line_);
    town_->person("Trưởng ấp", hamlet_, Role::Clerk);
    EXPECT_EQ(give(clerk_, line_).failure().problems.front().key, "plan.link_unit_has_accounts");
    EXPECT_TRUE(opens(given->secret)) << "what was given holds until its day";
}

TEST_P(PersonalLinkTest, TheFormSaysWhatIsWrong) {
    struct Form {
        const char *name, *contact, *day, *problem;
    };
    const std::string long_name(101, 'a');
    const Form forms[] = {{" ", "", "", "plan.link_name_missing"},
                          {long_name.c_str(), "", "", "plan.link_name_too_long"},
                          {"Út", "không có", "", "plan.link_contact_unreadable"},
                          {"Út", "0912 34", "", "plan.link_contact_unreadable"},
                          {"Út", "ut@", "", "plan.link_contact_unreadable"},
                          {"Út", "0912345678; drop table", "", "plan.link_contact_unreadable"},
                          {"Út", "", "31/02/2026", "plan.link_day_unreadable"},
                          {"Út", "", "31/03/2026", "plan.link_day_past"},
                          {"Út", "", "07/05/2027", "plan.link_day_too_far"}};
    for (const auto& form : forms) {
        const auto refused = give(clerk_, line_, form.name, form.contact, form.day);
        ASSERT_FALSE(refused) << form.problem;
        ASSERT_EQ(refused.failure().problems.size(), 1u) << form.problem;
        EXPECT_EQ(refused.failure().problems.front().key, form.problem);
    }
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return links_by_plan(work, *plan_by_id(work, plan_)).size(); }), 0u);
    for (const char* contact : {"", "0912 345 678", "+84 (912) 345.678", "ut@ap-mot.example.vn"})
        EXPECT_TRUE(give(clerk_, line_, "Nguyễn Văn Út", contact, "01/04/2026")) << contact;
    EXPECT_EQ(masked("0912 345 678"), "••• 678");
    EXPECT_EQ(masked("ut@ap-mot.example.vn"), "u•••@ap-mot.example.vn");
    EXPECT_EQ(masked("ếch@example.vn"), "ế•••@example.vn");
    EXPECT_EQ(masked(""), "••• ");
}

TEST_P(PersonalLinkTest, ItEndsFourWeeksAfterTheLastDayAndNeverTooLate) {
    const auto given = give(clerk_, line_);
    const auto due = town_->read(clerk_, [&](Work& work) {
        std::optional<Date> last;
        for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, plan_}))
            if (row.id("unit_id") == hamlet_ && row.text("state") == "open") last = std::max(last, row.optional_date("due_on"));
        return last;
    });
    ASSERT_TRUE(due);
    EXPECT_EQ(link(given->link).expires_on, due->plus_days(28));
    EXPECT_LE(link(given->link).expires_on, Date::from(2026, 4, 1)->plus_days(kLongestLink));
    EXPECT_EQ(town_->read(clerk_, [&](Work& work) { return usual_end(work, plan_, town_->root()); }), Date::from(2026, 4, 1)->plus_days(90)) << "nothing of it falls due";
}

TEST_P(PersonalLinkTest, OpensItsUnitsLinesInItsPlanAndNothingElse) {
    const std::string secret = this->secret(clerk_);
    const Id other_plan = import_text(
        "# KẾ HOẠCH\n\nVệ sinh môi trường năm 2026\n\nSố: /KH-UBND\n\n## II. NỘI DUNG\n\n1. Tổng vệ sinh ấp.\n- Đơn vị chủ trì: Ban Nhân dân ấp Một\n- Thời gian thực hiện: Quý II/2026\n");
    act([&](Work& work) {
        Revision revision = draft_of_in(work, other_plan);
        revision.head.symbol = "KH-UBND";
        EXPECT_TRUE(correct_document(work, {other_plan, revision.head_version, revision.head}));
    });
    EXPECT_EQ(by(secret, [&](Work& work) { return plan_by_id(work, other_plan).failure().reason; }), Reason::NotFound) << "a draft";
    issue(other_plan, "16", "01/04/2026");
    const Assignment elsewhere = line_of(other_plan, hamlet_, 0), neighbour = line_of(plan_, hamlets_[1], 0), office = line_of(plan_, culture_, 0);
    ASSERT_TRUE(elsewhere.id && neighbour.id && office.id);
    const auto theirs = town_->write(clerk_, [&](Work& work) { return submit_evidence(work, {plan_, office.id, std::nullopt}, done(), {}); });
    ASSERT_TRUE(theirs);
    using Act = std::function<Result<>(Work&, const Assignment&)>;
    const auto ref = [](const Assignment& line) { return LineRef{line.plan, line.id, std::nullopt}; };
    const std::pair<const char*, Act> acts[] = {
        {"accept", [&](Work& work, const Assignment& line) { return accept_line(work, ref(line)); }},
        {"give back", [&](Work& work, const Assignment& line) { return give_back_line(work, ref(line), "Không phải việc của ấp"); }},
        {"report", [&](Work& work, const Assignment& line) { return report_line(work, {line.plan, line.id, std::nullopt, std::nullopt}); }},
        {"send", [&](Work& work, const Assignment& line) -> Result<> {
             const auto sent = submit_evidence(work, ref(line), done(), {});
             if (!sent) return sent.failure();
             return Done{};
         }},
        {"withdraw", [&](Work& work, const Assignment& line) { return withdraw_evidence(work, {line.plan, line.id, *theirs, 1}, "Nhầm"); }},
        {"keep", [&](Work& work, const Assignment& line) { return keep_line(work, ref(line), "Vẫn giao"); }},
        {"confirm", [&](Work& work, const Assignment& line) { return confirm_evidence(work, {line.plan, line.id, *theirs, 1}); }},
        {"set targets", [&](Work& work, const Assignment& line) { return set_line_targets(work, ref(line), {"1 bài"}); }}};
    const std::pair<const char*, const Assignment*> lines[] = {{"another plan", &elsewhere}, {"another hamlet", &neighbour}, {"an office", &office}};
    for (const auto& [which, line] : lines)
        for (const auto& [name, run] : acts) {
            const auto refused = by(secret, [&, line = line, run = run](Work& work) { return run(work, *line); });
            ASSERT_FALSE(refused) << name << " " << which;
            EXPECT_EQ(refused.failure().reason, Reason::NotFound) << name << " " << which;
        }
    // Of its own line it does not decide, and cannot reach what others sent.
    for (const char* name : {"keep", "confirm", "set targets", "withdraw"})
        for (const auto& [known, run] : acts)
            if (std::string_view(known) == name) {
                EXPECT_FALSE(by(secret, [&, run = run](Work& work) { return run(work, line_); })) << name;
            }
    EXPECT_EQ(by(secret, [&](Work& work) { return give_link(work, {plan_, line_.id, "Khác", "", ""}).failure().reason; }), Reason::Forbidden);
    EXPECT_EQ(by(secret, [&](Work& work) { return links_by_plan(work, *plan_by_id(work, plan_)).size(); }), 0u);
    EXPECT_EQ(by(secret, [&](Work& work) { return may_read_files_of(work, *theirs); }), false);
}

TEST_P(PersonalLinkTest, EveryActLeavesALineThatNamesItsHolder) {
    const std::string secret = this->secret(clerk_), who = "qua liên kết cá nhân của Nguyễn Văn Út";
    EXPECT_THAT(events({"plan.plan", town_->authority(), plan_}), Contains("plan.link_given | Nguyễn Ngọc Hân"));
    const LineRef ref{plan_, line_.id, std::nullopt};
    ASSERT_TRUE(by(secret, [&](Work& work) { return give_back_line(work, ref, "Ấp chưa có nhà văn hóa"); }));
    ASSERT_TRUE(by(secret, [&](Work& work) { return accept_line(work, ref); }));
    const auto piece = send(secret, line_);
    ASSERT_TRUE(piece);
    ASSERT_TRUE(by(secret, [&](Work& work) { return withdraw_evidence(work, {plan_, line_.id, *piece, 1}, "Nhầm ngày"); }));
    ASSERT_TRUE(by(secret, [&](Work& work) { return report_line(work, {plan_, line_.id, std::nullopt, std::nullopt}); }));
    EXPECT_THAT(events_of_line(), ElementsAre("plan.line_reported | " + who, "plan.evidence_withdrawn | " + who, "plan.evidence_submitted | " + who,
                                              "plan.line_accepted | " + who, "plan.line_given_back | " + who, "plan.line_assigned | Nguyễn Ngọc Hân"));
    // The name is the part that may be erased; the link stays named.
    town_->read(clerk_, [&](Work& work) {
        for (const auto& line : identity::timeline_of(work, {"plan.assignment", work.authority, line_.id})) {
            if (line.event == "plan.line_assigned") continue;
            ASSERT_EQ(line.personal.size(), 1u) << line.event;
            EXPECT_EQ(line.personal.front().field, "link_holder");
            for (const auto& change : line.changes) EXPECT_THAT(change.after, Not(HasSubstr("Út")));
            auto erased = line;
            erased.personal.clear();
            EXPECT_EQ(identity::who_of(work, erased), "qua liên kết cá nhân");
        }
    });
    const auto kept = town_->read(clerk_, [&](Work& work) { return *evidence_by_id(work, *piece); });
    EXPECT_EQ(kept.link_holder_name, "Nguyễn Văn Út");
    EXPECT_EQ(kept.on_behalf_by, "");
    const auto told = town_->read(clerk_, [&](Work& work) {
        std::vector<std::string> keys;
        for (const auto& notice : jobs::notices(work, 50)) keys.push_back(notice.message.key);
        return keys;
    });
    EXPECT_THAT(told, Contains("plan.notice_evidence_by_link"));
    EXPECT_THAT(told, Contains("plan.notice_line_given_back"));
    EXPECT_THAT(told, Contains("plan.notice_line_reported"));
}

TEST_P(PersonalLinkTest, SomebodyElseThanWhoGaveItConfirms) {
    const std::string secret = this->secret(clerk_);
    const auto piece = send(secret, line_);
    ASSERT_TRUE(piece);
    const auto confirm = [&](Id person) { return town_->write(person, [&](Work& work) { return confirm_evidence(work, {plan_, line_.id, *piece, 1}); }); };
    const auto own = confirm(clerk_);
    ASSERT_FALSE(own);
    EXPECT_EQ(own.failure().problems.front().key, "plan.own_evidence");
    // Renewed by somebody else, what came before still came by hers.
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return renew_link(work, {plan_, *evidence_by_id(work, *piece)->personal_link, 1}, ""); }));
    EXPECT_FALSE(confirm(clerk_));
    EXPECT_TRUE(confirm(second_));
}

TEST_P(PersonalLinkTest, TakesBackWhatCameByItWhileItDoesNotCount) {
    const std::string one = secret(clerk_);
    const auto other_link = give(leader_, line_, "Trần Thị Bé");
    ASSERT_TRUE(other_link);
    const auto piece = send(one, line_);
    const auto withdraw = [&](const std::string& secret, Id evidence, std::int64_t version) {
        const auto done = by(secret, [&](Work& work) { return withdraw_evidence(work, {plan_, line_.id, evidence, version}, "Nhầm"); });
        return done ? std::nullopt : std::optional(done.failure().reason);
    };
    EXPECT_EQ(withdraw(other_link->secret, *piece, 1), Reason::Forbidden) << "another link of the same unit";
    EXPECT_EQ(withdraw(one, *piece, 2), Reason::Conflict) << "a version that is not there";
    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return confirm_evidence(work, {plan_, line_.id, *piece, 1}); }));
    EXPECT_EQ(withdraw(one, *piece, 2), Reason::Forbidden) << "it counts now";
    const auto recorded = town_->write(clerk_, [&](Work& work) { return submit_evidence(work, {plan_, line_.id, std::nullopt}, done(), {}); });
    EXPECT_EQ(withdraw(one, *recorded, 1), Reason::Forbidden) << "the office recorded it";
    const auto second = send(one, line_);
    EXPECT_EQ(withdraw(one, *second, 1), std::nullopt);
    EXPECT_EQ(withdraw(one, *second, 2), Reason::Conflict) << "it is taken back already";
}

TEST_P(PersonalLinkTest, ADoubleALateAndAConflictingAnswer) {
    const std::string secret = this->secret(clerk_);
    const LineRef seen{plan_, line_.id, line_.version};
    ASSERT_TRUE(by(secret, [&](Work& work) { return accept_line(work, seen); }));
    EXPECT_EQ(by(secret, [&](Work& work) { return give_back_line(work, seen, "Thôi").failure().reason; }), Reason::Conflict) << "she saw the line before she accepted";
    EXPECT_TRUE(by(secret, [&](Work& work) { return accept_line(work, {plan_, line_.id, std::nullopt}); })) << "twice is once";
    ASSERT_TRUE(by(secret, [&](Work& work) { return report_line(work, {plan_, line_.id, std::nullopt, std::nullopt}); }));
    EXPECT_EQ(by(secret, [&](Work& work) { return report_line(work, {plan_, line_.id, std::nullopt, std::nullopt}).failure().reason; }), Reason::Conflict);
    EXPECT_EQ(by(secret, [&](Work& work) { return give_back_line(work, {plan_, line_.id, std::nullopt}, "Thôi").failure().reason; }), Reason::Conflict) << "it is reported";
    // The office recorded the same meanwhile: both are there, and whoever confirms sees both.
    EXPECT_TRUE(send(secret, line_));
}

TEST_P(PersonalLinkTest, DeadWhenExpiredRevokedRenewedOrItsPlanIsOver) {
    const auto renew = [&](const GivenLink& given, const std::string& day) {
        return town_->write(clerk_, [&](Work& work) { return renew_link(work, {plan_, given.link, link_by_id(work, given.link)->version}, day); });
    };
    const auto last = give(clerk_, line_, "Út", "", "02/04/2026");
    at(*Date::from(2026, 4, 2));
    EXPECT_TRUE(opens(last->secret)) << "the whole of its last day";
    at(*Date::from(2026, 4, 3));
    EXPECT_FALSE(opens(last->secret));
    const auto again = renew(*last, "10/04/2026");
    ASSERT_TRUE(again);
    EXPECT_TRUE(opens(again->secret));
    EXPECT_FALSE(opens(last->secret)) << "the address before";
    EXPECT_EQ(renew(*last, "02/04/2026").failure().problems.front().key, "plan.link_day_past");
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return revoke_link(work, {plan_, last->link, 2}); }));
    EXPECT_FALSE(opens(again->secret));
    EXPECT_TRUE(opens(renew(*last, "")->secret)) << "revoked, and given anew";
    EXPECT_THAT(events({"plan.plan", town_->authority(), plan_}), Contains("plan.link_revoked | Nguyễn Ngọc Hân"));
    EXPECT_THAT(events({"plan.plan", town_->authority(), plan_}), Contains("plan.link_renewed | Nguyễn Ngọc Hân"));
    for (const std::string& wrong : {std::string(), std::string(40, '0'), again->secret.substr(0, 39), again->secret + "0", upper(again->secret)}) EXPECT_FALSE(opens(wrong)) << wrong;
    const auto live = give(clerk_, line_);
    EXPECT_FALSE(town_->read(Id{}, [&](Work& work) { return by_link(work, Id{town_->authority().value + 1}, live->secret).has_value(); })) << "another authority";
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return close_plan(work, {plan_, plan_by_id(work, plan_)->version, ""}); }));
    EXPECT_FALSE(opens(live->secret)) << "the plan is closed";
    EXPECT_EQ(renew(*live, "").failure().problems.front().key, "plan.link_is_over");
    EXPECT_EQ(link(live->link).state, PersonalLink::State::Over);
}

TEST_P(PersonalLinkTest, DeadWhenItsPlanIsWithdrawnOrItsUnitIsNoMore) {
    const auto given = give(clerk_, line_), neighbour = give(clerk_, line_of(plan_, hamlets_[1], 0));
    ASSERT_TRUE(town_->write(Id{}, [&](Work& work) {
        return identity::close_unit(work, {.unit = hamlet_, .date = *Date::from(2026, 4, 2), .version = identity::unit_by_id(work, hamlet_)->version});
    }));
    EXPECT_TRUE(opens(given->secret)) << "its last day";
    at(*Date::from(2026, 4, 2));
    EXPECT_FALSE(opens(given->secret));
    EXPECT_EQ(give(clerk_, line_).failure().problems.front().key, "plan.link_unit_ended");
    EXPECT_TRUE(opens(neighbour->secret));
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return withdraw_plan(work, {plan_, plan_by_id(work, plan_)->version, "Thay bằng kế hoạch khác"}); }));
    EXPECT_FALSE(opens(neighbour->secret));
}

TEST_P(PersonalLinkTest, WhatAnAmendmentTakesAwayIsAnsweredForNoMore) {
    const std::string secret = this->secret(clerk_);
    amend(plan_);
    const auto activity = draft_of(plan_).activities.at(0);
    ASSERT_TRUE(act([&](Work& work) { return drop_activity(work, ref(plan_, activity)); }));
    issue(plan_, "16", "01/04/2026");
    const auto refused = send(secret, line_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.line_not_open");
    EXPECT_EQ(by(secret, [&](Work& work) { return accept_line(work, {plan_, line_.id, std::nullopt}).failure().reason; }), Reason::Conflict);
    const auto left = lines(clerk_, hamlet_);
    ASSERT_FALSE(left.empty());
    EXPECT_TRUE(by(secret, [&](Work& work) { return accept_line(work, {plan_, left.front().assignment.id, std::nullopt}); })) << "what it has still";
}

TEST_P(PersonalLinkTest, ActsSoOftenADayAndNoMore) {
    const auto given = give(clerk_, line_);
    const auto use = [&] { return by(given->secret, [](Work& work) { return use_link(work); }); };
    for (int i = 0; i < kMostUses; ++i) ASSERT_TRUE(use()) << i;
    const auto refused = use();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().problems.front().key, "plan.link_used_too_often");
    EXPECT_EQ(link(given->link).last_used_at, town_->clock().now());
    at(*Date::from(2026, 4, 2));
    EXPECT_TRUE(use());
}

TEST_P(PersonalLinkTest, HowPeopleWereReachedIsForgotten) {
    const auto expired = give(clerk_, line_, "Hết hạn", "0912345678", "10/04/2026"), revoked = give(clerk_, line_, "Thu hồi", "0912345678", "31/12/2026");
    const auto live = give(clerk_, line_, "Còn dùng", "0912345678", "31/12/2026");
    ASSERT_TRUE(town_->write(clerk_, [&](Work& work) { return revoke_link(work, {plan_, revoked->link, 1}); }));
    const auto kept_on = [&](Date day) {
        at(day);
        town_->write(Id{}, [&](Work& work) {
            const Date before = work.today().plus_days(-kContactKept);
            work.db.run("plan.forget_contacts", {work.authority, before, start_of(before)});
        });
        return std::vector<bool>{link(expired->link).contact.has_value(), link(revoked->link).contact.has_value(), link(live->link).contact.has_value()};
    };
    EXPECT_THAT(kept_on(*Date::from(2026, 5, 1)), ElementsAre(true, true, true));
    EXPECT_THAT(kept_on(*Date::from(2026, 5, 2)), ElementsAre(true, false, true));
    EXPECT_THAT(kept_on(*Date::from(2026, 5, 10)), ElementsAre(true, false, true));
    EXPECT_THAT(kept_on(*Date::from(2026, 5, 11)), ElementsAre(false, false, true));
    EXPECT_EQ(link(expired->link).holder_name, "Hết hạn");
}

TEST_P(PersonalLinkTest, APlanThatIsOverEndsItsLinksAndWhatTheyKeep) {
    const auto given = give(clerk_, line_, "Hết việc", "0912345678", "31/12/2026");
    ASSERT_TRUE(given);
    ASSERT_TRUE(town_->write(leader_, [&](Work& work) { return withdraw_plan(work, {plan_, plan_by_id(work, plan_)->version, "Thay bằng kế hoạch khác"}); }));
    const auto end_what_is_over = [&] {
        town_->write(Id{}, [&](Work& work) {
            work.db.run("plan.end_links_that_are_over", {work.authority, work.today()});
            const Date before = work.today().plus_days(-kContactKept);
            work.db.run("plan.forget_contacts", {work.authority, before, start_of(before)});
        });
    };
    end_what_is_over();
    EXPECT_TRUE(link(given->link).contact) << "for thirty days more";
    at(*Date::from(2026, 5, 15));
    end_what_is_over();
    EXPECT_FALSE(link(given->link).contact) << "not until the last day that was given";
}

TEST(GuidanceDocument, AsksForWhatIdentifiesADocumentAndCountsDocumentsAndReaders) {
    const auto kind = guidance_document();
    std::vector<std::string> fields, measures;
    for (const auto& field : kind.fields) fields.push_back(field.name);
    for (const auto& measure : kind.measures) measures.push_back(measure.name);
    EXPECT_THAT(fields, ElementsAre("document_number", "issued_on", "signer", "recipients"));
    EXPECT_THAT(measures, ElementsAre("plan.documents_issued", "plan.units_guided"));
}

INSTANTIATE_TEST_SUITE_P(Engines, PersonalLinkTest, ::testing::ValuesIn(storage::testing::engines()),
                         engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
