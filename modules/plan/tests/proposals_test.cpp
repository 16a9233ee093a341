// Printed themes and channels and the catalogues: a proposal where the words point to an entry, and a mapping once a
// person has said yes. On both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actions.h"
#include "queries.h"
#include "support/house.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n## I. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN\n\n#### 1. Nội dung\n\n"
    "- Quy tắc ứng xử, văn hóa giao tiếp;\n- Chứng thực bản sao điện tử và nộp hồ sơ trực tuyến;\n- Phòng, chống đuối nước cho trẻ em.\n\n"
    "#### 2. Hình thức\n\n- Loa truyền thanh ấp, nhóm Zalo;\n- Gặp từng hộ gia đình.\n\n"
    "## II. NHIỆM VỤ\n1. Phát thanh.\n- Chủ trì: Phòng Kinh tế.\n";

class ProposalsTest : public testing::HouseTest {
  protected:
    std::vector<Clause> clauses(Id plan, ClauseKind kind) {
        std::vector<Clause> all;
        const Content content = draft_of(plan);
        for (const auto* clause : content.clauses_of(kind)) all.push_back(*clause);
        return all;
    }
    Result<> agree(Id plan, ClauseKind kind) {
        return act([&](Work& work) { return confirm_clauses(work, {plan}, kind); });
    }
    Id topic(std::string_view code) {
        for (const auto& topic : town_->read(clerk_, [](Work& work) { return topics_on(work, work.today()); }))
            if (topic.code == code) return topic.id;
        return {};
    }
    Id channel(std::string_view code) {
        for (const auto& channel : town_->read(clerk_, [](Work& work) { return channels_on(work, work.today()); }))
            if (channel.code == code) return channel.id;
        return {};
    }
    static std::vector<Id> targets(const std::vector<Mapping>& mappings) {
        std::vector<Id> all;
        for (const auto& mapping : mappings) all.push_back(mapping.target);
        return all;
    }
    /// Who has said yes to each.
    static std::vector<std::optional<Id>> confirmed(const std::vector<Mapping>& mappings) {
        std::vector<std::optional<Id>> all;
        for (const auto& mapping : mappings) all.push_back(mapping.confirmed_by);
        return all;
    }
};

TEST_P(ProposalsTest, AreMadeWhereTheWordsPointToAnEntry) {
    const Id plan = import_text(kPaper);
    const auto themes = clauses(plan, ClauseKind::Theme), channels = clauses(plan, ClauseKind::Channel);
    ASSERT_EQ(themes.size(), 3u);
    EXPECT_THAT(targets(themes[0].topics), ElementsAre(topic("conduct")));
    EXPECT_THAT(targets(themes[1].topics), UnorderedElementsAre(topic("digital_records"), topic("online_services")));
    EXPECT_THAT(themes[2].topics, IsEmpty()) << "no entry speaks of it";
    ASSERT_EQ(channels.size(), 2u);
    EXPECT_THAT(targets(channels[0].channels), UnorderedElementsAre(channel("loudspeaker"), channel("social")));
    EXPECT_THAT(channels[1].channels, IsEmpty());
    for (const auto& list : {themes, channels})
        for (const auto& clause : list) {
            EXPECT_THAT(confirmed(clause.topics), ::testing::Each(std::nullopt)) << clause.text;
            EXPECT_THAT(confirmed(clause.channels), ::testing::Each(std::nullopt)) << clause.text;
        }
}

TEST_P(ProposalsTest, BecomeMappingsByAPersonsYes) {
    const Id plan = import_text(kPaper);
    ASSERT_TRUE(agree(plan, ClauseKind::Theme));
    const auto themes = clauses(plan, ClauseKind::Theme);
    EXPECT_THAT(targets(themes[1].topics), UnorderedElementsAre(topic("digital_records"), topic("online_services")));
    EXPECT_THAT(confirmed(themes[1].topics), ElementsAre(clerk_, clerk_));
    EXPECT_THAT(themes[2].topics, IsEmpty()) << "a yes adds nothing";
    EXPECT_THAT(confirmed(clauses(plan, ClauseKind::Channel)[0].channels), ElementsAre(std::nullopt, std::nullopt)) << "that was not asked";

    ASSERT_TRUE(town_->write(second_, [&](Work& work) { return confirm_clauses(work, {plan}, ClauseKind::Theme); }));
    EXPECT_THAT(confirmed(clauses(plan, ClauseKind::Theme)[1].topics), ElementsAre(clerk_, clerk_)) << "who said it first";
}

TEST_P(ProposalsTest, GiveWayToWhatAPersonChooses) {
    const Id plan = import_text(kPaper);
    const auto before = clauses(plan, ClauseKind::Theme);
    ClauseWords words;
    words.text = before[1].text;
    words.topics = {topic("policy")};
    ASSERT_TRUE(act([&](Work& work) { return correct_clause(work, ref(plan, before[1]), words); }));
    words.text = before[0].text;
    words.topics.clear();
    ASSERT_TRUE(act([&](Work& work) { return correct_clause(work, ref(plan, before[0]), words); }));
    ASSERT_TRUE(agree(plan, ClauseKind::Theme));
    const auto themes = clauses(plan, ClauseKind::Theme);
    EXPECT_THAT(targets(themes[1].topics), ElementsAre(topic("policy")));
    EXPECT_THAT(confirmed(themes[1].topics), ElementsAre(clerk_));
    EXPECT_THAT(themes[0].topics, IsEmpty()) << "she said that it means none";
}

TEST_P(ProposalsTest, StayProposalsWhereAnItemIsCutOrJoined) {
    const Id plan = import_text(kPaper);
    const auto whole = clauses(plan, ClauseKind::Theme)[1];
    ASSERT_TRUE(act([&](Work& work) { return split_clause(work, ref(plan, whole), "Chứng thực bản sao điện tử\nnộp hồ sơ trực tuyến"); }));
    EXPECT_THAT(confirmed(clauses(plan, ClauseKind::Theme)[1].topics), ElementsAre(std::nullopt, std::nullopt));
    ASSERT_TRUE(agree(plan, ClauseKind::Theme));
    EXPECT_THAT(confirmed(clauses(plan, ClauseKind::Theme)[1].topics), ElementsAre(clerk_, clerk_)) << "the yes to all is one to these too";

    const auto cut = clauses(plan, ClauseKind::Theme)[1];
    ASSERT_TRUE(act([&](Work& work) { return merge_clause(work, ref(plan, cut)); }));
    const auto joined = clauses(plan, ClauseKind::Theme)[0];
    EXPECT_THAT(targets(joined.topics), UnorderedElementsAre(topic("conduct"), topic("digital_records"), topic("online_services")))
        << "it says what both said";
}

TEST_P(ProposalsTest, AreNotMadeForWordsThatOnlyLookAlike) {
    const Id plan = import_text(
        "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n## I. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN\n\n"
        "#### 1. Nội dung\n\n- Đô thị văn minh.\n\n#### 2. Hình thức\n\n- Giữ ấp xanh, sạch, đẹp;\n"
        "- Phổ biến chính sách đến các tầng lớp Nhân dân;\n- Mở lớp và phát sách hướng dẫn.\n\n"
        "## II. NHIỆM VỤ\n1. Phát thanh.\n- Chủ trì: Phòng Kinh tế.\n");
    const auto channels = clauses(plan, ClauseKind::Channel);
    ASSERT_EQ(channels.size(), 3u);
    EXPECT_THAT(channels[0].channels, IsEmpty()) << "sạch is no sách";
    EXPECT_THAT(channels[1].channels, IsEmpty()) << "chính sách is no sách, tầng lớp no lớp";
    EXPECT_THAT(targets(channels[2].channels), UnorderedElementsAre(channel("class"), channel("print")));
}

TEST_P(ProposalsTest, AnEntryWhoseNameHasNoWordsIsNeverProposed) {
    const auto added = town_->write(town_->administrator(), [](Work& work) { return add_catalogue_entry(work, Catalogue::Topics, "(-)"); });
    ASSERT_TRUE(added);
    const Id plan = import_text(kPaper);
    for (const auto& theme : clauses(plan, ClauseKind::Theme))
        EXPECT_THAT(targets(theme.topics), ::testing::Not(::testing::Contains(*added)));
}

INSTANTIATE_TEST_SUITE_P(Engines, ProposalsTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
