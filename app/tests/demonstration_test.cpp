// `loa demo`: an invented commune with a plan in every shape that plans come in, for an empty database only. What each
// plan says is held against its paper, modules/plan/data/demo.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "program.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Told {
    int code = 0;
    std::string out, errors;
};

Told demo(const Registry& registry, web::Services services) {
    for (const auto& command : registry.all<jobs::Command>()) {
        if (command.name != "demo") continue;
        std::ostringstream out, errors;
        jobs::Invocation invocation{{}, out, errors, registry, [&]() -> web::Services& { return services; }};
        const int code = command.run(invocation);
        return {code, out.str(), errors.str()};
    }
    throw Fault("there is no command demo");
}

/// A plan as it was read, line by line: "III.1: leads + partners ? requested · deadline"; "*" is a class of units, "!" a
/// name that nobody bears.
class Paper {
  public:
    Paper(Work& work, const storage::Row& plan) : state(plan.text("state")) {
        const Id id = plan.optional_id("issued_revision_id").value_or(plan.optional_id("draft_revision_id").value_or(Id{}));
        const storage::Values key{work.authority, id};
        const auto revision = work.db.one("plan.revision_by_id", key);
        file = revision->text("file_name");
        revision_state = revision->text("state");
        decision = revision->optional_text("decision").value_or("");
        parties_ = work.db.query("plan.parties_by_revision", key);
        deadlines_ = work.db.query("plan.deadlines_by_revision", key);
        for (const auto& row : work.db.query("plan.activities_by_revision", key))
            activities.push_back(row.text("ordinal") + ":" + line_of("activity_id", row.id("activity_id")));
        for (const auto& row : work.db.query("plan.duties_by_revision", key))
            duties.push_back(line_of("duty_id", row.id("duty_id")));
    }

    std::string file, state, revision_state, decision;
    std::vector<std::string> activities, duties;

  private:
    std::string line_of(const char* column, Id id) {
        std::string line;
        for (const auto& [role, mark] : {std::pair("lead", " "), std::pair("partner", " + "), std::pair("requested", " ? ")}) {
            std::vector<std::string> names;
            for (const auto& party : parties_) {
                if (party.optional_id(column) != id || party.text("role") != role) continue;
                const bool named = party.optional_id("unit_id").has_value(), class_of_units = party.optional_id("group_id").has_value();
                names.push_back(party.text("name") + (class_of_units ? "*" : named ? "" : "!"));
            }
            if (!names.empty()) line += mark + joined(names, ", ");
        }
        for (const auto& deadline : deadlines_)
            if (deadline.optional_id(column) == id) line += " · " + deadline.text("text");
        return line;
    }

    storage::Rows parties_, deadlines_;
};

class DemonstrationTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        set_log_level(Level::Error);
        join_all(registry_, {});
    }

    /// On an evening when all that the demonstration tells of has been done.
    void load_all() {
        told_ = load();
        ASSERT_EQ(told_.code, 0) << told_.errors;
    }

    Told load() { return demo(registry_, {*database_, clock_, ids_}); }

    template <class Step>
    auto read(Step&& step) {
        return database_->read([&](storage::Transaction& transaction) {
            const Work house = identity::system_work(transaction, ids_, clock_.now(), Id{});
            const auto authorities = identity::authorities_on(house, house.today());
            EXPECT_EQ(authorities.size(), 1U);
            Work work = identity::system_work(transaction, ids_, clock_.now(), authorities.front().id);
            return step(work);
        });
    }

    /// Of the whole demonstration; `states` are what it and its revision must be in: "issued, draft".
    Paper loaded(const std::string& file, const std::string& states) {
        load_all();
        Paper found = paper(file);
        EXPECT_EQ(found.state + ", " + found.revision_state, states) << file;
        return found;
    }
    Paper paper(const std::string& file) {
        return read([&](Work& work) {
            storage::ListRequest newest;
            newest.order = "newest";
            newest.limit = 100;
            for (const auto& plan : work.db.list("plan.plans", {work.authority}, newest))
                if (Paper found(work, plan); found.file == file) return found;
            throw Fault("no plan was read from " + file);
        });
    }

    std::unique_ptr<storage::Database> database_;
    FixedClock clock_{start_of(*Date::from(2026, 6, 1)).plus_seconds(20 * 3600)};
    IdSource ids_{1, clock_};
    Registry registry_;
    Told told_;
};

TEST_P(DemonstrationTest, TwelveHamletsAndTwentyPeopleWhoAreToldToTheOperator) {
    load_all();
    read([&](Work& work) {
        const auto units = identity::units_on(work, work.today());
        EXPECT_EQ(std::count_if(units.begin(), units.end(), [](const auto& unit) { return unit.kind == identity::UnitKind::Hamlet; }), 12);
        const auto people = identity::people_list(work, "", 100, 0);
        EXPECT_EQ(people.size(), 20U);
        for (const auto& line : people) {
            EXPECT_EQ(line.memberships.size(), 1U) << line.person.name;
            EXPECT_THAT(told_.out, HasSubstr("  " + line.person.sign_in_name + "\t" + line.person.name + ", "));
        }
    });
    EXPECT_EQ(storage::testing::row_counts(*database_).at("plan_plan"), 4);
}

TEST_P(DemonstrationTest, LabelledBlocksWithTwoLeadsARequestAndAClassAmongTheLeads) {
    const auto plan = loaded("ke-hoach-1-hai-co-quan-chu-tri.md", "draft, draft");
    EXPECT_THAT(plan.activities,
                ElementsAre("III.1: Trung tâm Phục vụ hành chính công xã, Ban Nhân dân các ấp* + Văn phòng HĐND và UBND xã, "
                            "Phòng Văn hóa - Xã hội · Thường xuyên",
                            "III.2: Phòng Văn hóa - Xã hội, Trung tâm Phục vụ hành chính công xã + Đoàn Thanh niên xã, "
                            "Ban Nhân dân các ấp* ? Bưu điện khu vực, Đài Phát thanh và Truyền hình tỉnh "
                            "· Từ tháng 4 đến tháng 12 năm 2026",
                            "III.3: Đoàn Thanh niên xã, Hội Liên hiệp Phụ nữ xã + Công an xã, Trạm Y tế xã · Trước ngày 30/9/2026",
                            "III.4: Văn phòng HĐND và UBND xã + Các hội, đoàn thể*"));
    EXPECT_THAT(plan.duties, ElementsAre(" Phòng Văn hóa - Xã hội · trước ngày 15/12/2026", " Phòng Kinh tế", " Ban Nhân dân các ấp*"));
}

TEST_P(DemonstrationTest, DutiesOnly) {
    const auto plan = loaded("ke-hoach-2-chi-giao-nhiem-vu.md", "draft, under_review");
    EXPECT_THAT(plan.activities, ::testing::IsEmpty());
    EXPECT_THAT(plan.duties,
                ElementsAre(" Văn phòng HĐND và UBND xã · hằng tuần", " Văn phòng HĐND và UBND xã · trước ngày 10/4/2026",
                            " Công an xã · hoàn thành trước ngày 31/3/2026", " Trung tâm Phục vụ hành chính công xã · suốt tháng 3/2026",
                            " Đoàn Thanh niên xã, Hội Nông dân xã · mỗi tuần", " Ban Nhân dân các ấp*", " Bưu điện khu vực"));
}

TEST_P(DemonstrationTest, ADecisionWithItsAnnexInATable) {
    const auto plan = loaded("ke-hoach-3-quyet-dinh-kem-phu-luc.md", "issued, issued");
    EXPECT_THAT(plan.decision, HasSubstr("58/QĐ-UBND"));
    EXPECT_THAT(plan.activities,
                ElementsAre("PL.I.1: Phòng Văn hóa - Xã hội + Công an xã · Quý II/2026",
                            "PL.I.2: Ban Nhân dân các ấp* + Đoàn Thanh niên xã · Trước ngày 30/6/2026",
                            "PL.II.3: Phòng Văn hóa - Xã hội, Đoàn Thanh niên xã + Công an xã, Trạm Y tế xã · Năm 2026 - 2027",
                            "PL.II.4: Trạm Y tế xã · Hằng quý"));
    EXPECT_THAT(plan.duties, ElementsAre(" Phòng Văn hóa - Xã hội · trước ngày 20/12 hằng năm", " Ban Nhân dân các ấp*"));
}

TEST_P(DemonstrationTest, AWordFileWithATableAndCellsThatSpanRows) {
    const auto plan = loaded("ke-hoach-4-docx.docx", "issued, issued");
    EXPECT_THAT(plan.activities,
                ElementsAre("IV.A.1: Phòng Văn hóa - Xã hội + Ban Nhân dân các ấp* ? Đài Phát thanh và Truyền hình tỉnh "
                            "· Từ tháng 02 đến tháng 12/2026",
                            "IV.A.2: Phòng Văn hóa - Xã hội + Đoàn Thanh niên xã, Công an xã · Trước ngày 31/3/2026",
                            "IV.B.3: Trung tâm Phục vụ hành chính công xã + Phòng Kinh tế, Ban Nhân dân các ấp* · Quý I/2026",
                            "IV.B.4: Trung tâm Phục vụ hành chính công xã + Trạm Y tế xã, Công an xã, Hội Liên hiệp Phụ nữ xã "
                            "? Bưu điện khu vực · Hằng tháng",
                            "IV.B.5: Phòng Kinh tế + Hội Nông dân xã · Quý II và Quý III năm 2026",
                            "IV.C.6: Văn phòng HĐND và UBND xã + Đoàn Thanh niên xã, Trung tâm Phục vụ hành chính công xã · Tháng 4/2026",
                            "IV.C.7: Hội Liên hiệp Phụ nữ xã + Ủy ban Mặt trận Tổ quốc Việt Nam xã, Hội Nông dân xã, "
                            "Ban Nhân dân các ấp* · Xong trước ngày 20/10/2026"));
    EXPECT_EQ(plan.duties.size(), 10U);
    EXPECT_THAT(plan.duties, ::testing::Contains(" Bưu điện khu vực, Đài Phát thanh và Truyền hình tỉnh"));
}

TEST_P(DemonstrationTest, WhatLiesAheadHasNotBeenDoneYet) {
    for (const auto& [day, state, evidence] :
         {std::tuple(*Date::from(2026, 3, 19), "issued", 4), std::tuple(*Date::from(2026, 1, 15), "draft", 0)}) {
        database_ = storage::testing::fresh_database(GetParam());
        clock_.set(start_of(day).plus_seconds(8 * 3600));
        load_all();
        EXPECT_EQ(paper("ke-hoach-3-quyet-dinh-kem-phu-luc.md").state, state) << day.vietnamese();
        EXPECT_EQ(storage::testing::row_counts(*database_).at("plan_evidence"), evidence) << day.vietnamese();
    }
}

TEST_P(DemonstrationTest, LoadedAgainItStaysAsItIs) {
    load_all();
    const auto before = storage::testing::row_counts(*database_);
    const auto again = load();
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.out, HasSubstr("there already"));
    EXPECT_EQ(storage::testing::row_counts(*database_), before);
}

LOA_ON_BOTH_ENGINES(DemonstrationTest);

class NoDemonstrationTest : public OnBoth {};

TEST_P(NoDemonstrationTest, ADatabaseWithPeoplesWorkIsRefusedAndLeftAsItIs) {
    const auto state = commune().state();
    const auto counts = storage::testing::row_counts(commune().database());
    const auto told = demo(commune().registry(), {commune().database(), commune().town().clock(), commune().town().ids()});
    EXPECT_EQ(told.code, jobs::exit_code(Reason::Conflict));
    EXPECT_EQ(told.out, "");
    EXPECT_THAT(told.errors, HasSubstr("trống"));
    EXPECT_EQ(commune().changes_since(state), "");
    EXPECT_EQ(storage::testing::row_counts(commune().database()), counts);
}

LOA_ON_BOTH_ENGINES(NoDemonstrationTest);

}  // namespace
}  // namespace loa::app
