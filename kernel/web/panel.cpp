#include "loa/web/panel.h"

#include <utility>

namespace loa::web {

void set_panels(const Registry& registry, std::string_view page, const Request& request, Work& work, View& view) {
    for (const auto& panel : registry.all<Panel>())
        if (panel.page == page)
            if (auto shown = panel.view(request, work)) view.set(panel.key, *std::move(shown));
}

}  // namespace loa::web
