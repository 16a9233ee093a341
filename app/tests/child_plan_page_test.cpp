// The pages of a lower committee's plan, above and below, for each who may come to them.
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using identity::Role;
using ::testing::HasSubstr;
using ::testing::Not;

/// The other authority is a ward of the first one: its unit has one line of the issued plan, and its officer is a member of both.
class ChildPlanPageTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        auto& above = commune_->town();
        auto& ward = commune_->elsewhere();
        unit_ = above.write(Id{}, [&](Work& work) {
            return identity::create_unit(work, {.parent = above.root(), .kind = identity::UnitKind::Commune, .name = "UBND phường Tân Châu",
                                                .valid_from = *Date::from(2020, 1, 1), .represents_authority = ward.authority()})
                .value();
        });
        office_ = ward.office("Văn phòng phường");
        officer_.emplace(commune_->add_person(ward, "ward.officer", office_, {Role::Clerk}));
        commune_->add_person(ward, "ward.leader", ward.root(), {Role::Leader});
        above.write(Id{}, [&](Work& work) {
            LOA_CHECK(identity::add_membership(work, {commune_->person("ward.officer"), unit_, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
        });
        path_ = "/ke-hoach/" + to_string(commune_->issued());
        const auto drafted = sent(commune_->visitor("clerk"), path_ + "/nhiem-vu-bo-sung",
                                  {{"title", "Phát tờ gấp tại phường"}, {"unit", to_string(unit_)}, {"topic", to_string(commune_->topic())},
                                   {"channel", to_string(commune_->channel())}, {"deadline", "trước ngày 30/11"}}).location;
        sent(commune_->visitor("leader"), drafted + "/giao", {{"version", "1"}});
    }

    void act_for(identity::testing::Town& town) { sent(*officer_, "/-/co-quan", {{"authority", to_string(town.authority())}}); }
    std::string made() {
        act_for(commune_->town());
        const auto path = sent(*officer_, path_ + "/cap-duoi", {{"unit", to_string(unit_)}}).location;
        commune_->run_jobs();
        return path;
    }

    std::unique_ptr<Commune> commune_;
    std::optional<web::Browser> officer_;
    Id unit_, office_;
    std::string path_;
};

TEST_P(ChildPlanPageTest, OnePressLeadsFromTheDutiesIntoTheWardsDraft) {
    act_for(commune_->town());
    const auto duties = officer_->get("/viec-don-vi").body;
    EXPECT_THAT(duties, HasSubstr("Lập kế hoạch của UBND phường Tân Châu"));
    EXPECT_THAT(commune_->visitor("other_unit").get("/viec-don-vi").body, Not(HasSubstr("cap-duoi"))) << "an office stands for nobody";
    const auto child = made();
    const auto page = officer_->get(child);
    EXPECT_EQ(page.status, 200) << "she is at work for her ward now";
    EXPECT_THAT(words_of(page.body), HasSubstr("Thực hiện"));
    EXPECT_THAT(page.body, HasSubstr("15/KH-UBND"));
    EXPECT_THAT(officer_->get(child + "/ra-soat").body, HasSubstr("Phát tờ gấp tại phường"));
    EXPECT_EQ(officer_->get(child + "/cap-tren").status, 200);
    act_for(commune_->town());
    EXPECT_THAT(officer_->get("/viec-don-vi").body, HasSubstr("Mở kế hoạch của đơn vị"));
    EXPECT_EQ(made(), child);
}

TEST_P(ChildPlanPageTest, WhoSeesWhat) {
    const auto child = made();
    for (const auto& name : commune_->visitor_names()) {
        auto& visitor = commune_->visitor(name);
        const auto plan = visitor.get(path_).body;
        const auto page = visitor.get(path_ + "/cap-duoi");
        const bool reads = name == "clerk" || name == "office_head" || name == "leader" || name == "auditor";
        EXPECT_EQ(page.status == 200, reads) << name << " " << page.status;
        EXPECT_EQ(page.body.find("UBND phường Tân Châu") != std::string::npos, reads) << name;
        EXPECT_EQ(plan.find(path_ + "/cap-duoi") != std::string::npos, reads) << name << ": the panel of the plan's page";
        if (name == "other_authority") continue;  // a clerk of the ward's own committee
        for (const char* part : {"", "/ra-soat", "/cap-tren", "/cap-duoi"})
            EXPECT_NE(visitor.get(child + part).status, 200) << name << " " << part;
    }
    EXPECT_THAT(words_of(commune_->visitor("leader").get(path_ + "/cap-duoi").body), HasSubstr("Đang soạn thảo"));
    act_for(commune_->town());
    EXPECT_EQ(officer_->get(path_ + "/cap-duoi").status, 403) << "nor does a ward look at the others";
    EXPECT_EQ(send(commune_->visitor("clerk"), path_ + "/cap-duoi", {{"unit", to_string(unit_)}}).status, 403) << "makes no plan for a ward";
}

TEST_P(ChildPlanPageTest, WhatTheWardDidIsShownAndNotRecordedAgain) {
    const auto child = made();
    const Id plan = *parse_id(std::string_view(child).substr(child.rfind('/') + 1));
    auto& ward = commune_->elsewhere();
    const auto one = [&](const char* statement, const storage::Values& rest, const char* column) {
        return ward.read(Id{}, [&](Work& work) {
            storage::Values values{work.authority};
            values.insert(values.end(), rest.begin(), rest.end());
            return work.db.query(statement, values).front().id(column);
        });
    };
    const auto number = [&](const char* statement, const storage::Values& rest, const char* column) {
        return ward.read(Id{}, [&](Work& work) {
            storage::Values values{work.authority};
            values.insert(values.end(), rest.begin(), rest.end());
            return std::to_string(work.db.query(statement, values).front().number(column));
        });
    };
    const Id revision = one("plan.plan_by_id", {plan}, "draft_revision_id");
    const Id activity = one("plan.activities_by_revision", {revision}, "activity_id");
    const auto version = [&] { return number("plan.revision_by_id", {revision}, "version"); };
    const auto activity_version = [&] { return number("plan.activities_by_revision", {revision}, "version"); };
    sent(*officer_, child + "/bo-sung/" + to_string(activity), {{"version", activity_version()}, {"leads", to_string(office_)}});
    sent(*officer_, child + "/ra-soat/van-ban", {{"version", "1"}, {"title", "Tuyên truyền năm 2026"}, {"symbol", "KH-UBND"}});
    sent(*officer_, child + "/ra-soat/muc-xac-nhan/legal_basis", {{"version", version()}});
    sent(*officer_, child + "/ra-soat/hoat-dong/" + to_string(activity) + "/xac-nhan", {{"version", activity_version()}});
    sent(*officer_, child + "/chuyen-ra-soat", {{"version", version()}});
    web::Browser leader(commune_->dispatcher());
    sent(leader, "/dang-nhap", {{"sign_in_name", "ward.leader"}, {"password", Commune::password()}});
    sent(leader, child + "/duyet", {{"version", version()}});
    sent(*officer_, child + "/ban-hanh", {{"version", version()}, {"number", "21"}, {"issued_on", "01/04/2026"}});
    commune_->run_jobs();
    const auto seen = words_of(commune_->visitor("leader").get(path_ + "/cap-duoi").body);
    EXPECT_THAT(seen, HasSubstr("21/KH-UBND"));
    EXPECT_THAT(seen, HasSubstr("Phát tờ gấp tại phường"));
    // What the sums are made of, and who has a plan.
    const auto below = commune_->visitor("leader").get(path_ + "/cap-duoi").body;
    const auto subject = link_in(between(below, "href=\"" + path_ + "/cap-duoi?viec=", "</a>"));
    const auto behind = commune_->visitor("leader").get(subject);
    ASSERT_EQ(behind.status, 200) << subject;
    EXPECT_THAT(words_of(behind.body), HasSubstr("UBND phường Tân Châu Đã xong 0/1"));
    EXPECT_EQ(commune_->visitor("leader").get(path_ + "/cap-duoi?viec=77").status, 404);
    EXPECT_EQ(commune_->visitor("other_unit").get(subject).status, 403);
    EXPECT_THAT(words_of(below), HasSubstr("Tất cả (1) Đã ban hành (1) Chưa ban hành (0)"));
    EXPECT_THAT(words_of(commune_->visitor("leader").get(path_ + "/cap-duoi?tinh-trang=chua-ban-hanh").body), HasSubstr("Không có đơn vị nào ở tình trạng này"));

    act_for(commune_->town());
    const auto line = commune_->town().read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()}))
            if (row.id("unit_id") == unit_) return path_ + "/viec/" + to_string(row.id("id"));
        return std::string();
    });
    const auto page = officer_->get(line).body;
    EXPECT_THAT(words_of(page), HasSubstr("Thực hiện theo kế hoạch của đơn vị"));
    EXPECT_THAT(page, Not(HasSubstr("id=\"them\"")));
    const auto refused = send(*officer_, line + "/minh-chung", {{"version", "1"}, {"what", "Đã phát 500 tờ gấp"}, {"done_on", "01/04/2026"}}, {Commune::file("files")});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(words_of(refused.body), HasSubstr("theo kế hoạch số 21/KH-UBND"));
    EXPECT_THAT(refused.body, HasSubstr("Đã phát 500 tờ gấp")) << "what was typed is kept";
}

TEST_P(ChildPlanPageTest, AnAdministratorSaysWhomAUnitStandsFor) {
    auto& administrator = commune_->visitor("administrator");
    const auto path = "/don-vi/" + to_string(unit_);
    const auto form = between(administrator.get(path).body, "action=\"" + path + "/dai-dien\"", "</form>");
    EXPECT_TRUE(shows(form, "authority", to_string(commune_->elsewhere().authority()))) << form;
    EXPECT_EQ(between(commune_->visitor("clerk").get(path).body, "action=\"" + path + "/dai-dien\"", "</form>"), "") << "others read it only";
    const auto refused = send(administrator, path + "/dai-dien", {{"version", "1"}, {"authority", to_string(commune_->town().authority())}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(between(refused.body, "action=\"" + path + "/dai-dien\"", "</form>"), HasSubstr("aria-invalid"));
    sent(administrator, path + "/dai-dien", {{"version", "1"}, {"authority", ""}});
    EXPECT_THAT(words_of(administrator.get(path).body), HasSubstr("Không đại diện cho"));
    act_for(commune_->town());
    EXPECT_THAT(officer_->get("/viec-don-vi").body, Not(HasSubstr("/cap-duoi"))) << "there is nobody to make a plan for";
}

LOA_ON_BOTH_ENGINES(ChildPlanPageTest);

}  // namespace
}  // namespace loa::app
