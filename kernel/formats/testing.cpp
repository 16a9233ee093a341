#include "loa/formats/testing.h"

#include <zip.h>

#include <stdexcept>

namespace loa::formats::testing {

namespace {

enum class Protection { None, Password };

std::string zipped(const Parts& parts, Packing packing, Protection protection) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("zip_open_from_source");
    zip_source_keep(target);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw std::runtime_error("zip_file_add");
        const bool stored = packing == Packing::Stored || name == "mimetype";  // so OpenDocument is known from outside
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 1);
        if (protection == Protection::Password &&
            zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "mật khẩu") != 0)
            throw std::runtime_error("zip_file_set_encryption");
    }
    if (zip_close(zip) != 0) throw std::runtime_error("zip_close");
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace

std::string zip_of(const Parts& parts, Packing packing) {
    return zipped(parts, packing, Protection::None);
}
std::string encrypted_zip_of(const Parts& parts) {
    return zipped(parts, Packing::Deflated, Protection::Password);
}

}  // namespace loa::formats::testing
