#include "stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <new>

#include "loa/base/log.h"

namespace loa::web {

using boost::system::error_code;

namespace {

// OpenSSL's own way to a socket keeps the number of its file, which another connection may have by then, and raises
// SIGPIPE; this one goes through Asio's socket.

tcp::socket& socket_of(BIO* bio) {
    return *static_cast<tcp::socket*>(BIO_get_data(bio));
}

int read_bio(BIO* bio, char* room, int size) {
    error_code error;
    BIO_clear_retry_flags(bio);
    const auto got = socket_of(bio).read_some(asio::buffer(room, static_cast<std::size_t>(size)), error);
    if (!error) return static_cast<int>(got);
    if (error == asio::error::would_block) BIO_set_retry_read(bio);
    return error == asio::error::eof ? 0 : -1;
}

int write_bio(BIO* bio, const char* bytes, int size) {
    error_code error;
    BIO_clear_retry_flags(bio);
    const auto sent = socket_of(bio).write_some(asio::buffer(bytes, static_cast<std::size_t>(size)), error);
    if (!error) return static_cast<int>(sent);
    if (error == asio::error::would_block) BIO_set_retry_write(bio);
    return -1;
}

long control_bio(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* bio_method() {
    static BIO_METHOD* const method = [] {
        auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "asio socket");
        if (!made) throw std::bad_alloc();
        BIO_meth_set_read(made, read_bio);
        BIO_meth_set_write(made, write_bio);
        BIO_meth_set_ctrl(made, control_bio);
        return made;
    }();
    return method;
}

SSL* new_tls(SSL_CTX* context, tcp::socket& socket) {
    SSL* tls = SSL_new(context);
    BIO* bio = BIO_new(bio_method());
    if (!tls || !bio) throw std::bad_alloc();
    BIO_set_data(bio, &socket);
    BIO_set_init(bio, 1);
    SSL_set_bio(tls, bio, bio);  // which owns it from here on
    SSL_set_accept_state(tls);
    return tls;
}

}  // namespace

Pieces without(Pieces pieces, std::size_t size) {
    for (auto& piece : pieces) {
        const auto here = std::min(size, piece.size());
        piece += here;
        size -= here;
    }
    return pieces;
}

Stream::Stream(tcp::socket socket, const TlsContext& context) : socket_(std::move(socket)), tls_(nullptr, SSL_free) {
    if (context) tls_.reset(new_tls(context.get(), socket_));
}

Step Stream::shake_hands() {
    if (!tls_) return Step::Done;
    ERR_clear_error();
    const Step step = step_after(SSL_do_handshake(tls_.get()));
    if (step == Step::Ended) log(Level::Debug, "web.handshake", {{"what", tls_reason()}});
    return step;
}

Step Stream::read_some(asio::mutable_buffer room, std::size_t& got) {
    if (tls_) {
        ERR_clear_error();
        return step_after(SSL_read_ex(tls_.get(), room.data(), room.size(), &got));
    }
    error_code error;
    got = socket_.read_some(room, error);
    if (!error) return Step::Done;
    return error == asio::error::would_block ? Step::WantsToRead : Step::Ended;
}

Step Stream::write_some(const Pieces& pieces, asio::mutable_buffer scratch, std::size_t& sent) {
    if (tls_) {
        const auto size = asio::buffer_copy(scratch, pieces);
        ERR_clear_error();
        return step_after(SSL_write_ex(tls_.get(), scratch.data(), size, &sent));
    }
    error_code error;
    sent = socket_.write_some(pieces, error);
    if (!error) return Step::Done;
    return error == asio::error::would_block ? Step::WantsToWrite : Step::Ended;
}

void Stream::end_sending() {
    error_code ignored;
    if (tls_) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
    }
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Stream::close() {
    error_code ignored;
    socket_.close(ignored);
}

Step Stream::step_after(int result) const {
    if (result == 1) return Step::Done;
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return Step::WantsToRead;
        case SSL_ERROR_WANT_WRITE:
            return Step::WantsToWrite;
        default:
            return Step::Ended;
    }
}

}  // namespace loa::web
