// Shared by the files about people.
#pragma once

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"

namespace loa::identity {

Person person_of(const storage::Row& row);
/// As it stands in the tables: lower case, no blanks around it.
std::string normal_sign_in_name(std::string_view typed);
/// 3 to 64 of the signs that are allowed there; of a normal one.
bool is_sign_in_name(std::string_view name);
/// Does each end where the actor's own care does? (people_changes.cpp)
bool all_in_reach(const Work& work, const std::vector<Membership>& memberships);
/// A person whose account the acting authority looks after, for who may manage people there (people_changes.cpp).
Result<Person> person_in_our_care(const Work& work, Id person);

/// end_deputyship() as part of an act that has asked already whether the actor may.
Result<> close_deputyship(Work& work, const Deputyship& deputyship);

}  // namespace loa::identity
