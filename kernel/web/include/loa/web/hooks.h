// What web asks of the libraries below it in the order, without knowing them: identity fills these in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/route.h"

namespace loa::web {

/// The name identity gives its session cookie. Who sends one is never answered from the page cache.
inline constexpr std::string_view kSessionCookie = "loa_session";

struct Hooks {
    /// Fills authority, actor and language of a Work from the request's session cookie. A stranger stays one.
    /// `secret` is what CSRF tokens of this session are made from ("" for a stranger); `frame` is what was learnt of
    /// the frame on the way, given to frame() so that it needs not ask again.
    struct Session {
        std::string secret;
        View frame = {};
    };
    std::function<Session(const Request&, Work&)> sign_in_work;
    /// Does one of the actor's roles hold the verb?
    std::function<bool(const Work&, std::string_view verb)> may;
    /// What the frame of a page shows: the authority, short and whole; of a signed-in person her name, initials,
    /// unit, unread notices.
    std::function<View(Work&, View learnt)> frame;
    /// Has this form (Work::request_id) been handled for this person? Gives where its answer led, "" when the
    /// answer was a page.
    std::function<std::optional<std::string>(Work&)> answered;
    /// Remembers where the answer of Work::request_id leads; same transaction as the change itself. Of two
    /// arrivals at the same moment one must fail here and be repeated by storage.
    std::function<void(Work&, const std::string& location)> remember_answer;
    /// A signed-in person was answered 403 by a route or by its action ("POST /ke-hoach/{id}/duyet"). A form that came
    /// without its token is not told: it is no act of hers. Nothing is committed with it, it may come twice, and it
    /// must be quick.
    std::function<void(const Work&, std::string_view route)> refused;
};

}  // namespace loa::web
