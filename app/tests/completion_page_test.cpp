// The completion page: one activity after the other, and proposals that are proposals until a person says yes.
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;

class CompletionPageTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        path_ = "/ke-hoach/" + to_string(commune_->draft()) + "/bo-sung";
    }

    PlanRecord record() { return commune_->record(commune_->draft()); }
    std::string page() { return commune_->visitor("clerk").get(path_).body; }
    /// Saves the first activity; gives the address that the person comes to.
    std::string save(Form form) {
        form.emplace_back("version", std::to_string(record().activity_version));
        return sent(commune_->visitor("clerk"), path_ + "/" + to_string(record().activity), form).location;
    }
    std::vector<Id> topics() {
        const PlanRecord draft = record();
        return commune_->town().read(Id{}, [&](Work& work) {
            std::vector<Id> chosen;
            for (const auto& row : work.db.query("plan.activity_mappings_by_revision", {work.authority, draft.revision}))
                if (row.id("activity_id") == draft.activity && row.text("catalogue") == "topic") chosen.push_back(row.id("target_id"));
            return chosen;
        });
    }

    std::unique_ptr<Commune> commune_;
    std::string path_;
};

TEST_P(CompletionPageTest, OneActivityStandsOpen) {
    const auto shown = page();
    const std::string open = "\" open>\n<summary><span class=\"extract__n\">";
    EXPECT_NE(shown.find(open), std::string::npos);
    EXPECT_EQ(shown.find(open), shown.rfind(open));
    EXPECT_THAT(shown, HasSubstr("Còn thiếu: thời hạn, chỉ tiêu"));
}

TEST_P(CompletionPageTest, AProposalIsStoredWhenAPersonSaysYes) {
    const std::string topic = to_string(commune_->topic());
    EXPECT_THAT(save({{"proposed_topics", topic}}), HasSubstr("?sau="));
    EXPECT_TRUE(topics().empty()) << "saving the rest says nothing of it";
    EXPECT_THAT(save({{"proposed_topics", topic}, {"accept", "channels"}}), HasSubstr("?mo="));
    EXPECT_TRUE(topics().empty()) << "that was a yes to something else";
    save({{"proposed_topics", topic}, {"accept", "topics"}});
    EXPECT_EQ(topics(), std::vector<Id>{commune_->topic()});
}

LOA_ON_BOTH_ENGINES(CompletionPageTest);

}  // namespace
}  // namespace loa::app
