// Random tokens, digests, and the installation's keys (by libsodium; SHA-256 by OpenSSL, see digest.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/registry.h"

namespace loa {

/// Lower-case hexadecimal digits, two a byte.
std::string hexadecimal(std::string_view bytes);
/// So many bytes that nobody can guess.
std::string random_bytes(std::size_t count);
/// So many random bytes as hexadecimal digits; 32 make a token that needs no salt and no slow hash to be kept.
std::string random_token(std::size_t bytes = 32);
/// SHA-256 in hexadecimal: 64 digits.
std::string sha256(std::string_view bytes);
/// Compares without telling by its time where the two differ.
bool same_secret(std::string_view a, std::string_view b);

/// The installation's own secret, the same on every node, and what is made of it. Each purpose ("web.forms",
/// "identity.totp") has a key of its own, so that nothing sealed for one can be passed off as another's.
class Keys {
  public:
    /// From LOA_SECRET; at least 16 bytes, else Fault.
    static std::shared_ptr<const Keys> from_text(std::string_view secret);
    /// From a file of 64 hexadecimal digits, mode 0600, that is made when it is missing. It is looked for when a key is
    /// first asked for; Fault then: unreadable, damaged, or readable by others.
    static std::shared_ptr<const Keys> from_file(std::filesystem::path path);
    /// A secret that ends with the process: for tests.
    static std::shared_ptr<const Keys> random();

    /// 32 bytes; the same for the same secret and purpose.
    std::string derived(std::string_view purpose) const;
    /// Encrypted and authenticated (XChaCha20-Poly1305, the purpose and `bound_to` as associated data), in hexadecimal.
    /// `bound_to` names the record it belongs to, so that a value can't be moved to another row.
    std::string seal(std::string_view purpose, std::string_view bound_to, std::string_view text) const;
    /// Nothing when it was not sealed with these keys for this purpose and record, or has been changed.
    std::optional<std::string> unseal(std::string_view purpose, std::string_view bound_to,
                                      std::string_view sealed) const;

    /// The secret itself, as a secret.key holds it: 64 hexadecimal digits. For encrypted backups and nothing else.
    std::string digits() const;
    /// Tells two secrets apart and says nothing about either: 16 hexadecimal digits.
    std::string fingerprint() const;

    /// `root` gives 32 bytes, once.
    explicit Keys(std::function<std::string()> root) : root_source_(std::move(root)) {}

  private:
    const std::string& root() const;

    std::function<std::string()> root_source_;
    mutable std::once_flag once_;
    mutable std::string root_;
};

/// Makes the file that Keys::from_file reads. False if there is one already, which stays. Fault: can't be written.
bool make_secret_file(const std::filesystem::path& path, std::string_view digits);

/// The keys that the program put into its registry before any slice joined (registry.add(keys)).
std::shared_ptr<const Keys> keys_in(const Registry& registry);

}  // namespace loa
