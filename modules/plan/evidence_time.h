// What the times of a piece of evidence say against it: done before its plan was issued, or photographed by a clock that is
// ahead. Nothing is refused for that, but somebody has to say why (ADR 0028).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence.h"
#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::plan {

struct PhotoTime {
    std::string name;
    Instant taken_at;
};

/// Of those files whose time is known; AcceptedFile or File.
template <class File>
std::vector<PhotoTime> photo_times(const std::vector<File>& files) {
    std::vector<PhotoTime> times;
    for (const auto& file : files)
        if (file.taken_at) times.push_back({file.name, *file.taken_at});
    return times;
}

/// The day its first wording was issued; nothing for a plan that says none.
std::optional<Date> first_issued_on(Work& work, Id plan);

/// The questions, each a Problem of the field "explanation" with its days: at most one of the day, one of the earliest photo
/// that is too early, and one of the latest that is too late. `seen_on` is the day the piece came in.
std::vector<Problem> time_questions(const std::optional<Date>& issued_on, Date seen_on, Date done_on, const std::vector<PhotoTime>& photos);

}  // namespace loa::plan
