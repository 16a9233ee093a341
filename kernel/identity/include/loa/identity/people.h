// People and what they are in which unit. A person is one nation-wide (one sign-in name); memberships tie
// them to units of authorities. Passwords: loa/identity/passwords.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/identity/passwords.h"
#include "loa/identity/permissions.h"
#include "loa/storage/work.h"

namespace loa::identity {

struct Person {
    Id id;
    std::string name;          // "Phan Thị Ngọc Diễm"
    std::string sign_in_name;  // lower case: a-z 0-9 . _ - @, 3 … 64 characters
    bool active = true;        // an inactive person cannot sign in; their history stays
    Id home_authority;         // the one that looks after the account
    std::string email;         // where messages go; "" where there is none. For administrators and the person alone
    bool email_confirmed = false;  // a link that was sent there has been used
    std::int64_t version = 0;
};

struct Membership {
    Id id;
    Id person;
    std::string person_name;
    Id unit;
    std::string unit_name;
    Role role = Role::Clerk;
    std::string position;  // chức vụ, as printed: "Phó Trưởng phòng"; may be empty
    Date valid_from;
    std::optional<Date> valid_to;  // the first day on which it is no more
    std::optional<Scope> scope;    // where it reaches less far than the role does

    /// What end_membership() is told so that the last day is the given one: of one that begins later, that it never does.
    Date ended_after(Date last_day) const { return std::max(last_day.plus_days(1), valid_from); }
};

// ---- Queries: the acting authority's people only
// --------------------------------------------------------------

/// Nothing for a person who never had a membership in the acting authority.
std::optional<Person> person_by_id(const Work& work, Id person);
/// Anywhere in the country: how an administrator finds somebody else's person for add_membership.
std::optional<Person> person_by_sign_in_name(const Work& work, std::string_view sign_in_name);
/// Every membership in force on that day, by unit (position, name), then person.
std::vector<Membership> memberships_on(const Work& work, Date day);
std::vector<Membership> memberships_of_person(const Work& work, Id person, Date day);
/// In force on the day of the Work, or to begin later.
std::vector<Membership> current_and_coming_memberships(const Work& work, Id person);
/// In this very unit, on the day of the Work; office heads first, then by name.
std::vector<Membership> people_of_unit(const Work& work, Id unit);
/// The actor's units on the day of the Work ("Việc của đơn vị tôi"), each once.
std::vector<Id> own_units(const Work& work);

struct PersonLine {
    Person person;
    std::vector<Membership> memberships;  // in force on the day of the Work
};
/// The list of people for administrators: by name; `search` matches name or sign-in name without marks.
std::vector<PersonLine> people_list(const Work& work, std::string_view search, int limit, int offset);

// ---- Actions (verb identity.manage_people)
// ----------------------------------------------------------------------

struct CreatePerson {
    Id id;  // none: a new one is made
    std::string name;
    std::string sign_in_name;
    std::string email;                     // may be empty
    std::optional<PasswordHash> password;  // none: cannot sign in until set_password
    // the first membership: a person belongs to the authority that makes the account
    Id unit;
    Role role = Role::Clerk;
    std::string position;
    Date valid_from;
    std::optional<Date> valid_to;  // the first day on which it is no more
    std::optional<Scope> scope;
};
/// Invalid: a malformed name, an end that is not after the beginning, a unit that is not open on valid_from or is an outside body. Conflict: the
/// sign-in name is taken (anywhere in the country).
Result<Id> create_person(Work& work, const CreatePerson& input);

struct ChangePerson {
    Id person;
    std::string name;
    std::string email;
    std::int64_t version = 0;
};
/// By the person herself or by who looks after the account. Another address is not confirmed. Invalid: no name, no
/// address. Conflict: changed meanwhile.
Result<> change_person(Work& work, const ChangePerson& input);

struct AddMembership {
    Id person;
    Id unit;
    Role role = Role::Clerk;
    std::string position;
    Date valid_from;
    std::optional<Date> valid_to;
    std::optional<Scope> scope;  // to reach less far than the role does
};
/// Reaches no farther than who adds it: an administrator of a subtree gives roles that end there. The person may come
/// from another authority (person_by_sign_in_name). The same one again: nothing happens.
Result<Id> add_membership(Work& work, const AddMembership& input);
/// Ends it on that day (the first on which it is no more); on its first day: it never was. Forbidden: it reaches farther
/// than who ends it. Conflict: the last administrator's of the whole authority stays, somebody must hold the keys.
Result<> end_membership(Work& work, Id membership, Date valid_to);

/// By the person, or by an administrator of the authority that looks after the account: the one that made it
/// or, once that one is no more, any in which the person holds a membership. So another authority that gave
/// the person a membership can't take the account over. Ends all the person's sessions but `kept_token`, and
/// forgets the browsers that were known. Hash first (hash_password), outside the write step.
Result<> set_password(Work& work, Id person, const PasswordHash& password, std::string_view kept_token = {});

/// By an administrator of the authority that looks after the account; nobody deactivates themselves.
Result<> deactivate_person(Work& work, Id person);
Result<> reactivate_person(Work& work, Id person);

}  // namespace loa::identity
