#include "loa/identity/timeline.h"

#include "loa/i18n/catalogue.h"
#include "loa/identity/join.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = TimelineFinding::Kind;

class Timeline : public OnEngine {
  protected:
    /// Three blocks of three lines about one subject.
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        while (seal()) {
        }
        for (int block = 0; block < 3; ++block) {
            for (int line = 0; line < 3; ++line)
                lines_.push_back(town().write(Id{}, [&](Work& work) {
                    return record(work, subject(), "test.done",
                                  {{"field", "", std::to_string(block * 3 + line)}});
                }));
            seal();
        }
    }
    bool seal() {
        return town().write(Id{}, [](Work& work) { return seal_timeline(work); });
    }
    Ref subject() { return {"test.thing", town().authority(), Id{42}}; }
    TimelineVerdict verdict(const std::optional<TimelineHead>& known = std::nullopt) {
        return town().read(Id{}, [&](Work& work) { return verify_timeline(work, known); });
    }
    std::vector<Kind> findings(const std::optional<TimelineHead>& known = std::nullopt) {
        std::vector<Kind> kinds;
        for (const auto& finding : verdict(known).findings) kinds.push_back(finding.kind);
        return kinds;
    }
    /// What somebody does who has the database and not the program.
    void tamper(const std::string& sql) { database().script(sql); }
    std::string line(std::size_t i) { return to_string(lines_[i]); }
    std::int64_t last_block() { return verdict().head.block; }

    std::vector<Id> lines_;
};

TEST_P(Timeline, IsWholeWhenNobodyTouchedIt) {
    const auto whole = verdict();
    EXPECT_THAT(whole.findings, IsEmpty());
    EXPECT_EQ(whole.head.hash.size(), 64U);
    EXPECT_EQ(whole.unsealed, 0);
    EXPECT_GE(whole.lines, 9);
    EXPECT_FALSE(seal()) << "nothing left to seal";
    town().read(Id{}, [&](Work& work) {
        const auto found = timeline_of(work, subject());
        ASSERT_EQ(found.size(), 9U);
        EXPECT_EQ(found.front().id, lines_.back()) << "newest first";
        EXPECT_THAT(found.front().changes, ElementsAre(Change{"field", "", "8"}));
        EXPECT_EQ(found.front().block, whole.head.block);
    });
}

TEST_P(Timeline, ShowsAnEditedLine) {
    tamper("update identity_timeline_line set at = at + 1 where id = " + line(4));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineChanged));
    EXPECT_EQ(verdict().findings.front().block, last_block() - 1);
}

TEST_P(Timeline, ShowsAnEditedWord) {
    tamper("update identity_timeline_line set changes = replace(changes, '\"4\"', '\"5\"') where id = " +
           line(4));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineChanged));
}

TEST_P(Timeline, ShowsADroppedLine) {
    tamper("delete from identity_timeline_line where id = " + line(5));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineMissing));
}

TEST_P(Timeline, ShowsReorderedLines) {
    tamper("update identity_timeline_line set id = 1 where id = " + line(3));
    tamper("update identity_timeline_line set id = " + line(3) + " where id = " + line(4));
    tamper("update identity_timeline_line set id = " + line(4) + " where id = 1");
    EXPECT_THAT(findings(), ElementsAre(Kind::LineChanged));
}

TEST_P(Timeline, ShowsALineMovedToAnotherBlock) {
    tamper("update identity_timeline_line set block = block + 1 where id = " + line(5));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineMissing, Kind::LineChanged));
}

TEST_P(Timeline, ShowsAnAddedLine) {
    tamper(
        "insert into identity_timeline_line select authority_id, id + 1000000, at, person_id, event, subject_kind, "
        "subject_authority_id, subject_id, changes, personal_digest, block, acting_for_id from identity_timeline_line where "
        "id = " +
        line(5));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineChanged));
}

TEST_P(Timeline, ShowsALineHiddenOutsideTheChain) {
    for (const char* block : {"0", "-5", "1000000"}) {
        tamper("update identity_timeline_line set block = " + std::string(block) + " where id = " + line(5));
        EXPECT_THAT(findings(), ::testing::UnorderedElementsAre(Kind::LineMissing, Kind::BlockMissing))
            << block;
    }
}

TEST_P(Timeline, ShowsADroppedBlock) {
    tamper("delete from identity_timeline_line where block = " + std::to_string(last_block() - 1));
    tamper("delete from identity_timeline_block where ordinal = " + std::to_string(last_block() - 1));
    EXPECT_THAT(findings(), ElementsAre(Kind::BlockMissing, Kind::ChainBroken));
}

TEST_P(Timeline, ShowsARewrittenHash) {
    tamper("update identity_timeline_block set hash = 'ff' where ordinal = " +
           std::to_string(last_block() - 1));
    EXPECT_THAT(findings(), ::testing::UnorderedElementsAre(Kind::ChainBroken, Kind::LineChanged));
}

TEST_P(Timeline, ShowsACutEndToWhoeverKnowsTheHead) {
    const TimelineHead head = verdict().head;
    EXPECT_THAT(findings(head), IsEmpty());
    tamper("delete from identity_timeline_line where block = " + std::to_string(head.block));
    tamper("delete from identity_timeline_block where ordinal = " + std::to_string(head.block));
    EXPECT_THAT(findings(), IsEmpty()) << "inside the database nothing is left to show it";
    EXPECT_THAT(findings(head), ElementsAre(Kind::HeadMissing));
}

TEST_P(Timeline, KeepsPersonalPartsApart) {
    const Id id = town().write(Id{}, [&](Work& work) {
        return record(work, subject(), "test.called", {}, {{"telephone", "", "0912 345 678"}});
    });
    seal();
    town().read(Id{}, [&](Work& work) {
        EXPECT_THAT(timeline_of(work, subject(), 1).front().personal,
                    ElementsAre(Change{"telephone", "", "0912 345 678"}));
    });
    tamper(
        "update identity_timeline_personal set content = replace(content, '0912', '0999') where line_id = " +
        to_string(id));
    EXPECT_THAT(findings(), ElementsAre(Kind::PersonalChanged));
    EXPECT_EQ(verdict().findings.front().line, id);
    tamper("delete from identity_timeline_personal where line_id = " + to_string(id));
    EXPECT_THAT(findings(), ElementsAre(Kind::PersonalChanged)) << "gone without an erasing line";
}

TEST_P(Timeline, ErasesPersonalPartsAndStaysWhole) {
    const Id id = town().write(Id{}, [&](Work& work) {
        return record(work, subject(), "test.called", {}, {{"telephone", "", "0912 345 678"}});
    });
    seal();
    const Id clerk = town().person("Một Người", town().office("Phòng Nội vụ"), Role::Clerk);
    EXPECT_EQ(town().write(clerk, [&](Work& work) { return problem(erase_personal(work, id)); }),
              ":base.forbidden");
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(erase_personal(work, id)), "");
        EXPECT_EQ(problem(erase_personal(work, id)), ":base.not_found");
    });
    seal();
    EXPECT_THAT(findings(), IsEmpty());
    town().read(Id{}, [&](Work& work) {
        const auto erased = timeline_of(work, subject(), 1).front();
        EXPECT_TRUE(erased.erased);
        EXPECT_THAT(erased.personal, IsEmpty());
    });
}

TEST_P(Timeline, ForgetsAfterAYearWhereSignInsCameFrom) {
    const auto signs_in = [&](std::string_view event) {
        return town().write(Id{}, [&](Work& work) { return record(work, subject(), event, {}, {{"address", "", "10.1.2.3"}}); });
    };
    const auto erase = [&](int most) { return town().write(Id{}, [&](Work& work) { return erase_sign_in_addresses(work, most); }); };
    const auto addresses = [&] {
        int count = 0;
        town().read(Id{}, [&](Work& work) {
            for (const auto& line : timeline_of(work, subject()))
                for (const auto& personal : line.personal) count += personal.field == "address" && line.event.starts_with("identity.");
        });
        return count;
    };
    signs_in("identity.signed_in");
    const Id kept = signs_in("test.called");
    signs_in("identity.sign_in_refused");
    signs_in("identity.code_refused");
    seal();
    town().clock().set(town().clock().now().plus_seconds(std::int64_t{365} * 24 * 3600));
    EXPECT_FALSE(erase(10)) << "not a second early";
    const Id young = signs_in("identity.signed_in");
    town().clock().set(town().clock().now().plus_seconds(1));
    EXPECT_TRUE(erase(2)) << "a portion";
    EXPECT_EQ(addresses(), 2);
    EXPECT_THAT(findings(), IsEmpty()) << "the erasing line, not sealed yet, tells of it";
    EXPECT_TRUE(erase(2));
    EXPECT_FALSE(erase(2));
    EXPECT_EQ(addresses(), 1) << "of this year";
    seal();
    EXPECT_THAT(findings(), IsEmpty());
    tamper("delete from identity_timeline_personal where line_id = " + to_string(kept));
    EXPECT_THAT(findings(), ElementsAre(Kind::PersonalChanged)) << "no sign-in";
    EXPECT_EQ(verdict().findings.front().line, kept);
    tamper("delete from identity_timeline_personal where line_id = " + to_string(young));
    EXPECT_THAT(findings(), ElementsAre(Kind::PersonalChanged, Kind::PersonalChanged)) << "too young to have been erased";
}

TEST_P(Timeline, TheJobForgetsThemInEveryAuthorityAndInTheInstallations) {
    testing::Town other(database(), "thị xã Tân Châu");
    const auto signs_in = [&](Id authority) {
        town().write(Id{}, [&](Work& work) {
            work.authority = authority;
            record(work, {"identity.person", authority, Id{}}, "identity.sign_in_refused", {}, {{"address", "", "10.1.2.3"}});
        });
    };
    const auto personal = [&] { return storage::testing::row_counts(database()).at("identity_timeline_personal"); };
    for (const Id authority : {town().authority(), other.authority(), Id{}}) signs_in(authority);
    EXPECT_EQ(personal(), 3);
    Registry registry;
    registry.add(town().keys());
    join(registry);
    town().clock().set(town().clock().now().plus_seconds(std::int64_t{366} * 24 * 3600));
    database().write([&](storage::Transaction& transaction) {
        Work work = system_work(transaction, town().ids(), town().clock().now(), Id{});
        jobs::enqueue(work, "identity.erase_addresses", "{}");
    });
    jobs::run_due_jobs(registry, web::Services{database(), town().clock(), town().ids()});
    EXPECT_EQ(personal(), 0);
}

TEST_P(Timeline, RollsBackWithItsAct) {
    try {
        town().write(Id{}, [&](Work& work) -> int {
            record(work, {"test.other", town().authority(), Id{1}}, "test.done");
            throw std::runtime_error("the act failed");
        });
    } catch (const std::runtime_error&) {
    }
    town().read(Id{}, [&](Work& work) {
        EXPECT_THAT(timeline_of(work, {"test.other", town().authority(), Id{1}}), IsEmpty());
    });
}

TEST_P(Timeline, SaysCodesAndReasonsInWords) {
    town().read(Id{}, [&](Work& work) {
        const auto said = [&](const char* key) { return i18n::translate(work.language, key); };
        EXPECT_EQ(value_text(work, "identity", "role", "clerk"), said("identity.role.clerk"));
        EXPECT_EQ(value_text(work, "identity", "occasion", "tet"), said("identity.occasion_tet"));
        EXPECT_EQ(value_text(work, "identity", "reason", "identity.units_still_open"), said("identity.units_still_open"));
        EXPECT_EQ(value_text(work, "identity", "name", "Phòng Nội vụ"), "Phòng Nội vụ");
        EXPECT_EQ(field_text(work, "identity", "identity.handover_memberships"), said("identity.handover_memberships"));
    });
}

TEST_P(Timeline, IsFiltered) {
    const Id person = town().administrator();
    town().write(person, [&](Work& work) { record(work, subject(), "other.thing_done"); });
    town().clock().set(start_of(day(2024, 1, 17)));
    town().write(person, [&](Work& work) { record(work, subject(), "test.done"); });
    const auto count = [&](const TimelineFilter& filter) {
        return town().read(Id{}, [&](Work& work) { return timeline_lines(work, filter).size(); });
    };
    EXPECT_EQ(count({.person = person}), 2U);
    EXPECT_EQ(count({.event_prefix = "test."}), 10U);
    EXPECT_EQ(count({.from = day(2024, 1, 16)}), 1U);
    EXPECT_EQ(count({.from = day(2024, 1, 17), .to = day(2024, 1, 17)}), 1U);
    EXPECT_EQ(count({.person = person, .event_prefix = "other.", .to = day(2024, 1, 16)}), 1U);
    EXPECT_EQ(count({.event_prefix = "test.", .limit = 4}), 4U);
    EXPECT_EQ(count({.subject_kind = "test.thing", .subject = Id{42}}), 11U);
    EXPECT_EQ(count({.subject_kind = "test.thing", .subject = Id{43}}), 0U);
    EXPECT_EQ(count({.subject_kind = "test.other", .subject = Id{42}}), 0U);
    EXPECT_EQ(count({.event_prefix = "test.", .unit = town().root()}), 1U) << "what its people did";
    EXPECT_EQ(count({.event_prefix = "test.", .unit = Id{9}}), 0U);
    testing::Town other(database(), "thị xã Tân Châu");
    other.read(Id{}, [&](Work& work) {
        EXPECT_THAT(timeline_lines(work, {.event_prefix = "test."}), IsEmpty());
        EXPECT_THAT(timeline_of(work, subject()), IsEmpty());
    });
}

TEST_P(Timeline, PagesStayAsTheyAreWhileLinesAreAdded) {
    const auto ids = [&](const TimelineFilter& filter) {
        return town().read(Id{}, [&](Work& work) {
            std::vector<Id> found;
            for (const auto& line : timeline_lines(work, filter)) found.push_back(line.id);
            return found;
        });
    };
    const auto first = ids({.event_prefix = "test.", .limit = 4});
    EXPECT_THAT(first, ElementsAre(lines_[8], lines_[7], lines_[6], lines_[5]));
    town().write(Id{}, [&](Work& work) { record(work, subject(), "test.done"); });
    const auto second = ids({.event_prefix = "test.", .below = first.back(), .limit = 4});
    EXPECT_THAT(second, ElementsAre(lines_[4], lines_[3], lines_[2], lines_[1]));
    EXPECT_EQ(ids({.event_prefix = "test.", .above = second.front(), .limit = 4}), first) << "and back again";
    EXPECT_THAT(ids({.event_prefix = "test.", .from = day(2024, 1, 15), .below = lines_[1], .limit = 4}), ElementsAre(lines_[0]));
    EXPECT_THAT(ids({.event_prefix = "test.", .to = day(2024, 1, 15), .below = lines_[1], .limit = 4}), ElementsAre(lines_[0]));
}

TEST_P(Timeline, LongChainsAreReadInParts) {
    town().write(Id{}, [&](Work& work) {
        for (int i = 0; i < 5200; ++i) record(work, subject(), "test.done");
    });
    while (seal()) {
    }
    town().write(Id{}, [&](Work& work) { record(work, subject(), "test.done"); });
    town().clock().set(town().clock().now().plus_seconds(60));
    town().write(Id{}, [&](Work& work) { record(work, subject(), "test.done"); });
    const auto whole = verdict();
    EXPECT_THAT(whole.findings, IsEmpty());
    EXPECT_GE(whole.lines, 5209);
    EXPECT_EQ(whole.unsealed, 2);
    EXPECT_EQ(whole.unsealed_since, town().clock().now().plus_seconds(-60));
    tamper("update identity_timeline_line set at = at + 1 where id = " + line(4));
    EXPECT_THAT(findings(), ElementsAre(Kind::LineChanged));
}

TEST_P(Timeline, IsSealedByItsJobForEveryAuthority) {
    testing::Town other(database(), "thị xã Tân Châu");
    town().write(Id{}, [&](Work& work) { record(work, subject(), "test.done"); });
    Registry registry;
    registry.add(Keys::random());
    join(registry);
    database().write([&](storage::Transaction& transaction) {
        Work work = system_work(transaction, town().ids(), town().clock().now(), Id{});
        jobs::enqueue(work, "identity.seal_timeline", "{}");
    });
    jobs::run_due_jobs(registry, web::Services{database(), town().clock(), town().ids()});
    for (testing::Town* each : {&town(), &other})
        each->read(Id{}, [](Work& work) {
            const auto verdict = verify_timeline(work);
            EXPECT_EQ(verdict.unsealed, 0);
            EXPECT_GT(verdict.blocks, 0);
            EXPECT_THAT(verdict.findings, IsEmpty());
        });
}

LOA_ON_BOTH_ENGINES(Timeline);

}  // namespace
}  // namespace loa::identity
