#include "loa/web/testing.h"

#include <algorithm>

namespace loa::web {

namespace {

/// The value of `<input … name="csrf" value="…">` on a page, "" when there is none.
std::string hidden_value(const std::string& html, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const auto at = html.find(mark);
    if (at == std::string::npos) return {};
    const auto begin = at + mark.size();
    return html.substr(begin, html.find('"', begin) - begin);
}

}  // namespace

std::string Browser::Answer::header(std::string_view name) const {
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const auto& header) { return header.first == name; });
    return found == response.headers.end() ? std::string() : found->second;
}

Browser::Answer Browser::get(const std::string& target) {
    Request request;
    request.target = target;
    page_ = target;
    return send(std::move(request));
}

Browser::Answer Browser::post(const std::string& target,
                              std::vector<std::pair<std::string, std::string>> fields,
                              std::vector<Upload> uploads) {
    Request request;
    request.method = Method::Post;
    request.target = target;
    for (auto& [name, value] : fields) request.form.add(std::move(name), std::move(value));
    if (!request.form.has("csrf")) request.form.add("csrf", csrf_);
    if (!request.form.has("request_id")) request.form.add("request_id", request_id_);
    request.uploads = std::move(uploads);
    if (!page_.empty()) request.headers.add("referer", "http://localhost" + page_);
    return send(std::move(request));
}

Browser::Answer Browser::send(Request request) {
    std::string cookies;
    for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    request.headers.add("host", "localhost");
    if (!cookies.empty()) request.headers.add("cookie", cookies);
    request.remote_address = "127.0.0.1";

    Answer answer;
    answer.response = dispatcher_->handle(std::move(request));
    answer.status = answer.response.status;
    answer.location = answer.header("Location");
    if (answer.response.body) answer.body = *answer.response.body;
    for (const auto& [name, value] : answer.response.headers) {
        if (name != "Set-Cookie") continue;
        const auto pair = std::string_view(value).substr(0, value.find(';'));
        const auto equals = pair.find('=');
        const std::string cookie(pair.substr(0, equals));
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(cookie);
        else
            cookies_[cookie] = pair.substr(equals + 1);
    }
    if (auto token = hidden_value(answer.body, "csrf"); !token.empty()) {
        csrf_ = std::move(token);
        request_id_ = hidden_value(answer.body, "request_id");
    }
    return answer;
}

}  // namespace loa::web
