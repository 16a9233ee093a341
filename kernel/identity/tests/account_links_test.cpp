#include "loa/identity/account_links.h"

#include <mutex>
#include <thread>

#include "loa/identity/people.h"
#include "loa/identity/sign_in.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";
constexpr std::int64_t kDay = 24 * 60 * 60;

const PasswordHash& hash() {
    static const PasswordHash hash = testing::weak_hash(kPassword);
    return hash;
}

class AccountLinks : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!database_) return;
        diem_ = town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = "Phan Thị Ngọc Diễm",
                                        .sign_in_name = "diem",
                                        .email = "diem@example.vn",
                                        .unit = town().root(),
                                        .role = Role::Clerk,
                                        .valid_from = day(2020, 1, 1)})
                .value();
        });
    }
    const Keys& keys() { return *town().keys(); }
    /// The token of a link that an administrator hands over.
    std::string link(LinkPurpose purpose = LinkPurpose::Invitation) {
        const auto path = town().write(town().administrator(), [&](Work& work) {
            return make_password_link(work, keys(), diem_, purpose, LinkWay::ByHand).value();
        });
        return path.substr(path.rfind('/') + 1);
    }
    bool is_good(const std::string& token) {
        return town().read(Id{}, [&](Work& work) { return account_link(work, token).has_value(); });
    }
    Result<std::string> use(const std::string& token) {
        return town().write(Id{}, [&](Work& work) {
            work.actor = {};
            return set_password_by_link(work, keys(), token, hash());
        });
    }
    Result<SignedIn> try_to_sign_in(const std::string& device = "", const std::string& name = "diem", std::string_view password = kPassword,
                                    const std::string& address = "10.0.0.1") {
        web::Services services{database(), town().clock(), town().ids()};
        return sign_in(services, {.sign_in_name = name, .password = std::string(password), .address = address, .agent = "", .device = device, .replaces = ""});
    }
    bool may_sign_in() { return static_cast<bool>(try_to_sign_in()); }
    void pass(std::int64_t seconds) { town().clock().set(town().clock().now().plus_seconds(seconds)); }

    Id diem_;
};

TEST_P(AccountLinks, AnInvitationSetsTheFirstPasswordOnce) {
    EXPECT_FALSE(may_sign_in());
    const auto token = link();
    EXPECT_TRUE(is_good(token));
    EXPECT_TRUE(is_good(token)) << "looking at it uses nothing up";
    EXPECT_TRUE(use(token));
    EXPECT_TRUE(may_sign_in());
    EXPECT_FALSE(is_good(token));
    EXPECT_EQ(use(token).failure().reason, Reason::NotFound) << "twice";
}

TEST_P(AccountLinks, EndInTime) {
    const auto invitation = link();
    pass(7 * kDay - 1);
    EXPECT_TRUE(is_good(invitation));
    pass(1);
    EXPECT_FALSE(is_good(invitation));
    EXPECT_EQ(use(invitation).failure().reason, Reason::NotFound) << "late";
    const auto reset = link(LinkPurpose::Reset);
    pass(60 * 60);
    EXPECT_FALSE(is_good(reset));
}

TEST_P(AccountLinks, ANewOneEndsTheOneBefore) {
    const auto first = link(), second = link();
    EXPECT_FALSE(is_good(first));
    EXPECT_TRUE(is_good(second));
    EXPECT_TRUE(is_good(link(LinkPurpose::Reset)));
    EXPECT_TRUE(is_good(second)) << "of another purpose";
}

TEST_P(AccountLinks, AreGoodForNobodyElseAndForNoGuess) {
    const auto token = link();
    for (const auto& guess : {std::string(), std::string(64, '0'), token.substr(1), token + "0"}) EXPECT_FALSE(is_good(guess));
    town().write(Id{}, [&](Work& work) { ASSERT_TRUE(deactivate_person(work, diem_)); });
    EXPECT_FALSE(is_good(token)) << "the account was stopped";
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(make_password_link(work, keys(), diem_, LinkPurpose::Reset, LinkWay::ByHand).failure().reason, Reason::Conflict);
    });
}

TEST_P(AccountLinks, OfTwoWhoPressTheButtonAtOnceOneGetsIt) {
    for (int round = 0; round < 10; ++round) {
        const auto token = link();
        int done = 0;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const bool mine = static_cast<bool>(use(token));
                const std::lock_guard lock(mutex);
                done += mine;
            });
        for (auto& thread : threads) thread.join();
        EXPECT_EQ(done, 1);
    }
}

TEST_P(AccountLinks, AreMadeByWhoLooksAfterTheAccount) {
    const auto make = [&](testing::Town& by, Id person) {
        return by.write(person, [&](Work& work) {
            return make_password_link(work, keys(), diem_, LinkPurpose::Reset, LinkWay::ByHand);
        });
    };
    EXPECT_EQ(make(town(), town().leader()).failure().reason, Reason::Forbidden);
    testing::Town other(database(), "thị xã Tân Châu");
    EXPECT_EQ(make(other, other.administrator()).failure().reason, Reason::NotFound);
    EXPECT_TRUE(make(town(), town().administrator()));
}

TEST_P(AccountLinks, ByMailNeedAnAddressAndConfirmIt) {
    const Id without = town().person("Lê Văn Không", town().root(), Role::Clerk);
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(make_password_link(work, keys(), without, LinkPurpose::Invitation, LinkWay::Mail)), "email:identity.no_address");
        const auto posted = make_password_link(work, keys(), diem_, LinkPurpose::Invitation, LinkWay::Mail);
        ASSERT_TRUE(posted);
        EXPECT_EQ(*posted, "") << "what goes by mail is shown to nobody";
        EXPECT_FALSE(person_by_id(work, diem_)->email_confirmed);
    });
}

TEST_P(AccountLinks, AnotherAddressIsNotConfirmed) {
    town().write(Id{}, [&](Work& work) {
        work.db.run("identity.confirm_email", {diem_, "diem@example.vn", work.now});
        EXPECT_TRUE(person_by_id(work, diem_)->email_confirmed);
    });
    town().write(diem_, [&](Work& work) {
        const auto before = *person_by_id(work, diem_);
        ASSERT_TRUE(change_person(work, {diem_, "Phan Thị Diễm", "diem@example.vn", before.version}));
        EXPECT_TRUE(person_by_id(work, diem_)->email_confirmed) << "the same address";
        EXPECT_EQ(change_person(work, {diem_, "X", "", before.version}).failure().reason, Reason::Conflict) << "an old version";
        EXPECT_EQ(problem(change_person(work, {diem_, "X", "không phải địa chỉ", before.version + 1})), "email:identity.malformed_email");
        ASSERT_TRUE(change_person(work, {diem_, "Phan Thị Diễm", "moi@example.vn", before.version + 1}));
        EXPECT_FALSE(person_by_id(work, diem_)->email_confirmed);
    });
}

/// Somebody tries each second, first; then, from a new browser and from the one that set the password by a link, she does.
struct UnderAttack {
    int strange = 0, known = 0, tries = 0;
};

TEST_P(AccountLinks, TheBrowserThatUsedOneSignsInWhileTheNameIsHammered) {
    ASSERT_TRUE(use(link()));
    UnderAttack seen;
    std::string device;
    for (int second = 0; second < 300; ++second) {
        pass(1);
        EXPECT_FALSE(try_to_sign_in("", "diem", "đoán bừa", "203.0.113." + std::to_string(second % 250)));
        if (second == 60) device = use(link(LinkPurpose::Reset)).value();
        if (second < 120 || second % 20 > 0) continue;
        ++seen.tries;
        seen.strange += static_cast<bool>(try_to_sign_in("", "diem", kPassword, "10.0.0.7"));
        seen.known += static_cast<bool>(try_to_sign_in(device, "diem", kPassword, "10.0.0.7"));
    }
    EXPECT_EQ(seen.known, seen.tries);
    EXPECT_EQ(seen.strange, 0) << "without a link the fastest takes each turn";
}

TEST_P(AccountLinks, TheBrowserThatUsedOneSignsInWhileHerOfficesAddressIsHammered) {
    ASSERT_TRUE(use(link()));
    UnderAttack seen;
    std::string device;
    for (int second = 0; second < 300; ++second) {
        pass(1);
        for (int i = 0; i < 3; ++i) EXPECT_FALSE(try_to_sign_in("", "ten." + std::to_string(second) + "." + std::to_string(i), "đoán bừa"));
        if (second == 60) device = use(link(LinkPurpose::Reset)).value();
        if (second < 120 || second % 20 > 0) continue;
        ++seen.tries;
        seen.strange += static_cast<bool>(try_to_sign_in());
        seen.known += static_cast<bool>(try_to_sign_in(device));
    }
    EXPECT_EQ(seen.known, seen.tries);
    EXPECT_EQ(seen.strange, 0);
}

TEST_P(AccountLinks, TheBrowserIsKnownForItsOwnerAloneAndUntilTheNextLink) {
    const auto device = use(link()).value();
    for (int i = 0; i < 40; ++i) EXPECT_FALSE(try_to_sign_in("", "diem", "đoán bừa", "203.0.113." + std::to_string(i)));
    EXPECT_FALSE(try_to_sign_in(std::string(64, 'a'))) << "an invented one is none";
    EXPECT_TRUE(try_to_sign_in(device));
    EXPECT_TRUE(use(link(LinkPurpose::Reset)));
    EXPECT_FALSE(try_to_sign_in(device)) << "known browsers end with the password";
}

TEST_P(AccountLinks, TheOwnerHearsOfAPasswordThatWasSet) {
    const auto mails = [&] { return storage::testing::row_counts(database()).at("jobs_mail"); };
    ASSERT_TRUE(use(link()));
    EXPECT_EQ(mails(), 0) << "her address is not confirmed: it may be anybody's";
    town().write(Id{}, [&](Work& work) { work.db.run("identity.confirm_email", {diem_, "diem@example.vn", work.now}); });
    ASSERT_TRUE(use(link(LinkPurpose::Reset)));
    EXPECT_EQ(mails(), 1);
    EXPECT_FALSE(use(std::string(64, '0')));
    EXPECT_EQ(mails(), 1) << "nothing was set";
}

LOA_ON_BOTH_ENGINES(AccountLinks);

}  // namespace
}  // namespace loa::identity
