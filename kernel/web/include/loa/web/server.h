// The HTTP server: connection loop, dispatch, rendering. The only library that knows Beast.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "loa/base/registry.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"

namespace loa::web {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0 = any free one, see Server::port()
    int io_threads = 1;
    int workers = 4;
    bool secure_cookies = false;  // set where the browser speaks TLS
};

class Dispatcher;

/// Routes a request through session, CSRF, transaction, handler, commit and rendering. Tests call it without
/// a socket; the Server calls it from the worker pool.
std::unique_ptr<Dispatcher> make_dispatcher(const Registry& registry, Services services, Hooks hooks,
                                            const ServerSettings& settings);

class Dispatcher {
  public:
    virtual ~Dispatcher() = default;
    /// Never throws: what breaks becomes an error page with an incident number, and a log line.
    virtual Response handle(Request request) = 0;
};

class Server {
  public:
    virtual ~Server() = default;
    static std::unique_ptr<Server> start(Dispatcher& dispatcher, const ServerSettings& settings);
    virtual std::uint16_t port() const = 0;
    /// Stops accepting, lets requests under way finish (≤ 10 s), closes.
    virtual void stop() = 0;
};

}  // namespace loa::web
