// /lich/dang-ky and /lich/tai/…: a calendar at a secret address, good for as long as its person belongs to the unit.
#include <algorithm>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/supplement.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CalendarFeedTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    /// The address on her page for all her units (""), or for one.
    std::string address(web::Browser& browser, const std::string& unit = "") {
        const auto page = browser.get("/lich/dang-ky").body;
        const std::string field = "id=\"dia-chi-" + unit + "\" value=\"";
        const auto at = page.find(field);
        return at == std::string::npos ? "" : page.substr(at + field.size(), page.find('"', at + field.size()) - at - field.size());
    }
    web::Browser::Answer fetched(const std::string& path) {
        web::Browser stranger(commune_->dispatcher());
        return stranger.get(path);
    }
    /// Unfolded, RFC 5545 §3.1.
    static std::vector<std::string> lines(const std::string& calendar) {
        std::vector<std::string> lines;
        const std::string unfolded = replaced(calendar, "\r\n ", "");
        for (const auto line : split(unfolded, '\n')) lines.emplace_back(trimmed(line));
        return lines;
    }
    static std::size_t count(const std::string& calendar, const std::string& line) {
        const auto all = lines(calendar);
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), line));
    }

    std::unique_ptr<Commune> commune_;
};

TEST_P(CalendarFeedTest, TellsWhatFallsDueForWhoeverHasTheAddress) {
    give_supplement(*commune_);  // it has a day
    auto clerk = commune_->sign_in_again("other_unit");
    EXPECT_THAT(clerk.get("/lich/dang-ky").body, HasSubstr("Chưa có địa chỉ"));
    EXPECT_EQ(send(clerk, "/lich/dang-ky", {{"unit", ""}}).status, 303);
    const auto path = address(clerk);
    ASSERT_TRUE(path.starts_with("/lich/tai/")) << path;
    const auto answer = fetched(path);
    ASSERT_EQ(answer.status, 200);
    const auto& calendar = answer.body;
    EXPECT_EQ(lines(calendar).front(), "BEGIN:VCALENDAR");
    EXPECT_EQ(count(calendar, "END:VCALENDAR"), 1u);
    const auto expected = commune_->town().read(Id{}, [&](Work& work) {
        std::size_t due = 0;
        for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()})) {
            const auto day = row.optional_date("due_on");
            due += row.id("unit_id") == commune_->other_unit() && (row.text("state") == "open" || row.text("state") == "reported") && day &&
                   *day >= work.today().plus_days(-60) && *day <= work.today().plus_days(400);
        }
        return due;
    });
    ASSERT_GT(expected, 0u);
    EXPECT_EQ(count(calendar, "BEGIN:VEVENT"), expected);
    for (std::size_t at = 0; at < calendar.size();) {
        const auto end = calendar.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 75u) << calendar.substr(at, end - at);
        EXPECT_NE(static_cast<unsigned char>(calendar[at]) & 0xC0, 0x80) << "no letter is cut in two";
        at = end + 2;
    }
}

TEST_P(CalendarFeedTest, ANewAddressEndsTheOldAndAWrongOneTellsNothing) {
    auto clerk = commune_->sign_in_again("clerk");
    const auto unit = to_string(commune_->drafting_unit());
    ASSERT_EQ(send(clerk, "/lich/dang-ky", {{"unit", unit}}).status, 303);
    const auto first = address(clerk, unit);
    ASSERT_EQ(fetched(first).status, 200);
    ASSERT_EQ(send(clerk, "/lich/dang-ky", {{"unit", unit}}).status, 303);
    const auto second = address(clerk, unit);
    EXPECT_NE(first, second);
    EXPECT_EQ(fetched(first).status, 404);
    EXPECT_EQ(fetched(second).status, 200);
    auto guessed = second;
    auto& digit = guessed[guessed.size() - 6];
    digit = digit == 'a' ? 'b' : 'a';
    EXPECT_EQ(fetched(guessed).status, 404);
    EXPECT_EQ(fetched(replaced(second, "/tai/" + to_string(commune_->town().authority()), "/tai/" + to_string(commune_->elsewhere().authority()))).status, 404);
    EXPECT_EQ(send(clerk, "/lich/dang-ky", {{"unit", to_string(commune_->other_unit())}}).status, 403) << "not hers";
    ASSERT_EQ(send(clerk, "/lich/dang-ky/ngung", {{"unit", unit}}).status, 303);
    EXPECT_EQ(fetched(second).status, 404);
    EXPECT_EQ(send(clerk, "/lich/dang-ky/ngung", {{"unit", unit}}).status, 404);
}

TEST_P(CalendarFeedTest, AStoppedAccountsCalendarStops) {
    auto clerk = commune_->sign_in_again("other_unit");
    ASSERT_EQ(send(clerk, "/lich/dang-ky", {{"unit", ""}}).status, 303);
    const auto path = address(clerk);
    ASSERT_EQ(fetched(path).status, 200);
    auto administrator = commune_->sign_in_again("administrator");
    sent(administrator, "/nguoi-dung/" + to_string(commune_->person("other_unit")) + "/ngung", {});
    EXPECT_EQ(fetched(path).status, 404);
}

TEST_P(CalendarFeedTest, WhoLeavesTheUnitLeavesTheCalendar) {
    auto clerk = commune_->sign_in_again("other_unit");
    ASSERT_EQ(send(clerk, "/lich/dang-ky", {{"unit", to_string(commune_->other_unit())}}).status, 303);
    const auto path = address(clerk, to_string(commune_->other_unit()));
    ASSERT_EQ(fetched(path).status, 200);
    commune_->end_memberships("other_unit");
    EXPECT_EQ(fetched(path).status, 404);
}

INSTANTIATE_TEST_SUITE_P(Engines, CalendarFeedTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
