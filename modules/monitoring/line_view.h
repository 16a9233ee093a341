// How a line that falls due is shown, the same on every page.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loa/storage/work.h"
#include "loa/web/view.h"
#include "scope.h"
#include "types.h"

namespace loa::monitoring {

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args = {});
/// title, unit, due_on, state with its tag, days ("12 ngày") and flag late; path where the line opens for her.
web::View line_view(const Work& work, const Reader& reader, const DueLine& line);
/// "/ke-hoach/1/viec/2".
std::string path_of(const DueLine& line);

}  // namespace loa::monitoring
