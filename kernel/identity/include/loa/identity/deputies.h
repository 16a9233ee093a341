// Acting in another person's place, until a day: a head who travels, a leader who is ill. A deputy signs in as
// herself and then says for whom she acts; while she does, she holds that person's roles instead of her own, and every
// line of the timeline names both. The administrator's role is never lent, and what was lent is not lent on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

struct Deputyship {
    Id id;
    Id principal;  // in whose place
    std::string principal_name;
    Id deputy;
    std::string deputy_name;
    Date valid_from;
    Date valid_to;  // the first day on which it is no more
    std::string reason;

    bool in_force_on(Date day) const { return valid_from <= day && day < valid_to; }
    Date last_day() const { return valid_to.plus_days(-1); }
};

/// The acting authority's that last today or are still to come, the earliest first.
std::vector<Deputyship> deputyships(const Work& work);
/// The persons, and whoever acts for one of them today, each once: for telling a unit or a leader something.
std::vector<Id> with_deputies(const Work& work, const std::vector<Id>& persons);

struct AppointDeputy {
    Id principal;
    Id deputy;
    Date valid_from;
    Date last_day;
    std::string reason;  // "Quyết định số 12/QĐ-UBND", "nghỉ phép": shown wherever the deputyship is
};
/// By the principal (verb identity.appoint_deputy), never while acting for somebody, or by who holds the verb throughout
/// the authority. The deputy is told. Invalid: a last day before the first, in the past or more than a year ahead,
/// no reason, a deputy without a membership on the first day, the principal herself, a principal with nothing to lend.
Result<Id> appoint_deputy(Work& work, const AppointDeputy& input);
/// From today on: by the principal, the deputy, or who holds the verb throughout. Not found: ended already.
Result<> end_deputyship(Work& work, Id deputyship);

/// From now on the session of this token acts in that place. Forbidden: not the actor's deputyship, or not today.
Result<> take_place(Work& work, std::string_view token, Id deputyship);
/// The session acts for nobody any more.
Result<> leave_place(Work& work, std::string_view token);

}  // namespace loa::identity
