#include "zip_writer.h"

#include <zip.h>

#include "loa/base/fault.h"

namespace loa::formats {

std::string zipped(const ZipParts& parts, ZipPacking packing, const char* password) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw Fault("zip_open_from_source");
    zip_source_keep(target);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw Fault("zip_file_add");
        const auto entry = static_cast<zip_uint64_t>(index);
        const bool stored = packing == ZipPacking::Stored || name == "mimetype";
        zip_set_file_compression(zip, entry, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 1);
        if (password != nullptr && zip_file_set_encryption(zip, entry, ZIP_EM_AES_256, password) != 0) throw Fault("zip_file_set_encryption");
    }
    if (zip_close(zip) != 0) throw Fault("zip_close");
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace loa::formats
