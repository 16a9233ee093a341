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

const PageCache::Entry* PageCache::living(const std::string& key) const {
    const auto found = entries_.find(key);
    const bool lives = found != entries_.end() && std::chrono::steady_clock::now() <= found->second.until;
    return lives ? &found->second : nullptr;
}

std::shared_ptr<const Ready> PageCache::ready(const Glance& glance) const {
    const std::string wanted = key(glance);
    const std::lock_guard lock(mutex_);
    const auto* entry = living(wanted);
    return entry ? entry->forms.for_browser(glance) : nullptr;
}

std::shared_ptr<const Response> PageCache::find(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto* entry = living(key);
    return entry ? entry->page : nullptr;
}

std::uint64_t PageCache::generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
}

std::shared_ptr<const Response> PageCache::put(const std::string& key, const Response& response,
                                               std::uint64_t generation) {
    // Without its View: it is rendered already.
    Response page;
    page.headers = response.headers;
    page.content_type = response.content_type;
    page.body = response.body;
    Entry made;
    made.page = std::make_shared<const Response>(page);
    made.forms.effort = Effort::Each;
    made.forms.etag = *header(response, "ETag");
    check_etag(page, made.forms.etag);
    made.forms.not_modified = web::ready(page);
    made.until = std::chrono::steady_clock::now() + kLifetime;
    made.bytes = key.size() + made.forms.not_modified->head.size() + response.body->size();

    const std::lock_guard lock(mutex_);
    if (generation != generation_) return nullptr;
    // Random queries would fill it with pages nobody asks for twice; the hot ones are back at once.
    if (entries_.size() >= kEntries || bytes_ + made.bytes > kBytes) {
        entries_.clear();
        bytes_ = 0;
    }
    auto& entry = entries_[key];
    bytes_ += made.bytes - entry.bytes;
    entry = std::move(made);
    return entry.page;
}

void PageCache::add(const std::string& key, const std::shared_ptr<const Response>& page, Coding coding,
                    const std::shared_ptr<const std::string>& body) {
    Response response = *page;
    if (body != page->body) response.headers.emplace_back("Content-Encoding", name(coding));
    response.body = body;
    const auto form = web::ready(response);
    const std::size_t bytes = form->head.size() + (body == page->body ? 0 : body->size());

    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.page != page || bytes_ + bytes > kBytes) return;
    auto& slot = found->second.forms.forms[static_cast<std::size_t>(coding)];
    if (slot) return;  // another worker was quicker
    slot = form;
    found->second.bytes += bytes;
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
