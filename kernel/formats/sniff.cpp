#include "loa/formats/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "archive.h"
#include "loa/base/text.h"

namespace loa::formats {

namespace {

struct Signature {
    std::size_t at;
    std::string_view bytes;
    FileKind kind;
};

using namespace std::string_view_literals;

constexpr std::array<Signature, 18> kSignatures{{
    {0, "{\\rtf"sv, FileKind::Rtf},
    {0, "\x89PNG\r\n\x1a\n"sv, FileKind::Image},
    {0, "\xFF\xD8\xFF"sv, FileKind::Image},
    {0, "GIF8"sv, FileKind::Image},
    {0, "II*\0"sv, FileKind::Image},
    {0, "MM\0*"sv, FileKind::Image},
    {8, "WEBP"sv, FileKind::Image},
    {4, "ftypheic"sv, FileKind::Image},
    {4, "ftypheif"sv, FileKind::Image},
    {4, "ftypmif1"sv, FileKind::Image},
    {4, "ftypavif"sv, FileKind::Image},
    {4, "ftyp"sv, FileKind::Media},
    {0, "RIFF"sv, FileKind::Media},
    {0, "ID3"sv, FileKind::Media},
    {0, "\xFF\xFB"sv, FileKind::Media},
    {0, "OggS"sv, FileKind::Media},
    {0, "fLaC"sv, FileKind::Media},
    {0, "\x1A\x45\xDF\xA3"sv, FileKind::Media},
}};

constexpr std::array<std::pair<std::string_view, FileKind>, 3> kOfficeParts{{
    {"word/document.xml", FileKind::Docx},
    {"xl/workbook.xml", FileKind::Xlsx},
    {"ppt/presentation.xml", FileKind::Pptx},
}};

/// Its list of parts is never encrypted, and says which parts are (OASIS OpenDocument 1.3 part 2, 3.4).
bool is_encrypted_odt(std::string_view bytes) {
    auto archive = Archive::open(bytes);
    const auto list = archive ? archive->read("META-INF/manifest.xml") : archive.failure();
    return list && list->find("encryption-data") != std::string::npos;
}

FileKind kind_of_zip(std::string_view bytes) {
    // OpenDocument keeps its type first and uncompressed, so that it can be seen from outside.
    if (bytes.substr(30).starts_with("mimetypeapplication/vnd.oasis.opendocument.text"))
        return is_encrypted_odt(bytes) ? FileKind::EncryptedOffice : FileKind::Odt;
    if (bytes.substr(30).starts_with("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
        return FileKind::Ods;
    auto archive = Archive::open(bytes);
    for (const auto& [part, kind] : kOfficeParts) {
        // Where the directory is cut off or refused, the names still stand before the entries.
        if (archive ? archive->contains(std::string(part)) : bytes.find(part) != bytes.npos) return kind;
    }
    if (!archive) return FileKind::Zip;
    for (const std::string& name : archive->names()) {
        if (name.starts_with("word/")) return FileKind::Docx;
        if (name.starts_with("xl/")) return FileKind::Xlsx;
    }
    return FileKind::Zip;
}

/// Where its entry stands in the directory of an OLE2 file, which begins with the name in UTF-16LE; npos without one.
std::size_t stream_entry(std::string_view bytes, std::string_view name) {
    std::string wide;
    for (const char c : name) (wide += c) += '\0';
    return bytes.find(wide);
}
bool has_stream(std::string_view bytes, std::string_view name) { return stream_entry(bytes, name) != bytes.npos; }

/// Little-endian; 0 past the end.
std::uint64_t number_at(std::string_view bytes, std::uint64_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (std::size_t i = size; i-- > 0;)
        if (at + i < bytes.size()) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

/// The flag fEncrypted of the FIB with which the stream begins ([MS-DOC] 2.5.2); sectors as in [MS-CFB] 2.2 and 2.6.1.
bool is_encrypted_doc(std::string_view bytes) {
    constexpr std::uint64_t kSectorShift = 0x1E, kFirstSector = 0x74, kFlags = 0x0A, kEncrypted = 0x0100, kFib = 0xA5EC;
    const auto shift = number_at(bytes, kSectorShift, 2);
    if (shift != 9 && shift != 12) return false;
    const auto fib = (number_at(bytes, stream_entry(bytes, "WordDocument") + kFirstSector, 4) + 1) << shift;
    return number_at(bytes, fib, 2) == kFib && (number_at(bytes, fib + kFlags, 2) & kEncrypted) != 0;
}

FileKind kind_of_ole(std::string_view bytes) {
    if (has_stream(bytes, "EncryptedPackage")) return FileKind::EncryptedOffice;
    if (has_stream(bytes, "WordDocument")) return is_encrypted_doc(bytes) ? FileKind::EncryptedOffice : FileKind::Doc;
    if (has_stream(bytes, "Workbook")) return FileKind::Xls;
    return FileKind::Ole;
}

FileKind kind_of_text(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return FileKind::Text;
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
    };
    const auto controls = std::count_if(bytes.begin(), bytes.end(), is_control);
    if (static_cast<std::size_t>(controls) > bytes.size() / 1000) return FileKind::Unknown;
    return is_utf8(bytes) ? FileKind::Text : FileKind::LegacyText;
}

struct Endings {
    FileKind kind;
    std::vector<std::string_view> endings;
};

const std::vector<Endings>& all_endings() {
    static const std::vector<Endings> table{
        {FileKind::Pdf, {"pdf"}},
        {FileKind::Docx, {"docx", "doc"}},
        {FileKind::Doc, {"doc", "docx"}},
        {FileKind::Rtf, {"rtf", "doc"}},
        {FileKind::Odt, {"odt"}},
        {FileKind::Xlsx, {"xlsx", "xls"}},
        {FileKind::Xls, {"xls", "xlsx"}},
        {FileKind::Ods, {"ods"}},
        {FileKind::Pptx, {"pptx"}},
        {FileKind::Text, {"txt", "md", "markdown", "csv"}},
        {FileKind::LegacyText, {"txt", "md", "markdown", "csv"}},
    };
    return table;
}

}  // namespace

std::size_t ending_at(std::string_view file_name) {
    constexpr std::size_t kLongest = 10;  // bytes
    const auto slash = file_name.find_last_of("/\\");
    const std::size_t first = slash == std::string_view::npos ? 0 : slash + 1;
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos || dot <= first || file_name.size() - dot - 1 > kLongest) return file_name.size();
    return dot;
}

std::string ending_of(std::string_view file_name) {
    const auto dot = ending_at(file_name);
    return dot >= file_name.size() ? std::string() : lower(file_name.substr(dot + 1));
}

const std::vector<std::string_view>& endings_of(FileKind kind) {
    static const std::vector<std::string_view> none;
    const auto& table = all_endings();
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.kind == kind; });
    return found == table.end() ? none : found->endings;
}

FileKind sniff(std::string_view bytes) {
    if (bytes.empty()) return FileKind::Empty;
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv))
        return bytes.size() < 30 ? FileKind::Zip : kind_of_zip(bytes);
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return kind_of_ole(bytes);
    constexpr std::size_t kPdfSlack = 1024;  // readers accept the mark anywhere in the first kilobyte
    if (bytes.substr(0, kPdfSlack).find("%PDF-") != bytes.npos) return FileKind::Pdf;
    for (const auto& [at, signature, kind] : kSignatures)
        if (bytes.size() > at && bytes.substr(at).starts_with(signature)) return kind;

    const std::string start = lower(trimmed(bytes.substr(0, 256)));
    if (start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head"))
        return FileKind::Html;
    if (start.starts_with("<?xml")) return start.find("<html") != start.npos ? FileKind::Html : FileKind::Xml;
    return kind_of_text(bytes);
}

}  // namespace loa::formats
