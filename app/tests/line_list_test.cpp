// /theo-doi/viec: the list of lines with its filters, as a page and as a spreadsheet; the views that people keep.
#include <algorithm>
#include <set>

#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"
#include "tests/support/supplement.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kDay = 24 * 3600;
constexpr const char* kList = "/theo-doi/viec?pham-vi=tat-ca";

class LineListTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    web::Browser::Answer page(const std::string& visitor, const std::string& path) { return commune_->sign_in_again(visitor).get(path); }
    /// Rows of every page there is.
    std::size_t rows(const std::string& visitor, std::string path) {
        std::size_t count = 0;
        for (const auto& shown : pages(visitor, std::move(path), "sau")) count += titles(shown).size();
        return count;
    }
    /// The page and all that stand on one side of it.
    std::vector<std::string> pages(const std::string& visitor, std::string path, const std::string& side) {
        std::vector<std::string> all;
        for (; !path.empty() && all.size() < 40; path = place_in(all.back(), side)) all.push_back(page(visitor, path).body);
        return all;
    }
    /// Where the link to the page on that side leads, or nothing.
    static std::string place_in(const std::string& body, const std::string& side) {
        const auto table = body.find("</tbody>");
        const auto found = table == std::string::npos ? table : body.find("&amp;" + side + "=", table);
        if (found == std::string::npos) return "";
        const auto begin = body.rfind('"', found) + 1;
        return replaced(body.substr(begin, body.find('"', found) - begin), "&amp;", "&");
    }
    static std::vector<std::string> titles(const std::string& body) {
        std::vector<std::string> rows;
        for (auto at = body.find("<tr><th scope=\"row\">"); at != std::string::npos; at = body.find("<tr><th scope=\"row\">", at + 1))
            rows.push_back(body.substr(at, body.find('\n', at) - at));
        return rows;
    }
    /// The issued plan's times due that `fits` says yes to.
    template <class Fits>
    std::size_t stored(Fits&& fits) {
        return commune_->town().read(Id{}, [&](Work& work) {
            std::size_t count = 0;
            for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}))
                count += row.text("state") != "ended" && fits(work, row);
            return count;
        });
    }
    Id revision(Work& work) { return work.db.one("plan.plan_by_id", {work.authority, commune_->issued()})->id("issued_revision_id"); }
    /// One of the lines falls due as often again: thrice on a day, and each seventh time on none.
    void recurs_often(int times) {
        commune_->town().write(Id{}, [&](Work& work) {
            const auto one = work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}).front();
            std::vector<storage::Values> added;
            for (int i = 0; i < times; ++i) {
                const Date first = Date::from(2031, 1, 1)->plus_days(i), due = Date::from(2031, 6, 1)->plus_days(i / 3);
                const auto day = i % 7 == 0 ? std::nullopt : std::optional(due);
                added.push_back({work.authority, work.new_id(), one.id("assignment_id"), commune_->issued(), one.id("subject_id"), one.id("unit_id"), first, first, day, day});
            }
            work.db.run_batch("plan.insert_occurrence", added);
        });
    }
    static bool any(Work&, const storage::Row&) { return true; }
    std::vector<formats::Sheet> sheets(const std::string& path) {
        const auto answer = page("leader", path);
        EXPECT_EQ(answer.status, 200);
        auto read = formats::read_spreadsheet(answer.body, path.find("csv") == std::string::npos ? "viec.xlsx" : "viec.csv");
        LOA_CHECK(read);
        return *std::move(read);
    }


    std::unique_ptr<Commune> commune_;
};

TEST_P(LineListTest, EachFilterShowsWhatIsStored) {
    give_supplement(*commune_);  // so that something is about a Topic
    commune_->pass_time(250 * kDay);
    const auto all = stored(any);
    ASSERT_GT(all, 3u);
    EXPECT_EQ(rows("leader", kList), all);
    const auto unit = commune_->other_unit();
    EXPECT_EQ(rows("leader", std::string(kList) + "&don-vi=" + to_string(unit)), stored([&](Work&, const storage::Row& row) { return row.id("unit_id") == unit; }));
    EXPECT_EQ(rows("other_unit", "/theo-doi/viec?"), stored([&](Work&, const storage::Row& row) { return row.id("unit_id") == unit; })) << "her own unit's first";
    const auto late = stored([](Work& work, const storage::Row& row) {
        const auto due = row.optional_date("due_on");
        return row.text("state") == "open" && due && *due < work.today();
    });
    ASSERT_GT(late, 0u);
    ASSERT_LT(late, all);
    EXPECT_EQ(rows("leader", std::string(kList) + "&tinh-trang=qua-han"), late);
    for (const auto& [code, state] : {std::pair("dang-thuc-hien", "open"), {"cho-xac-nhan", "reported"}, {"da-xong", "closed"}})
        EXPECT_EQ(rows("leader", std::string(kList) + "&tinh-trang=" + code), stored([&](Work&, const storage::Row& row) { return row.text("state") == state; })) << code;
    const auto within = stored([](Work&, const storage::Row& row) {
        const auto due = row.optional_date("due_on");
        return due && *due >= *Date::from(2026, 4, 1) && *due <= *Date::from(2026, 11, 30);
    });
    ASSERT_GT(within, 0u);
    EXPECT_EQ(rows("leader", std::string(kList) + "&tu=01/04/2026&den=30/11/2026"), within);
    EXPECT_EQ(rows("leader", std::string(kList) + "&ke-hoach=" + to_string(commune_->issued())), all);
    EXPECT_EQ(rows("leader", std::string(kList) + "&ke-hoach=" + to_string(commune_->draft())), 0u) << "a draft gives nobody work";
    const Id topic = commune_->topic();
    const auto told = stored([&](Work& work, const storage::Row& row) {
        for (const auto& each : work.db.query("plan.activity_mappings_by_revision", {work.authority, revision(work)}))
            if (each.id("activity_id") == row.id("subject_id") && each.id("target_id") == topic) return true;
        return false;
    });
    ASSERT_GT(told, 0u);
    EXPECT_EQ(rows("leader", std::string(kList) + "&noi-dung=" + to_string(topic)), told);
    EXPECT_THAT(page("leader", std::string(kList) + "&noi-dung=7").body, HasSubstr("Không có việc nào khớp"));
    EXPECT_THAT(page("leader", std::string(kList) + "&tu=hôm nay").body, HasSubstr("value=\"hôm nay\" aria-invalid=\"true\""));
    EXPECT_EQ(rows("other_authority", kList), 0u);
    for (const char* odd : {"&sau=-1", "&sau=2026-02-30.1", "&truoc=9999-12-31.x", "&truoc=0001-01-01.1", "&don-vi=x&ke-hoach='", "&tu=99/99/9999", "&tinh-trang=x"})
        EXPECT_EQ(page("leader", std::string(kList) + odd).status, 200) << odd;
}

TEST_P(LineListTest, WhoTurnsThePagesForthAndBackSeesEachLineOnceInTheOrderOfItsDay) {
    recurs_often(100);
    const auto forth = pages("leader", kList, "sau");
    ASSERT_GT(forth.size(), 2u);
    std::vector<std::string> lines;
    for (const auto& shown : forth)
        for (auto& title : titles(shown)) lines.push_back(std::move(title));
    EXPECT_EQ(lines.size(), stored(any));
    const auto sheet = sheets("/theo-doi/viec/xuat?pham-vi=tat-ca").front();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto* due = sheet.rows[i + 1].at(5);
        EXPECT_THAT(lines[i], HasSubstr(due ? due->text : "không ghi thời hạn")) << "line " << i;
    }

    auto back = pages("leader", place_in(forth.back(), "truoc"), "truoc");
    std::reverse(back.begin(), back.end());
    back.push_back(forth.back());
    EXPECT_EQ(titles(back.front()), titles(forth.front())) << "the first page is a whole one";
    EXPECT_EQ(place_in(back.front(), "truoc"), "");
}

TEST_P(LineListTest, TheSpreadsheetHasWhatTheFilterFinds) {
    commune_->pass_time(250 * kDay);
    const auto all = sheets("/theo-doi/viec/xuat?pham-vi=tat-ca");
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all.front().rows.size(), stored(any) + 1) << "and the headings";
    const auto late = sheets("/theo-doi/viec/xuat?pham-vi=tat-ca&tinh-trang=qua-han&dang=csv");
    EXPECT_EQ(late.front().rows.size(), rows("leader", std::string(kList) + "&tinh-trang=qua-han") + 1);
    EXPECT_THAT(page("leader", "/theo-doi/viec/xuat?pham-vi=tat-ca&tinh-trang=qua-han&dang=csv").body, HasSubstr("Quá hạn"));
    const auto nobody = sheets("/theo-doi/viec/xuat?noi-dung=7");
    EXPECT_EQ(nobody.front().rows.size(), 1u);
}

/// Lines are read a thousand at a time: none is lost or doubled where one part ends and the next begins.
TEST_P(LineListTest, TheSpreadsheetIsWholeAcrossItsParts) {
    constexpr int kMadeUpYears = 2000;  // before this year nothing of the plan falls due
    std::size_t made = 0;
    for (const std::size_t wanted : {999u, 1000u, 1001u, 2001u}) {
        commune_->town().write(Id{}, [&](Work& work) {
            const Id plan = commune_->issued();
            const auto rows = work.db.query("plan.occurrences_by_plan", {work.authority, plan});
            const auto& like = rows.front();
            std::size_t count = 0;
            for (const auto& row : rows) count += row.text("state") != "ended";
            for (; count < wanted; ++count) {
                const Date day = Date::from(1990, 1, 1)->plus_days(static_cast<int>(made++));
                work.db.run("plan.insert_occurrence", {work.authority, work.new_id(), like.id("assignment_id"), plan, like.id("subject_id"), like.id("unit_id"), day, day, day, day});
            }
        });
        ASSERT_EQ(stored(any), wanted);
        const auto sheet = sheets("/theo-doi/viec/xuat?pham-vi=tat-ca").front();
        EXPECT_EQ(sheet.rows.size(), wanted + 1);
        std::set<Date> days;
        for (const auto& row : sheet.rows) {
            const auto* from = row.at(3);
            const auto day = from != nullptr && row.number > 1 ? Date::parse_vietnamese(from->text) : std::nullopt;
            if (!day || day->year() >= kMadeUpYears) continue;
            EXPECT_TRUE(days.insert(*day).second) << from->text;
        }
        EXPECT_EQ(days.size(), made);
    }
}

TEST_P(LineListTest, APersonKeepsHerWaysOfFiltering) {
    auto clerk = commune_->sign_in_again("clerk");
    const std::string late = "/theo-doi/viec?pham-vi=tat-ca&tinh-trang=qua-han", ours = "/theo-doi/viec?pham-vi=don-vi";
    const auto keep = [&](const std::string& name, const std::string& path) { return send(clerk, "/theo-doi/cach-xem", {{"name", name}, {"path", path}}); };
    EXPECT_EQ(keep("Quá hạn  toàn xã", late).location, late);
    EXPECT_THAT(clerk.get(ours).body, HasSubstr("<a href=\"" + replaced(late, "&", "&amp;") + "\">Quá hạn toàn xã</a>"));
    EXPECT_THAT(clerk.get(late).body, HasSubstr("\" aria-current=\"true\">Quá hạn toàn xã</a>"));
    EXPECT_THAT(page("office_head", ours).body, Not(HasSubstr("Quá hạn toàn xã"))) << "hers alone";
    EXPECT_EQ(keep("Quá hạn toàn xã", ours).status, 303) << "the same name again leads elsewhere";
    EXPECT_THAT(clerk.get(ours).body, HasSubstr("\" aria-current=\"true\">Quá hạn toàn xã</a>"));

    for (const char* odd : {"https://example.com/", "//example.com/theo-doi/viec", "/theo-doi/viec?x=\r\nSet-Cookie: a", "/quan-tri", "/theo-doi/viec?x=<b>", ""})
        EXPECT_EQ(keep("Lạ", odd).status, 422) << odd;
    const auto empty = keep("  ", late);
    EXPECT_EQ(empty.status, 422);
    EXPECT_THAT(empty.body, HasSubstr("Nhập tên cho cách xem này"));
    EXPECT_THAT(keep(std::string(61, 'a'), late).body, HasSubstr(std::string(61, 'a'))) << "what was typed stays";
    for (int i = 1; i < 30; ++i) ASSERT_EQ(keep("Cách " + std::to_string(i), late).status, 303);
    EXPECT_EQ(keep("Cách 30", late).status, 409);

    const auto list = clerk.get("/theo-doi/cach-xem").body;
    const auto at = list.find("/theo-doi/cach-xem/");
    ASSERT_NE(at, std::string::npos);
    const auto path = list.substr(at, list.find('"', at) - at);
    auto other = commune_->sign_in_again("office_head");
    EXPECT_EQ(send(other, path, {}).status, 404) << "another's";
    EXPECT_EQ(send(clerk, path, {}).status, 303);
    EXPECT_EQ(send(clerk, path, {}).status, 404) << "gone";
    EXPECT_EQ(keep("Cách 30", late).status, 303) << "there is room again";
}

INSTANTIATE_TEST_SUITE_P(Engines, LineListTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
