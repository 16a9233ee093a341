#include "preferences.h"

#include "tests/support/mail_house.h"

namespace loa::jobs {
namespace {

/// 15/01/2024 in Vietnam.
Instant at_clock(int hour, int minute) { return start_of(*Date::from(2024, 1, 15)).plus_seconds(hour * 3600 + minute * 60); }

TEST(QuietHours, OverMidnight) {
    const QuietHours quiet{21 * 60 + 30, 6 * 60};
    EXPECT_EQ(when_not_quiet(quiet, at_clock(21, 29)), at_clock(21, 29));
    EXPECT_EQ(when_not_quiet(quiet, at_clock(21, 30)), at_clock(30, 0)) << "until six the next morning";
    EXPECT_EQ(when_not_quiet(quiet, at_clock(0, 0)), at_clock(6, 0));
    EXPECT_EQ(when_not_quiet(quiet, at_clock(5, 59)), at_clock(6, 0));
    EXPECT_EQ(when_not_quiet(quiet, at_clock(6, 0)), at_clock(6, 0));
    EXPECT_EQ(when_not_quiet(std::nullopt, at_clock(3, 0)), at_clock(3, 0));
}

TEST(QuietHours, WithinADay) {
    const QuietHours quiet{11 * 60 + 30, 13 * 60 + 30};
    EXPECT_EQ(when_not_quiet(quiet, at_clock(12, 0)), at_clock(13, 30));
    EXPECT_EQ(when_not_quiet(quiet, at_clock(11, 29)), at_clock(11, 29));
    EXPECT_EQ(when_not_quiet(quiet, at_clock(23, 0)), at_clock(23, 0));
    EXPECT_EQ(when_not_quiet(QuietHours{22 * 60, 0}, at_clock(23, 0)), at_clock(24, 0)) << "until midnight";
}

TEST(Digest, TheLastStrokeOfAnHour) {
    EXPECT_EQ(last_stroke(7, at_clock(7, 0)), at_clock(7, 0));
    EXPECT_EQ(last_stroke(7, at_clock(6, 59)), at_clock(7 - 24, 0));
    EXPECT_EQ(last_stroke(0, at_clock(23, 59)), at_clock(0, 0));
}

class PreferenceTest : public MailHouse {};

TEST_P(PreferenceTest, AreKeptForThePersonWhereverSheActs) {
    const Preferences wanted{QuietHours{1290, 360}, 17, {{"test.urgent", {false, MailTime::InDigest}}}};
    prefer(wanted);
    const auto kept = write([](Work& work) { return preferences_of(work, Id{7}); }, kVillage);
    EXPECT_EQ(kept.quiet, wanted.quiet);
    EXPECT_EQ(kept.digest_hour, 17);
    EXPECT_EQ(kept.kinds, wanted.kinds);
    prefer({});
    EXPECT_TRUE(write([](Work& work) { return preferences_of(work, Id{7}); }).kinds.empty());
    EXPECT_EQ(write([](Work& work) { return preferences_of(work, Id{9}); }).digest_hour, kDigestHour);
}

TEST_P(PreferenceTest, HoursThatAreNoneAreRefused) {
    for (const Preferences& odd : {Preferences{QuietHours{60, 60}, 7, {}}, Preferences{QuietHours{-1, 60}, 7, {}},
                                   Preferences{QuietHours{0, 1440}, 7, {}}, Preferences{{}, 24, {}}, Preferences{{}, -1, {}}})
        write([&](Work& work) {
            work.actor.person = Id{7};
            EXPECT_FALSE(save_preferences(work, odd));
        });
}

TEST_P(PreferenceTest, WithoutAMailServerNobodyIsLeftWithoutTheBell) {
    prefer({{}, 7, {{"test.urgent", {false, MailTime::AtOnce}}, {"test.daily", {false, MailTime::Never}}}});
    tell(kUrgent);
    tell(kDaily);
    EXPECT_EQ(effects(), 1) << "the mail that can't be sent shows in the bell; what nobody wants is not kept";
    EXPECT_TRUE(outbox().empty());
}

TEST_P(PreferenceTest, TheWayIsTheReadersOwn) {
    with_server("kind");
    prefer({{}, 7, {{"test.urgent", {false, MailTime::AtOnce}}}});
    tell(kUrgent, Id{7});
    tell(kUrgent, Id{8});
    tell(kDaily, Id{7});
    EXPECT_EQ(effects(7), 1) << "the daily one";
    EXPECT_EQ(effects(8), 1) << "who has not chosen has the kind's own ways";
    EXPECT_EQ(outbox().size(), 2u);
}

TEST_P(PreferenceTest, EachOfManyIsToldHerOwnWay) {
    with_server("kind");
    prefer({{}, 7, {{"test.urgent", {false, MailTime::AtOnce}}}}, Id{7});
    prefer({QuietHours{0, 23 * 60}, 7, {{"test.daily", {false, MailTime::Never}}}}, Id{8});
    prefer({{}, 7, {{"test.urgent", {true, MailTime::Never}}}}, Id{150});
    std::vector<News> news;
    for (std::int64_t person = 1; person <= 200; ++person) news.push_back({Id{person}, {.key = "jobs.open"}});
    news.push_back({Id{8}, {.key = "jobs.older"}});
    write([&](Work& work) { notify_all(work, kUrgent, news); });
    EXPECT_EQ(effects(7), 0) << "she wants mail alone";
    EXPECT_EQ(effects(8), 2) << "two messages to one";
    EXPECT_EQ(effects(1), 1);
    EXPECT_EQ(effects(200), 1);
    const auto mails = outbox();
    EXPECT_EQ(mails.size(), 200u) << "to all but one, and two to one";
    EXPECT_TRUE(std::none_of(mails.begin(), mails.end(), [](const Mail& mail) { return mail.person == Id{150}; }));
    for (const auto& mail : mails)
        EXPECT_EQ(*mail.next_at, mail.person == Id{8} ? start_of(kMorning.date()).plus_seconds(23 * 3600) : kMorning) << "after her quiet hours";
}

INSTANTIATE_TEST_SUITE_P(Engines, PreferenceTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
