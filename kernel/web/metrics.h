// Counts requests by route for /metrics, in the text format of Prometheus.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "loa/web/server.h"

namespace loa::web {

class Metrics {
  public:
    static constexpr std::size_t kUnmatched = ~std::size_t{0};   // nobody's address
    static constexpr std::size_t kAtOnce = ~std::size_t{0} - 1;  // answered without a worker

    /// `routes` are patterns with their method, "GET /ke-hoach/{id}"; counting refers to them by place.
    explicit Metrics(const std::vector<std::string>& routes);
    ~Metrics();

    void count(std::size_t place, int status, double seconds);
    std::string text(const Figures& figures, std::size_t cached_pages) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace loa::web
