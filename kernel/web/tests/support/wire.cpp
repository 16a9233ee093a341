#include "tests/support/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace loa::web {

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("can't connect");
}

Wire::Wire(Wire&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      closed_(other.closed_),
      received_(std::move(other.received_)) {}

Wire::~Wire() {
    if (socket_ >= 0) ::close(socket_);
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::receive(std::chrono::steady_clock::time_point until) {
    if (closed_) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now())
            .count();
    pollfd waiting{socket_, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
    char bytes[65536];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) {
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
    ::shutdown(socket_, SHUT_WR);
}

}  // namespace loa::web
