#include "connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace loa::bench {

namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";
constexpr std::size_t kLongestHead = 64 << 10;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char left, char right) {
        return std::tolower(static_cast<unsigned char>(left)) ==
               std::tolower(static_cast<unsigned char>(right));
    });
}

/// The number that text starts with, blanks passed.
std::optional<std::int64_t> leading_number(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> content_length(std::string_view head) {
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(line.size() + 2, head.size()));
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && same_name(line.substr(0, colon), "content-length"))
            return leading_number(line.substr(colon + 1));
    }
    return std::nullopt;
}

}  // namespace

Connection::Connection(std::uint16_t port) {
    descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        close(descriptor_);
        errno = error;
        fail("connect");
    }
    const int at_once = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

Connection::Connection(Connection&& other) noexcept {
    *this = std::move(other);
}

Connection& Connection::operator=(Connection&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    head_.swap(other.head_);
    std::swap(missing_, other.missing_);
    std::swap(in_body_, other.in_body_);
    std::swap(status_, other.status_);
    std::swap(received_, other.received_);
    return *this;
}

Connection::~Connection() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool Connection::send(std::string_view request) {
    head_.clear();
    in_body_ = false;
    const auto sent = ::send(descriptor_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent == static_cast<ssize_t>(request.size());
}

bool Connection::read_head() {
    const auto end = head_.find(kEndOfHead);
    const std::string_view head = std::string_view(head_).substr(0, end + 2);
    const auto blank = head.find(' ');
    const auto status = head.starts_with("HTTP/1.") ? leading_number(head.substr(blank)) : std::nullopt;
    const auto length = content_length(head);
    if (!status || !length) return false;
    status_ = static_cast<int>(*status);
    missing_ = *length - static_cast<std::int64_t>(head_.size() - end - kEndOfHead.size());
    in_body_ = true;
    return true;
}

Answer Connection::take(std::string_view bytes) {
    received_ += static_cast<std::int64_t>(bytes.size());
    if (in_body_) {
        missing_ -= static_cast<std::int64_t>(bytes.size());
    } else {
        head_.append(bytes);
        if (head_.find(kEndOfHead) == std::string::npos)
            return head_.size() > kLongestHead ? Answer::Broken : Answer::Pending;
        if (!read_head()) return Answer::Broken;
    }
    if (missing_ > 0) return Answer::Pending;
    return missing_ == 0 ? Answer::Complete : Answer::Broken;
}

Answer Connection::receive() {
    // One thread plays, so one place to read into serves every connection.
    static std::array<char, 64 << 10> scratch;
    const auto got = recv(descriptor_, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Answer::Pending;
    if (got <= 0) return Answer::Broken;
    return take({scratch.data(), static_cast<std::size_t>(got)});
}

Answer Connection::wait(int milliseconds) {
    pollfd readable{descriptor_, POLLIN, 0};
    for (;;) {
        if (poll(&readable, 1, milliseconds) <= 0) return Answer::Pending;
        if (const Answer answer = receive(); answer != Answer::Pending) return answer;
    }
}

}  // namespace loa::bench
