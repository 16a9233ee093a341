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
constexpr std::pair<std::string_view, UnitColumn> kHeadings[] = {
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

std::size_t at(UnitColumn column) { return static_cast<std::size_t>(column); }

Headings headings() {
    Headings columns;
    for (const UnitColumn column : kAllColumns)
        for (const Language language : {Language::Vietnamese, Language::English})
            columns.emplace(fold(i18n::translate(language, column_heading_key(column))), at(column));
    for (const auto& [folded, column] : kHeadings) columns.emplace(folded, at(column));
    return columns;
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
    RowReader(const Work& work, const FoundTable& table) : today_(work.today()), cells_(table.places), kinds_(kinds_by_words(work)) {}

    UnitRow read(const formats::SheetRow& from) {
        UnitRow row;
        cells_.begin(from, row);
        row.name = cells_.name(from, row, UnitColumn::Name, "identity.import_name_missing");
        row.short_name = cells_.text(from, row, UnitColumn::ShortName);
        row.parent = parts_of(cells_.text(from, row, UnitColumn::Parent), ">");
        row.aliases = parts_of(cells_.raw(from, row, UnitColumn::Aliases), ";\n");  // line breaks part them, too
        if (const auto words = cells_.text(from, row, UnitColumn::Kind); !words.empty()) {
            const auto kind = kinds_.find(fold(words));
            if (kind != kinds_.end())
                row.kind = kind->second;
            else
                row.fault(UnitColumn::Kind, "identity.import_kind_unknown", {{"kind", shortened(words, 60)}});
        }
        row.valid_from = cells_.day(from, row, UnitColumn::ValidFrom);
        if (row.valid_from && *row.valid_from > today_)
            row.fault(UnitColumn::ValidFrom, "identity.import_day_ahead", {{"day", row.valid_from->vietnamese()}});
        row.headcount = number(from, row, UnitColumn::Headcount);
        row.population = number(from, row, UnitColumn::Population);
        row.position = number(from, row, UnitColumn::Position);
        return row;
    }
    std::size_t formulas() const { return cells_.formulas(); }

  private:
    std::optional<std::int64_t> number(const formats::SheetRow& from, UnitRow& row, UnitColumn column) {
        const std::string words = cells_.text(from, row, column);
        if (words.empty()) return std::nullopt;
        // In a number the point is a decimal one; in a text it parts thousands.
        const bool decimal = cells_.cell(from, at(column))->kind == formats::CellKind::Number && words.find_first_not_of("0123456789") != words.npos;
        const auto value = decimal ? std::nullopt : whole_number(words);
        if (!value) row.fault(column, "identity.import_no_number", {{"text", shortened(words, 40)}});
        return value;
    }

    Date today_;
    CellReader cells_;
    std::unordered_map<std::string, UnitKind> kinds_;
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

Result<UnitRows> unit_rows(const Work& work, const std::vector<formats::Sheet>& sheets) {
    const auto table = find_table(sheets, headings(), kUnitColumns, "identity.import_no_headings");
    if (!table) return table.failure();
    UnitRows result;
    RowReader reader(work, *table);
    for (const auto* row : table->rows()) result.rows.push_back(reader.read(*row));
    if (result.rows.empty()) return invalid("file", "identity.import_no_rows");
    result.formulas = reader.formulas();
    return result;
}

}  // namespace loa::identity
