// People from a spreadsheet and back: a table with one person in one unit a row (docs/manual/vi/quan-tri.md). What goes
// out comes in again and changes nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/formats/sheet.h"
#include "loa/formats/write_spreadsheet.h"
#include "loa/identity/imports.h"
#include "loa/identity/people.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// The columns of the table, found by their headings in any order. Translation key of the heading:
/// "identity.person_column.<code>".
enum class PersonColumn { Name, SignInName, Email, Unit, Role, Position, ValidFrom, LastDay };
inline constexpr std::size_t kPersonColumns = 8;
std::string_view code(PersonColumn column);
std::string column_heading_key(PersonColumn column);

/// What a row asks for that is sound.
struct PersonPlan {
    int number = 0;                // of the row, as the spreadsheet shows it
    CreatePerson person;           // complete but for the id
    std::string unit_name;
    bool proposed = false;  // the sign-in name stood not in the file
};

/// What importing would do; nothing was changed to find out.
struct PeopleTrial {
    std::vector<PersonPlan> plans;
    std::vector<BadRow> bad;  // by their place in the file
    std::size_t formulas = 0;         // cells whose worked-out value was taken
    std::size_t unchanged = 0;        // rows of people who are there, with that role in that unit
    std::size_t without_address = 0;  // of the plans: nobody can be invited there by mail

    bool sound() const { return bad.empty(); }
};
inline constexpr std::size_t kMostPeople = 2'000;  // rows at one go: all are made in one transaction

/// Compares the sheets with the people of the acting authority. A row without a sign-in name gets one of the given name
/// and the first letters of the others ("hannn"), with a number where that is taken. Who is there already, by the
/// sign-in name or by the name, in that unit with that role, stays as is; a sign-in name of anybody else, or an address
/// of another account or row, is a fault of the row. Invalid (beside "file"): no row of headings with the names of
/// people, a heading twice, nothing below them, more than kMostPeople rows.
Result<PeopleTrial> try_people_import(const Work& work, const std::vector<formats::Sheet>& sheets);

/// Of a name in Vietnamese order: "Nguyễn Ngọc Hân" is "hannn". "" where it has no letter.
std::string proposed_sign_in_name(std::string_view name);

/// The same for trials that would do the same.
std::string digest_of_trial(const PeopleTrial& trial);
/// Keeps a file that was tried, with the digest of what its trial would do (verb identity.manage_people).
Result<Id> keep_people_import(Work& work, const std::string& file_name, std::string_view bytes, const PeopleTrial& trial);
/// Nothing for what another person tried.
std::optional<KeptImport> kept_people_import(const Work& work, Id id);
/// Makes the people of the kept file, and posts to each who has an address an invitation (account_links.h), all in this
/// transaction. Conflict: it is not the file whose SHA-256 was shown, it would do something else today than what was
/// shown, or it has been taken over already. Gives what was done.
Result<PeopleTrial> apply_people_import(Work& work, const Keys& keys, Id id, std::string_view shown_sha256);

/// Everybody's memberships of today, by unit, ready to be written. It holds addresses: for those who manage people.
formats::SheetTable people_table(const Work& work);
/// To fill in: headings with examples, and a sheet that explains each column.
std::vector<formats::SheetTable> people_template(const Work& work);

}  // namespace loa::identity
