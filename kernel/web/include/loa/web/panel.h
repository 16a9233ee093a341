// Parts of one page that several slices contribute: registry.add(Panel{"overview", "plan_desk", desk}). Its file is
// plan/pages/_panel_overview_10_desk.html; the page puts all of them in with {{>panels overview}}.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/registry.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"

namespace loa::web {

struct Panel {
    std::string page;  // "overview"
    std::string key;   // "<owner>_<name>"
    /// What it shows; nothing where it is not for this person. The page's request, for what its address chooses.
    std::function<std::optional<View>(const Request&, Work&)> view;
};

/// Fills the panels of that page.
void set_panels(const Registry& registry, std::string_view page, const Request& request, Work& work, View& view);

}  // namespace loa::web
