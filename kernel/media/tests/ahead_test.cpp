#include "loa/media/ahead.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>

#include "loa/base/secrets.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/media/file.h"
#include "loa/media/quota.h"
#include "loa/storage/testing.h"
#include "loa/web/route.h"
#include "loa/web/testing.h"

namespace loa::media {
namespace {

namespace fs = std::filesystem;
using web::Browser;

/// A film to the eye of the store: its first bytes say so, the rest is noise that no two places share.
std::string film(std::size_t size, std::uint64_t state = 88172645463325252ULL) {
    std::string bytes("\0\0\0\x18""ftypmp42", 12);
    bytes.resize(size);
    for (std::size_t at = 12; at + 8 <= size; at += 8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        std::memcpy(&bytes[at], &state, 8);
    }
    return bytes;
}

/// The text or number behind "name": in flat JSON.
std::string told(const Browser::Answer& answer, const std::string& name) {
    const auto at = answer.body.find("\"" + name + "\":");
    if (at == std::string::npos) return "";
    auto rest = std::string_view(answer.body).substr(at + name.size() + 3);
    rest = rest.substr(0, rest.find_first_of(",}"));
    if (rest.starts_with('"')) rest = rest.substr(1, rest.size() - 2);
    return std::string(rest);
}

class AheadTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        root_ = fs::temp_directory_path() / ("loa_ahead_" + std::to_string(::getpid()));
        fs::remove_all(root_);
        open();
    }
    void TearDown() override { fs::remove_all(root_); }

    /// As after a restart: nothing but disk and database is left of before.
    void open() {
        registry_ = std::make_unique<Registry>();
        store_ = std::make_shared<FileStore>(root_);
        jobs::join(*registry_);
        join(*registry_, store_);
        registry_->add(web::Route{.pattern = "/form", .handler = [](const web::Request&, Work&) {
                                      return web::show({"probe/form", "Tệp", {}});
                                  }});
        registry_->add(web::Route{.method = web::Method::Post,
                                  .pattern = "/gui",
                                  .handler = [](const web::Request& request, Work& work) -> web::Response {
                                      const auto& file = std::any_cast<const Result<AcceptedFile>&>(request.prepared);
                                      if (!file) return web::failed(file.failure());
                                      if (request.form.has("refuse")) return web::failed(invalid("", "media.missing"));
                                      add_file(work, *file, {"plan.evidence", work.authority, Id{5}});
                                      return web::bytes(file->name + " " + file->bytes.sha256, "text/plain");
                                  },
                                  .prepare = [store = store_](const web::Request& request) -> std::any {
                                      return accept_upload(*store, request, "tep");
                                  },
                                  .look = look_at_uploads(store_),
                                  .files_limit = 100 << 20});
        web::Hooks hooks;
        hooks.sign_in_work = [](const web::Request& request, Work& work) {
            const auto session = request.cookies.raw(web::kSessionCookie);
            if (session.empty()) return web::Hooks::Session{};
            work.actor.person = *parse_id(session.substr(0, 1));
            work.authority = *parse_id(session.substr(2));
            return web::Hooks::Session{"secret of " + session};
        };
        web::ServerSettings settings;
        settings.secret = "the same after a restart";
        dispatcher_ = web::make_dispatcher(*registry_, {*database_, clock_, ids_}, hooks, settings);
    }
    /// With the token of a form of theirs.
    Browser person(const std::string& who = "7-11") {
        Browser browser(*dispatcher_);
        browser.set_cookie(std::string(web::kSessionCookie), who);
        EXPECT_EQ(browser.get("/form").status, 200);
        return browser;
    }
    /// What the script sends of a form: the token, and no number that would make a second sending the first one.
    static Browser::Answer post(Browser& browser, const std::string& path, std::vector<std::pair<std::string, std::string>> fields = {}) {
        fields.emplace_back("request_id", "");
        return browser.post(path, fields);
    }
    static std::string begin(Browser& browser, std::int64_t size, const std::string& name = "Họp khóm.mp4") {
        const auto answer = post(browser, "/-/tai-len", {{"name", name}, {"size", std::to_string(size)}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(told(answer, "received"), "0");
        return "/-/tai-len/" + told(answer, "id");
    }
    static Browser::Answer chunk(Browser& browser, const std::string& path, std::int64_t offset, const std::string& bytes) {
        return browser.post_bytes(path, bytes, {{"upload-offset", std::to_string(offset)}, {"upload-sha256", sha256(bytes)}});
    }
    static void send_rest(Browser& browser, const std::string& path, const std::string& file, std::size_t from = 0) {
        for (std::size_t at = from; at < file.size(); at += kChunk) {
            const auto answer = chunk(browser, path, static_cast<std::int64_t>(at), file.substr(at, kChunk));
            ASSERT_EQ(answer.status, 200) << answer.body;
            ASSERT_EQ(told(answer, "received"), std::to_string(std::min(at + kChunk, file.size())));
        }
    }
    static std::string finished(Browser& browser, const std::string& file) {
        const auto path = begin(browser, static_cast<std::int64_t>(file.size()));
        send_rest(browser, path, file);
        EXPECT_EQ(told(post(browser, path + "/xong"), "finished"), "true");
        return path.substr(path.rfind('/') + 1);
    }
    template <class Step>
    auto write(Step&& step) {
        return database_->write([&](storage::Transaction& db) {
            auto work = jobs::system_work(db, ids_, clock_.now(), Id{11});
            return step(work);
        });
    }

    std::unique_ptr<storage::Database> database_;
    FixedClock clock_{Instant{1705280400000}};
    IdSource ids_{1, clock_};
    fs::path root_;
    std::shared_ptr<FileStore> store_;
    std::unique_ptr<Registry> registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
};

TEST_P(AheadTest, WhatArrivedSurvivesARestart) {
    const auto file = film(64 << 20);
    std::string path;
    {
        auto browser = person();
        path = begin(browser, static_cast<std::int64_t>(file.size()));
        send_rest(browser, path, file.substr(0, 40 << 20));
    }
    open();
    auto browser = person();
    const auto where = browser.get(path);
    EXPECT_EQ(told(where, "received"), std::to_string(40 << 20));
    EXPECT_EQ(told(where, "finished"), "false");
    send_rest(browser, path, file, 40 << 20);
    EXPECT_EQ(told(post(browser, path + "/xong"), "finished"), "true");
    EXPECT_EQ(told(post(browser, path + "/xong"), "finished"), "true") << "the first answer was lost";
    const auto done = post(browser, "/gui", {{"tep-sent", path.substr(path.rfind('/') + 1)}});
    EXPECT_EQ(done.body, "Họp khóm.mp4 " + sha256(file));
    EXPECT_EQ(store_->read(sha256(file)), file);
    EXPECT_TRUE(fs::is_empty(store_->spool()));
}

TEST_P(AheadTest, EachChunkIsLookedAt) {
    const auto file = film(3'000'000);
    auto browser = person();
    const auto path = begin(browser, 3'000'000);
    EXPECT_EQ(browser.post_bytes(path, file.substr(0, 1000), {{"upload-offset", "0"}, {"upload-sha256", sha256("other")}}).status, 400) << "damaged";
    EXPECT_EQ(browser.post_bytes(path, file.substr(0, 1000), {{"upload-offset", "0"}}).status, 400) << "unchecked";
    EXPECT_EQ(chunk(browser, path, 0, "").status, 400);
    EXPECT_EQ(chunk(browser, path, 0, film(3'000'001)).status, 400) << "more than was said";
    EXPECT_EQ(browser.post_bytes(path, film(kChunk + 1), {{"upload-offset", "0"}}).status, 413);
    EXPECT_EQ(chunk(browser, path, 0, file.substr(0, 1'000'000)).status, 200);
    for (const std::int64_t offset : {0, 999'999, 1'000'001, 2'000'000, -1}) {
        const auto answer = chunk(browser, path, offset, file.substr(1'000'000));
        EXPECT_EQ(answer.status, 409) << offset;
        EXPECT_EQ(told(answer, "received"), "1000000");
    }
    const auto early = post(browser, path + "/xong");
    EXPECT_EQ(early.status, 409);
    EXPECT_EQ(told(early, "received"), "1000000");
    EXPECT_EQ(chunk(browser, path, 1'000'000, file.substr(1'000'000)).status, 200);
    EXPECT_EQ(told(post(browser, path + "/xong"), "finished"), "true");
    EXPECT_EQ(chunk(browser, path, 3'000'000, "x").status, 409) << "it has an end";
    EXPECT_EQ(store_->read(sha256(file)), file);
}

TEST_P(AheadTest, BelongsToOnePersonActingForOneAuthority) {
    const auto file = film(100'000);
    auto mine = person();
    const auto path = begin(mine, 100'000);
    for (const auto* other : {"8-11", "7-12"}) {
        auto browser = person(other);
        EXPECT_EQ(browser.get(path).status, 404) << other;
        EXPECT_EQ(chunk(browser, path, 0, file).status, 404);
        EXPECT_EQ(post(browser, path + "/xong").status, 404);
        EXPECT_EQ(post(browser, path + "/bo").status, 404);
    }
    send_rest(mine, path, file);
    EXPECT_EQ(post(mine, path + "/xong").status, 200);
    auto thief = person("8-11");
    EXPECT_EQ(post(thief, "/gui", {{"tep-sent", path.substr(path.rfind('/') + 1)}}).status, 422);
    Browser stranger(*dispatcher_);
    EXPECT_EQ(stranger.post("/-/tai-len", {{"name", "x"}, {"size", "5"}}).status, 403);
    EXPECT_EQ(stranger.post_bytes(path, "x").status, 403);
    Browser forged(*dispatcher_);
    forged.set_cookie(std::string(web::kSessionCookie), "7-11");
    EXPECT_EQ(chunk(forged, path, 0, file).status, 403) << "no token of a form of ours";
}

TEST_P(AheadTest, IsGoodForOneForm) {
    auto browser = person();
    const auto id = finished(browser, film(50'000));
    EXPECT_EQ(post(browser, "/gui", {{"tep-sent", id}, {"refuse", "1"}}).status, 422);
    EXPECT_EQ(post(browser, "/gui", {{"tep-sent", id}}).status, 200) << "a refused form has not used it";
    EXPECT_EQ(post(browser, "/gui", {{"tep-sent", id}}).status, 422);
    EXPECT_EQ(browser.get("/-/tai-len/" + id).status, 404);
    for (const auto* other : {"", "x", "0", "1", "99999999999999999999"})
        EXPECT_EQ(post(browser, "/gui", {{"tep-sent", other}}).status, 422) << other;
    const auto unfinished = begin(browser, 100);
    EXPECT_EQ(post(browser, "/gui", {{"tep-sent", unfinished.substr(unfinished.rfind('/') + 1)}}).status, 422);
}

TEST_P(AheadTest, WhatItIsCountsAndNotItsName) {
    auto browser = person();
    const std::string page = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    const auto path = begin(browser, static_cast<std::int64_t>(page.size()), "phim.mp4");
    send_rest(browser, path, page);
    const auto answer = post(browser, path + "/xong");
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(told(answer, "problem"), "");
}

TEST_P(AheadTest, TheQuotaCountsFromTheStart) {
    write([](Work& work) { EXPECT_TRUE(set_quota(work, 1'000'000)); });
    auto browser = person();
    const auto refused = post(browser, "/-/tai-len", {{"name", "a.mp4"}, {"size", "1000001"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("còn"), std::string::npos) << refused.body;
    const auto first = begin(browser, 600'000);
    EXPECT_EQ(post(browser, "/-/tai-len", {{"name", "b.mp4"}, {"size", "600000"}}).status, 422) << "the first one holds its place";
    EXPECT_EQ(browser.post("/gui", {{"request_id", ""}}, {{"tep", "c.mp4", film(500'000)}}).status, 422) << "and against a whole form";
    auto elsewhere = person("7-12");
    begin(elsewhere, 600'000);
    EXPECT_EQ(post(browser, first + "/bo").status, 200);
    EXPECT_EQ(browser.post("/gui", {{"request_id", ""}}, {{"tep", "c.mp4", film(500'000)}}).status, 200);
    write([](Work& work) {
        const auto kept = kept_files(work);
        EXPECT_EQ(kept.files, 1);
        EXPECT_EQ(kept.bytes, 500'000);
        EXPECT_EQ(kept.left(), 500'000);
        EXPECT_EQ(kept_files_by_authority(work).size(), 1u);
    });
    for (const auto* size : {"0", "-1", "", "x", "5368709121"})
        EXPECT_EQ(post(browser, "/-/tai-len", {{"name", "a.mp4"}, {"size", size}}).status, 422) << size;
}

TEST_P(AheadTest, OnePersonHasSoManyUnderWay) {
    auto browser = person();
    for (int count = 0; count < 50; ++count) begin(browser, 100);
    EXPECT_EQ(post(browser, "/-/tai-len", {{"name", "a.mp4"}, {"size", "100"}}).status, 422);
    auto other = person("8-11");
    begin(other, 100);
}

TEST_P(AheadTest, EndsADayAfterItsLastChunk) {
    auto browser = person();
    const auto file = film(100'000);
    const auto path = begin(browser, 100'000);
    clock_.set(clock_.now().plus_seconds(20 * 3600));
    EXPECT_EQ(chunk(browser, path, 0, file.substr(0, 50'000)).status, 200);
    clock_.set(clock_.now().plus_seconds(20 * 3600));
    EXPECT_EQ(browser.get(path).status, 200);
    clock_.set(clock_.now().plus_seconds(5 * 3600));
    EXPECT_EQ(browser.get(path).status, 404);
    EXPECT_EQ(chunk(browser, path, 50'000, file.substr(50'000)).status, 404);
    const auto spooled = *fs::directory_iterator(store_->spool());
    fs::last_write_time(spooled, fs::file_time_type::clock::now() - std::chrono::hours(25));
    SystemClock now;
    write([](Work& work) { return jobs::enqueue(work, "media.sweep_bytes", "{}"); });
    jobs::run_due_jobs(*registry_, {*database_, now, ids_});
    EXPECT_TRUE(fs::is_empty(store_->spool()));
    write([](Work& work) { EXPECT_EQ(kept_files(work).sent_ahead, 0); });
}

TEST_P(AheadTest, TheSweepLeavesWhatWaitsForItsForm) {
    auto browser = person();
    const auto file = film(30'000);
    finished(browser, file);
    const auto hash = sha256(file);
    fs::last_write_time(root_ / hash.substr(0, 2) / hash, fs::file_time_type::clock::now() - std::chrono::hours(25));
    SystemClock now;
    write([](Work& work) { return jobs::enqueue(work, "media.sweep_bytes", "{}"); });
    jobs::run_due_jobs(*registry_, {*database_, now, ids_});
    EXPECT_TRUE(store_->has(hash)) << "its record was there when the sweep came by";
}

INSTANTIATE_TEST_SUITE_P(Engines, AheadTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

// ---- the files under it ------------------------------------------------------------------------------------------

TEST(Spooled, IsNotWrittenToOnceItIsInTheStore) {
    const auto root = fs::temp_directory_path() / ("loa_spooled_" + std::to_string(::getpid()));
    fs::remove_all(root);
    const FileStore store(root);
    FileStore same(root);
    const auto path = store.spool() / "ahead-1";
    EXPECT_FALSE(store.write_spooled(path, 5, "x")) << "nothing there to go on with";
    ASSERT_TRUE(store.write_spooled(path, 0, "abcdef"));
    ASSERT_TRUE(store.write_spooled(path, 3, "DEF"));
    const auto taken = same.adopt(path);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->sha256, sha256("abcDEF"));
    EXPECT_FALSE(store.write_spooled(path, 6, "more"));
    EXPECT_EQ(store.read(taken->sha256), "abcDEF");
    EXPECT_FALSE(same.adopt(path));
    // The same bytes once more: nothing is left in the spool.
    ASSERT_TRUE(store.write_spooled(path, 0, "abcDEF"));
    EXPECT_EQ(same.adopt(path)->sha256, taken->sha256);
    EXPECT_TRUE(fs::is_empty(store.spool()));
    fs::remove_all(root);
}

}  // namespace
}  // namespace loa::media
