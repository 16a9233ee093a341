#include "owned_files.h"

#include <algorithm>
#include <array>

namespace loa::storage {

namespace {
constexpr std::array<std::string_view, 10> kKernel{"base", "formats", "storage", "i18n", "web",
                                                  "jobs", "identity", "media", "documents", "search"};
}  // namespace

std::string_view owner_of(std::string_view path) {
    const auto folder = path.rfind("/sql/");
    if (folder == std::string_view::npos || path.find('/', folder + 5) != std::string_view::npos) return {};
    const auto owner = path.substr(0, folder);
    return owner.substr(owner.rfind('/') + 1);
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_for(std::string_view path, Engine engine) {
    return !path.ends_with(engine == Engine::Sqlite ? ".postgres.sql" : ".sqlite.sql");
}

int rank_of_owner(std::string_view path) {
    const auto owner = owner_of(path);
    const auto modules = static_cast<int>(kKernel.size());
    if (path.starts_with("kernel/")) {
        const auto found = std::find(kKernel.begin(), kKernel.end(), owner);
        if (found != kKernel.end()) return static_cast<int>(found - kKernel.begin());
    }
    if (!path.starts_with("modules/")) return modules + 2;
    return owner == "plan" ? modules : modules + 1;
}

bool is_kernel_rank(int rank) { return rank < static_cast<int>(kKernel.size()); }

}  // namespace loa::storage
