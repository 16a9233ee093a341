#include "loa/formats/read_document.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "archive.h"
#include "encodings.h"
#include "file_problems.h"
#include "loa/base/text.h"
#include "loa/formats/docx.h"
#include "loa/formats/markdown.h"
#include "loa/formats/pdf.h"
#include "loa/formats/plain_text.h"
#include "loa/formats/process.h"
#include "loa/formats/sniff.h"
#include "office.h"

namespace loa::formats {

namespace {

Result<TextDocument> read_text(std::string_view bytes, std::string_view file_name) {
    if (bytes.starts_with("\xFF\xFE")) return read_text(from_utf16(bytes.substr(2), ByteOrder::Little), file_name);
    if (bytes.starts_with("\xFE\xFF")) return read_text(from_utf16(bytes.substr(2), ByteOrder::Big), file_name);
    const std::string name = lower(file_name);
    const bool markdown = name.ends_with(".md") || name.ends_with(".markdown");
    auto document = markdown ? read_markdown(bytes) : read_plain_text(bytes);
    if (document && document->blocks.empty()) return no_text();
    return document;
}

Result<TextDocument> read_converted(std::string_view bytes, std::string_view extension,
                                    const ReadingLimits& limits) {
    const auto docx = converted_to_docx(bytes, extension, limits);
    return docx ? read_docx(*docx) : Result<TextDocument>(docx.failure());
}

/// A text called .docx, a .docx called .pdf: the sentence names the ending that fits.
std::optional<Failure> refused_name(FileKind kind, std::string_view file_name) {
    const std::string ending = ending_of(file_name);
    const auto& endings = endings_of(kind);
    if (ending.empty() || endings.empty() || std::find(endings.begin(), endings.end(), ending) != endings.end()) return std::nullopt;
    return file_problem("formats.other_ending", {{"ending", ending}, {"fitting", std::string(endings.front())}});
}

bool is_read(FileKind kind) {
    return kind == FileKind::Docx || kind == FileKind::Doc || kind == FileKind::Odt || kind == FileKind::Rtf || kind == FileKind::Pdf ||
           kind == FileKind::Text;
}

Failure why_no_document(std::string_view zip) {
    const auto archive = Archive::open(zip);
    return archive ? file_problem("formats.is_archive") : archive.failure();
}

}  // namespace

Result<TextDocument> read_document(std::string_view bytes, std::string_view file_name,
                                   const ReadingLimits& limits) {
    if (bytes.size() > limits.bytes) return too_large(bytes.size(), limits.bytes);
    const FileKind kind = sniff(bytes);
    if (is_read(kind))
        if (auto refused = refused_name(kind, file_name)) return *std::move(refused);
    switch (kind) {
        case FileKind::Empty:
            return empty_file();
        case FileKind::Docx:
            return read_docx(bytes);
        case FileKind::Text:
            return read_text(bytes, file_name);
        case FileKind::LegacyText:
            return file_problem("formats.not_utf8");
        case FileKind::EncryptedOffice:
            return encrypted();
        case FileKind::Xlsx:
        case FileKind::Ods:
        case FileKind::Xls:
            return file_problem("formats.is_spreadsheet");
        case FileKind::Pptx:
            return file_problem("formats.is_slides");
        case FileKind::Zip:
            return why_no_document(bytes);
        case FileKind::Image:
            return file_problem("formats.is_image");
        case FileKind::Media:
            return file_problem("formats.is_media");
        case FileKind::Html:
            return file_problem("formats.is_web_page");
        case FileKind::Pdf:
            return read_pdf(bytes, limits);
        case FileKind::Doc:
            return read_converted(bytes, "doc", limits);
        case FileKind::Odt:
            return read_converted(bytes, "odt", limits);
        case FileKind::Rtf:
            return read_converted(bytes, "rtf", limits);
        case FileKind::Ole:
            // What names the parts of a .doc stands at its end: a file that was cut off has lost it.
            if (ending_of(file_name) == "doc") return damaged();
            break;
        case FileKind::Xml:
        case FileKind::Unknown:
            break;
    }
    return file_problem("formats.unknown_kind");
}

bool needs_other_programs(std::string_view bytes, std::string_view file_name, const ReadingLimits& limits) {
    if (bytes.size() > limits.bytes) return false;
    const FileKind kind = sniff(bytes);
    const bool theirs = kind == FileKind::Pdf || kind == FileKind::Doc || kind == FileKind::Odt || kind == FileKind::Rtf;
    return theirs && !refused_name(kind, file_name);
}

std::vector<OtherProgram> other_programs(const ReadingLimits& limits) {
    std::vector<OtherProgram> programs{{"pdftotext", "poppler-utils", "formats.reads.pdf"},
                                       {"tesseract", "tesseract-ocr-vie", "formats.reads.scan"},
                                       {"soffice", "libreoffice-writer-nogui", "formats.reads.office"}};
    for (auto& program : programs) program.present = find_program(program.name, limits.program_folders).has_value();
    return programs;
}

Result<TextDocument> read_document_file(const std::string& path, const ReadingLimits& limits) {
    std::error_code unknown;
    const auto size = std::filesystem::is_regular_file(path, unknown) ? std::filesystem::file_size(path, unknown) : 0;
    if (!unknown && size > limits.bytes) return too_large(size, limits.bytes);
    std::ifstream stream(path, std::ios::binary);
    std::string bytes;
    constexpr std::size_t kStep = 1U << 20;
    while (stream && bytes.size() <= limits.bytes) {
        const std::size_t before = bytes.size();
        bytes.resize(before + kStep);
        stream.read(bytes.data() + before, kStep);
        bytes.resize(before + static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad() || (bytes.empty() && !stream.eof())) return not_found("formats.no_file");
    return read_document(bytes, path, limits);
}

}  // namespace loa::formats
