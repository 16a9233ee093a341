// The way of a request from its loop to a worker and back. Only server.cpp includes it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "answer.h"
#include "connection.h"

namespace loa::web {

using ReadyPointer = std::shared_ptr<const Ready>;

/// Said by the server itself, when no worker is asked: short, and the connection ends.
inline ReadyPointer blunt(int status) {
    Response response = bytes(std::string(reason_phrase(status)) + "\n", "text/plain; charset=utf-8");
    response.status = status;
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    add_headers(response, Keeping::Nobody);
    return ready(response);
}

/// A request on its way through a worker; `handler` goes on with the connection in its own loop.
template <class Handler>
class Job final : public Task {
  public:
    Job(Dispatcher& dispatcher, asio::io_context& context, Request request, int refused, Handler handler)
        : dispatcher_(dispatcher),
          context_(context),
          request_(std::move(request)),
          refused_(refused),
          handler_(std::move(handler)) {}
    void run() override {
        const Response response = refused_ ? dispatcher_.refuse(std::move(request_), refused_)
                                           : dispatcher_.handle(std::move(request_));
        finish(response.status == 503 ? with_retry(response) : ready(response));
    }
    void finish(ReadyPointer answer) {
        asio::post(context_, [handler = std::move(handler_), answer = std::move(answer)]() mutable {
            handler(std::move(answer));
        });
    }

  private:
    static ReadyPointer with_retry(Response response) {
        if (!header(response, "Retry-After")) response.headers.emplace_back("Retry-After", "10");
        return ready(response);
    }
    Dispatcher& dispatcher_;
    asio::io_context& context_;
    Request request_;
    int refused_;  // a status that the server has decided on, or 0
    Handler handler_;
};

/// No coroutine itself: the lambda would stand in an expression with co_await.
inline asio::awaitable<ReadyPointer> on_worker(Connection& connection, Request request, int refused) {
    const auto start = [](auto handler, Connection* asking, Request moved, int status) {
        using Handler = decltype(handler);
        auto& shared = asking->shared;
        auto job = std::make_unique<Job<Handler>>(shared.dispatcher, asking->loop.context, std::move(moved),
                                                  status, std::move(handler));
        if (auto full = shared.pool->submit(std::move(job))) {
            ++shared.dispatcher.figures().refused;
            static_cast<Job<Handler>*>(full.get())->finish(blunt(503));
        }
    };
    auto token = asio::use_awaitable;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(ReadyPointer)>(
        start, token, &connection, std::move(request), refused);
}

}  // namespace loa::web
