// Proof that a POST comes from a form of ours: a token in the form, and what the browser says of its origin.
#pragma once

#include <string>
#include <string_view>

#include "loa/web/http.h"

namespace loa::web {

class Csrf {
  public:
    /// `key` is the same on every node; empty: made now.
    explicit Csrf(std::string_view key);

    /// A token for whoever holds `secret` (a session's, or a stranger's visit). Different at every call, so
    /// that compressing a page beside chosen text does not give it away (BREACH).
    std::string token(std::string_view secret) const;
    bool is_valid(std::string_view token, std::string_view secret) const;

    /// What a stranger's cookie holds: random and signed, so that nobody can plant one of their own making.
    std::string new_visit() const;
    bool is_visit(std::string_view cookie) const;

  private:
    std::string signature(std::string_view kind, std::string_view text, std::string_view secret) const;
    std::string key_;
};

/// Does the browser say that another site sent this? Browsers that say nothing are left to the token.
bool comes_from_elsewhere(const Request& request);

}  // namespace loa::web
