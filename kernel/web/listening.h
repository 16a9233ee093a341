// How a server comes to its connections, and turns away what is too much. Only server.cpp includes it.
#pragma once

#include <sys/resource.h>

#include <string>

#include "connection.h"
#include "hand_over.h"
#include "loa/base/log.h"

namespace loa::web {

inline void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        log(Level::Warning, "web.file_limit", {{"what", "could not be raised"}});
}

inline void bind(Loop& loop, const std::string& address, std::uint16_t port) {
    using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    const tcp::endpoint endpoint(asio::ip::make_address(address), port);
    loop.acceptor.open(endpoint.protocol());
    loop.acceptor.set_option(tcp::acceptor::reuse_address(true));
    loop.acceptor.set_option(reuse_port(true));
    loop.acceptor.bind(endpoint);
    loop.acceptor.listen(1024);
}

/// Best effort, without waiting: whoever comes now is one too many. By TLS nothing can be said before a handshake.
inline void turn_away(tcp::socket& socket, const Shared& shared) {
    error_code ignored;
    const auto answer = blunt(503);
    socket.non_blocking(true, ignored);
    if (!shared.certificate)
        socket.write_some(asio::buffer(answer->head + "Connection: close\r\n\r\n" + *answer->body), ignored);
    socket.close(ignored);
}

}  // namespace loa::web
