#include "loa/identity/second_factor.h"

#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "support/on_engine.h"
#include "totp.h"
#include "verbs.h"

namespace loa::identity {
namespace {

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

class SecondFactorTest : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!database_) return;
        diem_ = account("diem", Role::Clerk);
    }
    Id account(const std::string& sign_in_name, Role role) {
        static const PasswordHash hash = testing::weak_hash(kPassword);
        return town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = "Phan Thị Ngọc Diễm",
                                        .sign_in_name = sign_in_name,
                                        .password = hash,
                                        .unit = town().root(),
                                        .role = role,
                                        .valid_from = day(2020, 1, 1)})
                .value();
        });
    }
    const Keys& keys() { return *town().keys(); }
    Result<SignedIn> by_password(const std::string& name) {
        web::Services services{database(), town().clock(), town().ids()};
        return sign_in(services, {.sign_in_name = name, .password = std::string(kPassword), .address = "10.0.0.7", .agent = "", .device = "", .replaces = ""});
    }
    Result<SignedIn> by_code(const std::string& half, const std::string& code, const std::string& device = "") {
        web::Services services{database(), town().clock(), town().ids()};
        return sign_in_by_code(services, keys(), {.half = half, .code = code, .address = "10.0.0.7", .agent = "", .device = device, .replaces = ""});
    }
    bool signed_in(const std::string& token, const Verb* verb = nullptr) {
        return database().read([&](storage::Transaction& transaction) {
            Work work = town().work_of(transaction, Id{});
            work.actor = {};
            return sign_in_work(work, token) && (!verb || may(work, *verb));
        });
    }
    void pass(std::int64_t seconds) { town().clock().set(town().clock().now().plus_seconds(seconds)); }

    Id diem_;
};

TEST_P(SecondFactorTest, IsOnOnceACodeOfItCameBack) {
    town().write(diem_, [&](Work& work) {
        EXPECT_EQ(second_factor_of(work, diem_), SecondFactor::Off);
        EXPECT_EQ(confirm_second_factor(work, keys(), "123456", "").failure().reason, Reason::Conflict);
        ASSERT_TRUE(begin_second_factor(work, keys()));
        EXPECT_EQ(second_factor_of(work, diem_), SecondFactor::Begun);
    });
    const auto session = by_password("diem");
    ASSERT_TRUE(session);
    EXPECT_FALSE(session->token.empty()) << "what was only begun asks nobody for a code";
    town().write(diem_, [&](Work& work) {
        EXPECT_EQ(problem(confirm_second_factor(work, keys(), "12345", "")), "code:identity.code_wrong");
        const auto secret = begun_secret(work, keys());
        ASSERT_TRUE(secret);
        const auto codes = confirm_second_factor(work, keys(), totp_code(*secret, totp_step_at(work.now)), "");
        ASSERT_TRUE(codes);
        EXPECT_EQ(codes->size(), 10U);
        EXPECT_EQ(second_factor_of(work, diem_), SecondFactor::On);
        EXPECT_EQ(begun_secret(work, keys()), std::nullopt) << "never shown again";
        EXPECT_EQ(begin_second_factor(work, keys()).failure().reason, Reason::Conflict);
    });
    EXPECT_FALSE(signed_in(session->token)) << "sessions that showed no code have ended";
}

TEST_P(SecondFactorTest, SignsInWithPasswordAndCodeAndNeitherAlone) {
    town().second_factor(diem_);
    const auto half = by_password("diem");
    ASSERT_TRUE(half);
    EXPECT_TRUE(half->token.empty());
    EXPECT_FALSE(signed_in(half->half)) << "a half is no session";
    EXPECT_EQ(problem(by_code(half->half, "000000")), "code:identity.code_wrong");
    EXPECT_EQ(problem(by_code("no such half", town().code_of(diem_))), ":identity.sign_in_again");
    const auto session = by_code(half->half, town().code_of(diem_));
    ASSERT_TRUE(session);
    EXPECT_TRUE(signed_in(session->token));
    EXPECT_EQ(problem(by_code(half->half, town().code_of(diem_))), ":identity.sign_in_again") << "the half is used up";
    const auto second = by_password("diem");
    EXPECT_EQ(problem(by_code(second->half, town().code_of(diem_))), "code:identity.code_wrong") << "and so is the code";
    pass(30);
    EXPECT_TRUE(by_code(second->half, town().code_of(diem_)));
}

TEST_P(SecondFactorTest, TheHalfEndsAfterTenMinutes) {
    town().second_factor(diem_);
    const auto half = by_password("diem");
    pass(kHalfSignInSeconds);
    EXPECT_EQ(problem(by_code(half->half, town().code_of(diem_))), ":identity.sign_in_again");
}

TEST_P(SecondFactorTest, GuessesAreSlowedAndCountedWhateverTheHalf) {
    town().second_factor(diem_);
    int wrong = 0;
    for (int i = 0; i < 40; ++i) {
        const auto half = by_password("diem");
        if (!half) break;
        const auto guess = by_code(half->half, "000000");
        if (guess.failure().reason == Reason::Unavailable) break;
        ++wrong;
    }
    EXPECT_EQ(wrong, 6) << "five are free, the sixth begins the waiting";
    const auto half = by_password("diem");
    ASSERT_TRUE(half);
    EXPECT_EQ(by_code(half->half, town().code_of(diem_)).failure().reason, Reason::Unavailable) << "not even the right one";
    pass(600);
    const auto later = by_password("diem");
    EXPECT_TRUE(by_code(later->half, town().code_of(diem_)));
}

TEST_P(SecondFactorTest, ARecoveryCodeStandsInOnce) {
    std::vector<std::string> codes;
    town().write(diem_, [&](Work& work) {
        ASSERT_TRUE(begin_second_factor(work, keys()));
        codes = confirm_second_factor(work, keys(), totp_code(*begun_secret(work, keys()), totp_step_at(work.now)), "").value();
    });
    const auto half = by_password("diem");
    auto typed = codes.front();
    for (auto& each : typed) each = static_cast<char>(std::toupper(static_cast<unsigned char>(each)));
    EXPECT_TRUE(by_code(half->half, " " + typed)) << "in capitals, with a blank before it";
    const auto again = by_password("diem");
    EXPECT_EQ(problem(by_code(again->half, codes.front())), "code:identity.code_wrong");
    EXPECT_TRUE(by_code(again->half, codes[1]));
    town().write(diem_, [&](Work& work) {
        EXPECT_EQ(recovery_codes_left(work, diem_), 8);
        const auto fresh = renew_recovery_codes(work, keys(), codes[2]);
        ASSERT_TRUE(fresh);
        EXPECT_EQ(recovery_codes_left(work, diem_), 10);
        EXPECT_EQ(problem(turn_off_second_factor(work, keys(), codes[3])), "code:identity.code_wrong") << "the old ones ended";
        EXPECT_TRUE(turn_off_second_factor(work, keys(), fresh->front()));
        EXPECT_EQ(second_factor_of(work, diem_), SecondFactor::Off);
        EXPECT_EQ(recovery_codes_left(work, diem_), 0);
    });
}

TEST_P(SecondFactorTest, OtherKeysOfTheInstallationOpenNoSecretButRecoveryCodesWork) {
    std::vector<std::string> codes;
    town().write(diem_, [&](Work& work) {
        ASSERT_TRUE(begin_second_factor(work, keys()));
        const auto secret = *begun_secret(work, keys());
        const auto others = Keys::random();
        EXPECT_EQ(begun_secret(work, *others), std::nullopt);
        codes = confirm_second_factor(work, keys(), totp_code(secret, totp_step_at(work.now)), "").value();
        EXPECT_FALSE(take_code(work, *others, diem_, totp_code(secret, totp_step_at(work.now) + 1)));
        EXPECT_TRUE(take_code(work, *others, diem_, codes.front()));
    });
}

TEST_P(SecondFactorTest, WithoutItAnAdministratorsRoleHoldsNothing) {
    const Id binh = account("binh", Role::Administrator);
    const auto session = by_password("binh");
    ASSERT_TRUE(session);
    EXPECT_TRUE(signed_in(session->token)) << "to turn it on";
    EXPECT_FALSE(signed_in(session->token, &kManagePeople));
    town().second_factor(binh);
    const auto half = by_password("binh");
    const auto with_code = by_code(half->half, town().code_of(binh));
    ASSERT_TRUE(with_code);
    EXPECT_TRUE(signed_in(with_code->token, &kManagePeople));
}

TEST_P(SecondFactorTest, IsResetByWhoLooksAfterTheAccountAndNobodyElse) {
    town().second_factor(diem_);
    const auto half = by_password("diem");
    const auto session = by_code(half->half, town().code_of(diem_));
    town().write(town().leader(), [&](Work& work) { EXPECT_EQ(reset_second_factor(work, diem_).failure().reason, Reason::Forbidden); });
    testing::Town other(database(), "thị xã Tân Châu");
    other.write(other.administrator(), [&](Work& work) { EXPECT_EQ(reset_second_factor(work, diem_).failure().reason, Reason::NotFound); });
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(reset_second_factor(work, town().administrator())), "person:identity.not_yourself");
        EXPECT_TRUE(reset_second_factor(work, diem_));
        EXPECT_EQ(second_factor_of(work, diem_), SecondFactor::Off);
    });
    EXPECT_FALSE(signed_in(session->token)) << "whoever sits there signs in anew";
}

LOA_ON_BOTH_ENGINES(SecondFactorTest);

}  // namespace
}  // namespace loa::identity
