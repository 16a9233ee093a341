// What a slice contributes to the web: registry.add(Route{…}), registry.add(NavigationEntry{…}).
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "loa/storage/database.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::web {

/// Who may come in at all. Whether a person may do this to this record is the Action's question.
enum class Access {
    Public,    // anyone, signed in or not
    SignedIn,  // a person with a membership in the acting authority
    Granted    // one whose roles hold the route's verb (identity's table of verbs)
};

/// May the same bytes serve every stranger for a second? Never where the answer depends on more than the
/// address, the language and the theme; a page with a form is left out by itself.
enum class Caching { Never, Public };

struct Route {
    Method method = Method::Get;
    std::string pattern;  // "/ke-hoach/{id}/duyet"; {id} matches an id, {name:text} any one component
    Access access = Access::SignedIn;
    std::string verb = {};  // with Access::Granted: "plan.approve"
    /// GET runs on read work, POST on write work; the transaction commits when it returns a status below 400
    /// (or a refusal that counts).
    std::function<Response(const Request&, Work&)> handler;
    /// Optional: slow or failing work on the request alone (reading an upload), before the transaction opens
    /// and only for those who may come in with a form of ours.
    std::function<std::any(const Request&)> prepare = nullptr;
    /// Optional, and only with `prepare`: what `prepare` needs to know of the database, in a transaction that reads.
    std::function<void(Request&, Work&)> look = nullptr;
    std::size_t body_limit = 1 << 20;  // bytes of a body in memory
    /// Bytes of a multipart form with its files, which go to disk as they come; its fields count towards body_limit.
    /// 0: the route takes no files.
    std::uint64_t files_limit = 0;
    Caching caching = Caching::Never;
    /// The parameter of the pattern that is a secret, if one is: "token". It is no part of the answer that is kept for a
    /// form that comes twice.
    std::string secret = {};
};

/// What an Endpoint may use: it opens its own transactions (sign-in hashes between two of them).
struct Services {
    storage::Database& database;
    Clock& clock;
    IdSource& ids;
};

/// Something /readyz asks before it says yes: `failure` gives what is wrong, or nothing.
struct ReadyCheck {
    std::string name;  // "storage.schema"
    std::function<std::optional<std::string>(Services&)> failure;
};

/// A route without a Work of its own: sign-in, health, metrics. Its POST is checked for CSRF like any other.
struct Endpoint {
    Method method = Method::Get;
    std::string pattern;
    std::function<Response(const Request&, Services&)> handler;
    std::size_t body_limit = 64 << 10;
};

/// Where the search box of the officers' bar leads, with what was typed as `q`. Without one there is no box.
struct SearchBox {
    std::string path;
};

/// An entry of the officers' side navigation; shown to those who may open it.
struct NavigationEntry {
    std::string section;  // translation key of the heading, "" for the first group
    int order = 0;
    std::string label;  // translation key
    std::string icon;   // name in components/icons
    std::string path;
    std::string verb;  // "" = everyone signed in
};

}  // namespace loa::web
