#include "tests/support/mail_house.h"

namespace loa::jobs {
namespace {

class DigestTest : public MailHouse {};

TEST_P(DigestTest, OneMailADayByPlanAndNothingWithoutNews) {
    with_server("kind");
    strike();
    EXPECT_EQ(server_->count(), 0u);
    tell(kDaily, Id{7}, "Kế hoạch B");
    tell(kDaily, Id{7}, "Kế hoạch A");
    tell(kDaily, Id{7}, "Kế hoạch B");
    strike();
    EXPECT_EQ(server_->count(), 0u) << "her hour has not struck since";
    at(kDigestHour);
    strike();
    ASSERT_EQ(server_->count(), 1u);
    const auto mail = server_->mails().at(0);
    EXPECT_EQ(mail.at("subject"), "3 thông báo chưa đọc, ngày 16/01/2024");
    const auto& text = mail.at("text");
    const auto a = text.find("Kế hoạch A\n"), b = text.find("Kế hoạch B\n");
    EXPECT_LT(a, b) << text;
    EXPECT_EQ(text.find("Kế hoạch B\n", b + 1), std::string::npos) << "each heading once\n" << text;
    strike();
    at(kDigestHour);
    strike();
    EXPECT_EQ(server_->count(), 1u) << "nothing new, no mail";
}

TEST_P(DigestTest, AtTheHourOfChoice) {
    with_server("kind");
    prefer({{}, 17, {}});
    tell(kDaily);
    at(16);
    strike();
    EXPECT_EQ(server_->count(), 0u);
    at(17);
    strike();
    EXPECT_EQ(server_->count(), 1u);
    tell(kDaily);
    at(20);
    strike();
    EXPECT_EQ(server_->count(), 1u) << "what comes afterwards waits for the next day";
}

TEST_P(DigestTest, AStrokeThatNobodyHeardIsMadeUpForOnce) {
    with_server("kind");
    tell(kDaily);
    at(kDigestHour, 0);
    pass(2 * 3600);  // the program was off at seven
    tell(kDaily);
    strike();
    strike();
    ASSERT_EQ(server_->count(), 1u);
    EXPECT_NE(server_->mails().at(0).at("subject").find("2 thông báo"), std::string::npos);
}

TEST_P(DigestTest, WhatSheHasReadIsLeftOut) {
    with_server("kind");
    tell(kDaily);
    write([](Work& work) {
        work.actor.person = Id{7};
        read_all_notices(work);
    });
    at(kDigestHour);
    strike();
    EXPECT_EQ(server_->count(), 0u);
}

TEST_P(DigestTest, OneMailForAllAuthoritiesThatSheActsIn) {
    with_server("kind");
    tell(kDaily, Id{7}, "Kế hoạch A", kTown);
    tell(kDaily, Id{7}, "Kế hoạch C", kVillage);
    tell(kDaily, Id{8}, "Kế hoạch A", kVillage);
    at(kDigestHour);
    strike();
    ASSERT_EQ(server_->count(), 2u);
    EXPECT_EQ(outbox(kTown).size(), 1u);
    EXPECT_EQ(outbox(kVillage).size(), 1u);
    for (const auto& mail : server_->mails()) {
        if (mail.at("to_address") != "diem@hongngu.example") continue;
        EXPECT_NE(mail.at("text").find("UBND thị trấn Tràm: Kế hoạch A"), std::string::npos) << mail.at("text");
        EXPECT_NE(mail.at("text").find("UBND xã Sen: Kế hoạch C"), std::string::npos) << mail.at("text");
    }
}

TEST_P(DigestTest, WaitsForTheEndOfQuietHours) {
    with_server("kind");
    prefer({QuietHours{22 * 60, 8 * 60}, 7, {}});
    tell(kDaily);
    at(7);
    strike();
    EXPECT_EQ(server_->count(), 0u);
    at(8);
    run_due();
    EXPECT_EQ(server_->count(), 1u);
}

TEST_P(DigestTest, IsAskedForOnlyWhereSomethingWaits) {
    with_server("kind");
    const auto& schedules = registry_.all<Schedule>();
    const auto found = std::find_if(schedules.begin(), schedules.end(), [](const auto& schedule) { return schedule.name == "jobs.post_digests"; });
    ASSERT_NE(found, schedules.end());
    EXPECT_FALSE(write([&](Work& work) { return found->wanted(work); }));
    tell(kDaily);
    EXPECT_TRUE(write([&](Work& work) { return found->wanted(work); }));
}

INSTANTIATE_TEST_SUITE_P(Engines, DigestTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
