// The page of one account: roles given with their days, ended, and a refusal that leads to what is to be mended.
#include "loa/identity/people.h"
#include "support/sheet_pages.h"

namespace loa::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class PersonPages : public SheetPages {
  protected:
    void SetUp() override {
        SheetPages::SetUp();
        if (IsSkipped()) return;
        page_ = "/nguoi-dung/" + to_string(people_.at("can.bo"));
    }
    web::Browser::Answer give(web::Browser& browser, const std::string& from, const std::string& last_day) {
        browser.get(page_);
        return browser.post(page_ + "/vai-tro", {{"unit", to_string(office_)}, {"role", "office_head"}, {"valid_from", from}, {"last_day", last_day}});
    }
    std::vector<Membership> held() {
        return town().read(Id{}, [&](Work& work) { return current_and_coming_memberships(work, people_.at("can.bo")); });
    }
    /// The one in the office.
    Membership given() {
        for (const Membership& each : held())
            if (each.unit == office_) return each;
        return {};
    }

    std::string page_;
};

TEST_P(PersonPages, ARoleIsGivenWithItsFirstAndLastDay) {
    auto browser = signed_in("quan.tri");
    const auto refused = give(browser, "2024-02-01", "2024-01-31");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("href=\"#last_day\"")) << "leads to the field";
    EXPECT_THAT(refused.body, HasSubstr("name=\"last_day\" type=\"date\" value=\"2024-01-31\""));
    EXPECT_EQ(give(browser, "2024-02-01", "mai").status, 422) << "no day is not no end";
    EXPECT_EQ(give(browser, "2024-02-01", "2024-03-31").status, 303);
    EXPECT_EQ(given().valid_from, day(2024, 2, 1));
    EXPECT_EQ(given().valid_to, day(2024, 4, 1));
    EXPECT_EQ(browser.post("/nguoi-dung/moi", {{"name", "Lê Thị Mới"}, {"sign_in_name", "moi"}, {"unit", to_string(office_)}, {"role", "clerk"},
                                               {"valid_from", "2024-01-15"}, {"last_day", "2024-01-20"}}).status, 303);
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(memberships_of_person(work, person_by_sign_in_name(work, "moi")->id, work.today()).front().valid_to, day(2024, 1, 21));
    });
}

TEST_P(PersonPages, ARoleThatBeginsLaterIsSeenAndCanBeTakenBack) {
    auto browser = signed_in("quan.tri");
    EXPECT_EQ(give(browser, "2024-02-01", "").status, 303);
    const auto page = browser.get(page_).body;
    EXPECT_THAT(page, HasSubstr("Từ ngày 01/02/2024"));
    EXPECT_THAT(page, HasSubstr("Chưa bắt đầu"));
    EXPECT_THAT(browser.get(page_ + "/ban-giao").body, HasSubstr("<dd>2</dd>")) << "a handover counts it";
    const auto path = page_ + "/vai-tro/" + to_string(given().id) + "/ket-thuc";
    EXPECT_EQ(browser.post(path, {{"last_day", "2024-01-15"}}).status, 303);
    EXPECT_THAT(held(), SizeIs(1));
    EXPECT_THAT(browser.get(page_).body, Not(HasSubstr("Chưa bắt đầu")));
    EXPECT_EQ(browser.post(path, {{"last_day", "2024-01-15"}}).status, 404) << "it never was";
    EXPECT_EQ(give(browser, "2024-02-01", "").status, 303);
    EXPECT_THAT(held(), SizeIs(2)) << "given anew from the same day";
}

TEST_P(PersonPages, ARefusedEndGivesTheDayBackBesideItsField) {
    auto browser = signed_in("quan.tri");
    browser.get(page_);
    const auto of = to_string(held().front().id);
    const auto refused = browser.post(page_ + "/vai-tro/" + of + "/ket-thuc", {{"last_day", "2023-11-30"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("href=\"#last-" + of + "\""));
    EXPECT_THAT(refused.body, HasSubstr("id=\"last-" + of + "\" name=\"last_day\" value=\"2023-11-30\" aria-invalid=\"true\""));
    EXPECT_THAT(refused.body, HasSubstr("<details class=\"more\" open><summary>Kết thúc"));
    // The other's keys have an end, so hers are the last: nothing is lost of what was typed there either.
    const std::string other = "/nguoi-dung/" + to_string(people_.at("quan.tri.hai")), own = "/nguoi-dung/" + to_string(people_.at("quan.tri"));
    const auto membership = [&](const char* name) {
        return town().read(Id{}, [&](Work& work) { return to_string(memberships_of_person(work, people_.at(name), work.today()).front().id); });
    };
    EXPECT_EQ(browser.post(other + "/vai-tro/" + membership("quan.tri.hai") + "/ket-thuc", {{"last_day", "2024-06-30"}}).status, 303);
    const auto last = browser.post(own + "/vai-tro/" + membership("quan.tri") + "/ket-thuc", {{"last_day", "2024-02-29"}});
    EXPECT_EQ(last.status, 409);
    EXPECT_THAT(last.body, HasSubstr("href=\"#last-" + membership("quan.tri") + "\""));
    EXPECT_THAT(last.body, HasSubstr("value=\"2024-02-29\" aria-invalid"));
}

LOA_ON_BOTH_ENGINES(PersonPages);

}  // namespace
}  // namespace loa::identity
