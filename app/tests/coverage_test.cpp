// /do-phu by the ways that evidence comes: what is confirmed raises its cell, whoever sent it and how; what is planned is
// planned in its own years; and a unit finds its own pieces among those of all others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"
#include "tests/support/progress_desk.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Evidence is confirmed and plans are closed, so each test has a commune of its own.
class CoverageTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    Commune& commune() { return desk_->commune(); }
    template <class Step>
    auto read(Step&& step) {
        return commune().town().read(Id{}, std::forward<Step>(step));
    }
    void SetUp() override {
        desk_ = ProgressDesk::on(GetParam());
        if (!desk_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        read([&](Work& work) {
            const auto topics = work.db.query("plan.all_topics", {work.authority}), channels = work.db.query("plan.all_channels", {work.authority});
            topic_ = topics.at(0).id("id"), other_topic_ = topics.at(1).id("id"), channel_ = channels.at(0).id("id");
            activity_ = work.db.one("plan.assignment_by_id", {work.authority, commune().issued(), desk_->own_line()})->id("activity_id");
            return 0;
        });
        commune().town().write(Id{}, [&](Work& work) {
            for (const char* statement : {"plan.delete_activity_topics", "plan.delete_activity_channels"}) work.db.run(statement, {work.authority, activity_});
            work.db.run("plan.insert_activity_topic", {work.authority, activity_, topic_, commune().person("clerk"), work.now});
            work.db.run("plan.insert_activity_channel", {work.authority, activity_, channel_, commune().person("clerk"), work.now});
        });
        line_ = "/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(desk_->own_line());
    }

    web::Browser::Answer page(const std::string& visitor, const std::string& path) { return commune().sign_in_again(visitor).get(path); }
    /// The number that the matrix shows in a cell of the sole Channel.
    std::string cell(Id topic) {
        const auto matrix = page("leader", "/do-phu").body;
        const auto at = matrix.find("noi-dung=" + to_string(topic) + "&amp;hinh-thuc=" + to_string(channel_));
        if (at == std::string::npos) return "";
        const auto link = matrix.substr(at, matrix.find("</a>", at) - at);
        return link.substr(link.rfind('>') + 1);
    }
    std::string behind(const std::string& more = "") { return "/do-phu/o?noi-dung=" + to_string(topic_) + "&hinh-thuc=" + to_string(channel_) + more; }
    std::int64_t planned(int from, int to, std::optional<Id> unit = std::nullopt) {
        return read([&](Work& work) {
            const Date first = *Date::from(from, 1, 1), last = *Date::from(to, 12, 31);
            const auto rows = unit ? work.db.query("monitoring.planned_coverage_of_unit", {work.authority, first, last, std::optional<Id>(), *unit})
                                   : work.db.query("monitoring.planned_coverage", {work.authority, first, last, std::optional<Id>()});
            for (const auto& row : rows)
                if (row.id("topic_id") == topic_ && row.id("channel_id") == channel_) return row.number("planned");
            return std::int64_t{0};
        });
    }
    /// The one that was sent last: its address, and its version.
    std::pair<std::string, std::string> piece() {
        return read([&](Work& work) {
            Id last;
            std::int64_t version = 0;
            for (const auto& row : work.db.query("plan.evidence_by_assignment", {work.authority, desk_->own_line()}))
                if (last < row.id("id")) last = row.id("id"), version = row.number("version");
            return std::pair(line_ + "/minh-chung/" + to_string(last), std::to_string(version));
        });
    }
    void confirm() {
        auto head = commune().sign_in_again("office_head");
        const auto [path, version] = piece();
        sent(head, path + "/xac-nhan", {{"version", version}});
    }

    std::unique_ptr<ProgressDesk> desk_;
    Id topic_, other_topic_, channel_, activity_;
    std::string line_;
};

TEST_P(CoverageTest, WhateverWayItComesItRaisesTheCellOfItsActivity) {
    ASSERT_EQ(cell(topic_), "0");
    auto clerk = commune().sign_in_again("clerk");
    // As the telephone sends it, with nothing ticked.
    sent(clerk, line_ + "/minh-chung", {{"what", "Phát bài tại chợ Gò Tre"}, {"done_on", "01/04/2026"}, {"sent_as", "0123456789abcdef-0001"}});
    EXPECT_EQ(cell(topic_), "0") << "nobody has confirmed it";
    confirm();
    EXPECT_EQ(cell(topic_), "1");
    // A row of a table.
    const auto table = desk_->brought("clerk", "ket-qua.csv", "Nội dung;Đơn vị thực hiện;Kết quả;Ngày thực hiện;Ghi chú\n" + ProgressDesk::own_title() + ";Phòng Văn hóa - Xã hội;3;01/04/2026;Ba bài đầu quý\n");
    ASSERT_EQ(desk_->record("clerk", table).status, 303);
    confirm();
    EXPECT_EQ(cell(topic_), "2");
    // By somebody who says what it told.
    sent(clerk, line_ + "/minh-chung", {{"what", "Phát bài khác"}, {"done_on", "01/04/2026"}, {"topics", to_string(other_topic_)}});
    confirm();
    EXPECT_EQ(cell(topic_), "2");
    EXPECT_EQ(cell(other_topic_), "1") << "by the only Channel of the activity";
}

TEST_P(CoverageTest, TheFormsHaveTickedWhatTheActivityTells) {
    const auto ticked = "name=\"topics\" value=\"" + to_string(topic_) + "\" checked", chosen = "<option value=\"" + to_string(channel_) + "\" selected";
    const auto form = between(page("clerk", line_ + "?ghi=1").body, "id=\"them\"", "</form>");
    EXPECT_THAT(form, HasSubstr(ticked));
    EXPECT_THAT(form, HasSubstr(chosen));
    EXPECT_THAT(form, Not(HasSubstr("value=\"" + to_string(other_topic_) + "\" checked")));
    const auto telephone = page("clerk", "/ghi-minh-chung").body;
    EXPECT_THAT(telephone, HasSubstr("<option value=\"" + line_ + "\" data-issued=\"2026-04-01\" data-topics=\"" + to_string(topic_) + "\" data-channel=\"" + to_string(channel_) + "\""));
    EXPECT_THAT(telephone, HasSubstr("name=\"topics\" value=\"" + to_string(other_topic_) + "\""));
}

TEST_P(CoverageTest, WhoConfirmsSaysWhatAPieceTold) {
    auto clerk = commune().sign_in_again("clerk"), head = commune().sign_in_again("office_head"), strange = commune().sign_in_again("other_unit");
    sent(clerk, line_ + "/minh-chung", {{"what", "Phát bài"}, {"done_on", "01/04/2026"}});
    const auto told = [&](web::Browser& browser, const Form& form) {
        auto [path, version] = piece();
        auto fields = form;
        fields.emplace_back("version", version);
        return send(browser, path + "/noi-dung", fields).status;
    };
    const Form other{{"topics", to_string(other_topic_)}, {"channel", to_string(channel_)}};
    EXPECT_EQ(told(strange, other), 404) << "of another unit";
    EXPECT_EQ(told(head, {{"topics", "7"}}), 422);
    ASSERT_EQ(told(head, other), 303) << "while it waits";
    confirm();
    EXPECT_EQ(cell(topic_) + cell(other_topic_), "01");
    ASSERT_EQ(told(head, {{"topics", to_string(topic_)}, {"channel", to_string(channel_)}}), 303) << "and afterwards: the figures follow";
    EXPECT_EQ(cell(topic_) + cell(other_topic_), "10");
    EXPECT_THAT(words_of(page("clerk", line_).body), HasSubstr("Đã sửa nội dung, hình thức tuyên truyền của minh chứng"));
    ASSERT_EQ(told(head, {{"channel", to_string(channel_)}}), 303);
    EXPECT_EQ(cell(topic_) + cell(other_topic_), "00");
    auto [path, version] = piece();
    sent(clerk, path + "/rut", {{"version", version}, {"reason", "Ghi nhầm"}});
    EXPECT_EQ(told(head, other), 409) << "it is nobody's any more";
}

TEST_P(CoverageTest, WhatIsPlannedIsPlannedInTheYearsOfItsPlan) {
    const Id unit = commune().drafting_unit();
    EXPECT_EQ(planned(2026, 2026), 1);
    EXPECT_EQ(planned(2026, 2026, unit), 1);
    for (const int year : {2019, 2025, 2027, 2031}) {
        EXPECT_EQ(planned(year, year), 0) << year;
        EXPECT_EQ(planned(year, year, unit), 0) << year;
    }
    EXPECT_EQ(planned(2019, 2031), 1);
    // The same where the paper gives the activity no days.
    commune().town().write(Id{}, [&](Work& work) {
        const auto plan = work.db.one("plan.plan_by_id", {work.authority, commune().issued()});
        EXPECT_EQ(plan->number("year_from"), 2026);
        work.db.run("plan.delete_deadline_of_activity", {work.authority, plan->id("issued_revision_id"), activity_});
    });
    EXPECT_EQ(planned(2026, 2026), 1);
    for (const int year : {2019, 2025, 2027}) EXPECT_EQ(planned(year, year), 0) << year;
    EXPECT_EQ(planned(2019, 2019, unit), 0);
    // What was planned in a plan that is over was planned all the same.
    auto head = commune().sign_in_again("office_head");
    sent(head, "/ke-hoach/" + to_string(commune().issued()) + "/ket-thuc", {{"version", std::to_string(commune().record(commune().issued()).plan_version)}, {"reason", "Đã xong"}});
    EXPECT_EQ(planned(2026, 2026), 1);
    EXPECT_EQ(planned(2026, 2026, unit), 1);
}

TEST_P(CoverageTest, TheSumsLeadToThePiecesTheyCountEachOnce) {
    auto clerk = commune().sign_in_again("clerk");
    sent(clerk, line_ + "/minh-chung", {{"what", "Hai nội dung một lần"}, {"done_on", "01/04/2026"}, {"topics", to_string(topic_)}, {"topics", to_string(other_topic_)}});
    confirm();
    sent(clerk, line_ + "/minh-chung", {{"what", "Một nội dung"}, {"done_on", "01/04/2026"}, {"topics", to_string(topic_)}});
    confirm();
    const auto matrix = page("leader", "/do-phu").body;
    EXPECT_EQ(cell(topic_) + cell(other_topic_), "21");
    const auto of_channel = link_in(between(matrix, "href=\"/do-phu/o?hinh-thuc=" + to_string(channel_), "</a>"));
    ASSERT_NE(of_channel, "");
    EXPECT_THAT(words_of(between(matrix, "href=\"/do-phu/o?hinh-thuc=" + to_string(channel_), "</a>")), HasSubstr("2"));
    const auto every = link_in(between(matrix, "Minh chứng đã xác nhận:", "</p>"));
    for (const auto& path : {of_channel, every}) {
        const auto behind = page("leader", path);
        ASSERT_EQ(behind.status, 200) << path;
        const auto words = words_of(behind.body);
        EXPECT_THAT(words, HasSubstr("Hai nội dung một lần"));
        EXPECT_THAT(words, HasSubstr("Một nội dung"));
        EXPECT_THAT(words, HasSubstr("Minh chứng đã xác nhận: 2"));
        EXPECT_THAT(words, Not(HasSubstr("minh chứng khác")));
    }
    // What names no Channel stands in no column, and is found by the number that says so.
    auto head = commune().sign_in_again("office_head");
    const auto [path, version] = piece();
    ASSERT_EQ(send(head, path + "/noi-dung", {{"version", version}, {"topics", to_string(topic_)}}).status, 303);
    const auto unnamed = page("leader", "/do-phu/o?hinh-thuc=0").body;
    EXPECT_THAT(words_of(unnamed), HasSubstr("Một nội dung"));
    EXPECT_THAT(words_of(unnamed), Not(HasSubstr("Hai nội dung một lần")));
    EXPECT_THAT(page("leader", "/do-phu").body, HasSubstr("/do-phu/o?hinh-thuc=0&amp;"));
    for (const auto& no : {"noi-dung=" + to_string(topic_), std::string("hinh-thuc=77"), "noi-dung=77&hinh-thuc=" + to_string(channel_)})
        EXPECT_EQ(page("leader", "/do-phu/o?" + no).status, 404) << no;
}

TEST_P(CoverageTest, AUnitFindsItsOwnAmongAThousandOfOthers) {
    const Id hers = commune().line().assignment;
    commune().town().write(Id{}, [&](Work& work) {
        const auto add = [&](Id line, const std::string& what, const std::string& day) {
            const Id id = work.new_id();
            const std::optional<Id> none;
            const std::optional<std::string> no_text;
            work.db.run("plan.insert_evidence", {work.authority, id, line, what, *Date::parse_iso(day), no_text, channel_, work.now, commune().person("clerk"), none,
                                                 no_text, no_text, none, none, no_text, no_text, no_text, none, no_text});
            work.db.run("plan.insert_evidence_topic", {work.authority, id, topic_});
            work.db.run("plan.set_evidence_state", {work.authority, id, "confirmed", no_text, work.now, commune().person("clerk"), 1});
            for (const Id topic : {Id{}, topic_}) work.db.run("plan.count_coverage", {work.authority, commune().issued(), day.substr(0, 7), topic, channel_, 1});
        };
        add(hers, "Của chính đơn vị", "2026-03-01");
        for (int i = 0; i < 1005; ++i) add(desk_->own_line(), "Của đơn vị khác", "2026-03-31");
    });
    const auto own = words_of(page("other_unit", behind()).body);
    EXPECT_THAT(own, HasSubstr("Của chính đơn vị"));
    EXPECT_THAT(own, Not(HasSubstr("Của đơn vị khác")));
    EXPECT_THAT(own, HasSubstr("1005 minh chứng khác"));
    // Who reads all has them page by page.
    const auto first = page("leader", behind()).body;
    EXPECT_THAT(first, HasSubstr("trang=2"));
    EXPECT_THAT(words_of(first), Not(HasSubstr("Của chính đơn vị")));
    EXPECT_THAT(words_of(page("leader", behind("&trang=11")).body), HasSubstr("Của chính đơn vị"));
    EXPECT_EQ(page("leader", behind("&trang=99")).status, 200);
    // As a file they come all, and to each only what opens for her.
    const auto lines = [&](const std::string& visitor, const std::string& path) {
        const auto body = page(visitor, path).body;
        return std::count(body.begin(), body.end(), '\n');
    };
    const auto file = replaced(behind(), "/do-phu/o?", "/do-phu/o/xuat?") + "&dang=csv";
    EXPECT_EQ(lines("leader", file), 1 + 1006);
    EXPECT_EQ(lines("other_unit", file), 1 + 1);
    EXPECT_EQ(page("leader", "/do-phu/o/xuat?hinh-thuc=77").status, 404);
    const auto matrix = page("leader", "/do-phu/xuat?dang=csv").body;
    EXPECT_THAT(matrix, HasSubstr(";1006"));
    EXPECT_THAT(matrix, HasSubstr("\"Tổng, mỗi minh chứng tính một lần\";1006;"));
    EXPECT_TRUE(page("leader", "/do-phu/xuat").body.starts_with("PK")) << "a workbook";
    EXPECT_THAT(words_of(page("clerk", behind()).body), HasSubstr("Của đơn vị khác")) << "her office puts the plan's work together";
}

TEST_P(CoverageTest, TheLinesPageShowsFiftyPiecesAndOpensTheOneThatALinkNames) {
    auto clerk = commune().sign_in_again("clerk");
    sent(clerk, line_ + "/minh-chung", {{"what", "Lần đầu tiên"}, {"done_on", "01/04/2026"}, {"topics", to_string(topic_)}});
    const auto [oldest, version] = piece();
    const auto id = oldest.substr(oldest.rfind('/') + 1);
    for (int i = 0; i < 52; ++i) sent(clerk, line_ + "/minh-chung", {{"what", "Lần sau"}, {"done_on", "01/04/2026"}});
    const auto first = page("clerk", line_).body;
    EXPECT_THAT(first, Not(HasSubstr("id=\"mc-" + id + "\"")));
    EXPECT_THAT(first, HasSubstr(line_ + "?trang=2#mc"));
    EXPECT_THAT(page("clerk", line_ + "?trang=2").body, HasSubstr("id=\"mc-" + id + "\""));
    EXPECT_THAT(page("clerk", line_ + "?minh-chung=" + id).body, HasSubstr("id=\"mc-" + id + "\""));
    // What is done with it, and what is refused of it, leads back to it.
    auto head = commune().sign_in_again("office_head");
    EXPECT_THAT(send(head, oldest + "/tra-lai", {{"version", version}, {"reason", " "}}).body, HasSubstr("id=\"mc-" + id + "\""));
    EXPECT_EQ(sent(head, oldest + "/xac-nhan", {{"version", version}}).location, line_ + "?minh-chung=" + id + "#mc-" + id);
}

LOA_ON_BOTH_ENGINES(CoverageTest);

}  // namespace
}  // namespace loa::app
