// The daily backup, the page's, what is kept, and who hears of a failure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "backup_file.h"
#include "backup_schedule.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/work.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/media/file.h"
#include "tests/support/house.h"
#include "tests/support/mail.h"

namespace loa::app {
namespace {

using storage::Engine;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class BackupScheduleTest : public ::testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        house_ = House::on(GetParam());
        if (!house_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        folder_ = house_->file("kept").string();
        std::filesystem::create_directory(folder_);
        ASSERT_EQ(house_->run("demo").code, 0);
    }

    Result<std::optional<BackupKey>> change(const std::function<void(ChangeBackupSettings&)>& edit) {
        Result<std::optional<BackupKey>> result = std::optional<BackupKey>();
        house_->write([&](Work& work) {
            const auto now = backup_settings(work, folder_);
            ChangeBackupSettings input{.enabled = now.enabled, .daily_at = "01:30", .keep = now.keep, .folder = folder_, .version = now.version};
            edit(input);
            result = change_backup_settings(work, *keys_in(house_->registry()), input);
        });
        return result;
    }
    bool due() {
        bool due = false;
        house_->write([&](Work& work) { due = backup_is_due(work, backup_settings(work, folder_)); });
        return due;
    }
    Result<Id> start(BackupOrigin origin = BackupOrigin::Page) {
        Result<Id> started = Id{};
        house_->write([&](Work& work) { started = start_backup(work, origin, backup_settings(work, folder_)); });
        return started;
    }
    Result<Done> stop(Id run) {
        Result<Done> stopped = Done{};
        house_->write([&](Work& work) { stopped = stop_backup(work, house_->registry(), run); });
        return stopped;
    }
    /// Of 64 GB, without taking them from the disk: backing it up takes minutes.
    void add_endless_file() {
        const auto bytes = house_->store().put("%PDF-1.4");
        house_->write([&](Work& work) {
            work.authority = Id{1};
            media::add_file(work, {.name = "dài.pdf", .media_type = "application/pdf", .bytes = bytes, .upload = {}}, Ref{"plan.evidence", Id{1}, Id{5}});
        });
        std::filesystem::resize_file(house_->store().root() / bytes.sha256.substr(0, 2) / bytes.sha256, std::uintmax_t{64} << 30);
    }
    std::optional<Instant> last_good() {
        std::optional<Instant> last;
        house_->write([&](Work& work) { last = last_good_backup(work); });
        return last;
    }
    void pass(std::int64_t seconds) { house_->clock().set(house_->clock().now().plus_seconds(seconds)); }
    void run_jobs() { jobs::run_due_jobs(house_->registry(), house_->services()); }
    std::vector<BackupRun> runs() {
        std::vector<BackupRun> all;
        house_->write([&](Work& work) { all = backup_runs(work); });
        return all;
    }
    int files_kept() {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) count += entry.path().extension() == ".loa";
        return count;
    }
    std::int64_t notices() { return storage::testing::row_counts(house_->database()).at("jobs_notice"); }

    /// A mail server, and one administrator of the highest authority whose address is confirmed.
    void with_mail() {
        server_.emplace("kind");
        Id keeper;
        house_->write([&](Work& work) {
            send_through(work, *keys_in(house_->registry()), server_->port());
            work.authority = identity::authorities_on(work, work.today()).front().id;
            for (const auto& membership : identity::memberships_on(work, work.today()))
                if (membership.role == identity::Role::Administrator) keeper = membership.person;
        });
        ASSERT_TRUE(keeper);
        house_->database().script("update identity_person set email = '" + std::string(kKeeper) + "', email_confirmed_at = 1 where id = " + to_string(keeper));
    }
    void by_clock(const std::string& kind) {
        house_->write([&](Work& work) {
            for (const auto& schedule : house_->registry().all<jobs::Schedule>())
                if (schedule.name == kind && (!schedule.wanted || schedule.wanted(work))) jobs::enqueue(work, schedule.job_kind, "{}");
        });
        run_jobs();
    }
    void start_by_clock() { by_clock("app.start_backup"); }
    void end_broken() { by_clock("app.end_broken_backups"); }

    static constexpr std::string_view kKeeper = "giu.he.thong@tram.example";
    std::optional<jobs::testing::SmtpServer> server_;
    std::unique_ptr<House> house_;
    std::string folder_;
};
INSTANTIATE_TEST_SUITE_P(Engines, BackupScheduleTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<Engine>>);

TEST_P(BackupScheduleTest, ComesDueOnceADayFromTheDayAfterItIsTurnedOn) {
    EXPECT_FALSE(due());  // off, as shipped
    ASSERT_TRUE(change([](auto& input) { input.enabled = true; }));
    EXPECT_FALSE(due());  // half past one has passed today
    pass(17 * 3600);      // 02:00
    EXPECT_TRUE(due());
    ASSERT_TRUE(start(BackupOrigin::Schedule));
    EXPECT_FALSE(due());
    run_jobs();
    EXPECT_FALSE(due());
    pass(5 * 86'400);  // the program was off: made up by one
    EXPECT_TRUE(due());
    ASSERT_TRUE(start(BackupOrigin::Schedule));
    run_jobs();
    EXPECT_FALSE(due());
    ASSERT_THAT(runs(), SizeIs(2));
    for (const auto& run : runs()) EXPECT_EQ(run.state, BackupState::Whole);
}

TEST_P(BackupScheduleTest, OneAtATimeUntilItBreaksOff) {
    ASSERT_TRUE(start());
    const auto second = start();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.failure().problems.front().key, "app.backup_running");
    EXPECT_FALSE(runs().front().broke_off());
    // As the worker does when its process died each time.
    house_->database().script("update jobs_job set state = 'dead', reason = 'crashed', died_at = due_at where kind = 'app.back_up'");
    EXPECT_TRUE(runs().front().broke_off());
    EXPECT_TRUE(start());
}

TEST_P(BackupScheduleTest, OneThatWaitsIsStoppedAtOnceAndNotBegunAgain) {
    ASSERT_TRUE(change([](auto& input) { input.enabled = true; }));
    pass(17 * 3600);
    const auto started = start(BackupOrigin::Schedule);
    ASSERT_TRUE(started && stop(*started));
    EXPECT_EQ(runs().front().state, BackupState::Stopped);
    EXPECT_FALSE(due()) << "the next one is tomorrow's";
    run_jobs();
    EXPECT_EQ(files_kept(), 0);
    const auto again = stop(*started);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.failure().problems.front().key, "app.backup_is_over");
    EXPECT_TRUE(start());
}

TEST_P(BackupScheduleTest, OneUnderWayTellsHowFarItIsAndStopsWithNothingLeft) {
    add_endless_file();
    const auto before = notices();
    const auto started = start();
    ASSERT_TRUE(started);
    SystemClock clock;  // about once a second it reports
    web::Services services{house_->database(), clock, house_->services().ids};
    auto jobs = std::async(std::launch::async, [&] { jobs::run_due_jobs(house_->registry(), services); });
    const auto percent = [&] {
        const auto job = runs().front().job;
        return job && job->progress.total > 0 ? std::optional(job->progress.done) : std::nullopt;
    };
    while (!percent() && jobs.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) continue;
    EXPECT_LT(percent().value_or(100), 50);
    EXPECT_TRUE(stop(*started));
    jobs.get();
    EXPECT_EQ(runs().front().state, BackupState::Stopped);
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
    EXPECT_EQ(notices(), before) << "who stopped it knows";
    EXPECT_FALSE(last_good());
}

TEST_P(BackupScheduleTest, TheNewestAreKept) {
    ASSERT_TRUE(change([](auto& input) { input.keep = 2; }));
    for (int i = 0; i < 4; ++i) {
        ASSERT_TRUE(start());
        run_jobs();
        pass(86'400);
    }
    EXPECT_EQ(files_kept(), 2);
    ASSERT_THAT(runs(), SizeIs(2));
    for (const auto& run : runs()) EXPECT_TRUE(verify_backup(run.path, std::nullopt)) << run.path;
}

TEST_P(BackupScheduleTest, EncryptedOnesOpenWithTheKeyThatWasShown) {
    const auto key = change([](auto& input) { input.encryption = ChangeBackupSettings::Encryption::NewKey; });
    ASSERT_TRUE(key && *key);
    ASSERT_TRUE(start());
    run_jobs();
    const auto run = runs().front();
    EXPECT_EQ(run.key_fingerprint, (*key)->fingerprint());
    EXPECT_TRUE(verify_backup(run.path, *key));
    EXPECT_FALSE(verify_backup(run.path, std::nullopt));
    // Another key later: the old file still says which key it wants.
    ASSERT_TRUE(change([](auto& input) { input.encryption = ChangeBackupSettings::Encryption::NewKey; }));
    EXPECT_EQ(key_fingerprint_of(run.path), (*key)->fingerprint());
    EXPECT_TRUE(verify_backup(run.path, *key));
}

TEST_P(BackupScheduleTest, AFailureIsToldToAdministratorsWithWhatToDo) {
    const auto before = notices();
    ASSERT_TRUE(change([&](auto& input) { input.folder = house_->file("files").string() + "/tmp/nothing"; }));
    std::ofstream(house_->file("files").string() + "/tmp/nothing") << "a file where a folder should be";
    ASSERT_TRUE(start());
    run_jobs();
    const auto run = runs().front();
    EXPECT_EQ(run.state, BackupState::Failed);
    ASSERT_TRUE(run.problem);
    EXPECT_EQ(run.problem->key, "app.backup_no_folder");
    EXPECT_GT(notices(), before);
}

TEST_P(BackupScheduleTest, AFailureReachesAnAdministratorByOneMail) {
    with_mail();
    ASSERT_TRUE(change([&](auto& input) { input.folder = house_->file("files").string() + "/tmp/nothing"; }));
    std::ofstream(house_->file("files").string() + "/tmp/nothing") << "a file where a folder should be";
    ASSERT_TRUE(start());
    run_jobs();
    run_jobs();
    ASSERT_EQ(server_->count(), 1U);
    const auto mail = server_->mails().front();
    EXPECT_EQ(mail.at("to_address"), kKeeper);
    EXPECT_THAT(mail.at("text"), HasSubstr("Sao lưu không thành công"));
    EXPECT_EQ(path_in(mail), "/quan-tri/sao-luu");
}

TEST_P(BackupScheduleTest, TheJobOfTheScheduleMakesTheDaysBackupOnce) {
    with_mail();
    ASSERT_TRUE(change([](auto& input) { input.enabled = true; }));
    start_by_clock();
    EXPECT_EQ(files_kept(), 0) << "half past one has passed today";
    pass(17 * 3600);  // 02:00
    start_by_clock();
    start_by_clock();
    ASSERT_THAT(runs(), SizeIs(1));
    EXPECT_EQ(runs().front().state, BackupState::Whole);
    EXPECT_EQ(runs().front().origin, BackupOrigin::Schedule);
    EXPECT_TRUE(verify_backup(runs().front().path, std::nullopt));
    EXPECT_EQ(files_kept(), 1);
    EXPECT_EQ(server_->count(), 0U) << "a whole one is no news";
}

TEST_P(BackupScheduleTest, OneWhoseWorkersDiedIsToldByItselfAndBeginsAnewTheNextDay) {
    with_mail();
    ASSERT_TRUE(change([](auto& input) { input.enabled = true; }));
    pass(17 * 3600);
    ASSERT_TRUE(start(BackupOrigin::Schedule));
    house_->write([](Work& work) { EXPECT_FALSE(has_broken_backup(work)) << "its job waits"; });
    house_->database().script("update jobs_job set state = 'dead', reason = 'crashed', died_at = due_at where kind = 'app.back_up'");
    end_broken();
    end_broken();
    EXPECT_EQ(runs().front().state, BackupState::Failed);
    EXPECT_EQ(runs().front().problem->key, "app.backup_broke_off");
    ASSERT_EQ(server_->count(), 1U);
    EXPECT_EQ(server_->mails().front().at("to_address"), kKeeper);
    EXPECT_EQ(files_kept(), 0);
    pass(86'400);
    start_by_clock();
    EXPECT_EQ(runs().front().state, BackupState::Whole);
    EXPECT_EQ(server_->count(), 1U);
}

TEST_P(BackupScheduleTest, SettingsAreRefusedOneByOne) {
    for (const auto* time : {"", "24:00", "1:30", "01:60", "aa:bb", "01:30 "})
        EXPECT_FALSE(change([&](auto& input) { input.daily_at = time; })) << time;
    for (const int keep : {0, -1, 366}) EXPECT_FALSE(change([&](auto& input) { input.keep = keep; })) << keep;
    EXPECT_FALSE(change([](auto& input) { input.folder = "relative"; }));
    ASSERT_TRUE(change([](auto& input) { input.keep = 5; }));
    const auto late = change([](auto& input) { input.version = 0; });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.failure().reason, Reason::Conflict);
}

TEST_P(BackupScheduleTest, OnlyTheHighestAuthoritysAdministratorsMay) {
    house_->database().write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, house_->services().ids, house_->clock().now(), Id{});
        identity::CreateAuthority lower;
        lower.name = "Ủy ban nhân dân xã Zê";
        lower.short_name = "UBND xã Zê";
        lower.place = "xã Zê";
        lower.hamlet_word = "ấp";
        lower.valid_from = *Date::from(2025, 7, 1);
        const auto made = identity::create_authority(work, lower);
        ASSERT_TRUE(made);
        work.actor = {.person = Id{9}, .name = "x", .system = false, .grants = {{Id{1}, "administrator"}}};
        const auto all = identity::authorities_on(work, work.today());
        work.authority = all.front().id;
        EXPECT_TRUE(may_manage_backups(work));
        work.authority = all.back().id;
        EXPECT_FALSE(may_manage_backups(work));
        EXPECT_FALSE(start_backup(work, BackupOrigin::Page, backup_settings(work, folder_)));
        work.authority = all.front().id;
        work.actor.grants = {{Id{1}, "clerk"}};
        EXPECT_FALSE(may_manage_backups(work));
    });
}

}  // namespace
}  // namespace loa::app
