// Tasks under a line: who may do what, what two people do at once, what several rows at once come to, and that nothing of it
// moves the line.
#include <memory>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"
#include "tests/support/tasks_desk.h"

namespace loa::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TasksTest : public OnBoth {
  protected:
    void SetUp() override {
        OnBoth::SetUp();
        if (!IsSkipped()) desk_ = std::make_unique<TasksDesk>(commune());
    }

    std::string person(const std::string& visitor) { return to_string(commune().person(visitor)); }
    web::Browser& head() { return commune().visitor("office_head"); }
    web::Browser& clerk() { return commune().visitor("clerk"); }
    Id task_of_clerk(const std::string& title) {
        return desk_->add("office_head", {{"title", title}, {"due_on", "20/04/2026"}, {"responsible", person("clerk")}});
    }
    int status(web::Browser& browser, const std::string& path, const Form& form) { return send(browser, path, form).status; }

    std::unique_ptr<TasksDesk> desk_;
};

TEST_P(TasksTest, TheHeadGivesATaskAndTheOfficerDoesIt) {
    const Id task = task_of_clerk("Viết bài <b>số 1</b>");
    EXPECT_THAT(desk_->notices("clerk", "tasks.assigned"), Contains(HasSubstr("Viết bài <b>số 1</b>")));
    EXPECT_THAT(clerk().get("/cong-viec").body, HasSubstr("Viết bài &lt;b&gt;số 1&lt;/b&gt;")) << "her own stand on her board by themselves";
    EXPECT_THAT(commune().visitor("leader").get("/cong-viec?don-vi=" + to_string(commune().drafting_unit())).body, HasSubstr("Viết bài &lt;b&gt;"));
    EXPECT_THAT(commune().visitor("other_unit").get("/cong-viec?don-vi=" + to_string(commune().drafting_unit())).body, Not(HasSubstr("Viết bài &lt;b&gt;")))
        << "another unit's board";
    sent(clerk(), task_path(task, "/chuyen?xem=bang"), {{"version", desk_->version(task)}, {"state", "doing"}});
    sent(clerk(), task_path(task, "/chuyen"), {{"version", desk_->version(task)}, {"state", "done"}});
    EXPECT_EQ(desk_->row(task).text("state"), "done");
    EXPECT_EQ(status(clerk(), task_path(task, "/chuyen"), {{"version", desk_->version(task)}, {"state", "finished"}}), 422);
    EXPECT_THAT(desk_->events(task), ElementsAre("tasks.added", "tasks.moved", "tasks.moved"));
}

TEST_P(TasksTest, AnOfficerGivesNothingToOthers) {
    const Id own = desk_->add("clerk", {{"title", "Tự làm"}, {"responsible", person("clerk")}, {"due_on", "30/04/2026"}});
    EXPECT_EQ(status(clerk(), desk_->line_path(), {{"title", "Nhờ"}, {"responsible", person("office_head")}}), 403);
    EXPECT_EQ(status(clerk(), task_path(own, "/sua"), {{"version", "1"}, {"title", "Tự làm"}, {"responsible", person("office_head")}}), 403);
    sent(clerk(), task_path(own, "/sua"), {{"version", "1"}, {"title", "Tự làm"}, {"due_on", "29/04/2026"}});
    EXPECT_EQ(desk_->row(own).text("due_on"), "2026-04-29") << "who made it moves its day";
    const Id given = task_of_clerk("Được giao");
    EXPECT_EQ(status(clerk(), task_path(given, "/sua"), {{"version", "1"}, {"title", "Được giao"}, {"due_on", "30/04/2026"}}), 403);
    EXPECT_EQ(status(clerk(), task_path(given, "/xoa"), {{"version", "1"}}), 403);
    sent(clerk(), task_path(given, "/sua"), {{"version", "1"}, {"title", "Được giao, đã rõ"}, {"note", "Hai trang"}});
    const Id of_head = desk_->add("office_head", {{"title", "Trưởng phòng làm"}, {"responsible", person("office_head")}});
    EXPECT_EQ(status(clerk(), task_path(of_head, "/chuyen"), {{"version", "1"}, {"state", "done"}}), 403);
    EXPECT_EQ(status(clerk(), task_path(of_head, "/muc"), {{"text", "Một mục"}}), 403);
    sent(clerk(), task_path(of_head, "/y-kien"), {{"text", "Em gửi số liệu rồi"}});
    EXPECT_EQ(status(head(), desk_->line_path(), {{"title", "Nhờ phòng khác"}, {"responsible", person("other_unit")}}), 422) << "not of the unit";
}

TEST_P(TasksTest, WhatNobodyHasIsTakenOnce) {
    const Id task = desk_->add("office_head", {{"title", "Ai rảnh thì làm"}, {"responsible", ""}});
    sent(clerk(), task_path(task, "/nhan"), {{"version", "1"}});
    EXPECT_EQ(status(head(), task_path(task, "/nhan"), {{"version", desk_->version(task)}}), 409);
    EXPECT_THAT(clerk().get(task_path(task)).body, HasSubstr("Người clerk"));
    EXPECT_THAT(desk_->events(task), ElementsAre("tasks.added", "tasks.taken"));
}

TEST_P(TasksTest, WhatTwoPeopleWriteIsShownAndNothingIsLost) {
    const Id task = task_of_clerk("Soạn giấy mời");
    const Form seen{{"version", "1"},
                    {"seen_title", "Soạn giấy mời"},
                    {"seen_note", ""},
                    {"seen_start_on", ""},
                    {"seen_due_on", "20/04/2026"},
                    {"seen_responsible", person("clerk")},
                    {"seen_partners", ""}};
    Form first = seen, second = seen;
    first.insert(first.end(), {{"title", "Soạn giấy mời"}, {"note", "Gửi trước năm ngày"}, {"due_on", "22/04/2026"}});
    second.insert(second.end(), {{"title", "Soạn, in giấy mời"}, {"note", "Một trang"}, {"start_on", ""}});
    sent(head(), task_path(task, "/sua"), first);
    const auto answer = send(clerk(), task_path(task, "/sua"), second);
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.body, HasSubstr("Người office_head sửa lúc"));
    for (const auto* words : {"Soạn, in giấy mời", "Một trang", "Gửi trước năm ngày", "22/04/2026", "hai người cùng sửa"}) EXPECT_THAT(answer.body, HasSubstr(words));
    EXPECT_EQ(desk_->row(task).text("note"), "Gửi trước năm ngày");
    const auto form = between(answer.body, "action=\"/cong-viec/" + to_string(task) + "/sua\"", "</form>");
    EXPECT_TRUE(shows(form, "title", "Soạn, in giấy mời")) << form;
    EXPECT_TRUE(shows(form, "note", "Một trang")) << form;
    EXPECT_THAT(form, HasSubstr("name=\"seen_note\" value=\"Gửi trước năm ngày\""));
    sent(clerk(), task_path(task, "/sua"), {{"version", "2"}, {"title", "Soạn, in giấy mời"}, {"note", "Một trang, gửi trước năm ngày"}});
    EXPECT_EQ(desk_->row(task).text("due_on"), "2026-04-22") << "what only the other one changed stays";
    EXPECT_EQ(status(clerk(), task_path(task, "/chuyen"), {{"version", "1"}, {"state", "doing"}}), 409);
    EXPECT_THAT(desk_->events(task), ElementsAre("tasks.added", "tasks.changed", "tasks.changed"));
}

TEST_P(TasksTest, SentTwiceIsOneTask) {
    auto& browser = head();
    const auto before = desk_->all().size();
    browser.get(desk_->line_path());
    const Form form{{"title", "Một lần thôi"}, {"responsible", ""}, {"request_id", "sent-twice-" + std::to_string(static_cast<int>(GetParam()))}};
    const auto first = browser.post(desk_->line_path(), form), again = browser.post(desk_->line_path(), form);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(again.location, first.location);
    EXPECT_EQ(desk_->all().size(), before + 1);
}

TEST_P(TasksTest, SeveralAtOnceAndWhatCouldNotBeIsTold) {
    const Id one = task_of_clerk("Nhiều việc 1"), two = task_of_clerk("Nhiều việc 2"), three = task_of_clerk("Nhiều việc 3");
    const auto stale = to_string(two) + ":" + desk_->version(two);
    sent(head(), task_path(two, "/sua"), {{"version", "1"}, {"title", "Nhiều việc hai"}});
    const std::string path = "/cong-viec/hang-loat?xem=danh-sach&don-vi=" + to_string(commune().drafting_unit()) + "&nguoi=tat-ca";
    const auto strange = to_string(commune().task().task) + ":1";  // of another unit
    const auto answer = sent(head(), path, {{"tasks", to_string(one) + ":1"}, {"tasks", stale}, {"tasks", to_string(three) + ":1"}, {"tasks", strange},
                                            {"tasks", "9:1"}, {"responsible", person("office_head")}, {"due_on", "25/04/2026"}, {"state", "doing"}});
    for (const Id changed : {one, three}) {
        EXPECT_EQ(desk_->row(changed).text("due_on"), "2026-04-25");
        EXPECT_EQ(desk_->row(changed).text("state"), "doing");
        EXPECT_THAT(desk_->events(changed), ElementsAre("tasks.added", "tasks.changed", "tasks.moved"));
    }
    EXPECT_EQ(desk_->row(two).text("state"), "to_do");
    const auto page = head().get(answer.location).body;
    EXPECT_THAT(page, HasSubstr("Đã đổi 2 công việc."));
    const auto others = between(page, "được giữ nguyên", "</ul>");
    EXPECT_THAT(others, HasSubstr("Nhiều việc hai</a>: có người vừa sửa"));
    EXPECT_THAT(others, HasSubstr("Một công việc: không thuộc quyền của ông, bà"));
    EXPECT_THAT(others, HasSubstr("Một công việc: đã bị xóa"));
    EXPECT_THAT(others, Not(HasSubstr("Lập bảng dự toán mẫu"))) << "another unit's task is not named";
    EXPECT_THAT(page, HasSubstr("value=\"" + to_string(two) + ":2\" form=\"hang-loat\" checked"));

    const auto empty = send(head(), path, {{"state", "done"}});
    EXPECT_EQ(empty.status, 422);
    EXPECT_THAT(empty.body, HasSubstr("Chưa đánh dấu công việc nào"));
    const auto nothing = send(head(), path, {{"tasks", to_string(one) + ":" + desk_->version(one)}});
    EXPECT_EQ(nothing.status, 422);
    EXPECT_THAT(nothing.body, HasSubstr("value=\"" + to_string(one) + ":" + desk_->version(one) + "\" form=\"hang-loat\" checked")) << "the tick is kept";
    EXPECT_EQ(status(head(), path, {{"tasks", to_string(one) + ":3"}, {"due_on", "31/02/2026"}}), 422);
    EXPECT_EQ(status(head(), path, {{"tasks", to_string(one) + ":3"}, {"responsible", person("other_unit")}}), 422);
    EXPECT_EQ(desk_->row(one).text("state"), "doing");
}

TEST_P(TasksTest, AnOfficerChangesHerOwnAndNoOthers) {
    const Id mine = task_of_clerk("Của tôi"), heads = desk_->add("office_head", {{"title", "Của trưởng"}, {"responsible", person("office_head")}});
    const auto answer = sent(clerk(), "/cong-viec/hang-loat?xem=danh-sach", {{"tasks", to_string(mine) + ":1"}, {"tasks", to_string(heads) + ":1"}, {"state", "done"}});
    EXPECT_EQ(desk_->row(mine).text("state"), "done");
    EXPECT_EQ(desk_->row(heads).text("state"), "to_do");
    EXPECT_THAT(clerk().get(answer.location).body, HasSubstr("không thuộc quyền của ông, bà"));
}

TEST_P(TasksTest, TheChecklistIsTickedAndOrdered) {
    const Id task = task_of_clerk("Có danh mục");
    sent(clerk(), task_path(task, "/muc"), {{"text", "Một\n\n  Hai  \r\nBa"}});
    const auto items = [&] {
        return commune().town().read(Id{}, [&](Work& work) {
            std::vector<std::pair<Id, std::string>> found;
            for (const auto& row : work.db.query("tasks.items_by_task", {work.authority, task}))
                found.emplace_back(row.id("id"), row.text("text") + (row.optional_instant("done_at") ? " +" : ""));
            return found;
        });
    };
    const auto texts = [&] {
        std::vector<std::string> all;
        for (const auto& [id, text] : items()) all.push_back(text);
        return all;
    };
    const auto act = [&](std::size_t at, const char* what) { sent(clerk(), task_path(task, "/muc/" + to_string(items()[at].first)), {{"act", what}}); };
    EXPECT_THAT(texts(), ElementsAre("Một", "Hai", "Ba"));
    act(1, "xong");
    act(1, "xong");
    act(2, "len");
    EXPECT_THAT(texts(), ElementsAre("Một", "Ba", "Hai +"));
    act(0, "len");
    act(2, "xuong");
    act(2, "chua");
    act(0, "bo");
    EXPECT_THAT(texts(), ElementsAre("Ba", "Hai"));
    EXPECT_THAT(clerk().get("/cong-viec").body, HasSubstr("0/2 mục"));
    EXPECT_EQ(status(clerk(), task_path(task, "/muc"), {{"text", " \n"}}), 422);
    EXPECT_EQ(status(clerk(), task_path(task, "/muc/9"), {{"act", "xong"}}), 409);
    EXPECT_THAT(desk_->events(task), ElementsAre("tasks.added", "tasks.item_added", "tasks.item_added", "tasks.item_added", "tasks.item_ticked",
                                                 "tasks.item_unticked", "tasks.item_removed"));
}

TEST_P(TasksTest, WhoIsNamedIsTold) {
    const Id task = task_of_clerk("Bàn về ảnh");
    const auto before = desk_->notices("office_head", "tasks.mentioned").size();
    sent(clerk(), task_path(task, "/y-kien"), {{"text", "@nguoi OFFICE_HEAD xem giúp ảnh <script>"}, {"mentioned", person("editor")}, {"mentioned", person("editor")}});
    EXPECT_THAT(desk_->notices("office_head", "tasks.mentioned"), SizeIs(before + 1)) << "typed, without marks";
    EXPECT_THAT(desk_->notices("editor", "tasks.mentioned"), SizeIs(1)) << "chosen, once";
    EXPECT_THAT(desk_->notices("clerk", "tasks.mentioned"), IsEmpty());
    const auto page = head().get(task_path(task)).body;
    EXPECT_THAT(page, HasSubstr("xem giúp ảnh &lt;script&gt;"));
    EXPECT_THAT(page, HasSubstr("Nhắc: Người editor, Người office_head"));
    sent(clerk(), task_path(task, "/y-kien"), {{"text", "@Người office_headings là ai"}});
    EXPECT_THAT(desk_->notices("office_head", "tasks.mentioned"), SizeIs(before + 1)) << "the beginning of a longer name is another name";
    EXPECT_EQ(status(clerk(), task_path(task, "/y-kien"), {{"text", "Ơi"}, {"mentioned", person("other_unit")}}), 422);
    EXPECT_EQ(status(clerk(), task_path(task, "/y-kien"), {{"text", "  "}}), 422);
    EXPECT_THAT(desk_->events(task), ElementsAre("tasks.added", "tasks.commented", "tasks.commented"));
}

TEST_P(TasksTest, ItsFilesAreForWhoMaySeeTheLine) {
    const Id task = task_of_clerk("Có tệp");
    sent(clerk(), task_path(task, "/tep"), {}, {Commune::file("files")});
    EXPECT_EQ(send(clerk(), task_path(task, "/tep"), {}, {{"files", "gia.pdf", "%PNG"}}).status, 422) << "the name says what the bytes are not";
    const Id file = commune().town().read(Id{}, [&](Work& work) {
        return work.db.query("media.files_of_owner", {work.authority, "tasks.task", task}).front().id("id");
    });
    const auto asks = [&](const char* visitor) { return commune().visitor(visitor).get("/tep/" + to_string(file)).status; };
    EXPECT_EQ(asks("leader"), 200);
    EXPECT_EQ(asks("office_head"), 200);
    EXPECT_EQ(asks("other_unit"), 404);
    EXPECT_EQ(asks("editor"), 404);
    EXPECT_EQ(asks("other_authority"), 404);
    const auto deleted = sent(head(), task_path(task, "/xoa"), {{"version", "1"}});
    EXPECT_EQ(asks("leader"), 404) << "in the trash";
    EXPECT_EQ(head().get(task_path(task)).status, 404);
    const auto undo = head().get(deleted.location).body;
    const auto at = undo.find("/thung-rac/");
    ASSERT_NE(at, std::string::npos) << undo;
    sent(head(), undo.substr(at, undo.find('"', at) - at), {});
    EXPECT_EQ(asks("leader"), 200) << "and back";
    const auto detached = sent(clerk(), task_path(task, "/tep/" + to_string(file) + "/bo"), {});
    for (const auto* visitor : {"leader", "clerk", "administrator"}) EXPECT_EQ(asks(visitor), 404) << visitor;
    EXPECT_THAT(head().get(task_path(task)).body, Not(HasSubstr("/tep/" + to_string(file))));
    const auto offered = clerk().get(detached.location).body;
    const auto back = offered.find("/thung-rac/");
    ASSERT_NE(back, std::string::npos) << offered;
    const auto take_back = offered.substr(back, offered.find('"', back) - back);
    EXPECT_EQ(send(commune().visitor("other_unit"), take_back, {}).status, 404);
    sent(clerk(), take_back, {});
    EXPECT_EQ(asks("leader"), 200);
    EXPECT_EQ(send(clerk(), take_back, {}).status, 404) << "once";
    // Where the task itself is in the trash, the file has nowhere to go; it stays where it is.
    const auto again = clerk().get(sent(clerk(), task_path(task, "/tep/" + to_string(file) + "/bo"), {}).location).body;
    const auto second = again.substr(again.find("/thung-rac/"), again.find('"', again.find("/thung-rac/")) - again.find("/thung-rac/"));
    sent(head(), task_path(task, "/xoa"), {{"version", desk_->version(task)}});
    EXPECT_EQ(send(clerk(), second, {}).status, 409);
    EXPECT_THAT(clerk().get("/thung-rac").body, HasSubstr("ke-hoach.md"));
    EXPECT_THAT(desk_->events(task), Contains("tasks.file_added"));
    EXPECT_THAT(desk_->events(task), Contains("tasks.file_removed"));
    EXPECT_THAT(desk_->events(task), Contains("identity.deleted"));
    commune().town().read(Id{}, [&](Work& work) {
        for (const auto& line : identity::timeline_of(work, {"tasks.task", work.authority, task}))
            EXPECT_THAT(line.changes_text, Not(HasSubstr("ke-hoach.md"))) << line.event << ": the name of a file can be erased";
    });
}

TEST_P(TasksTest, SearchKnowsATaskAsItStandsNow) {
    const Id task = task_of_clerk("Thu thanh bài hát xẩm");
    const auto finds = [&](const std::string& words) {
        return clerk().get("/tim-kiem?q=" + words).body.find("href=\"" + task_path(task) + "\"") != std::string::npos;
    };
    sent(clerk(), task_path(task, "/muc"), {{"text", "Mượn máy ghi âm"}});
    sent(clerk(), task_path(task, "/y-kien"), {{"text", "Nghệ nhân nhận lời"}});
    sent(clerk(), task_path(task, "/tep"), {}, {Commune::file("files")});
    for (const auto* words : {"bai+hat+xam", "muon+may+ghi+am", "nghe+nhan+nhan+loi", "%22ke-hoach.md%22"}) EXPECT_TRUE(finds(words)) << words;
    sent(head(), task_path(task, "/sua"), {{"version", desk_->version(task)}, {"title", "Thu thanh đờn ca tài tử"}, {"due_on", "20/04/2026"}, {"responsible", person("clerk")}});
    EXPECT_TRUE(finds("don+ca+tai+tu"));
    EXPECT_FALSE(finds("bai+hat+xam"));
    const auto deleted = sent(head(), task_path(task, "/xoa"), {{"version", desk_->version(task)}});
    EXPECT_FALSE(finds("don+ca+tai+tu")) << "in the trash";
    const auto undo = head().get(deleted.location).body;
    const auto at = undo.find("/thung-rac/");
    ASSERT_NE(at, std::string::npos) << undo;
    sent(head(), undo.substr(at, undo.find('"', at) - at), {});
    EXPECT_TRUE(finds("nghe+nhan+nhan+loi")) << "and back, with all it holds";
}

TEST_P(TasksTest, TheBoardIsInTheOrderThatPeopleMake) {
    const Id first = task_of_clerk("Thứ tự 1"), second = task_of_clerk("Thứ tự 2");
    sent(head(), task_path(second, "/doi-cho?xem=bang"), {{"neighbour", to_string(first)}});
    EXPECT_LT(desk_->row(second).number("position"), desk_->row(first).number("position"));
    sent(head(), task_path(first, "/chuyen?xem=bang"), {{"version", "1"}, {"state", "doing"}});
    EXPECT_EQ(status(head(), task_path(first, "/doi-cho?xem=bang"), {{"neighbour", to_string(second)}}), 409) << "no longer in one column";
}

TEST_P(TasksTest, TasksMoveNothingOfTheLine) {
    const auto line = [&] {
        return commune().town().read(Id{}, [&](Work& work) {
            std::string text;
            for (const auto& statement : {"plan.assignments_by_plan", "plan.occurrences_by_plan"})
                for (const auto& row : work.db.query(statement, {work.authority, commune().issued()}))
                    text += to_string(row.id("id")) + row.text("state") + std::to_string(row.number("version")) + "\n";
            for (const auto& row : work.db.query("plan.unit_progress_by_plan", {work.authority, commune().issued()}))
                text += std::to_string(row.number("lines")) + " " + std::to_string(row.number("closed")) + "\n";
            return text;
        });
    };
    const auto before = line();
    sent(head(), task_path(task_of_clerk("Xong cả"), "/chuyen"), {{"version", "1"}, {"state", "done"}});
    EXPECT_EQ(line(), before);
}

TEST_P(TasksTest, TheListIsSentAsAFile) {
    const Id task = task_of_clerk("Viết kịch bản; bản 2");
    sent(clerk(), task_path(task, "/muc"), {{"text", "Mở bài\nThân bài"}});
    const auto file = clerk().get("/cong-viec/xuat?xem=danh-sach&nguoi=tat-ca&dang=csv").body;
    EXPECT_THAT(file, HasSubstr("\"Viết kịch bản; bản 2\";"));
    EXPECT_THAT(file, HasSubstr(";Người clerk;;;20/04/2026;Cần làm;0;2\r\n"));
    EXPECT_THAT(clerk().get("/cong-viec/xuat?xem=danh-sach&nguoi=tat-ca&dang=csv&tinh-trang=dropped").body, Not(HasSubstr("Viết kịch bản")));
    EXPECT_THAT(commune().visitor("other_unit").get("/cong-viec/xuat?don-vi=" + to_string(commune().drafting_unit()) + "&nguoi=tat-ca&dang=csv").body, Not(HasSubstr("Viết kịch bản")))
        << "another unit's";
}

TEST_P(TasksTest, ADoneTaskIsCitedAsEvidenceOnce) {
    const auto line = desk_->line_path().substr(0, desk_->line_path().rfind('/'));
    const Id task = task_of_clerk("Dựng phóng sự <1>"), other = task_of_clerk("Chưa xong");
    EXPECT_THAT(clerk().get(task_path(task)).body, Not(HasSubstr("ho-so="))) << "it is not done";
    const std::string record = "tasks.task:" + to_string(task);
    EXPECT_THAT(clerk().get(line + "?ghi=1").body, Not(HasSubstr(record)));
    sent(clerk(), task_path(task, "/chuyen"), {{"version", desk_->version(task)}, {"state", "done"}});
    const auto cite = clerk().get(task_path(task)).body;
    EXPECT_THAT(cite, HasSubstr("href=\"" + line + "?ghi=1&amp;ho-so=" + record + "#them\""));
    EXPECT_THAT(commune().visitor("leader").get(task_path(task)).body, Not(HasSubstr("ho-so="))) << "she reports nothing";
    // The form knows what the record says of itself.
    const auto form = between(clerk().get(line + "?ghi=1&ho-so=" + record).body, "id=\"them\"", "</form>");
    EXPECT_TRUE(shows(form, "record", record));
    EXPECT_THAT(form, HasSubstr("Công việc đã xong: Dựng phóng sự &lt;1&gt;, 01/04/2026"));
    EXPECT_TRUE(shows(form, "what", "Dựng phóng sự <1>"));
    EXPECT_TRUE(shows(form, "done_on", "01/04/2026"));
    const auto with = [&](const std::string& cited) { return Form{{"what", "Phóng sự đã phát"}, {"done_on", "01/04/2026"}, {"record", cited}}; };
    for (const auto& wrong : {"tasks.task:" + to_string(other), std::string("tasks.task:77"), std::string("plan.plan:" + to_string(commune().issued())), std::string("tasks.task")}) {
        const auto refused = send(clerk(), line + "/minh-chung", with(wrong));
        EXPECT_EQ(refused.status, 422) << wrong;
        EXPECT_THAT(words_of(refused.body), HasSubstr("Hồ sơ đã chọn không dùng được nữa"));
    }
    sent(clerk(), line + "/minh-chung", with(record));
    const auto shown = clerk().get(line).body;
    EXPECT_THAT(shown, HasSubstr("<a href=\"" + task_path(task) + "\">Dựng phóng sự &lt;1&gt;</a>"));
    EXPECT_THAT(shown, Not(HasSubstr("value=\"" + record + "\""))) << "it is cited already";
    EXPECT_EQ(send(clerk(), line + "/minh-chung", with(record)).status, 422) << "one task, one piece";
    const auto piece = [&] {
        return commune().town().read(Id{}, [&](Work& work) {
            const auto row = work.db.query("plan.evidence_by_assignment", {work.authority, desk_->assignment()}).front();
            return std::pair(line + "/minh-chung/" + to_string(row.id("id")), std::to_string(row.number("version")));
        });
    };
    // Sent back, it keeps what it cites, or drops it; what was reopened or deleted is only called what it was called.
    auto [path, version] = piece();
    sent(head(), path + "/tra-lai", {{"version", version}, {"reason", "Thiếu ảnh"}});
    sent(clerk(), task_path(task, "/chuyen"), {{"version", desk_->version(task)}, {"state", "doing"}});
    EXPECT_TRUE(shows(clerk().get(line).body, "record", record));
    auto mended = with(record);
    mended.emplace_back("version", piece().second);
    sent(clerk(), path + "/sua", mended);
    sent(head(), task_path(task, "/xoa"), {{"version", desk_->version(task)}});
    EXPECT_THAT(clerk().get(line).body, HasSubstr("Dựng phóng sự &lt;1&gt; (hồ sơ không còn)"));
    // A piece that was withdrawn holds nothing back.
    sent(clerk(), task_path(other, "/chuyen"), {{"version", desk_->version(other)}, {"state", "done"}});
    const std::string another = "tasks.task:" + to_string(other);
    for (int i = 0; i < 2; ++i) {
        sent(clerk(), line + "/minh-chung", with(another));
        const auto [last, at] = commune().town().read(Id{}, [&](Work& work) {
            for (const auto& row : work.db.query("plan.evidence_by_assignment", {work.authority, desk_->assignment()}))
                if (row.optional_id("record_id") == other && row.text("state") == "submitted") return std::pair(to_string(row.id("id")), std::to_string(row.number("version")));
            return std::pair(std::string(), std::string());
        });
        sent(clerk(), line + "/minh-chung/" + last + "/rut", {{"version", at}, {"reason", "Ghi nhầm"}});
    }
}

LOA_ON_BOTH_ENGINES(TasksTest);

}  // namespace
}  // namespace loa::app
