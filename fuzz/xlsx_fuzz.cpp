// Workbooks: the input is the sheet, or sheet, shared texts, styles and workbook parted by a byte 0, put into a sound
// zip here, so that mutation reaches the readers behind it; an input that begins like a zip is read as the file itself.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "loa/formats/testing.h"
#include "sheet_promises.h"

namespace {

constexpr std::array<const char*, 4> kParts{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"};
constexpr const char* kWorkbook = R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="s"/></sheets></workbook>)";
constexpr const char* kRelations = R"(<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)";

std::string in_zip(std::string_view input) {
    loa::formats::testing::Parts parts{{"xl/_rels/workbook.xml.rels", kRelations}};
    for (const char* name : kParts) {
        const std::size_t end = std::min(input.find('\0'), input.size());
        parts.emplace_back(name, input.substr(0, end));
        input.remove_prefix(std::min(end + 1, input.size()));
        if (input.empty()) break;
    }
    if (parts.back().first != kParts.back()) parts.emplace_back(kParts.back(), kWorkbook);
    return loa::formats::testing::zip_of(parts, loa::formats::testing::Packing::Stored);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const loa::formats::SheetLimits limits;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string file = input.starts_with("PK") ? std::string(input) : in_zip(input);
    loa::fuzz::require_promises(loa::formats::read_spreadsheet(file, "don-vi.xlsx", limits), limits);
    return 0;
}
