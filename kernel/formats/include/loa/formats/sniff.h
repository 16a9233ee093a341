// What a file is by its bytes; names and declared types are what people say, not what is true.
#pragma once

#include <string_view>

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
    EncryptedOffice,  // OLE2 around an encrypted .docx, .xlsx or .pptx
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

}  // namespace loa::formats
