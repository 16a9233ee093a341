#include "loa/web/testing.h"

#include <unistd.h>

#include <algorithm>

#include "loa/base/check.h"

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

std::string bytes_of(const FilePiece& file) {
    std::string bytes(file.size, '\0');
    const auto got = ::pread(file.file->number(), bytes.data(), bytes.size(), static_cast<off_t>(file.begin));
    LOA_CHECK(got == static_cast<ssize_t>(bytes.size()));
    return bytes;
}

}  // namespace

Upload upload_of(const SentFile& file) {
    auto content = std::make_shared<SpooledFile>(std::filesystem::temp_directory_path());
    content->append(file.bytes);
    content->complete();
    return {file.field, file.file_name, std::move(content), {}, {}};
}

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
                              const std::vector<SentFile>& files) {
    Request request;
    request.method = Method::Post;
    request.target = target;
    for (auto& [name, value] : fields) request.form.add(std::move(name), std::move(value));
    if (!request.form.has("csrf")) request.form.add("csrf", csrf_);
    if (!request.form.has("request_id")) request.form.add("request_id", request_id_);
    for (const auto& file : files) request.uploads.push_back(upload_of(file));
    if (!page_.empty()) request.headers.add("referer", "http://localhost" + page_);
    return send(std::move(request));
}

Browser::Answer Browser::post_bytes(const std::string& target, std::string body,
                                    const std::vector<std::pair<std::string, std::string>>& headers) {
    Request request;
    request.method = Method::Post;
    request.target = target;
    request.body = std::move(body);
    request.headers.add("content-type", "application/octet-stream");
    request.headers.add("x-csrf-token", csrf_);
    for (const auto& [name, value] : headers) request.headers.add(name, value);
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
    if (answer.response.file) answer.body = bytes_of(*answer.response.file);
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
