// The connection loop: the only coroutines of the program. g++ 12.2 destroys twice every aggregate temporary
// (a lambda, a braced value) of a full expression that holds a co_await, so here every awaited argument is a
// named variable (ADR 0005).
#include "loa/web/server.h"

#include <array>

#include <fmt/format.h>

#include "connection.h"
#include "feed.h"
#include "forms.h"
#include "hand_over.h"
#include "listening.h"
#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "request_head.h"

namespace loa::web {

namespace {

constexpr std::size_t kHeadLimit = 16 << 10;
constexpr std::size_t kSlice = 64 << 10;  // of a body, each with a deadline of its own
constexpr std::size_t kPiece = 256 << 10;  // of a form with files, in memory at once
constexpr int kDiskThreads = 2;
constexpr auto kFarewell = std::chrono::seconds(2);
constexpr auto kSweep = std::chrono::milliseconds(500);
constexpr auto kLastRequests = std::chrono::seconds(10);
constexpr auto kHeartbeat = std::chrono::milliseconds(500);  // between two looks at the stamp

constexpr std::string_view kStrictTransport = "Strict-Transport-Security: max-age=31536000\r\n";  // RFC 6797

enum class Next { KeepAlive, Close };

/// Until the stream can go on with its step; false when it never will: at its end, an error or the deadline.
asio::awaitable<bool> wait_for(Connection& connection, Step step) {
    if (step == Step::Ended) co_return false;
    const auto what = step == Step::WantsToWrite ? tcp::socket::wait_write : tcp::socket::wait_read;
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    co_await connection.stream.socket().async_wait(what, token);
    co_return !error;
}

/// Between the slices of something long, which a quick peer would else have the loop do in one go.
asio::awaitable<void> let_others(Connection& connection) {
    auto token = asio::use_awaitable;
    return asio::post(connection.loop.context, token);
}

asio::awaitable<bool> send(Connection& connection, Pieces pieces) {
    const auto scratch = asio::buffer(connection.loop.scratch);
    while (asio::buffer_size(pieces) > 0) {
        std::size_t sent = 0;
        const Step step = connection.stream.write_some(pieces, scratch, sent);
        if (step == Step::Done) {
            pieces = without(pieces, sent);
            continue;
        }
        const bool goes_on = co_await wait_for(connection, step);
        if (!goes_on) co_return false;
    }
    co_return true;
}

asio::awaitable<bool> write_file(Connection& connection, const FilePiece& file) {
    FileReader reader(file, kSlice);
    bool goes_on = true;
    while (goes_on && !reader.is_done()) {
        connection.without_limit();
        co_await on_disk(connection, reader);
        if (reader.bytes().empty()) co_return false;  // shorter than it was: all that can be done is to end here
        const Pieces slice = {asio::buffer(reader.bytes())};
        connection.within(connection.shared.settings.transfer_time, kSlice);
        goes_on = co_await send(connection, slice);
    }
    co_return goes_on;
}

/// Until the browser is gone, the time is over or the server ends.
asio::awaitable<void> write_events(Connection& connection, const Listener& listener) {
    asio::steady_timer pause(connection.loop.context);
    Telling telling(listener);
    while (!connection.loop.closing && !telling.is_over()) {
        const std::string words = telling.next();
        const Pieces pieces = {asio::buffer(words)};
        connection.within(connection.shared.settings.transfer_time);
        const bool goes_on = co_await send(connection, pieces);
        if (!goes_on) break;
        connection.without_limit();
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        pause.expires_after(kHeartbeat);
        co_await pause.async_wait(token);
    }
}

asio::awaitable<bool> write(Connection& connection, ReadyPointer answer, Method method, Next next) {
    const std::string_view body =
        method != Method::Head && answer->body ? std::string_view(*answer->body) : std::string_view();
    std::string tail = connection.loop.date_line();
    if (connection.by_tls) tail += kStrictTransport;
    tail += next == Next::Close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    std::size_t written = std::min(body.size(), kSlice);
    const Pieces first = {asio::buffer(answer->head), asio::buffer(tail), asio::buffer(body.substr(0, written))};
    connection.within(connection.shared.settings.transfer_time, kSlice);
    bool goes_on = co_await send(connection, first);
    while (goes_on && written < body.size()) {
        const Pieces slice = {asio::buffer(body.substr(written, kSlice))};
        co_await let_others(connection);
        connection.within(connection.shared.settings.transfer_time, kSlice);
        goes_on = co_await send(connection, slice);
        written += asio::buffer_size(slice);
    }
    if (goes_on && answer->file && method != Method::Head) goes_on = co_await write_file(connection, *answer->file);
    if (goes_on && answer->listener && method != Method::Head) {
        connection.without_limit();
        co_await write_events(connection, *answer->listener);
    }
    co_return goes_on;
}

/// Appends what the peer sends next; false at its end, an error or the deadline. It waits without a buffer
/// and then reads at once into the loop's, so that a silent connection holds none.
asio::awaitable<bool> read_more(Connection& connection) {
    auto& scratch = connection.loop.scratch;
    for (;;) {
        std::size_t got = 0;
        const Step step = connection.stream.read_some(asio::buffer(scratch), got);
        if (step == Step::Done) {
            connection.input.append(scratch.data(), got);
            co_return true;
        }
        const bool goes_on = co_await wait_for(connection, step);
        if (!goes_on) co_return false;
    }
}

/// Parses a request head off the input; gives the status to refuse it with, 0 when it is well, -1 when the
/// peer is gone.
asio::awaitable<int> read_head(Connection& connection, Head& head) {
    head.header_limit(kHeadLimit);
    head.body_limit(boost::none);
    connection.within(connection.shared.settings.header_time);
    for (;;) {
        if (!connection.input.empty()) {
            error_code error;
            const std::size_t used = head.put(asio::buffer(connection.input), error);
            connection.input.erase(0, used);
            if (head.is_header_done()) break;
            if (error && error != http::error::need_more)
                co_return error == http::error::header_limit ? 431 : 400;
        }
        const bool more = co_await read_more(connection);
        if (!more) co_return -1;
    }
    const auto& request = head.get();
    if (request.version() >= 11 && request.count(http::field::host) != 1) co_return 400;
    // Without chunks there is one way to say where a body ends, and nobody can smuggle a second request in.
    if (request.count(http::field::transfer_encoding) != 0) co_return 411;
    if (!method_of(head)) co_return 405;
    co_return 0;
}

/// Fills the whole room.
asio::awaitable<bool> read_whole(Connection& connection, asio::mutable_buffer room) {
    while (room.size() > 0) {
        std::size_t got = 0;
        const Step step = connection.stream.read_some(room, got);
        if (step == Step::Done) {
            room += got;
            continue;
        }
        const bool goes_on = co_await wait_for(connection, step);
        if (!goes_on) co_return false;
    }
    co_return true;
}

/// The next `size` bytes of a body.
asio::awaitable<bool> read_body(Connection& connection, std::string& body, std::size_t size) {
    const std::size_t have = std::min(size, connection.input.size());
    body.assign(connection.input, 0, have);
    connection.input.erase(0, have);
    body.resize(size);
    bool is_here = true;
    for (std::size_t got = have; is_here && got < size; got += kSlice) {
        const auto room = asio::buffer(body.data() + got, std::min(size - got, kSlice));
        if (got > have) co_await let_others(connection);
        connection.within(connection.shared.settings.transfer_time, kSlice);
        is_here = co_await read_whole(connection, room);
    }
    co_return is_here;
}

/// A form with files: 0 and the request has them, or the status to refuse it with; -1 when the peer is gone.
asio::awaitable<int> read_form(Connection& connection, Request& request, std::uint64_t length,
                               std::size_t fields) {
    const auto boundary = multipart_boundary(request.headers.raw("content-type"));
    if (!boundary) co_return 400;
    MultipartReader::Limits limits;
    limits.fields = fields;
    limits.spool = connection.shared.settings.spool;
    FormReceiver receiver(*boundary, limits);
    bool is_here = true;
    for (std::uint64_t got = 0; is_here && got < length && receiver.refusal() == 0; got += receiver.piece.size()) {
        const std::size_t next = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, length - got));
        is_here = co_await read_body(connection, receiver.piece, next);
        if (!is_here) break;
        connection.without_limit();
        co_await on_disk(connection, receiver);
    }
    if (is_here && receiver.refusal() == 0) co_return receiver.finish(request) ? 0 : 400;
    receiver.piece.clear();
    co_await on_disk(connection, receiver);
    co_return is_here ? receiver.refusal() : -1;
}

asio::awaitable<bool> say_continue(Connection& connection) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    const Pieces line = {asio::buffer(kContinue)};
    const bool sent = co_await send(connection, line);
    co_return sent;
}

/// Answers one request from its first byte to its last.
asio::awaitable<Next> serve_request(Connection& connection) {
    Shared& shared = connection.shared;
    Head head;
    const int refused = co_await read_head(connection, head);
    if (refused < 0) co_return Next::Close;
    if (refused > 0) {
        ReadyPointer answer = blunt(refused);
        co_await write(connection, answer, Method::Get, Next::Close);
        co_return Next::Close;
    }
    const Origin origin = origin_of(head, connection.peer, shared.settings.trusted_proxies);
    connection.by_tls = origin.by_tls;
    const Method method = *method_of(head);
    const std::size_t length = static_cast<std::size_t>(head.content_length().value_or(0));
    Next next = head.get().keep_alive() && !connection.loop.closing ? Next::KeepAlive : Next::Close;

    if (length == 0) {
        const Glance glance = glance_at(head, method);
        if (ReadyPointer answer = shared.dispatcher.at_once(glance)) {
            const bool written = co_await write(connection, answer, method, next);
            co_return written ? next : Next::Close;
        }
    }
    const BodyLimits limits = shared.dispatcher.body_limits(method, head.get().target());
    const bool with_files = limits.with_files > 0 && is_multipart(head);
    const bool too_large = with_files ? length > limits.with_files : length > limits.in_memory;
    const BodyShare share(shared, too_large ? 0 : with_files ? std::min(length, limits.in_memory + kPiece) : length);
    Request request = request_of(head, method, origin);
    Asked asked;
    asked.refused = too_large ? 413 : share.granted() ? 0 : 503;
    if (asked.refused == 0 && with_files) {
        Asked whether;
        whether.files = length;
        Request copy = request;
        connection.without_limit();
        ReadyPointer refusal = co_await on_worker(connection, std::move(copy), whether);
        if (refusal) {
            co_await write(connection, refusal, method, Next::Close);
            co_return Next::Close;
        }
    }
    if (asked.refused == 0 && length > 0) {
        if (connection.input.empty() && field(head, http::field::expect) == "100-continue") {
            const bool invited = co_await say_continue(connection);
            if (!invited) co_return Next::Close;
        }
        if (with_files) {
            asked.refused = co_await read_form(connection, request, length, limits.in_memory);
            if (asked.refused < 0) co_return Next::Close;
        } else {
            const bool complete = co_await read_body(connection, request.body, length);
            if (!complete) co_return Next::Close;
        }
    }
    if (asked.refused != 0) next = Next::Close;
    connection.without_limit();
    ReadyPointer answer = co_await on_worker(connection, std::move(request), asked);
    if (connection.loop.closing || answer->listener) next = Next::Close;  // only its end says where events end
    const bool written = co_await write(connection, answer, method, next);
    co_return written ? next : Next::Close;
}

/// Closing at once would reset the connection and take the last answer with it, when the peer still sends.
asio::awaitable<void> say_farewell(Connection& connection) {
    connection.stream.end_sending();
    connection.within(kFarewell);
    bool more = true;
    while (more) {
        connection.input.clear();
        more = co_await read_more(connection);
    }
}

/// Of TLS; whoever speaks something else, or nothing, is let go.
asio::awaitable<bool> shake_hands(Connection& connection) {
    for (;;) {
        const Step step = connection.stream.shake_hands();
        if (step == Step::Done) co_return true;
        const bool goes_on = co_await wait_for(connection, step);
        if (!goes_on) co_return false;
    }
}

asio::awaitable<void> serve_connection(Loop& loop, Shared& shared, tcp::socket socket) {
    Connection connection(loop, shared, std::move(socket), shared.certificate ? shared.certificate->context() : nullptr);
    connection.within(shared.settings.header_time);
    const bool agreed = co_await shake_hands(connection);
    if (!agreed) co_return;
    connection.within(shared.settings.header_time);
    for (;;) {
        if (connection.input.empty()) std::string().swap(connection.input);
        if (connection.input.empty() && !connection.stream.has_read_ahead()) {
            error_code error;
            auto token = asio::redirect_error(asio::use_awaitable, error);
            co_await connection.stream.socket().async_wait(tcp::socket::wait_read, token);
            if (error) co_return;
        }
        connection.idle = false;
        const Next next = co_await serve_request(connection);
        if (next == Next::Close) break;
        connection.idle = true;
        if (loop.closing) co_return;
        connection.within(shared.settings.idle_time);
    }
    co_await say_farewell(connection);
}

asio::awaitable<void> accept_connections(Loop& loop, Shared& shared) {
    Figures& figures = shared.dispatcher.figures();
    for (;;) {
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        tcp::socket socket = co_await loop.acceptor.async_accept(token);
        if (loop.closing || error == asio::error::operation_aborted) co_return;
        if (error) {
            // Out of files, most likely: others must end first.
            log(Level::Warning, "web.accept", {{"what", error.message()}});
            asio::steady_timer pause(loop.context);
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(token);
            continue;
        }
        if (figures.connections.fetch_add(1) >= shared.settings.connections) {
            --figures.connections;
            ++figures.refused;
            turn_away(socket, shared);
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        socket.non_blocking(true, error);
        asio::co_spawn(loop.context, serve_connection(loop, shared, std::move(socket)), asio::detached);
    }
}

/// Closes connections that are past their deadline, however they trickle.
asio::awaitable<void> sweep_connections(Loop& loop) {
    for (;;) {
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        loop.sweep.expires_after(kSweep);
        co_await loop.sweep.async_wait(token);
        if (error) co_return;
        const auto now = SteadyClock::now();
        for (Connection* connection : loop.connections)
            if (connection->deadline < now) connection->stream.close();
    }
}

class LiveServer final : public Server {
  public:
    LiveServer(Dispatcher& dispatcher, const ServerSettings& settings)
        : shared_{dispatcher, settings},
          pool_(settings.workers, settings.waiting, dispatcher.figures().waiting),
          disk_(kDiskThreads, settings.connections, dispatcher.figures().waiting_for_disk) {
        shared_.pool = &pool_;
        shared_.disk = &disk_;
        if (settings.certificate.are_named())
            shared_.certificate = std::make_unique<LiveCertificate>(settings.certificate, settings.certificate_time);
        raise_file_limit();
        port_ = settings.port;
        try {
            for (int count = 0; count < settings.io_threads; ++count) {
                auto& loop = loops_.emplace_back();
                bind(loop, settings.address, port_);
                port_ = loop.acceptor.local_endpoint().port();
            }
        } catch (const boost::system::system_error& error) {
            throw Fault(fmt::format("web: can't listen on {}:{}: {}", settings.address, settings.port,
                                    error.code().message()));
        }
        for (auto& loop : loops_) {
            asio::co_spawn(loop.context, accept_connections(loop, shared_), asio::detached);
            asio::co_spawn(loop.context, sweep_connections(loop), asio::detached);
            loop.thread = std::thread([&loop] { loop.context.run(); });
        }
    }
    ~LiveServer() override { stop(); }

    std::uint16_t port() const override { return port_; }

    void stop() override {
        if (std::exchange(stopped_, true)) return;
        for (auto& loop : loops_)
            asio::post(loop.context, [&loop] {
                loop.closing = true;
                error_code ignored;
                loop.acceptor.close(ignored);
                for (Connection* connection : loop.connections)
                    if (connection->idle) connection->stream.close();
            });
        const auto end = SteadyClock::now() + kLastRequests;
        while (shared_.dispatcher.figures().connections > 0 && SteadyClock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        for (auto& loop : loops_) {
            loop.context.stop();
            loop.thread.join();
        }
    }

  private:
    // Ended from below: workers answer into the loops, connections in the loops count themselves out.
    Shared shared_;
    std::list<Loop> loops_;
    WorkerPool pool_;
    WorkerPool disk_;
    std::uint16_t port_ = 0;
    bool stopped_ = false;
};

}  // namespace

std::unique_ptr<Server> Server::start(Dispatcher& dispatcher, const ServerSettings& settings) {
    return std::make_unique<LiveServer>(dispatcher, settings);
}

}  // namespace loa::web
