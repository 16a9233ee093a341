// What identity does by the clock.
#include "jobs.h"

#include <map>
#include <set>

#include "account_jobs.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/identity/trash.h"
#include "loa/jobs/queue.h"
#include "messages.h"

namespace loa::identity {

namespace {
constexpr std::int64_t kDay = 24 * 60 * 60;

/// For the installation: one job for each authority with open lines. For an authority: one block.
Result<> seal(Work& work, const jobs::Job& job) {
    if (job.authority) {
        seal_timeline(work);
        return Done{};
    }
    for (const auto& row : work.db.query("identity.authorities_with_open_lines")) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        if (inside.authority)
            jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
        else
            seal_timeline(inside);
    }
    return Done{};
}

/// Administrators and auditors, each once.
std::set<Id> keepers_of_heads(const Work& work) {
    std::set<Id> people;
    for (const Membership& each : memberships_on(work, work.today()))
        if (each.role == Role::Administrator || each.role == Role::Auditor) people.insert(each.person);
    return people;
}

/// The line stands in the message as `loa doctor --head` reads it.
void tell_head(Work& work, Id chain, std::string_view key, const std::string& path) {
    const auto head = work.db.one("identity.last_block", {chain});
    if (!head || head->instant("sealed_at") <= work.now.plus_seconds(-kDay)) return;  // the one that was sent still is the last
    const std::string block = std::to_string(head->number("ordinal")), hash = head->text("hash");
    for (const Id person : keepers_of_heads(work))
        jobs::notify(work, person, kTimelineHeadMessage,
                     {.key = std::string(key),
                      .args = {{"block", block}, {"line", to_string(chain) + " " + block + " " + hash}},
                      .path = path.empty() ? "" : path + "?block=" + block + "&hash=" + hash});
}

/// For the installation: one job for each authority. For an authority: its head; the highest hears the installation's too.
Result<> tell_heads(Work& work, const jobs::Job& job) {
    const auto authorities = authorities_on(work, work.today());
    if (job.authority) {
        tell_head(work, work.authority, "identity.notice_timeline_head", "/nhat-ky/kiem-tra");
        if (!authorities.empty() && authorities.front().id == work.authority)
            tell_head(work, Id{}, "identity.notice_installation_head", "");
        return Done{};
    }
    for (const Authority& each : authorities) {
        Work inside = work;
        inside.authority = each.id;
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    }
    return Done{};
}

/// For the installation: a portion of its own, and one job for each authority. Where there was a portion there may be another.
Result<> erase_addresses(Work& work, const jobs::Job& job) {
    const auto again = [&](Id authority) {
        Work inside = work;
        inside.authority = authority;
        jobs::enqueue(inside, job.kind, "{}", {.unique_key = job.kind});
    };
    if (erase_sign_in_addresses(work)) again(job.authority);
    if (job.authority) return Done{};
    for (const Id authority : authorities_with_timeline(work))
        if (authority) again(authority);
    return Done{};
}

Result<> see_sessions(Work& work, SessionUse& use) {
    // In an order of their own, so that two processes don't wait for each other's rows crosswise.
    const auto seen = use.take();
    const std::map<std::string, SessionUse::Use> in_order(seen.begin(), seen.end());
    for (const auto& [token_hash, used] : in_order) work.db.run("identity.see_session", {token_hash, used.at});
    return Done{};
}

Result<> forget_old(Work& work, const jobs::Job&) {
    work.db.run("identity.forget_sessions",
                {work.now.plus_seconds(-kSessionSeconds), work.now.plus_seconds(-kSessionIdleSeconds)});
    work.db.run("identity.forget_devices", {work.now.plus_seconds(-180 * kDay)});
    work.db.run("identity.forget_half_sign_ins", {work.now});
    work.db.run("identity.forget_account_links", {work.now.plus_seconds(-kDay)});
    work.db.run("identity.forget_throttles", {work.now.plus_seconds(-kDay)});
    work.db.run("identity.forget_answers", {work.now.plus_seconds(-7 * kDay)});
    return Done{};
}
}  // namespace

void add_jobs(Registry& registry, const std::shared_ptr<SessionUse>& use) {
    registry.add(jobs::JobKind{"identity.seal_timeline", seal});
    registry.add(jobs::Schedule{
        .name = "identity.seal_timeline",
        .job_kind = "identity.seal_timeline",
        .every_seconds = 1,
        .wanted = [](Work& work) { return work.db.one("identity.open_line_exists").has_value(); }});
    registry.add(jobs::JobKind{"identity.tell_timeline_heads", tell_heads});
    registry.add(jobs::Schedule{.name = "identity.tell_timeline_heads",
                                .job_kind = "identity.tell_timeline_heads",
                                .daily_at = jobs::ClockTime{23, 55}});
    registry.add(jobs::JobKind{"identity.erase_addresses", erase_addresses});
    registry.add(jobs::Schedule{.name = "identity.erase_addresses", .job_kind = "identity.erase_addresses", .daily_at = jobs::ClockTime{3, 40}});
    registry.add(jobs::JobKind{"identity.see_sessions",
                               [use](Work& work, const jobs::Job&) { return see_sessions(work, *use); }});
    registry.add(jobs::Schedule{.name = "identity.see_sessions",
                                .job_kind = "identity.see_sessions",
                                .every_seconds = 30,
                                .where = jobs::Schedule::Where::EveryProcess,
                                .wanted = [use](Work&) { return !use->empty(); }});
    registry.add(jobs::JobKind{"identity.send_reset", [keys = keys_in(registry)](Work& work, const jobs::Job& job) {
                                   return send_reset(work, *keys, job.payload);
                               }});
    registry.add(jobs::JobKind{"identity.purge_trash", [&registry](Work& work, const jobs::Job&) {
                                   purge_trash(work, registry);
                                   return Result<>(Done{});
                               }});
    registry.add(jobs::Schedule{.name = "identity.purge_trash", .job_kind = "identity.purge_trash", .daily_at = jobs::ClockTime{3, 20}});
    registry.add(jobs::JobKind{"identity.forget_old", forget_old});
    registry.add(jobs::Schedule{.name = "identity.forget_old",
                                .job_kind = "identity.forget_old",
                                .daily_at = jobs::ClockTime{3, 10}});
}

}  // namespace loa::identity
