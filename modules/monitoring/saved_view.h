// Lists as people filtered them, kept under names of theirs. Nobody else sees them.
#pragma once

#include <string>
#include <vector>

#include "loa/base/id.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::monitoring {

/// A way of filtering that a person keeps.
struct SavedView {
    Id id;
    std::string name, path;
};

std::vector<SavedView> saved_views(Work& work);
/// The person keeps a list as she filtered it, or another way of filtering under a name she had already. `path` leads to one of
/// the lists that can be kept. Invalid ("name", "path"): no name, one beyond 60 letters, some other address; conflict: she
/// has 30 already.
Result<> keep_view(Work& work, const std::string& name, const std::string& path);
Result<> delete_view(Work& work, Id view);

}  // namespace loa::monitoring
