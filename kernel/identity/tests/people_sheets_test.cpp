// People from spreadsheets: bad rows first, then who is made and invited, and what goes out and comes in again.
#include "loa/identity/people_sheets.h"

#include <ctime>

#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/join.h"
#include "loa/identity/timeline.h"
#include "loa/identity/unit_sheets.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<formats::Sheet> sheets_of(const std::string& csv) { return formats::read_spreadsheet(csv, "nguoi-dung.csv").value(); }

#if defined(LOA_SANITIZED)
constexpr std::clock_t kMostSeconds = 100;  // of the processor, for a hundred thousand rows
#else
constexpr std::clock_t kMostSeconds = 20;
#endif
const std::string kHeadings = "Họ và tên;Tên đăng nhập;Thư điện tử;Đơn vị;Vai trò;Chức vụ;Từ ngày;Đến ngày\n";

class PeopleSheets : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!IsSkipped()) office_ = town().office("Phòng Văn hóa - Xã hội", "Phòng VH-XH");
    }
    PeopleTrial tried(const std::vector<formats::Sheet>& sheets) {
        return town().read(town().administrator(), [&](Work& work) {
            const auto trial = try_people_import(work, sheets);
            EXPECT_EQ(problem(trial), "");
            return trial ? *trial : PeopleTrial{};
        });
    }
    PeopleTrial tried(const std::string& rows) { return tried(sheets_of(kHeadings + rows)); }
    /// "B3 key", row by row.
    std::vector<std::string> faults(const std::string& rows) {
        std::vector<std::string> found;
        for (const BadRow& row : tried(rows).bad)
            for (const auto& fault : row.faults) found.push_back(fault.cell + " " + fault.problem.key.substr(fault.problem.key.find('.') + 1));
        return found;
    }
    std::vector<std::string> proposals(const std::string& rows) {
        std::vector<std::string> names;
        for (const PersonPlan& plan : tried(rows).plans) names.push_back(plan.person.sign_in_name);
        return names;
    }
    Id keep(const std::string& rows, Id person) {
        return town().write(person, [&](Work& work) {
            const auto trial = try_people_import(work, sheets_of(kHeadings + rows));
            return keep_people_import(work, "a.csv", kHeadings + rows, trial.value()).value();
        });
    }
    std::string apply(Id id, Id person, std::string hash = "") {
        if (hash.empty()) hash = town().read(town().administrator(), [&](Work& work) { return kept_people_import(work, id)->sha256; });
        const auto step = [&](storage::Transaction& transaction) {
            Work work = town().work_of(transaction, person);
            return problem(apply_people_import(work, *town().keys(), id, hash));
        };
        return database().write(step);
    }
    std::string import(const std::string& rows) { return apply(keep(rows, town().administrator()), town().administrator()); }
    std::optional<Person> person(const std::string& sign_in_name) {
        return town().read(Id{}, [&](Work& work) { return person_by_sign_in_name(work, sign_in_name); });
    }
    std::size_t people() {
        return town().read(Id{}, [&](Work& work) { return people_list(work, "", 10'000, 0).size(); });
    }

    Id office_;
};

TEST_P(PeopleSheets, ProposesNamesAsOfficesWriteThem) {
    EXPECT_EQ(proposed_sign_in_name("Nguyễn Ngọc Hân"), "hannn");
    EXPECT_EQ(proposed_sign_in_name("ĐẶNG  Thị Mỹ Duyên"), "duyendtm");
    EXPECT_EQ(proposed_sign_in_name("Y Wơ"), "woy");
    EXPECT_EQ(proposed_sign_in_name("=1+1"), "");
    EXPECT_EQ(proposed_sign_in_name(""), "");
    town().write(town().administrator(), [&](Work& work) {
        return create_person(work, {.name = "Người khác", .sign_in_name = "hannn", .unit = office_, .valid_from = day(2021, 1, 1)}).value();
    });
    EXPECT_THAT(proposals("Nguyễn Ngọc Hân;;;Phòng VH-XH;;;;\nNguyễn Ngọc Hân;;;Phòng VH-XH;Trưởng đơn vị;;;\nNông Nhã Hân;hannn3;;Phòng VH-XH;;;;\nAn;;;Phòng VH-XH;;;;\n"),
                ElementsAre("hannn2", "hannn4", "hannn3", "an2"))
        << "past who has it already, in the country and in the file";
}

TEST_P(PeopleSheets, EveryFaultIsSaidWithItsCellAndNothingIsChanged) {
    const Id outside = town().unit(UnitKind::OutsideBody, "Báo Đồng Tháp");
    EXPECT_TRUE(outside);
    EXPECT_TRUE(town().administrator()) << "the one who tries the file is one of the people";
    const auto before = people();
    EXPECT_THAT(faults("An Văn Bình;X;a@b@c;Phòng không có;Vua;;32/01/2025;hôm nào\n"),
                ElementsAre("B2 malformed_sign_in_name", "C2 malformed_email", "E2 import_role_unknown", "G2 import_day_unknown", "H2 import_day_unknown", "D2 import_unit_unknown"));
    EXPECT_THAT(faults(";;;Phòng VH-XH;;;;\nA Bình;;;;;;;\n"), ElementsAre("A2 import_person_missing", "D3 import_unit_missing"));
    EXPECT_THAT(faults("A Bình;;;Báo Đồng Tháp;;;;\n"), ElementsAre("D2 outside_body_has_no_accounts"));
    EXPECT_THAT(faults("A Bình;;;Phòng VH-XH;;;01/01/2019;\n"), ElementsAre("G2 unit_not_open"));
    EXPECT_THAT(faults("A Bình;;;Phòng VH-XH;;;05/02/2021;04/02/2021\n"), ElementsAre("H2 ends_before_it_begins"));
    EXPECT_THAT(faults("A Bình;binh;;Phòng VH-XH;;;;\nB Bình;BINH;;Phòng VH-XH;;;;\n"), ElementsAre("B3 import_sign_in_name_twice"));
    EXPECT_THAT(faults("A Bình;;;Phòng VH-XH;;;;\nA BÌNH;;;phòng vh-xh;;;;\n"), ElementsAre("A3 import_person_twice"));
    EXPECT_THAT(faults("A Bình;;b@example.vn;Phòng VH-XH;;;;\nC Cúc;;B@EXAMPLE.VN;Phòng VH-XH;;;;\n"), ElementsAre("C3 import_email_twice"));
    EXPECT_THAT(faults("123;;;Phòng VH-XH;;;;\n"), ElementsAre("B2 import_nothing_to_propose"));
    EXPECT_EQ(people(), before);
}

TEST_P(PeopleSheets, NamesAndAddressesOfOthersAreRefused) {
    EXPECT_EQ(import("Lê Thị Bình;binh;binh@example.vn;Phòng VH-XH;;;01/01/2022;\n"), "");
    EXPECT_THAT(faults("Võ Bình;binh;;Phòng VH-XH;;;;\n"), ElementsAre("B2 import_sign_in_name_taken"));
    EXPECT_THAT(faults("Lê Thị Bình;binh;;Phòng VH-XH;Trưởng đơn vị;;;\n"), ElementsAre("B2 import_sign_in_name_taken")) << "another role is given on her page";
    EXPECT_THAT(faults("Võ Cúc;;Binh@example.vn;Phòng VH-XH;;;;\n"), ElementsAre("C2 import_email_taken"));
    testing::Town other(database(), "thị xã Tân Châu");
    other.write(other.administrator(), [&](Work& work) {
        return create_person(work, {.name = "Bà Xa", .sign_in_name = "xa.la", .unit = other.root(), .valid_from = day(2021, 1, 1)}).value();
    });
    EXPECT_THAT(faults("Bà Xa;xa.la;;Phòng VH-XH;;;;\n"), ElementsAre("B2 import_sign_in_name_taken")) << "of another authority";
}

TEST_P(PeopleSheets, PeopleAreMadeAndInvitedOnce) {
    const std::string rows = "Nguyễn Ngọc Hân;;han@example.vn;Phòng VH-XH;Cán bộ, công chức;Chuyên viên;01/02/2022;31/12/2030\nVõ Văn Thư;thu.vv;;Phòng Văn hóa - Xã hội;Trưởng đơn vị;;;\n";
    const Id id = keep(rows, town().administrator());
    EXPECT_FALSE(person("hannn")) << "nothing before a yes";
    EXPECT_EQ(apply(id, town().administrator()), "");
    town().read(town().administrator(), [&](Work& work) {
        const auto han = person_by_sign_in_name(work, "hannn");
        EXPECT_EQ(han->email, "han@example.vn");
        const auto held = memberships_of_person(work, han->id, day(2023, 1, 1));
        EXPECT_EQ(held.size(), 1U);
        EXPECT_EQ(held[0].unit, office_);
        EXPECT_EQ(held[0].position, "Chuyên viên");
        EXPECT_EQ(held[0].valid_to, day(2031, 1, 1)) << "the last day is hers";
        EXPECT_TRUE(work.db.one("identity.last_account_link", {han->id, "invitation"}));
        EXPECT_EQ(timeline_of(work, {"identity.person", work.authority, han->id}).size(), 3U) << "made, placed, invited";
        const auto thu = person_by_sign_in_name(work, "thu.vv");
        EXPECT_EQ(memberships_of_person(work, thu->id, work.today()).at(0).role, Role::OfficeHead);
        EXPECT_EQ(timeline_of(work, {"identity.person", work.authority, thu->id}).size(), 2U) << "nowhere to invite him";
        EXPECT_EQ(timeline_of(work, {"identity.people_import", work.authority, id}).size(), 1U);
    });
    const auto count = people();
    EXPECT_EQ(apply(id, town().administrator()), ":identity.import_applied_already");
    EXPECT_EQ(tried(rows).unchanged, 2U) << "the same file again does nothing, though it has no sign-in name";
    EXPECT_EQ(tried(rows).plans.size(), 0U);
    EXPECT_EQ(people(), count);
}

TEST_P(PeopleSheets, AWeekAfterItWasAppliedTheFileIsEmptied) {
    const Id administrator = town().administrator();
    const Id id = keep("Nguyễn Ngọc Hân;;han@example.vn;Phòng VH-XH;;;;\n", administrator);
    EXPECT_EQ(apply(id, administrator), "");
    Registry registry;
    registry.add(town().keys());
    join(registry);
    const auto clean_up = [&](std::int64_t seconds) {
        town().clock().set(town().clock().now().plus_seconds(seconds));
        town().write(Id{}, [](Work& work) { jobs::enqueue(work, "identity.forget_unit_imports", "{}"); });
        jobs::run_due_jobs(registry, web::Services{database(), town().clock(), town().ids()});
        return town().read(administrator, [&](Work& work) { return work.db.one("identity.import", {work.authority, id, "people"})->text("content"); });
    };
    EXPECT_NE(clean_up(7 * 24 * 3600 - 1), "");
    EXPECT_EQ(clean_up(1), "");
    town().read(administrator, [&](Work& work) { EXPECT_FALSE(kept_people_import(work, id)) << "over, like one that was never applied"; });
    EXPECT_TRUE(person("hannn"));
}

TEST_P(PeopleSheets, ExactlyWhatWasShownIsDone) {
    const std::string rows = "Nguyễn Ngọc Hân;;;Phòng VH-XH;;;;\n";
    const Id administrator = town().administrator();
    Id id = keep(rows, administrator);
    EXPECT_EQ(apply(id, administrator, "0123"), ":identity.import_other_file");
    EXPECT_EQ(apply(id, town().leader()), ":base.forbidden");
    EXPECT_EQ(apply(id, town().person("Võ Văn Khác", town().root(), Role::Administrator)), ":base.not_found") << "another's trial";
    town().write(administrator, [&](Work& work) {
        return create_person(work, {.name = "Ai Đó", .sign_in_name = "hannn", .unit = office_, .valid_from = day(2021, 1, 1)}).value();
    });
    EXPECT_EQ(apply(id, administrator), ":identity.import_people_changed") << "the proposed name is gone";
    EXPECT_FALSE(person("hannn2"));
    id = keep(rows, administrator);
    EXPECT_EQ(apply(id, administrator), "");
    EXPECT_TRUE(person("hannn2"));
}

TEST_P(PeopleSheets, WhatGoesOutComesInUnchanged) {
    EXPECT_EQ(import("Nguyễn Ngọc Hân;;han@example.vn;Phòng VH-XH;;\"Chuyên viên; tổ trưởng\";01/02/2022;31/12/2030\n=HYPERLINK(1) Thư;thu.vv;;Phòng VH-XH;Trưởng đơn vị;;;\n"), "");
    const auto table = town().read(town().administrator(), [&](Work& work) { return people_table(work); });
    const std::string xlsx = formats::write_xlsx({table}), csv = formats::write_csv(table);
    for (const auto& [bytes, name] : {std::pair(xlsx, "a.xlsx"), std::pair(csv, "a.csv")}) {
        const auto trial = tried(formats::read_spreadsheet(bytes, name).value());
        EXPECT_TRUE(trial.sound()) << name;
        EXPECT_EQ(trial.unchanged, table.rows.size()) << name;
        EXPECT_THAT(trial.plans, IsEmpty()) << name;
        EXPECT_EQ(trial.formulas, 0U) << name;
    }
    const auto bytes = formats::write_xlsx(town().read(town().administrator(), [&](Work& work) { return people_template(work); }));
    const auto sheets = formats::read_spreadsheet(bytes, "mau.xlsx").value();
    EXPECT_EQ(sheets.size(), 2U);
    EXPECT_EQ(tried(sheets).plans.size(), 1U) << "the template is sound";
}

TEST_P(PeopleSheets, FilesWithoutATableOrWithTooMuchAreRefusedBeforeTheDatabaseIsAsked) {
    const auto refusal = [&](const std::string& csv) {
        return town().read(town().administrator(), [&](Work& work) { return problem(try_people_import(work, sheets_of(csv))); });
    };
    EXPECT_EQ(refusal("a;b\n1;2\n"), "file:identity.import_no_person_headings");
    EXPECT_EQ(refusal("Họ và tên;Vai trò;Vai trò\nA;;\n"), "file:identity.import_heading_twice");
    EXPECT_EQ(refusal(kHeadings), "file:identity.import_no_rows");
    std::string huge = kHeadings;
    for (int i = 0; i < 100'000; ++i) huge += "Nguyễn Văn A;;a@example.vn;Phòng VH-XH;;;;\n";
    const std::clock_t begin = std::clock();  // of the processor: a busy machine only waits
    EXPECT_EQ(refusal(huge), "file:identity.import_too_many_people");
    EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, kMostSeconds);
}

TEST_P(PeopleSheets, FormulasMergedAndFaultyCells) {
    using formats::CellKind;
    formats::Sheet sheet{"Người", false, {}};
    sheet.rows.push_back({1, false, {{0, CellKind::Text, false, false, "Họ và tên"}, {1, CellKind::Text, false, false, "Đơn vị"}, {2, CellKind::Text, false, false, "Từ ngày"}}});
    sheet.rows.push_back({2, false, {{0, CellKind::Text, true, false, "Lê Bình"}, {1, CellKind::Text, false, true, "Phòng VH-XH"}, {2, CellKind::Day, false, false, "05/01/2024"}}});
    EXPECT_EQ(tried({sheet}).plans.size(), 1U);
    EXPECT_EQ(tried({sheet}).formulas, 1U);
    sheet.rows.push_back({3, false, {{0, CellKind::Text, false, true, "Lê Bình"}, {1, CellKind::Error, false, false, "#REF!"}, {2, CellKind::Number, false, false, "45839"}}});
    sheet.rows.push_back({4, false, {{0, CellKind::Text, true, false, ""}, {1, CellKind::Text, false, false, "Phòng VH-XH"}}});
    std::vector<std::string> found;
    for (const BadRow& row : tried({sheet}).bad)
        for (const auto& fault : row.faults) found.push_back(fault.cell + " " + fault.problem.key);
    EXPECT_THAT(found, ElementsAre("A3 identity.import_merged_name", "B3 identity.import_cell_error", "C3 identity.import_day_is_number", "A4 identity.import_formula_empty"));
}

TEST_P(PeopleSheets, OfManyPeopleOfOneNameEachGetsAnotherSignInName) {
    std::string rows;
    constexpr int kPeople = 300;
    for (int i = 0; i < kPeople; ++i) rows += "Nguyễn Văn An;;an" + std::to_string(i) + "@example.vn;Tổ " + std::to_string(i) + ";;;;\n";
    town().write(Id{}, [&](Work& work) {
        std::string units = "Tên đơn vị;Loại\n";
        for (int i = 0; i < kPeople; ++i) units += "Tổ " + std::to_string(i) + ";Phòng\n";
        const auto trial = try_import(work, formats::read_spreadsheet(units, "a.csv").value());
        return problem(carry_out_import(work, trial.value()));
    });
    EXPECT_EQ(import(rows), "");
    EXPECT_TRUE(person("annv"));
    EXPECT_TRUE(person("annv300"));
    EXPECT_FALSE(person("annv301"));
}

LOA_ON_BOTH_ENGINES(PeopleSheets);

}  // namespace
}  // namespace loa::identity
