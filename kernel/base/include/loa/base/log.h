// One JSON object per line on standard error. Secrets and personal data never go in: log ids, not names.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace loa {

enum class Level { Debug, Info, Warning, Error };

using LogField = std::pair<std::string_view, std::string>;

/// log(Level::Info, "web.request", {{"route", "GET /ke-hoach"}, {"ms", "3"}}); the time is added.
void log(Level level, std::string_view event, std::initializer_list<LogField> fields = {});
/// Lines below this level are dropped (LOA_LOG=debug|info|warning|error, info at first).
void set_log_level(Level least);

}  // namespace loa
