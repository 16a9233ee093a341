// "Việc của đơn vị tôi" on paper: the lines of one unit as they are printed, and as a file for Word.
#pragma once

#include <string>
#include <vector>

#include "loa/formats/write_document.h"
#include "loa/identity/units.h"
#include "loa/storage/work.h"
#include "unit_work_filter.h"

namespace loa::plan {

struct UnitPaper {
    struct Line {
        std::string number, title, roles, deadline, progress, state;
        bool late = false;
    };
    struct Plan {
        std::string heading;  // "Kế hoạch số 15/KH-UBND ngày 19/01/2024: …"
        std::vector<Line> lines;
    };
    std::string authority, unit;     // in capitals, as they head a paper; no unit: the authority's own
    std::string unit_name;
    std::string place, date;         // "Bình Hòa Trung", "ngày 01 tháng 04 năm 2026"
    std::vector<Plan> plans;
};

/// With the lines that the filter lets through.
UnitPaper unit_paper(Work& work, const identity::Unit& unit, const UnitWorkFilter& filter);
/// Each unit begins on what is left of the page of the one before.
formats::Paper docx_paper(const Work& work, const std::vector<UnitPaper>& units);

}  // namespace loa::plan
