// /don-doc/cong-van: a letter lists what is late and nothing else, stays as it was issued, and its answers are chased.
#include <algorithm>

#include "loa/base/text.h"
#include "tests/support/merger.h"
#include "tests/support/on_both.h"
#include "tests/support/urging.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LetterTest : public UrgingTest {
  protected:
    /// Issued ones of the clerk's office, each with that line; gives the last.
    Id add_letters(int count, int first, Id line, Date day) {
        return commune_->town().write(Id{}, [&](Work& work) {
            Id letter;
            const auto time = work.db.query("plan.occurrences_by_assignment", {work.authority, line}).front();
            for (int i = 0; i < count; ++i) {
                letter = work.new_id();
                work.db.run("monitoring.insert_letter", {work.authority, letter, commune_->drafting_unit(), work.now});
                work.db.run("monitoring.insert_letter_line", {work.authority, letter, time.id("id"), time.id("unit_id")});
                work.db.run("monitoring.keep_letter_line", {work.authority, letter, time.id("id"), due_, "Việc", time.id("unit_id"), "Đơn vị", "Kế hoạch", "15/KH-UBND", due_});
                work.db.run("monitoring.set_letter_issued", {work.authority, letter, std::to_string(first + i), day, day.plus_days(3), commune_->person("clerk"), 1});
            }
            return letter;
        });
    }
};

TEST_P(LetterTest, TheListIsSentAsAFile) {
    add_letters(3, 301, commune_->line().assignment, *Date::from(2026, 3, 20));
    const auto file = page("clerk", "/don-doc/cong-van/xuat?dang=csv").body;
    EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 1 + 3);
    for (const auto* number : {"301;20/03/2026;23/03/2026;", "302;", "303;"}) EXPECT_THAT(file, HasSubstr(number));
    const auto none = page("clerk", "/don-doc/cong-van/xuat?dang=csv&tinh-trang=cho-cap-so").body;
    EXPECT_EQ(std::count(none.begin(), none.end(), '\n'), 1);
    EXPECT_THAT(page("finance", "/don-doc/cong-van/xuat?dang=csv").body, Not(HasSubstr("301;"))) << "her unit stands in none";
}

// The issued plan's other lines are late too a year later: the letter has each of them, and no other.
TEST_P(LetterTest, TheLetterListsWhatIsLateAndNothingElse) {
    set_day(1);
    run_ladder();
    EXPECT_THAT(page("clerk", "/don-doc/cong-van").body, HasSubstr("Chưa có công văn đôn đốc nào"));
    set_day(2);
    run_ladder();
    run_ladder();
    const auto list = page("clerk", "/don-doc/cong-van").body;
    EXPECT_EQ(rows(list), 1u) << "one letter, however often it runs";
    const auto path = between(list, "<a href=\"/don-doc/cong-van/", "\"").substr(9);
    EXPECT_EQ(page("other_unit", path).status, 404) << "not issued yet";
    EXPECT_THAT(page("clerk", path).body, HasSubstr("15/07/2026"));
    EXPECT_THAT(page("clerk", "/thong-bao").body, HasSubstr("chờ cấp số"));

    auto clerk = commune_->sign_in_again("clerk");
    EXPECT_EQ(send(clerk, path + "/ban-hanh", {{"version", "2"}, {"number", ""}, {"issued_on", "31/12/2030"}, {"reply_by", "mai"}}).status, 422);
    EXPECT_EQ(send(clerk, path + "/ban-hanh", {{"version", "7"}, {"number", "214/UBND"}, {"issued_on", "17/07/2026"}, {"reply_by", "20/07/2026"}}).status, 409);
    sent(clerk, path + "/ban-hanh", {{"version", "2"}, {"number", "214/UBND-VHXH"}, {"issued_on", "17/07/2026"}, {"reply_by", "20/07/2026"}});
    EXPECT_THAT(page("other_unit", path).body, HasSubstr("214/UBND-VHXH"));
    EXPECT_EQ(page("finance", path).status, 404) << "her unit does not stand in it";
    EXPECT_EQ(page("other_authority", path).status, 404);
    EXPECT_THAT(notices(), HasSubstr("Công văn đôn đốc số 214/UBND-VHXH"));
    const std::string search = "/tim-kiem?q=214%2FUBND-VHXH";
    for (const auto* visitor : {"clerk", "other_unit", "leader", "auditor"}) EXPECT_THAT(page(visitor, search).body, HasSubstr(path)) << visitor;
    for (const auto* visitor : {"finance", "other_authority"}) EXPECT_THAT(page(visitor, search).body, Not(HasSubstr(path))) << visitor;
    EXPECT_EQ(send(clerk, path + "/ban-hanh", {{"version", "3"}, {"number", "215"}, {"issued_on", "17/07/2026"}, {"reply_by", "20/07/2026"}}).status, 409) << "once";

    set_day(5);
    run_ladder();
    EXPECT_THAT(page("leader", "/thong-bao").body, HasSubstr("vẫn quá hạn từ 5 ngày"));
    auto reporting = commune_->sign_in_again("other_unit");
    sent(reporting, "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line_) + "/bao-xong",
         {{"occurrence", occurrence()}, {"version", std::to_string(commune_->line().occurrence_version)}});
    EXPECT_THAT(words_of(page("clerk", "/don-doc/cong-van").body), HasSubstr("còn 0 trên 1 việc"));
    EXPECT_THAT(page("other_unit", path).body, HasSubstr("15/07/2026")) << "what was issued stays as it is";
}

TEST_P(LetterTest, WhoReportsBeforeItIsIssuedIsNotInIt) {
    set_day(2);
    run_ladder();
    const auto path = between(page("clerk", "/don-doc/cong-van").body, "<a href=\"/don-doc/cong-van/", "\"").substr(9);
    auto reporting = commune_->sign_in_again("other_unit");
    sent(reporting, "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line_) + "/bao-xong",
         {{"occurrence", occurrence()}, {"version", std::to_string(commune_->line().occurrence_version)}});
    auto clerk = commune_->sign_in_again("clerk");
    EXPECT_THAT(clerk.get(path).body, HasSubstr("Công văn không còn việc nào"));
    EXPECT_EQ(send(clerk, path + "/ban-hanh", {{"version", "2"}, {"number", "214"}, {"issued_on", "17/07/2026"}, {"reply_by", "20/07/2026"}}).status, 409);
    sent(clerk, path + "/huy", {{"version", "2"}});
    EXPECT_EQ(clerk.get(path).status, 404);
}

TEST_P(LetterTest, WhoHasNotAnsweredIsNamedOnceTheDayIsOver) {
    give_day(line_of(commune_->drafting_unit()), due_);
    set_day(2);
    run_ladder();
    const auto path = letter_path();
    issue(path, "214/UBND", due_.plus_days(2), due_.plus_days(5));
    const std::string owed = "Còn 2 việc của 2 đơn vị quá hạn trả lời";
    set_day(5);
    run_ladder();
    EXPECT_THAT(page("clerk", path).body, Not(HasSubstr("quá hạn trả lời"))) << "it is the day itself";
    EXPECT_EQ(times(page("clerk", "/thong-bao").body, "hết hạn trả lời"), 0u);
    EXPECT_EQ(rows(page("clerk", "/don-doc/cong-van?tinh-trang=chua-tra-loi").body), 0u);
    set_day(6);
    run_ladder();
    run_ladder();
    set_day(7);
    run_ladder();
    const auto bell = page("clerk", "/thong-bao").body;
    EXPECT_EQ(times(bell, "Công văn đôn đốc số 214/UBND đã hết hạn trả lời 20/07/2026: còn 2 việc của 2 đơn vị chưa trả lời"), 1u);
    EXPECT_THAT(between(bell, "hết hạn trả lời", "</a>"), HasSubstr("Phòng Kinh tế"));
    EXPECT_EQ(times(notices(), "hết hạn trả lời"), 0u);
    EXPECT_THAT(page("clerk", path).body, HasSubstr(owed));
    const auto list = page("clerk", "/don-doc/cong-van?tinh-trang=chua-tra-loi").body;
    EXPECT_THAT(list, HasSubstr(owed));
    report();
    EXPECT_THAT(page("clerk", path).body, HasSubstr("Còn 1 việc của 1 đơn vị quá hạn trả lời"));
}

TEST_P(LetterTest, AMergerChangesNothingInIt) {
    // Both have a line in it: they stand apart, and keep their names.
    const Id office = commune_->third_unit();
    give_day(line_of(office), due_);
    set_day(2);
    run_ladder();
    const auto path = letter_path();
    issue(path, "214/UBND", due_.plus_days(2), due_.plus_days(5));
    const Date day = due_.plus_days(4);
    confirm_changes(*commune_, "sắp xếp", day, "", identity::UnitKind::Office, {{commune_->other_unit(), identity::ClosingKind::Merged, {office}}});
    auto clerk = commune_->sign_in_again("clerk");
    sent(clerk, "/ke-hoach/" + to_string(commune_->issued()) + "/chuyen-giao/" + to_string(commune_->other_unit()), {{"version", "0"}, {"successor", to_string(office)}});
    set_day(4);  // the day of the merger, so that the days late are the same before and after
    auto head = commune_->add_person(commune_->town(), "van_phong", office, {identity::Role::Clerk});
    clerk = commune_->sign_in_again("clerk");
    const auto paper = [](const std::string& body) { return words_of(between(body, "<article", "</article>")); };
    const auto before = paper(clerk.get(path).body);
    dawn(*commune_, day);
    EXPECT_EQ(paper(clerk.get(path).body), before);
    EXPECT_THAT(before, HasSubstr("- Phòng Kinh tế; - Văn phòng HĐND và UBND xã."));
    // Who has the line now is asked for the answer: it opens for her.
    const auto theirs = between(head.get(path).body, "<tbody>", "</tbody>");
    EXPECT_EQ(rows(head.get(path).body), 2u);
    EXPECT_NE(theirs.find("<a href", theirs.find("<a href") + 1), std::string::npos) << "both lines";
}

TEST_P(LetterTest, TheListKnowsWhoReadsWhatAndLeadsOn) {
    const Date day = *Date::from(2026, 3, 2), last_year = *Date::from(2025, 5, 6);
    const Id oldest = add_letters(1, 1, line_, last_year);
    add_letters(120, 2, line_of(commune_->drafting_unit()), day);
    const std::string list = "/don-doc/cong-van";
    EXPECT_EQ(rows(page("clerk", list).body), 30u);
    const auto theirs = page("other_unit", list).body;
    EXPECT_EQ(rows(theirs), 1u) << "a hundred letters of others stand before it";
    EXPECT_THAT(theirs, HasSubstr(list + "/" + to_string(oldest)));
    EXPECT_EQ(rows(page("other_authority", list).body), 0u);
    for (const char* visitor : {"leader", "auditor"}) EXPECT_EQ(rows(page(visitor, list).body), 30u) << visitor;
    EXPECT_EQ(page("other_unit", list + "/" + to_string(oldest)).status, 200);

    auto clerk = commune_->sign_in_again("clerk");
    std::size_t shown = 0, pages = 0;
    std::string last;
    for (auto path = list; !path.empty() && pages < 10; ++pages) {
        const auto body = clerk.get(path).body;
        shown += rows(body);
        last = body;
        path = link_to(body, list + "?sau=");
    }
    EXPECT_EQ(shown, 121u);
    EXPECT_EQ(pages, 5u);
    const auto back = clerk.get(link_to(last, list + "?truoc=")).body;
    EXPECT_EQ(rows(back), 30u);
    const auto one = [&](const std::string& filter) { return rows(clerk.get(list + "?" + filter).body); };
    EXPECT_EQ(one("nam=2025"), 1u);
    EXPECT_EQ(one("don-vi=" + to_string(commune_->other_unit())), 1u);
    EXPECT_EQ(one("don-vi=" + to_string(commune_->third_unit())), 0u);
    EXPECT_EQ(one("tinh-trang=cho-cap-so"), 0u);
    EXPECT_EQ(one("tinh-trang=da-ban-hanh&nam=2025"), 1u);
    EXPECT_THAT(clerk.get(list + "?nam=2024").body, HasSubstr("Không có công văn nào khớp cách lọc"));
}

LOA_ON_BOTH_ENGINES(LetterTest);

}  // namespace
}  // namespace loa::app
