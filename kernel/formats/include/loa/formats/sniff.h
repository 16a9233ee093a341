// What a file is by its bytes; names and declared types are what people say, not what is true.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loa::formats {

enum class FileKind {
    Empty,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Zip,  // any other
    Doc,  // OLE2 with a WordDocument stream
    Xls,
    EncryptedOffice,  // OLE2 around an encrypted .docx, .xlsx or .pptx; an encrypted .doc or .odt
    Ole,              // any other
    Pdf,
    Rtf,
    Html,  // a whole page; a text that only begins with a tag is Text
    Xml,
    Image,
    Media,       // sound or film
    Text,        // UTF-8, or UTF-16 with a byte order mark
    LegacyText,  // readable, but in a charset before Unicode
    Unknown,
};

FileKind sniff(std::string_view bytes);

/// Where the dot stands of the ending of a file's name; the end of the name when it has none.
std::size_t ending_at(std::string_view file_name);
/// "docx" of "thư mục/Kế hoạch.DOCX": lower case, without the dot. "" where there is none.
std::string ending_of(std::string_view file_name);

/// The endings that go with what the bytes are, the usual one first; empty for kinds that no office writes. Public
/// documents arrive as .docx whose bytes are .doc and the other way round, so those pairs are allowed.
const std::vector<std::string_view>& endings_of(FileKind kind);

}  // namespace loa::formats
