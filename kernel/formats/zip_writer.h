// Archives that we make: the parts of an office document.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace loa::formats {

/// Name and content of each entry, in the order in which they are to stand.
using ZipParts = std::vector<std::pair<std::string, std::string>>;
enum class ZipPacking { Deflated, Stored };

/// "mimetype" is always stored, so that OpenDocument is known from outside. With a password each entry is encrypted
/// (AES-256). Throws Fault where the library can't.
std::string zipped(const ZipParts& parts, ZipPacking packing = ZipPacking::Deflated, const char* password = nullptr);

}  // namespace loa::formats
