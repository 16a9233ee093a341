// The HTTP server: connection loop, dispatch, rendering. The only library that knows Beast.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/registry.h"
#include "loa/web/certificate.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "loa/base/networks.h"

namespace loa::web {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0 = any free one, see Server::port()
    int io_threads = 1;
    int workers = 4;
    /// Names files: browsers speak TLS with us, and nothing else (ADR 19).
    CertificateFiles certificate;
    std::chrono::seconds certificate_time{60};  // between two looks whether those files were renewed
    /// Every browser speaks TLS, with a proxy that need not say so.
    bool secure_cookies = false;
    /// They alone are believed who a browser is, and whether it speaks TLS.
    Networks trusted_proxies;
    /// Signs the cookie that a stranger's forms are checked against; the same on every node. Empty: made at
    /// start, so a stranger's open forms are refused after a restart.
    std::string secret;
    int connections = 10'000;                     // more are answered 503
    int waiting = 256;                            // requests waiting for a worker; more are answered 503
    std::size_t bodies = std::size_t{256} << 20;  // bytes in memory of all bodies under way; more are answered 503
    /// Where files go that come with forms; on the file system where they are to stay.
    std::filesystem::path spool = std::filesystem::temp_directory_path();
    std::chrono::seconds header_time{10};         // for a TLS handshake, then for a whole request head, however they trickle in
    std::chrono::seconds idle_time{60};           // between two requests of a connection
    std::chrono::seconds transfer_time{30};       // for each 64 KiB of a body or an answer, and 2 s on top
};

/// Bytes ready for the wire: made once for a cached page, once per answer for others.
struct Ready {
    std::string head;  // status line and headers but for Date, Connection and the empty line
    std::shared_ptr<const std::string> body;
    std::optional<FilePiece> file;  // instead of a body, or
    std::shared_ptr<const Listener> listener;  // events, until one of both ends leaves
    int status = 200;
};

/// How many bytes of body a request may bring.
struct BodyLimits {
    std::size_t in_memory = 0;
    std::uint64_t with_files = 0;  // of a multipart form; 0: it may bring no files
};

/// What is known of a request before anything of it is parsed; views into the connection's buffer.
struct Glance {
    Method method = Method::Get;
    std::string_view target, host, cookies, accept_language, accept_encoding, if_none_match;
};

/// Counted by the server, shown at /metrics.
struct Figures {
    std::atomic<int> connections{0};
    std::atomic<int> waiting{0};
    std::atomic<int> waiting_for_disk{0};
    std::atomic<std::int64_t> refused{0};  // 503 before a worker saw the request
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
    /// The standard page for a request that the server itself refuses (413, 503).
    virtual Response refuse(Request request, int status) = 0;
    /// What needs no worker: a cached page, an asset, /healthz; null for all else. Quick, never throws.
    virtual std::shared_ptr<const Ready> at_once(const Glance& glance) = 0;
    virtual BodyLimits body_limits(Method method, std::string_view target) const = 0;
    /// Asked with a request's head before files are taken in: may this person come in here at all, is it no form of
    /// another site, does a stranger not send too much? Nothing when it may come. The form's token is checked once
    /// the form is there. Never throws.
    virtual std::optional<Response> refusal_of_files(Request head, std::uint64_t bytes) = 0;
    /// Drops every cached page: something they show has changed. A web request that commits does it itself.
    virtual void forget_pages() = 0;
    virtual Figures& figures() = 0;
};

class Server {
  public:
    virtual ~Server() = default;
    /// Throws Fault when the address can't be bound, or the certificate can't be used (as check_certificate()).
    static std::unique_ptr<Server> start(Dispatcher& dispatcher, const ServerSettings& settings);
    virtual std::uint16_t port() const = 0;
    /// Stops accepting, lets requests under way finish (≤ 10 s), closes.
    virtual void stop() = 0;
};

}  // namespace loa::web
