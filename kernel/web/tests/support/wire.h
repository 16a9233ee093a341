// A plain TCP client, for saying to the server what no browser would.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace loa::web {

class Wire {
  public:
    explicit Wire(std::uint16_t port);
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
    bool receive(std::chrono::steady_clock::time_point until);
    int socket_ = -1;
    bool closed_ = false;
    std::string received_;
};

}  // namespace loa::web
