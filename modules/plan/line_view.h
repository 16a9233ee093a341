// How a unit's line, one time that it falls due, and many of them together stand, in words and colours.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/result.h"
#include "loa/web/view.h"
#include "progress.h"
#include "types.h"

namespace loa::plan {

/// "chủ trì (đầu mối), phối hợp".
std::string roles_text(const Work& work, const Assignment& assignment);
/// `line_state` and `line_tag`: of a line, of one time that it falls due, and "quá hạn 3 ngày" instead where it is late.
void set_line_state(const Work& work, web::View& view, AssignmentState state);
void set_occurrence_state(const Work& work, web::View& view, const Occurrence& occurrence);
/// The tag of a piece of evidence in that state.
std::string_view evidence_tag(EvidenceState state);
void set_days_late(const Work& work, web::View& view, Date due_on);
/// "Tháng 3/2026", "Quý I/2026", "02/03/2026 - 08/03/2026"; "" for the one time that a line falls due.
std::string period_text(const Work& work, const Occurrence& occurrence);
/// "progress": how much is done and late, in words and for a meter; nothing where no line was given out. `counted` is
/// "progress_lines" of a whole plan, "progress_units" of one activity.
void set_progress_of(const Work& work, web::View& view, const Progress& progress, std::string_view counted);

/// What is asked about the times of a piece of evidence, and the explanation that was given.
void set_questions(const Work& work, web::View& view, const std::vector<Problem>& questions, const std::optional<std::string>& explanation);

}  // namespace loa::plan
