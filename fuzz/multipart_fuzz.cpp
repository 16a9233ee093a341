// multipart/form-data in pieces of any size: what comes out must not depend on where the pieces were cut.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "forms.h"
#include "loa/base/text.h"
#include "multipart.h"

namespace {

using namespace loa::web;

void require(bool promise) {
    if (!promise) __builtin_trap();
}

void require_text(std::string_view text) {
    require(loa::is_utf8(text) && text.find('\0') == text.npos);
    const std::string behind_blank = " " + std::string(text);  // to_nfc takes a byte order mark off the front
    require(loa::to_nfc(behind_blank) == behind_blank);
}

struct Outcome {
    int refusal = 0;
    std::optional<Form> form;
};

Outcome read(std::string_view body, std::string_view boundary, std::size_t piece) {
    MultipartReader::Limits limits{.fields = 4096};
    limits.spool = std::filesystem::temp_directory_path();
    MultipartReader reader(boundary, limits);
    while (!body.empty() && reader.take(body.substr(0, piece))) body.remove_prefix(std::min(piece, body.size()));
    Outcome outcome{reader.refusal(), reader.finish()};
    require(!outcome.form || outcome.refusal == 0);
    return outcome;
}

void require_same(const Outcome& a, const Outcome& b) {
    require(a.refusal == b.refusal && a.form.has_value() == b.form.has_value());
    if (!a.form) return;
    require(a.form->fields.items() == b.form->fields.items() && a.form->uploads.size() == b.form->uploads.size());
    for (std::size_t at = 0; at < a.form->uploads.size(); ++at) {
        const auto &one = a.form->uploads[at], &other = b.form->uploads[at];
        require(one.field == other.field && one.file_name == other.file_name);
        require(one.bytes() == other.bytes() && one.content->sha256() == other.content->sha256());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // The first byte is the size of the pieces, the rest of its line the Content-Type.
    const auto line = bytes.find('\n');
    if (line == bytes.npos || line == 0) return 0;
    const auto boundary = multipart_boundary(bytes.substr(1, line - 1));
    if (!boundary) return 0;
    require(!boundary->empty() && boundary->size() <= 70);
    const auto body = bytes.substr(line + 1);
    const auto whole = read(body, *boundary, body.size());
    require_same(whole, read(body, *boundary, std::size_t{data[0]} + 1));
    if (!whole.form) return 0;
    require(whole.form->fields.items().size() <= kFormFields && whole.form->uploads.size() <= kFormUploads);
    for (const auto& [name, value] : whole.form->fields.items()) {
        require_text(name);
        require_text(value);
    }
    for (const auto& upload : whole.form->uploads) {
        require_text(upload.field);
        require_text(upload.file_name);
        require(upload.file_name.find_first_of("/\\\r\n") == std::string::npos);
        require(body.find(upload.bytes()) != body.npos);
    }
    return 0;
}
