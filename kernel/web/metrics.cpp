#include "metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>

namespace loa::web {

namespace {

constexpr std::size_t kClasses = 5;  // 1xx … 5xx

const prometheus::Histogram::BucketBoundaries& seconds_buckets() {
    static const prometheus::Histogram::BucketBoundaries buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                 0.1,   0.25,   0.5,   1,    2.5,   10};
    return buckets;
}

}  // namespace

struct Metrics::Impl {
    struct Series {
        std::array<prometheus::Counter*, kClasses> requests{};
        prometheus::Histogram* seconds = nullptr;
    };
    prometheus::Registry registry;
    std::vector<Series> series;
    prometheus::Gauge* connections = nullptr;
    prometheus::Gauge* waiting = nullptr;
    prometheus::Gauge* refused = nullptr;
    prometheus::Gauge* cached_pages = nullptr;

    prometheus::Gauge* gauge(const char* name, const char* help) {
        return &prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
};

Metrics::Metrics(const std::vector<std::string>& routes) : impl_(std::make_unique<Impl>()) {
    auto& registry = impl_->registry;
    auto& requests = prometheus::BuildCounter()
                         .Name("loa_web_requests_total")
                         .Help("Answers by route and status class")
                         .Register(registry);
    auto& seconds = prometheus::BuildHistogram()
                        .Name("loa_web_request_seconds")
                        .Help("Time from dispatch to answer")
                        .Register(registry);
    auto labels = routes;
    labels.insert(labels.end(), {"unmatched", "at once"});
    for (const auto& route : labels) {
        Impl::Series series;
        for (std::size_t at = 0; at < kClasses; ++at)
            series.requests[at] =
                &requests.Add({{"route", route}, {"status", std::to_string(at + 1) + "xx"}});
        series.seconds = &seconds.Add({{"route", route}}, seconds_buckets());
        impl_->series.push_back(series);
    }
    impl_->connections = impl_->gauge("loa_web_connections", "Open connections");
    impl_->waiting = impl_->gauge("loa_web_waiting", "Requests waiting for a worker");
    impl_->refused =
        impl_->gauge("loa_web_refused", "Requests refused because the server was full, since start");
    impl_->cached_pages = impl_->gauge("loa_web_cached_pages", "Pages kept as ready bytes");
}

Metrics::~Metrics() = default;

void Metrics::count(std::size_t place, int status, double seconds) {
    const std::size_t routes = impl_->series.size() - 2;
    const auto& series = impl_->series[place == kUnmatched ? routes : place == kAtOnce ? routes + 1 : place];
    series.requests[static_cast<std::size_t>(status / 100 - 1) % kClasses]->Increment();
    series.seconds->Observe(seconds);
}

std::string Metrics::text(const Figures& figures, std::size_t cached_pages) const {
    impl_->connections->Set(figures.connections);
    impl_->waiting->Set(figures.waiting);
    impl_->refused->Set(static_cast<double>(figures.refused));
    impl_->cached_pages->Set(static_cast<double>(cached_pages));
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace loa::web
