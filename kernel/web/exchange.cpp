#include "exchange.h"

#include "forms.h"

namespace loa::web {

bool read_target(Exchange& exchange) {
    Request& request = exchange.request;
    // Tests may give the path alone.
    if (request.target.empty()) request.target = encoded_address(request.path);
    exchange.target = parse_target(request.target);
    if (!exchange.target) return false;
    auto query = parse_urlencoded(exchange.target->query);
    if (!query) {
        exchange.target.reset();
        return false;
    }
    request.path = exchange.target->path;
    if (!exchange.target->query.empty()) request.query = *std::move(query);
    if (request.headers.has("cookie")) request.cookies = parse_cookies(request.headers.text("cookie"));
    return true;
}

int read_form(Request& request, const MultipartReader::Limits& limits) {
    if (request.body.empty()) return 0;
    const std::string content_type = request.headers.text("content-type");
    if (is_urlencoded(content_type)) {
        auto fields = parse_urlencoded(request.body);
        if (!fields) return 400;
        request.form = *std::move(fields);
    } else if (content_type.starts_with("multipart/")) {
        const auto boundary = multipart_boundary(content_type);
        if (!boundary) return 400;
        MultipartReader reader(*boundary, limits);
        if (!reader.take(request.body)) return reader.refusal();
        auto form = reader.finish();
        if (!form) return 400;
        request.form = std::move(form->fields);
        request.uploads = std::move(form->uploads);
    } else {
        return 0;
    }
    std::string().swap(request.body);
    return 0;
}

}  // namespace loa::web
