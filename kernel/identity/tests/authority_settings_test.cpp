// What an administrator sets for the authority.
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

class AuthoritySettings : public OnEngine {
  protected:
    std::string change(Id person, ChangeAuthoritySettings input) {
        return town().write(person, [&](Work& work) {
            if (input.version == 0) input.version = authority_by_id(work, work.authority)->version;
            const auto done = change_authority_settings(work, input);
            return done ? std::string() : done.failure().reason == Reason::Invalid ? problem(done) : "reason " + std::to_string(static_cast<int>(done.failure().reason));
        });
    }
    Authority now() {
        return town().read(Id{}, [](Work& work) { return *authority_by_id(work, work.authority); });
    }
};

TEST_P(AuthoritySettings, AreKeptWithALineThatSaysWhatTheyWere) {
    const auto before = now();
    EXPECT_EQ(change(town().administrator(), {"tổ  dân phố", "CCHC.HongNgu.gov.vn"}), "");
    EXPECT_EQ(now().hamlet_word, "tổ dân phố");
    EXPECT_EQ(now().portal_host, "cchc.hongngu.gov.vn");
    EXPECT_EQ(now().version, before.version + 1);
    town().read(Id{}, [&](Work& work) {
        const auto lines = timeline_of(work, {"identity.authority", work.authority, work.authority});
        ASSERT_FALSE(lines.empty());
        EXPECT_EQ(lines.front().event, "identity.authority_settings_changed");
        ASSERT_EQ(lines.front().changes.size(), 2U);
        EXPECT_EQ(lines.front().changes[0].before, before.hamlet_word);
        EXPECT_EQ(lines.front().changes[1].after, "cchc.hongngu.gov.vn");
    });
    EXPECT_EQ(change(town().administrator(), {"tổ dân phố", "cchc.hongngu.gov.vn"}), "");
    EXPECT_EQ(now().version, before.version + 1) << "nothing differs, nothing is written";
    EXPECT_EQ(change(town().administrator(), {"tổ dân phố", ""}), "");
    EXPECT_EQ(now().portal_host, "");
}

TEST_P(AuthoritySettings, RefuseWhatIsNoHostOrAnothersAndWhatWasChangedMeanwhile) {
    const testing::Town other(database(), "thị xã Tân Châu");
    const Id administrator = town().administrator();
    for (const char* host : {"localhost", "https://a.vn", "a.vn:8080", "a..vn", "-a.vn", "a-.vn", "xã.gov.vn", "a b.vn", "a.vn/"})
        EXPECT_EQ(change(administrator, {"khóm", host}), "portal_host:identity.host_unreadable") << host;
    EXPECT_EQ(change(administrator, {" ", ""}), "hamlet_word:identity.hamlet_word_missing");
    EXPECT_EQ(change(administrator, {"khóm", "a.gov.vn"}), "");
    testing::Town third(database(), "huyện Tân Hồng");
    third.write(third.administrator(), [&](Work& work) {
        const auto done = change_authority_settings(work, {"ấp", "A.gov.vn", authority_by_id(work, work.authority)->version});
        EXPECT_EQ(problem(done), "portal_host:identity.host_taken");
    });
    EXPECT_EQ(change(administrator, {"ấp", "", now().version - 1}), "reason " + std::to_string(static_cast<int>(Reason::Conflict)));
    EXPECT_EQ(change(town().leader(), {"ấp", ""}), "reason " + std::to_string(static_cast<int>(Reason::Forbidden)));
    EXPECT_EQ(now().hamlet_word, "khóm");
}

LOA_ON_BOTH_ENGINES(AuthoritySettings);

}  // namespace
}  // namespace loa::identity
