#include "loa/identity/sign_in.h"

#include <tuple>
#include <vector>

#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "support/on_engine.h"
#include "throttle.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

/// Counts the statements that run through it.
class Meter final : public storage::Database {
  public:
    explicit Meter(storage::Database& inner) : inner_(inner) {}
    void transact(storage::Mode mode, const std::function<void(storage::Transaction&)>& step) override {
        inner_.transact(mode, [&](storage::Transaction& transaction) {
            step(transaction);
            statements += transaction.statements();
        });
        ++transactions;
    }
    void script(const std::string& sql) override { inner_.script(sql); }
    storage::Engine engine() const override { return inner_.engine(); }
    void ping() override { inner_.ping(); }

    int statements = 0;
    int transactions = 0;

  private:
    storage::Database& inner_;
};

class SignIn : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        const Id office = town().office("Phòng Nội vụ");
        person_ = town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = "Phan Thị Ngọc Diễm",
                                        .sign_in_name = "diem",
                                        .password = hash(),
                                        .unit = office,
                                        .valid_from = day(2024, 1, 1)})
                .value();
        });
    }
    /// Hashed once: it takes its time.
    static const PasswordHash& hash() {
        static const PasswordHash hash = testing::weak_hash(kPassword);
        return hash;
    }
    Result<SignedIn> attempt(SignInAttempt input) {
        web::Services services{database(), town().clock(), town().ids()};
        return sign_in(services, input);
    }
    Result<SignedIn> right(const std::string& address = "10.0.0.1") {
        return attempt({.sign_in_name = "diem", .password = std::string(kPassword), .address = address});
    }
    Result<SignedIn> wrong(const std::string& address = "10.0.0.1", const std::string& name = "diem") {
        return attempt({.sign_in_name = name, .password = "sai mật khẩu", .address = address});
    }
    void wait(std::int64_t seconds) { town().clock().set(town().clock().now().plus_seconds(seconds)); }
    /// Who the token's Work is, 0 for a stranger.
    Id behind(const std::string& token) {
        return town().read(Id{}, [&](Work& work) {
            work.actor = {};
            work.authority = {};
            return identity::sign_in_work(work, token) ? work.actor.person : Id{};
        });
    }
    Id person_;
};

TEST_P(SignIn, GivesAWorkOfThePerson) {
    const auto signed_in =
        attempt({.sign_in_name = " DIEM ", .password = std::string(kPassword), .address = "10.0.0.1"});
    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->person, person_);
    EXPECT_EQ(signed_in->authority, town().authority());
    EXPECT_FALSE(signed_in->has_choice);
    EXPECT_EQ(signed_in->token.size(), 64U);
    town().read(Id{}, [&](Work& work) {
        work.actor = {};
        ASSERT_TRUE(identity::sign_in_work(work, signed_in->token));
        EXPECT_EQ(work.actor.name, "Phan Thị Ngọc Diễm");
        ASSERT_EQ(work.actor.grants.size(), 1U);
        EXPECT_EQ(work.actor.grants.front().role, "clerk");
    });
    EXPECT_EQ(behind(""), Id{});
    EXPECT_EQ(behind(signed_in->token.substr(1)), Id{});
    EXPECT_EQ(behind(std::string(64, '0')), Id{});
}

TEST_P(SignIn, KeepsNoTokenAndNoPassword) {
    const auto signed_in = right();
    town().read(Id{}, [&](Work& work) {
        const auto row =
            work.db.query("identity.sessions_of_person", {person_, Instant{}, Instant{}}).front();
        EXPECT_NE(row.text("token_hash"), signed_in->token);
        const auto credential = work.db.one("identity.credential_by_name", {"diem"});
        EXPECT_EQ(credential->text("password_hash"), hash().text());
    });
}

TEST_P(SignIn, AnswersWhateverIsWrongAlike) {
    town().write(Id{}, [&](Work& work) {
        create_person(work, {.name = "Không Mật Khẩu",
                             .sign_in_name = "khong.mat.khau",
                             .unit = town().root(),
                             .valid_from = day(2024, 1, 1)})
            .value();
        const Id gone = create_person(work, {.name = "Đã Nghỉ",
                                             .sign_in_name = "da.nghi",
                                             .password = hash(),
                                             .unit = town().root(),
                                             .valid_from = day(2024, 1, 1)})
                            .value();
        ASSERT_TRUE(deactivate_person(work, gone));
    });
    const auto refused = [&](const std::string& name, std::string_view password) {
        const auto result =
            attempt({.sign_in_name = name, .password = std::string(password), .address = "10.0.0.1"});
        EXPECT_FALSE(result);
        EXPECT_EQ(result.failure().reason, Reason::Invalid);
        return problem(result);
    };
    const std::string alike = ":identity.sign_in_failed";
    EXPECT_EQ(refused("diem", "sai mật khẩu"), alike);
    EXPECT_EQ(refused("nobody", kPassword), alike);
    EXPECT_EQ(refused("", ""), alike);
    EXPECT_EQ(refused("khong.mat.khau", ""), alike);
    EXPECT_EQ(refused("da.nghi", kPassword), alike);
    EXPECT_EQ(refused("diem' or '1'='1", kPassword), alike);
}

TEST_P(SignIn, DoesTheSameWorkForKnownAndUnknownNames) {
    ASSERT_FALSE(wrong("10.9.9.9", "warm.up"));
    Meter meter(database());
    web::Services services{meter, town().clock(), town().ids()};
    const auto cost = [&](const std::string& name, const std::string& address) {
        meter.statements = meter.transactions = 0;
        const long before = hashes_done();
        EXPECT_FALSE(
            sign_in(services, {.sign_in_name = name, .password = "sai mật khẩu", .address = address}));
        return std::tuple(hashes_done() - before, meter.transactions, meter.statements);
    };
    const auto known = cost("diem", "10.0.0.1");
    EXPECT_EQ(known, cost("nobody", "10.0.0.2"));
    EXPECT_EQ(std::get<0>(known), 1) << "one hash each, whoever it is";
}

TEST_P(SignIn, EndsAfterEightIdleHoursOrSevenDays) {
    const auto token = right()->token;
    wait(kSessionIdleSeconds - 1);
    EXPECT_EQ(behind(token), person_);
    wait(1);
    EXPECT_EQ(behind(token), Id{});
    const auto second = right()->token;
    const Instant begun = town().clock().now();
    while (town().clock().now() < begun.plus_seconds(kSessionSeconds - kSessionIdleSeconds / 2)) {
        wait(kSessionIdleSeconds / 2);
        ASSERT_EQ(behind(second), person_);
        town().write(Id{}, [&](Work& work) {
            const auto row =
                work.db.query("identity.sessions_of_person", {person_, Instant{}, Instant{}}).front();
            work.db.run("identity.see_session", {row.text("token_hash"), work.now});
        });
    }
    town().clock().set(begun.plus_seconds(kSessionSeconds - 1));
    EXPECT_EQ(behind(second), person_);
    wait(1);
    EXPECT_EQ(behind(second), Id{}) << "however busy it was";
}

TEST_P(SignIn, RotatesTheSession) {
    const auto first = right();
    const auto second = attempt({.sign_in_name = "diem",
                                 .password = std::string(kPassword),
                                 .address = "10.0.0.1",
                                 .device = first->device,
                                 .replaces = first->token});
    EXPECT_NE(first->token, second->token);
    EXPECT_EQ(first->device, second->device) << "the browser stays known";
    EXPECT_EQ(behind(first->token), Id{});
    EXPECT_EQ(behind(second->token), person_);
}

TEST_P(SignIn, SlowsAGuesserDown) {
    for (int i = 0; i < 6; ++i) EXPECT_EQ(problem(wrong()), ":identity.sign_in_failed") << i;
    const auto slowed = wrong();
    EXPECT_EQ(problem(slowed), ":identity.sign_in_wait");
    EXPECT_EQ(slowed.failure().reason, Reason::Unavailable);
    EXPECT_EQ(slowed.failure().problems.front().args.front().second, "2");
    EXPECT_EQ(problem(right()), ":identity.sign_in_wait") << "even the right password, from there";
    EXPECT_EQ(problem(right("10.0.0.2")), "") << "but not from elsewhere";
    wait(2);
    EXPECT_EQ(problem(wrong()), ":identity.sign_in_failed");
    EXPECT_EQ(problem(wrong()), ":identity.sign_in_wait");
    EXPECT_EQ(wrong().failure().problems.front().args.front().second, "4")
        << "asking again does not make it longer";
    int guesses = 0;
    for (int second = 0; second < 3600; ++second) {
        wait(1);
        if (problem(wrong()) == ":identity.sign_in_failed") ++guesses;
    }
    EXPECT_LT(guesses, 100) << "about one a minute";
    EXPECT_GT(guesses, 40) << "it is never locked";
    wait(61);
    EXPECT_EQ(problem(right()), "");
}

TEST_P(SignIn, TreatsUnknownNamesTheSame) {
    for (int i = 0; i < 6; ++i) EXPECT_EQ(problem(wrong("10.0.0.1", "nobody")), ":identity.sign_in_failed");
    EXPECT_EQ(problem(wrong("10.0.0.1", "nobody")), ":identity.sign_in_wait");
}

TEST_P(SignIn, LetsTheOwnerInWhileSomebodyHammersTheName) {
    const auto at_home = right("10.0.0.1");
    wait(60);
    for (int i = 0; i < 30; ++i) EXPECT_FALSE(wrong("203.0.113." + std::to_string(i)));
    const auto stranger = right("10.0.0.77");
    EXPECT_EQ(problem(stranger), ":identity.sign_in_wait")
        << "a browser never seen waits, half a minute at most";
    EXPECT_EQ(problem(attempt({.sign_in_name = "diem",
                               .password = std::string(kPassword),
                               .address = "10.0.0.1",
                               .device = at_home->device})),
              "");
    EXPECT_EQ(problem(attempt({.sign_in_name = "diem",
                               .password = std::string(kPassword),
                               .address = "10.0.0.1",
                               .device = std::string(64, 'a')})),
              ":identity.sign_in_wait")
        << "an invented device token is none";
    wait(30);
    EXPECT_EQ(problem(right("10.0.0.77")), "");
}

TEST_P(SignIn, DoesNotKeepAnOfficeOutForOneForgetfulColleague) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_FALSE(wrong("10.0.0.1", "dong.nghiep"));
        wait(1);
    }
    EXPECT_EQ(problem(right("10.0.0.1")), "");
    // 52 different names from one address is no forgetful colleague.
    for (int i = 0; i < 52; ++i) EXPECT_FALSE(wrong("10.0.0.1", "ten." + std::to_string(i)));
    EXPECT_EQ(problem(right("10.0.0.1")), ":identity.sign_in_wait");
    wait(10);
    EXPECT_EQ(problem(right("10.0.0.1")), "");
}

TEST_P(SignIn, ADeviceTokenDoesNotAllowGuessing) {
    const auto device = right()->device;
    int let_through = 0;
    for (int i = 0; i < 40; ++i)
        let_through += problem(attempt({.sign_in_name = "diem",
                                        .password = "sai mật khẩu",
                                        .address = "10.0.0.1",
                                        .device = device})) == ":identity.sign_in_failed";
    EXPECT_EQ(let_through, 11);
}

TEST_P(SignIn, IsAskedAgainAfterAPasswordChange) {
    const auto kept = right();
    const auto other = right("10.0.0.2");
    town().write(person_, [&](Work& work) { ASSERT_TRUE(set_password(work, person_, hash(), kept->token)); });
    EXPECT_EQ(behind(kept->token), person_);
    EXPECT_EQ(behind(other->token), Id{});
}

TEST_P(SignIn, EndsWithTheAccountAndTheMembership) {
    const auto token = right()->token;
    town().write(town().administrator(), [&](Work& work) {
        const Id membership = memberships_of_person(work, person_, work.today()).front().id;
        ASSERT_TRUE(end_membership(work, membership, day(2024, 1, 16)));
    });
    EXPECT_EQ(behind(token), person_);
    town().clock().set(start_of(day(2024, 1, 16)));
    const auto later = right();
    EXPECT_EQ(problem(later), ":identity.no_membership");
    EXPECT_EQ(behind(token), Id{});
}

TEST_P(SignIn, ListsAndEndsOnesOwnSessions) {
    const auto here = right();
    const auto there = attempt({.sign_in_name = "diem",
                                .password = std::string(kPassword),
                                .address = "10.0.0.2",
                                .agent = std::string(500, 'x')});
    town().write(person_, [&](Work& work) {
        const auto sessions = own_sessions(work, here->token);
        ASSERT_EQ(sessions.size(), 2U);
        int current = 0;
        for (const auto& session : sessions) current += session.current;
        EXPECT_EQ(current, 1);
        EXPECT_LE(sessions[0].agent.size() + sessions[1].agent.size(), 210U);
        ASSERT_TRUE(sign_out_everywhere(work, here->token));
    });
    EXPECT_EQ(behind(here->token), person_);
    EXPECT_EQ(behind(there->token), Id{});
    town().write(person_, [&](Work& work) { ASSERT_TRUE(sign_out(work, here->token)); });
    EXPECT_EQ(behind(here->token), Id{});
}

TEST_P(SignIn, ChoosesTheAuthorityToActFor) {
    testing::Town province(database(), "tỉnh Đồng Tháp");
    const Id commune = province.commune("UBND thành phố Hồng Ngự");
    province.write(Id{}, [&](Work& work) {
        ASSERT_TRUE(add_membership(work, {person_, commune, Role::Clerk, "", day(2024, 1, 2), std::nullopt}));
    });
    testing::Town foreign(database(), "thị xã Tân Châu");
    const auto signed_in = right();
    EXPECT_TRUE(signed_in->has_choice);
    EXPECT_EQ(signed_in->authority, town().authority()) << "where the account was made";
    town().write(person_, [&](Work& work) {
        EXPECT_EQ(problem(choose_authority(work, signed_in->token, foreign.authority())), ":base.forbidden");
        EXPECT_EQ(problem(choose_authority(work, std::string(64, '1'), province.authority())),
                  ":base.forbidden");
        EXPECT_EQ(problem(choose_authority(work, signed_in->token, province.authority())), "");
    });
    town().read(Id{}, [&](Work& work) {
        ASSERT_TRUE(identity::sign_in_work(work, signed_in->token));
        EXPECT_EQ(work.authority, province.authority());
        EXPECT_EQ(work.actor.grants.front().unit, commune);
    });
}

TEST_P(SignIn, StandsInTheTimeline) {
    EXPECT_TRUE(right("10.1.2.3"));
    EXPECT_FALSE(wrong("10.1.2.4"));
    EXPECT_FALSE(wrong("10.1.2.5", "nobody"));
    town().read(Id{}, [&](Work& work) {
        const auto lines = timeline_of(work, {"identity.person", town().authority(), person_}, 2);
        ASSERT_EQ(lines.size(), 2U);
        EXPECT_EQ(lines[0].event, "identity.sign_in_refused");
        EXPECT_EQ(lines[0].person, Id{}) << "nobody knows who it was";
        EXPECT_THAT(lines[0].personal, ElementsAre(Change{"address", "", "10.1.2.4"}));
        EXPECT_EQ(lines[1].event, "identity.signed_in");
        EXPECT_EQ(lines[1].person, person_);
        work.authority = {};
        EXPECT_EQ(timeline_of(work, {"identity.person", Id{}, Id{}}).size(), 1U);
    });
}

LOA_ON_BOTH_ENGINES(SignIn);

TEST(Addresses, AreCountedByHousehold) {
    EXPECT_EQ(counted_address("203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(counted_address("::ffff:203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(counted_address("2001:db8:1:2:aaaa::1"), counted_address("2001:db8:1:2:bbbb::2"));
    EXPECT_NE(counted_address("2001:db8:1:2::1"), counted_address("2001:db8:1:3::1"));
    EXPECT_EQ(counted_address("unix:"), "unix:");
}

}  // namespace
}  // namespace loa::identity
