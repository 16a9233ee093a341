// Who listens to changes of which authority, and the thread that asks for stamps while somebody does.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "loa/storage/database.h"
#include "loa/web/feed.h"

namespace loa::web {

/// One open answer; it listens for as long as it lives.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual std::int64_t seen() const = 0;
    /// The newest that is known; from any thread, at once.
    virtual std::int64_t stamp() const = 0;
};

/// What is said to one listener, in the words of an event stream.
class Telling {
  public:
    explicit Telling(const Listener& listener);
    /// The stamp, where it is another than the one said last; a comment when long nothing was said, to learn whether
    /// anybody is there; else nothing.
    std::string next();
    /// It has gone on long enough: the browser shall come again, and be asked again who it is.
    bool is_over() const;

  private:
    const Listener& listener_;
    std::int64_t said_;
    std::chrono::steady_clock::time_point spoke_, end_;
};

class Feed : public std::enable_shared_from_this<Feed> {
  public:
    /// Asks from the first listener on. What can't be read (the database is away) is tried again. Ends with the last of
    /// those who hold it; listeners do.
    static std::shared_ptr<Feed> make(storage::Database& database, ChangeStamp stamp, std::chrono::milliseconds every);
    virtual ~Feed() = default;
    /// `seen`: the stamp that the page was made with.
    virtual std::shared_ptr<const Listener> listen(Id authority, std::int64_t seen) = 0;
    virtual int listeners() = 0;
};

}  // namespace loa::web
