// The bytes of a connection, plain or by TLS. Nothing here waits: a step says what it wants to wait for, and server.cpp
// does that.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "tls.h"

namespace loa::web {

namespace asio = boost::asio;
using asio::ip::tcp;

enum class Step { Done, WantsToRead, WantsToWrite, Ended };

/// What is sent at once, however many places it lies in.
using Pieces = std::array<asio::const_buffer, 3>;
/// The pieces without their first `size` bytes.
Pieces without(Pieces pieces, std::size_t size);

class Stream {
  public:
    /// A socket that does not block; without a context its bytes are plain. TLS holds the socket by its address.
    Stream(tcp::socket socket, const TlsContext& context);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    /// Until it is Done there is nothing to read or to write; a plain stream is done at once.
    Step shake_hands();
    Step read_some(asio::mutable_buffer room, std::size_t& got);
    /// TLS gathers pieces in `scratch`, so that a small answer is one record. What was not Done is tried again with
    /// the same pieces.
    Step write_some(const Pieces& pieces, asio::mutable_buffer scratch, std::size_t& sent);
    /// There is something to read that the socket no longer knows of.
    bool has_read_ahead() const { return tls_ && SSL_pending(tls_.get()) > 0; }
    /// Tells the peer that nothing more will come.
    void end_sending();
    void close();
    tcp::socket& socket() { return socket_; }

  private:
    Step step_after(int result) const;

    tcp::socket socket_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
};

}  // namespace loa::web
