#include "loa/web/http.h"

#include <algorithm>
#include <charconv>

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "path.h"

namespace loa::web {

const std::string* Fields::find(std::string_view name) const {
    const auto found =
        std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.first == name; });
    return found == items_.end() ? nullptr : &found->second;
}

std::string Fields::text(std::string_view name) const {
    const auto* value = find(name);
    return value ? std::string(trimmed(*value)) : std::string();
}

std::string Fields::raw(std::string_view name) const {
    const auto* value = find(name);
    return value ? replaced(*value, "\r\n", "\n") : std::string();
}

std::vector<std::string> Fields::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [item, value] : items_)
        if (item == name) values.emplace_back(trimmed(value));
    return values;
}

std::optional<Id> Fields::id(std::string_view name) const {
    const auto* value = find(name);
    return value ? parse_id(trimmed(*value)) : std::nullopt;
}

std::vector<Id> Fields::ids(std::string_view name) const {
    std::vector<Id> ids;
    for (const auto& value : all(name))
        if (const auto id = parse_id(value)) ids.push_back(*id);
    return ids;
}

std::optional<std::int64_t> Fields::number(std::string_view name) const {
    const std::string value = text(name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
    return number;
}

Id Request::id(std::string_view parameter) const {
    const auto id = parameters.id(parameter);
    LOA_CHECK(id);
    return *id;
}

const Upload* Request::upload(std::string_view field) const {
    const auto found = std::find_if(uploads.begin(), uploads.end(),
                                    [&](const Upload& upload) { return upload.field == field; });
    return found == uploads.end() ? nullptr : &*found;
}

Response show(Page page, int status) {
    Response response;
    response.status = status;
    response.page = std::move(page);
    return response;
}

Response redirect(std::string path) {
    LOA_CHECK(is_own_path(path));
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", encoded_address(path));
    return response;
}

Response bytes(std::string body, std::string content_type) {
    Response response;
    response.content_type = std::move(content_type);
    response.body = std::make_shared<const std::string>(std::move(body));
    return response;
}

Response file(FilePiece piece, std::string content_type) {
    Response response;
    response.content_type = std::move(content_type);
    response.file = std::move(piece);
    return response;
}

Response json(std::string body, int status) {
    Response response = bytes(std::move(body), "application/json");
    response.status = status;
    return response;
}

Response not_found() {
    return failed(loa::not_found());
}
Response forbidden() {
    return failed(loa::forbidden());
}

Response failed(const Failure& failure) {
    Response response;
    switch (failure.reason) {
        case Reason::Invalid:
            response.status = 422;
            break;
        case Reason::Forbidden:
            response.status = 403;
            break;
        case Reason::NotFound:
            response.status = 404;
            break;
        case Reason::Conflict:
            response.status = 409;
            break;
        case Reason::Unavailable:
            response.status = 503;
            break;
    }
    response.failure = failure;
    return response;
}

}  // namespace loa::web
