// Codes that change every 30 seconds (RFC 6238: HMAC-SHA-1, 6 digits, as every authenticator app makes them).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/date.h"

namespace loa::identity {

inline constexpr std::int64_t kTotpStepSeconds = 30;
/// For what the secrets are sealed (loa::Keys), each bound to its person's id.
inline constexpr std::string_view kTotpPurpose = "identity.totp";

/// 160 random bits (RFC 4226, 4: recommended) in base32 (RFC 4648), 32 letters and digits.
std::string new_totp_secret();
/// The code of one step; the secret in base32.
std::string totp_code(std::string_view secret, std::int64_t step);
inline std::int64_t totp_step_at(Instant now) { return now.milliseconds / 1000 / kTotpStepSeconds; }
/// The step that the code belongs to: now, the one before or after (clocks of phones differ), and later than
/// `last_step`, so that a code is good once. Blanks in the code don't count.
std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code, Instant now,
                                               std::int64_t last_step);
/// What the QR picture says: otpauth://totp/Loa:diem?secret=…&issuer=Loa
std::string totp_address(std::string_view secret, std::string_view sign_in_name, std::string_view issuer);

}  // namespace loa::identity
