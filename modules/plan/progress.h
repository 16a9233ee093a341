// How far a plan is: its assignments counted, and which of them are late. Late are those with an occurrence that nobody
// has reported done past its day, and only while the plan is in force.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct Progress {
    std::int64_t total = 0;
    std::int64_t closed = 0;
    std::int64_t late = 0;

    bool whole() const { return total > 0 && closed == total; }
    Progress& operator+=(const Progress& other);
};

struct SubjectProgress {
    std::optional<Id> activity, duty;
    Progress progress;
};
/// Of each activity and duty that somebody is assigned to.
std::vector<SubjectProgress> progress_by_subject(Work& work, const Plan& plan);
/// For a page that will ask for it (storage::Transaction::read_ahead).
void read_progress_by_subject_ahead(Work& work, const Plan& plan);

struct UnitProgress {
    Id unit;
    Progress progress;
};
/// Of each unit that is assigned anything, in the order of their ids.
/// Of all its units together; `units`: how many have lines.
struct PlanProgress {
    std::int64_t units = 0;
    Progress progress;
};
/// Of every plan that anybody was given a line of; late only where it is in force.
std::unordered_map<Id, PlanProgress> progress_of_plans(Work& work);
std::vector<UnitProgress> progress_by_unit(Work& work, const Plan& plan);

}  // namespace loa::plan
