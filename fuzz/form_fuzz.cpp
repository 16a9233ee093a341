// Forms of any shape: targets, url-encoded and multipart bodies, file names, cookies.
#include <cstdint>
#include <string_view>

#include "forms.h"
#include "path.h"
#include "loa/base/text.h"

namespace {

void require(bool promise) {
    if (!promise) __builtin_trap();
}

void require_text(std::string_view text) {
    require(loa::is_utf8(text) && text.find('\0') == text.npos);
    const std::string behind_blank = " " + std::string(text);  // to_nfc takes a byte order mark off the front
    require(loa::to_nfc(behind_blank) == behind_blank);
}

void require_fields(const loa::web::Fields& fields) {
    require(fields.items().size() <= loa::web::kFormFields);
    for (const auto& [name, value] : fields.items()) {
        require_text(name);
        require_text(value);
        require(fields.has(name));
        fields.id(name);
        fields.number(name);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loa::web;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto fields = parse_urlencoded(bytes)) require_fields(*fields);

    // The first line is the Content-Type.
    const auto line = bytes.find('\n');
    if (line != bytes.npos)
        if (const auto boundary = multipart_boundary(bytes.substr(0, line))) {
            require(!boundary->empty() && boundary->size() <= 70);
            if (const auto form = parse_multipart(bytes.substr(line + 1), *boundary)) {
                require_fields(form->fields);
                require(form->uploads.size() <= kFormUploads);
                for (const auto& upload : form->uploads) {
                    require_text(upload.field);
                    require_text(upload.file_name);
                    require(upload.file_name.find_first_of("/\\\r\n") == std::string::npos);
                    require(upload.bytes.size() <= size);
                }
            }
        }

    if (const auto target = parse_target(bytes)) {
        require_text(target->path);
        require(target->path.front() == '/' && target->path.find("//") == std::string::npos);
        for (const auto& segment : target->segments)
            require(!segment.empty() && segment != "." && segment != "..");
        // What was decoded means the same when it is sent again.
        std::string again;
        for (const auto& segment : target->segments) again += "/" + percent_encoded(segment);
        if (!again.empty()) require(parse_target(again)->path == target->path);
    }
    require(encoded_address(bytes).find_first_of("\r\n ") == std::string::npos);
    parse_cookies(bytes);
    return 0;
}
