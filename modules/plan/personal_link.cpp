#include "personal_link.h"

#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/identity/unit_changes.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "loa/storage/snapshot.h"
#include "rights.h"

namespace loa::plan {

namespace {

constexpr const char* kForgetContacts = "plan.forget_contacts";
constexpr int kWeeksAfter = 4 * 7, kWithoutDay = 90;
constexpr std::size_t kShownDigits = 3;

PersonalLink::State state_from(const Work& work, const storage::Row& row) {
    const auto unit_ends = row.optional_date("unit_valid_to");
    if (row.optional_instant("revoked_at")) return PersonalLink::State::Revoked;
    if (plan_state(row.text("plan_state")) != PlanState::Issued || (unit_ends && *unit_ends <= work.today())) return PersonalLink::State::Over;
    return row.date("expires_on") < work.today() ? PersonalLink::State::Expired : PersonalLink::State::Live;
}

PersonalLink link_from(const Work& work, const storage::Row& row) {
    PersonalLink link;
    link.id = row.id("id");
    link.plan = row.id("plan_id");
    link.unit = row.id("unit_id");
    link.plan_title = row.text("plan_title");
    link.unit_name = row.text("unit_name");
    link.holder_name = row.text("holder_name");
    link.contact = row.optional_text("contact");
    link.expires_on = row.date("expires_on");
    link.given_by = row.id("given_by");
    link.given_by_name = row.optional_text("given_by_name").value_or("");
    link.given_at = row.instant("given_at");
    link.last_used_at = row.optional_instant("last_used_at");
    link.state = state_from(work, row);
    link.version = row.number("version");
    return link;
}

/// For the installation: one job for each authority that keeps such a contact. For an authority: what is over.
Result<> forget_contacts(Work& work, const jobs::Job& job) {
    if (job.authority) {
        work.db.run("plan.end_links_that_are_over", {work.authority, work.today()});
        const Date before = work.today().plus_days(-kContactKept);
        work.db.run("plan.forget_contacts", {work.authority, before, start_of(before)});
        return Done{};
    }
    for (const auto& row : work.db.query("plan.authorities_with_contacts")) {
        Work inside = work;
        inside.authority = row.id("authority_id");
        jobs::enqueue(inside, kForgetContacts, "{}", {.unique_key = kForgetContacts});
    }
    return Done{};
}

}  // namespace

std::optional<PersonalLink> link_by_id(const Work& work, Id link) {
    const auto row = work.db.one("plan.personal_link_by_id", {work.authority, link});
    return row ? std::optional(link_from(work, *row)) : std::nullopt;
}

std::optional<PersonalLink> link_of_actor(const Work& work) {
    if (!work.actor.link.id) return std::nullopt;
    auto link = link_by_id(work, work.actor.link.id);
    return link && link->state == PersonalLink::State::Live ? link : std::nullopt;
}

bool link_opens(const Work& work, const Assignment& assignment) {
    const auto link = link_of_actor(work);
    return link && link->plan == assignment.plan && link->unit == assignment.unit;
}

std::optional<ByLink> by_link(const Work& visitor, Id authority, std::string_view secret) {
    Work work = visitor;
    work.authority = authority;
    const auto row = work.db.one("plan.personal_link_by_secret", {authority, sha256(secret)});
    if (!row) return std::nullopt;
    auto link = link_from(work, *row);
    if (link.state != PersonalLink::State::Live) return std::nullopt;
    work.actor = {.person = {}, .name = link.holder_name, .link = {"plan.personal_link", authority, link.id}};
    return ByLink{std::move(link), std::move(work)};
}

std::string answer_path(Id authority, std::string_view secret) {
    return "/tra-loi/" + to_string(authority) + "/" + std::string(secret);
}

std::vector<PersonalLink> links_by_plan(Work& work, const Plan& plan, std::optional<Id> unit) {
    std::vector<PersonalLink> links;
    for (const auto& row : work.db.query("plan.personal_links_by_plan", {work.authority, plan.id})) {
        auto link = link_from(work, row);
        if ((!unit || link.unit == *unit) && may_give_link(work, plan, link.unit)) links.push_back(std::move(link));
    }
    return links;
}

Date usual_end(Work& work, Id plan, Id unit) {
    const auto row = work.db.one("plan.last_due_of_unit", {work.authority, plan, unit});
    const auto due = row ? row->optional_date("due_on") : std::nullopt;
    const Date today = work.today(), end = due ? std::max(*due, today).plus_days(kWeeksAfter) : today.plus_days(kWithoutDay);
    return std::min(end, today.plus_days(kLongestLink));
}

std::string masked(std::string_view contact) {
    static constexpr std::string_view kHidden = "•••";
    const auto at = contact.find('@');
    if (at != contact.npos) {
        std::string first;
        std::size_t next = 0;
        append_code_point(first, next_code_point(contact, next));
        return first + std::string(kHidden) + std::string(contact.substr(at));
    }
    std::string digits;
    for (const char c : contact)
        if (c >= '0' && c <= '9') digits += c;
    return std::string(kHidden) + " " + digits.substr(digits.size() - std::min(digits.size(), kShownDigits));
}

namespace {

std::vector<identity::PreviewLine> links_that_end(const Work& work, const identity::UnitChangeSet& set) {
    std::vector<identity::PreviewLine> said;
    for (const auto& change : set.changes) {
        if (change.kind != identity::ChangeKind::End) continue;
        const auto links = work.db.one("plan.count_of_links_good_on", {work.authority, change.unit, set.day})->number("links");
        if (links > 0) said.push_back({change.id, "plan.preview_links_end", {{"n", std::to_string(links)}}});
    }
    return said;
}

}  // namespace

void join_personal_links(Registry& registry) {
    registry.add(identity::UnitChangePreview{"plan.personal_links", links_that_end});

    registry.add(jobs::JobKind{.name = kForgetContacts, .handler = forget_contacts});
    registry.add(jobs::Schedule{.name = kForgetContacts, .job_kind = kForgetContacts, .daily_at = jobs::ClockTime{2, 30},
                                .wanted = [](Work& work) { return !work.db.query("plan.authorities_with_contacts").empty(); }});
    registry.add(storage::AfterRestore{"plan.revoke_links", [](const Registry&, Work& work) { work.db.run("plan.revoke_all_links", {work.now}); }});
}

}  // namespace loa::plan
