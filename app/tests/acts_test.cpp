// What administrators do to mail and jobs stands in the timeline, with what it was before.
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ActsTest : public OnBoth {
  protected:
    web::Browser& administrator() { return commune().visitor("administrator"); }
    identity::TimelineLine newest(const std::string& subject_kind) {
        return commune().town().read(Id{}, [&](Work& work) {
            identity::TimelineFilter filter;
            filter.subject_kind = subject_kind;
            const auto lines = identity::timeline_lines(work, filter);
            return lines.empty() ? identity::TimelineLine{} : lines.front();
        });
    }
    Form settings(const std::string& host, const std::string& password, int version) {
        return {{"host", host}, {"port", "587"}, {"security", "starttls"}, {"user", "loa"}, {"password", password}, {"certificate_file", ""},
                {"sender_name", "UBND xã"}, {"sender_address", "loa@example.gov.vn"}, {"site", "https://loa.example.gov.vn"}, {"version", std::to_string(version)}};
    }
};

TEST_P(ActsTest, MailSettingsSayWhatDiffersAndNoPassword) {
    EXPECT_EQ(send(administrator(), "/quan-tri/thu-dien-tu", settings("mail.example.gov.vn", "mật khẩu của máy chủ", 0)).status, 303);
    EXPECT_EQ(send(administrator(), "/quan-tri/thu-dien-tu", settings("thu.example.gov.vn", "mật khẩu khác hẳn", 1)).status, 303);
    const auto line = newest("jobs.mail_settings");
    EXPECT_EQ(line.event, "jobs.mail_settings_changed");
    ASSERT_EQ(line.changes.size(), 2U);
    EXPECT_EQ(line.changes[0].field, "host");
    EXPECT_EQ(line.changes[0].before, "mail.example.gov.vn");
    EXPECT_EQ(line.changes[0].after, "thu.example.gov.vn");
    EXPECT_EQ(line.changes[1].field, "password");
    const auto body = administrator().get("/nhat-ky").body;
    EXPECT_THAT(body, HasSubstr("Đã sửa cách gửi thư điện tử"));
    EXPECT_THAT(body, HasSubstr("Máy chủ thư"));
    EXPECT_THAT(body, Not(HasSubstr("khác hẳn")));
}

TEST_P(ActsTest, ATestMailAndItsEndAreTold) {
    // The other test may have set them already.
    if (newest("jobs.mail_settings").event.empty()) send(administrator(), "/quan-tri/thu-dien-tu", settings("mail.example.gov.vn", "mật khẩu của máy chủ", 0));
    EXPECT_EQ(send(administrator(), "/quan-tri/thu-dien-tu/thu", {{"test_address", "han@example.gov.vn"}}).status, 303);
    const auto posted = newest("jobs.mail");
    EXPECT_EQ(posted.event, "jobs.test_mail_posted");
    const auto path = "/quan-tri/hop-thu-di/" + to_string(posted.subject.id);
    EXPECT_EQ(send(administrator(), path + "/huy", {}).status, 303);
    EXPECT_EQ(newest("jobs.mail").event, "jobs.mail_given_up_by_hand");
    EXPECT_EQ(send(administrator(), path + "/gui-lai", {}).status, 303);
    EXPECT_EQ(newest("jobs.mail").event, "jobs.mail_retried");
    EXPECT_EQ(send(administrator(), path + "/huy", {}).status, 303);
}

TEST_P(ActsTest, WhatIsDoneToAJobIsTold) {
    const Id job = commune().town().write(Id{}, [](Work& work) { return jobs::enqueue(work, "test.nothing", "{}"); });
    const auto path = "/quan-tri/viec-nen/" + to_string(job);
    const auto before = newest("jobs.job").id;
    EXPECT_GE(send(administrator(), path + "/lam-lai", {}).status, 400) << "it waits: there is nothing to do again";
    EXPECT_EQ(newest("jobs.job").id, before);
    commune().database().script("update jobs_job set state = 'dead', reason = 'gave_up', died_at = due_at where id = " + to_string(job));
    EXPECT_EQ(send(administrator(), path + "/bo", {}).status, 303);
    EXPECT_EQ(newest("jobs.job").event, "jobs.job_discarded");
    EXPECT_EQ(newest("jobs.job").subject.id, job);
}

LOA_ON_BOTH_ENGINES(ActsTest);

}  // namespace
}  // namespace loa::app
