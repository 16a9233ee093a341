#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/web/testing.h"
#include "support/library.h"

namespace loa::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr identity::Verb kApprove{"test.approve", {{identity::Role::Leader, identity::Scope::Authority}}, "search.title"};
constexpr identity::Verb kWrite{"test.write", {{identity::Role::Clerk, identity::Scope::Subtree}}, "search.title"};

class IndexTest : public Library {};

TEST_P(IndexTest, AChangedDocumentIsFoundByItsNewWordsOnly) {
    const auto ref = put("Kế hoạch cũ", "niêm yết");
    put_as(ref, "Kế hoạch mới", "phát thanh");
    EXPECT_THAT(titles("niêm yết"), IsEmpty());
    EXPECT_THAT(titles("cũ"), IsEmpty());
    EXPECT_THAT(titles("phát thanh"), ElementsAre("Kế hoạch mới"));
    EXPECT_THAT(titles("kế hoạch"), ElementsAre("Kế hoạch mới"));
}

TEST_P(IndexTest, ARemovedDocumentIsGone) {
    const auto ref = put("Kế hoạch", "niêm yết");
    put("Khác", "niêm yết");
    town_->write({}, [&](Work& work) { remove(work, ref); });
    town_->write({}, [&](Work& work) { remove(work, ref); });
    EXPECT_THAT(titles("niêm yết"), ElementsAre("Khác"));
    EXPECT_THAT(titles("ke hoach"), IsEmpty());
}

TEST_P(IndexTest, WhatWasRolledBackIsNotFound) {
    EXPECT_THROW(town_->write({}, [&](Work& work) {
        index(work, {.ref = {"test.document", work.authority, Id{1}}, .kind_label = "search.title",
                     .title = "Kế hoạch", .body = "", .path = "/x"});
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_THAT(titles("kế hoạch"), IsEmpty());
}

TEST_P(IndexTest, RebuildingTakesWhatTheSourcesHave) {
    put("Đã xóa ở chủ", "");
    put_as({"test.other", town_->authority(), Id{9}}, "Loại khác", "");
    const SearchSource source{{"test.document"}, [](Work& work) {
                                  for (int i = 1; i <= 3; ++i)
                                      index(work, {.ref = {"test.document", work.authority, Id{i}},
                                                   .kind_label = "search.title", .title = "Bản ghi " + std::to_string(i),
                                                   .body = "", .path = "/x"});
                              }};
    EXPECT_EQ(town_->write({}, [&](Work& work) { return rebuild(work, source); }), 3);
    EXPECT_THAT(titles("đã xóa"), IsEmpty());
    EXPECT_EQ(titles("bản ghi").size(), 3u);
    EXPECT_EQ(titles("loại khác").size(), 1u);
    EXPECT_EQ(town_->write({}, [&](Work& work) { return rebuild(work, source); }), 3);
    EXPECT_EQ(titles("bản ghi").size(), 3u);
}

TEST_P(IndexTest, AnyTextCanBeIndexed) {
    std::string lengthy;
    for (int i = 0; i < 60'000; ++i) lengthy += "chữ" + std::to_string(i % 977) + " ";
    put("Dài", lengthy + " cuối");
    put("Một từ", std::string(300'000, 'a'));
    put("Dấu", "'':1A '' \\' \" ' ) ( & | ! <-> :* NEAR( AND OR NOT authority: {title} \t\r\n =cải");
    put("Lạ", "日本語 한국어 🎉 ﷺ a\xCC\x88\xCC\x87\xCC\xA3");
    EXPECT_EQ(titles("chữ5").size(), 1u);
    EXPECT_EQ(titles("near and or not").size(), 1u);
    EXPECT_EQ(titles("日本語").size(), 1u);
}

// ---- what people type is never syntax ---------------------------------------------------------------------------

TEST_P(IndexTest, NothingTypedIsSyntax) {
    put("Kế hoạch", "cải cách hành chính");
    const Ref elsewhere{"test.document", town_->authority(), Id{77}};
    put_as(elsewhere, "Bí mật", "chuyện kín", Visibility::verb("test.approve"));
    for (const auto* query : {
             "\"", "\"\"", "\"\"\"", "'", "''", "' or 1=1 --", "*", "cai*", "* *", "^cai", "cai^", "-cai", "NOT", "NOT cai",
             "AND", "OR", "cai OR bi", "cai AND", "NEAR", "NEAR(", "NEAR(cai cach)", "(", ")", "((", "{title}", "{title body} : kin",
             "title:kin", "authority:a1", "authority : \"a1\"", ":", "a:b", "kin) OR (authority : a", "\\", "\\\"", "%", "_", "--",
             ";", "/*", "$1", "?1", "@x", ":x", "cai & bi", "cai | bi", "!cai", "cai:*", "cai <-> bi", "<->", "&", "'cai':A",
             "=cải", "==", "\x01\x02", "\xFF\xFE", "🎉", "\xE2\x80\x8B", "e\xCC\x81\xCC\x81\xCC\x81", "search_words", "rowid", "rank",
             "chuyen kin", "\"chuyện kín\"", "bi mat"}) {
        const auto found = titles(query);
        EXPECT_THAT(found, ::testing::Not(::testing::Contains("Bí mật"))) << query;
    }
    EXPECT_NO_THROW(titles(std::string_view("cai\0cach", 8)));
    EXPECT_THAT(titles(""), IsEmpty());
    EXPECT_THAT(titles("   "), IsEmpty());
    std::string endless;
    for (int i = 0; i < 10'000; ++i) endless += "\"cai (";
    titles(endless);
}

TEST_P(IndexTest, RandomBytesAreSearchedInPeace) {
    put("Kế hoạch", "cải cách");
    std::mt19937 random(1);
    const std::string_view alphabet("\"'*()^:-+{}=&|!<>\\%_,; \tcaiCẢI12đ\xFF\x01");
    for (int round = 0; round < 2000; ++round) {
        std::string query;
        for (auto length = random() % 24; length > 0; --length) query += alphabet[random() % alphabet.size()];
        EXPECT_NO_THROW(hits(query)) << query;
    }
}

// ---- who sees what ----------------------------------------------------------------------------------------------

TEST_P(IndexTest, VisibilityHoldsForRolesUnitsAndAuthorities) {
    registry_.add(kApprove);
    registry_.add(kWrite);
    registry_.add(SearchSource{{"test.document"}, [](Work&) {}, {kWrite.name}});
    const Id commune = town_->commune("Phường An Thạnh");
    const Id other = town_->person("Lê Văn Tám", commune, identity::Role::Clerk);
    put("tin chung");
    put("tin của phòng", "", Visibility::unit(office_));
    put("tin của phường", "", Visibility::unit(commune));
    put("tin cho người duyệt", "", Visibility::verb("test.approve"));
    put("tin của việc không ai có", "", Visibility::verb("test.nobody"));
    put("tin người soạn của phường", "", Visibility::verb_in("test.write", commune));
    put("tin người soạn của phòng hoặc người duyệt", "", Visibility::verb_in("test.write", office_) | Visibility::verb("test.approve"));
    EXPECT_THAT(titles("tin"), UnorderedElementsAre("tin chung", "tin của phòng", "tin người soạn của phòng hoặc người duyệt"));
    EXPECT_THAT(titles_of(other, "tin"), UnorderedElementsAre("tin chung", "tin của phường", "tin người soạn của phường"));
    EXPECT_THAT(titles_of(town_->leader(), "tin"),
                UnorderedElementsAre("tin chung", "tin của phòng", "tin của phường", "tin cho người duyệt",
                                     "tin người soạn của phòng hoặc người duyệt"))
        << "a leader stands above every unit, but does not write";

    identity::testing::Town neighbour(*database_, "thành phố Cao Lãnh");
    const Id stranger = neighbour.person("Nguyễn Văn Xa", neighbour.root(), identity::Role::Leader);
    neighbour.read(stranger, [&](Work& work) { EXPECT_TRUE(find(work, registry_, "tin").hits.empty()); });
    town_->read(reader_, [&](Work& work) {
        work.actor = {};
        EXPECT_TRUE(find(work, registry_, "tin").hits.empty()) << "nobody is signed in";
    });
}

TEST_P(IndexTest, OfOneVeryUnitAndOfWhatTheOwnerGrants) {
    constexpr std::string_view kGroup = "test.group";
    Id granted_to = reader_;
    registry_.add(SearchSource{{"test.document"}, [](Work&) {}, {}, [&](Work& work) {
                                   return work.actor.person == granted_to ? std::vector{Visibility::granted(kGroup, Id{5})} : std::vector<Visibility>{};
                               }});
    put("tin của riêng phòng", "", Visibility::members(office_));
    put("tin của nhóm năm", "", Visibility::granted(kGroup, Id{5}));
    put("tin của nhóm năm mươi", "", Visibility::granted(kGroup, Id{50}));
    EXPECT_THAT(titles("tin"), UnorderedElementsAre("tin của riêng phòng", "tin của nhóm năm"));
    EXPECT_THAT(titles_of(town_->leader(), "tin"), IsEmpty()) << "above the unit is not in it";
    granted_to = town_->leader();
    EXPECT_THAT(titles("tin"), ElementsAre("tin của riêng phòng")) << "asked at each search, not when it was indexed";
    EXPECT_THAT(titles_of(town_->leader(), "tin"), ElementsAre("tin của nhóm năm"));
}

TEST_P(IndexTest, HiddenHitsLeaveNoHoleInThePage) {
    for (int i = 0; i < 30; ++i) put("tin kín " + std::to_string(i), "", Visibility::verb("test.nobody"));
    for (int i = 0; i < 3; ++i) put("tin mở " + std::to_string(i), "tin");
    const auto found = hits("tin", 3);
    EXPECT_EQ(found.hits.size(), 3u);
    EXPECT_FALSE(found.more);
}

// ---- the page, and what was not found ------------------------------------------------------------------------------

class PageTest : public Library {
  protected:
    void SetUp() override {
        Library::SetUp();
        if (IsSkipped()) return;
        join(registry_);
        web::Hooks hooks{
            .sign_in_work =
                [this](const web::Request&, Work& work) {
                    auto reader = town_->work_of(work.db, reader_);
                    work.authority = reader.authority;
                    work.actor = std::move(reader.actor);
                    return web::Hooks::Session{"secret"};
                },
            .may = [](const Work&, std::string_view) { return false; },
            .frame = [](Work&, web::View learnt) { return learnt; },
            .answered = [](Work&) { return std::nullopt; },
            .remember_answer = [](Work&, const std::string&) {}};
        dispatcher_ = web::make_dispatcher(registry_, services(), hooks, {});
        browser_.emplace(*dispatcher_);
    }
    web::Services services() { return {*database_, town_->clock(), town_->ids()}; }
    std::vector<Miss> stored() {
        jobs::Runner::start(registry_, services())->stop();  // the last words of a process
        return town_->read(reader_, [](Work& work) { return misses(work, work.today(), work.today()); });
    }
    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::optional<web::Browser> browser_;
};

TEST_P(PageTest, ShowsHitsWithMarkedWords) {
    put("Kế hoạch <15>", "về công tác cải cách & niêm yết");
    const auto page = browser_->get("/tim-kiem?q=cai%20cach");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Kế hoạch &lt;15&gt;"), std::string::npos);
    EXPECT_NE(page.body.find("<mark>cải cách</mark> &amp; niêm yết"), std::string::npos) << page.body;
    EXPECT_THAT(stored(), IsEmpty());
}

// What assets/ts/palette.ts reads: the kind in the heading of the section, each hit a row with its link and its words.
TEST_P(PageTest, KeepsTheShapeThatThePaletteReads) {
    put("Kế hoạch <15>", "về công tác cải cách & niêm yết");
    const auto page = browser_->get("/tim-kiem?q=cai%20cach&dang-go=1");
    const auto section = page.body.substr(page.body.find("<section class=\"panel\">"));
    const auto heading = section.find("<h2>"), list = section.find(" data-list>"), link = section.find("<a href=\""), words = section.find("class=\"small\"");
    EXPECT_LT(heading, list);
    EXPECT_LT(list, link);
    EXPECT_LT(link, words);
    EXPECT_NE(words, std::string::npos) << section;
}

TEST_P(PageTest, BeforeAndAfterASearchItTeaches) {
    EXPECT_NE(browser_->get("/tim-kiem").body.find("Cách tìm"), std::string::npos);
    const auto nothing = browser_->get("/tim-kiem?q=gi%E1%BA%A5y+th%C3%B4ng+h%C3%A0nh+%3Cscript%3E");
    EXPECT_NE(nothing.body.find("Không tìm thấy"), std::string::npos);
    EXPECT_NE(nothing.body.find("Có thể thử"), std::string::npos);
    EXPECT_EQ(nothing.body.find("<script>alert"), std::string::npos);
    EXPECT_NE(nothing.body.find("giấy thông hành &lt;script&gt;"), std::string::npos);
}

TEST_P(PageTest, WhatWasNotFoundIsCountedWithoutAPerson) {
    for (const auto* q : {"gi%E1%BA%A5y+th%C3%B4ng+h%C3%A0nh", "giay+thong+hanh", "x", "", "079123456789", "%22%22"})
        browser_->get(std::string("/tim-kiem?q=") + q);
    browser_->get("/tim-kiem?q=giay+thong+hanh&trang=2");
    browser_->get("/tim-kiem?q=giay+th&dang-go=1");
    auto list = stored();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].query, "giay thong hanh");
    EXPECT_EQ(list[0].count, 2);
    browser_->get("/tim-kiem?q=giay+thong+hanh");
    list = stored();
    EXPECT_EQ(list.at(0).count, 3);
    town_->read(reader_, [](Work& work) {
        EXPECT_TRUE(misses(work, work.today().plus_days(1), work.today().plus_days(9)).empty());
    });
}

// A newer program finds kinds of records that its predecessor did not.
TEST_P(PageTest, WhatWasNeverFilledIsFilledOnce) {
    int rounds = 0;
    for (const auto* kind : {"test.document", "test.other"})
        registry_.add(SearchSource{{kind}, [&rounds, kind](Work& work) {
                                       ++rounds;
                                       index(work, {.ref = {kind, work.authority, Id{1}}, .kind_label = "search.title", .title = "Đã có từ trước",
                                                    .body = "", .path = "/x"});
                                   }});
    const auto wanted = [&] {
        const auto schedules = registry_.all<jobs::Schedule>();
        const auto fill = std::find_if(schedules.begin(), schedules.end(), [](const jobs::Schedule& each) { return each.name == "search.fill"; });
        return town_->read({}, [&](Work& work) {
            work.authority = Id{};
            return fill->wanted(work);
        });
    };
    const auto fill = [&] {
        town_->write({}, [](Work& work) {
            work.authority = Id{};
            jobs::enqueue(work, "search.fill", "{}");
        });
        jobs::run_due_jobs(registry_, services());
    };
    EXPECT_THAT(titles("từ trước"), IsEmpty());
    EXPECT_TRUE(wanted());
    fill();
    EXPECT_EQ(titles("từ trước").size(), 2u);
    EXPECT_FALSE(wanted());
    fill();
    EXPECT_EQ(rounds, 2) << "each kind once";
}

TEST_P(PageTest, LongListsHavePages) {
    for (int i = 0; i < 21; ++i) put("Kế hoạch " + std::to_string(i));
    const auto first = browser_->get("/tim-kiem?q=k%E1%BA%BF+ho%E1%BA%A1ch");
    EXPECT_NE(first.body.find("trang=2"), std::string::npos);
    const auto second = browser_->get("/tim-kiem?q=k%E1%BA%BF%20ho%E1%BA%A1ch&trang=2");
    EXPECT_NE(second.body.find("trang=1"), std::string::npos);
    EXPECT_EQ(second.body.find("trang=3"), std::string::npos);
    EXPECT_EQ(browser_->get("/tim-kiem?q=ke&trang=99999999").status, 200);
}

INSTANTIATE_TEST_SUITE_P(Engines, IndexTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);
INSTANTIATE_TEST_SUITE_P(Engines, PageTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::search
