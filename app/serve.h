// The processes that stay: serve and worker.
#pragma once

#include <string>

#include "config.h"
#include "loa/base/registry.h"

namespace loa::app {

struct ServeSettings {
    std::string listen = "127.0.0.1:8080";
    int io_threads = 1;
    int workers = 4;
    bool no_jobs = false;
    std::string tls_certificate, tls_key;  // both, or neither: plain HTTP
    std::string trusted_proxies;           // addresses and networks between commas
};

/// Until SIGTERM or SIGINT. Off loopback it refuses to start while demonstration accounts exist. Fault for a certificate
/// that can't be used and for proxies that are no list of addresses.
int serve(const Registry& registry, const Config& config, const ServeSettings& settings);
int work_on_jobs(const Registry& registry, const Config& config);

}  // namespace loa::app
