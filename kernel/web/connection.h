// What the connection loop works with: one event loop per thread, and the connections in it. Only server.cpp
// includes it.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <chrono>
#include <ctime>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "loa/web/server.h"
#include "origin.h"
#include "stream.h"
#include "worker_pool.h"

namespace loa::web {

using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kSlowestRate = 32 << 10;  // bytes a second

struct Connection;

/// One thread with its own event loop, acceptor and connections: nothing is shared on the way of a request.
struct Loop {
    std::list<Connection*> connections;  // outlives the coroutines that the context holds
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    asio::steady_timer sweep{context};
    std::thread thread;
    bool closing = false;
    std::array<char, 16 << 10> scratch;  // what was just read, before it goes to its connection
    std::time_t date_second = 0;
    std::string date;

    /// "Date: …" of this second.
    const std::string& date_line() {
        const std::time_t now = std::time(nullptr);
        if (now != date_second) {
            std::tm parts{};
            gmtime_r(&now, &parts);
            char text[64];
            std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
            date = text;
            date_second = now;
        }
        return date;
    }
};

/// What every loop works with.
struct Shared {
    Dispatcher& dispatcher;
    const ServerSettings settings;
    std::unique_ptr<LiveCertificate> certificate = {};  // null: plain HTTP
    WorkerPool* pool = nullptr;          // ends before the loops do, as the next one does
    WorkerPool* disk = nullptr;          // for what waits for the disk
    std::atomic<std::size_t> bodies{0};  // bytes of bodies under way
};

/// A stream and the moment by which it must have done what it is doing; the sweep closes it after that.
struct Connection {
    Connection(Loop& its_loop, Shared& its_shared, tcp::socket socket, const TlsContext& tls)
        : loop(its_loop), shared(its_shared), stream(std::move(socket), tls) {
        error_code error;
        const auto endpoint = stream.socket().remote_endpoint(error);
        const std::string text = error ? std::string() : endpoint.address().to_string();
        const auto address = ip_address(text);
        peer = {address ? text_of(*address) : text, tls || shared.settings.secure_cookies};
        by_tls = peer.by_tls;
        place = loop.connections.insert(loop.connections.end(), this);
    }
    ~Connection() {
        loop.connections.erase(place);
        --shared.dispatcher.figures().connections;
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// `bytes` get their time on top.
    void within(std::chrono::seconds time, std::size_t bytes = 0) {
        deadline = SteadyClock::now() + time + std::chrono::seconds(bytes / kSlowestRate);
    }
    void without_limit() { deadline = SteadyClock::time_point::max(); }

    Loop& loop;
    Shared& shared;
    Stream stream;
    SteadyClock::time_point deadline;
    bool idle = true;
    Origin peer;
    bool by_tls = false;  // of the request under way: its browser speaks TLS
    std::string input;  // read, not yet parsed; empty and without memory while idle
    std::list<Connection*>::iterator place;
};

/// Bytes of a body taken from what all bodies under way may use.
class BodyShare {
  public:
    BodyShare(Shared& shared, std::size_t bytes) : shared_(shared), bytes_(bytes) {
        granted_ = shared_.bodies.fetch_add(bytes_) + bytes_ <= shared_.settings.bodies;
    }
    ~BodyShare() { shared_.bodies -= bytes_; }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;
    bool granted() const { return granted_; }

  private:
    Shared& shared_;
    std::size_t bytes_;
    bool granted_;
};

}  // namespace loa::web
