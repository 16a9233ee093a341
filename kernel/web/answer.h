// From a Response to what goes over the wire: headers every answer has, compression, ETag.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "compression.h"
#include "loa/web/server.h"

namespace loa::web {

/// Who may keep a copy of an answer.
enum class Keeping {
    Nobody,    // a person's own page, an answer to a POST, an error
    AskFirst,  // a public page: kept, but checked by its ETag at each use
    ForGood    // an asset whose address changes with its content
};

/// A line break in a header would be a header, or an answer, of the attacker's own: Fault.
void check_headers(const Response& response);

const std::string* header(const Response& response, std::string_view name);

/// Adds the headers of safety and of keeping, unless the handler set its own Cache-Control.
void add_headers(Response& response, Keeping keeping);
/// Turns a 200 whose ETag the browser has into a 304.
void check_etag(Response& response, std::string_view if_none_match);
/// Cuts a file's 200 to the one range that was asked for: 206, or 416 where the file has none of it (RFC 9110 §14.2).
/// Several ranges, other units and what can't be read are answered with the whole file, as is an If-Range that
/// names another ETag.
void cut_to_range(Response& response, std::string_view range, std::string_view if_range);
bool has_etag(std::string_view if_none_match, std::string_view etag);
/// Compresses the body if the browser takes it and it is worth it.
void compress(Response& response, std::string_view accept_encoding);

/// The bytes of status line and headers, and the body.
std::shared_ptr<const Ready> ready(const Response& response);

/// One answer, ready for the wire.
struct ReadyForms {
    Effort effort = Effort::Once;                       // its bodies are compressed with
    std::array<std::shared_ptr<const Ready>, 3> forms;  // by Coding; null: not made yet
    std::shared_ptr<const Ready> not_modified;
    std::string etag;

    /// Null when it is not made yet in the coding that this browser gets.
    std::shared_ptr<const Ready> for_browser(const Glance& glance) const;
};

std::string_view reason_phrase(int status);

}  // namespace loa::web
