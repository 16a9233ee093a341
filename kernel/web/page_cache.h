// Hot public pages as ready bytes. Emptied by every write on this node; what another node wrote shows within the
// second that an entry lives. A page is compressed when it is first asked for in a coding, by the worker that
// answers; from then on it needs none.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "answer.h"

namespace loa::web {

class PageCache {
  public:
    /// What tells two pages apart: host, address, language, theme and contrast.
    static std::string key(const Glance& glance);
    /// Never for someone who may be signed in.
    static bool applies(const Glance& glance);

    /// The whole answer; null when there is none, it is too old, or not made yet for this browser.
    std::shared_ptr<const Ready> ready(const Glance& glance) const;
    /// The page as it was put in; null when there is none, or it is too old.
    std::shared_ptr<const Response> find(const std::string& key) const;
    /// Taken before the page is read from the database, given back when it is put in: a page that was read
    /// before a write and rendered after it is not kept.
    std::uint64_t generation() const;
    /// `response`, a 200 as add_headers left it: plain body, ETag. Nothing else of it may depend on the person.
    /// Null when it is not kept.
    std::shared_ptr<const Response> put(const std::string& key, const Response& response, std::uint64_t generation);
    /// Its body in one coding (Plain, or where compressing gains nothing: its own). Forgotten where another page
    /// has taken its place.
    void add(const std::string& key, const std::shared_ptr<const Response>& page, Coding coding,
             const std::shared_ptr<const std::string>& body);
    void clear();
    std::size_t size() const;

  private:
    struct Entry {
        std::shared_ptr<const Response> page;
        ReadyForms forms;
        std::chrono::steady_clock::time_point until;
        std::size_t bytes = 0;
    };
    const Entry* living(const std::string& key) const;  // the caller holds the mutex

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
    std::size_t bytes_ = 0;
    std::uint64_t generation_ = 0;
};

}  // namespace loa::web
