// Units end, and what a plan asked of them goes on with their successors: as an officer confirmed it, on the day, once.
#include <map>
#include <random>
#include <set>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/jobs/notices.h"
#include "loa/storage/testing.h"
#include "tests/support/merger.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using identity::ClosingKind;
using identity::UnitKind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const Date kDay = *Date::from(2026, 5, 4);

/// Units end in it, so each test has a commune of its own.
class PassingTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        economy_ = commune_->other_unit();
        office_ = commune_->third_unit();
        culture_ = commune_->drafting_unit();
        plan_path_ = "/ke-hoach/" + to_string(commune_->issued());
    }

    std::string path(Id unit = {}) { return plan_path_ + "/chuyen-giao" + (unit ? "/" + to_string(unit) : ""); }
    web::Browser in(const std::string& visitor) { return commune_->sign_in_again(visitor); }
    std::string page(const std::string& visitor, const std::string& where) { return in(visitor).get(where).body; }
    int confirm(const std::string& visitor, Id unit, Id successor, int version = 0, Form lines = {}) {
        Form form{{"version", std::to_string(version)}, {"successor", to_string(successor)}};
        form.insert(form.end(), lines.begin(), lines.end());
        auto browser = in(visitor);
        answer_ = send(browser, path(unit), form);
        return answer_.status;
    }
    template <class Read>
    auto read(Read&& step) { return commune_->town().read(Id{}, std::forward<Read>(step)); }
    struct Line {
        Id id, subject;
        std::string state;
        std::set<std::string> roles;
    };
    /// What the plan asks of the unit, or did.
    std::vector<Line> lines(Id unit, bool ended = false) {
        return read([&](Work& work) {
            std::vector<Line> found;
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()})) {
                if (row.id("unit_id") != unit || (row.text("state") == "ended") != ended) continue;
                Line line{row.id("id"), row.optional_id("activity_id").value_or(row.optional_id("duty_id").value_or(Id{})), row.text("state"), {}};
                for (const char* role : {"accountable", "lead", "partner", "requested"})
                    if (row.flag(role)) line.roles.insert(role);
                found.push_back(std::move(line));
            }
            return found;
        });
    }
    std::size_t pieces(Id line) {
        return read([&](Work& work) { return work.db.query("plan.evidence_by_assignment", {work.authority, line}).size(); });
    }
    std::string line_page(const std::string& visitor, Id line) { return page(visitor, plan_path_ + "/viec/" + to_string(line)); }
    std::vector<std::string> notices(const std::string& visitor) {
        return commune_->town().read(commune_->person(visitor), [](Work& work) {
            std::vector<std::string> keys;
            for (const auto& notice : jobs::notices(work, 50)) keys.push_back(notice.message.key);
            return keys;
        });
    }
    /// The kept figures say what is there.
    void expect_counted() {
        read([&](Work& work) {
            std::map<Id, std::int64_t> asked, counted;
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()}))
                if (row.text("state") != "ended") ++asked[row.id("unit_id")];
            for (const auto& row : work.db.query("plan.unit_progress_by_plan", {work.authority, commune_->issued()}))
                if (row.number("lines") > 0) counted[row.id("unit_id")] = row.number("lines");
            EXPECT_EQ(asked, counted);
        });
    }
    std::map<std::string, std::int64_t> counts() { return storage::testing::row_counts(commune_->database()); }

    std::unique_ptr<Commune> commune_;
    Id economy_, office_, culture_;
    std::string plan_path_;
    web::Browser::Answer answer_;
};

TEST_P(PassingTest, ItIsConfirmedBeforehandAndDoneOnTheDay) {
    const auto before = lines(economy_);
    ASSERT_THAT(before, Not(IsEmpty()));
    EXPECT_THAT(page("clerk", path()), HasSubstr("Không có đơn vị nào của kế hoạch kết thúc"));
    const Id successor = confirm_changes(*commune_, "sắp xếp", kDay, "Phòng Kinh tế - Hạ tầng", UnitKind::Office, {{economy_, ClosingKind::Merged, {Id{}}}});
    EXPECT_THAT(page("clerk", plan_path_), HasSubstr("1 đơn vị kết thúc hoạt động chưa có người xác nhận"));
    EXPECT_THAT(page("clerk", "/tong-quan"), HasSubstr("Chuyển giao việc của Phòng Kinh tế"));
    EXPECT_THAT(page("leader", path()), HasSubstr("Chưa xác nhận"));
    const auto form = page("clerk", path(economy_));
    EXPECT_THAT(form, HasSubstr("Phòng Kinh tế - Hạ tầng"));
    EXPECT_THAT(form, HasSubstr("Nghị quyết sắp xếp"));
    for (const auto& line : before) EXPECT_THAT(form, HasSubstr("id=\"line-" + to_string(line.id)));
    EXPECT_EQ(in("other_unit").get(path(economy_)).status, 403);
    EXPECT_EQ(confirm("other_unit", economy_, successor), 403);

    ASSERT_EQ(confirm("clerk", economy_, successor), 303);
    EXPECT_THAT(page("clerk", path(economy_)), HasSubstr("Đã xác nhận, chờ đến ngày"));
    EXPECT_EQ(confirm("office_head", economy_, successor), 409) << "who saw that nobody had spoken";
    EXPECT_THAT(answer_.body, HasSubstr("người khác vừa xác nhận"));
    EXPECT_EQ(confirm("office_head", economy_, successor, 1), 303);
    auto head = in("office_head");
    EXPECT_EQ(send(head, path(economy_) + "/bo", {{"version", "1"}}).status, 409);
    EXPECT_EQ(send(head, path(economy_) + "/bo", {{"version", "2"}}).status, 303);
    EXPECT_THAT(page("clerk", path(economy_)), HasSubstr("Chưa xác nhận"));
    ASSERT_EQ(confirm("clerk", economy_, successor), 303);
    EXPECT_THAT(lines(economy_), SizeIs(before.size())) << "nothing before the day";

    commune_->town().clock().set(start_of(kDay).plus_seconds(-3600));
    auto officer = in("other_unit");
    dawn(*commune_, kDay);
    EXPECT_THAT(lines(economy_), IsEmpty());
    EXPECT_THAT(lines(economy_, true), SizeIs(before.size()));
    const auto after = lines(successor);
    ASSERT_THAT(after, SizeIs(before.size()));
    std::size_t moved = 0;
    for (const auto& line : after) moved += pieces(line.id);
    EXPECT_EQ(moved, 1u);
    for (const auto& line : before) EXPECT_EQ(pieces(line.id), 0u);
    expect_counted();
    EXPECT_THAT(notices("other_unit"), ::testing::Contains("plan.notice_lines_passed"));
    // Who was signed in works on, and finds her lines.
    const auto mine = officer.get("/viec-don-vi");
    EXPECT_EQ(mine.status, 200);
    EXPECT_THAT(mine.body, HasSubstr("Phòng Kinh tế - Hạ tầng"));
    const auto now = read([&](Work& work) { return *work.db.one("plan.line_passed_to", {work.authority, before.front().id}); }).id("id");
    EXPECT_THAT(line_page("other_unit", now), HasSubstr("Việc này tiếp nhận từ đơn vị cũ"));
    EXPECT_THAT(line_page("clerk", before.front().id), HasSubstr("Việc này đã chuyển cho"));
    EXPECT_THAT(page("clerk", path(economy_)), HasSubstr("Đã chuyển giao"));
    EXPECT_THAT(page("leader", "/theo-doi/viec?pham-vi=tat-ca&don-vi=" + to_string(successor)), HasSubstr("Phòng Kinh tế - Hạ tầng"));
    EXPECT_EQ(confirm("clerk", economy_, successor, 3), 409) << "it is done";

    const auto rows = counts();
    dawn(*commune_, kDay.plus_days(1));
    EXPECT_EQ(counts().at("plan_assignment"), rows.at("plan_assignment")) << "once";
    // Whatever asks for the lines again finds them with the successor.
    const auto others = lines(office_).size();
    auto clerk = in("clerk"), leader = in("leader");
    const std::string draft = plan_path_ + "/nhiem-vu-bo-sung/" + to_string(commune_->supplement());
    sent(clerk, draft, {{"version", "1"}, {"title", "Phát thanh về chuyển đổi số"}, {"unit", to_string(office_)}, {"topic", to_string(commune_->topic())},
                        {"channel", to_string(commune_->channel())}, {"deadline", "trước ngày 30/11"}});
    sent(leader, draft + "/giao", {{"version", "2"}});
    EXPECT_THAT(lines(office_), SizeIs(others + 1));
    EXPECT_THAT(lines(successor), SizeIs(before.size()));
    EXPECT_THAT(lines(economy_), IsEmpty());
    expect_counted();
}

TEST_P(PassingTest, WhatWasDoneKeepsTheOldNameAndCounts) {
    const auto line = commune_->line();
    const Id successor = confirm_changes(*commune_, "thay thế", kDay, "Phòng Kinh tế và Đô thị", UnitKind::Office, {{economy_, ClosingKind::Replaced, {Id{}}}});
    ASSERT_EQ(confirm("leader", economy_, successor), 303);
    dawn(*commune_, kDay);
    const Id now = read([&](Work& work) { return *work.db.one("plan.line_passed_to", {work.authority, line.assignment}); }).id("id");
    const auto shown = line_page("clerk", now);
    EXPECT_THAT(shown, HasSubstr("<b>Phòng Kinh tế</b>")) << "who did it";
    auto clerk = in("clerk");
    sent(clerk, plan_path_ + "/viec/" + to_string(now) + "/minh-chung/" + to_string(line.evidence) + "/xac-nhan", {{"version", std::to_string(line.evidence_version)}});
    // The file opens still for its own people, wherever they are now.
    EXPECT_EQ(in("other_unit").get("/tep/" + to_string(line.file)).status, 200);
    auto officer = in("other_unit");
    const auto time = read([&](Work& work) { return work.db.query("plan.occurrences_by_assignment", {work.authority, now}).front(); });
    EXPECT_EQ(time.id("id"), line.occurrence) << "the same time, with what was reminded of it";
    sent(officer, plan_path_ + "/viec/" + to_string(now) + "/bao-xong",
         {{"occurrence", to_string(time.id("id"))}, {"version", std::to_string(time.number("version"))}});
    EXPECT_THAT(line_page("other_unit", now), HasSubstr("Chờ xác nhận xong"));
    const auto told = line_page("clerk", now);
    EXPECT_THAT(told, HasSubstr("Đã nhận việc từ đơn vị cũ"));
    EXPECT_THAT(told, HasSubstr("Nghị quyết thay thế"));
}

TEST_P(PassingTest, TheSameLineTwiceIsOneWithTheRolesOfBoth) {
    const auto of_office = lines(office_), of_culture = lines(culture_);
    std::set<Id> subjects;
    std::map<Id, std::set<std::string>> roles;
    for (const auto* all : {&of_office, &of_culture})
        for (const auto& line : *all) {
            subjects.insert(line.subject);
            roles[line.subject].insert(line.roles.begin(), line.roles.end());
        }
    ASSERT_LT(subjects.size(), of_office.size() + of_culture.size()) << "they share a line";
    confirm_changes(*commune_, "hợp nhất", kDay, "", UnitKind::Office, {{office_, ClosingKind::Merged, {culture_}}});
    EXPECT_THAT(page("clerk", path(office_)), HasSubstr("đã có việc này"));
    ASSERT_EQ(confirm("clerk", office_, culture_), 303);
    dawn(*commune_, kDay);
    const auto now = lines(culture_);
    EXPECT_THAT(now, SizeIs(subjects.size()));
    for (const auto& line : now) EXPECT_EQ(line.roles, roles[line.subject]);
    expect_counted();
    read([&](Work& work) {
        for (const auto& line : now) {
            std::set<std::string> open;
            for (const auto& row : work.db.query("plan.occurrences_by_assignment", {work.authority, line.id})) {
                if (row.text("state") != "open") continue;
                EXPECT_TRUE(open.insert(row.optional_text("period_from").value_or("")).second) << "asked for once";
            }
        }
    });
}

TEST_P(PassingTest, ASplitIsSharedOutLineByLineAlsoAfterTheDay) {
    const auto before = lines(economy_);
    confirm_changes(*commune_, "chia tách", kDay, "", UnitKind::Office, {{economy_, ClosingKind::Split, {culture_, office_}}});
    dawn(*commune_, kDay);
    EXPECT_THAT(lines(economy_), SizeIs(before.size())) << "nobody has said who takes over";
    EXPECT_THAT(notices("clerk"), ::testing::Contains("plan.notice_lines_wait"));
    EXPECT_THAT(page("clerk", path(economy_)), HasSubstr("Xác nhận và chuyển giao ngay"));
    const std::string line = "line-" + to_string(before.front().id);
    EXPECT_EQ(confirm("clerk", economy_, economy_), 422);
    EXPECT_THAT(answer_.body, HasSubstr("chọn một đơn vị kế thừa"));
    EXPECT_EQ(confirm("clerk", economy_, office_, 0, {{line, to_string(economy_)}}), 422);
    EXPECT_EQ(confirm("clerk", economy_, office_, 0, {{"line-77", to_string(office_)}}), 409);
    EXPECT_THAT(lines(economy_), SizeIs(before.size()));
    ASSERT_EQ(confirm("clerk", economy_, office_, 0, {{line, to_string(culture_)}, {line, to_string(office_)}}), 303);
    EXPECT_THAT(lines(economy_), IsEmpty());
    for (const Id heir : {culture_, office_}) {
        std::size_t same = 0;
        for (const auto& each : lines(heir)) same += each.subject == before.front().subject;
        EXPECT_EQ(same, 1u) << "each has it, once";
    }
    std::size_t pieces_of_office = 0, pieces_of_culture = 0;
    for (const auto& each : lines(office_)) pieces_of_office += pieces(each.id);
    for (const auto& each : lines(culture_)) pieces_of_culture += pieces(each.id);
    EXPECT_EQ(pieces_of_office + pieces_of_culture, 1u) << "what was done counts once";
    expect_counted();
}

TEST_P(PassingTest, ASuccessorThatEndsFirstIsRefusedAndSeveralAreConfirmedAtOnce) {
    confirm_changes(*commune_, "giải thể", kDay.plus_days(-4), "", UnitKind::Office, {{office_, ClosingKind::Dissolved, {}}});
    confirm_changes(*commune_, "nhập", kDay, "", UnitKind::Office, {{economy_, ClosingKind::Split, {culture_, office_}}});
    EXPECT_EQ(confirm("clerk", economy_, office_), 422);
    EXPECT_THAT(answer_.body, HasSubstr("cũng kết thúc vào ngày " + kDay.plus_days(-4).vietnamese()));
    EXPECT_THAT(page("clerk", path(office_)), HasSubstr("Không có đơn vị kế thừa"));
    EXPECT_EQ(confirm("clerk", office_, culture_), 409) << "nobody carries on for it";
}

TEST_P(PassingTest, WhatWasSaidOfAnotherChangeHoldsNoMore) {
    const auto before = lines(economy_);
    confirm_changes(*commune_, "một", kDay, "", UnitKind::Office, {{economy_, ClosingKind::Merged, {office_}}});
    ASSERT_EQ(confirm("clerk", economy_, office_), 303);
    commune_->town().write(commune_->town().administrator(), [](Work& work) {
        const auto set = identity::change_sets(work).front();
        LOA_CHECK(identity::cancel_change_set(work, set.id, set.version));
    });
    confirm_changes(*commune_, "hai", kDay, "", UnitKind::Office, {{economy_, ClosingKind::Merged, {culture_}}});
    EXPECT_THAT(page("clerk", path(economy_)), HasSubstr("Chưa xác nhận"));
    dawn(*commune_, kDay);
    EXPECT_THAT(lines(economy_), SizeIs(before.size()));
    EXPECT_THAT(notices("clerk"), ::testing::Contains("plan.notice_lines_wait"));
    ASSERT_EQ(confirm("clerk", economy_, culture_, 1), 303);
    EXPECT_THAT(lines(economy_), IsEmpty());
}

TEST_P(PassingTest, ACalendarThatAPhoneFetchesGoesOnWithTheSuccessor) {
    auto officer = in("other_unit");
    sent(officer, "/lich/dang-ky", {{"unit", to_string(economy_)}});
    const auto address = between(officer.get("/lich/dang-ky").body, "id=\"dia-chi-" + to_string(economy_) + "\" value=\"", "\"");
    const Id successor = confirm_changes(*commune_, "thay thế", kDay, "Phòng Kinh tế và Đô thị", UnitKind::Office, {{economy_, ClosingKind::Replaced, {Id{}}}});
    ASSERT_EQ(confirm("clerk", economy_, successor), 303);
    const auto fetched = [&] { return web::Browser(commune_->dispatcher()).get(address.substr(address.find("/lich/tai/"))).status; };
    EXPECT_EQ(fetched(), 200);
    dawn(*commune_, kDay);
    EXPECT_EQ(fetched(), 200);
    EXPECT_THAT(page("other_unit", "/lich/dang-ky"), HasSubstr("id=\"dia-chi-" + to_string(successor)));
}

TEST_P(PassingTest, ManyAreConfirmedAsProposed) {
    const Id successor = confirm_changes(*commune_, "gộp", kDay, "Văn phòng - Kinh tế", UnitKind::Office,
                                         {{economy_, ClosingKind::Merged, {Id{}}}, {office_, ClosingKind::Merged, {Id{}}}});
    EXPECT_THAT(page("clerk", path()), HasSubstr("Xác nhận theo đề xuất: 2 đơn vị"));
    auto clerk = in("clerk");
    auto stranger = in("other_unit");
    EXPECT_EQ(send(stranger, path(), {{"units", to_string(economy_)}}).status, 403);
    sent(clerk, path(), {{"units", to_string(economy_)}, {"units", to_string(office_)}});
    sent(clerk, path(), {{"units", to_string(economy_)}, {"units", to_string(office_)}});  // what is said stays
    dawn(*commune_, kDay);
    EXPECT_THAT(lines(economy_), IsEmpty());
    EXPECT_THAT(lines(office_), IsEmpty());
    std::set<Id> subjects;
    for (const auto& line : lines(successor)) EXPECT_TRUE(subjects.insert(line.subject).second);
    EXPECT_THAT(subjects, Not(IsEmpty()));
    expect_counted();
}

TEST_P(PassingTest, AJobThatDiesInTheMiddleHasDoneNothing) {
    bool dies = true;
    commune_->registry().add(identity::UnitChangePart{"test.dies", [&](Work&, const identity::UnitChangeSet&) {
                                                          if (dies) throw Fault("the machine went off");
                                                      }});
    const Id successor = confirm_changes(*commune_, "sắp xếp", kDay, "Phòng Kinh tế - Hạ tầng", UnitKind::Office, {{economy_, ClosingKind::Merged, {Id{}}}});
    ASSERT_EQ(confirm("clerk", economy_, successor), 303);
    const auto before = lines(economy_);
    dawn(*commune_, kDay);
    EXPECT_THAT(lines(economy_), SizeIs(before.size()));
    EXPECT_THAT(read([&](Work& work) { return identity::units_by_ids(work, {successor, economy_}); }), SizeIs(1)) << "the tree is as it was too";
    dies = false;
    commune_->pass_time(3600);
    commune_->run_jobs();
    EXPECT_THAT(lines(economy_), IsEmpty());
    EXPECT_THAT(lines(successor), SizeIs(before.size()));
    EXPECT_THAT(notices("other_unit"), SizeIs(::testing::Ge(1u)));
}

TEST_P(PassingTest, ThePlansOwnOfficeIsFollowedByItsSuccessor) {
    const Id successor = confirm_changes(*commune_, "thay", kDay, "Phòng Văn hóa - Xã hội và Thông tin", UnitKind::Office, {{culture_, ClosingKind::Replaced, {Id{}}}});
    EXPECT_THAT(page("leader", path(culture_)), HasSubstr("cơ quan theo dõi, tổng hợp"));
    ASSERT_EQ(confirm("leader", culture_, successor), 303);
    dawn(*commune_, kDay);
    const auto line = commune_->line();
    EXPECT_THAT(page("clerk", plan_path_), HasSubstr("Phòng Văn hóa - Xã hội và Thông tin"));
    auto clerk = in("clerk");
    sent(clerk, plan_path_ + "/viec/" + to_string(line.assignment) + "/minh-chung/" + to_string(line.evidence) + "/xac-nhan",
         {{"version", std::to_string(line.evidence_version)}});
}

LOA_ON_BOTH_ENGINES(PassingTest);

}  // namespace
}  // namespace loa::app
