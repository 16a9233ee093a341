// /quan-tri/viec-nen, /viec-nen, and `loa jobs`.
#include <sstream>

#include "attempt.h"
#include "clockwork.h"
#include "loa/jobs/command.h"
#include "loa/web/testing.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

bool has(const web::Browser::Answer& page, std::string_view words) { return page.body.find(words) != std::string::npos; }

class JobPagesTest : public House {
  protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        registry_.add(telling("test.tell", [this](const Job&) -> Result<Done> { return verdict_; }));
        registry_.add(JobKind{.name = "test.copy",
                              .handler = [](Work&, const Job&) -> Result<Done> { return Done{}; },
                              .outside = [this](const Job& job, web::Services&) -> Result<std::any> {
                                  job.report({29, 48, "jobs.unread"});
                                  if (during_) during_();
                                  return std::any();
                              },
                              .cancelled = [](Work&, const Job&) {}});
        registry_.add(Schedule{.name = "test.nightly", .job_kind = "test.tell", .daily_at = ClockTime{2, 30}});
        registry_.add(Schedule{.name = "test.often", .job_kind = "test.tell", .every_seconds = 900,
                               .where = Schedule::Where::EveryProcess});
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, services(), hooks(), {});
        browser_.emplace(*dispatcher_);
    }

    /// Person 7 of the town, who is an administrator as long as the test says so.
    web::Hooks hooks() {
        return {.sign_in_work =
                    [this](const web::Request&, Work& work) {
                        work.authority = kTown;
                        work.actor = {.person = person_, .name = "Phan Thị Ngọc Diễm", .system = false, .grants = {}};
                        return web::Hooks::Session{"secret"};
                    },
                .may = [this](const Work&, std::string_view verb) { return administrator_ && verb == "identity.manage_settings"; },
                .frame = [](Work&, web::View learnt) { return learnt; },
                .answered = [](Work&) { return std::nullopt; },
                .remember_answer = [](Work&, const std::string&) {}};
    }
    web::Browser::Answer page(const std::string& query = "") { return browser_->get("/quan-tri/viec-nen" + query); }
    Id dead_job() {
        verdict_ = conflict("jobs.no_notice");
        const Id id = enqueued("test.tell");
        run_due();
        return id;
    }
    struct Said {
        int code = 0;
        std::string out, errors;
    };
    Said loa(const std::string& name, std::map<std::string, std::string> typed = {}) {
        std::ostringstream out, errors;
        auto all = services();
        Invocation invocation{std::move(typed), out, errors, registry_, [&]() -> web::Services& { return all; }};
        for (const auto& command : registry_.all<Command>())
            if (command.name == name) return {command.run(invocation), out.str(), errors.str()};
        ADD_FAILURE() << name;
        return {};
    }

    Id person_{7};
    bool administrator_ = true;
    Result<Done> verdict_ = Done{};
    std::function<void()> during_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::optional<web::Browser> browser_;
};

TEST_P(JobPagesTest, AnEmptyQueueSaysWhatWillStandHere) {
    const auto empty = page();
    EXPECT_EQ(empty.status, 200);
    EXPECT_TRUE(has(empty, "Không có việc nào đang chờ")) << empty.body;
    EXPECT_TRUE(has(empty, "Hằng ngày lúc 02:30"));
    EXPECT_TRUE(has(empty, "Mỗi tiến trình tự chạy"));
    EXPECT_FALSE(has(empty, "data-live"));
}

TEST_P(JobPagesTest, OthersMayNotComeIn) {
    const Id id = dead_job();
    page();
    administrator_ = false;
    EXPECT_EQ(page().status, 403);
    const auto path = "/quan-tri/viec-nen/" + to_string(id);
    for (const auto* act : {"/lam-lai", "/bo", "/dung"}) EXPECT_EQ(browser_->post(path + act).status, 403) << act;
    EXPECT_EQ(dead().size(), 1u);
}

TEST_P(JobPagesTest, ADeadJobTellsWhyAndIsTriedAgain) {
    const Id id = dead_job();
    const auto shown = page("?state=dead");
    EXPECT_TRUE(has(shown, "Hồ sơ đã thay đổi nên việc không còn phù hợp. Không có thông báo này")) << shown.body;
    EXPECT_TRUE(has(shown, "Không làm được (1)"));
    EXPECT_FALSE(has(shown, ">7<")) << "what the job carries is nobody's to read";
    verdict_ = Done{};
    EXPECT_EQ(browser_->post("/quan-tri/viec-nen/" + to_string(id) + "/lam-lai").location, "/quan-tri/viec-nen");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(browser_->post("/quan-tri/viec-nen/" + to_string(id) + "/lam-lai").status, 404) << "it is done";
}

TEST_P(JobPagesTest, AnExceptionStandsUnderTheDetails) {
    registry_.add(JobKind{.name = "test.broken", .handler = [](Work&, const Job&) -> Result<Done> {
                              throw std::runtime_error("disk <full>");
                          }, .retry = {.attempts = 1}});
    enqueued("test.broken");
    run_due();
    const auto shown = page();
    EXPECT_TRUE(has(shown, "Chương trình gặp lỗi khi làm việc này.")) << shown.body;
    EXPECT_TRUE(has(shown, "disk &lt;full&gt;"));
}

TEST_P(JobPagesTest, ADeadJobIsDiscarded) {
    const Id id = dead_job();
    page();
    EXPECT_EQ(browser_->post("/quan-tri/viec-nen/" + to_string(id) + "/bo").status, 303);
    EXPECT_TRUE(dead().empty());
    EXPECT_EQ(browser_->post("/quan-tri/viec-nen/" + to_string(id) + "/bo").status, 404);
}

TEST_P(JobPagesTest, ARunningJobShowsItsProgressAndCanBeCancelled) {
    Id id;
    int seen = 0;
    during_ = [&] {
        for (const auto* path : {"/quan-tri/viec-nen", "/viec-nen"}) {
            const auto shown = browser_->get(path);
            EXPECT_TRUE(has(shown, "max=\"48\" value=\"29\"")) << shown.body;
            EXPECT_TRUE(has(shown, "data-live"));
            EXPECT_TRUE(has(shown, "Đang chạy"));
            ++seen;
        }
        EXPECT_EQ(browser_->post("/viec-nen/" + to_string(id) + "/dung").location, "/viec-nen");
        EXPECT_TRUE(has(browser_->get("/viec-nen"), "Đang dừng"));
    };
    id = enqueued("test.copy", "7", {.owner = person_});
    run_due();
    EXPECT_EQ(seen, 2);
    EXPECT_TRUE(has(browser_->get("/viec-nen"), "Không có việc nào của ông/bà đang chạy"));
}

TEST_P(JobPagesTest, OnesOwnPageShowsNobodyElsesAndEndsNobodyElses) {
    enqueued("test.copy", "7", {.owner = Id{8}});
    const Id own = enqueued("test.copy", "7", {.owner = person_});
    const auto shown = browser_->get("/viec-nen");
    EXPECT_EQ(shown.body.find("/dung", shown.body.find("/dung") + 1), std::string::npos) << "one, and no more";
    person_ = Id{8};
    EXPECT_EQ(browser_->post("/viec-nen/" + to_string(own) + "/dung").status, 404);
    EXPECT_EQ(lines({}).size(), 2u);
}

TEST_P(JobPagesTest, IsFilteredAndHasPages) {
    for (int i = 0; i < 51; ++i) enqueued("test.tell", "7", {.run_at = kMorning.plus_seconds(3600)});
    enqueued("test.copy", "7", {.run_at = kMorning.plus_seconds(3600)});
    EXPECT_TRUE(has(page("?kind=test.tell"), "trang=2"));
    EXPECT_FALSE(has(page("?kind=test.copy"), "trang=2"));
    EXPECT_TRUE(has(page("?kind=test.copy&state=dead"), "Không có việc nào phù hợp"));
    EXPECT_TRUE(has(page("?trang=2"), "trang=1"));
    EXPECT_EQ(page("?kind=%27%3B--&state=x&trang=-4&of=x").status, 200);
    EXPECT_EQ(page("?trang=99999999999999999999").status, 200);
}

TEST_P(JobPagesTest, TheInstallationsJobsAreShownAndNotTouched) {
    verdict_ = conflict("test.changed");
    const Id id = enqueued("test.tell", "7", {}, Id{});
    run_due();
    EXPECT_FALSE(has(page(), "Không làm được (1)"));
    const auto shown = page("?of=installation");
    EXPECT_TRUE(has(shown, "Không làm được (1)")) << shown.body;
    EXPECT_FALSE(has(shown, "/lam-lai"));
    dead_job();
    ASSERT_TRUE(has(page(), "/lam-lai")) << "a form, with its token";
    EXPECT_EQ(browser_->post("/quan-tri/viec-nen/" + to_string(id) + "/lam-lai").status, 404);
}

TEST_P(JobPagesTest, SchedulesTellTheirLastAndNextTime) {
    auto all = services();
    Clockwork clockwork(registry_, all);
    clockwork.enrol();
    EXPECT_TRUE(has(page(), "02:30, 16/01/2024"));
    EXPECT_TRUE(has(page(), "Chưa chạy"));
    clock_.set(kMorning.plus_seconds(24 * 3600));
    clockwork.strike();
    EXPECT_TRUE(has(page(), "08:00, 16/01/2024")) << "made up for later, and said so";
    EXPECT_TRUE(has(page(), "02:30, 17/01/2024"));
}

TEST_P(JobPagesTest, TheCommandsListRetryDiscardAndRun) {
    const Id first = dead_job(), second = dead_job();
    enqueued("test.copy", "7", {.run_at = kMorning.plus_seconds(60)}, kVillage);
    EXPECT_NE(loa("jobs list").out.find(to_string(first) + "\t11\tdead\ttest.tell\tattempt 1\tdue 2024-01-15"), std::string::npos)
        << loa("jobs list").out;
    EXPECT_EQ(loa("jobs list", {{"--state", "waiting"}}).out.find("test.tell"), std::string::npos);
    EXPECT_EQ(loa("jobs list", {{"--state", "asleep"}}).code, exit_code(Reason::Invalid));
    EXPECT_EQ(loa("jobs retry", {{"ID", "12x"}}).code, exit_code(Reason::NotFound));
    EXPECT_EQ(loa("jobs retry", {{"ID", "12"}}).code, exit_code(Reason::NotFound));
    EXPECT_EQ(loa("jobs retry", {{"ID", to_string(first)}}).code, 0);
    EXPECT_EQ(loa("jobs discard", {{"ID", to_string(first)}}).code, exit_code(Reason::NotFound)) << "it lives";
    EXPECT_EQ(loa("jobs discard", {{"ID", to_string(second)}}).code, 0);
    verdict_ = Done{};
    EXPECT_EQ(loa("jobs run").out, "1 attempts\n");
    EXPECT_EQ(loa("jobs list", {{"--state", "dead"}}).out, "");
}

INSTANTIATE_TEST_SUITE_P(Engines, JobPagesTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
