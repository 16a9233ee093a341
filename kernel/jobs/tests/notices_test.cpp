#include "loa/base/secrets.h"
#include "loa/i18n/catalogue.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

class NoticeTest : public House {
  protected:
    template <class Step>
    auto as(std::int64_t person, Step&& step, Id authority = kTown) {
        return write([&](Work& work) {
            work.actor = {.person = Id{person}, .name = "Phan Thị Ngọc Diễm", .system = false, .grants = {}};
            return step(work);
        }, authority);
    }
    void tell(std::int64_t person, std::string_view path = {}, Id authority = kTown) {
        write([&](Work& work) { 
            notify(work, Id{person}, kNews, {.key = "jobs.unread", .args = {{"unread", "“3” \\ {x}"}}, .path = std::string(path)});
        }, authority);
    }
};

TEST_P(NoticeTest, OneReadsOnesOwn) {
    tell(7, "/ke-hoach/1");
    tell(8);
    tell(7, "", kVillage);
    EXPECT_EQ(as(7, unread_notices), 1);
    EXPECT_EQ(as(9, unread_notices), 0);
    const auto list = as(7, [](Work& work) { return notices(work, 10); });
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].message.key, "jobs.unread");
    EXPECT_EQ(list[0].message.path, "/ke-hoach/1");
    EXPECT_EQ(list[0].message.args, (std::vector<std::pair<std::string, std::string>>{{"unread", "“3” \\ {x}"}}));
    EXPECT_FALSE(list[0].read_at);

    const Id id = list[0].id;
    EXPECT_EQ(as(8, [&](Work& work) { return read_notice(work, id); }).failure().reason, Reason::NotFound);
    EXPECT_FALSE(as(7, [&](Work& work) { return read_notice(work, id); }, kVillage));
    EXPECT_EQ(as(7, unread_notices), 1);
    pass(60);
    EXPECT_EQ(as(7, [&](Work& work) { return read_notice(work, id); })->read_at, kMorning.plus_seconds(60));
    pass(60);
    EXPECT_EQ(as(7, [&](Work& work) { return read_notice(work, id); })->read_at, kMorning.plus_seconds(60))
        << "the first reading counts";
    EXPECT_EQ(as(7, unread_notices), 0);
    EXPECT_EQ(as(8, unread_notices), 1);
}

TEST_P(NoticeTest, ASentenceInItIsMadeInTheReadersLanguage) {
    write([&](Work& work) {
        notify(work, Id{7}, kNews, {.key = "jobs.unread", .args = {}, .sentences = {{"unread", {"jobs.deadline", {{"day", "01/07/2025"}}}}}});
    });
    const auto told = as(7, [](Work& work) { return notices(work, 1).front().message; });
    EXPECT_TRUE(told.args.empty());
    for (const Language language : {Language::Vietnamese, Language::English})
        EXPECT_NE(text_of(told, language).find(i18n::translate(language, "jobs.deadline", {{"day", "01/07/2025"}})), std::string::npos) << text_of(told, language);
}

TEST_P(NoticeTest, NewestFirstInPages) {
    for (int i = 0; i < 5; ++i, pass(1)) tell(7, "/x/" + std::to_string(i));
    const auto list = as(7, [](Work& work) { return notices(work, 2, 1); });
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].message.path, "/x/3");
    EXPECT_EQ(list[1].message.path, "/x/2");
    EXPECT_EQ(as(7, read_all_notices), 5);
    EXPECT_EQ(as(7, read_all_notices), 0);
}

TEST_P(NoticeTest, WhatWasReadGoesAfterAYearAndTheRestAfterTwo) {
    constexpr std::int64_t kYear = std::int64_t{365} * 24 * 3600;
    const auto kept = [&] {
        std::vector<std::string> paths;
        for (const auto& notice : as(7, [](Work& work) { return notices(work, 10); })) paths.push_back(notice.message.path);
        return paths;
    };
    const auto forget = [&](int most) { return write([&](Work& work) { return forget_notices(work, most); }); };
    using Paths = std::vector<std::string>;
    tell(7, "/x/read");
    tell(7, "/x/read-too");
    as(7, read_all_notices);
    tell(7, "/x/unread");
    tell(8, "/x/of-another-authority", kVillage);
    pass(kYear);
    EXPECT_EQ(forget(10), 0) << "not a second early";
    tell(7, "/x/new");
    pass(1);
    EXPECT_EQ(forget(1), 1) << "a portion";
    EXPECT_EQ(forget(10), 1);
    EXPECT_EQ(kept(), (Paths{"/x/new", "/x/unread"}));
    pass(kYear);
    EXPECT_EQ(forget(10), 2) << "in every authority";
    EXPECT_EQ(kept(), (Paths{"/x/new"}));
}

TEST_P(NoticeTest, TheJobForgetsThemByItself) {
    registry_.add(Keys::random());
    join(registry_);
    tell(7, "/x/old");
    pass(3 * std::int64_t{365} * 24 * 3600);
    write([](Work& work) { enqueue(work, "jobs.forget_notices", "{}"); }, Id{});
    run_due();
    EXPECT_TRUE(as(7, [](Work& work) { return notices(work, 10); }).empty());
}

TEST_P(NoticeTest, AStrangerHasNone) {
    tell(7);
    EXPECT_EQ(as(0, unread_notices), 0);
}

TEST_P(NoticeTest, APathLeadsNowhereElse) {
    for (const auto* path : {"https://example.com", "//example.com", "/\\example.com", "ke-hoach", "javascript:x"})
        EXPECT_ANY_THROW(tell(7, path)) << path;
    EXPECT_EQ(as(7, unread_notices), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, NoticeTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
