// The one door through which a document comes in: what the file is decides who reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/formats/document.h"
#include "loa/formats/reading_limits.h"

namespace loa::formats {

/// Reads .docx, .md, .txt and PDF, and .doc, .odt, .rtf where LibreOffice is installed. The bytes decide what a file
/// is; a name whose ending says something else is refused (sniff.h), for whoever gets it next will not open it. The
/// name also tells Markdown (.md, .markdown) from plain text.
/// A failure has exactly one Problem, beside the field "file"; its key is one of i18n/vi.json. Reason is
/// Unavailable when a program is missing or took too long, else Invalid.
Result<TextDocument> read_document(std::string_view bytes, std::string_view file_name,
                                   const ReadingLimits& limits = {});

/// Whether other programs have a part in reading it (PDF, .doc, .odt, .rtf): that takes seconds, a scan about one a
/// page, so a page of ours must not wait for it. False for what is refused at once.
bool needs_other_programs(std::string_view bytes, std::string_view file_name, const ReadingLimits& limits = {});

/// A program that reads files for us, where it is installed.
struct OtherProgram {
    std::string name;
    std::string package;  // of Debian
    std::string reads;    // a key: "formats.reads.pdf"
    bool present = false;
};
std::vector<OtherProgram> other_programs(const ReadingLimits& limits = {});

/// The file at that path, of which never more than the limit is read, whatever it is (a device, a pipe). NotFound
/// ("formats.no_file") when it can't be opened.
Result<TextDocument> read_document_file(const std::string& path, const ReadingLimits& limits = {});

}  // namespace loa::formats
