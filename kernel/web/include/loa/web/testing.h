// A browser without a socket, for the tests of pages: keeps cookies, fills in what a form on the page hides.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/web/server.h"

namespace loa::web {

/// A file as a form sends it.
struct SentFile {
    std::string field;
    std::string file_name;
    std::string bytes;
};
/// As it stands in a Request, its bytes in the system's folder for temporary files.
Upload upload_of(const SentFile& file);

class Browser {
  public:
    explicit Browser(Dispatcher& dispatcher) : dispatcher_(&dispatcher) {}

    struct Answer {
        int status = 0;
        std::string location;  // of a redirect, else ""
        std::string body;  // of a file too
        Response response;
        /// The first value of a header, name as sent; "" when absent.
        std::string header(std::string_view name) const;
    };

    /// `target` with its query, percent-encoded where it must be.
    Answer get(const std::string& target);
    /// Sends a form with `csrf` and `request_id` of the last page that had a form, unless `fields` name them.
    Answer post(const std::string& target, std::vector<std::pair<std::string, std::string>> fields = {},
                const std::vector<SentFile>& files = {});
    /// Sends a body that is no form, with the token of the last page in its head.
    Answer post_bytes(const std::string& target, std::string body, const std::vector<std::pair<std::string, std::string>>& headers = {});
    /// The page behind a redirect of our own.
    Answer follow(const Answer& answer) { return get(answer.location); }

    void set_cookie(const std::string& name, const std::string& value) { cookies_[name] = value; }
    const std::map<std::string, std::string>& cookies() const { return cookies_; }

  private:
    Answer send(Request request);
    Dispatcher* dispatcher_;
    std::map<std::string, std::string> cookies_;
    std::string csrf_, request_id_, page_;
};

}  // namespace loa::web
