// Shared by the files about people.
#pragma once

#include "loa/identity/people.h"

namespace loa::identity {

Person person_of(const storage::Row& row);
/// As it stands in the tables: lower case, no blanks around it.
std::string normal_sign_in_name(std::string_view typed);
/// A person whose account the acting authority looks after, for who may manage people there (people_changes.cpp).
Result<Person> person_in_our_care(const Work& work, Id person);

}  // namespace loa::identity
