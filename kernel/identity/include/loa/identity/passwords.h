// Argon2id by libsodium: 2 passes over 19 MiB (OWASP's minimum for Argon2id), about 30 ms. At most 4 hashes
// at once in the process, so that a burst of sign-ins can't take the memory away. Hashing takes no Work on
// purpose: it happens before or between transactions, never inside a write step.
#pragma once

#include <string>
#include <string_view>

#include "loa/base/result.h"

namespace loa::identity {

/// The stored form "$argon2id$v=19$m=19456,t=2,p=1$…"; only hash_password() and the database make one.
class PasswordHash {
  public:
    const std::string& text() const { return text_; }
    static PasswordHash stored(std::string text) { return PasswordHash(std::move(text)); }

  private:
    explicit PasswordHash(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// Invalid (field "password"): under 15 characters, over 256 bytes, or put together from what everybody would try (words
/// of a list, the sign-in name, runs, repetitions). Unavailable: no free hashing place within 10 seconds.
Result<PasswordHash> hash_password(std::string_view password, std::string_view sign_in_name);

/// Takes the same time whatever the answer. Unavailable as above.
Result<bool> password_matches(const PasswordHash& hash, std::string_view password);

/// Hashes computed or compared by this process so far; lets a test see that no path skips the work.
long hashes_done();
/// The most that this process has computed at the same time since it began; each takes 19 MiB.
int most_hashes_at_once();

}  // namespace loa::identity
