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
    static const PasswordHash hash = hash_password(kPassword, "").value();
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
    Result<> use(const std::string& token) {
        return town().write(Id{}, [&](Work& work) {
            work.actor = {};
            return set_password_by_link(work, token, hash());
        });
    }
    bool may_sign_in() {
        web::Services services{database(), town().clock(), town().ids()};
        return static_cast<bool>(sign_in(services, {.sign_in_name = "diem", .password = std::string(kPassword), .address = "10.0.0.1", .agent = "", .device = "", .replaces = ""}));
    }
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

LOA_ON_BOTH_ENGINES(AccountLinks);

}  // namespace
}  // namespace loa::identity
