// Who acts, for which authority, in which language, at what time, in which transaction: the first argument
// of every action and query. Plain data, built by identity for a person and by jobs for the system.
#pragma once

#include <string>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/id.h"
#include "loa/base/language.h"
#include "loa/base/ref.h"
#include "loa/storage/transaction.h"

namespace loa {

/// A role that a person holds in a unit on the day of the Work (house.md §5, Membership).
struct Grant {
    Id unit;
    std::string role;   // a name of identity's table of roles: "clerk", "office_head", "leader", …
    std::string scope = {};  // "own_unit" or "subtree" where it reaches less far than the role does; "" = as far
};

struct Actor {
    Id person;         // no person: a stranger, or the system
    std::string name;  // as shown in the timeline: "Phan Thị Ngọc Diễm", "Hệ thống"
    bool system = false;
    std::vector<Grant> grants;
    Id acting_for = {};  // the person whose grants these are, while a deputy acts for somebody
    std::string acting_for_name = {};
    /// The record of a slice by which somebody without an account acts (a personal link): then there is no person and no
    /// grant, and `name` is what the one who gave it called her. What it opens, its slice says.
    Ref link = {};

    bool signed_in() const { return static_cast<bool>(person); }
};

struct Work {
    storage::Transaction& db;
    IdSource& ids;
    Instant now;
    Id authority;
    Actor actor;
    Language language = Language::Vietnamese;
    std::string request_id;  // of the form that was sent; empty for reads and for the system

    Id new_id() const { return ids.next(); }
    Date today() const { return now.date(); }
};

}  // namespace loa
