#include "outbox.h"

#include "tests/support/mail_house.h"

namespace loa::jobs {
namespace {

class OutboxTest : public MailHouse {
  protected:
    Result<Done> retry(Id mail) {
        return write([&](Work& work) { return retry_mail(work, mail); });
    }
    Result<Done> cancel(Id mail) {
        return write([&](Work& work) { return cancel_mail(work, mail); });
    }
    Result<Id> post(const std::string& address) {
        return write([&](Work& work) {
            return post_letter(work, *keys_in(registry_),
                               {.kind = "jobs.test_mail", .to = {"Lê Văn Bê", address, Language::Vietnamese}, .subject = "jobs.test_mail",
                                .sentence = "jobs.test_mail_sentence", .path = "/moi/bi-mat-1234567890"});
        });
    }
};

TEST_P(OutboxTest, ANoticeArrivesAsAMail) {
    with_server("kind");
    tell(kUrgent);
    EXPECT_EQ(only_mail().state, MailState::Waiting);
    run_due();
    const auto kept = only_mail();
    EXPECT_EQ(kept.state, MailState::Sent) << kept.answer;
    EXPECT_EQ(kept.attempts, 1);
    EXPECT_EQ(kept.answer, "250 2.0.0 Taken");
    EXPECT_EQ(kept.ended_at, clock_.now());
    EXPECT_EQ(effects(), 1) << "the bell has it too";
    const auto mail = server_->mails().at(0);
    EXPECT_EQ(mail.at("subject"), "3 thông báo chưa đọc");
    EXPECT_EQ(mail.at("to_name"), "Phan Thị Ngọc Diễm");
    EXPECT_EQ(mail.at("to_address"), "diem@hongngu.example");
    EXPECT_EQ(mail.at("from_name"), "Loa thị trấn Tràm");
    EXPECT_EQ(mail.at("list-unsubscribe"), "<https://loa.tram.example/tai-khoan/thong-bao>");
    EXPECT_EQ(mail.at("defects"), "");
    EXPECT_EQ(mail.at("text"), "Kính gửi: Phan Thị Ngọc Diễm\n\nKế hoạch tuyên truyền\n---------------------\n\n3 thông báo chưa đọc\n"
                               "Hạn: 30/11/2024\nhttps://loa.tram.example/ke-hoach/15\n\n-- \n"
                               "Thư do phần mềm Loa của UBND thị trấn Tràm gửi tự động, không cần trả lời.\n"
                               "Chọn loại thư muốn nhận, giờ yên tĩnh: https://loa.tram.example/tai-khoan/thong-bao\n");
    for (const auto* part : {"UBND thị trấn Tràm", "3 thông báo chưa đọc", "Hạn: 30/11/2024", "href=\"https://loa.tram.example/ke-hoach/15\""})
        EXPECT_NE(mail.at("html").find(part), std::string::npos) << part << "\n" << mail.at("html");
    EXPECT_EQ(run_due(), 0);
    EXPECT_EQ(server_->count(), 1u);
}

TEST_P(OutboxTest, EachReadsHerOwnLanguage) {
    with_server("kind");
    tell(kUrgent, Id{8});
    run_due();
    const auto mail = server_->mails().at(0);
    EXPECT_EQ(mail.at("subject"), "Unread notices: 3");
    EXPECT_EQ(mail.at("content-language"), "en");
    EXPECT_NE(mail.at("text").find("Due: 30/11/2024"), std::string::npos);
}

TEST_P(OutboxTest, QuietHoursHoldMailBack) {
    with_server("kind");
    prefer({QuietHours{12 * 60, 13 * 60}, 7, {}});
    at(12, 15);
    tell(kUrgent);
    run_due();
    EXPECT_EQ(server_->count(), 0u);
    EXPECT_EQ(only_mail().state, MailState::Waiting);
    at(12, 59);
    run_due();
    EXPECT_EQ(server_->count(), 0u);
    at(13);
    run_due();
    EXPECT_EQ(server_->count(), 1u);
}

TEST_P(OutboxTest, QuietHoursThatWereChosenAfterwardsHoldToo) {
    with_server("rcpt:450 4.2.0 Later");
    tell(kUrgent);
    run_due();
    prefer({QuietHours{8 * 60, 10 * 60}, 7, {}});
    pass(600);
    run_due();
    EXPECT_EQ(only_mail().attempts, 1);
    EXPECT_EQ(only_mail().reason, "jobs.mail_quiet");
}

TEST_P(OutboxTest, WhatWasReadMeanwhileIsNotSent) {
    with_server("kind");
    prefer({QuietHours{7 * 60, 10 * 60}, 7, {}});
    tell(kUrgent);
    write([](Work& work) {
        work.actor.person = Id{7};
        read_all_notices(work);
    });
    at(10);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Cancelled);
    EXPECT_EQ(only_mail().reason, "jobs.mail_read_already");
    EXPECT_EQ(server_->count(), 0u);
}

TEST_P(OutboxTest, WhoHasNoAddressIsToldByTheBell) {
    with_server("kind");
    prefer({{}, 7, {{"test.urgent", {false, MailTime::AtOnce}}}}, Id{9});
    tell(kUrgent, Id{9});
    EXPECT_EQ(effects(9), 0);
    run_due();
    EXPECT_EQ(only_mail().reason, "jobs.mail_no_address_known");
    EXPECT_EQ(effects(9), 1);
}

TEST_P(OutboxTest, ARefusalIsFinalAndShowsInTheBell) {
    with_server("rcpt:550 5.1.1 No such user");
    prefer({{}, 7, {{"test.urgent", {false, MailTime::AtOnce}}}});
    tell(kUrgent);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Refused);
    EXPECT_NE(only_mail().answer.find("No such user"), std::string::npos);
    EXPECT_EQ(effects(), 1);
    pass(7 * 24 * 3600);
    EXPECT_EQ(run_due(), 0);
}

TEST_P(OutboxTest, NotNowIsTriedAgainEverMoreSlowlyAndGivenUpAfterFourDays) {
    with_server("rcpt:450 4.2.0 Greylisted");
    tell(kUrgent);
    run_due();
    std::int64_t before = 0;
    for (int i = 0; i < 3; ++i) {
        const auto mail = only_mail();
        ASSERT_EQ(mail.state, MailState::Waiting);
        const auto delay = (mail.next_at->milliseconds - clock_.now().milliseconds) / 1000;
        EXPECT_GE(delay, 45 << i);
        EXPECT_LE(delay, 75 << i);
        EXPECT_GT(delay, before * 11 / 10);
        before = delay;
        pass(delay - 1);
        run_due();
        EXPECT_EQ(only_mail().attempts, i + 1) << "not a second too early";
        pass(1);
        run_due();
    }
    pass(4 * 24 * 3600);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Refused);
    EXPECT_EQ(only_mail().reason, "jobs.mail_given_up");
    EXPECT_EQ(run_due(), 0);
}

TEST_P(OutboxTest, AnUnknownFateIsShownAndSentAgainOnceUnderTheSameName) {
    with_server("dot:take-drop");
    tell(kUrgent);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Unknown);
    EXPECT_EQ(only_mail().reason, "jobs.mail_unknown_once");
    pass(3600);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Unknown);
    EXPECT_EQ(only_mail().reason, "jobs.mail_unknown_twice");
    pass(7 * 24 * 3600);
    EXPECT_EQ(run_due(), 0) << "never by itself again";
    const auto mails = server_->mails();
    ASSERT_EQ(mails.size(), 2u);
    EXPECT_EQ(mails[0].at("raw"), mails[1].at("raw")) << "to the letter, with its Message-ID and Date";
    EXPECT_NE(mails[0].at("message-id"), "");
}

TEST_P(OutboxTest, TheSecondSendOfAnUnknownFateMayEndWell) {
    with_server("first:dot:take-drop");
    tell(kUrgent);
    run_due();
    pass(3600);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Sent);
    EXPECT_EQ(server_->count(), 2u);
}

TEST_P(OutboxTest, AnAttemptThatDiedIsOfUnknownFate) {
    with_server("kind");
    tell(kUrgent);
    // A worker claims the job, begins to send, and its program is killed: the lease runs out.
    const auto mail = only_mail().id;
    const Id job = write([&](Work& work) {
        const auto row = work.db.query("jobs.claim_jobs", {kTown, work.now, work.new_id(), work.now.plus_seconds(60), 10, "test"}).at(0);
        work.db.query("jobs.begin_mail", {kTown, mail, row.id("id"), 0, work.now.plus_seconds(300), "Diễm", "diem@hongngu.example", "x",
                                          "kept@tram.example", work.now});
        return row.id("id");
    });
    ASSERT_TRUE(job);
    EXPECT_EQ(only_mail().state, MailState::Sending);
    EXPECT_FALSE(cancel(mail)) << "it is on its way";
    EXPECT_FALSE(retry(mail));
    pass(61);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Sent);
    EXPECT_EQ(server_->mails().at(0).at("message-id"), "<kept@tram.example>");
}

TEST_P(OutboxTest, TwoAttemptsThatDiedAreEnough) {
    with_server("kind");
    tell(kUrgent);
    const auto mail = only_mail().id;
    write([&](Work& work) {
        const auto row = work.db.query("jobs.claim_jobs", {kTown, work.now, work.new_id(), work.now.plus_seconds(60), 10, "test"}).at(0);
        work.db.query("jobs.begin_mail", {kTown, mail, row.id("id"), 1, work.now.plus_seconds(300), "Diễm", "diem@hongngu.example", "x",
                                          "kept@tram.example", work.now});
    });
    pass(61);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Unknown);
    EXPECT_EQ(only_mail().reason, "jobs.mail_unknown_twice");
    EXPECT_EQ(server_->count(), 0u);
    EXPECT_TRUE(retry(mail)) << "a person may";
}

TEST_P(OutboxTest, PeopleRetryAndCancel) {
    with_server("first:rcpt:550 5.1.1 No such user");
    tell(kUrgent);
    run_due();
    const auto mail = only_mail().id;
    EXPECT_EQ(cancel(mail).failure().reason, Reason::Conflict);
    ASSERT_TRUE(retry(mail));
    ASSERT_TRUE(cancel(mail));
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Cancelled);
    EXPECT_EQ(server_->count(), 0u);
    ASSERT_TRUE(retry(mail));
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Sent);
    EXPECT_EQ(retry(mail).failure().reason, Reason::Conflict);
    EXPECT_EQ(retry(Id{1}).failure().reason, Reason::Conflict);
    EXPECT_FALSE(write([&](Work& work) { return retry_mail(work, mail); }, kVillage)) << "another authority's";
}

TEST_P(OutboxTest, AMailThatIsHastenedIsSentOnce) {
    with_server("first:rcpt:450 4.2.0 Later");
    tell(kUrgent);
    run_due();
    ASSERT_TRUE(retry(only_mail().id));
    ASSERT_TRUE(retry(only_mail().id));
    run_due();
    pass(24 * 3600);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Sent);
    EXPECT_EQ(server_->count(), 1u);
}

TEST_P(OutboxTest, ALetterWaitsSealedAndIsForgottenAfterThirtyDays) {
    with_server("kind");
    const auto posted = post("be@hongngu.example");
    ASSERT_TRUE(posted);
    const auto stored = write([&](Work& work) { return work.db.one("jobs.mail_to_send", {kTown, *posted})->text("letter"); });
    EXPECT_EQ(stored.find("bi-mat"), std::string::npos);
    run_due();
    const auto mail = server_->mails().at(0);
    EXPECT_NE(mail.at("text").find("https://loa.tram.example/moi/bi-mat-1234567890"), std::string::npos);
    EXPECT_FALSE(mail.contains("list-unsubscribe")) << "nobody can switch off what only she asked for";
    EXPECT_EQ(only_mail().address, "be@hongngu.example");
    pass(29 * 24 * 3600);
    enqueued("jobs.forget_mails", "{}", {}, Id{});
    run_due();
    EXPECT_EQ(only_mail().address, "be@hongngu.example");
    pass(2 * 24 * 3600);
    enqueued("jobs.forget_mails", "{}", {}, Id{});
    run_due();
    EXPECT_EQ(only_mail().address, "");
    EXPECT_EQ(only_mail().subject, "");
    EXPECT_EQ(only_mail().state, MailState::Sent);
    EXPECT_TRUE(write([&](Work& work) { return !work.db.one("jobs.mail_to_send", {kTown, *posted})->optional_text("letter"); }));
    pass(365 * 24 * 3600);
    enqueued("jobs.forget_mails", "{}", {}, Id{});
    run_due();
    EXPECT_TRUE(outbox().empty());
}

TEST_P(OutboxTest, ALetterToNoAddressIsRefused) {
    for (const auto* address : {"", "a@b.vn\nBcc: c@d.vn", "\"a b\"@c.vn", "điềm@hongngu.vn"}) EXPECT_FALSE(post(address)) << address;
    EXPECT_TRUE(outbox().empty());
}

TEST_P(OutboxTest, WithoutSettingsALetterWaitsForThem) {
    ASSERT_TRUE(post("be@hongngu.example"));
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Waiting);
    EXPECT_EQ(only_mail().reason, "jobs.mail_not_set");
    EXPECT_EQ(only_mail().attempts, 0);
    with_server("kind");
    pass(3601);
    run_due();
    EXPECT_EQ(only_mail().state, MailState::Sent);
}

TEST_P(OutboxTest, AChangeThatIsUndoneSendsNothing) {
    with_server("kind");
    EXPECT_ANY_THROW(write([&](Work& work) {
        notify(work, Id{7}, kUrgent, {.key = "jobs.new"});
        throw std::runtime_error("undone");
    }));
    run_due();
    EXPECT_TRUE(outbox().empty());
    EXPECT_EQ(server_->count(), 0u);
}

/// Most of them to somebody who sleeps: what is due gets through at once, and each once.
TEST_P(OutboxTest, TenThousandAtOnceHoldNobodyUp) {
    constexpr int kAll = 10'000, kDue = 100;
    with_server("kind");
    prefer({QuietHours{7 * 60, 20 * 60}, 7, {}}, Id{8});
    write([&](Work& work) {
        for (int i = 0; i < kAll; ++i) notify(work, i % (kAll / kDue) == 0 ? Id{7} : Id{8}, kUrgent, {.key = "jobs.new"});
    });
    EXPECT_EQ(run_due(), kDue);
    auto counts = write([](Work& work) { return mails_by_state(work); });
    EXPECT_EQ(counts[MailState::Sent], kDue);
    EXPECT_EQ(counts[MailState::Waiting], kAll - kDue);
    EXPECT_EQ(server_->count(), static_cast<std::size_t>(kDue));
}

INSTANTIATE_TEST_SUITE_P(Engines, OutboxTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
