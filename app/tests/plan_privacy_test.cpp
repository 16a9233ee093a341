// What other units and other authorities learn of a plan: of a draft nothing, of an issued one what is in
// force.
#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/routes.h"

namespace loa::app {
namespace {

using identity::Role;
using ::testing::HasSubstr;
using ::testing::Not;
using web::Method;

const char* const kTabs[] = {"hoat-dong", "nhiem-vu",    "noi-dung", "can-cu",
                             "don-vi",    "ban-sua-doi", "dien-bien"};

/// Pages on which a plan could show without being asked for.
std::vector<std::string> lists(const std::string& searched) {
    std::string asked = "/tim-kiem?q=";
    for (const char c : fold(searched)) asked += c == ' ' ? '+' : c;
    return {"/ke-hoach", "/ke-hoach?state=draft", "/tong-quan", "/viec-don-vi", "/thong-bao", asked};
}

std::string plan_path(Id plan) {
    return "/ke-hoach/" + to_string(plan);
}

class PlanPrivacyTest : public OnBoth {
  protected:
    std::vector<RouteLine> lines_of(const std::string& record) {
        std::vector<RouteLine> lines;
        for (const auto& line : route_lines())
            if (line.record == record) lines.push_back(line);
        return lines;
    }

    void expect_listed_nowhere(web::Browser& browser, const std::string& who) {
        for (const auto& path : lists(Commune::draft_title())) {
            const auto answer = browser.get(path);
            EXPECT_EQ(answer.status, 200) << path;
            EXPECT_THAT(answer.body, Not(HasSubstr(Commune::draft_title()))) << who << " " << path;
            EXPECT_THAT(answer.body, Not(HasSubstr(to_string(commune().draft())))) << who << " " << path;
        }
    }
};

TEST_P(PlanPrivacyTest, AnotherAuthorityIsNotToldThatThePlanIsThere) {
    const Records records(commune());
    auto officer =
        commune().add_person(commune().elsewhere(), "foreign.officer", commune().elsewhere().root(),
                             {std::begin(identity::kRoles), std::end(identity::kRoles)});
    const auto before = commune().state();
    for (const auto* record : {"issued", "draft", "evidence"})
        for (const auto& line : lines_of(record))
            EXPECT_EQ(visit(records, officer, line, "").status, 404) << line.name() << " (" << record << ")";
    for (const auto* tab : kTabs)
        EXPECT_EQ(officer.get(plan_path(commune().issued()) + "?muc=" + tab).status, 404) << tab;
    EXPECT_EQ(commune().changes_since(before), "");
    for (const auto& path : lists(Commune::issued_title()))
        EXPECT_THAT(officer.get(path).body, Not(HasSubstr(to_string(commune().issued())))) << path;
    EXPECT_EQ(officer.get("/don-vi/" + to_string(commune().drafting_unit())).status, 404);
    const auto chosen = send(officer, "/-/co-quan", {{"authority", to_string(commune().town().authority())}});
    EXPECT_EQ(outcome_of(Method::Post, chosen), "forbidden");
}

TEST_P(PlanPrivacyTest, ADraftIsNobodysBusinessButItsOffices) {
    const Records records(commune());
    auto& other = commune().visitor("other_unit");
    for (const auto& line : lines_of("draft")) {
        if (line.method != Method::Get) continue;
        const auto answer = visit(records, other, line, "");
        EXPECT_EQ(answer.status, 404) << line.name();
        EXPECT_THAT(answer.body, Not(HasSubstr(Commune::draft_title())));
    }
    expect_listed_nowhere(other, "other_unit");
    for (const auto* visitor : {"clerk", "office_head", "leader", "auditor"})
        EXPECT_THAT(commune().visitor(visitor).get("/ke-hoach").body, HasSubstr(Commune::draft_title()))
            << visitor;
}

TEST_P(PlanPrivacyTest, TheListShowsThoseDraftsThatCanBeOpened) {
    // In the drafting unit, but not to draft; above it, to lead those who draft; above it, to draft there alone;
    // in it until last month.
    for (const auto* visitor : {"editor", "finance", "administrator"})
        expect_listed_nowhere(commune().visitor(visitor), visitor);
    auto& town = commune().town();
    auto above = commune().add_person(town, "head.above", town.root(), {Role::OfficeHead});
    EXPECT_EQ(above.get(plan_path(commune().draft())).status, 200);
    EXPECT_THAT(above.get("/ke-hoach").body, HasSubstr(Commune::draft_title()));
    auto beside = commune().add_person(town, "clerk.above", town.root(), {Role::Clerk});
    EXPECT_EQ(beside.get(plan_path(commune().draft())).status, 404);
    expect_listed_nowhere(beside, "clerk.above");
    auto moved = commune().add_person(town, "clerk.moved", commune().other_unit(), {Role::Clerk});
    commune().add_past_membership("clerk.moved", commune().drafting_unit());
    EXPECT_EQ(moved.get(plan_path(commune().draft())).status, 404);
    expect_listed_nowhere(moved, "moved");
}

TEST_P(PlanPrivacyTest, SearchFindsWhatIsIssued) {
    const auto path = lists(Commune::issued_title()).back();
    EXPECT_THAT(commune().visitor("other_unit").get(path).body, HasSubstr(plan_path(commune().issued())));
    EXPECT_THAT(commune().visitor("other_authority").get(path).body,
                Not(HasSubstr(plan_path(commune().issued()))));
}

// Evidence, the names of its files, and the tasks under a line are found by those who may open them, and by nobody else.
TEST_P(PlanPrivacyTest, SearchFindsOfALineWhatItsReadersMayOpen) {
    const std::string evidence = "/viec/" + to_string(commune().line().assignment) + "#mc-" + to_string(commune().line().evidence);
    const std::string task = "/cong-viec/" + to_string(commune().task().task);
    const std::vector<std::pair<std::string, std::string>> looked{{"/tim-kiem?q=tham+dinh+du+toan+quy", evidence},
                                                                 {"/tim-kiem?q=%22ke-hoach.md%22", evidence},
                                                                 {"/tim-kiem?q=lap+bang+du+toan+mau", task},
                                                                 {"/tim-kiem?q=hoi+dinh+muc+chi", task}};
    auto third = commune().add_person(commune().town(), "head.third", commune().third_unit(), {Role::OfficeHead, Role::Editor, Role::Administrator});
    for (const auto& [search, path] : looked) {
        for (const auto* visitor : {"other_unit", "leader", "auditor", "clerk", "office_head"})
            EXPECT_THAT(commune().visitor(visitor).get(search).body, HasSubstr(path)) << visitor << " " << search;
        for (const auto* visitor : {"other_authority", "editor", "administrator"})
            EXPECT_THAT(commune().visitor(visitor).get(search).body, Not(HasSubstr(path))) << visitor << " " << search;
        EXPECT_THAT(third.get(search).body, Not(HasSubstr(path))) << search;
    }
}

TEST_P(PlanPrivacyTest, AnotherUnitReadsTheIssuedPlanAndChangesNothing) {
    const Records records(commune());
    auto officer = commune().add_person(
        commune().town(), "head.elsewhere", commune().third_unit(),
        {Role::OfficeHead, Role::Clerk, Role::Editor, Role::Finance, Role::Administrator, Role::Auditor});
    const auto before = commune().state();
    for (const auto* tab : kTabs)
        EXPECT_EQ(officer.get(plan_path(commune().issued()) + "?muc=" + tab).status, 200);
    const auto record = commune().record(commune().issued());
    EXPECT_EQ(officer.get("/tep/" + to_string(record.file)).status, 200);
    for (const auto& line : lines_of("issued")) {
        if (line.method == Method::Get) continue;
        EXPECT_EQ(outcome_of(line.method, visit(records, officer, line, "")), "forbidden") << line.name();
    }
    EXPECT_EQ(commune().changes_since(before), "");
}

TEST_P(PlanPrivacyTest, WhatAUnitReportedIsReadByThoseConcerned) {
    const Records records(commune());
    auto clerk = commune().add_person(commune().town(), "clerk.third", commune().third_unit(), {Role::Clerk});
    const auto before = commune().state();
    for (const auto& line : lines_of("issued")) {
        if (line.pattern.find("/viec/") == std::string::npos) continue;
        EXPECT_EQ(outcome_of(line.method, visit(records, clerk, line, "")), "not_found") << line.name();
    }
    EXPECT_EQ(clerk.get("/tep/" + to_string(commune().line().file)).status, 404);
    EXPECT_EQ(commune().visitor("other_unit").get("/tep/" + to_string(commune().line().file)).status, 200);
    EXPECT_EQ(commune().changes_since(before), "");
}

TEST_P(PlanPrivacyTest, AnotherAuthoritysTopicsAreItsOwn) {
    const Records records(commune());
    auto officer = commune().add_person(commune().elsewhere(), "foreign.administrator",
                                        commune().elsewhere().root(), {Role::Administrator});
    const auto before = commune().state();
    for (const auto& line : route_lines()) {
        if (!line.pattern.starts_with("/danh-muc/{catalogue:text}/")) continue;
        EXPECT_EQ(outcome_of(line.method, visit(records, officer, line, "")), "not_found") << line.name();
    }
    EXPECT_EQ(commune().changes_since(before), "");
}

TEST_P(PlanPrivacyTest, NobodyImportsForAnotherUnit) {
    auto& clerk = commune().visitor("clerk");
    const auto before = commune().state();
    const auto answer =
        send(clerk, "/ke-hoach/nhap", {{"unit", to_string(commune().other_unit())}}, {Commune::file("file")});
    EXPECT_EQ(outcome_of(Method::Post, answer), "forbidden");
    EXPECT_EQ(commune().changes_since(before), "");
}

LOA_ON_BOTH_ENGINES(PlanPrivacyTest);

/// An amendment changes the plans, so this has a commune of its own.
class AmendmentTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        path_ = plan_path(commune_->issued());
    }

    PlanRecord record() { return commune_->record(commune_->issued()); }
    std::string version() { return std::to_string(record().revision_version); }
    void step(const std::string& visitor, const std::string& rest, const Form& form) {
        commune_->pass_time(60);
        sent(commune_->visitor(visitor), path_ + rest, form);
    }

    /// Begun, confirmed, one activity reworded, submitted.
    void amend() {
        step("clerk", "/dieu-chinh",
             {{"version", std::to_string(record().plan_version)}, {"reason", "Lý do mở bản điều chỉnh"}});
        const auto opened = record();
        step("clerk", "/ra-soat/van-ban",
             {{"version", std::to_string(opened.document_version)},
              {"title", "Tên kế hoạch đang sửa"},
              {"symbol", "KH-UBND"}});
        step("clerk", "/ra-soat/hoat-dong/" + to_string(opened.activity) + "/sua",
             {{"version", std::to_string(opened.activity_version)},
              {"title", "Tên hoạt động đang sửa"},
              {"leads", "Phòng Kinh tế"}});
        step("clerk", "/chuyen-ra-soat", {{"version", version()}});
    }

    /// Every page on which words of the plan may stand, as the visitor sees it.
    std::string pages(const std::string& visitor) {
        auto& browser = commune_->visitor(visitor);
        std::string bodies;
        for (const auto* tab : kTabs) bodies += browser.get(path_ + "?muc=" + tab).body;
        bodies += browser.get(path_ + "/hoat-dong/" + to_string(record().activity)).body;
        for (const auto& list : lists("Tên hoạt động đang sửa")) bodies += browser.get(list).body;
        return bodies;
    }

    std::unique_ptr<Commune> commune_;
    std::string path_;
};

TEST_P(AmendmentTest, IsItsOfficesBusinessUntilItIsIssued) {
    const std::vector<std::string> inside{"Tên kế hoạch đang sửa", "Tên hoạt động đang sửa",
                                          "Lý do mở bản điều chỉnh", "Lý do trả lại bản điều chỉnh"};
    amend();
    step("leader", "/tra-lai", {{"version", version()}, {"reason", inside.back()}});
    const auto revision = path_ + "/ban/" + to_string(record().revision);
    for (const auto& words : inside) {
        EXPECT_THAT(pages("leader"), HasSubstr(words));
        EXPECT_THAT(pages("other_unit"), Not(HasSubstr(words)));
    }
    EXPECT_EQ(commune_->visitor("clerk").get(revision).status, 200);
    EXPECT_EQ(commune_->visitor("other_unit").get(revision).status, 404);

    step("clerk", "/bo-ban-sua", {{"version", version()}});
    for (const auto& words : inside) EXPECT_THAT(pages("other_unit"), Not(HasSubstr(words))) << "thrown away";
    EXPECT_EQ(commune_->visitor("other_unit").get(revision).status, 404);

    amend();
    step("leader", "/duyet", {{"version", version()}});
    step("clerk", "/ban-hanh", {{"version", version()}, {"number", "16"}, {"issued_on", "01/04/2026"}});
    for (const auto* words : {"Tên kế hoạch đang sửa", "Tên hoạt động đang sửa", "Lý do mở bản điều chỉnh"})
        EXPECT_THAT(pages("other_unit"), HasSubstr(words));
    EXPECT_THAT(pages("other_unit"), Not(HasSubstr(inside.back())));
}

LOA_ON_BOTH_ENGINES(AmendmentTest);

}  // namespace
}  // namespace loa::app
