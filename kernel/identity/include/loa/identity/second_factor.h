// The second factor: a code from an authenticator app (TOTP, RFC 6238), or once one of ten recovery codes. Anybody may
// use it; an administrator's role holds nothing before it is on, but in the demonstration data, whose passwords
// everybody knows anyhow and which is served on loopback only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class SecondFactor { Off, Begun, On };
SecondFactor second_factor_of(const Work& work, Id person);
/// Recovery codes not used yet.
std::int64_t recovery_codes_left(const Work& work, Id person);

/// Makes a secret for the actor; nothing changes until a code of it comes back. Conflict: on already.
Result<> begin_second_factor(Work& work, const Keys& keys);
/// The secret that was begun, for the picture and for typing in by hand; nothing once it is on.
std::optional<std::string> begun_secret(const Work& work, const Keys& keys);
/// Turns it on and gives the recovery codes, which exist nowhere else; ends the actor's other sessions. Invalid (field
/// "code"): no code of this secret.
Result<std::vector<std::string>> confirm_second_factor(Work& work, const Keys& keys, std::string_view code,
                                                       std::string_view kept_token);
/// What an authenticator app takes (otpauth://…), and the recovery codes; they exist nowhere else.
struct GivenSecondFactor {
    std::string address;
    std::vector<std::string> recovery_codes;
};
/// For the system, of an account that it has just made: on at once, though no code of it came back. Conflict: on already.
Result<GivenSecondFactor> give_second_factor(Work& work, const Keys& keys, Id person);
/// New recovery codes for the actor; the old ones end. The code proves that the device is there; guesses of it are
/// counted (commit a refusal too), Unavailable ("identity.sign_in_wait") while there were too many.
Result<std::vector<std::string>> renew_recovery_codes(Work& work, const Keys& keys, std::string_view code);
/// Turns the actor's off, to do without it or to move to another device; an administrator's role rests meanwhile.
Result<> turn_off_second_factor(Work& work, const Keys& keys, std::string_view code);
/// For somebody who lost device and codes: by who looks after the account, never one's own. Ends the person's sessions.
Result<> reset_second_factor(Work& work, Id person);

/// How many people's secrets these keys do not open: their devices' codes are refused, their recovery codes still work.
std::int64_t unreadable_second_factors(const Work& work, const Keys& keys);

/// Is this a code of the person's device, or one of the recovery codes? It is used up either way.
bool take_code(Work& work, const Keys& keys, Id person, std::string_view code);

}  // namespace loa::identity
