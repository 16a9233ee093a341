// Units and people by name, for the search page: asked of the tables themselves, which are small, so that a new name
// is found at once and a changed right holds at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/storage/work.h"

namespace loa::identity {

struct DirectoryEntry {
    std::string kind_label;  // translation key: "identity.subject_unit"
    std::string name;
    std::string detail;  // the other names of the unit; the sign-in name of the person
    std::string path;
};

/// Units open today one of whose names holds every word of the query, and people likewise for who looks after them
/// (verb identity.manage_people); with or without marks. At most `limit` of each, by name. No words: nothing.
std::vector<DirectoryEntry> directory_entries(const Work& work, std::string_view query, int limit);

}  // namespace loa::identity
