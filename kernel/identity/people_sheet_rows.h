// From cells to what a row of a table of people says; for the files about them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/identity/people_sheets.h"
#include "sheet_rows.h"

namespace loa::identity {

/// One row, read by itself: nothing here needs the others or the database.
struct PersonRow : TableRow<PersonColumn, kPersonColumns> {
    std::string name;
    std::string sign_in_name;       // lower case; "": to be proposed
    std::string email;              // may be empty
    std::vector<std::string> unit;  // "UBND xã > Trạm Y tế" by its parts
    Role role = Role::Clerk;
    std::string position;
    std::optional<Date> valid_from, last_day;
};

struct PersonRows {
    std::vector<PersonRow> rows;
    std::size_t formulas = 0;
};
/// Invalid, as try_people_import.
Result<PersonRows> person_rows(const std::vector<formats::Sheet>& sheets);

}  // namespace loa::identity
