#include "answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "content_hash.h"
#include "loa/base/check.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {

// No inline script or style anywhere (frontend.md), so the policy needs neither hash nor nonce.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSafety{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
     "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

constexpr std::array<std::pair<int, std::string_view>, 25> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {303, "See Other"},
    {304, "Not Modified"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
}};

using std::string_view_literals::operator""sv;

bool is_bodyless(int status) {
    return status == 204 || status == 304;
}

/// "bytes=0-499", "bytes=500-", "bytes=-500" of a file of `size` bytes.
struct Range {
    std::uint64_t begin = 0, end = 0;  // [begin, end); an empty one has nothing of the file
};
std::optional<Range> range_of(std::string_view text, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (!text.starts_with(kUnit)) return std::nullopt;
    text.remove_prefix(kUnit.size());
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error == std::errc::result_out_of_range && end == digits.data() + digits.size()) return UINT64_MAX;
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        return value;
    };
    const auto first = text.substr(0, dash), last = text.substr(dash + 1);
    if (first.empty()) {
        const auto count = number(last);
        if (!count) return std::nullopt;
        return Range{size - std::min(*count, size), size};
    }
    const auto begin = number(first);
    const auto end = last.empty() ? std::optional(UINT64_MAX) : number(last);
    if (!begin || !end || *end < *begin) return std::nullopt;
    return Range{std::min(*begin, size), *end >= size ? size : *end + 1};
}

}  // namespace

std::string_view reason_phrase(int status) {
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [&](const auto& reason) { return reason.first == status; });
    return found == kReasons.end() ? "Unknown" : found->second;
}

void check_headers(const Response& response) {
    const auto is_one_line = [](std::string_view text) {
        return text.find_first_of("\r\n\0"sv) == text.npos;
    };
    LOA_CHECK(is_one_line(response.content_type));
    for (const auto& [name, value] : response.headers) LOA_CHECK(is_one_line(name) && is_one_line(value));
}

const std::string* header(const Response& response, std::string_view name) {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const auto& header) { return header.first == name; });
    return found == response.headers.end() ? nullptr : &found->second;
}

void add_headers(Response& response, Keeping keeping) {
    for (const auto& [name, value] : kSafety)
        if (!header(response, name)) response.headers.emplace_back(name, value);
    if (header(response, "Cache-Control")) return;
    switch (keeping) {
        case Keeping::Nobody:
            response.headers.emplace_back("Cache-Control", "no-store");
            return;
        case Keeping::ForGood:
            response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
            response.headers.emplace_back("Vary", "Accept-Encoding");
            break;
        case Keeping::AskFirst:
            response.headers.emplace_back("Cache-Control", "no-cache");
            response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
    }
    if (response.body && !header(response, "ETag"))
        // Weak: the same content, compressed or not.
        response.headers.emplace_back("ETag", fmt::format("W/\"{}\"", content_hash(*response.body)));
}

bool has_etag(std::string_view if_none_match, std::string_view etag) {
    const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    for (const auto part : split(if_none_match, ',')) {
        const auto tag = trimmed(part);
        if (tag == "*" || (!tag.empty() && opaque(tag) == opaque(etag))) return true;
    }
    return false;
}

void check_etag(Response& response, std::string_view if_none_match) {
    const auto* etag = header(response, "ETag");
    if (response.status != 200 || !etag || !has_etag(if_none_match, *etag)) return;
    response.status = 304;
    response.body = nullptr;
    response.file.reset();
}

void cut_to_range(Response& response, std::string_view range, std::string_view if_range) {
    const auto* found = header(response, "ETag");
    if (!response.file || response.status != 200 || !found) return;
    const std::string etag = *found;
    response.headers.emplace_back("Accept-Ranges", "bytes");
    // If-Range compares strongly, and a date can't do that (RFC 9110 §13.1.5).
    if (range.empty() || (!if_range.empty() && if_range != etag)) return;
    const auto size = response.file->size;
    const auto wanted = range_of(range, size);
    if (!wanted) return;
    if (wanted->begin >= wanted->end) {
        response.status = 416;
        response.file.reset();
        response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
        return;
    }
    response.status = 206;
    response.file->begin += wanted->begin;
    response.file->size = wanted->end - wanted->begin;
    response.headers.emplace_back("Content-Range",
                                  fmt::format("bytes {}-{}/{}", wanted->begin, wanted->end - 1, size));
}

void compress(Response& response, std::string_view accept_encoding) {
    if (!response.body || header(response, "Content-Encoding") || !is_compressible(response.content_type))
        return;
    const Coding coding = best_coding(accept_encoding, Effort::Each);
    if (coding == Coding::Plain) return;
    auto smaller = compressed_if_smaller(*response.body, coding, Effort::Each);
    if (!smaller) return;
    response.body = std::move(smaller);
    response.headers.emplace_back("Content-Encoding", name(coding));
}

std::shared_ptr<const Ready> ready(const Response& response) {
    auto made = std::make_shared<Ready>();
    made->status = response.status;
    made->body = response.body;
    made->file = response.file;
    made->listener = response.listener;
    std::string& head = made->head;
    head.reserve(1024);
    head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    for (const auto& [name, value] : response.headers) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (is_bodyless(response.status)) return made;
    if (response.listener) {  // as long as the connection
        head.append("Content-Type: ").append(response.content_type).append("\r\n");
        return made;
    }
    const std::uint64_t size = response.file ? response.file->size : response.body ? response.body->size() : 0;
    if (size > 0) head.append("Content-Type: ").append(response.content_type).append("\r\n");
    head += fmt::format("Content-Length: {}\r\n", size);
    return made;
}

std::shared_ptr<const Ready> ReadyForms::for_browser(const Glance& glance) const {
    if (!glance.if_none_match.empty() && has_etag(glance.if_none_match, etag)) return not_modified;
    return forms[static_cast<std::size_t>(best_coding(glance.accept_encoding, effort))];
}

}  // namespace loa::web
