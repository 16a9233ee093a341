#include "loa/web/testing.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

/// Person 7 of the town, whatever the cookie says.
web::Hooks hooks() {
    return {.sign_in_work =
                [](const web::Request&, Work& work) {
                    work.authority = kTown;
                    work.actor = {.person = Id{7}, .name = "Phan Thị Ngọc Diễm", .system = false, .grants = {}};
                    return web::Hooks::Session{"secret"};
                },
            .may = [](const Work&, std::string_view) { return false; },
            .frame = [](Work&, web::View learnt) { return learnt; },
            .answered = [](Work&) { return std::nullopt; },
            .remember_answer = [](Work&, const std::string&) {}};
}

class NoticePageTest : public House {
  protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, services(), hooks(), {});
        browser_.emplace(*dispatcher_);
    }
    void tell(std::string_view path, std::int64_t person = 7) {
        write([&](Work& work) {
            notify(work, Id{person}, kNews, {.key = "jobs.unread", .args = {{"unread", "<b>3</b>"}}, .path = std::string(path)});
        });
    }
    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::optional<web::Browser> browser_;
};

TEST_P(NoticePageTest, AnEmptyListSaysWhatWillStandHere) {
    const auto page = browser_->get("/thong-bao");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Chưa có thông báo nào"), std::string::npos);
    EXPECT_EQ(page.body.find("doc-het"), std::string::npos);
}

TEST_P(NoticePageTest, ReadingOneLeadsToItsPlace) {
    tell("/ke-hoach/15");
    const auto page = browser_->get("/thong-bao");
    EXPECT_NE(page.body.find("&lt;b&gt;3&lt;/b&gt; thông báo chưa đọc"), std::string::npos) << page.body;
    EXPECT_NE(page.body.find("08:00, 15/01/2024"), std::string::npos);
    const auto at = page.body.find("/thong-bao/", page.body.find("<ul class=\"list\""));
    const auto action = page.body.substr(at, page.body.find('"', at) - at);
    const auto answer = browser_->post(action);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location, "/ke-hoach/15");
    EXPECT_EQ(effects(), 0);
}

TEST_P(NoticePageTest, AllCanBeReadAtOnceButOnlyOnesOwn) {
    tell("");
    tell("");
    tell("", 8);
    browser_->get("/thong-bao");
    EXPECT_EQ(browser_->post("/thong-bao/doc-het").location, "/thong-bao");
    EXPECT_EQ(effects(7), 0);
    EXPECT_EQ(effects(8), 1);
}

TEST_P(NoticePageTest, AnothersNoticeIsNotThere) {
    tell("/a", 8);
    const auto others = write([](Work& work) {
        work.actor.person = Id{8};
        return notices(work, 1);
    });
    tell("");
    browser_->get("/thong-bao");
    EXPECT_EQ(browser_->post("/thong-bao/" + to_string(others.at(0).id) + "/doc").status, 404);
    EXPECT_EQ(effects(8), 1);
}

TEST_P(NoticePageTest, LongListsHavePages) {
    for (int i = 0; i < 51; ++i) tell("");
    const auto first = browser_->get("/thong-bao");
    EXPECT_NE(first.body.find("/thong-bao?trang=2"), std::string::npos);
    const auto second = browser_->get("/thong-bao?trang=2");
    EXPECT_NE(second.body.find("/thong-bao?trang=1"), std::string::npos);
    EXPECT_EQ(second.body.find("/thong-bao?trang=3"), std::string::npos);
    for (const auto* odd : {"0", "-1", "x", "99999999999999999999", ""})
        EXPECT_EQ(browser_->get(std::string("/thong-bao?trang=") + odd).status, 200) << odd;
}

INSTANTIATE_TEST_SUITE_P(Engines, NoticePageTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
