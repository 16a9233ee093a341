// Where a request comes from: from the peer of its connection, or from whom a trusted proxy asks for.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/networks.h"

namespace loa::web {

struct Origin {
    std::string address;
    bool by_tls = false;
};

/// "::ffff:10.1.2.3" is 10.1.2.3: one machine has one name, however the server listens.
std::string text_of(const IpAddress& address);

/// What the headers X-Forwarded-For and X-Forwarded-Proto, several of a name joined by commas, make of a peer. From a
/// trusted one alone: the address of the browser is the rightmost that is not trusted itself, for what stands left
/// of it anybody may have written; where the walk meets no address at all it stays where it is. The last word of
/// X-Forwarded-Proto is the peer's own, and "https" is all that it can add.
Origin origin_behind(const Networks& proxies, const Origin& peer, std::string_view forwarded_for,
                     std::string_view forwarded_proto);

}  // namespace loa::web
