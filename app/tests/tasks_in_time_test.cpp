// Tasks as time passes: templates count back from a day, people are told when one falls due, lines and units end, somebody
// leaves or acts for somebody.
#include <memory>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/deputies.h"
#include "loa/identity/handover.h"
#include "loa/identity/trash.h"
#include "loa/identity/unit_changes.h"
#include "loa/identity/units.h"
#include "loa/jobs/queue.h"
#include "loa/storage/testing.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"
#include "tests/support/tasks_desk.h"

namespace loa::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// Time passes and the plan ends, so this has a commune of its own.
class TasksInTimeTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        desk_ = std::make_unique<TasksDesk>(*commune_);
    }
    web::Browser& head() { return commune_->visitor("office_head"); }
    void morning() {
        commune_->town().write(Id{}, [](Work& work) {
            work.authority = {};
            jobs::enqueue(work, "tasks.remind", "{}");
        });
        commune_->run_jobs();
    }

    std::unique_ptr<Commune> commune_;
    std::unique_ptr<TasksDesk> desk_;
};

TEST_P(TasksInTimeTest, ATemplateCountsBackFromTheLinesDay) {
    const auto before = desk_->all().size();
    sent(head(), desk_->line_path() + "/mau", {{"template", "feature"}});
    std::vector<std::string> days;
    for (const auto& row : desk_->all()) days.push_back(row.text("title") + " " + row.text("due_on"));
    ASSERT_EQ(days.size(), before + 6);
    const auto today = *Date::from(2026, 4, 1);
    EXPECT_EQ(days.front(), "Chọn đề tài, nhân vật, nơi quay " + std::max(today, desk_->due().plus_days(-28)).iso());
    EXPECT_EQ(days.back(), "Phát sóng, lưu minh chứng " + desk_->due().iso());
    EXPECT_EQ(desk_->all()[1].number("items"), 3);
    EXPECT_EQ(send(head(), desk_->line_path() + "/mau", {{"template", "no such"}}).status, 422);

    // The unit's own, with one task more; kept again under the same name it is replaced.
    desk_->add("office_head", {{"title", "Mời người dân xem thử"}, {"responsible", ""}, {"due_on", desk_->due().plus_days(-2).vietnamese()}});
    for (int i = 0; i < 2; ++i) sent(head(), desk_->line_path() + "/giu-mau", {{"name", " Phóng sự của xã "}});
    EXPECT_EQ(send(head(), desk_->line_path() + "/giu-mau", {{"name", ""}}).status, 422);
    const auto page = head().get("/cong-viec/mau").body;
    const auto own = between(page, "Phóng sự của xã</h3>", "</ol>");
    EXPECT_THAT(own, HasSubstr("Mời người dân xem thử"));
    EXPECT_THAT(own, HasSubstr("trước hạn 2 ngày"));
    const auto kept = commune_->town().read(Id{}, [&](Work& work) {
        return work.db.query("tasks.templates_by_unit", {work.authority, commune_->drafting_unit()});
    });
    ASSERT_THAT(kept, SizeIs(1));
    const auto id = to_string(kept.front().id("id"));
    EXPECT_EQ(send(commune_->visitor("other_unit"), "/cong-viec/mau/" + id + "/xoa", {}).status, 404);
    sent(head(), desk_->line_path() + "/mau", {{"template", id}});
    EXPECT_EQ(desk_->all().size(), before + 6 + 1 + 7);
    sent(head(), "/cong-viec/mau/" + id + "/xoa", {});
    EXPECT_EQ(send(head(), desk_->line_path() + "/mau", {{"template", id}}).status, 422);
    const auto told = commune_->town().read(Id{}, [&](Work& work) {
        std::vector<std::string> events;
        for (const auto& line : identity::timeline_of(work, {"tasks.template", work.authority, kept.front().id("id")})) events.push_back(line.event);
        return events;
    });
    EXPECT_THAT(told, ElementsAre("identity.deleted", "tasks.template_kept"));
}

TEST_P(TasksInTimeTest, ATemplateIsTakenBackUnlessAnotherHasItsName) {
    const auto kept = [&] {
        return commune_->town().read(Id{}, [&](Work& work) { return work.db.query("tasks.templates_by_unit", {work.authority, commune_->drafting_unit()}); });
    };
    desk_->add("office_head", {{"title", "Chọn bài hát"}, {"responsible", ""}});
    sent(head(), desk_->line_path() + "/giu-mau", {{"name", "Hội thi"}});
    const auto deleted = sent(head(), "/cong-viec/mau/" + to_string(kept().front().id("id")) + "/xoa", {});
    const auto undo = between(head().get(deleted.location).body, "action=\"/thung-rac/", "\"");
    ASSERT_NE(undo, "") << "the page says what was deleted and offers it back";
    const auto path = undo.substr(undo.find("/thung-rac/"));
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_THAT(head().get("/thung-rac").body, HasSubstr("Hội thi"));
    EXPECT_EQ(send(commune_->visitor("other_unit"), path, {}).status, 404);

    sent(head(), desk_->line_path() + "/giu-mau", {{"name", "Hội thi"}});  // the name is free meanwhile
    EXPECT_EQ(send(head(), path, {}).status, 409);
    EXPECT_THAT(kept(), SizeIs(1));
    sent(head(), desk_->line_path() + "/giu-mau", {{"name", "Hội thi"}});  // replaced, which is no loss either
    EXPECT_THAT(kept(), SizeIs(1));
    sent(head(), "/cong-viec/mau/" + to_string(kept().front().id("id")) + "/xoa", {});
    EXPECT_THAT(head().get("/cong-viec/mau").body, Not(HasSubstr("Hội thi")));
    sent(head(), path, {});
    ASSERT_THAT(kept(), SizeIs(1));
    EXPECT_EQ(kept().front().text("name"), "Hội thi");
    EXPECT_THAT(head().get("/cong-viec/mau").body, HasSubstr("Chọn bài hát")) << "with its tasks";
}

TEST_P(TasksInTimeTest, ItsPeopleAreToldOnceForEachDueDay) {
    const auto clerk = to_string(commune_->person("clerk"));
    const Id task = desk_->add("office_head", {{"title", "Đến hạn"}, {"due_on", "03/04/2026"}, {"responsible", clerk}, {"partners", to_string(commune_->person("office_head"))}});
    const Id done = desk_->add("office_head", {{"title", "Xong sớm"}, {"due_on", "03/04/2026"}, {"responsible", clerk}});
    sent(head(), task_path(done, "/chuyen"), {{"version", "1"}, {"state", "done"}});
    morning();
    EXPECT_THAT(desk_->notices("clerk", "tasks.due"), IsEmpty());
    commune_->pass_time(2 * 24 * 3600);
    for (int i = 0; i < 2; ++i) morning();
    EXPECT_THAT(desk_->notices("clerk", "tasks.due"), SizeIs(1));
    EXPECT_THAT(desk_->notices("office_head", "tasks.due"), SizeIs(1));
    auto head_again = commune_->sign_in_again("office_head");
    sent(head_again, task_path(task, "/sua"), {{"version", "1"}, {"title", "Đến hạn"}, {"due_on", "04/04/2026"}});
    commune_->pass_time(24 * 3600);
    morning();
    EXPECT_THAT(desk_->notices("clerk", "tasks.due"), SizeIs(2)) << "another day is told anew";
}

TEST_P(TasksInTimeTest, WhereTheLineEndsTheTasksStayAndNoNewOnesCome) {
    const Id task = desk_->add("office_head", {{"title", "Còn dang dở"}, {"responsible", ""}});
    sent(commune_->visitor("leader"), "/ke-hoach/" + to_string(commune_->issued()) + "/rut",
         {{"version", std::to_string(commune_->record(commune_->issued()).plan_version)}, {"reason", "Thay bằng kế hoạch khác"}});
    EXPECT_THAT(head().get(task_path(task)).body, HasSubstr("Nhiệm vụ không còn được giao"));
    EXPECT_THAT(head().get("/cong-viec").body, HasSubstr("Còn dang dở"));
    EXPECT_EQ(send(head(), desk_->line_path(), {{"title", "Thêm nữa"}}).status, 409);
    EXPECT_EQ(send(head(), desk_->line_path() + "/mau", {{"template", "bulletin"}}).status, 409);
    sent(head(), task_path(task, "/chuyen"), {{"version", "1"}, {"state", "dropped"}});
    EXPECT_THAT(head().get("/cong-viec").body, Not(HasSubstr("Còn dang dở")));
    EXPECT_THAT(head().get("/cong-viec?xem=danh-sach").body, HasSubstr("Còn dang dở"));
}

// What hangs on a unit and is no line of a plan is said before the unit ends: its open tasks, and the links that answer for it.
TEST_P(TasksInTimeTest, ThePreviewOfAChangeOfUnitsSaysWhatHappensToTasksAndLinks) {
    const auto said = [&](Id unit, const std::vector<identity::ChangeSuccessor>& successors, Date day) {
        return commune_->town().read(Id{}, [&](Work& work) {
            identity::UnitChangeSet set;
            set.authority = work.authority;
            set.day = day;
            identity::UnitChange change;
            change.kind = identity::ChangeKind::End;
            change.unit = unit;
            change.successors = successors;
            set.changes.push_back(change);
            std::vector<std::string> lines;
            for (const auto& line : identity::preview_lines(work, commune_->registry(), set))
                if (line.key.starts_with("tasks.") || line.key == "plan.preview_links_end") lines.push_back(line.key + " " + line.args.front().second);
            return lines;
        });
    };
    const Date tomorrow = commune_->town().read(Id{}, [](Work& work) { return work.today().plus_days(1); });
    const std::vector<identity::ChangeSuccessor> heir{{{commune_->town().authority(), commune_->third_unit()}, std::nullopt, true}};
    EXPECT_THAT(said(commune_->other_unit(), heir, tomorrow), ElementsAre("tasks.preview_open_tasks 1"));
    EXPECT_THAT(said(commune_->other_unit(), {}, tomorrow), ElementsAre("tasks.preview_open_tasks_stay 1"));
    sent(commune_->visitor("other_unit"), task_path(commune_->task().task, "/chuyen"), {{"version", std::to_string(commune_->task().version)}, {"state", "done"}});
    EXPECT_THAT(said(commune_->other_unit(), heir, tomorrow), IsEmpty()) << "what is done does not move";
    const Id hamlet = commune_->town().read(Id{}, [&](Work& work) { return work.db.one("plan.personal_link_by_id", {work.authority, commune_->personal_link()})->id("unit_id"); });
    EXPECT_THAT(said(hamlet, heir, tomorrow), ElementsAre("plan.preview_links_end 1"));
    EXPECT_THAT(said(hamlet, heir, tomorrow.plus_days(500)), IsEmpty()) << "run out by then";
}

TEST_P(TasksInTimeTest, ADeputyGivesWhatTheHeadWouldAndBothAreNamed) {
    const Id deputyship = commune_->town().write(Id{}, [&](Work& work) {
        return identity::appoint_deputy(work, {.principal = commune_->person("office_head"), .deputy = commune_->person("clerk"), .valid_from = work.today(),
                                               .last_day = work.today().plus_days(3), .reason = "Đi công tác"}).value();
    });
    const auto editor = to_string(commune_->person("editor"));
    auto& clerk = commune_->visitor("clerk");
    EXPECT_EQ(send(clerk, desk_->line_path(), {{"title", "Chụp ảnh"}, {"responsible", editor}}).status, 403);
    const Id of_head = desk_->add("office_head", {{"title", "Của trưởng phòng"}, {"responsible", to_string(commune_->person("office_head"))}});
    sent(clerk, "/tai-khoan/thay-mat/" + to_string(deputyship) + "/bat-dau", {});
    const Id task = desk_->add("clerk", {{"title", "Chụp ảnh"}, {"responsible", editor}});
    EXPECT_THAT(clerk.get(task_path(task)).body, HasSubstr("Người clerk (thay Người office_head)"));
    EXPECT_THAT(clerk.get("/cong-viec?nguoi=toi").body, HasSubstr("Của trưởng phòng")) << "in whose place she acts";
    sent(clerk, task_path(of_head, "/chuyen"), {{"version", "1"}, {"state", "doing"}});
    sent(clerk, "/tai-khoan/thay-mat/thoi", {});
    EXPECT_EQ(send(clerk, task_path(of_head, "/chuyen"), {{"version", "2"}, {"state", "done"}}).status, 403) << "herself again";
}

TEST_P(TasksInTimeTest, WhoCarriesOnForAUnitTakesItsTasksOver) {
    const auto line = commune_->line();
    const Id task = commune_->task().task, economy = commune_->other_unit();
    const Id successor = commune_->town().office("Phòng Kinh tế - Hạ tầng");
    const auto path_of = [&](Id assignment) { return "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(assignment) + "/cong-viec"; };
    auto officer = commune_->add_person(commune_->town(), "ha.tang", successor, {identity::Role::Clerk});
    // The plan gives the line on, as an amendment does; the unit ends.
    const Id given_on = commune_->town().write(Id{}, [&](Work& work) {
        const auto row = *work.db.one("plan.assignment_by_id", {work.authority, commune_->issued(), line.assignment});
        const Id id = work.new_id();
        work.db.run("plan.set_assignment_roles", {work.authority, line.assignment, 0, 1, 0, 0, "ended", row.id("since_revision_id")});
        work.db.run("plan.insert_assignment", {work.authority, id, commune_->issued(), row.optional_id("activity_id"), row.optional_id("duty_id"), successor, 0, 1, 0, 0,
                                               row.id("since_revision_id")});
        return id;
    });
    EXPECT_THAT(officer.get(path_of(given_on)).body, Not(HasSubstr("/nhan-ve"))) << "nobody says yet that it carries on for the other";
    EXPECT_EQ(send(officer, path_of(given_on) + "/nhan-ve", {}).status, 409);
    commune_->town().write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::close_unit(work, {.unit = economy, .kind = identity::ClosingKind::Replaced, .date = work.today(),
                                              .successors = {{{work.authority, successor}, std::nullopt}}, .version = identity::unit_by_id(work, economy)->version}));
    });
    EXPECT_EQ(officer.get(task_path(task)).status, 404);
    EXPECT_THAT(officer.get(path_of(given_on)).body, HasSubstr("Phòng Kinh tế để lại 1 công việc"));
    EXPECT_EQ(send(commune_->visitor("clerk"), path_of(given_on) + "/nhan-ve", {}).status, 403);
    sent(officer, path_of(given_on) + "/nhan-ve", {});
    const auto page = officer.get(task_path(task)).body;
    EXPECT_THAT(page, HasSubstr("Lập bảng dự toán mẫu"));
    EXPECT_THAT(page, HasSubstr("Hỏi định mức chi")) << "with its checklist";
    EXPECT_THAT(page, Not(HasSubstr("Nhiệm vụ không còn được giao")));
    EXPECT_THAT(officer.get("/cong-viec?nguoi=tat-ca").body, HasSubstr("Lập bảng dự toán mẫu"));
    EXPECT_EQ(desk_->events(task).back(), "tasks.taken_over");
    EXPECT_EQ(send(officer, path_of(given_on) + "/nhan-ve", {}).status, 409) << "once";
}

TEST_P(TasksInTimeTest, AfterThirtyDaysInTheTrashNothingIsLeft) {
    const auto rows = [&] {
        std::int64_t all = 0;
        for (const auto& [table, count] : storage::testing::row_counts(commune_->database()))
            if (table.starts_with("tasks_")) all += count;
        return all;
    };
    const auto before = rows();
    const Id task = desk_->add("office_head", {{"title", "Bỏ hẳn"}, {"responsible", to_string(commune_->person("clerk"))}});
    sent(head(), task_path(task, "/muc"), {{"text", "Một\nHai"}});
    sent(head(), task_path(task, "/y-kien"), {{"text", "@Người clerk"}});
    EXPECT_EQ(rows(), before + 6);
    sent(head(), desk_->line_path() + "/giu-mau", {{"name", "Bỏ mẫu"}});
    const auto page = head().get("/cong-viec/mau").body;
    const auto form = page.substr(0, page.find("/xoa\"", page.find("Bỏ mẫu")) + 4);
    sent(head(), form.substr(form.rfind("/cong-viec/mau/")), {});
    const auto with_template = rows();
    EXPECT_GT(with_template, before + 6);
    sent(head(), task_path(task, "/tep"), {}, {Commune::file("files")});
    const auto files = [&] { return storage::testing::row_counts(commune_->database()).at("media_file"); };
    const auto with_file = files();
    const Id file = commune_->town().read(Id{}, [&](Work& work) { return work.db.query("media.files_of_owner", {work.authority, "tasks.task", task}).front().id("id"); });
    sent(head(), task_path(task, "/tep/" + to_string(file) + "/bo"), {});
    sent(head(), task_path(task, "/xoa"), {{"version", "1"}});
    EXPECT_EQ(rows(), with_template);
    EXPECT_EQ(files(), with_file);
    commune_->pass_time(31 * 24 * 3600);
    commune_->town().write(Id{}, [&](Work& work) { return identity::purge_trash(work, commune_->registry()); });
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(files(), with_file - 1);
}

TEST_P(TasksInTimeTest, WhoLeavesHandsHerTasksOn) {
    const auto clerk = commune_->person("clerk"), head_id = commune_->person("office_head");
    const Id shared = desk_->add("office_head", {{"title", "Hai người"}, {"responsible", to_string(clerk)}, {"partners", to_string(head_id)}});
    const Id alone = desk_->add("office_head", {{"title", "Một người"}, {"responsible", to_string(clerk)}});
    const auto done = desk_->add("office_head", {{"title", "Đã xong"}, {"responsible", to_string(clerk)}});
    sent(head(), task_path(done, "/chuyen"), {{"version", "1"}, {"state", "done"}});
    commune_->town().write(commune_->town().administrator(), [&](Work& work) {
        return identity::hand_over(work, commune_->registry(), {.from = clerk, .to = head_id, .last_day = work.today()}).value();
    });
    const auto people = [&](Id task) {
        return commune_->town().read(Id{}, [&](Work& work) {
            std::vector<std::string> all;
            for (const auto& row : work.db.query("tasks.participants_by_task", {work.authority, task})) all.push_back(row.text("name") + (row.flag("responsible") ? " *" : ""));
            return all;
        });
    };
    EXPECT_THAT(people(shared), ElementsAre("Người office_head *"));
    EXPECT_THAT(people(alone), ElementsAre("Người office_head *"));
    EXPECT_THAT(people(done), ElementsAre("Người clerk *")) << "what she did stays hers";
}

LOA_ON_BOTH_ENGINES(TasksInTimeTest);

}  // namespace
}  // namespace loa::app
