#include "unit_sheet_rows.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "codes.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "page_parts.h"

namespace loa::identity {

namespace {
using formats::CellKind;
using formats::SheetCell;

constexpr Codes<UnitColumn, kUnitColumns> kColumnCodes{{{UnitColumn::Name, "name"},
                                                        {UnitColumn::ShortName, "short_name"},
                                                        {UnitColumn::Kind, "kind"},
                                                        {UnitColumn::Parent, "parent"},
                                                        {UnitColumn::ValidFrom, "valid_from"},
                                                        {UnitColumn::Headcount, "headcount"},
                                                        {UnitColumn::Population, "population"},
                                                        {UnitColumn::Aliases, "aliases"},
                                                        {UnitColumn::Position, "position"}}};
static_assert(kColumnCodes.size() == kUnitColumns);

/// What offices write above such columns, folded; what we write ourselves is found by its own key.
struct Heading {
    std::string_view folded;
    UnitColumn column;
};
constexpr Heading kHeadings[] = {
    {"ten co quan, don vi", UnitColumn::Name}, {"ten co quan", UnitColumn::Name}, {"don vi", UnitColumn::Name},
    {"co quan, don vi", UnitColumn::Name},     {"name", UnitColumn::Name},        {"unit", UnitColumn::Name},
    {"viet tat", UnitColumn::ShortName},       {"ten ngan", UnitColumn::ShortName},
    {"abbreviation", UnitColumn::ShortName},   {"loai don vi", UnitColumn::Kind}, {"loai hinh", UnitColumn::Kind},
    {"type", UnitColumn::Kind},                {"cap tren", UnitColumn::Parent},  {"truc thuoc", UnitColumn::Parent},
    {"co quan cap tren", UnitColumn::Parent},  {"parent", UnitColumn::Parent},    {"don vi chu quan", UnitColumn::Parent},
    {"tu ngay", UnitColumn::ValidFrom},        {"ngay thanh lap", UnitColumn::ValidFrom},
    {"valid from", UnitColumn::ValidFrom},     {"from", UnitColumn::ValidFrom},   {"start date", UnitColumn::ValidFrom},
    {"bien che", UnitColumn::Headcount},       {"so can bo", UnitColumn::Headcount},
    {"staff", UnitColumn::Headcount},          {"so dan", UnitColumn::Population}, {"ten khac", UnitColumn::Aliases},
    {"cach goi khac", UnitColumn::Aliases},    {"also called", UnitColumn::Aliases}, {"order", UnitColumn::Position}};

constexpr UnitColumn kAllColumns[] = {UnitColumn::Name,      UnitColumn::ShortName,  UnitColumn::Kind,    UnitColumn::Parent,  UnitColumn::ValidFrom,
                                      UnitColumn::Headcount, UnitColumn::Population, UnitColumn::Aliases, UnitColumn::Position};

std::unordered_map<std::string, UnitColumn> columns_by_heading() {
    std::unordered_map<std::string, UnitColumn> columns;
    for (const UnitColumn column : kAllColumns)
        for (const Language language : {Language::Vietnamese, Language::English})
            columns.emplace(fold(i18n::translate(language, column_heading_key(column))), column);
    for (const Heading& heading : kHeadings) columns.emplace(heading.folded, heading.column);
    return columns;
}

/// Where each column stands; -1 where the file has none.
using Places = std::array<int, kUnitColumns>;
std::size_t at(UnitColumn column) { return static_cast<std::size_t>(column); }

struct Found {
    const formats::Sheet* sheet;
    std::size_t heading_row;  // index into its rows
    Places places;
};

Result<std::optional<Places>> headings_in(const formats::SheetRow& row, const std::unordered_map<std::string, UnitColumn>& columns) {
    Places places;
    places.fill(-1);
    for (const SheetCell& cell : row.cells) {
        const auto found = columns.find(fold(trimmed(cell.text)));
        if (found == columns.end()) continue;
        int& place = places[at(found->second)];
        if (place >= 0 && !cell.merged)
            return invalid("file", "identity.import_heading_twice", {{"heading", squeezed(cell.text)}, {"cell", formats::cell_address(row.number, cell.column)}});
        if (place < 0) place = cell.column;
    }
    return places[at(UnitColumn::Name)] < 0 ? std::optional<Places>() : std::optional(places);
}

/// The first row near the top of a sheet that is not hidden which names the column of names and one more, or it alone
/// where no row does better.
Result<Found> find_table(const std::vector<formats::Sheet>& sheets) {
    constexpr std::size_t kNearTheTop = 30;
    const auto columns = columns_by_heading();
    std::optional<Found> alone;
    for (const formats::Sheet& sheet : sheets) {
        if (sheet.hidden) continue;
        for (std::size_t i = 0; i < std::min(kNearTheTop, sheet.rows.size()); ++i) {
            const auto places = headings_in(sheet.rows[i], columns);
            if (!places) return places.failure();
            if (!*places) continue;
            const Found found{&sheet, i, **places};
            if (std::count_if((*places)->begin(), (*places)->end(), [](int place) { return place >= 0; }) > 1) return found;
            if (!alone) alone = found;
        }
    }
    if (!alone) return invalid("file", "identity.import_no_headings");
    return *alone;
}

/// "1234", "1.234" and "1 234": people group digits by threes.
std::optional<std::int64_t> whole_number(std::string_view text) {
    std::string digits;
    std::size_t since_mark = 0;
    bool marked = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
            ++since_mark;
            continue;
        }
        if ((c != '.' && c != ' ') || digits.empty() || (marked ? since_mark != 3 : since_mark > 3)) return std::nullopt;
        marked = true;
        since_mark = 0;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || digits.size() > 12 || error != std::errc() || end != digits.data() + digits.size() || (marked && since_mark != 3)) return std::nullopt;
    return number;
}

std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        if (auto part = squeezed(text.substr(begin, end - begin)); !part.empty()) parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

struct KindWords {
    std::string_view folded;
    UnitKind kind;
};
constexpr KindWords kKindWords[] = {
    {"ubnd", UnitKind::Committee},          {"uy ban nhan dan", UnitKind::Committee},
    {"phong", UnitKind::Office},            {"so", UnitKind::Office},
    {"van phong", UnitKind::Office},        {"co quan chuyen mon", UnitKind::Office},
    {"huyen", UnitKind::District},          {"cap huyen", UnitKind::District},
    {"thi xa", UnitKind::District},         {"xa", UnitKind::Commune},
    {"phuong", UnitKind::Commune},          {"thi tran", UnitKind::Commune},
    {"dac khu", UnitKind::Commune},         {"cap xa", UnitKind::Commune},
    {"khom", UnitKind::Hamlet},             {"ap", UnitKind::Hamlet},
    {"thon", UnitKind::Hamlet},             {"to dan pho", UnitKind::Hamlet},
    {"khu pho", UnitKind::Hamlet},          {"ban", UnitKind::Hamlet},
    {"truong", UnitKind::School},           {"truong hoc", UnitKind::School},
    {"trung tam", UnitKind::PublicService}, {"don vi su nghiep", UnitKind::PublicService},
    {"su nghiep", UnitKind::PublicService}, {"doan the", UnitKind::MassOrganisation},
    {"mat tran", UnitKind::MassOrganisation}, {"hoi", UnitKind::MassOrganisation},
    {"dang", UnitKind::PartyBody},          {"co quan dang", UnitKind::PartyBody},
    {"cong an", UnitKind::Force},           {"quan su", UnitKind::Force},
    {"bien phong", UnitKind::Force},        {"doanh nghiep", UnitKind::OutsideBody},
    {"bao", UnitKind::OutsideBody},         {"co quan ngoai", UnitKind::OutsideBody}};

/// Folded: the names of the kinds in both languages, their codes, what offices write.
std::unordered_map<std::string, UnitKind> kinds_by_words(const Work& work) {
    std::unordered_map<std::string, UnitKind> kinds;
    for (const UnitKind kind : kUnitKinds) {
        const std::string kind_code(code(kind));
        kinds.emplace(kind_code, kind);
        kinds.emplace(replaced(kind_code, "_", " "), kind);
        for (const Language language : {Language::Vietnamese, Language::English})
            kinds.emplace(fold(i18n::translate(language, "identity.unit_kind." + kind_code)), kind);
    }
    for (const KindWords& each : kKindWords) kinds.emplace(each.folded, each.kind);
    if (const auto authority = work.db.one("identity.authority_by_id", {work.authority}))
        kinds.emplace(fold(authority->text("hamlet_word")), UnitKind::Hamlet);
    return kinds;
}

class RowReader {
  public:
    RowReader(const Work& work, const Places& places) : today_(work.today()), places_(places), kinds_(kinds_by_words(work)) {}

    UnitRow read(const formats::SheetRow& from) {
        UnitRow row;
        row.number = row.bad.number = from.number;
        for (const UnitColumn column : kAllColumns)
            if (places_[at(column)] >= 0) row.addresses[at(column)] = formats::cell_address(from.number, places_[at(column)]);
        row.name = text(from, row, UnitColumn::Name);
        row.bad.name = row.name;
        if (const auto* cell = cell_of(from, UnitColumn::Name); cell && cell->merged)
            row.fault(UnitColumn::Name, "identity.import_merged_name");
        else if (row.name.empty() && row.bad.faults.empty())
            row.fault(UnitColumn::Name, "identity.import_name_missing");
        if (length(row.name) > kLongestName) row.fault(UnitColumn::Name, "identity.import_name_long", {{"limit", std::to_string(kLongestName)}});
        row.short_name = text(from, row, UnitColumn::ShortName);
        row.parent = parts_of(text(from, row, UnitColumn::Parent), ">");
        row.aliases = parts_of(text(from, row, UnitColumn::Aliases), ";\n");
        if (const auto words = text(from, row, UnitColumn::Kind); !words.empty()) {
            const auto kind = kinds_.find(fold(words));
            if (kind != kinds_.end())
                row.kind = kind->second;
            else
                row.fault(UnitColumn::Kind, "identity.import_kind_unknown", {{"kind", shortened(words, 60)}});
        }
        read_day(from, row);
        row.headcount = number(from, row, UnitColumn::Headcount);
        row.population = number(from, row, UnitColumn::Population);
        row.position = number(from, row, UnitColumn::Position);
        return row;
    }
    std::size_t formulas() const { return formulas_; }

  private:
    static constexpr std::size_t kLongestName = 300;

    const SheetCell* cell_of(const formats::SheetRow& from, UnitColumn column) const {
        return places_[at(column)] < 0 ? nullptr : from.at(places_[at(column)]);
    }

    /// "" also where the cell is faulty; the fault is noted.
    std::string text(const formats::SheetRow& from, UnitRow& row, UnitColumn column) {
        const SheetCell* cell = cell_of(from, column);
        if (!cell) return "";
        if (cell->formula) ++formulas_;
        if (cell->kind == CellKind::Error) {
            row.fault(column, "identity.import_cell_error", {{"error", shortened(cell->text, 20)}});
            return "";
        }
        if (cell->formula && cell->text.empty()) row.fault(column, "identity.import_formula_empty");
        if (column == UnitColumn::Aliases) return cell->text;  // its line breaks part them
        return squeezed(cell->text);
    }

    void read_day(const formats::SheetRow& from, UnitRow& row) {
        const std::string words = text(from, row, UnitColumn::ValidFrom);
        if (words.empty()) return;
        const auto* cell = cell_of(from, UnitColumn::ValidFrom);
        row.valid_from = Date::parse_vietnamese(cell->kind == CellKind::Day ? std::string_view(words).substr(0, words.find(' ')) : words);
        if (!row.valid_from)
            row.fault(UnitColumn::ValidFrom, cell->kind == CellKind::Number ? "identity.import_day_is_number" : "identity.import_day_unknown",
                      {{"day", shortened(words, 40)}});
        else if (*row.valid_from > today_)
            row.fault(UnitColumn::ValidFrom, "identity.import_day_ahead", {{"day", row.valid_from->vietnamese()}});
    }

    std::optional<std::int64_t> number(const formats::SheetRow& from, UnitRow& row, UnitColumn column) {
        const std::string words = text(from, row, column);
        if (words.empty()) return std::nullopt;
        // In a number the point is a decimal one; in a text it parts thousands.
        const bool decimal = cell_of(from, column)->kind == CellKind::Number && words.find_first_not_of("0123456789") != words.npos;
        const auto value = decimal ? std::nullopt : whole_number(words);
        if (!value) row.fault(column, "identity.import_no_number", {{"text", shortened(words, 40)}});
        return value;
    }

    Date today_;
    const Places& places_;
    std::unordered_map<std::string, UnitKind> kinds_;
    std::size_t formulas_ = 0;
};

}  // namespace

std::string_view code(UnitColumn column) {
    return code_in(kColumnCodes, column);
}

std::string_view column_heading_key(UnitColumn column) {
    static constexpr std::array<std::string_view, kUnitColumns> keys{
        "identity.column.name",      "identity.column.short_name", "identity.column.kind",    "identity.column.parent",  "identity.column.valid_from",
        "identity.column.headcount", "identity.column.population", "identity.column.aliases", "identity.column.position"};
    return keys[at(column)];
}

void UnitRow::fault(UnitColumn column, std::string key, std::vector<std::pair<std::string, std::string>> args) {
    bad.faults.push_back({addresses[at(column)], {std::string(code(column)), std::move(key), std::move(args)}});
}

Result<UnitRows> unit_rows(const Work& work, const std::vector<formats::Sheet>& sheets) {
    const auto table = find_table(sheets);
    if (!table) return table.failure();
    UnitRows result;
    RowReader reader(work, table->places);
    for (std::size_t i = table->heading_row + 1; i < table->sheet->rows.size(); ++i) {
        const formats::SheetRow& row = table->sheet->rows[i];
        const bool says_something = std::any_of(table->places.begin(), table->places.end(),
                                                [&](int place) { return place >= 0 && row.at(place) != nullptr; });
        if (says_something) result.rows.push_back(reader.read(row));
    }
    if (result.rows.empty()) return invalid("file", "identity.import_no_rows");
    result.formulas = reader.formulas();
    return result;
}

}  // namespace loa::identity
