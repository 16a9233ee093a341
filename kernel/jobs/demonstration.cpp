#include "loa/jobs/demonstration.h"

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"

namespace loa::jobs {

std::vector<std::vector<std::string>> demonstration_table(std::string_view path, std::size_t columns) {
    const auto* file = embedded_file(path);
    LOA_CHECK(file != nullptr);
    std::vector<std::vector<std::string>> rows;
    for (const auto line : split(file->bytes, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> row;
        for (const auto cell : split(line, '\t')) row.emplace_back(cell);
        row.resize(std::max(row.size(), columns));
        rows.push_back(std::move(row));
    }
    return rows;
}

void load_demonstration(const Registry& registry, Demonstration::Of of, web::Services& services, std::ostream& out) {
    auto parts = registry.all<Demonstration>();
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    for (const auto& part : parts)
        if (part.of == of) part.load(registry, services, out);
}

}  // namespace loa::jobs
