// The page of a spreadsheet of what was done: its columns, its rows, what they would become.
#pragma once

#include "loa/web/view.h"
#include "progress_import.h"

namespace loa::plan {

std::string progress_path(Id import, std::string_view rest = "");
/// The form of the columns as it was typed, where it was refused.
struct RefusedColumns {
    ProgressAnswers answers;
    std::string day;
    Failure failure;
};
/// Everything that plan/progress shows.
web::View progress_view(const Work& work, const ProgressImport& import, const std::vector<formats::Sheet>& sheets, const ProgressTrial& trial, const RefusedColumns* refused);

}  // namespace loa::plan
