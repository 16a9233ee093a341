// The queue as people look at it: administrators all of an authority's jobs, a person those she asked for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/jobs/kind.h"
#include "loa/web/view.h"

namespace loa::jobs {

struct JobLine {
    Id id;
    std::string kind;
    std::string state;  // "waiting", "running", "retrying", "dead"
    Instant created_at;
    Instant due_at;  // waiting, retrying: when it may begin; running: when its lease ends
    int attempts = 0;
    std::optional<Instant> started_at;  // of the last attempt
    std::string worker;                 // "host:process" of the last attempt
    Progress progress;
    bool cancelled = false;  // somebody wants it to stop
    std::string reason;      // of the last failure: a name as in DeadJob::reason
    std::string problem;
    std::optional<Instant> died_at;
};

struct JobFilter {
    std::string kind;   // "": all
    std::string state;  // "": all
    int limit = 50;
    int offset = 0;
};
/// Of Work::authority, newest first.
std::vector<JobLine> job_lines(const Work& work, const JobFilter& filter);
/// Of Work::actor in Work::authority, newest first, at most 50.
std::vector<JobLine> own_jobs(const Work& work);
/// Of Work::authority, by state.
std::map<std::string, std::int64_t> jobs_by_state(const Work& work);

struct ScheduleLine {
    Schedule schedule;
    std::optional<Instant> last_at;  // never yet; or each process runs it for itself
    std::optional<Instant> next_at;
};
/// In the order of their names. The clock is the installation's, so all authorities see the same.
std::vector<ScheduleLine> schedule_lines(const Work& work, const Registry& registry);

/// "đọc tệp kế hoạch": the text "<owner>.job_<name>" of a kind "<owner>.<name>", or the name where there is none.
std::string kind_text(Language language, std::string_view kind);
/// What the partial jobs/_own shows: the jobs that the actor asked for, how far they are, and how to stop them. A page
/// that holds it says {{#own_jobs}}{{>jobs/_own}}{{/own_jobs}}.
web::View own_jobs_view(const Work& work, const Registry& registry);

}  // namespace loa::jobs
