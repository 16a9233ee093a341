// A form that is refused comes back as it was typed and chosen, on the page it was on, and its summary leads to the
// very field.
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RefusedFormsTest : public OnBoth {
  protected:
    PlanRecord draft() { return commune().record(commune().draft()); }
    std::string path(const std::string& rest) { return "/ke-hoach/" + to_string(commune().draft()) + rest; }

    /// The page that comes back, held against what holds for every refused form.
    std::string refused(const std::string& rest, const Form& form) {
        const auto before = commune().state();
        const auto answer = send(commune().visitor("clerk"), path(rest), form);
        EXPECT_EQ(answer.status, 422) << answer.body;
        EXPECT_EQ(commune().changes_since(before), "");
        EXPECT_THAT(answer.body, HasSubstr("<title>Lỗi: "));
        const auto summary = between(answer.body, "role=\"alert\"", "</ul>");
        EXPECT_THAT(summary, HasSubstr("href=\"#")) << answer.body;
        EXPECT_THAT(leading_nowhere(answer.body, summary), ::testing::IsEmpty());
        return answer.body;
    }

    storage::Rows rows(std::string_view statement) {
        const Id revision = draft().revision;
        return commune().town().read(Id{}, [&](Work& work) { return work.db.query(statement, {work.authority, revision}); });
    }
};

TEST_P(RefusedFormsTest, AClauseKeepsItsTopics) {
    const std::string topic = to_string(commune().topic());
    for (const auto& row : rows("plan.clauses_by_revision")) {
        if (row.text("kind") != "theme") continue;
        const auto page = refused("/ra-soat/muc/" + to_string(row.id("id")) + "/sua",
                                  {{"version", std::to_string(row.number("version"))}, {"text", " "}, {"topics", topic}});
        const auto form = between(page, "/ra-soat/muc/" + to_string(row.id("id")) + "/sua", "</form>");
        EXPECT_THAT(form, HasSubstr("name=\"topics\" value=\"" + topic + "\" checked"));
        EXPECT_EQ(form.find("checked"), form.rfind("checked")) << "what was taken out stays out";
        return;
    }
    FAIL() << "the draft has no theme";
}

TEST_P(RefusedFormsTest, ADutyKeepsTheActivityItWasAttachedTo) {
    const auto record = draft();
    const auto page = refused("/ra-soat/nhiem-vu/" + to_string(record.duty) + "/sua",
                              {{"version", std::to_string(record.duty_version)},
                               {"text", "Nhiệm vụ đang sửa"},
                               {"deadline", "Trước ngày 31/11/2026"},
                               {"activity", to_string(record.activity)}});
    const auto form = between(page, "/ra-soat/nhiem-vu/" + to_string(record.duty) + "/sua", "</form>");
    EXPECT_THAT(form, HasSubstr("Nhiệm vụ đang sửa"));
    EXPECT_THAT(form, HasSubstr("<option value=\"" + to_string(record.activity) + "\" selected>"));
}

TEST_P(RefusedFormsTest, AnActivityIsMendedWhereTheSummaryLeads) {
    const auto record = draft();
    const auto page = refused("/ra-soat/hoat-dong/" + to_string(record.activity) + "/sua",
                              {{"version", std::to_string(record.activity_version)},
                               {"title", ""},
                               {"leads", "Phòng Kinh tế"},
                               {"deadline", "Trước ngày 31/11/2026"}});
    const std::string id = to_string(record.activity);
    EXPECT_THAT(page, HasSubstr("href=\"#a" + id + "-title\""));
    EXPECT_THAT(page, HasSubstr("href=\"#a" + id + "-deadline\""));
    EXPECT_THAT(page, HasSubstr("Trước ngày 31/11/2026"));
}

TEST_P(RefusedFormsTest, ANameThatNothingWasChosenForIsAskedAgain) {
    for (const auto& row : rows("plan.parties_by_revision")) {
        if (row.optional_id("unit_id") || row.optional_id("group_id")) continue;
        const auto page = refused("/ra-soat/ten", {{"name", row.text("name")}, {"means", ""}});
        EXPECT_THAT(page, HasSubstr("aria-invalid=\"true\" aria-describedby=\"ten-"));
        EXPECT_THAT(page, HasSubstr("href=\"#ten-"));
        return;
    }
    FAIL() << "every name of the draft has a unit";
}

TEST_P(RefusedFormsTest, ANewClauseDoesNotSpeakForThoseThatAreThere) {
    const auto page = refused("/ra-soat/muc-moi/theme", {{"text", ""}});
    EXPECT_THAT(page, HasSubstr("href=\"#moi-theme-text\""));
    EXPECT_EQ(page.find("aria-invalid"), page.rfind("aria-invalid"));
}

TEST_P(RefusedFormsTest, ADraftHandedInFromItsReviewIsMendedThere) {
    const auto page = refused("/chuyen-ra-soat", {{"version", std::to_string(draft().revision_version)}, {"from", "review"}});
    EXPECT_THAT(page, HasSubstr("id=\"van-ban-goc\""));
}

TEST_P(RefusedFormsTest, ADraftHandedInFromThePlanLeadsToItsReview) {
    const auto answer = send(commune().visitor("clerk"), path("/chuyen-ra-soat"),
                             {{"version", std::to_string(draft().revision_version)}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, Not(HasSubstr("id=\"van-ban-goc\"")));
    EXPECT_THAT(answer.body, HasSubstr("href=\"" + path("/ra-soat#van-ban") + "\""));
}

TEST_P(RefusedFormsTest, TheCompletionKeepsWhoIsAccountable) {
    struct Leads {
        int count = 0;
        std::string unit;  // the party that is one unit, which can answer for the activity
    };
    std::map<std::string, Leads> leads;
    for (const auto& row : rows("plan.parties_by_revision")) {
        if (row.text("role") != "lead" || !row.optional_id("activity_id")) continue;
        auto& of_activity = leads[to_string(row.id("activity_id"))];
        ++of_activity.count;
        if (row.optional_id("unit_id")) of_activity.unit = to_string(row.id("id"));
    }
    for (const auto& row : rows("plan.activities_by_revision")) {
        const std::string id = to_string(row.id("activity_id"));
        if (leads[id].count < 2 || leads[id].unit.empty()) continue;
        const auto page = refused("/bo-sung/" + id, {{"version", std::to_string(row.number("version"))},
                                                     {"accountable", leads[id].unit},
                                                     {"targets", "thật nhiều"}});
        EXPECT_THAT(page, HasSubstr("/bo-sung/" + id + "\""));
        EXPECT_THAT(page, HasSubstr("<option value=\"" + leads[id].unit + "\" selected>"));
        EXPECT_THAT(page, HasSubstr("thật nhiều"));
        return;
    }
    FAIL() << "no activity has two leads";
}

TEST_P(RefusedFormsTest, AnActivityKeepsTheKindChosenWithItsAnswers) {
    const auto record = draft();
    const auto page = refused("/hoat-dong/" + to_string(record.activity) + "/loai",
                              {{"version", std::to_string(record.kind_version)},
                               {"kind", "conference"},
                               {"venue", "Nhà văn hóa ấp Một"},
                               {"invited", "nhiều người"}});
    EXPECT_THAT(page, HasSubstr("<option value=\"conference\" selected>"));
    EXPECT_THAT(page, HasSubstr("value=\"Nhà văn hóa ấp Một\""));
    EXPECT_THAT(page, HasSubstr("value=\"nhiều người\""));
}

LOA_ON_BOTH_ENGINES(RefusedFormsTest);

}  // namespace
}  // namespace loa::app
