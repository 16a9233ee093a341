// `loa jobs …`: the queue for who keeps the installation, of all authorities, without a browser.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "loa/jobs/command.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "pages_jobs.h"

namespace loa::jobs {

namespace {

using Kind = Parameter::Kind;

constexpr int kAtOnce = 500;
constexpr std::array<std::string_view, 4> kStates{"waiting", "running", "retrying", "dead"};

void print(std::ostream& out, const storage::Row& row) {
    out << fmt::format("{}\t{}\t{}\t{}\tattempt {}\tdue {}", to_string(row.id("id")), to_string(row.id("authority_id")),
                       row.text("state"), row.text("kind"), row.number("attempts"), row.instant("due_at").iso());
    if (const auto reason = row.optional_text("reason")) out << '\t' << *reason;
    if (const auto problem = row.optional_text("problem"); problem && !problem->empty()) out << ": " << *problem;
    out << '\n';
}

int list_jobs(Invocation& invocation) {
    const auto state = invocation.text("--state"), kind = invocation.text("--kind");
    if (!state.empty() && std::find(kStates.begin(), kStates.end(), state) == kStates.end())
        return invocation.fail(invalid("state", "jobs.no_such_state"));
    storage::ListRequest request{{}, "oldest", kAtOnce, 0};
    if (!kind.empty()) request.filters.emplace_back("kind", kind);
    if (!state.empty()) request.filters.emplace_back("state", state);
    Id last;
    for (;;) {
        const auto rows = invocation.services().database.read(
            [&](storage::Transaction& db) { return db.list("jobs.all_jobs", {last}, request); });
        for (const auto& row : rows) print(invocation.out, row);
        if (rows.size() < kAtOnce) return 0;
        last = rows.back().id("id");
    }
}

int change(Invocation& invocation, Result<Done> (*act)(Work&, const Registry&, Id)) {
    const auto id = parse_id(invocation.text("ID"));
    if (!id) return invocation.fail(not_found("jobs.no_job"));
    auto& services = invocation.services();
    const auto done = services.database.write([&](storage::Transaction& db) -> Result<Done> {
        const auto row = db.one("jobs.authority_of_job", {*id});
        if (!row) return not_found("jobs.no_job");
        auto work = system_work(db, services.ids, services.clock.now(), row->id("authority_id"));
        return act(work, invocation.registry, *id);
    });
    return done ? 0 : invocation.fail(done.failure());
}

int run_jobs(Invocation& invocation) {
    const int attempts = run_due_jobs(invocation.registry, invocation.services());
    invocation.out << fmt::format("{} attempts\n", attempts);
    return 0;
}

}  // namespace

void add_job_commands(Registry& registry) {
    const Parameter id{"ID", Kind::Place, "The number in the first column of `loa jobs list`", true};
    registry.add(Command{"jobs list", "List the queue of all authorities, oldest first",
                         "A line for each job: id, authority (0: the installation), state, kind, attempts, when it is due, why the last "
                         "attempt failed. States: waiting, running, retrying, dead.",
                         {{"--state", Kind::Option, "Only those in this state"}, {"--kind", Kind::Option, "Only those of this kind"}},
                         list_jobs});
    registry.add(Command{"jobs retry", "Put a dead job back into the queue, with a fresh count of attempts", "", {id},
                         [](Invocation& invocation) { return change(invocation, revive_job); }});
    registry.add(Command{"jobs discard", "Forget a dead job", "", {id},
                         [](Invocation& invocation) { return change(invocation, discard_job); }});
    registry.add(Command{"jobs run", "Do everything that is due now, and end",
                         "For an installation whose servers run with --no-jobs, and to see an end after `jobs retry`. Schedules rest.",
                         {}, run_jobs});
}

}  // namespace loa::jobs
