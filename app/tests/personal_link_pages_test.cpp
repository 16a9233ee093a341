// The pages by which somebody without an account answers, and those of who gives the links.
#include <algorithm>

#include "loa/base/text.h"
#include "loa/jobs/queue.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Lines are reported and links revoked, so this has a commune of its own.
class PersonalLinkPagesTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        base_ = commune_->answer_path();
        line_ = base_ + "/" + to_string(commune_->hamlet_line());
        list_ = "/ke-hoach/" + to_string(commune_->issued()) + "/lien-ket";
    }

    web::Browser phone() { return web::Browser(commune_->dispatcher()); }
    std::string version() {
        const Id line = commune_->hamlet_line();
        return commune_->town().read(Id{}, [&](Work& work) {
            return std::to_string(work.db.one("plan.assignment_by_id", {work.authority, commune_->issued(), line})->number("version"));
        });
    }
    storage::Rows evidence() {
        const Id line = commune_->hamlet_line();
        return commune_->town().read(Id{}, [&](Work& work) { return work.db.query("plan.evidence_by_assignment", {work.authority, line}); });
    }
    Form answer(const std::string& what) {
        return {{"version", version()}, {"what", what}, {"done_on", "01/04/2026"}, {"place", "Nhà văn hóa ấp"}};
    }
    std::string link_version() {
        return commune_->town().read(Id{}, [&](Work& work) {
            return std::to_string(work.db.query("plan.personal_links_by_plan", {work.authority, commune_->issued()}).front().number("version"));
        });
    }

    std::unique_ptr<Commune> commune_;
    std::string base_, line_, list_;
};

TEST_P(PersonalLinkPagesTest, TheListIsFilteredByUnitAndState) {
    auto& clerk = commune_->visitor("clerk");
    const auto shows_holder = [&](const std::string& query) { return words_of(clerk.get(list_ + query).body).find("Nguyễn Văn Út") != std::string::npos; };
    EXPECT_TRUE(shows_holder(""));
    EXPECT_TRUE(shows_holder("?tinh-trang=con-han"));
    EXPECT_FALSE(shows_holder("?tinh-trang=thu-hoi"));
    EXPECT_FALSE(shows_holder("?don-vi=77"));
    EXPECT_THAT(words_of(clerk.get(list_ + "?don-vi=77").body), HasSubstr("Không có liên kết nào đúng với bộ lọc"));
}

TEST_P(PersonalLinkPagesTest, ReadingChangesNothingAndShowsTheUnitsLinesAlone) {
    auto phone = this->phone();
    const auto before = commune_->state();
    const auto list = phone.get(base_);
    ASSERT_EQ(list.status, 200) << list.body;
    EXPECT_THAT(words_of(list.body), HasSubstr("Nguyễn Văn Út"));
    EXPECT_THAT(list.body, HasSubstr("href=\"" + line_ + "\""));
    EXPECT_THAT(list.body, Not(HasSubstr("Phòng Kinh tế")));
    EXPECT_EQ(list.header("X-Robots-Tag"), "noindex, nofollow");
    EXPECT_EQ(list.header("Cache-Control"), "no-store");
    EXPECT_EQ(list.header("Referrer-Policy"), "same-origin");
    const auto page = phone.get(line_);
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, Not(HasSubstr("<script"))) << "whole without";
    EXPECT_THAT(page.body, Not(HasSubstr("href=\"/ke-hoach")));
    EXPECT_EQ(commune_->changes_since(before), "");
    const auto other = base_ + "/" + to_string(commune_->line().assignment);
    EXPECT_EQ(phone.get(other).status, 404) << "another unit's";
    EXPECT_EQ(phone.get(base_ + "/1").status, 404);
    for (const char* act : {"/nhan-viec", "/tra-viec", "/bao-xong", "/minh-chung"}) {
        auto form = answer("Không phải việc của ấp");
        form.emplace_back("reason", "Thử");
        EXPECT_EQ(send(phone, other + act, form).status, 404) << act;
    }
    EXPECT_EQ(commune_->changes_since(before), "");
}

TEST_P(PersonalLinkPagesTest, AnUnknownAnExpiredAndARevokedLinkAreTheSame) {
    auto phone = this->phone();
    const auto unknown = phone.get("/tra-loi/" + to_string(commune_->town().authority()) + "/" + std::string(40, '0'));
    ASSERT_EQ(unknown.status, 404);
    EXPECT_THAT(words_of(unknown.body), HasSubstr("đề nghị cơ quan đã gửi cấp lại liên kết"));
    const auto plain = [](const web::Browser::Answer& answer) { return words_of(between(answer.body, "<main", "</main>")); };
    EXPECT_EQ(phone.get(base_).status, 200);
    EXPECT_EQ(send(commune_->visitor("clerk"), list_ + "/" + to_string(commune_->personal_link()) + "/thu-hoi", {{"version", link_version()}}).status, 303);
    EXPECT_EQ(plain(phone.get(base_)), plain(unknown)) << "revoked";
    EXPECT_EQ(plain(phone.get(line_)), plain(unknown));
    const auto before = commune_->state();
    for (const char* act : {"/nhan-viec", "/tra-viec", "/bao-xong", "/minh-chung"}) EXPECT_EQ(send(phone, line_ + act, answer("Muộn"), {Commune::file("files")}).status, 404) << act;
    EXPECT_EQ(commune_->changes_since(before), "");
    const auto renewed = send(commune_->visitor("clerk"), list_ + "/" + to_string(commune_->personal_link()) + "/cap-lai", {{"version", link_version()}, {"expires_on", "10/04/2026"}});
    ASSERT_EQ(renewed.status, 200) << renewed.body;
    const auto at = renewed.body.find("/tra-loi/");
    const auto address = renewed.body.substr(at, renewed.body.find_first_of("\n<& ", at) - at);
    EXPECT_EQ(phone.get(address).status, 200);
    commune_->pass_time(10 * 24 * 3600);
    EXPECT_EQ(plain(phone.get(address)), plain(unknown)) << "expired";
}

TEST_P(PersonalLinkPagesTest, AnswersAreTakenOnceAndShownWithTheirSender) {
    auto phone = this->phone();
    ASSERT_EQ(phone.get(line_).status, 200);
    EXPECT_EQ(send(phone, line_ + "/nhan-viec", {{"version", version()}}).location, line_ + "?da=nhan");
    EXPECT_THAT(words_of(phone.get(line_ + "?da=nhan").body), HasSubstr("đơn vị nhận việc này"));
    EXPECT_THAT(phone.get(line_ + "?da=%3Cb%3E").body, Not(HasSubstr("note--ok")));
    auto form = answer("Đã treo bảng mã QR");
    form.emplace_back("request_id", "mot-lan-gui-thoi");
    const auto first = phone.post(line_ + "/minh-chung", form, {Commune::file("files")});
    ASSERT_EQ(first.status, 303) << words_of(first.body);
    const auto second = phone.post(line_ + "/minh-chung", form, {Commune::file("files")});
    EXPECT_EQ(second.location, first.location) << "tapped twice";
    ASSERT_EQ(evidence().size(), 1u);
    EXPECT_EQ(evidence().front().id("personal_link_id"), commune_->personal_link());
    const auto own = words_of(phone.get(line_).body);
    EXPECT_THAT(own, HasSubstr("Đã treo bảng mã QR"));
    EXPECT_THAT(own, HasSubstr("ke-hoach.md"));

    const auto officers = "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(commune_->hamlet_line());
    const auto page = words_of(commune_->visitor("clerk").get(officers).body);
    EXPECT_THAT(page, HasSubstr("qua liên kết cá nhân của Nguyễn Văn Út"));
    EXPECT_THAT(page, HasSubstr("Dùng lần cuối lúc"));
    const auto piece = officers + "/minh-chung/" + to_string(evidence().front().id("id"));
    const auto refused = send(commune_->visitor("clerk"), piece + "/xac-nhan", {{"version", "1"}});
    EXPECT_EQ(refused.status, 409) << "who gave the link";
    EXPECT_THAT(words_of(refused.body), HasSubstr("hoặc gửi qua liên kết do ông/bà cấp"));
    EXPECT_EQ(send(commune_->visitor("office_head"), piece + "/xac-nhan", {{"version", "1"}}).status, 303);
    EXPECT_THAT(words_of(phone.get(line_).body), HasSubstr("Đã xác nhận"));
    EXPECT_EQ(send(phone, line_ + "/minh-chung/" + to_string(evidence().front().id("id")) + "/rut", {{"version", "2"}, {"reason", "Nhầm"}}).status, 403);
    const Id line = commune_->hamlet_line();
    const auto occurrence = commune_->town().read(Id{}, [&](Work& work) { return work.db.query("plan.occurrences_by_assignment", {work.authority, line}).front(); });
    EXPECT_EQ(send(phone, line_ + "/bao-xong", {{"occurrence", to_string(occurrence.id("id"))}, {"version", std::to_string(occurrence.number("version"))}}).location, line_ + "?da=bao");
    // A stranger without the link has neither the file nor the list.
    const Id sent_piece = evidence().front().id("id");
    const auto file = commune_->town().read(Id{}, [&](Work& work) { return work.db.query("media.files_of_owner", {work.authority, "plan.evidence", sent_piece}).front().id("id"); });
    EXPECT_NE(phone.get("/tep/" + to_string(file)).status, 200);
}

TEST_P(PersonalLinkPagesTest, WhoIsSignedInActsByTheLinkAllTheSameAndReadsItInHerLanguage) {
    auto auditor = commune_->sign_in_again("auditor");  // who may report nothing herself
    auditor.set_cookie("loa_language", "en");
    const auto page = auditor.get(line_);
    ASSERT_EQ(page.status, 200);
    EXPECT_THAT(words_of(page.body), HasSubstr("This link is good until the end of"));
    ASSERT_EQ(send(auditor, line_ + "/minh-chung", answer("Đã treo bảng"), {}).status, 303);
    ASSERT_EQ(evidence().size(), 1u);
    EXPECT_EQ(evidence().front().number("submitted_by"), 0);
    EXPECT_EQ(evidence().front().id("personal_link_id"), commune_->personal_link());
}

TEST_P(PersonalLinkPagesTest, ARefusedFormComesBackAsItWasTyped) {
    auto phone = this->phone();
    ASSERT_EQ(phone.get(line_).status, 200);
    struct Form422 {
        const char* act;
        Form form;
        const char* says;
    };
    const Form422 forms[] = {{"/minh-chung", {{"version", version()}, {"what", ""}, {"done_on", "30/02/2026"}, {"place", "Chợ Gò Tre"}, {"link", "javascript:alert(1)"}}, "Nhập việc đã làm"},
                             {"/tra-viec", {{"version", version()}, {"reason", " "}}, "lý do"}};
    for (const auto& [act, form, says] : forms) {
        const auto before = commune_->state();
        const auto answer = send(phone, line_ + act, form);
        EXPECT_EQ(answer.status, 422) << act;
        EXPECT_THAT(answer.body, HasSubstr("<title>Lỗi: "));
        EXPECT_THAT(words_of(answer.body), HasSubstr(says)) << act;
        const auto summary = between(answer.body, "role=\"alert\"", "</ul>");
        EXPECT_THAT(leading_nowhere(answer.body, summary), IsEmpty()) << summary;
        const auto begin = answer.body.find("action=\"" + line_ + act + "\"");
        const auto shown = answer.body.substr(begin, answer.body.find("</form>", begin) - begin);
        for (const auto& [name, value] : form)
            EXPECT_TRUE(name == "version" || shows(shown, name, value)) << name << "\n" << shown;
        EXPECT_EQ(commune_->changes_since(before), "");
    }
    const auto stale = send(phone, line_ + "/nhan-viec", {{"version", "77"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_THAT(words_of(stale.body), HasSubstr("Trang đang cho thấy bản mới nhất"));
}

TEST_P(PersonalLinkPagesTest, TheSecretIsShownOnceAndContactsAreMasked) {
    const auto secret = base_.substr(base_.rfind('/') + 1);
    ASSERT_EQ(secret.size(), 40u);
    for (const auto& path : {list_, "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(commune_->hamlet_line())}) {
        const auto page = commune_->visitor("clerk").get(path).body;
        EXPECT_THAT(page, Not(HasSubstr(secret)));
        EXPECT_THAT(page, Not(HasSubstr("0912345678")));
        EXPECT_THAT(page, HasSubstr("••• 678"));
        EXPECT_THAT(page, HasSubstr("Nguyễn Văn Út"));
    }
    for (const char* visitor : {"auditor", "other_unit", "editor"}) EXPECT_THAT(commune_->visitor(visitor).get(list_).body, Not(HasSubstr("Nguyễn Văn Út"))) << visitor;
    EXPECT_THAT(commune_->state(), Not(HasSubstr(secret)));
    const auto timeline = commune_->visitor("auditor").get("/nhat-ky").body;
    EXPECT_THAT(words_of(timeline), HasSubstr("Đã cấp liên kết cá nhân"));
    EXPECT_THAT(timeline, Not(HasSubstr("0912345678")));
}

TEST_P(PersonalLinkPagesTest, TheContactIsForgottenByTheDailyJob) {
    EXPECT_EQ(send(commune_->visitor("clerk"), list_ + "/" + to_string(commune_->personal_link()) + "/thu-hoi", {{"version", link_version()}}).status, 303);
    commune_->pass_time(32 * 24 * 3600);
    commune_->town().write(Id{}, [](Work& work) {
        Work everywhere = work;
        everywhere.authority = Id{};
        jobs::enqueue(everywhere, "plan.forget_contacts", "{}");
    });
    commune_->run_jobs();
    commune_->run_jobs();
    commune_->town().read(Id{}, [&](Work& work) {
        const auto link = work.db.query("plan.personal_links_by_plan", {work.authority, commune_->issued()}).front();
        EXPECT_FALSE(link.optional_text("contact").has_value());
        EXPECT_EQ(link.text("holder_name"), "Nguyễn Văn Út");
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, PersonalLinkPagesTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
