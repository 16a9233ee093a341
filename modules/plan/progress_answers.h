// What a person said of a spreadsheet of what was done, as it is kept.
#pragma once

#include <string>

#include "progress_trial.h"

namespace loa::plan {

/// JSON: {"sheet", "places": {"amount": 4}, "counting", "day", "rows": {"12": {"skip", "anyway", "line", "target"}}}; what was
/// not said is not there.
std::string stored(const ProgressAnswers& answers);
ProgressAnswers progress_answers_from(const std::string& text);

}  // namespace loa::plan
