// /theo-doi/don-vi: by today's units and by former ones the figures come to the same sum, whatever became of the units.
#include <map>
#include <random>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "tests/support/merger.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using identity::ClosingKind;
using identity::UnitKind;

constexpr std::int64_t kDay = 24 * 3600;
constexpr int kChanges = 7;

/// Due, on time, late, not reported.
using Figures = std::vector<std::int64_t>;

/// A year of changes, so each has a commune of its own.
class FormerUnitsTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        plan_path_ = "/ke-hoach/" + to_string(commune_->issued());
    }

    Date today() {
        return commune_->town().read(Id{}, [](Work& work) { return work.today(); });
    }
    /// Units of the plan that are there today, without the committee and those outside.
    std::vector<identity::Unit> units() {
        return commune_->town().read(Id{}, [&](Work& work) {
            std::vector<identity::Unit> found;
            for (const auto& unit : identity::units_on(work, work.today()))
                if (unit.parent && !unit.outside() && unit.kind != UnitKind::Hamlet) found.push_back(unit);
            return found;
        });
    }
    struct Table {
        std::map<std::string, Figures> units;
        std::map<std::string, std::string> lists;  // of each unit, where its lines are
        Figures today, then;  // the two totals at its foot
    };
    static Figures figures(const std::string& row) {
        Figures found;
        const auto words = words_of(row);
        for (const auto& word : split(words, ' '))
            if (const auto number = parse_number(word)) found.push_back(*number);
        return found;
    }
    static std::optional<std::int64_t> parse_number(std::string_view word) {
        if (word.empty() || word.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
        return std::stoll(std::string(word));
    }
    Table table(const std::string& way) {
        const auto page = commune_->sign_in_again("leader").get("/theo-doi/don-vi?nam=2026&theo=" + way).body;
        Table table;
        const auto body = between(page, "<tbody>", "</tbody>"), foot = between(page, "<tfoot>", "</tfoot>");
        const auto lines = replaced(body, "</tr>", "\x1f");
        for (const auto& row : split(lines, '\x1f')) {
            const auto name = between(std::string(row), "\">", "</a>");
            if (name.empty()) continue;
            const auto unit = name.substr(name.rfind('>') + 1);
            table.units[unit] = figures(std::string(row.substr(row.find("</th>"))));
            table.lists[unit] = link_in(std::string(row));
        }
        const auto second = foot.find("<tr>", foot.find("</tr>"));
        if (second == std::string::npos) return table;
        table.today = figures(foot.substr(foot.find("</th>"), second - foot.find("</th>")));
        table.then = figures(foot.substr(foot.find("</th>", second)));
        return table;
    }
    /// How many lines that list has, on all its pages.
    std::int64_t rows(const std::string& list) {
        const auto csv = commune_->sign_in_again("leader").get(replaced(list, "/viec?", "/viec/xuat?") + "&dang=csv").body;
        return std::count(csv.begin(), csv.end(), '\n') - 1;
    }
    void expect_lists_to_add_up() {
        for (const char* way : {"hien-nay", "cu"}) {
            const auto shown = table(way);
            EXPECT_FALSE(shown.units.empty());
            for (const auto& [unit, figures] : shown.units) {
                const auto list = shown.lists.at(unit);
                EXPECT_EQ(rows(list), figures[0]) << way << ": " << unit;
                EXPECT_EQ(rows(list + "&bao-cao=dung-han"), figures[1]) << way << ": " << unit;
                EXPECT_EQ(rows(list + "&bao-cao=tre-han"), figures[2]) << way << ": " << unit;
                EXPECT_EQ(rows(list + "&tinh-trang=qua-han"), figures[3]) << way << ": " << unit;
            }
        }
    }
    /// Counted by hand from what is stored.
    Figures stored() {
        return commune_->town().read(Id{}, [&](Work& work) {
            Figures sum(4);
            for (const auto& row : work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()})) {
                const auto due = row.optional_date("due_on");
                if (row.text("state") == "ended" || !due || *due >= work.today() || due->year() != 2026) continue;
                const bool open = row.text("state") == "open", on_time = row.optional_number("on_time") == 1;
                ++sum[0];
                ++sum[on_time ? 1 : open ? 3 : 2];
            }
            return sum;
        });
    }
    static Figures sum_of(const std::map<std::string, Figures>& units) {
        Figures sum(4);
        for (const auto& [name, row] : units)
            for (std::size_t i = 0; i < 4; ++i) sum[i] += row.at(i);
        return sum;
    }
    /// Each line of these units falls due each month, April to December.
    void fall_due_monthly() {
        std::vector<Id> own;
        for (const auto& unit : units()) own.push_back(unit.id);
        commune_->town().write(Id{}, [&](Work& work) {
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()})) {
                const Id unit = row.id("unit_id");
                if (std::find(own.begin(), own.end(), unit) == own.end()) continue;
                for (int month = 4; month <= 12; ++month) {
                    const Date from = *Date::from(2026, month, 1), to = from.last_of_month();
                    work.db.run("plan.insert_occurrence", {work.authority, work.new_id(), row.id("id"), commune_->issued(),
                                                           row.optional_id("activity_id").value_or(row.optional_id("duty_id").value_or(Id{})), unit, from, to, to, to});
                }
            }
        });
    }
    /// Some of what is open is reported, in the place of its unit.
    void report(std::mt19937& random) {
        auto clerk = commune_->sign_in_again("leader_of_nothing_else");
        const auto rows = commune_->town().read(Id{}, [&](Work& work) { return work.db.query("plan.occurrences_by_plan", {work.authority, commune_->issued()}); });
        for (const auto& row : rows)
            if (row.text("state") == "open" && random() % 3 == 0)
                send(clerk, plan_path_ + "/viec/" + to_string(row.id("assignment_id")) + "/bao-xong",
                     {{"occurrence", to_string(row.id("id"))}, {"version", std::to_string(row.number("version"))}, {"reason", "Đã xong"}});
    }
    void change(std::mt19937& random, int number, Date day) {
        auto there = units();
        std::shuffle(there.begin(), there.end(), random);
        const std::string begins = "Phòng Mới số " + std::to_string(number);
        std::vector<Ending> endings;
        switch (there.size() < 3 ? 0 : random() % 3) {
            case 0: endings = {{there[0].id, ClosingKind::Replaced, {Id{}}}}; break;
            case 1: endings = {{there[0].id, ClosingKind::Merged, {Id{}}}, {there[1].id, ClosingKind::Merged, {Id{}}}}; break;
            case 2: endings = {{there[0].id, ClosingKind::Split, {Id{}, there[1].id}}}; break;
        }
        const Id begun = confirm_changes(*commune_, "số " + std::to_string(number), day, begins, UnitKind::Office, endings);
        const bool forgotten = random() % 4 == 0;  // then it is confirmed after the day
        const auto confirm = [&] {
            auto leader = commune_->sign_in_again("leader");
            for (const auto& ending : endings) {
                const Id heir = ending.successors[random() % ending.successors.size()];
                Form form{{"version", "0"}, {"successor", to_string(heir ? heir : begun)}};
                const auto answer = send(leader, plan_path_ + "/chuyen-giao/" + to_string(ending.unit), form);
                EXPECT_TRUE(answer.status == 303 || answer.status == 404) << "done, or the plan asks nothing of it: " << answer.status;
            }
        };
        if (!forgotten) confirm();
        dawn(*commune_, day);
        commune_->pass_time(9 * 3600);
        if (forgotten) confirm();
    }

    std::unique_ptr<Commune> commune_;
    std::string plan_path_;
};

TEST_P(FormerUnitsTest, BothTotalsAreTheSameAfterAnyChanges) {
    std::mt19937 random(20260401);
    // Belongs to the committee itself, whatever its offices become, and reports for them.
    commune_->add_person(commune_->town(), "leader_of_nothing_else", commune_->town().root(), {identity::Role::OfficeHead});
    fall_due_monthly();
    std::map<std::string, Figures> before;
    bool differed = false;
    for (int number = 1; number <= kChanges; ++number) {
        report(random);
        change(random, number, today().plus_days(20 + static_cast<int>(random() % 20)));
        auto today = table("hien-nay"), then = table("cu");
        const auto expected = stored();
        if (expected[0] == 0) continue;  // nothing was due yet: the page says so
        EXPECT_EQ(today.today, today.then);
        EXPECT_EQ(then.today, then.then);
        for (const auto& sum : {sum_of(today.units), sum_of(then.units)}) EXPECT_EQ(sum, expected) << "after change " << number;
        EXPECT_EQ(Figures(today.today.begin(), today.today.begin() + 4), expected);
        differed = differed || today.units != then.units;
        // What was due under a former unit stays so, by name.
        for (const auto& [name, row] : before) EXPECT_GE(then.units[name].empty() ? 0 : then.units[name][0], row[0]) << name;
        before = then.units;
    }
    EXPECT_FALSE(before.empty());
    EXPECT_TRUE(differed) << "the changes touched what was due";
    // A unit is replaced and nobody says who takes its lines: they count for its only heir all the same.
    const auto left = units().front();
    confirm_changes(*commune_, "cuối năm", today().plus_days(1), "Phòng Thừa kế", UnitKind::Office, {{left.id, ClosingKind::Replaced, {Id{}}}});
    dawn(*commune_, today().plus_days(1));
    expect_lists_to_add_up();
    const auto sums = table("hien-nay").units;
    auto leader = commune_->sign_in_again("leader");
    const auto form = between(leader.get(plan_path_).body, "/ket-thuc\"", "</form>");
    ASSERT_EQ(send(leader, plan_path_ + "/ket-thuc", {{"version", between(form, "name=\"version\" value=\"", "\"").substr(22)}}).status, 303);
    EXPECT_EQ(table("hien-nay").units, sums) << "a year's figures stay";
    expect_lists_to_add_up();
}

LOA_ON_BOTH_ENGINES(FormerUnitsTest);

}  // namespace
}  // namespace loa::app
