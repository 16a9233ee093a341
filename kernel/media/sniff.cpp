#include "sniff.h"

#include <algorithm>
#include <array>

#include "loa/formats/sniff.h"

namespace loa::media {

namespace {

using namespace std::string_view_literals;
using formats::FileKind;

struct Signature {
    std::size_t at;
    std::string_view bytes;
    std::string_view media_type;
};

// The order counts: RIFF and ftyp are shells of several formats, told apart by what stands further in.
constexpr std::array<Signature, 20> kPicturesAndSound{{
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "GIF8"sv, "image/gif"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {8, "WEBP"sv, "image/webp"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypheix"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftypavif"sv, "image/avif"},
    {4, "ftypM4A"sv, "audio/mp4"},
    {4, "ftyp"sv, "video/mp4"},
    {8, "WAVE"sv, "audio/wav"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "\xFF\xFB"sv, "audio/mpeg"},
    {0, "\xFF\xF3"sv, "audio/mpeg"},
    {0, "\xFF\xF2"sv, "audio/mpeg"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "\x1A\x45\xDF\xA3"sv, "video/webm"},
}};

struct DocumentType {
    FileKind kind;
    std::string_view media_type;
};

constexpr std::array<DocumentType, 11> kDocuments{{
    {FileKind::Pdf, "application/pdf"},
    {FileKind::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {FileKind::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {FileKind::Pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {FileKind::Odt, "application/vnd.oasis.opendocument.text"},
    {FileKind::Ods, "application/vnd.oasis.opendocument.spreadsheet"},
    {FileKind::Doc, "application/msword"},
    {FileKind::Xls, "application/vnd.ms-excel"},
    {FileKind::Rtf, "application/rtf"},
    {FileKind::Text, "text/plain"},
    {FileKind::LegacyText, "text/plain"},
}};

struct Endings {
    std::string_view media_type;
    std::vector<std::string_view> endings;
};

const std::vector<Endings>& all_endings() {
    static const std::vector<Endings> table{
        {"image/png", {"png"}},
        {"image/jpeg", {"jpg", "jpeg", "jfif"}},
        {"image/gif", {"gif"}},
        {"image/tiff", {"tif", "tiff"}},
        {"image/webp", {"webp"}},
        {"image/heic", {"heic", "heif"}},
        {"image/avif", {"avif"}},
        {"audio/mp4", {"m4a", "mp4"}},
        {"video/mp4", {"mp4", "m4v", "mov"}},
        {"audio/wav", {"wav"}},
        {"audio/mpeg", {"mp3"}},
        {"audio/ogg", {"ogg", "oga", "opus"}},
        {"audio/flac", {"flac"}},
        {"video/webm", {"webm", "mkv"}},
    };
    return table;
}

}  // namespace

std::string_view media_type_of(std::string_view bytes) {
    const auto kind = formats::sniff(bytes);
    if (kind == FileKind::Image || kind == FileKind::Media) {
        const auto found = std::find_if(kPicturesAndSound.begin(), kPicturesAndSound.end(), [&](const auto& signature) {
            return bytes.size() > signature.at && bytes.substr(signature.at).starts_with(signature.bytes);
        });
        return found == kPicturesAndSound.end() ? ""sv : found->media_type;
    }
    const auto found =
        std::find_if(kDocuments.begin(), kDocuments.end(), [&](const auto& type) { return type.kind == kind; });
    return found == kDocuments.end() ? ""sv : found->media_type;
}

const std::vector<std::string_view>& endings_of(std::string_view media_type) {
    for (const auto& [kind, type] : kDocuments)
        if (type == media_type) return formats::endings_of(kind);
    static const std::vector<std::string_view> none;
    const auto& table = all_endings();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.media_type == media_type; });
    return found == table.end() ? none : found->endings;
}

}  // namespace loa::media
