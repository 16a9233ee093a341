// Units from spreadsheets: bad rows first, then what goes out and comes in again.
#include "loa/identity/unit_sheets.h"

#include <ctime>

#include "loa/formats/read_spreadsheet.h"
#include "loa/formats/testing.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/unit_figures.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<formats::Sheet> sheets_of(const std::string& csv) { return formats::read_spreadsheet(csv, "don-vi.csv").value(); }

#if defined(LOA_SANITIZED)
constexpr std::clock_t kMostSeconds = 100;  // of the processor, for a hundred thousand rows
#else
constexpr std::clock_t kMostSeconds = 20;
#endif
const std::string kHeadings = "Tên đơn vị;Tên viết tắt;Loại;Đơn vị cấp trên;Ngày bắt đầu;Số người;Dân số;Tên gọi khác\n";

class UnitSheets : public OnEngine {
  protected:
    ImportTrial tried(const std::vector<formats::Sheet>& sheets) {
        return town().read(Id{}, [&](Work& work) {
            const auto trial = try_import(work, sheets);
            EXPECT_EQ(problem(trial), "");
            return trial ? *trial : ImportTrial{};
        });
    }
    ImportTrial tried(const std::string& rows) { return tried(sheets_of(kHeadings + rows)); }
    /// "B3 column:key", row by row.
    std::vector<std::string> faults(const std::string& rows) {
        std::vector<std::string> found;
        for (const BadRow& row : tried(rows).bad)
            for (const auto& fault : row.faults) found.push_back(fault.cell + " " + fault.problem.key.substr(fault.problem.key.find('.') + 1));
        return found;
    }
    std::string import(const std::string& rows) {
        return town().write(Id{}, [&](Work& work) {
            const auto trial = try_import(work, sheets_of(kHeadings + rows));
            return trial ? problem(carry_out_import(work, *trial)) : problem(trial);
        });
    }
    std::vector<std::string> names() {
        return town().read(Id{}, [&](Work& work) {
            std::vector<std::string> found;
            for (const auto& node : unit_tree(work, work.today())) found.push_back(std::string(static_cast<std::size_t>(node.depth), '-') + node.unit.name);
            return found;
        });
    }
    std::string digest() {
        return town().read(Id{}, [&](Work& work) { return digest_of_units(work); });
    }
};

TEST_P(UnitSheets, EveryFaultIsSaidWithItsCellAndNothingIsChanged) {
    const std::string before = digest();
    EXPECT_THAT(faults("Phòng A;;Không biết;;32/13/2025;hai;-5;\n"), ElementsAre("C2 import_kind_unknown", "E2 import_day_unknown", "F2 import_no_number", "G2 import_no_number"));
    EXPECT_THAT(faults(";X;Phòng;;;;;\n"), ElementsAre("A2 import_name_missing"));
    EXPECT_THAT(faults("Phòng A;;;;;;;\n"), ElementsAre("C2 import_kind_missing"));
    EXPECT_THAT(faults("Phòng A;;Phòng;Xã không có;;;;\n"), ElementsAre("D2 import_parent_unknown"));
    EXPECT_THAT(faults("Phòng A;;Phòng;Xã không có;01/07/2020;;;\n"), ElementsAre("D2 import_parent_unknown")) << "since when it is there is not known either";
    EXPECT_THAT(faults("Phòng A;;Phòng;phòng a;;;;\n"), ElementsAre("D2 import_below_itself"));
    EXPECT_THAT(faults("Phòng A;;Phòng;;;;;\nPHÒNG A;;Phòng;;;;;\n"), ElementsAre("A3 import_double"));
    EXPECT_THAT(faults("A;;Phòng;B;;;;\nB;;Phòng;C;;;;\nC;;Phòng;A;;;;\nD;;Phòng;A;;;;\n"), ElementsAre("D2 import_ring", "D3 import_ring", "D4 import_ring"));
    EXPECT_THAT(faults("Phòng A;;Phòng;;02/02/2024;;;\n"), ElementsAre("E2 import_day_ahead"));
    EXPECT_THAT(faults("Xã A;;Xã;;01/06/2023;;;\nKhóm 1;;Khóm;Xã A;01/05/2023;;;\n"), ElementsAre("E3 import_before_parent"));
    EXPECT_THAT(faults("UBND xã Khác;;Ủy ban nhân dân;;;;;\n"), ElementsAre("C2 second_root"));
    EXPECT_THAT(faults("Xã A;;Xã;;;;;\nXã B;;Xã;;;;;\nTrạm Y tế;;Trung tâm;Xã A;;;;\nTrạm Y tế;;Trung tâm;Xã B;;;;\nTổ 1;;Phòng;Trạm Y tế;;;;\nTổ 2;;Phòng;Xã B > Trạm Y tế;;;;\n"),
                ElementsAre("D6 import_parent_ambiguous"));
    EXPECT_THAT(faults("Phòng A;;Phòng;;;;;Phòng B\nPhòng B;;Phòng;;;;;\n"), ElementsAre("H2 name_means_another"));
    EXPECT_EQ(digest(), before);
    EXPECT_THAT(names(), ElementsAre("Ủy ban nhân dân thành phố Hồng Ngự"));
}

TEST_P(UnitSheets, FilesWithoutATableAreRefused) {
    const auto refusal = [&](const std::string& csv) {
        return town().read(Id{}, [&](Work& work) { return problem(try_import(work, sheets_of(csv))); });
    };
    EXPECT_EQ(refusal("a;b\n1;2\n"), "file:identity.import_no_headings");
    EXPECT_EQ(refusal("Tên đơn vị;Loại;Loại\nA;Phòng;\n"), "file:identity.import_heading_twice");
    EXPECT_EQ(refusal(kHeadings), "file:identity.import_no_rows");
}

TEST_P(UnitSheets, HeadingsOfEitherLanguageInAnyOrderBelowATitle) {
    const auto trial = tried(sheets_of("DANH SÁCH ĐƠN VỊ;;\n;;\nKind;STT;unit name;Trực thuộc\nhamlet;1;Khóm 1;xã  BÌNH THẠNH\ncommune;2;Xã Bình Thạnh;\n"));
    EXPECT_EQ(trial.created, 2U);
    EXPECT_EQ(trial.plans[0].unit.name, "Xã Bình Thạnh") << "parents first, though further below";
    EXPECT_EQ(trial.plans[1].unit.parent, trial.plans[0].unit.id);
    EXPECT_EQ(trial.plans[1].number, 4);
}

TEST_P(UnitSheets, CellsOfWorkbooks) {
    using formats::CellKind;
    formats::Sheet sheet{"Đơn vị", false, {}};
    sheet.rows.push_back({1, false, {{0, CellKind::Text, false, false, "Tên đơn vị"}, {1, CellKind::Text, false, false, "Loại"}, {2, CellKind::Text, false, false, "Ngày bắt đầu"}, {3, CellKind::Text, false, false, "Số người"}}});
    sheet.rows.push_back({2, false, {{0, CellKind::Text, true, false, "Phòng A"}, {1, CellKind::Text, false, true, "Phòng"}, {2, CellKind::Day, false, false, "05/01/2024 09:40"}, {3, CellKind::Number, false, false, "12"}}});
    EXPECT_EQ(tried({sheet}).created, 1U);
    EXPECT_EQ(tried({sheet}).formulas, 1U);
    sheet.rows.push_back({3, false, {{0, CellKind::Text, false, true, "Phòng A"}, {1, CellKind::Error, false, false, "#REF!"}, {2, CellKind::Number, false, false, "45839"}, {3, CellKind::Number, true, false, "1.5"}}});
    sheet.rows.push_back({4, false, {{0, CellKind::Text, true, false, ""}, {1, CellKind::Text, false, false, "Phòng"}}});
    std::vector<std::string> found;
    for (const BadRow& row : tried({sheet}).bad)
        for (const auto& fault : row.faults) found.push_back(fault.cell + " " + fault.problem.key);
    EXPECT_THAT(found, ElementsAre("A3 identity.import_merged_name", "B3 identity.import_cell_error", "C3 identity.import_day_is_number", "D3 identity.import_no_number",
                                   "A3 identity.import_double", "A4 identity.import_formula_empty"));
    sheet.hidden = true;
    EXPECT_EQ(town().read(Id{}, [&](Work& work) { return problem(try_import(work, {sheet})); }), "file:identity.import_no_headings");
}

TEST_P(UnitSheets, NewUnitsBecomeATreeWithAllThatIsSaidOfThem) {
    EXPECT_EQ(import("Trạm Y tế;TYT;Trung tâm;Phường An Lộc;01/02/2021;1.200;;Trạm xá;\nPhường An Lộc;P. An Lộc;Phường;;01/01/2021;;14 500;\n"), "");
    EXPECT_THAT(names(), ElementsAre("Ủy ban nhân dân thành phố Hồng Ngự", "-Phường An Lộc", "--Trạm Y tế"));
    town().read(Id{}, [&](Work& work) {
        const auto units = units_on(work, work.today());
        EXPECT_EQ(units[1].short_name, "P. An Lộc");
        EXPECT_EQ(units[1].kind, UnitKind::Commune);
        EXPECT_EQ(units[1].valid_from, day(2021, 1, 1));
        EXPECT_EQ(units[1].population, 14'500);
        EXPECT_EQ(figure_on(work, units[2].id, FigureKind::Headcount, day(2021, 2, 1)), 1200);
        EXPECT_EQ(timeline_of(work, {"identity.unit", work.authority, units[2].id}).size(), 2U) << "made, and another name";
    });
}

TEST_P(UnitSheets, RowsThatAreThereAreUpdatedOrReported) {
    const Id office = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
    EXPECT_EQ(import("PHÒNG VH&TT;;;;;14;;Phòng VHTT\n"), "");
    EXPECT_EQ(import("phòng vhtt;Phòng VHTT-TT;Phòng;;01/01/2020;;;\n"), "") << "found by its alias";
    EXPECT_THAT(names(), ElementsAre("Ủy ban nhân dân thành phố Hồng Ngự", "-Phòng Văn hóa và Thông tin"));
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(unit_by_id(work, office)->short_name, "Phòng VHTT-TT");
        EXPECT_EQ(unit_by_id(work, office)->headcount, 14);
    });
    EXPECT_THAT(faults("Phòng VHTT;;Trường;;02/01/2020;;;\n"), ElementsAre("C2 import_other_kind", "E2 import_other_day"));
    EXPECT_THAT(faults("Phòng VHTT;;;;;;;\nPhòng Văn hóa và Thông tin;;;;;;;\n"), ElementsAre("A3 import_double")) << "one unit by two names";
    EXPECT_THAT(faults("Phòng VHTT;Tên nữa;;;;;;\n"), ElementsAre("B2 import_renamed_today"));
    EXPECT_EQ(tried("Phòng VHTT;;;;;14;;Phòng VHTT\n").unchanged, 1U);
}

TEST_P(UnitSheets, WhatGoesOutComesInUnchanged) {
    EXPECT_EQ(import("Phường An Lộc;P. An Lộc;Phường;;01/01/2021;;14500;\"Phường 1; An Lộc\"\n"
                     "Phường An Thạnh;;Phường;;;;;\nTrạm Y tế;;Trung tâm;Phường An Lộc;;12;;\nTrạm Y tế;;Trung tâm;Phường An Thạnh;;;;\n"
                     "Tổ dược;;Phòng;Phường An Thạnh > Trạm Y tế;;;;\n\"Tổ \"\"Một cửa\"\"; tầng 1\";;Phòng;;;;;\n"),
              "");
    const std::string before = digest();
    const auto table = town().read(Id{}, [&](Work& work) { return unit_table(work, work.today()); });
    EXPECT_EQ(table.rows[0][3], "");
    const std::string xlsx = formats::write_xlsx({table}), csv = formats::write_csv(table);
    for (const auto& [bytes, name] : {std::pair(xlsx, "a.xlsx"), std::pair(csv, "a.csv")}) {
        const auto trial = tried(formats::read_spreadsheet(bytes, name).value());
        EXPECT_TRUE(trial.sound()) << name;
        EXPECT_EQ(trial.unchanged, 7U) << name;
        EXPECT_EQ(trial.created + trial.updated, 0U) << name;
    }
    EXPECT_EQ(digest(), before);
    // Into an authority of the same name that has nothing yet.
    testing::Town other(database(), "thành phố Hồng Ngự");
    const auto again = other.write(Id{}, [&](Work& work) {
        const auto trial = try_import(work, formats::read_spreadsheet(xlsx, "a.xlsx").value());
        EXPECT_EQ(problem(carry_out_import(work, trial.value())), "");
        return unit_table(work, work.today());
    });
    EXPECT_EQ(again.rows, table.rows);
}

TEST_P(UnitSheets, TheTemplateIsSound) {
    town().clock().set(start_of(day(2025, 7, 2)));
    const std::string bytes = formats::write_xlsx(town().read(Id{}, [&](Work& work) { return unit_template(work); }));
    const auto sheets = formats::read_spreadsheet(bytes, "mau.xlsx").value();
    ASSERT_EQ(sheets.size(), 2U);
    EXPECT_EQ(tried(sheets).created, 3U);
}

TEST_P(UnitSheets, ExactlyWhatWasShownIsTakenOver) {
    const Id administrator = town().administrator();
    const std::string csv = kHeadings + "Phòng A;;Phòng;;;;;\n";
    const auto keep = [&] { return town().write(administrator, [&](Work& work) { return keep_import(work, "a.csv", csv).value(); }); };
    const auto apply = [&](Id id, const std::string& hash, Id person) {
        return town().write(person, [&](Work& work) { return problem(apply_import(work, id, hash)); });
    };
    const auto hash = [&](Id id) { return town().read(administrator, [&](Work& work) { return kept_import(work, id)->sha256; }); };
    Id id = keep();
    EXPECT_EQ(apply(id, "0123", administrator), ":identity.import_other_file");
    EXPECT_EQ(apply(id, hash(id), town().leader()), ":base.forbidden");
    const Id colleague = town().person("Võ Văn Khác", town().root(), Role::Administrator);
    EXPECT_EQ(apply(id, hash(id), colleague), ":base.not_found") << "another's trial";
    town().office("Phòng khác");
    EXPECT_EQ(apply(id, hash(id), administrator), ":identity.import_units_changed");
    id = keep();
    EXPECT_EQ(apply(id, hash(id), administrator), "");
    EXPECT_EQ(apply(id, hash(id), administrator), ":identity.import_applied_already");
    EXPECT_THAT(names(), ElementsAre("Ủy ban nhân dân thành phố Hồng Ngự", "-Phòng khác", "-Phòng A"));
}

TEST_P(UnitSheets, AHundredThousandBadRowsAreAnsweredInBoundedTime) {
    std::string csv = kHeadings;
    for (int i = 0; i < 100'000; ++i) {
        const std::string n = std::to_string(i);
        switch (i % 5) {
            case 0: csv += "Trạm Y tế;;Trung tâm;Xã " + n + ";;;;\n"; break;              // unknown parent
            case 1: csv += "Vòng " + n + ";;Phòng;Vòng " + std::to_string((i + 5) % 100'000) + ";;;;\n"; break;  // one ring of 20,000
            case 2: csv += "Trùng;;Phòng;;;;;\n"; break;
            case 3: csv += "Khóm " + n + ";;Không biết;;xx;yy;zz;\n"; break;
            default: csv += "Tổ " + n + ";;Phòng;Trùng > Trùng;;;;\n"; break;             // 20,000 candidates
        }
    }
    const auto sheets = sheets_of(csv);
    const std::clock_t begin = std::clock();  // of the processor: a busy machine only waits
    const auto trial = tried(sheets);
    ASSERT_EQ(trial.bad.size(), 99'999U) << "all but the first of the doubles";
    EXPECT_EQ(trial.bad.front().number, 2);
    EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, kMostSeconds);
}

LOA_ON_BOTH_ENGINES(UnitSheets);

}  // namespace
}  // namespace loa::identity
