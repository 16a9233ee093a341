// One page or file of the web, as a job keeps it as evidence: nothing of the office's own network, nothing huge, nothing
// that never ends (OWASP ASVS 4.0, 12.6: server-side request forgery).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "loa/base/networks.h"
#include "loa/base/result.h"

namespace loa::jobs {

/// Is it an address that everybody has: not of this machine, of a local network, of a link, of a group, or reserved
/// (RFC 6890)? What is wrapped in IPv6 (mapped, 6to4, NAT64) is looked at inside.
bool is_public(const IpAddress& address);

struct FetchLimits {
    std::int64_t most_bytes = 20 << 20;
    int redirects = 5;
    std::chrono::milliseconds connecting{10'000}, whole{30'000};
    /// Addresses that may be asked though they are not public: the portal in the office's own network.
    Networks also;
};

struct Fetched {
    std::string url;  // after redirects
    std::string bytes;
};

/// GET, without cookies and without a proxy; every address that a name or a redirect leads to is looked at when it is
/// connected to, so that a name can't change its meaning in between.
///   Invalid      jobs.fetch_not_web    no http or https address, or one with a password in it
///                jobs.fetch_internal   it leads into a network that is not public
///                jobs.fetch_too_large, jobs.fetch_refused {status}, jobs.fetch_too_many_redirects, jobs.fetch_empty
///   Unavailable  jobs.fetch_unreachable, jobs.fetch_took_too_long, jobs.fetch_server_failed {status}: another time, perhaps
Result<Fetched> fetch(const std::string& url, const FetchLimits& limits = {});

}  // namespace loa::jobs
