// Committees below the commune of house.h, each with an office, an officer and a unit that stands for it above: for tests of
// their own plans.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "child_plan.h"
#include "child_report.h"
#include "evidence.h"
#include "house.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/runner.h"

namespace loa::plan::testing {

inline const std::string kPaper =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH HÒA TRUNG\n\nSố: /KH-UBND\n\nBình Hòa Trung, ngày tháng 3 năm 2026\n\n## KẾ HOẠCH\n"
    "### Tuyên truyền cải cách hành chính trên địa bàn xã Bình Hòa Trung năm 2026\n\n### I. HOẠT ĐỘNG\n\n"
    "#### 1. Phát thanh về thủ tục hành chính\n\n- Cơ quan chủ trì: UBND phường An Lộc.\n"
    "- Nội dung: Soạn, thu âm bài hướng dẫn ngắn; mỗi tháng ít nhất 02 bài.\n- Thời gian: Từ tháng 4 đến tháng 12 năm 2026.\n\n"
    "#### 2. Tổ chức hội thi\n\n- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.\n- Cơ quan phối hợp: UBND phường An Lộc, UBND phường An Thạnh.\n"
    "- Thời gian: Quý III năm 2026.\n\n"
    "#### 3. Niêm yết thủ tục\n\n- Cơ quan chủ trì: Phòng Kinh tế.\n- Thời gian: Quý IV năm 2026.\n";

class ChildHouseTest : public HouseTest {
  protected:
    void SetUp() override {
        HouseTest::SetUp();
        if (!database_) return;
        lower_ = std::make_unique<Lower>(*database_, "phường An Lộc");
        other_ = std::make_unique<Lower>(*database_, "phường An Thạnh");
        for (auto* each : {lower_.get(), other_.get()}) {
            each->town.clock().set(town_->clock().now());
            each->office = each->town.office("Văn phòng HĐND và UBND phường");
            each->officer = each->town.person("Người " + each->place, each->office, Role::Clerk);
            each->unit = town_->write(Id{}, [&](Work& work) {
                return identity::create_unit(work, {.parent = town_->root(), .kind = UnitKind::Commune, .name = "UBND " + each->place,
                                                    .valid_from = *Date::from(2020, 1, 1), .represents_authority = each->town.authority()})
                    .value();
            });
            town_->write(Id{}, [&](Work& work) {
                LOA_CHECK(identity::add_membership(work, {each->officer, each->unit, Role::Clerk, "", *Date::from(2020, 1, 1), std::nullopt, std::nullopt}));
            });
        }
        join_child_reports(registry_);
        plan_ = import_text(kPaper);
        issue(plan_, "15", "31/03/2026");
    }

    /// A committee below, with one office and one officer, who is a member above too.
    struct Lower {
        Lower(storage::Database& database, std::string name) : place(std::move(name)), town(database, place) {}
        std::string place;
        Town town;
        Id unit, office, officer;  // the unit stands for it above
    };

    Result<MadeChild> make(Id person, Id unit) {
        return town_->write(person, [&](Work& work) { return make_child_plan(work, plan_, unit); });
    }
    Id made(Lower& lower) { return make(lower.officer, lower.unit).value().plan; }
    template <class Act>
    auto below(Lower& lower, Act&& act) {
        return lower.town.write(lower.officer, std::forward<Act>(act));
    }
    Content draft_below(Lower& lower, Id plan) {
        return lower.town.read(lower.officer, [&](Work& work) { return content_of(work, *plan_by_id(work, plan)->draft_revision); });
    }
    void lead_all(Lower& lower, Id plan) {
        for (const auto& activity : draft_below(lower, plan).activities)
            EXPECT_TRUE(below(lower, [&](Work& work) {
                return complete_activity(work, {.plan = plan, .activity = activity.id, .version = activity.review.version, .leads = {lower.office},
                                                .topics = activity.topics, .channels = activity.channels});
            }));
    }
    void issue_below(Lower& lower, Id plan, const std::string& number) {
        lead_all(lower, plan);
        EXPECT_TRUE(below(lower, [&](Work& work) { return confirm_all(work, plan); }));
        EXPECT_TRUE(below(lower, [&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(lower.town.write(lower.town.leader(), [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(below(lower, [&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), number, "01/04/2026"}); }));
        run_jobs();
    }
    void run_jobs() { jobs::run_due_jobs(registry_, {*database_, town_->clock(), town_->ids()}); }

    Assignment line_below(Lower& lower, Id plan, std::size_t activity) {
        return lower.town.read(lower.officer, [&](Work& work) {
            const Id id = content_of(work, *plan_by_id(work, plan)->issued_revision).activities.at(activity).id;
            for (const auto& line : assignments_by_plan(work, plan))
                if (line.activity == id && line.state != AssignmentState::Ended) return line;
            return Assignment{};
        });
    }
    static EvidenceWords words(Work& work, const Assignment& line, const std::string& amount) {
        EvidenceWords words;
        words.what = "Phát bài hướng dẫn";
        words.done_on = "01/04/2026";
        words.number_source = "Sổ nhật ký phát sóng";
        const auto targets = targets_by_assignment(work, line.id);
        if (!targets.empty() && !amount.empty()) words.quantities = {{targets.front().id, amount}};
        return words;
    }
    /// Recorded and confirmed by the committee's own office.
    Id done_below(Lower& lower, Id plan, std::size_t activity, const std::string& amount) {
        const Assignment line = line_below(lower, plan, activity);
        return below(lower, [&](Work& work) {
            const Id evidence = submit_evidence(work, {plan, line.id, std::nullopt}, words(work, line, amount), {}).value();
            LOA_CHECK(confirm_evidence(work, {plan, line.id, evidence, 1}));
            return evidence;
        });
    }
    static Id line_below_in(Work& work, Id plan, Id evidence) {
        const auto piece = evidence_by_id(work, evidence);
        LOA_CHECK(piece && plan);
        return piece->assignment;
    }
    Assignment line_above(Id unit, std::size_t activity = 0) { return line_of(plan_, unit, activity); }
    Result<Id> record_above(Id person, const Assignment& line, const std::string& amount) {
        return town_->write(person, [&](Work& work) { return submit_evidence(work, {plan_, line.id, std::nullopt}, words(work, line, amount), {}); });
    }
    /// Of the first target of a line above: all that is done, and what of it came from below.
    std::pair<double, double> done_above(const Assignment& line) {
        return town_->read(clerk_, [&](Work& work) {
            const auto targets = targets_by_assignment(work, line.id);
            return targets.empty() ? std::pair(-1.0, -1.0) : std::pair(targets.front().done, targets.front().below);
        });
    }
    std::vector<ChildLine> lines_done_below() {
        return town_->read(clerk_, [&](Work& work) { return child_lines(work, plan_); });
    }
    std::string state_of(const Lower& lower) {
        for (const auto& unit : town_->read(clerk_, [&](Work& work) { return lower_units(work, plan_); }))
            if (unit.unit == lower.unit) return unit.state ? std::string(text_of(*unit.state)) + " " + unit.number : "none";
        return "not there";
    }
    std::vector<std::string> events(Town& town, Id person, const Ref& subject) {
        return town.read(person, [&](Work& work) {
            std::vector<std::string> names;
            for (const auto& line : identity::timeline_of(work, subject)) names.push_back(line.event);
            return names;
        });
    }
    static std::string key_of(const Failure& failure) { return failure.problems.empty() ? "" : failure.problems.front().key; }

    Registry registry_;
    std::unique_ptr<Lower> lower_, other_;
    Id plan_;
};

}  // namespace loa::plan::testing
