// From Beast's parsed head to our own types. Only server.cpp includes it.
#pragma once

#include <boost/beast/http.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "loa/web/server.h"
#include "origin.h"

namespace loa::web {

namespace http = boost::beast::http;
using Head = http::request_parser<http::empty_body>;

inline std::string_view field(const Head& head, http::field name) {
    const auto found = head.get().find(name);
    return found == head.get().end() ? std::string_view() : std::string_view(found->value());
}

inline std::optional<Method> method_of(const Head& head) {
    switch (head.get().method()) {
        case http::verb::get:
            return Method::Get;
        case http::verb::head:
            return Method::Head;
        case http::verb::post:
            return Method::Post;
        default:
            return std::nullopt;
    }
}

inline bool is_multipart(const Head& head) {
    return boost::beast::iequals(field(head, http::field::content_type).substr(0, 10), "multipart/");
}

inline Glance glance_at(const Head& head, Method method) {
    return {method,
            head.get().target(),
            field(head, http::field::host),
            field(head, http::field::cookie),
            field(head, http::field::accept_language),
            field(head, http::field::accept_encoding),
            field(head, http::field::if_none_match)};
}

/// Every value of a header in the order they came, as one list (RFC 9110 §5.3).
inline std::string joined(const Head& head, std::string_view name) {
    std::string list;
    const auto [first, last] = head.get().equal_range(name);
    for (auto item = first; item != last; ++item) {
        if (!list.empty()) list += ',';
        list += std::string_view(item->value());
    }
    return list;
}

inline Origin origin_of(const Head& head, const Origin& peer, const Networks& proxies) {
    if (proxies.is_empty()) return peer;
    return origin_behind(proxies, peer, joined(head, "X-Forwarded-For"), joined(head, "X-Forwarded-Proto"));
}

inline Request request_of(const Head& head, Method method, const Origin& origin) {
    Request request;
    request.method = method;
    request.target = head.get().target();
    request.remote_address = origin.address;
    request.by_tls = origin.by_tls;
    for (const auto& item : head.get()) {
        std::string name(item.name_string());
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        request.headers.add(std::move(name), std::string(item.value()));
    }
    return request;
}

}  // namespace loa::web
