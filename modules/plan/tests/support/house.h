// An invented commune for the tests of actions, with the demonstration's first plan on the way.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "actions.h"
#include "loa/base/embedded.h"
#include "loa/formats/read_document.h"
#include "loa/identity/people.h"
#include "loa/identity/testing.h"
#include "loa/identity/units.h"
#include "loa/storage/testing.h"
#include "names.h"
#include "queries.h"

namespace loa::plan::testing {

using identity::Role;
using identity::UnitKind;
using identity::testing::Town;

/// The invented commune with its offices, hamlets and people; one of them drafts the demonstration's first plan.
class HouseTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        town_ = std::make_unique<Town>(*database_, "xã Bình Hòa Trung");
        town_->clock().set(start_of(*Date::from(2026, 4, 1)).plus_seconds(8 * 3600));
        culture_ = town_->office("Phòng Văn hóa - Xã hội");
        office_ = town_->office("Văn phòng HĐND và UBND xã");
        economy_ = town_->office("Phòng Kinh tế");
        centre_ = town_->office("Trung tâm Phục vụ hành chính công xã");
        youth_ = town_->unit(UnitKind::MassOrganisation, "Đoàn Thanh niên xã");
        women_ = town_->unit(UnitKind::MassOrganisation, "Hội Liên hiệp Phụ nữ xã");
        police_ = town_->unit(UnitKind::Force, "Công an xã");
        for (const char* name : {"Ban Nhân dân ấp Một", "Ban Nhân dân ấp Hai", "Ban Nhân dân ấp Ba"})
            hamlets_.push_back(town_->unit(UnitKind::Hamlet, name));
        town_->write(Id{}, [](Work& work) {
            LOA_CHECK(identity::create_group(work, {.name = "Ban Nhân dân các ấp", .kinds = {UnitKind::Hamlet}}));
            LOA_CHECK(identity::create_group(work, {.name = "Các hội, đoàn thể", .kinds = {UnitKind::MassOrganisation}}));
            ship_catalogues(work);
        });
        clerk_ = town_->person("Nguyễn Ngọc Hân", culture_, Role::Clerk);
        second_ = town_->person("Phạm Văn Lực", culture_, Role::OfficeHead);
        stranger_ = town_->person("Bùi Thanh Sang", economy_, Role::Clerk);
        leader_ = town_->leader();
    }

    Id import() {
        const auto* file = embedded_file("modules/plan/data/demo/ke-hoach-1-hai-co-quan-chu-tri.md");
        LOA_CHECK(file != nullptr);
        return import_text(file->bytes);
    }

    Id import_text(std::string_view text) {
        return town_->write(clerk_, [&](Work& work) {
            const auto document = formats::read_document(text, "ke-hoach.md");
            LOA_CHECK(document);
            ImportPlan input;
            input.reading = read_plan(*document, agency_names(work));
            input.lines = document->lines;
            input.file_name = "ke-hoach.md";
            input.drafting_unit = culture_;
            auto plan = import_plan(work, input);
            LOA_CHECK(plan);
            return *plan;
        });
    }

    Content draft_of(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return content_of(work, *plan_by_id(work, plan)->draft_revision); });
    }
    Content issued_of(Id plan) {
        return town_->read(clerk_, [&](Work& work) { return content_of(work, *plan_by_id(work, plan)->issued_revision); });
    }
    /// A unit's line; by itself that of the second activity of the demonstration's first plan, "mỗi tháng ít nhất 02
    /// bài", April to December, two leads.
    Assignment line_of(Id plan, Id unit, std::size_t activity = 1) {
        const Id id = issued_of(plan).activities.at(activity).id;
        return town_->read(clerk_, [&](Work& work) {
            for (const auto& assignment : assignments_by_plan(work, plan))
                if (assignment.activity == id && assignment.unit == unit) return assignment;
            return Assignment{};
        });
    }

    /// What the clerk's act comes to.
    template <class Act>
    auto act(Act&& what) {
        return town_->write(clerk_, std::forward<Act>(what));
    }
    /// An item as it is now.
    template <class Item>
    static ItemRef ref(Id plan, const Item& item) {
        return {plan, item.id, item.review.version};
    }
    /// The words of an activity as its form would send them back.
    static ActivityWords words_of(const ActivityText& activity) {
        ActivityWords words;
        words.ordinal = activity.ordinal;
        words.title = activity.title;
        words.content = activity.content.value_or("");
        for (const auto& party : activity.parties) {
            auto& of_role = party.role == PartyRole::Lead ? words.leads : party.role == PartyRole::Partner ? words.partners : words.requested;
            of_role.push_back(party.name);
        }
        for (const auto& target : activity.targets) words.targets.push_back(target.text);
        for (const auto& product : activity.products) words.products.push_back(product.text);
        if (activity.deadline) words.deadline = activity.deadline->text;
        return words;
    }

    /// Names the demonstration's outside bodies and the rest, and confirms all.
    void review(Id plan) {
        for (;;) {
            std::string open;
            const Content content = draft_of(plan);
            const auto look = [&](const std::vector<Party>& parties) {
                for (const auto& party : parties)
                    if (!party.resolved()) open = party.name;
            };
            for (const auto& activity : content.activities) look(activity.parties);
            for (const auto& duty : content.duties) look(duty.parties);
            if (open.empty()) break;
            ASSERT_TRUE(town_->write(clerk_, [&](Work& work) {
                return resolve_name(work, {plan, open, ResolveName::As::OutsideBody, {}, {}});
            })) << open;
        }
        town_->write(clerk_, [&](Work& work) {
            const Content content = content_of(work, *plan_by_id(work, plan)->draft_revision);
            ASSERT_TRUE(correct_document(work, {plan, content.revision.head_version, content.revision.head}));
            for (const auto kind : clause_kinds()) ASSERT_TRUE(confirm_clauses(work, {plan}, kind));
            for (const auto& activity : content.activities)
                ASSERT_TRUE(confirm_activity(work, {plan, activity.id, activity.review.version}));
            ASSERT_TRUE(confirm_duties(work, {plan}));
        });
    }

    std::int64_t version(Id plan) { return draft_of(plan).revision.version; }

    Id issue() {
        const Id plan = import();
        issue(plan, "15", "31/03/2026");
        return plan;
    }
    /// The draft, all the way from the desk into force.
    void issue(Id plan, const std::string& number, const std::string& day) {
        review(plan);
        EXPECT_TRUE(act([&](Work& work) { return submit_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(town_->write(leader_, [&](Work& work) { return approve_plan(work, {plan, version_in(work, plan), ""}); }));
        EXPECT_TRUE(act([&](Work& work) { return issue_plan(work, {plan, version_in(work, plan), number, day}); }));
    }
    void amend(Id plan) {
        EXPECT_TRUE(act([&](Work& work) { return amend_plan(work, {plan, plan_by_id(work, plan)->version, ""}); }));
    }

    static Revision draft_of_in(Work& work, Id plan) { return revision_by_id(work, *plan_by_id(work, plan)->draft_revision); }
    static std::int64_t version_in(Work& work, Id plan) { return draft_of_in(work, plan).version; }

    std::vector<UnitLine> lines(Id person, Id unit) {
        return town_->read(person, [&](Work& work) { return lines_of_unit(work, unit); });
    }

    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<Town> town_;
    Id culture_, office_, economy_, centre_, youth_, women_, police_, clerk_, second_, stranger_, leader_;
    std::vector<Id> hamlets_;
};

}  // namespace loa::plan::testing
