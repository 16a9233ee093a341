// The page /-/components: every component in every state, for whoever writes pages or changes the look.
#pragma once

#include "loa/base/language.h"
#include "loa/web/http.h"

namespace loa::web {

inline constexpr std::string_view kComponentsPath = "/-/components";

/// Sample values only; nothing is read or written.
Page components_page(Language language);

}  // namespace loa::web
