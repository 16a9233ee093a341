// Archives made part by part, for the tests and fuzz targets of whatever reads Word files.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace loa::formats::testing {

/// Name and content of each entry, in the order in which they are to stand.
using Parts = std::vector<std::pair<std::string, std::string>>;

/// Stored leaves the bytes as they are, so that what mutates them knows what it does.
enum class Packing { Deflated, Stored };

std::string zip_of(const Parts& parts, Packing packing = Packing::Deflated);
/// Each entry encrypted (AES-256).
std::string encrypted_zip_of(const Parts& parts);

}  // namespace loa::formats::testing
