// Shared by the files about people.
#pragma once

#include "loa/identity/people.h"

namespace loa::identity {

Person person_of(const storage::Row& row);
/// As it stands in the tables: lower case, no blanks around it.
std::string normal_sign_in_name(std::string_view typed);
/// 3 to 64 of the signs that are allowed there; of a normal one.
bool is_sign_in_name(std::string_view name);
/// create_person() where the end is known: the first day on which the first membership is no more.
Result<Id> create_person_until(Work& work, const CreatePerson& input, std::optional<Date> valid_to);
/// A person whose account the acting authority looks after, for who may manage people there (people_changes.cpp).
Result<Person> person_in_our_care(const Work& work, Id person);

}  // namespace loa::identity
