// What a request says of itself: targets, url-encoded bodies, file names, cookies. Multipart: multipart_fuzz.cpp.
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
    const auto cookies = parse_cookies(bytes);
    for (const auto& [name, value] : cookies.items()) {
        require(!name.empty() && name.find_first_of("=;") == std::string::npos);
        require(value.find(';') == std::string::npos);
        require(bytes.find(name + "=" + value) != bytes.npos);
    }
    if (const auto name = clean_file_name(bytes)) require(name->find_first_of("/\\\r\n") == std::string::npos);
    return 0;
}
