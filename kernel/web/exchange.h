// One request on its way through the dispatcher, and what was learnt about it so far.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "loa/web/http.h"
#include "multipart.h"
#include "path.h"
#include "preferences.h"
#include "route_table.h"

namespace loa::web {

struct Exchange {
    Request request;
    Preferences chosen;
    std::optional<Target> target;
    const RouteTable::Entry* entry = nullptr;

    // Known once the session is; a repeated transaction learns it anew.
    Language language = Language::Vietnamese;
    Id person;
    std::string session_secret;  // "" for a stranger
    View learnt_frame;           // by the sign-in, for the frame
    std::optional<View> frame;
    int statements = 0;

    std::string new_visit;  // the cookie a stranger got with a form
    bool has_form = false;  // the page that was rendered holds one

    // Of the page cache.
    std::uint64_t generation = 0;          // before anything was read
    std::string cache_key;                 // "": it does not apply
    std::shared_ptr<const Response> kept;  // this answer, where it is in there

    bool signed_in() const { return static_cast<bool>(person); }
};

/// Fills target, path, query and cookies; false for a target that no browser sends.
bool read_target(Exchange& exchange);
/// Parses the body of a form that is in memory; gives 0, or the status to refuse it with. Other bodies stay as they are.
int read_form(Request& request, const MultipartReader::Limits& limits);

}  // namespace loa::web
