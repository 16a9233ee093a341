// A request and a response as handlers see them. No Beast, no Asio: handlers compile fast, are tested
// without a socket and can't hold a connection.
#pragma once

#include <any>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/id.h"
#include "loa/base/language.h"
#include "loa/base/result.h"
#include "loa/web/spool.h"
#include "loa/web/view.h"

namespace loa::web {

enum class Method { Get, Head, Post };

/// Names and texts in the order they came, NFC and trimmed of nothing; a name may come more than once.
class Fields {
  public:
    void add(std::string name, std::string text) { items_.emplace_back(std::move(name), std::move(text)); }
    bool has(std::string_view name) const { return find(name) != nullptr; }
    /// The first value, squeezed of white space at both ends; "" when absent.
    std::string text(std::string_view name) const;
    /// The first value as sent (a text area keeps its line breaks; CRLF is LF); "" when absent.
    std::string raw(std::string_view name) const;
    /// Every value, each as text() gives it.
    std::vector<std::string> all(std::string_view name) const;
    /// Absent or not an id: nothing; ids() leaves out what is not one.
    std::optional<Id> id(std::string_view name) const;
    std::vector<Id> ids(std::string_view name) const;
    /// Digits, a "-" before them if need be, and nothing else.
    std::optional<std::int64_t> number(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

  private:
    const std::string* find(std::string_view name) const;
    std::vector<std::pair<std::string, std::string>> items_;
};

/// A file that came with a form, or was sent ahead of it (Route::look); on disk, not in memory.
struct Upload {
    std::string field;
    std::string file_name;                 // the last path component, NFC
    std::shared_ptr<SpooledFile> content;  // null where `refused` says why
    std::optional<Failure> refused;        // known before anybody looks at the bytes: no room, no such file
    Id sent_ahead;                         // the record of bytes that came before the form

    /// Mapped, not read; good while the content lives.
    std::string_view bytes() const { return content ? content->bytes() : std::string_view(); }
};

struct Request {
    Method method = Method::Get;
    std::string path;    // decoded, NFC, without the query
    std::string target;  // as sent; the dispatcher makes path and query from it
    Fields query;
    std::string body;  // as sent, for what is no form; a form's is parsed into the next two and emptied
    Fields form;
    std::vector<Upload> uploads;
    Fields parameters;  // of the route's pattern: {id}
    Fields headers;     // names in lower case
    Fields cookies;
    std::string remote_address;  // the browser's, also where it comes through a proxy that we trust
    bool by_tls = false;         // the browser speaks TLS, with us or with a proxy that we trust
    std::string request_number;  // shown as the incident number, in every log line of the request
    std::any prepared;           // what the route's `look`, then its `prepare` made before the transaction opened

    /// The id in the path; patterns guarantee it is there and well-formed (a wrong one is 404 before).
    Id id(std::string_view parameter = "id") const;
    const Upload* upload(std::string_view field) const;
};

/// A template and what it shows; rendered after the transaction has committed.
struct Page {
    std::string name;   // "plan/plan": modules/plan/pages/plan.html
    std::string title;  // translated text of <title> and of the heading
    View view;
    std::string shell = {};  // the layout, where it isn't the one that the file's first line names
    int again_after_seconds = 0;    // a browser without script asks for it again; live.ts does it better
    std::string stands_under = {};  // the entry of the navigation that it belongs to, where its address doesn't tell
};

/// What an open answer tells of (loa/web/feed.h).
struct Events {
    Id authority;
    std::int64_t seen = 0;
};
class Listener;

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type = "text/html; charset=utf-8";
    std::shared_ptr<const std::string> body;  // ready bytes, or
    std::optional<FilePiece> file;            // of which a browser may ask a part (RFC 9110 §14), or
    std::optional<Events> events;             // which go on for as long as the browser listens, or
    std::optional<Page> page;                 // a page to render, or neither: the standard page of the status
    std::optional<Failure> failure;           // what that standard page says
    std::shared_ptr<const Listener> listener;  // of its events; the dispatcher's
    bool counts = false;  // a refusal whose transaction is committed all the same: a guess that was counted
};

Response show(Page page, int status = 200);
/// 303 See Other, always to a path of our own ("/…"); letters beyond ASCII are percent-encoded here.
Response redirect(std::string path);
Response bytes(std::string body, std::string content_type);
/// A whole file, read while it is sent. With an "ETag" among its headers, parts of it may be asked for.
Response file(FilePiece piece, std::string content_type);
Response json(std::string body, int status = 200);
Response not_found();
Response forbidden();
/// The standard page of a failure that has no form of its own: 403, 404, 409, 422 or 503.
Response failed(const Failure& failure);

}  // namespace loa::web
