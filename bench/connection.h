// One keep-alive connection to a server on this machine, as thin as a browser's can be: it sends a request
// that is ready, and counts the answer's bytes without keeping them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loa::bench {

enum class Answer {
    Pending,   // more of it is to come
    Complete,  // see Connection::status()
    Broken,    // closed by the server, or nothing that we understand (chunks, no Content-Length)
};

class Connection {
  public:
    /// Connects to 127.0.0.1; throws std::system_error.
    explicit Connection(std::uint16_t port);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    ~Connection();

    int descriptor() const { return descriptor_; }

    /// False when the server has closed. A request is small enough for an empty socket, so it goes out whole.
    bool send(std::string_view request);
    /// Reads what has come, without waiting.
    Answer receive();
    /// Waits for the whole answer to what was sent; Pending when time was up.
    Answer wait(int milliseconds);

    int status() const { return status_; }
    std::int64_t received() const { return received_; }  // bytes, heads and bodies

  private:
    Answer take(std::string_view bytes);
    bool read_head();

    int descriptor_ = -1;
    std::string head_;
    std::int64_t missing_ = 0;  // bytes of the body
    bool in_body_ = false;
    int status_ = 0;
    std::int64_t received_ = 0;
};

}  // namespace loa::bench
