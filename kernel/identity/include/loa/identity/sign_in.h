// Sessions: a random token of 256 bits in a cookie, only its hash in the database; 8 hours idle, 7 days at
// most. Wrong, unknown, inactive and throttled names are answered alike and take alike.
//
// Throttle: failures are counted before the password is looked at, per (name, address), per address and per
// name; past a free allowance each further try must wait, doubling up to a ceiling, then the count leaks
// away. A browser in which the person has signed in before carries a device token and is counted on its own,
// so an attacker who hammers a name, or sits behind the same office address, doesn't keep its owner out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/storage/work.h"
#include "loa/web/route.h"

namespace loa::identity {

inline constexpr std::int64_t kSessionIdleSeconds = 8 * 60 * 60;
inline constexpr std::int64_t kSessionSeconds = 7 * 24 * 60 * 60;

struct SignInAttempt {
    std::string sign_in_name;
    std::string password;
    std::string address;   // of the client; IPv6 is counted by its /64
    std::string agent;     // the User-Agent, shortened, shown in the person's list of sessions
    std::string device;    // the device token the browser sent, or ""
    std::string replaces;  // the session token the browser sent, or "": that session ends (rotation)
};
struct SignedIn {
    std::string token;   // for the session cookie; exists nowhere else; "" while the code is still to come
    std::string device;  // for the device cookie (180 days)
    Id person;
    Id authority;             // the acting one
    bool has_choice = false;  // more than one to choose from
    std::string half;         // with the second factor on: what sign_in_by_code() asks for, for ten minutes
};
/// Two short write steps with the hashing between them. Invalid ("identity.sign_in_failed") for whatever is
/// wrong; Unavailable ("identity.sign_in_wait", {seconds}) while throttled.
Result<SignedIn> sign_in(web::Services& services, const SignInAttempt& attempt);

inline constexpr std::int64_t kHalfSignInSeconds = 10 * 60;

struct CodeAttempt {
    std::string half;  // SignedIn::half
    std::string code;  // of the app, or a recovery code
    std::string address;
    std::string agent;
    std::string device;
    std::string replaces;
};
/// The second step. Invalid ("identity.code_wrong"; "identity.sign_in_again" when the half is too old or used);
/// Unavailable as above.
Result<SignedIn> sign_in_by_code(web::Services& services, const Keys& keys, const CodeAttempt& attempt);

/// The person behind a token, for the acting authority chosen in that session; nothing when it has ended.
struct Session {
    Id person;
    Id authority;
    Instant created_at;
    Instant seen_at;
};
std::optional<Session> session_by_token(const Work& work, std::string_view token);
/// Fills authority, actor and language; false leaves the Work a stranger's.
bool sign_in_work(Work& work, std::string_view token);

Result<> sign_out(Work& work, std::string_view token);
/// All of the actor's sessions but the given one ("" = that one too).
Result<> sign_out_everywhere(Work& work, std::string_view except_token);
/// Which authority this session acts for; forbidden without a membership there today.
Result<> choose_authority(Work& work, std::string_view token, Id authority);

/// One of the actor's own sessions, by SessionLine::name. Not found: it is no more, or not hers.
Result<> end_own_session(Work& work, std::string_view name);

struct SessionLine {
    std::string name;  // to end it by; gives nobody entry
    Instant created_at;
    Instant seen_at;
    std::string address;
    std::string agent;
    bool current = false;
};
/// The actor's own living sessions, the one used last first.
std::vector<SessionLine> own_sessions(const Work& work, std::string_view token);

}  // namespace loa::identity
