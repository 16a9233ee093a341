// A backup in an administrator's browser: who may fetch it, in which pieces, and what the timeline says of it.
#include <sys/stat.h>

#include <fstream>

#include "backup_schedule.h"
#include "loa/base/secrets.h"
#include "loa/identity/work.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPage = "/quan-tri/sao-luu";

/// Backups are made, so this has a commune of its own.
class BackupDownloadTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        folder_ = commune_->files() / "backups";
        fs::create_directory(folder_);
        installation([&](Work& work) {
            ASSERT_TRUE(change_backup_settings(work, *keys_in(commune_->registry()),
                                               {.enabled = false, .daily_at = "01:30", .keep = 14, .folder = folder_.string()}));
        });
    }

    void installation(const std::function<void(Work&)>& step) {
        commune_->database().write([&](storage::Transaction& db) {
            auto& town = commune_->town();
            Work work = identity::system_work(db, town.ids(), town.clock().now(), Id{});
            step(work);
        });
    }
    web::Browser& administrator() { return commune_->visitor("administrator"); }
    BackupRun made() {
        EXPECT_EQ(send(administrator(), std::string(kPage) + "/ngay", {}).status, 303);
        commune_->run_jobs();
        std::vector<BackupRun> runs;
        installation([&](Work& work) { runs = backup_runs(work); });
        EXPECT_EQ(runs.at(0).state, BackupState::Whole);
        return runs.at(0);
    }
    static std::string address(const BackupRun& run) { return std::string(kPage) + "/" + to_string(run.id) + "/tep"; }
    int ask(const BackupRun& run) { return send(administrator(), address(run), {}).status; }
    std::string page() { return administrator().get(kPage).body; }
    /// With heads that Browser does not send.
    web::Response part(const BackupRun& run, const std::string& range) {
        web::Request request;
        request.target = address(run);
        std::string cookies;
        for (const auto& [name, value] : administrator().cookies()) cookies += name + "=" + value + "; ";
        request.headers.add("host", "localhost");
        request.headers.add("cookie", cookies);
        request.headers.add("range", range);
        return commune_->dispatcher().handle(std::move(request));
    }

    std::unique_ptr<Commune> commune_;
    fs::path folder_;
};
LOA_ON_BOTH_ENGINES(BackupDownloadTest);

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_P(BackupDownloadTest, WhoAsksGetsTheBytesAndStandsInTheTimeline) {
    const auto run = made();
    EXPECT_THAT(words_of(page()), HasSubstr("Không mã hóa"));
    EXPECT_THAT(page(), HasSubstr("action=\"" + address(run) + "\""));
    EXPECT_THAT(administrator().get("/nhat-ky").body, Not(HasSubstr("Đã tải về một bản sao lưu")));
    const auto asked = send(administrator(), address(run), {});
    ASSERT_EQ(asked.status, 303);
    const auto file = administrator().follow(asked);
    ASSERT_EQ(file.status, 200);
    EXPECT_EQ(file.body, bytes_of(run.path));
    EXPECT_EQ(file.header("Cache-Control"), "no-store");
    EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("attachment; filename=\"" + fs::path(run.path).filename().string() + "\""));
    const auto timeline = words_of(administrator().get("/nhat-ky").body);
    EXPECT_THAT(timeline, HasSubstr("Đã tải về một bản sao lưu"));
    EXPECT_THAT(timeline, HasSubstr(fs::path(run.path).filename().string()));
}

TEST_P(BackupDownloadTest, APartOfItIsEnough) {
    const auto run = made();
    ASSERT_EQ(ask(run), 303);
    const auto answer = part(run, "bytes=10-");
    EXPECT_EQ(answer.status, 206);
    ASSERT_TRUE(answer.file);
    EXPECT_EQ(answer.file->begin, 10U);
    EXPECT_EQ(answer.file->size, static_cast<std::uint64_t>(run.size) - 10);
}

TEST_P(BackupDownloadTest, NobodyGetsAByteThatTheTimelineDoesNotTellOf) {
    const auto run = made();
    const auto refused = administrator().get(address(run));
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(words_of(refused.body), HasSubstr("bấm “Tải về” ở bản cần lấy"));
    ASSERT_EQ(ask(run), 303);
    auto other = commune_->add_person(commune_->town(), "quan-tri-hai", commune_->town().root(), {identity::Role::Administrator});
    EXPECT_EQ(other.get(address(run)).status, 403) << "another administrator asks for herself";
    EXPECT_EQ(administrator().get(address(run)).status, 200);
    commune_->pass_time(86'400);
    auto tomorrow = commune_->sign_in_again("administrator");
    EXPECT_EQ(tomorrow.get(address(run)).status, 403);
}

TEST_P(BackupDownloadTest, OnlyTheHighestAuthoritysAdministratorsMay) {
    const auto run = made();
    ASSERT_EQ(ask(run), 303);
    auto elsewhere = commune_->add_person(commune_->elsewhere(), "quan-tri-khac", commune_->elsewhere().root(), {identity::Role::Administrator});
    for (auto* browser : {&elsewhere, &commune_->visitor("clerk"), &commune_->visitor("leader")}) {
        EXPECT_EQ(browser->get(address(run)).status, 403);
        EXPECT_EQ(send(*browser, address(run), {}).status, 403);
        EXPECT_EQ(send(*browser, std::string(kPage) + "/" + to_string(run.id) + "/dung", {}).status, 403);
    }
}

TEST_P(BackupDownloadTest, AnotherFileInItsPlaceIsNotSent) {
    const auto run = made();
    ASSERT_EQ(ask(run), 303);
    const auto aside = folder_ / "aside";
    fs::rename(run.path, aside);
    const auto expect_gone = [&](const char* what) {
        EXPECT_EQ(administrator().get(address(run)).status, 404) << what;
        EXPECT_THAT(page(), Not(HasSubstr("action=\"" + address(run)))) << what;
        EXPECT_THAT(words_of(page()), HasSubstr("Tệp không còn trong thư mục")) << what;
        fs::remove(run.path);
    };
    expect_gone("nothing");
    fs::create_symlink(aside, run.path);
    expect_gone("a link");
    std::ofstream(run.path) << "something else";
    expect_gone("another size");
    ASSERT_EQ(::mkfifo(run.path.c_str(), 0600), 0);
    expect_gone("a pipe that nobody writes into");
    fs::rename(aside, run.path);
    EXPECT_EQ(administrator().get(address(run)).status, 200);
}

TEST_P(BackupDownloadTest, WhatMadeNoFileCannotBeAskedFor) {
    EXPECT_EQ(send(administrator(), std::string(kPage) + "/ngay", {}).status, 303);
    std::vector<BackupRun> runs;
    installation([&](Work& work) { runs = backup_runs(work); });
    EXPECT_THAT(words_of(page()), HasSubstr("Đang chờ"));
    EXPECT_EQ(ask(runs.at(0)), 404);
    EXPECT_EQ(send(administrator(), std::string(kPage) + "/" + to_string(runs.at(0).id) + "/dung", {}).status, 303);
    EXPECT_THAT(words_of(page()), HasSubstr("Đã dừng theo yêu cầu"));
    EXPECT_THAT(between(page(), "<tbody>", "</tbody>"), Not(HasSubstr("<code>"))) << "there is no file to name";
    EXPECT_EQ(ask(runs.at(0)), 404);
    EXPECT_EQ(send(administrator(), std::string(kPage) + "/" + to_string(runs.at(0).id) + "/dung", {}).status, 404) << "it is over";
}

TEST_P(BackupDownloadTest, EachSaysWhichKeyOpensIt) {
    const auto open = made();
    installation([&](Work& work) {
        auto now = backup_settings(work, "");
        ASSERT_TRUE(change_backup_settings(work, *keys_in(commune_->registry()),
                                           {.enabled = false, .daily_at = "01:30", .keep = 14, .folder = now.folder,
                                            .encryption = ChangeBackupSettings::Encryption::NewKey, .version = now.version}));
    });
    commune_->pass_time(60);
    const auto locked = made();
    const auto list = between(page(), "<tbody>", "</tbody>");
    EXPECT_THAT(words_of(between(list, locked.started_at.iso(), "</tr>")), HasSubstr("Mã hóa bằng khóa " + locked.key_fingerprint));
    const auto row = words_of(between(list, open.started_at.iso(), "</tr>"));
    EXPECT_THAT(row, HasSubstr("Không mã hóa"));
    EXPECT_THAT(row, Not(HasSubstr("Mã hóa bằng khóa")));
}

}  // namespace
}  // namespace loa::app
