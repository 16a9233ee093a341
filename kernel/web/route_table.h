// Every route and endpoint of the Registry behind one router.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "loa/base/registry.h"
#include "loa/web/server.h"
#include "router.h"

namespace loa::web {

class RouteTable {
  public:
    struct Entry {
        std::string label;  // "POST /ke-hoach/{id}/duyet", for log and metrics
        std::size_t place = 0;
        std::optional<Route> route;
        std::optional<Endpoint> endpoint;

        BodyLimits body_limits() const {
            return route ? BodyLimits{route->body_limit, route->files_limit} : BodyLimits{endpoint->body_limit};
        }
        bool is_cached() const { return route && route->caching == Caching::Public; }
    };

    /// `own` are web's endpoints. Throws Fault for patterns in each other's way, and for a route whose access
    /// and verb do not fit.
    RouteTable(const Registry& registry, const std::vector<Endpoint>& own);

    struct Found {
        const Entry* entry = nullptr;
        Fields parameters;
        bool other_method = false;
    };
    Found find(Method method, const std::vector<std::string>& segments) const;
    /// Labels by place.
    std::vector<std::string> labels() const;

  private:
    void add(Method method, const std::string& pattern, Entry entry);
    std::deque<Entry> entries_;
    Router router_;
};

}  // namespace loa::web
