#include "origin.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "loa/base/text.h"

namespace loa::web {

namespace {

/// What stands behind the last comma, which is taken off the list with it.
std::string_view take_last(std::string_view& list) {
    const auto comma = list.rfind(',');
    const auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    return trimmed(last);
}

bool is_port(std::string_view text) {
    return text.size() > 1 && text.front() == ':' &&
           text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

/// Some proxies add the port: "10.1.2.3:4711", "[2001:db8::1]:4711".
std::optional<IpAddress> forwarded_address(std::string_view entry) {
    if (entry.starts_with('[')) {
        const auto end = entry.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const auto rest = entry.substr(end + 1);
        return rest.empty() || is_port(rest) ? ip_address(entry.substr(1, end - 1)) : std::nullopt;
    }
    const auto colon = entry.find(':');
    if (colon != std::string_view::npos && is_port(entry.substr(colon))) entry = entry.substr(0, colon);
    return ip_address(entry);
}

bool says_https(std::string_view word) {
    constexpr std::string_view kHttps = "https";
    return std::equal(word.begin(), word.end(), kHttps.begin(), kHttps.end(),
                      [](unsigned char one, unsigned char other) { return std::tolower(one) == other; });
}

}  // namespace

std::string text_of(const IpAddress& address) {
    const bool is_short = std::all_of(address.begin(), address.begin() + 10, [](auto byte) { return byte == 0; }) &&
                          address[10] == 0xff && address[11] == 0xff;
    char text[INET6_ADDRSTRLEN];
    ::inet_ntop(is_short ? AF_INET : AF_INET6, &address[is_short ? 12 : 0], text, sizeof text);
    return text;
}

Origin origin_behind(const Networks& proxies, const Origin& peer, std::string_view forwarded_for,
                     std::string_view forwarded_proto) {
    auto at = ip_address(peer.address);
    if (!at || !proxies.hold(*at)) return peer;
    Origin origin = peer;
    while (proxies.hold(*at) && !forwarded_for.empty()) {
        const auto further = forwarded_address(take_last(forwarded_for));
        if (!further) break;
        at = further;
        origin.address = text_of(*at);
    }
    origin.by_tls = peer.by_tls || says_https(take_last(forwarded_proto));
    return origin;
}

}  // namespace loa::web
