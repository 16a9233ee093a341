// A file that is made for who asks, and kept by nobody on the way.
#pragma once

#include <string>
#include <string_view>

#include "loa/web/http.h"

namespace loa::plan {

/// `name` is ASCII without quotes: "viec-don-vi-2026-11-30.docx".
web::Response download(std::string bytes, std::string content_type, std::string_view name);

}  // namespace loa::plan
