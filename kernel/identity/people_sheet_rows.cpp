#include "people_sheet_rows.h"

#include <unordered_map>
#include <utility>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/mail.h"
#include "people_rows.h"

namespace loa::identity {

namespace {
constexpr Codes<PersonColumn, kPersonColumns> kColumnCodes{{{PersonColumn::Name, "name"},
                                                            {PersonColumn::SignInName, "sign_in_name"},
                                                            {PersonColumn::Email, "email"},
                                                            {PersonColumn::Unit, "unit"},
                                                            {PersonColumn::Role, "role"},
                                                            {PersonColumn::Position, "position"},
                                                            {PersonColumn::ValidFrom, "valid_from"},
                                                            {PersonColumn::LastDay, "last_day"}}};

/// What offices write above such columns, folded; what we write ourselves is found by its own key.
constexpr std::pair<std::string_view, PersonColumn> kHeadings[] = {
    {"ho va ten", PersonColumn::Name},          {"ten can bo", PersonColumn::Name},      {"can bo, cong chuc", PersonColumn::Name},
    {"name", PersonColumn::Name},               {"tai khoan", PersonColumn::SignInName}, {"username", PersonColumn::SignInName},
    {"email", PersonColumn::Email},             {"e-mail", PersonColumn::Email},         {"dia chi thu dien tu", PersonColumn::Email},
    {"co quan, don vi", PersonColumn::Unit},    {"phong ban", PersonColumn::Unit},       {"noi cong tac", PersonColumn::Unit},
    {"chuc danh", PersonColumn::Position},      {"quyen", PersonColumn::Role},           {"ngay bat dau", PersonColumn::ValidFrom},
    {"from", PersonColumn::ValidFrom},          {"ngay ket thuc", PersonColumn::LastDay}, {"until", PersonColumn::LastDay}};

std::size_t at(PersonColumn column) { return static_cast<std::size_t>(column); }

Headings headings() {
    Headings columns;
    for (const auto& [column, column_code] : kColumnCodes)
        for (const Language language : {Language::Vietnamese, Language::English})
            columns.emplace(fold(i18n::translate(language, column_heading_key(column))), at(column));
    for (const auto& [folded, column] : kHeadings) columns.emplace(folded, at(column));
    return columns;
}

/// Folded: the names of the roles in both languages, and their codes.
std::unordered_map<std::string, Role> roles_by_words() {
    std::unordered_map<std::string, Role> roles;
    for (const Role role : kRoles) {
        const std::string role_code(code(role));
        roles.emplace(role_code, role);
        for (const Language language : {Language::Vietnamese, Language::English})
            roles.emplace(fold(i18n::translate(language, "identity.role." + role_code)), role);
    }
    return roles;
}

class RowReader {
  public:
    explicit RowReader(const FoundTable& table) : cells_(table.places), roles_(roles_by_words()) {}

    PersonRow read(const formats::SheetRow& from) {
        PersonRow row;
        cells_.begin(from, row);
        row.name = cells_.name(from, row, PersonColumn::Name, "identity.import_person_missing");
        row.sign_in_name = normal_sign_in_name(cells_.text(from, row, PersonColumn::SignInName));
        if (!row.sign_in_name.empty() && !is_sign_in_name(row.sign_in_name)) row.fault(PersonColumn::SignInName, "identity.malformed_sign_in_name");
        row.email = cells_.text(from, row, PersonColumn::Email);
        if (!row.email.empty() && !jobs::mail_address(row.email)) row.fault(PersonColumn::Email, "identity.malformed_email");
        const std::string unit = cells_.text(from, row, PersonColumn::Unit);
        for (const auto part : split(unit, '>'))
            if (auto words = squeezed(part); !words.empty()) row.unit.push_back(std::move(words));
        if (row.unit.empty() && row.bad.faults.empty()) row.fault(PersonColumn::Unit, "identity.import_unit_missing");
        read_role(from, row);
        row.position = cells_.text(from, row, PersonColumn::Position);
        if (length(row.position) > kLongestPosition) row.fault(PersonColumn::Position, "identity.import_position_long", {{"limit", std::to_string(kLongestPosition)}});
        row.valid_from = cells_.day(from, row, PersonColumn::ValidFrom);
        row.last_day = cells_.day(from, row, PersonColumn::LastDay);
        return row;
    }
    std::size_t formulas() const { return cells_.formulas(); }

  private:
    static constexpr std::size_t kLongestPosition = 200;  // letters, as in the form

    void read_role(const formats::SheetRow& from, PersonRow& row) {
        const std::string words = cells_.text(from, row, PersonColumn::Role);
        if (words.empty()) return;
        const auto role = roles_.find(fold(words));
        if (role != roles_.end())
            row.role = role->second;
        else
            row.fault(PersonColumn::Role, "identity.import_role_unknown", {{"role", shortened(words, 60)}});
    }

    CellReader cells_;
    std::unordered_map<std::string, Role> roles_;
};
}  // namespace

std::string_view code(PersonColumn column) {
    return code_in(kColumnCodes, column);
}

std::string column_heading_key(PersonColumn column) {
    return "identity.person_column." + std::string(code(column));
}

Result<PersonRows> person_rows(const std::vector<formats::Sheet>& sheets) {
    const auto table = find_table(sheets, headings(), kPersonColumns, "identity.import_no_person_headings");
    if (!table) return table.failure();
    const auto found = table->rows();
    if (found.empty()) return invalid("file", "identity.import_no_rows");
    // Before anything is read: what follows asks the database for each row.
    if (found.size() > kMostPeople) return invalid("file", "identity.import_too_many_people", {{"limit", std::to_string(kMostPeople)}});
    PersonRows result;
    RowReader reader(*table);
    for (const auto* row : found) result.rows.push_back(reader.read(*row));
    result.formulas = reader.formulas();
    return result;
}

}  // namespace loa::identity
