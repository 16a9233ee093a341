// The way of a request from its loop to a worker and back. Only server.cpp includes it.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "answer.h"
#include "connection.h"
#include "loa/base/log.h"
#include "multipart.h"

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

/// What a worker is asked about a request.
struct Asked {
    int refused = 0;          // a status that the server has decided on: only the page that says so
    std::uint64_t files = 0;  // bytes of a body with files: only whether it may come; no answer means that it may
};

/// A request on its way through a worker; `handler` goes on with the connection in its own loop.
template <class Handler>
class Job final : public Task {
  public:
    Job(Dispatcher& dispatcher, asio::io_context& context, Request request, Asked asked, Handler handler)
        : dispatcher_(dispatcher),
          context_(context),
          request_(std::move(request)),
          asked_(asked),
          handler_(std::move(handler)) {}
    void run() override {
        if (asked_.files > 0) {
            const auto refusal = dispatcher_.refusal_of_files(std::move(request_), asked_.files);
            return finish(refusal ? ready(*refusal) : nullptr);
        }
        const Response response = asked_.refused ? dispatcher_.refuse(std::move(request_), asked_.refused)
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
    Asked asked_;
    Handler handler_;
};

/// No coroutine itself: the lambda would stand in an expression with co_await.
inline asio::awaitable<ReadyPointer> on_worker(Connection& connection, Request request, Asked asked) {
    const auto start = [](auto handler, Connection* asking, Request moved, Asked what) {
        using Handler = decltype(handler);
        auto& shared = asking->shared;
        auto job = std::make_unique<Job<Handler>>(shared.dispatcher, asking->loop.context, std::move(moved),
                                                  what, std::move(handler));
        if (auto full = shared.pool->submit(std::move(job))) {
            ++shared.dispatcher.figures().refused;
            static_cast<Job<Handler>*>(full.get())->finish(blunt(503));
        }
    };
    auto token = asio::use_awaitable;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(ReadyPointer)>(
        start, token, &connection, std::move(request), asked);
}

/// Something that waits for the disk and must not hold up a loop; lives in the coroutine that waits for it.
class DiskWork {
  public:
    virtual ~DiskWork() = default;
    /// Must not throw.
    virtual void run() = 0;
};

template <class Handler>
class DiskTask final : public Task {
  public:
    DiskTask(DiskWork& work, asio::io_context& context, Handler handler)
        : work_(work), context_(context), handler_(std::move(handler)) {}
    void run() override {
        work_.run();
        asio::post(context_, [handler = std::move(handler_)]() mutable { handler(); });
    }

  private:
    DiskWork& work_;
    asio::io_context& context_;
    Handler handler_;
};

inline asio::awaitable<void> on_disk(Connection& connection, DiskWork& work) {
    const auto start = [](auto handler, Connection* asking, DiskWork* asked) {
        using Handler = decltype(handler);
        // Never refused: a connection has one piece of work at a time, and the line is as long as there are connections.
        asking->shared.disk->submit(
            std::make_unique<DiskTask<Handler>>(*asked, asking->loop.context, std::move(handler)));
    };
    auto token = asio::use_awaitable;
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(start, token, &connection, &work);
}

/// Takes a form with files in, piece by piece.
class FormReceiver final : public DiskWork {
  public:
    FormReceiver(std::string_view boundary, MultipartReader::Limits limits)
        : reader_(std::make_unique<MultipartReader>(boundary, std::move(limits))) {}
    std::string piece;  // the next bytes; empty: give up, and let go of the files

    void run() override {
        try {
            if (piece.empty()) reader_.reset();
            else if (!reader_->take(piece)) refusal_ = reader_->refusal();
        } catch (const std::exception& error) {
            log(Level::Error, "web.spool", {{"what", error.what()}});
            refusal_ = 503;
        }
    }
    /// The status to refuse the form with, or 0.
    int refusal() const { return refusal_; }
    /// Once all has come; false when it is no whole form.
    bool finish(Request& request) {
        auto form = reader_->finish();
        if (!form) return false;
        request.form = std::move(form->fields);
        request.uploads = std::move(form->uploads);
        return true;
    }

  private:
    std::unique_ptr<MultipartReader> reader_;
    int refusal_ = 0;
};

/// Reads a file that is sent, piece by piece.
class FileReader final : public DiskWork {
  public:
    FileReader(FilePiece file, std::size_t at_once) : file_(std::move(file)), buffer_(at_once, '\0') {}
    void run() override {
        const auto wanted = std::min<std::uint64_t>(buffer_.size(), file_.size);
        const auto got = ::pread(file_.file->number(), buffer_.data(), wanted, static_cast<off_t>(file_.begin));
        read_ = got < 0 ? 0 : static_cast<std::size_t>(got);
        file_.begin += read_;
        file_.size -= read_;
    }
    bool is_done() const { return file_.size == 0; }
    /// What the last run() read; nothing when the file can't be read any more.
    std::string_view bytes() const { return std::string_view(buffer_).substr(0, read_); }

  private:
    FilePiece file_;  // what is still to be read
    std::string buffer_;
    std::size_t read_ = 0;
};

}  // namespace loa::web
