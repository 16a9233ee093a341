// /tong-quan, /ke-hoach and /viec-don-vi: their figures are those of the data, and where there is nothing they say so.
#include <set>

#include "loa/identity/people.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Figures {
    int total = 0, late = 0, without_deadline = 0;
    bool operator==(const Figures&) const = default;
};
void PrintTo(const Figures& figures, std::ostream* out) {
    *out << figures.total << " in all, " << figures.late << " late, " << figures.without_deadline << " without deadline";
}

/// Time passes and lines are closed, so this has a commune of its own.
class DashboardTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    /// The lines of the issued plan with the deadline that each has in it, counted.
    template <class Counts>
    Figures counted(Counts&& counts) {
        const Id plan = commune_->issued(), revision = commune_->record(plan).revision;
        return commune_->town().read(Id{}, [&](Work& work) {
            const auto deadlines = work.db.query("plan.deadlines_by_revision", {work.authority, revision});
            const auto occurrences = work.db.query("plan.occurrences_by_plan", {work.authority, plan});
            Figures figures;
            for (const auto& line : work.db.query("plan.assignments_by_plan", {work.authority, plan})) {
                if (line.text("state") == "ended" || !counts(line)) continue;
                ++figures.total;
                if (line.text("state") != "open") continue;
                bool dated = false;
                for (const auto& deadline : deadlines) {
                    const char* subject = line.optional_id("activity_id") ? "activity_id" : "duty_id";
                    if (deadline.optional_id(subject) != line.optional_id(subject)) continue;
                    dated = true;
                }
                figures.without_deadline += !dated;
                figures.late += std::any_of(occurrences.begin(), occurrences.end(), [&](const storage::Row& one) {
                    return one.id("assignment_id") == line.id("id") && one.text("state") == "open" && one.optional_date("due_on") &&
                           *one.optional_date("due_on") < work.today();
                });
            }
            return figures;
        });
    }
    Figures of_unit(Id unit) {
        return counted([unit](const storage::Row& line) { return line.id("unit_id") == unit; });
    }
    Figures of_plan() {
        return counted([](const storage::Row&) { return true; });
    }

    std::string overview(const std::string& visitor) { return commune_->sign_in_again(visitor).get("/tong-quan").body; }

    static int figure(const std::string& page, const std::string& label) {
        const auto shown = words_of(between(page, "<dt>" + label + "</dt>", "</div>"));
        EXPECT_TRUE(shown.starts_with(label + " ")) << page;
        return shown.size() > label.size() ? std::stoi(shown.substr(label.size())) : -1;
    }
    static Figures shown(const std::string& whole) {
        const auto page = between(whole, "id=\"viec\"", "</section>");
        return {figure(page, "Việc được giao"), figure(page, "Quá hạn"), figure(page, "Chưa có thời hạn")};
    }

    /// The other unit reports its line done, the drafting one agrees.
    void close_a_line() {
        const std::string path = "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(commune_->line().assignment);
        const auto version = [&] {
            return Form{{"occurrence", to_string(commune_->line().occurrence)}, {"version", std::to_string(commune_->line().occurrence_version)}};
        };
        auto reporting = commune_->sign_in_again("other_unit"), confirming = commune_->sign_in_again("clerk");
        sent(reporting, path + "/bao-xong", version());
        sent(confirming, path + "/khep", version());
    }

    std::unique_ptr<Commune> commune_;
};

TEST_P(DashboardTest, CountsTheLinesOfOnesUnit) {
    for (const int days : {0, 365}) {
        commune_->pass_time(std::int64_t{days} * 24 * 3600);
        EXPECT_EQ(shown(overview("clerk")), of_unit(commune_->drafting_unit())) << days;
        EXPECT_EQ(shown(overview("other_unit")), of_unit(commune_->other_unit())) << days;
        EXPECT_EQ(of_unit(commune_->drafting_unit()).late > 0, days > 0) << "there is something to count";
    }
    EXPECT_GT(of_unit(commune_->other_unit()).without_deadline, 0);
}

TEST_P(DashboardTest, WhatIsClosedIsCountedButNeitherLateNorWithoutDeadline) {
    const auto before = of_unit(commune_->other_unit());
    close_a_line();
    const auto after = shown(overview("other_unit"));
    EXPECT_EQ(after, of_unit(commune_->other_unit()));
    EXPECT_EQ(after, (Figures{before.total, before.late, before.without_deadline - 1}));
}

TEST_P(DashboardTest, SaysHowFarTheRunningPlansAre) {
    close_a_line();
    commune_->pass_time(std::int64_t{365} * 24 * 3600);
    const auto plan = of_plan();
    std::set<Id> units;
    counted([&](const storage::Row& line) { return units.insert(line.id("unit_id")).second; });
    const auto page = overview("leader");
    const auto running = between(page, "id=\"chay\"", "</section>");
    EXPECT_THAT(running, HasSubstr(Commune::issued_title()));
    EXPECT_THAT(running, Not(HasSubstr(Commune::draft_title())));
    EXPECT_THAT(words_of(running), HasSubstr("15/KH-UBND · Giao cho " + std::to_string(units.size()) + " đơn vị"));
    EXPECT_THAT(words_of(running), HasSubstr("Đã xong 1 trên " + std::to_string(plan.total) + " việc được giao"));
    EXPECT_THAT(words_of(running), HasSubstr(std::to_string(plan.late) + " việc quá hạn"));
    EXPECT_THAT(running, HasSubstr("max=\"" + std::to_string(plan.total) + "\" value=\"1\""));
    EXPECT_GT(plan.late, 0);
}

TEST_P(DashboardTest, TheDeskIsNotCutByWhatIsNobodysHere) {
    // Another office has issued 205 plans since the clerk's draft was changed last, and drafted 55 pieces of work before the one.
    const std::string other = to_string(commune_->other_unit()), numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 205) ";
    commune_->database().script(
        "insert into plan_plan (authority_id, id, state, title, year_from, year_to, drafting_unit_id, aggregating_unit_id, issued_revision_id, created_at, created_by, version) " +
        numbers + "select p.authority_id, 1000 + n.i, 'issued', 'Kế hoạch khác', 2026, 2026, " + other + ", " + other + ", 2000 + n.i, p.created_at, p.created_by, 1 from plan_plan p, n where p.id = " +
        to_string(commune_->draft()));
    commune_->database().script(
        "insert into plan_revision (authority_id, id, plan_id, ordinal, kind, state, title, document_version, issued_number, issued_on, created_at, created_by, changed_at, changed_by, version) " +
        numbers + "select p.authority_id, 2000 + n.i, 1000 + n.i, 1, 'first', 'issued', 'Kế hoạch khác', 1, cast(100 + n.i as text), '2026-04-01', p.created_at, p.created_by, p.created_at + 86400000, p.created_by, 1 from plan_plan p, n where p.id = " +
        to_string(commune_->draft()));
    commune_->database().script(
        "insert into plan_supplement (authority_id, id, plan_id, state, title, unit_id, topic_id, channel_id, deadline, target, created_at, created_by, changed_at, changed_by, version) " + numbers +
        "select s.authority_id, 3000 + n.i, 1001, 'draft', 'Việc của cơ quan khác', s.unit_id, s.topic_id, s.channel_id, s.deadline, s.target, s.created_at, s.created_by, s.changed_at, s.changed_by, 1 from plan_supplement s, n where n.i <= 55 and s.id = " +
        to_string(commune_->supplement()));
    const auto desk = [&](const std::string& visitor) { return between(overview(visitor), "id=\"cho\"", "</section>"); };
    EXPECT_THAT(desk("clerk"), HasSubstr(Commune::draft_title()));
    // Who gives work for one office alone.
    commune_->add_person(commune_->town(), "lanh_dao_khoi", commune_->drafting_unit(), {identity::Role::Editor});
    commune_->town().write(Id{}, [&](Work& work) {
        EXPECT_TRUE(identity::add_membership(work, {commune_->person("lanh_dao_khoi"), commune_->drafting_unit(), identity::Role::Leader, "", work.today(), std::nullopt, identity::Scope::OwnUnit}));
    });
    const auto theirs = desk("lanh_dao_khoi");
    EXPECT_THAT(theirs, HasSubstr("Phát thanh về chuyển đổi số"));
    EXPECT_THAT(theirs, Not(HasSubstr("Việc của cơ quan khác")));
}

/// In an authority that has issued and drafted nothing.
class EmptyDashboardTest : public OnBoth {
  protected:
    web::Browser& clerk() { return commune().visitor("other_authority"); }
    web::Browser auditor() {
        static int number = 0;
        return commune().add_person(commune().elsewhere(), "kiem-tra-" + std::to_string(++number), commune().elsewhere().root(),
                                    {identity::Role::Auditor});
    }
    /// What the page says below its head, where the day stands.
    static std::string body(web::Browser& browser, const std::string& path) {
        const auto answer = browser.get(path);
        EXPECT_EQ(answer.status, 200) << path;
        const auto main = between(answer.body, "<main", "</main>");
        return main.substr(std::min(main.find("</h1>"), main.size()));
    }
};

TEST_P(EmptyDashboardTest, SaysThatNothingIsThereAndWhatWillBe) {
    const auto overview = words_of(body(clerk(), "/tong-quan"));
    for (const auto* said : {"Không có kế hoạch nào chờ xử lý.", "Đơn vị chưa được giao việc", "Chưa có kế hoạch đang thực hiện",
                             "Kế hoạch được ban hành sẽ hiện ở đây."})
        EXPECT_THAT(overview, HasSubstr(said));
    EXPECT_THAT(words_of(body(clerk(), "/viec-don-vi")), HasSubstr("Đơn vị chưa được giao việc"));
    EXPECT_THAT(words_of(body(clerk(), "/ke-hoach")), HasSubstr("Chưa có kế hoạch nào"));
}

TEST_P(EmptyDashboardTest, InventsNoFigure) {
    auto browser = auditor();
    for (auto* visitor : {&clerk(), &browser})
        for (const auto* path : {"/tong-quan", "/viec-don-vi", "/ke-hoach"}) {
            auto page = body(*visitor, path);
            // The day of the overview stands beside its heading.
            if (const auto day = between(page, "<p class=\"meta\">", "</p>"); !day.empty()) page.erase(page.find(day), day.size());
            EXPECT_EQ(words_of(page).find_first_of("0123456789"), std::string::npos) << path << ": " << words_of(page);
            for (const auto* part : {"<dl", "<progress", "<table", "<li", "<form"}) EXPECT_THAT(page, Not(HasSubstr(part))) << path;
        }
}

TEST_P(EmptyDashboardTest, OffersTheFirstStepToThoseWhoMayTakeIt) {
    auto browser = auditor();
    for (const auto* path : {"/tong-quan", "/ke-hoach"}) {
        EXPECT_THAT(body(clerk(), path), HasSubstr("href=\"/ke-hoach/nhap\"")) << path;
        EXPECT_THAT(body(browser, path), Not(HasSubstr("href=\"/ke-hoach/nhap\""))) << path;
    }
    EXPECT_THAT(body(browser, "/ke-hoach"), HasSubstr("Kế hoạch sẽ hiện ở đây khi cơ quan soạn thảo ban hành."));
}

TEST_P(DashboardTest, AUnitsOwnYearAndCoverageAreItsOwn) {
    auto clerk = commune_->sign_in_again("clerk");
    const auto own = clerk.get("/tong-quan?pham-vi=don-vi").body, all = clerk.get("/tong-quan?pham-vi=tat-ca").body;
    const Id unit = commune_->drafting_unit();
    const auto due = [&](bool of_unit) {
        return commune_->town().read(Id{}, [&](Work& work) {
            std::int64_t count = 0;
            for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}))
                count += row.text("state") != "ended" && row.optional_date("due_on") && (!of_unit || row.id("unit_id") == unit);
            return std::to_string(count);
        });
    };
    // The last row of the picture's table: all that falls due in the year.
    const auto last_of_year = [](const std::string& page) {
        const auto table = between(page, "<details class=\"more\"><summary>Xem số liệu", "</table>");
        const auto row = table.substr(table.rfind("<tr>"));
        const auto cell = between(row, "<td class=\"num\">", "</td>");
        return cell.substr(cell.find('>') + 1);
    };
    ASSERT_THAT(own, HasSubstr("Xem số liệu"));
    ASSERT_THAT(all, HasSubstr("Xem số liệu"));
    EXPECT_EQ(last_of_year(own), due(true));
    EXPECT_EQ(last_of_year(all), due(false));
    EXPECT_NE(due(true), due(false));
    EXPECT_THAT(own, HasSubstr("Phòng Văn hóa - Xã hội</h2>"));
    EXPECT_THAT(own, HasSubstr("/do-phu?tu=01/2026&amp;den=12/2026&amp;don-vi=" + to_string(unit)));
    EXPECT_THAT(all, Not(HasSubstr("&amp;den=12/2026&amp;don-vi=")));
}

LOA_ON_BOTH_ENGINES(DashboardTest);
LOA_ON_BOTH_ENGINES(EmptyDashboardTest);

}  // namespace
}  // namespace loa::app
