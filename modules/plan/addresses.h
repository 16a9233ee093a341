// Where the pages of a plan are, for those who lead there: pages, notices, search.
#pragma once

#include <string>
#include <string_view>

#include "types.h"

namespace loa::plan {

std::string path_of(Id plan);  // "/ke-hoach/1"
std::string path_of(Id plan, std::string_view rest);
std::string line_path(const Assignment& assignment);  // "/ke-hoach/1/viec/2"
std::string waiting_path(Id file);  // "/ke-hoach/nhap/3": a file being read

constexpr std::string_view address_word(Catalogue catalogue) { return catalogue == Catalogue::Topics ? "noi-dung" : "hinh-thuc"; }
std::string catalogue_path(Catalogue catalogue);  // "/danh-muc#noi-dung"

}  // namespace loa::plan
