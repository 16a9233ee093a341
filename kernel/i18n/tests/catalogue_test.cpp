#include "loa/i18n/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"

namespace loa::i18n {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kVietnamese = Language::Vietnamese;
constexpr auto kEnglish = Language::English;

Catalogue catalogue(std::string_view vietnamese, std::string_view english) {
    return Catalogue({{"modules/plan/i18n/vi.json", vietnamese}, {"modules/plan/i18n/en.json", english}});
}

TEST(Catalogue, FillsPlaceholdersInBothLanguages) {
    const auto texts = catalogue(R"({"plan.due": "Hạn {day}, còn {n} ngày"})", R"({"plan.due": "Due {day}, {n} days left"})");
    const Arguments arguments{{"n", "12"}, {"day", "05/01/2024"}};
    EXPECT_EQ(texts.translate(kVietnamese, "plan.due", arguments), "Hạn 05/01/2024, còn 12 ngày");
    EXPECT_EQ(texts.translate(kEnglish, "plan.due", arguments), "Due 05/01/2024, 12 days left");
}

TEST(Catalogue, AnArgumentIsNeverLookedThrough) {
    const auto texts = catalogue(R"({"plan.title": "{a}{b}"})", R"({"plan.title": "{b}{a}"})");
    EXPECT_EQ(texts.translate(kVietnamese, "plan.title", {{"a", "{b}"}, {"b", "<b>{a}"}}), "{b}<b>{a}");
}

TEST(Catalogue, AMissingKeyShowsItselfAndAMissingArgumentStaysVisible) {
    const auto texts = catalogue(R"({"plan.x": "Số {number}"})", R"({"plan.x": "Number {number}"})");
    EXPECT_EQ(texts.translate(kVietnamese, "plan.nothing"), "plan.nothing");
    EXPECT_EQ(texts.translate(kEnglish, ""), "");
    EXPECT_EQ(texts.translate(kVietnamese, "plan.x", {{"other", "5"}}), "Số {number}");
}

TEST(Catalogue, AMissingKeyIsLoggedOnce) {
    const auto texts = catalogue("{}", "{}");
    testing::internal::CaptureStderr();
    for (int i = 0; i < 3; ++i) texts.translate(kVietnamese, "plan.logged_once");
    texts.translate(kEnglish, "plan.logged_once");
    const auto lines = testing::internal::GetCapturedStderr();
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << lines;
    EXPECT_THAT(lines, HasSubstr("i18n.missing_key"));
}

TEST(Catalogue, EnglishChoosesTheFormByN) {
    const auto texts = catalogue(R"({"plan.found": "{n} hoạt động"})",
                                 R"({"plan.found": {"one": "{n} activity", "other": "{n} activities"}})");
    EXPECT_EQ(texts.translate(kEnglish, "plan.found", {{"n", "1"}}), "1 activity");
    for (const char* n : {"0", "2", "11", "21", "1,001", "-1", ""})
        EXPECT_EQ(texts.translate(kEnglish, "plan.found", {{"n", n}}), std::string(n) + " activities");
    EXPECT_EQ(texts.translate(kVietnamese, "plan.found", {{"n", "1"}}), "1 hoạt động");
}

TEST(Catalogue, TemplatesGetTheTextAsItIsButNoPlural) {
    const auto texts = catalogue(R"({"plan.a": "Có {n} mục", "plan.b": "{n} mục"})",
                                 R"({"plan.a": "Items: {n}", "plan.b": {"one": "{n} item", "other": "{n} items"}})");
    EXPECT_EQ(texts.text(kVietnamese, "plan.a"), "Có {n} mục");
    EXPECT_EQ(texts.text(kVietnamese, "plan.b"), "{n} mục");
    EXPECT_EQ(texts.text(kEnglish, "plan.b"), std::nullopt);
    EXPECT_EQ(texts.text(kEnglish, "plan.c"), std::nullopt);
}

TEST(Catalogue, OnlyOurNamesAreFilesOfTexts) {
    const Catalogue texts({{"modules/plan/data/other.json", "[1]"}, {"kernel/web/i18n/vi.json", R"({"web.a": "A"})"}});
    EXPECT_THAT(texts.keys(), ElementsAre("web.a"));
}

TEST(Catalogue, RefusesWhatIsNoCatalogue) {
    EXPECT_THROW(catalogue("", "{}"), Fault);
    EXPECT_THROW(catalogue("[]", "{}"), Fault);
    EXPECT_THROW(catalogue(R"({"a": 1})", "{}"), Fault);
    EXPECT_THROW(catalogue(R"({"a": null})", "{}"), Fault);
    EXPECT_THROW(catalogue(R"({"a": "b",})", "{}"), Fault);
    EXPECT_THROW(catalogue("{}", R"({"a": {"one": "x"}})"), Fault);
    EXPECT_THROW(catalogue("{}", R"({"a": {"one": "x", "many": "y"}})"), Fault);
    EXPECT_THROW(catalogue("{}", R"({"a": {"one": "x", "few": "z", "other": "y"}})"), Fault);
    EXPECT_THROW(catalogue("{}", R"({"a": {"one": 1, "other": "y"}})"), Fault);
}

TEST(Catalogue, RefusesAKeyOfTwoOwners) {
    EXPECT_THROW(Catalogue({{"a/i18n/vi.json", R"({"x.a": "1"})"}, {"b/i18n/vi.json", R"({"x.a": "2"})"}}), Fault);
}

TEST(Catalogue, FindsWhatWouldShowWrong) {
    const auto finding = [](std::string_view vietnamese, std::string_view english) {
        const auto found = catalogue(vietnamese, english).findings();
        return found.size() == 1 ? found.front() : std::to_string(found.size()) + " findings";
    };
    EXPECT_EQ(finding(R"({"a": "x"})", "{}"), "a: not in English");
    EXPECT_EQ(finding("{}", R"({"a": "x"})"), "a: not in Vietnamese");
    EXPECT_EQ(finding(R"({"a": "{n} x"})", R"({"a": "{m} x"})"), "a: the placeholders differ");
    EXPECT_EQ(finding(R"({"a": " "})", R"({"a": "x"})"), "a (vi): is empty");
    EXPECT_EQ(finding("{\"a\": \"a\xCC\x80\"}", R"({"a": "x"})"), "a (vi): is not NFC");
    EXPECT_EQ(finding(R"({"a": "{Số}"})", R"({"a": "x"})"), "a (vi): has a brace that belongs to no placeholder");
    EXPECT_EQ(finding(R"({"a": "x}"})", R"({"a": "x"})"), "a (vi): has a brace that belongs to no placeholder");
    EXPECT_EQ(finding(R"({"a": "x"})", R"({"a": {"one": "x", "other": "y"}})"), "a (en): a plural without {n}");
    EXPECT_EQ(finding(R"({"a": "{n}"})", R"({"a": {"one": "{k}", "other": "{n}"}})"),
              "a (en): a placeholder of one is unknown to other");
    EXPECT_EQ(finding(R"({"a": {"one": "x", "other": "y"}})", R"({"a": "x"})"), "a (vi): Vietnamese has no plural");
}

TEST(Catalogue, PlaceholdersMayRepeatAndStandInAnyOrder) {
    EXPECT_THAT(catalogue(R"({"a": "{x} {y} {x}"})", R"({"a": "{y} {x}"})").findings(), IsEmpty());
    EXPECT_THAT(placeholders("{x} {y} {x}"), ElementsAre("x", "y", "x"));
    EXPECT_THAT(placeholders("{"), IsEmpty());
    EXPECT_THAT(placeholders("{} {A} {1a} {a-b} {a"), IsEmpty());
    EXPECT_THAT(placeholders("{{a_1}}"), ElementsAre("a_1"));
}

TEST(Catalogue, TheEmbeddedTextsAreWhole) {
    EXPECT_THAT(Catalogue::embedded().findings(), IsEmpty());
    EXPECT_THAT(Catalogue::embedded().keys(), testing::Contains("i18n.days_left"));
    EXPECT_EQ(translate(kVietnamese, "i18n.days_left", {{"n", "12"}}), "còn 12 ngày");
}

}  // namespace
}  // namespace loa::i18n
