// Hot public pages as ready bytes, plain and compressed. Emptied by every write on this node; what another
// node wrote shows within the second that an entry lives.
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

    /// Null when there is none, or it is too old.
    std::shared_ptr<const ReadyForms> find(const std::string& key) const;
    /// Taken before the page is read from the database, given back when it is put in: a page that was read
    /// before a write and rendered after it is not kept.
    std::uint64_t generation() const;
    /// `response` as add_headers left it: plain body, ETag. Nothing else of it may depend on the person.
    void put(const std::string& key, const Response& response, std::uint64_t generation);
    void clear();
    std::size_t size() const;

  private:
    struct Entry {
        std::shared_ptr<const ReadyForms> page;
        std::chrono::steady_clock::time_point until;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
    std::size_t bytes_ = 0;
    std::uint64_t generation_ = 0;
};

}  // namespace loa::web
