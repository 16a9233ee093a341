#include "clockwork.h"

#include <algorithm>
#include <limits>
#include <set>

#include "loa/jobs/queue.h"

namespace loa::jobs {

namespace {
constexpr Id kInstallation{};  // authority 0
constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kAgainSeconds = 60;
}  // namespace

Instant next_time(const Schedule& schedule, Instant now) {
    if (schedule.daily_at) {
        const auto today = start_of(now.date()).plus_seconds(schedule.daily_at->hour * 3600 +
                                                             schedule.daily_at->minute * 60);
        return today > now ? today : today.plus_seconds(kDay);
    }
    const std::int64_t step = schedule.every_seconds * 1000;
    return {(now.milliseconds / step + 1) * step};
}

Clockwork::Clockwork(const Registry& registry, web::Services& services) : services_(services) {
    std::set<std::string> kinds;
    for (const auto& kind : registry.all<JobKind>()) kinds.insert(kind.name);
    std::set<std::string> names;
    for (const auto& schedule : registry.all<Schedule>()) {
        LOA_CHECK((schedule.every_seconds > 0) != schedule.daily_at.has_value());
        LOA_CHECK(names.insert(schedule.name).second);
        LOA_CHECK(kinds.contains(schedule.job_kind));
        hands_.push_back({schedule, next_time(schedule, services.clock.now())});
    }
}

void Clockwork::enrol() {
    services_.database.write([&](storage::Transaction& db) {
        for (const auto& hand : hands_) {
            if (hand.schedule.where == Schedule::Where::EveryProcess) continue;
            const storage::Values row{kInstallation, hand.schedule.name, hand.look_at};
            if (db.run("jobs.add_schedule", row) == 0) db.run("jobs.hasten_schedule", row);
        }
    });
    // A time that passed while no process ran is due now.
    for (auto& hand : hands_)
        if (hand.schedule.where == Schedule::Where::OneProcess) hand.look_at = services_.clock.now();
}

bool Clockwork::wanted(const Schedule& schedule) {
    if (!schedule.wanted) return true;
    return services_.database.read([&](storage::Transaction& db) {
        auto work = system_work(db, services_.ids, services_.clock.now(), kInstallation);
        return schedule.wanted(work);
    });
}

/// The job and the schedule's next time are one transaction; gives when to look again.
Instant Clockwork::start_if_ours(const Schedule& schedule, Instant now) {
    const auto stored = services_.database.read([&](storage::Transaction& db) {
        return db.one("jobs.schedule_time", {kInstallation, schedule.name});
    });
    const auto due = stored ? stored->instant("next_at") : now;
    if (due > now) return due;
    const auto next = next_time(schedule, now);
    if (!wanted(schedule)) return next;
    services_.database.write([&](storage::Transaction& db) {
        if (db.run("jobs.move_schedule", {kInstallation, schedule.name, due, next, now}) == 0) return;
        auto work = system_work(db, services_.ids, now, kInstallation);
        enqueue(work, schedule.job_kind, "{}", {.unique_key = schedule.name});
    });
    return next;
}

std::vector<const Schedule*> Clockwork::strike() {
    std::vector<const Schedule*> ours;
    const auto now = services_.clock.now();
    for (auto& hand : hands_) {
        if (hand.look_at > now) continue;
        // Should it fail now, the next call goes on with the hands behind this one, and a daily one need not wait a day.
        hand.look_at = std::min(next_time(hand.schedule, now), now.plus_seconds(kAgainSeconds));
        if (hand.schedule.where == Schedule::Where::EveryProcess) {
            hand.look_at = next_time(hand.schedule, now);
            if (wanted(hand.schedule)) ours.push_back(&hand.schedule);
        } else {
            hand.look_at = start_if_ours(hand.schedule, now);
        }
    }
    return ours;
}

Instant Clockwork::next_look() const {
    Instant first{std::numeric_limits<std::int64_t>::max()};
    for (const auto& hand : hands_) first = std::min(first, hand.look_at);
    return first;
}

std::vector<const Schedule*> Clockwork::last_words() {
    std::vector<const Schedule*> ours;
    for (const auto& hand : hands_)
        if (hand.schedule.where == Schedule::Where::EveryProcess && wanted(hand.schedule)) ours.push_back(&hand.schedule);
    return ours;
}

}  // namespace loa::jobs
