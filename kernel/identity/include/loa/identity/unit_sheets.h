// Units from a spreadsheet and back: a table with one unit a row (docs/manual/vi/quan-tri.md). What goes out comes in
// again and changes nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/formats/sheet.h"
#include "loa/formats/write_spreadsheet.h"
#include "loa/identity/imports.h"
#include "loa/identity/units.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// The columns of the table, found by their headings in any order. Translation key of the heading:
/// "identity.column.<code>".
enum class UnitColumn { Name, ShortName, Kind, Parent, ValidFrom, Headcount, Population, Aliases, Position };
inline constexpr std::size_t kUnitColumns = 9;
std::string_view code(UnitColumn column);
std::string_view column_heading_key(UnitColumn column);

/// What a row asks for that is sound.
struct RowPlan {
    int number = 0;
    enum class Effect { Create, Update, Nothing } effect = Effect::Nothing;
    CreateUnit unit;                     // Create: complete, with its id; else id, name and short_name
    std::optional<std::string> rename;   // Update: another short name
    std::optional<std::int64_t> headcount, population, position;  // Update: what differs
    std::vector<std::string> aliases;    // new ones
    std::int64_t version = 0;            // Update: of the unit
};

/// What importing would do; nothing was changed to find out.
struct ImportTrial {
    std::vector<RowPlan> plans;  // parents before children
    std::vector<BadRow> bad;     // by their place in the file
    std::size_t formulas = 0;    // cells whose worked-out value was taken
    std::size_t created = 0, updated = 0, unchanged = 0;

    bool sound() const { return bad.empty(); }
};
inline constexpr std::size_t kMostImported = 20'000;  // units made or changed at one go

/// Compares the sheets with the acting authority's units of today. Of a row that is there already (the same name, short
/// name or alias under the same parent), empty cells leave everything as it is; a kind or first day that differs is a
/// fault of the row. Invalid (beside "file"): no row of headings with the names of units, a heading twice, nothing below
/// them, more than kMostImported to do.
Result<ImportTrial> try_import(const Work& work, const std::vector<formats::Sheet>& sheets);

/// The sentence of a fault, in the language of the Work.
std::string fault_text(const Work& work, const Problem& problem);

/// Does what the trial found, in this transaction (verb identity.manage_units). Only a sound trial of this transaction.
Result<> carry_out_import(Work& work, const ImportTrial& trial);

/// Changes with every change of a unit, its names and figures: two trials with the same digest meet the same tree.
std::string digest_of_units(const Work& work);

/// Keeps a file that was tried, with the digest of the units it met.
Result<Id> keep_import(Work& work, const std::string& file_name, std::string_view bytes);
/// Nothing for what another person tried.
std::optional<KeptImport> kept_import(const Work& work, Id id);
/// Carries out the kept file. Conflict: it is not the file whose SHA-256 was shown, a unit was changed since, or it has
/// been taken over already. Gives what was done.
Result<ImportTrial> apply_import(Work& work, Id id, std::string_view shown_sha256);

/// The tree as of that day, parents before children, ready to be written.
formats::SheetTable unit_table(const Work& work, Date day);
/// To fill in: headings with examples, and a sheet that explains each column.
std::vector<formats::SheetTable> unit_template(const Work& work);

}  // namespace loa::identity
