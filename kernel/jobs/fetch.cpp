#include "loa/jobs/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "curl.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa::jobs {

namespace {

/// An IPv4 address at that place of an IPv6 one, as ours stand.
IpAddress inside(const IpAddress& address, std::ptrdiff_t at) {
    IpAddress found{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::copy_n(address.begin() + at, 4, found.begin() + 12);
    return found;
}

struct Transfer {
    const FetchLimits& limits;
    std::string bytes;
    bool internal = false;   // an address was refused
    bool too_large = false;
};

std::optional<IpAddress> address_of(const curl_sockaddr& address) {
    char text[INET6_ADDRSTRLEN] = "";
    const void* from = nullptr;
    if (address.family == AF_INET) from = &reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_addr;
    if (address.family == AF_INET6) from = &reinterpret_cast<const sockaddr_in6*>(&address.addr)->sin6_addr;
    if (from == nullptr || inet_ntop(address.family, from, text, sizeof text) == nullptr) return std::nullopt;
    return ip_address(text);
}

curl_socket_t open_socket(void* transfer_pointer, curlsocktype purpose, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(transfer_pointer);
    const auto to = address_of(*address);
    if (purpose != CURLSOCKTYPE_IPCXN || !to || (!is_public(*to) && !transfer.limits.also.hold(*to))) {
        transfer.internal = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* transfer_pointer) {
    auto& transfer = *static_cast<Transfer*>(transfer_pointer);
    const std::size_t length = size * count;
    if (transfer.bytes.size() + length > static_cast<std::size_t>(transfer.limits.most_bytes)) {
        transfer.too_large = true;
        return 0;
    }
    transfer.bytes.append(bytes, length);
    return length;
}

bool is_web_address(const std::string& url) {
    if (url.size() > 2000 || !(url.starts_with("http://") || url.starts_with("https://"))) return false;
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return false;
    return true;
}

Failure failure_of(CURLcode code, const Transfer& transfer) {
    if (transfer.internal) return invalid("link", "jobs.fetch_internal");
    if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED)
        return invalid("link", "jobs.fetch_too_large", {{"most", std::to_string(transfer.limits.most_bytes >> 20)}});
    if (code == CURLE_TOO_MANY_REDIRECTS) return invalid("link", "jobs.fetch_too_many_redirects");
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) return invalid("link", "jobs.fetch_not_web");
    if (code == CURLE_OPERATION_TIMEDOUT) return unavailable("jobs.fetch_took_too_long");
    return unavailable("jobs.fetch_unreachable");
}

}  // namespace

bool is_public(const IpAddress& address) {
    static const auto mapped = Networks::parse("::ffff:0:0/96", "known networks"), nat64 = Networks::parse("64:ff9b::/96", "known networks"),
                      sixtofour = Networks::parse("2002::/16", "known networks"), global = Networks::parse("2000::/3", "known networks");
    static const auto reserved = Networks::parse(
        "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24, 192.168.0.0/16, "
        "198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4, 2001::/23, 2001:db8::/32, 3fff::/20",
        "known networks");
    if (nat64.hold(address)) return is_public(inside(address, 12));
    if (sixtofour.hold(address)) return is_public(inside(address, 2));
    return (mapped.hold(address) || global.hold(address)) && !reserved.hold(address);
}

Result<Fetched> fetch(const std::string& url, const FetchLimits& limits) {
    prepare_curl();
    if (!is_web_address(url)) return invalid("link", "jobs.fetch_not_web");
    const std::unique_ptr<CURL, CloseTalk> curl(curl_easy_init());
    if (!curl) throw Fault("libcurl can't be used");
    Transfer transfer{.limits = limits, .bytes = {}};
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");  // it would look names up for us
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects));
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connecting.count()));
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
    curl_easy_setopt(curl.get(), CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.most_bytes));
    curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "Loa");
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &transfer);
    const auto code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) return failure_of(code, transfer);
    long status = 0;
    char* last_url = nullptr;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &last_url);
    if (status == 429 || status >= 500) return unavailable("jobs.fetch_server_failed", {{"status", std::to_string(status)}});
    if (status != 200) return invalid("link", "jobs.fetch_refused", {{"status", std::to_string(status)}});
    if (transfer.bytes.empty()) return invalid("link", "jobs.fetch_empty");
    return Fetched{last_url != nullptr ? last_url : url, std::move(transfer.bytes)};
}

}  // namespace loa::jobs
