#include "sheet_commands.h"

#include <fstream>

#include "loa/identity/unit_sheets.h"

namespace loa::app {

Result<SheetFile> sheet_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return not_found("formats.no_file");
    std::string bytes(formats::SheetLimits{}.bytes + 1, '\0');  // one more: the reader says that it is too large
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file.bad()) return not_found("formats.no_file");
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    auto sheets = formats::read_spreadsheet(bytes, path);
    if (!sheets) return sheets.failure();
    return SheetFile{path.substr(path.rfind('/') + 1), std::move(bytes), *std::move(sheets)};
}

void print_faults(std::ostream& out, const Work& work, const std::vector<identity::BadRow>& bad) {
    for (const auto& row : bad)
        for (const auto& fault : row.faults)
            out << row.number << '\t' << fault.cell << '\t' << row.name << '\t' << identity::fault_text(work, fault.problem) << '\n';
}

}  // namespace loa::app
