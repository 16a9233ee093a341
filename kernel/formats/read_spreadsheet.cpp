#include "loa/formats/read_spreadsheet.h"

#include <algorithm>
#include <array>

#include "archive.h"
#include "csv.h"
#include "encodings.h"
#include "loa/base/text.h"
#include "loa/formats/sniff.h"
#include "xlsx.h"

namespace loa::formats {

namespace {

/// What the shared parts say of a document of Word, said of a spreadsheet.
constexpr std::array<std::pair<std::string_view, const char*>, 5> kOfSpreadsheets{{
    {"formats.too_large", "formats.sheet_too_large"},
    {"formats.too_large_inside", "formats.sheet_too_large_inside"},
    {"formats.unsafe_archive", "formats.sheet_unsafe_archive"},
    {"formats.unsafe_xml", "formats.sheet_unsafe_xml"},
    {"formats.not_utf8", "formats.sheet_charset"},
}};

Failure of_spreadsheet(Failure failure) {
    for (Problem& problem : failure.problems)
        for (const auto& [key, own] : kOfSpreadsheets)
            if (problem.key == key) {
                problem.key = own;
                break;
            }
    return failure;
}

/// UTF-16 without its mark: of a text in Latin letters more than half of the units have one byte of 0, the same one.
bool is_unmarked_utf16(std::string_view bytes, ByteOrder order) {
    const std::string_view start = bytes.substr(0, 512);
    std::size_t zeros = 0, wrong = 0;
    for (std::size_t at = 0; at + 1 < start.size(); at += 2) {
        const std::size_t high = at + (order == ByteOrder::Little ? 1 : 0), low = at + (order == ByteOrder::Little ? 0 : 1);
        zeros += start[high] == '\0' ? 1 : 0;
        wrong += start[low] == '\0' ? 1 : 0;
    }
    return bytes.size() % 2 == 0 && wrong == 0 && zeros * 2 > start.size() / 2;
}

/// The text of a .csv; nothing where its letters can't be told.
std::optional<std::string> text_of(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::Little);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::Big);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    for (const ByteOrder order : {ByteOrder::Little, ByteOrder::Big})
        if (is_unmarked_utf16(bytes, order)) return from_utf16(bytes, order);
    return is_utf8(bytes) ? std::optional(std::string(bytes)) : from_windows_1258(bytes);
}

Result<std::vector<Sheet>> read_text(std::string_view bytes, SheetBudget& budget) {
    const auto text = text_of(bytes);
    if (!text) return file_problem("formats.not_utf8");
    if (text->find('\0') != text->npos) return file_problem("formats.not_text");
    auto sheet = read_csv(*text, budget);
    if (!sheet) return sheet.failure();
    return std::vector{*std::move(sheet)};
}

bool has_ending(std::string_view file_name, std::initializer_list<std::string_view> fitting) {
    const std::string ending = ending_of(file_name);
    return ending.empty() || std::find(fitting.begin(), fitting.end(), ending) != fitting.end();
}

Result<std::vector<Sheet>> read_kind(std::string_view bytes, std::string_view file_name, SheetBudget& budget) {
    const SheetLimits& limits = budget.limits();
    if (bytes.size() > limits.bytes) return too_large(bytes.size(), limits.bytes);
    const FileKind kind = sniff(bytes);
    if (kind == FileKind::Empty) return empty_file();
    if (kind == FileKind::EncryptedOffice) return encrypted();
    if (kind == FileKind::Xls || kind == FileKind::Ods) return file_problem("formats.other_spreadsheet");
    if (kind == FileKind::Xlsx && has_ending(file_name, {"xlsx", "xlsm"})) return read_xlsx(bytes, budget);
    if (kind == FileKind::Zip)
        if (const auto archive = Archive::open(bytes); !archive) return archive.failure();
    const bool text = kind == FileKind::Text || kind == FileKind::LegacyText || kind == FileKind::Unknown;
    if (text && has_ending(file_name, {"csv", "txt", "tsv"})) return read_text(bytes, budget);
    return file_problem("formats.not_spreadsheet");
}

}  // namespace

Result<std::vector<Sheet>> read_spreadsheet(std::string_view bytes, std::string_view file_name, const SheetLimits& limits) {
    SheetBudget budget(limits);
    auto sheets = read_kind(bytes, file_name, budget);
    if (!sheets) return of_spreadsheet(sheets.failure());
    const bool holds_something = std::any_of(sheets->begin(), sheets->end(), [](const Sheet& sheet) { return !sheet.rows.empty(); });
    return holds_something ? std::move(sheets) : Result<std::vector<Sheet>>(file_problem("formats.no_cells"));
}

}  // namespace loa::formats
