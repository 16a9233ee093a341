// Issue of the plan's work, third journey: of twenty units three are two days late. What leaves the house at -3, 0 and +2 days,
// and what stands in the letter.
#include <algorithm>
#include <map>
#include <vector>

#include "loa/base/text.h"
#include "loa/jobs/runner.h"
#include "program.h"
#include "tests/support/mail.h"
#include "tests/support/on_both.h"
#include "tests/support/urging.h"

namespace loa::app {
namespace {

constexpr int kUnits = 20, kLate = 3;

class UrgingMailTest : public UrgingTest {
  protected:
    void SetUp() override {
        UrgingTest::SetUp();
        if (!commune_) return;
        auto& town = commune_->town();
        for (int i = 1; i <= kUnits; ++i) add_unit(i);
        // The line of the commune's own has nothing to do with it.
        commune_->database().script("update plan_occurrence set state = 'closed' where id = " + occurrence());
        set_mail(commune_->person("clerk"), "vanhoa@tram.example");
        town.write(town.administrator(), [&](Work& work) { send_through(work, *keys_in(commune_->registry()), server_.port()); });
    }
    static std::string mail_of(int unit) { return "donvi" + std::to_string(unit) + "@tram.example"; }
    void set_mail(Id person, const std::string& address) {
        commune_->database().script("update identity_person set email = '" + address + "', email_confirmed_at = 1 where id = " + to_string(person));
    }
    /// With somebody in it, and its part of the same activity.
    void add_unit(int number) {
        auto& town = commune_->town();
        const Id unit = town.office("Đơn vị số " + std::to_string(number));
        set_mail(town.person("Cán bộ " + std::to_string(number), unit, identity::Role::Clerk), mail_of(number));
        const std::string of = " from plan_assignment s where s.id = " + to_string(line_), id = std::to_string(1000 + number), at = std::to_string(2000 + number);
        commune_->database().script("insert into plan_assignment (authority_id, id, plan_id, activity_id, duty_id, unit_id, accountable, lead, partner, requested, state, since_revision_id, version) "
                                    "select s.authority_id, " + id + ", s.plan_id, s.activity_id, s.duty_id, " + to_string(unit) + ", 0, 1, 0, 0, 'open', s.since_revision_id, 1" + of);
        commune_->database().script("insert into plan_occurrence (authority_id, id, assignment_id, plan_id, subject_id, unit_id, due_unit_id, printed_on, due_on, state, version) "
                                    "select s.authority_id, " + at + ", " + id + ", s.plan_id, coalesce(s.activity_id, s.duty_id), " + to_string(unit) + ", " + to_string(unit) +
                                    ", '2026-07-15', '2026-07-15', 'open', 1" + of);
    }
    /// Who got a mail that says so of those that came between two counts, and how often; what says something else by its
    /// subject.
    std::map<std::string, int> mails(std::size_t from, std::size_t to, const std::string& words) const {
        std::map<std::string, int> found;
        for (std::size_t i = from; i < std::min(to, read_.size()); ++i)
            if (read_[i].at("text").find(words) != std::string::npos) ++found[read_[i].at("to_address")];
            else ++found["other: " + read_[i].at("subject")];
        return found;
    }
    static std::map<std::string, int> each_once(int from, int to) {
        std::map<std::string, int> all;
        for (int unit = from; unit <= to; ++unit) all[mail_of(unit)] = 1;
        return all;
    }

    jobs::testing::SmtpServer server_{"kind"};
    std::vector<jobs::testing::ReadMail> read_;  // once, at the end: each is read by a program of its own
};

TEST_P(UrgingMailTest, ThreeOfTwentyUnitsAreTwoDaysLate) {
    set_day(-3);
    run_ladder();
    const auto before = server_.count();
    // All but three report.
    commune_->database().script("update plan_occurrence set state = 'reported', version = version + 1 where id > " + std::to_string(2000 + kLate) + " and id <= " + std::to_string(2000 + kUnits));
    set_day(0);
    run_ladder();
    const auto on_the_day = server_.count();
    set_day(1);
    run_ladder();
    EXPECT_EQ(server_.count(), on_the_day);
    set_day(2);
    run_ladder();
    run_ladder();
    const auto after = server_.count();

    const auto path = letter_path();
    const auto letter = page("clerk", path).body;
    EXPECT_EQ(rows(letter), std::size_t{kLate}) << "their lines, and no other";
    for (int unit = 1; unit <= kUnits; ++unit) {
        const auto name = "<td>Đơn vị số " + std::to_string(unit) + "</td>";
        EXPECT_EQ(letter.find(name) != std::string::npos, unit <= kLate) << name;
    }
    // One answers, and drops off at once.
    commune_->database().script("update plan_occurrence set state = 'reported', version = version + 1 where id = 2002");
    EXPECT_EQ(rows(page("clerk", path).body), std::size_t{kLate - 1});
    issue(path, "214/UBND", due_.plus_days(2), due_.plus_days(5));
    commune_->run_jobs();

    read_ = server_.mails();
    EXPECT_EQ(mails(0, before, "Sắp đến hạn 15/07/2026"), each_once(1, kUnits));
    EXPECT_EQ(mails(before, on_the_day, "Hôm nay đến hạn"), each_once(1, kLate));
    auto told = mails(on_the_day, after, "Quá hạn 2 ngày");
    const auto office = std::find_if(told.begin(), told.end(), [](const auto& one) { return one.first.starts_with("other: "); });
    ASSERT_NE(office, told.end()) << "the office hears that a letter waits for its number";
    EXPECT_EQ(office->second, 1);
    told.erase(office);
    EXPECT_EQ(told, each_once(1, kLate));
    EXPECT_EQ(mails(after, read_.size(), "Công văn đôn đốc số 214/UBND"), (std::map<std::string, int>{{mail_of(1), 1}, {mail_of(3), 1}}));
}

LOA_ON_BOTH_ENGINES(UrgingMailTest);

}  // namespace
}  // namespace loa::app
