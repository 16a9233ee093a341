#include "page_cache.h"

#include "loa/web/hooks.h"
#include "preferences.h"

namespace loa::web {

namespace {
constexpr auto kLifetime = std::chrono::seconds(1);
constexpr std::size_t kEntries = 2000;
constexpr std::size_t kBytes = std::size_t{64} << 20;
constexpr std::size_t kLongestKey = 2000;
}  // namespace

bool PageCache::applies(const Glance& glance) {
    return glance.method != Method::Post && cookie_value(glance.cookies, kSessionCookie).empty() &&
           glance.target.size() + glance.host.size() < kLongestKey;
}

std::string PageCache::key(const Glance& glance) {
    const auto chosen = preferences(glance.cookies, glance.accept_language);
    std::string key;
    key.reserve(glance.host.size() + glance.target.size() + 16);
    key.append(glance.host).append("\n").append(glance.target).append("\n").append(code(chosen.language));
    return key.append(chosen.theme).append("\n").append(chosen.contrast);
}

std::shared_ptr<const ReadyForms> PageCache::find(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.until < std::chrono::steady_clock::now()) return nullptr;
    return found->second.page;
}

std::uint64_t PageCache::generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
}

void PageCache::put(const std::string& key, const Response& response, std::uint64_t generation) {
    auto page = std::make_shared<const ReadyForms>(ready_forms(response));
    const std::size_t bytes = key.size() + page->bytes();
    const auto until = std::chrono::steady_clock::now() + kLifetime;

    const std::lock_guard lock(mutex_);
    if (generation != generation_) return;
    // Random queries would fill it with pages nobody asks for twice; the hot ones are back at once.
    if (entries_.size() >= kEntries || bytes_ + bytes > kBytes) {
        entries_.clear();
        bytes_ = 0;
    }
    auto& entry = entries_[key];
    if (entry.page) bytes_ -= key.size() + entry.page->bytes();
    entry = {std::move(page), until};
    bytes_ += bytes;
}

void PageCache::clear() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    entries_.clear();
    bytes_ = 0;
}

std::size_t PageCache::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace loa::web
