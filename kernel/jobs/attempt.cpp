#include "attempt.h"

#include <unistd.h>

#include <algorithm>

#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/jobs/queue.h"

namespace loa::jobs {

namespace {

constexpr std::int64_t kClaimSeconds = 60;  // the lease that every claim starts with
constexpr std::int64_t kUnknownKindSeconds = 60;
constexpr std::int64_t kNoPlaceSeconds = 1;
constexpr std::int64_t kReportMilliseconds = 1000;

/// Leaves a transaction so that it is rolled back.
struct HandlerFailed {
    Failure failure;
};
/// Another worker holds the job by now, or the job is done: nothing of this attempt may stay.
struct LeaseLost {};
/// Somebody cancelled it, and the job was told.
struct Cancelled {};

struct Trouble {
    std::string_view reason;
    std::string problem;
    bool passing = false;
};

std::string_view name(Reason reason) {
    switch (reason) {
        case Reason::Invalid: return "invalid";
        case Reason::Forbidden: return "forbidden";
        case Reason::NotFound: return "not_found";
        case Reason::Conflict: return "conflict";
        case Reason::Unavailable: return "unavailable";
    }
    return "broken";
}

Trouble trouble_of(const Failure& failure) {
    return {name(failure.reason), failure.problems.empty() ? std::string() : failure.problems.front().key,
            failure.reason == Reason::Unavailable};
}

/// Where in [0, 1000) a job stands among others: the same at each call, and other for neighbours (a step of MurmurHash3).
std::int64_t spread(const Job& job) {
    auto mixed = static_cast<std::uint64_t>(job.id.value) + static_cast<std::uint64_t>(job.attempt);
    mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccdULL;
    mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 33)) % 1000);
}

std::int64_t delay_milliseconds(const Retry& retry, const Job& job) {
    std::int64_t delay = retry.first_delay_seconds;
    for (int tried = 1; tried < job.attempt && delay < retry.longest_delay_seconds; ++tried) delay *= 2;
    delay = std::min(delay, retry.longest_delay_seconds) * 1000;
    return delay - delay / 4 * spread(job) / 1000;
}

/// "ten-may:4711", for a person who looks for the process.
const std::string& this_worker() {
    static const std::string name = [] {
        char host[256] = "";
        ::gethostname(host, sizeof host - 1);
        return shortened(to_nfc_lossy(host), 100) + ":" + std::to_string(::getpid());
    }();
    return name;
}

storage::Values held(const Claim& claim) { return {claim.job.authority, claim.job.id, claim.lease}; }

storage::Values held(const Claim& claim, std::initializer_list<storage::Value> more) {
    auto values = held(claim);
    values.insert(values.end(), more);
    return values;
}

void extend_lease(web::Services& services, const Claim& claim, std::int64_t seconds) {
    services.database.write([&](storage::Transaction& db) {
        const auto until = services.clock.now().plus_seconds(seconds);
        if (db.run("jobs.extend_lease", held(claim, {until})) == 0) throw LeaseLost{};
    });
}

/// What a job says while it runs; the answer tells both whether the lease holds and whether it was cancelled.
class Reporter {
  public:
    Reporter(const JobKind& kind, web::Services& services, const Claim& claim)
        : kind_(kind), services_(services), claim_(claim) {}

    Next report(const Progress& far) {
        const auto now = services_.clock.now();
        const auto since = now.milliseconds - reported_at_.milliseconds;
        if (!claim_.lease || stopped() || (since >= 0 && since < kReportMilliseconds)) return next();
        reported_at_ = now;
        services_.database.write([&](storage::Transaction& db) {
            const auto row = db.one("jobs.report_progress", held(claim_, {now.plus_seconds(kind_.lease_seconds), far.done,
                                                                          far.total, far.key}));
            lost_ = !row;
            cancelled_ = row && row->optional_instant("cancelled_at");
        });
        return next();
    }
    /// What a job that was told to stop gives is not looked at.
    void check() const {
        if (lost_) throw LeaseLost{};
        if (cancelled_) throw Cancelled{};
    }

  private:
    bool stopped() const { return lost_ || cancelled_; }
    Next next() const { return stopped() ? Next::Stop : Next::GoOn; }

    const JobKind& kind_;
    web::Services& services_;
    const Claim& claim_;
    Instant reported_at_;
    bool lost_ = false;
    bool cancelled_ = false;
};

/// The slow part, with nothing open; nothing when it is done.
std::optional<Trouble> go_outside(const JobKind& kind, web::Services& services, Claim& claim) {
    Reporter reporter(kind, services, claim);
    Job job = claim.job;
    job.reporter = [&](const Progress& far) { return reporter.report(far); };
    auto outcome = kind.outside(job, services);
    reporter.check();
    if (!outcome) return trouble_of(outcome.failure());
    claim.job.outcome = *std::move(outcome);
    return std::nullopt;
}

void end_cancelled(const JobKind& kind, web::Services& services, const Claim& claim) {
    services.database.write([&](storage::Transaction& db) {
        if (db.run("jobs.finish_job", held(claim)) == 0) return;  // another worker ends it
        auto work = system_work(db, services.ids, services.clock.now(), claim.job.authority);
        if (kind.cancelled) kind.cancelled(work, claim.job);
    });
}

/// The completion is written first: it takes the row, so that a second worker waits here and then finds
/// nothing; and a repetition after a commit whose answer got lost finds nothing either.
void handle_and_finish(const JobKind& kind, web::Services& services, const Claim& claim) {
    services.database.write([&](storage::Transaction& db) {
        if (claim.lease && db.run("jobs.finish_job", held(claim)) == 0) throw LeaseLost{};
        auto work = system_work(db, services.ids, services.clock.now(), claim.job.authority);
        auto result = kind.handler(work, claim.job);
        if (!result) throw HandlerFailed{result.failure()};
    });
}

std::optional<Trouble> try_once(const JobKind& kind, web::Services& services, Claim& claim) {
    try {
        if (claim.lease && kind.lease_seconds != kClaimSeconds) extend_lease(services, claim, kind.lease_seconds);
        if (kind.outside)
            if (auto trouble = go_outside(kind, services, claim)) return trouble;
        handle_and_finish(kind, services, claim);
        return std::nullopt;
    } catch (const HandlerFailed& failed) {
        return trouble_of(failed.failure);
    } catch (const std::exception& broken) {
        return Trouble{"broken", shortened(to_nfc_lossy(broken.what()), 500), true};
    }
}

void bury(web::Services& services, const Claim& claim, const Trouble& trouble) {
    services.database.write([&](storage::Transaction& db) {
        const auto now = services.clock.now();
        if (db.run("jobs.bury_job", held(claim, {trouble.reason, trouble.problem, now})) == 0) return;
        // A schedule that fails each second must not fill the table: of namesakes the last one tells enough.
        if (claim.unique_key)
            db.run("jobs.forget_dead_namesakes",
                   {claim.job.authority, claim.job.kind, *claim.unique_key, claim.job.id});
    });
}

void postpone(web::Services& services, const Claim& claim, const Trouble& trouble, std::int64_t milliseconds) {
    services.database.write([&](storage::Transaction& db) {
        const Instant due{services.clock.now().milliseconds + milliseconds};
        db.run("jobs.postpone_job", held(claim, {due, trouble.reason, trouble.problem}));
    });
}

void note(Level level, const Claim& claim, std::string_view event, std::string_view reason = {},
          const std::string& problem = {}) {
    log(level, event,
        {{"kind", claim.job.kind},
         {"authority", to_string(claim.job.authority)},
         {"job", to_string(claim.job.id)},
         {"attempt", std::to_string(claim.job.attempt)},
         {"reason", std::string(reason)},
         {"problem", problem}});
}

void settle(const JobKind& kind, web::Services& services, const Claim& claim, const Trouble& trouble) {
    const bool again = trouble.passing && claim.job.attempt < kind.retry.attempts;
    note(again ? Level::Warning : Level::Error, claim, again ? "jobs.retry" : "jobs.dead", trouble.reason,
         trouble.problem);
    if (!claim.lease) return;
    if (again)
        postpone(services, claim, trouble, delay_milliseconds(kind.retry, claim.job));
    else
        bury(services, claim, trouble);
}

}  // namespace

Kinds::Kinds(const Registry& registry) {
    for (const auto& kind : registry.all<JobKind>()) {
        LOA_CHECK(kind.handler && kind.lease_seconds > 0 && kind.retry.attempts > 0 && kind.at_once >= 0);
        LOA_CHECK(kinds_.emplace(kind.name, kind).second);
        running_.emplace(kind.name, std::make_unique<std::atomic<int>>(0));
    }
}

const JobKind* Kinds::find(const std::string& name) const {
    const auto found = kinds_.find(name);
    return found == kinds_.end() ? nullptr : &found->second;
}

Kinds::Place::Place(const Kinds& kinds, const JobKind& kind) : running_(*kinds.running_.at(kind.name)) {
    taken_ = running_.fetch_add(1) < kind.at_once || kind.at_once == 0;
}

Progress progress_of(const storage::Row& row) {
    return {row.optional_number("done").value_or(0), row.optional_number("total").value_or(0),
            row.optional_text("progress_key").value_or("")};
}

std::vector<Id> authorities_with_due_jobs(web::Services& services, int limit) {
    const auto rows = services.database.read([&](storage::Transaction& db) {
        return db.query("jobs.authorities_with_due_jobs", {services.clock.now(), limit});
    });
    std::vector<Id> authorities;
    for (const auto& row : rows) authorities.push_back(row.id("authority_id"));
    return authorities;
}

std::vector<Claim> claim_jobs(web::Services& services, Id authority, int limit) {
    const Id lease = services.ids.next();
    const auto rows = services.database.take([&](storage::Transaction& db) {
        const auto now = services.clock.now();
        return db.query("jobs.claim_jobs",
                        {authority, now, lease, now.plus_seconds(kClaimSeconds), limit, this_worker()});
    });
    std::vector<Claim> claims;
    for (const auto& row : rows)
        claims.push_back({{.authority = authority,
                           .id = row.id("id"),
                           .kind = row.text("kind"),
                           .payload = row.text("payload"),
                           .attempt = static_cast<int>(row.number("attempts")),
                           .outcome = {},
                           .progress = progress_of(row),
                           .reporter = nullptr},
                          row.optional_text("unique_key"),
                          lease,
                          row.optional_instant("cancelled_at").has_value()});
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.job.id < b.job.id; });
    return claims;
}

void return_job(web::Services& services, const Claim& claim, Instant due) {
    if (!claim.lease) return;
    services.database.write([&](storage::Transaction& db) { db.run("jobs.return_job", held(claim, {due})); });
}

void attempt(const Kinds& kinds, web::Services& services, Claim claim) {
    const auto* kind = kinds.find(claim.job.kind);
    if (kind == nullptr) {  // a newer program of the same installation may know it
        note(Level::Warning, claim, "jobs.unknown_kind");
        return return_job(services, claim, services.clock.now().plus_seconds(kUnknownKindSeconds));
    }
    const Kinds::Place place(kinds, *kind);
    if (!place) return return_job(services, claim, services.clock.now().plus_seconds(kNoPlaceSeconds));
    try {
        if (claim.cancelled) throw Cancelled{};
        if (claim.job.attempt > kind->retry.attempts)  // no attempt lived to tell why it failed
            return settle(*kind, services, claim, {"crashed", "jobs.crashed", false});
        if (const auto trouble = try_once(*kind, services, claim))
            settle(*kind, services, claim, *trouble);
        else
            note(Level::Debug, claim, "jobs.done");
    } catch (const LeaseLost&) {
        note(Level::Warning, claim, "jobs.lease_lost");
    } catch (const Cancelled&) {
        note(Level::Info, claim, "jobs.cancelled");
        end_cancelled(*kind, services, claim);
    }
}

}  // namespace loa::jobs
