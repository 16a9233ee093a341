// Links for people without an account: given, renewed, revoked, used.
#include <algorithm>

#include "actions.h"
#include "found_line.h"
#include "loa/base/check.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/jobs/mail.h"
#include "personal_link.h"
#include "queries.h"

namespace loa::plan {

namespace {

constexpr std::size_t kSecretBytes = 20;  // 160 bits: nobody finds one by trying
constexpr std::size_t kLongestName = 100, kLongestContact = 100;
constexpr std::size_t kFewestDigits = 8, kMostDigits = 15;  // of a telephone number, ITU-T E.164

bool is_telephone(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') ++digits;
        else if (std::string_view(" .-()+").find(c) == std::string_view::npos) return false;
    }
    return digits >= kFewestDigits && digits <= kMostDigits;
}

/// The last day as typed, within what a link may last; nothing where that is a problem.
std::optional<Date> last_day(Work& work, const std::string& typed, Id plan, Id unit, std::vector<Problem>& problems) {
    if (squeezed(typed).empty()) return usual_end(work, plan, unit);
    const auto day = Date::parse_vietnamese(squeezed(typed));
    if (!day) problems.push_back({"expires_on", "plan.link_day_unreadable", {}});
    else if (*day < work.today()) problems.push_back({"expires_on", "plan.link_day_past", {}});
    else if (*day > work.today().plus_days(kLongestLink))
        problems.push_back({"expires_on", "plan.link_day_too_far", {{"day", work.today().plus_days(kLongestLink).vietnamese()}}});
    else return day;
    return std::nullopt;
}

/// A unit whose people have accounts answers with those, and one that is no more answers to nothing.
Result<> may_have_link(const Work& work, Id unit) {
    const auto found = identity::unit_by_id(work, unit);
    if (!found || !found->open_on(work.today())) return conflict("plan.link_unit_ended");
    if (!identity::people_of_unit(work, unit).empty()) return conflict("plan.link_unit_has_accounts");
    return Done{};
}

void record_link(Work& work, const PersonalLink& link, std::string_view event, std::vector<identity::Change> changes) {
    changes.insert(changes.begin(), {"unit", "", link.unit_name});
    identity::record(work, {"plan.plan", work.authority, link.plan}, event, changes, {{std::string(identity::kLinkHolder), "", link.holder_name}});
}

Result<PersonalLink> find_link(Work& work, const LinkRef& input) {
    const auto plan = plan_by_id(work, input.plan);
    if (!plan) return plan.failure();
    auto link = link_by_id(work, input.link);
    if (!link || link->plan != plan->id) return not_found("plan.no_such_link");
    if (!may_give_link(work, *plan, link->unit)) return forbidden("plan.not_your_link");
    if (link->version != input.version) return conflict("plan.link_changed_meanwhile");
    return *std::move(link);
}

}  // namespace

Result<GivenLink> give_link(Work& work, const GiveLink& input) {
    auto found = find_line(work, {input.plan, input.assignment, std::nullopt});
    if (!found) return found.failure();
    const Id unit = found->assignment.unit;
    if (!may_give_link(work, found->plan, unit)) return forbidden("plan.not_your_link");
    if (const auto may = may_have_link(work, unit); !may) return may.failure();
    std::vector<Problem> problems;
    const auto name = squeezed(input.holder_name), contact = squeezed(input.contact);
    if (name.empty()) problems.push_back({"holder_name", "plan.link_name_missing", {}});
    if (length(name) > kLongestName) problems.push_back({"holder_name", "plan.link_name_too_long", {}});
    if (!contact.empty() && (length(contact) > kLongestContact || (!is_telephone(contact) && !jobs::mail_address(contact))))
        problems.push_back({"contact", "plan.link_contact_unreadable", {}});
    const auto until = last_day(work, input.expires_on, input.plan, unit, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    const GivenLink given{work.new_id(), random_token(kSecretBytes)};
    work.db.run("plan.insert_personal_link", {work.authority, given.link, input.plan, unit, name, contact.empty() ? std::nullopt : std::optional(contact),
                                              sha256(given.secret), *until, work.actor.person, work.now});
    record_link(work, link_by_id(work, given.link).value(), "plan.link_given", {{"expires_on", "", until->iso()}});
    return given;
}

Result<GivenLink> renew_link(Work& work, const LinkRef& input, const std::string& expires_on) {
    const auto link = find_link(work, input);
    if (!link) return link.failure();
    if (link->state == PersonalLink::State::Over) return conflict("plan.link_is_over");
    if (const auto may = may_have_link(work, link->unit); !may) return may.failure();
    std::vector<Problem> problems;
    const auto until = last_day(work, expires_on, link->plan, link->unit, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    const GivenLink given{link->id, random_token(kSecretBytes)};
    LOA_CHECK(work.db.run("plan.renew_personal_link", {work.authority, link->id, sha256(given.secret), *until, work.actor.person, work.now, link->version}) == 1);
    record_link(work, *link, "plan.link_renewed", {{"expires_on", link->expires_on.iso(), until->iso()}});
    return given;
}

Result<> revoke_link(Work& work, const LinkRef& input) {
    const auto link = find_link(work, input);
    if (!link) return link.failure();
    if (link->state == PersonalLink::State::Revoked) return conflict("plan.link_changed_meanwhile");
    LOA_CHECK(work.db.run("plan.revoke_personal_link", {work.authority, link->id, work.now, work.actor.person, link->version}) == 1);
    record_link(work, *link, "plan.link_revoked", {});
    return Done{};
}

Result<> use_link(Work& work) {
    if (work.db.run("plan.use_personal_link", {work.authority, work.actor.link.id, work.now, work.today(), kMostUses}) == 0)
        return conflict("plan.link_used_too_often", {{"n", std::to_string(kMostUses)}});
    return Done{};
}

}  // namespace loa::plan
