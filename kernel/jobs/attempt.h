// One attempt at one job: claim, outside work, handler and completion in one transaction, or what to do instead.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "loa/base/registry.h"
#include "loa/jobs/kind.h"

namespace loa::jobs {

class Kinds {
  public:
    /// Two kinds of one name are our own mistake.
    explicit Kinds(const Registry& registry);
    const JobKind* find(const std::string& name) const;

    /// One of the places of a kind (JobKind::at_once), given back at the end.
    class Place {
      public:
        Place(const Kinds& kinds, const JobKind& kind);
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        ~Place() { running_.fetch_sub(1); }
        /// False: all places are taken.
        explicit operator bool() const { return taken_; }

      private:
        std::atomic<int>& running_;
        bool taken_ = false;
    };

  private:
    std::unordered_map<std::string, JobKind> kinds_;
    std::unordered_map<std::string, std::unique_ptr<std::atomic<int>>> running_;
};

/// A job that this process holds until the lease ends.
struct Claim {
    Job job;
    std::optional<std::string> unique_key;
    Id lease;  // 0: straight from the clock, there is no row in the queue (Schedule::Where::EveryProcess)
    bool cancelled = false;  // somebody wants it to stop, since an attempt that did not live to hear it
};

/// From the columns of jobs_job.
Progress progress_of(const storage::Row& row);

/// Those waiting longest first, at most `limit`.
std::vector<Id> authorities_with_due_jobs(web::Services& services, int limit);
/// Takes at most `limit` due jobs of the authority.
std::vector<Claim> claim_jobs(web::Services& services, Id authority, int limit);
/// Gives back a job that nobody started on.
void return_job(web::Services& services, const Claim& claim, Instant due);

/// Does the job and removes it, or notes why not. Throws only when the database can't be reached; the lease
/// then runs out and the job is claimed again.
void attempt(const Kinds& kinds, web::Services& services, Claim claim);

}  // namespace loa::jobs
