#include "download.h"

#include <fmt/format.h>

#include <utility>

namespace loa::plan {

web::Response download(std::string bytes, std::string content_type, std::string_view name) {
    auto response = web::bytes(std::move(bytes), std::move(content_type));
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace loa::plan
