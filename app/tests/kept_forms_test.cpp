// Every form of a plan, filled in wholly and refused: what was typed, chosen and ticked is still there.
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct FilledIn {
    std::string visitor, path;
    Form form;
    int status = 422;
    std::string shown_at = {};  // the address of the form that shows it again; "": the same

    std::string action() const { return shown_at.empty() ? path : shown_at; }
};

/// Plans are issued, amended and reported on, so this has a commune of its own.
class KeptFormsTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    PlanRecord draft() { return commune_->record(commune_->draft()); }
    PlanRecord issued() { return commune_->record(commune_->issued()); }
    static std::string path(Id plan, const std::string& rest) { return "/ke-hoach/" + to_string(plan) + rest; }
    std::string of_draft(const std::string& rest) { return path(commune_->draft(), rest); }
    std::string of_issued(const std::string& rest) { return path(commune_->issued(), rest); }
    static std::string text(std::int64_t version) { return std::to_string(version); }

    /// Sends each, and looks for every value in the field that it came from.
    void expect_kept(const std::vector<FilledIn>& forms) {
        for (const auto& sent : forms) {
            SCOPED_TRACE(sent.path);
            const auto before = commune_->state();
            const auto answer = send(commune_->visitor(sent.visitor), sent.path, sent.form);
            EXPECT_EQ(answer.status, sent.status) << words_of(answer.body);
            EXPECT_EQ(commune_->changes_since(before), "");
            EXPECT_THAT(answer.body, HasSubstr("<title>Lỗi: "));
            const auto summary = between(answer.body, "role=\"alert\"", "</ul>");
            EXPECT_THAT(words_of(between(summary, "<li>", "</li>")), ::testing::Not(IsEmpty()));
            EXPECT_THAT(leading_nowhere(answer.body, summary), IsEmpty()) << summary;
            // Not folded away, where nobody would look for it.
            const auto begin = answer.body.find("action=\"" + sent.action() + "\"");
            ASSERT_NE(begin, std::string::npos) << answer.body;
            const auto folded = answer.body.rfind("<details", begin), closed = answer.body.rfind("</details>", begin);
            if (folded != std::string::npos && (closed == std::string::npos || closed < folded)) {
                EXPECT_THAT(answer.body.substr(folded, answer.body.find('>', folded) - folded), ::testing::EndsWith(" open"));
            }
            const auto form = answer.body.substr(begin, answer.body.find("</form>", begin) - begin);
            for (const auto& [name, value] : sent.form)
                EXPECT_TRUE(name == "version" || shows(form, name, value)) << name << ": " << value << "\n" << form;
        }
    }

    template <class Step>
    auto read(Step&& step) {
        return commune_->town().read(Id{}, std::forward<Step>(step));
    }

    /// A line of the other unit that is about an activity, with a target, and evidence of it.
    struct Line {
        std::string path;
        Id id, target, evidence;
    };
    Line line_with_evidence() {
        Line line;
        read([&](Work& work) {
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()}))
                if (row.optional_id("activity_id") && row.id("unit_id") == commune_->drafting_unit()) line.id = row.id("id");
        });
        line.path = of_issued("/viec/" + to_string(line.id));
        sent(commune_->visitor("clerk"), line.path + "/chi-tieu", {{"version", text(version(line))}, {"targets", "ít nhất 10 buổi"}});
        line.target = read([&](Work& work) {
            return work.db.query("plan.targets_by_assignment", {work.authority, line.id}).front().id("id");
        });
        sent(commune_->visitor("clerk"), line.path + "/minh-chung",
             {{"version", text(version(line))}, {"what", "Đã mở một lớp"}, {"done_on", "01/04/2026"}});
        line.evidence = read([&](Work& work) {
            return work.db.query("plan.evidence_by_assignment", {work.authority, line.id}).front().id("id");
        });
        return line;
    }
    std::int64_t version(const Line& line) {
        return read([&](Work& work) {
            return work.db.one("plan.assignment_by_id", {work.authority, commune_->issued(), line.id})->number("version");
        });
    }
    /// Id and version of the one time that it falls due.
    std::pair<std::string, std::string> occurrence_of(const Line& line) {
        return read([&](Work& work) {
            const auto row = work.db.query("plan.occurrences_by_assignment", {work.authority, line.id}).front();
            return std::pair(to_string(row.id("id")), text(row.number("version")));
        });
    }
    std::int64_t evidence_version(const Line& line) {
        return read([&](Work& work) {
            return work.db.one("plan.evidence_by_id", {work.authority, line.evidence})->number("version");
        });
    }
    Form evidence_form(const Line& line, std::int64_t version) {
        return {{"version", text(version)},
                {"what", " "},
                {"done_on", "31/02/2026"},
                {"place", "Nhà văn hóa ấp \"Một\" & Hai"},
                {"channel", to_string(commune_->channel())},
                {"topics", to_string(commune_->topic())},
                {"quantity-" + to_string(line.target), "khá nhiều"}};
    }

    std::unique_ptr<Commune> commune_;
};

TEST_P(KeptFormsTest, TheHeadOfTheDocument) {
    expect_kept({{"clerk", of_draft("/ra-soat/van-ban"),
                  {{"version", text(draft().document_version)}, {"title", " "}, {"number", "12a"}, {"symbol", "KH-UBND"},
                   {"day", "32"}, {"month", "13"}, {"year", "2026"}, {"issuer", "UBND xã"}, {"type", "Kế hoạch"},
                   {"place", "Bình Hòa Trung"}, {"decision", "58/QĐ-UBND"}, {"signed_authority", "TM. UBND"},
                   {"signed_on_behalf", "KT. CHỦ TỊCH"}, {"signer_position", "Phó Chủ tịch"}, {"signer_name", "Đặng Thị Mỹ Duyên"}}},
                 {"clerk", of_draft("/ra-soat/van-ban"),
                  {{"version", text(draft().document_version)}, {"title", "Kế hoạch"}, {"day", "mười"}, {"month", "tư"}, {"year", ""}}}});
}

TEST_P(KeptFormsTest, TheDayThatALegalBasisWasSigned) {
    const Id revision = draft().revision;
    const auto clauses = read([&](Work& work) { return work.db.query("plan.clauses_by_revision", {work.authority, revision}); });
    for (const auto& clause : clauses) {
        if (clause.text("kind") != "legal_basis") continue;
        const auto sent = [&](const std::string& day, const std::string& month) {
            return FilledIn{"clerk", of_draft("/ra-soat/muc/" + to_string(clause.id("id")) + "/sua"),
                            {{"version", text(clause.number("version"))}, {"text", "Căn cứ Nghị định"}, {"cited_number", "118/2025/NĐ-CP"},
                             {"cited_issuer", "Chính phủ"}, {"cited_day", day}, {"cited_month", month}, {"cited_year", ""}}};
        };
        expect_kept({sent("chín", "6"), sent("9", "tháng sáu"), sent("32", ""), sent("", "13")});
        return;
    }
    FAIL() << "the draft has no legal basis";
}

TEST_P(KeptFormsTest, ANewActivityAndANewDuty) {
    expect_kept({{"clerk", of_draft("/ra-soat/hoat-dong-moi"),
                  {{"ordinal", "III.9"}, {"title", " "}, {"group_title", "Nhóm một"}, {"content", "Hai dòng\ncủa nội dung"},
                   {"funding", "Ngân sách xã"}, {"leads", "Phòng Kinh tế\nCông an xã"}, {"partners", "Trạm Y tế xã"},
                   {"requested", "Bưu điện khu vực"}, {"targets", "thật nhiều"}, {"products", "Một bản tin"},
                   {"deadline", "Trước ngày 31/11/2026"}}},
                 {"clerk", of_draft("/ra-soat/nhiem-vu-moi"),
                  {{"text", "Thông báo lịch"}, {"units", "Phòng Kinh tế\nCông an xã"}, {"deadline", "Trước ngày 31/11/2026"},
                   {"activity", to_string(draft().activity)}}}});
}

TEST_P(KeptFormsTest, WhatIsToBeSplit) {
    const auto record = draft();
    const auto item = [&](const std::string& noun, Id id) { return of_draft("/ra-soat/" + noun + "/" + to_string(id)); };
    const std::string activity = item("hoat-dong", record.activity), duty = item("nhiem-vu", record.duty);
    const std::string clause = item("muc", record.clause);
    expect_kept({{"clerk", activity + "/tach",
                  {{"version", text(record.activity_version)}, {"title", "Chỉ một dòng"}, {"leads", "Phòng Kinh tế"},
                   {"content", "Đang gõ dở"}},
                  422, activity + "/sua"},
                 {"clerk", duty + "/tach",
                  {{"version", text(record.duty_version)}, {"text", "Chỉ một dòng"}, {"units", "Công an xã"},
                   {"activity", to_string(record.activity)}},
                  422, duty + "/sua"},
                 {"clerk", clause + "/tach", {{"version", text(record.clause_version)}, {"text", "Chỉ một dòng"}}, 422, clause + "/sua"}});
}

TEST_P(KeptFormsTest, EvidenceAndTargets) {
    const Line line = line_with_evidence();
    const std::string evidence = line.path + "/minh-chung/" + to_string(line.evidence);
    expect_kept({{"clerk", line.path + "/minh-chung", evidence_form(line, version(line))},
                 {"clerk", line.path + "/chi-tieu", {{"version", text(version(line))}, {"targets", "10 buổi\nthật nhiều"}}},
                 // Somebody else was faster.
                 {"clerk", evidence + "/tra-lai", {{"version", "9"}, {"reason", "Chưa có ảnh"}}, 409},
                 {"clerk", evidence + "/rut", {{"version", "9"}, {"reason", "Gửi nhầm"}}, 409},
                 {"clerk", evidence + "/tra-lai", {{"version", text(evidence_version(line))}, {"reason", ""}}},
                 {"clerk", evidence + "/rut", {{"version", text(evidence_version(line))}, {"reason", ""}}}});

    sent(commune_->visitor("clerk"), evidence + "/tra-lai", {{"version", text(evidence_version(line))}, {"reason", "Chưa có ảnh"}});
    expect_kept({{"clerk", evidence + "/sua", evidence_form(line, evidence_version(line))}});

    const auto [occurrence, first] = occurrence_of(line);
    expect_kept({{"clerk", line.path + "/bao-xong", {{"occurrence", occurrence}, {"version", "99"}, {"reason", "Đủ sản phẩm"}}, 409}});
    sent(commune_->visitor("clerk"), line.path + "/bao-xong", {{"occurrence", occurrence}, {"version", first}});
    expect_kept({{"clerk", line.path + "/tra-lai", {{"occurrence", occurrence}, {"version", "99"}, {"reason", "Còn thiếu ảnh"}}, 409},
                 {"clerk", line.path + "/tra-lai", {{"occurrence", occurrence}, {"version", occurrence_of(line).second}, {"reason", ""}}}});
}

TEST_P(KeptFormsTest, TheStepsOfAPlan) {
    const auto version = [&] { return text(issued().plan_version); };
    expect_kept({{"clerk", of_issued("/dinh-chinh"), {{"version", "99"}, {"reason", "Đọc sai tên"}}, 409},
                 {"clerk", of_issued("/dinh-chinh"), {{"version", version()}, {"reason", ""}}},
                 {"leader", of_issued("/rut"), {{"version", "99"}, {"reason", "Không còn phù hợp"}}, 409},
                 {"leader", of_issued("/rut"), {{"version", version()}, {"reason", ""}}},
                 {"clerk", of_issued("/co-quan-tong-hop"), {{"version", "99"}, {"unit", to_string(commune_->other_unit())}}, 409}});

    auto& clerk = commune_->visitor("clerk");
    const auto revision = [&] { return text(issued().revision_version); };
    sent(clerk, of_issued("/dieu-chinh"), {{"version", version()}});
    sent(clerk, of_issued("/ra-soat/van-ban"),
         {{"version", text(issued().document_version)}, {"title", Commune::issued_title()}, {"symbol", "KH-UBND"}});
    sent(clerk, of_issued("/chuyen-ra-soat"), {{"version", revision()}});
    expect_kept({{"leader", of_issued("/tra-lai"), {{"version", "99"}, {"reason", "Sửa mục III"}}, 409},
                 {"leader", of_issued("/tra-lai"), {{"version", revision()}, {"reason", ""}}}});
    sent(commune_->visitor("leader"), of_issued("/duyet"), {{"version", revision()}});
    expect_kept({{"clerk", of_issued("/ban-hanh"), {{"version", revision()}, {"number", "21/KH"}, {"issued_on", "31/04/2026"}}}});
}

TEST_P(KeptFormsTest, TheNamesOfACatalogue) {
    const auto topics = read([](Work& work) { return work.db.query("plan.all_topics", {work.authority}); });
    const std::string first = topics.at(0).text("name"), second = "/danh-muc/noi-dung/" + to_string(topics.at(1).id("id"));
    const std::string too_long(201, 'x');
    expect_kept({{"administrator", "/danh-muc/noi-dung", {{"name", first}}},
                 {"administrator", "/danh-muc/hinh-thuc", {{"name", too_long}}},
                 {"administrator", second + "/sua", {{"version", text(topics.at(1).number("version"))}, {"name", first}}},
                 {"administrator", second + "/sua", {{"version", "99"}, {"name", "Tên mới"}}, 409}});
}

TEST_P(KeptFormsTest, Tasks) {
    const auto task = commune_->task();
    const std::string of_line = of_issued("/viec/" + to_string(commune_->line().assignment) + "/cong-viec"), of_task = "/cong-viec/" + to_string(task.task);
    const std::string too_long(5000, 'x'), herself = to_string(commune_->person("other_unit"));
    expect_kept({{"other_unit", of_line, {{"title", ""}, {"note", "Hai trang \"A4\" & một ảnh"}, {"start_on", "05/05/2026"}, {"due_on", "31/02/2026"}, {"responsible", herself}}},
                 {"other_unit", of_line, {{"title", "Viết bài"}, {"start_on", "05/05/2026"}, {"due_on", "04/05/2026"}}},
                 {"other_unit", of_line + "/giu-mau", {{"name", std::string(101, 'x')}}},
                 {"other_unit", of_task + "/sua", {{"version", text(task.version)}, {"title", ""}, {"note", "Ghi\nHai dòng"}, {"start_on", "1/13"}}},
                 {"other_unit", of_task + "/sua", {{"version", "99"}, {"title", "Tên khác"}, {"note", "Ghi"}, {"due_on", "04/05/2026"}}, 409},
                 {"other_unit", of_task + "/muc", {{"text", too_long}}},
                 {"other_unit", of_task + "/y-kien", {{"text", too_long}}}});
}

TEST_P(KeptFormsTest, HowBackupsAreMade) {
    const std::string here = "/quan-tri/sao-luu";
    expect_kept({{"administrator", here, {{"version", "0"}, {"enabled", "1"}, {"daily_at", "25:30"}, {"keep", "7"}, {"encryption", "new"}}},
                 {"administrator", here, {{"version", "0"}, {"daily_at", "01:30"}, {"keep", "nhiều"}, {"encryption", "same"}}}});
    // Without a key there is none to give up: the choice is not offered, and one that comes all the same changes nothing.
    const auto page = send(commune_->visitor("administrator"), here, {{"version", "0"}, {"daily_at", "25:30"}, {"keep", "7"}, {"encryption", "off"}}).body;
    EXPECT_TRUE(shows(page, "encryption", "same")) << page;
}

LOA_ON_BOTH_ENGINES(KeptFormsTest);

}  // namespace
}  // namespace loa::app
