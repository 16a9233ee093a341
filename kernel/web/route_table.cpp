#include "route_table.h"

#include <fmt/format.h>

#include "loa/base/fault.h"

namespace loa::web {

RouteTable::RouteTable(const Registry& registry, const std::vector<Endpoint>& own) {
    for (const auto& endpoint : own) add(endpoint.method, endpoint.pattern, {{}, 0, std::nullopt, endpoint});
    for (const auto& endpoint : registry.all<Endpoint>())
        add(endpoint.method, endpoint.pattern, {{}, 0, std::nullopt, endpoint});
    for (const auto& route : registry.all<Route>()) {
        if ((route.access == Access::Granted) == route.verb.empty())
            throw Fault(
                fmt::format("web: {}: a verb goes with Access::Granted and only there", route.pattern));
        if (route.look && !route.prepare)
            throw Fault(fmt::format("web: {}: who looks beforehand also prepares", route.pattern));
        if (route.caching == Caching::Public &&
            (route.access != Access::Public || route.method == Method::Post))
            throw Fault(fmt::format("web: {}: only public pages are cached", route.pattern));
        add(route.method, route.pattern, {{}, 0, route, std::nullopt});
    }
}

void RouteTable::add(Method method, const std::string& pattern, Entry entry) {
    entry.label = fmt::format("{} {}", method == Method::Post ? "POST" : "GET", pattern);
    entry.place = entries_.size();
    router_.add(method, pattern, static_cast<int>(entry.place));
    entries_.push_back(std::move(entry));
}

RouteTable::Found RouteTable::find(Method method, const std::vector<std::string>& segments) const {
    auto match = router_.match(method, segments);
    return {match.route ? &entries_[static_cast<std::size_t>(*match.route)] : nullptr,
            std::move(match.parameters), match.other_method};
}

std::vector<std::string> RouteTable::labels() const {
    std::vector<std::string> labels;
    for (const auto& entry : entries_) labels.push_back(entry.label);
    return labels;
}

}  // namespace loa::web
