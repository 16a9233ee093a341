#include "loa/formats/testing.h"

#include "zip_writer.h"

namespace loa::formats::testing {

std::string zip_of(const Parts& parts, Packing packing) { return zipped(parts, packing == Packing::Stored ? ZipPacking::Stored : ZipPacking::Deflated); }
std::string encrypted_zip_of(const Parts& parts) { return zipped(parts, ZipPacking::Deflated, "mật khẩu"); }

}  // namespace loa::formats::testing
