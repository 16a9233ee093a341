#include "addresses.h"

namespace loa::plan {

std::string path_of(Id plan) { return "/ke-hoach/" + to_string(plan); }
std::string path_of(Id plan, std::string_view rest) { return path_of(plan) + std::string(rest); }
std::string line_path(const Assignment& assignment) { return path_of(assignment.plan, "/viec/" + to_string(assignment.id)); }
std::string waiting_path(Id file) { return "/ke-hoach/nhap/" + to_string(file); }
std::string catalogue_path(Catalogue catalogue) { return "/danh-muc#" + std::string(address_word(catalogue)); }

}  // namespace loa::plan
