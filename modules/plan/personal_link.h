// Links by which one person, who has no account, answers for one unit in one plan: a hamlet's head, an editor (ADR 24). The
// secret stands in the address alone; what is kept is its digest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct PersonalLink {
    /// Whether it is good, or why not. Over: its plan is not in force any more, or its unit is no more.
    enum class State { Live, Expired, Revoked, Over };

    Id id;
    Id plan, unit;
    std::string plan_title, unit_name;
    std::string holder_name;
    std::optional<std::string> contact;  // a telephone number or a mail address; none: not given, or forgotten
    Date expires_on;                     // the last day on which it is good
    Id given_by;
    std::string given_by_name;
    Instant given_at;
    std::optional<Instant> last_used_at;
    State state = State::Live;
    std::int64_t version = 1;
};

/// What reaches the plan's lines of the unit today. An account holder has none.
std::optional<PersonalLink> link_of_actor(const Work& work);
/// The actor's link is good, and for that line's plan and unit.
bool link_opens(const Work& work, const Assignment& assignment);

/// Somebody who came by such an address: the link, and the Work in which she acts. Nothing where the secret is unknown or
/// the link is not good any more; which of these it was, is told to nobody.
struct ByLink {
    PersonalLink link;
    Work work;
};
std::optional<ByLink> by_link(const Work& visitor, Id authority, std::string_view secret);
/// "/tra-loi/1/0123…".
std::string answer_path(Id authority, std::string_view secret);

/// Those that the person may give, of one plan, by unit; of one unit alone with `unit`.
std::vector<PersonalLink> links_by_plan(Work& work, const Plan& plan, std::optional<Id> unit = std::nullopt);
std::optional<PersonalLink> link_by_id(const Work& work, Id link);

/// How long one is good unless somebody says otherwise: four weeks past the last day that the unit's lines fall due, and
/// where none does three months. Never longer than kLongestLink.
Date usual_end(Work& work, Id plan, Id unit);
inline constexpr int kLongestLink = 400;  // days

/// "•••• 678", "n•••@example.com": enough to tell two numbers apart and not to call one.
std::string masked(std::string_view contact);

/// The daily job that forgets how people were reached, kContactKept days after their links are over; what a restored
/// backup does to links, one of which may have been revoked since; and what is said of links where a change of units is prepared.
void join_personal_links(Registry& registry);
inline constexpr int kContactKept = 30;

}  // namespace loa::plan
