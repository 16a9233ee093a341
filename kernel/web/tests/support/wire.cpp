#include "tests/support/wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace loa::web {

namespace {

SSL_CTX* client_context() {
    static SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    return context;
}

}  // namespace

/// A test may send in one thread and read in another.
struct Wire::Tls {
    explicit Tls(int socket) : tls(SSL_new(client_context())) {
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes as if to any file
        SSL_set_fd(tls, socket);
        SSL_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    }
    ~Tls() { SSL_free(tls); }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    /// As Wire::receive_some().
    std::ptrdiff_t bytes_of(int result) const {
        if (result > 0) return result;
        const int why = SSL_get_error(tls, result);
        return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? 0 : -1;
    }

    SSL* tls;
    std::mutex mutex;
};

Wire::Wire(std::uint16_t port, Line line) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("can't connect");
    if (line == Line::Plain) return;
    tls_ = std::make_unique<Tls>(socket_);
    if (SSL_connect(tls_->tls) != 1) {
        ::close(socket_);
        throw std::runtime_error("no handshake");
    }
    ::fcntl(socket_, F_SETFL, O_NONBLOCK);
}

Wire::Wire(Wire&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      tls_(std::move(other.tls_)),
      closed_(other.closed_),
      received_(std::move(other.received_)) {}

Wire::~Wire() {
    if (socket_ >= 0) ::close(socket_);
}

std::ptrdiff_t Wire::send_some(std::string_view bytes) {
    if (!tls_) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return sent > 0 ? sent : -1;
    }
    const std::lock_guard lock(tls_->mutex);
    ERR_clear_error();
    return tls_->bytes_of(SSL_write(tls_->tls, bytes.data(), static_cast<int>(bytes.size())));
}

std::ptrdiff_t Wire::receive_some(char* room, std::size_t size) {
    if (!tls_) {
        const auto got = ::recv(socket_, room, size, 0);
        return got > 0 ? got : -1;
    }
    const std::lock_guard lock(tls_->mutex);
    ERR_clear_error();
    return tls_->bytes_of(SSL_read(tls_->tls, room, static_cast<int>(size)));
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = send_some(bytes);
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        pollfd waiting{socket_, POLLOUT, 0};
        if (sent == 0) ::poll(&waiting, 1, 1000);
    }
    return true;
}

bool Wire::receive(std::chrono::steady_clock::time_point until) {
    if (closed_) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
            .count();
    pollfd waiting{socket_, POLLIN, 0};
    const bool has_read_ahead = tls_ && SSL_pending(tls_->tls) > 0;
    if (!has_read_ahead && (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)) return false;
    char bytes[65536];
    const auto got = receive_some(bytes, sizeof bytes);
    if (got < 0) {
        closed_ = true;
        return false;
    }
    received_.append(bytes, static_cast<std::size_t>(got));
    return true;
}

std::string Wire::answer(std::string_view method, std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (const auto end = received_.find("\r\n\r\n"); end != std::string::npos) {
            std::size_t size = end + 4;
            const auto mark = received_.find("Content-Length: ");
            if (method != "HEAD" && mark < end) size += std::stoul(received_.substr(mark + 16));
            if (received_.size() >= size) {
                std::string whole = received_.substr(0, size);
                received_.erase(0, size);
                return whole;
            }
        }
        if (!receive(until)) return {};
    }
}

std::string Wire::rest(std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (receive(until)) {
    }
    return std::exchange(received_, {});
}

bool Wire::is_closed(std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (receive(until)) {
    }
    return closed_;
}

void Wire::end_sending() {
    if (tls_) SSL_shutdown(tls_->tls);
    else ::shutdown(socket_, SHUT_WR);
}

}  // namespace loa::web
