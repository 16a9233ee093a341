// A client over TCP or TLS, for saying to the server what no browser would.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace loa::web {

enum class Line { Plain, Tls };

class Wire {
  public:
    /// By TLS with a handshake, of OpenSSL's own client as it is shipped; std::runtime_error when there comes none.
    explicit Wire(std::uint16_t port, Line line = Line::Plain);
    Wire(Wire&& other) noexcept;
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// False when the server has closed.
    bool send(std::string_view bytes);
    /// One whole answer: its head, and its body by Content-Length. Empty when the server closes or is silent.
    std::string answer(std::string_view method = "GET",
                       std::chrono::seconds patience = std::chrono::seconds(10));
    /// Everything until the server closes; ends at the latest after `patience`.
    std::string rest(std::chrono::seconds patience = std::chrono::seconds(10));
    bool is_closed(std::chrono::seconds patience);
    void end_sending();

  private:
    struct Tls;
    bool receive(std::chrono::steady_clock::time_point until);
    /// Bytes; 0 where there are none for the moment, -1 at the end.
    std::ptrdiff_t receive_some(char* room, std::size_t size);
    std::ptrdiff_t send_some(std::string_view bytes);
    int socket_ = -1;
    std::unique_ptr<Tls> tls_;
    bool closed_ = false;
    std::string received_;
};

}  // namespace loa::web
