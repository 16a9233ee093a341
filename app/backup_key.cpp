#include "backup_key.h"

#include <sodium.h>

#include "loa/base/secrets.h"

namespace loa::app {

namespace {

constexpr std::size_t kKeyDigits = 32, kCheckDigits = 4, kGroup = 4;

std::string check_of(std::string_view digits) { return sha256("loa backup key " + std::string(digits)).substr(0, kCheckDigits); }

/// Keyed BLAKE2b, another value for each purpose.
std::string derived(const std::string& bytes, std::string_view purpose, std::size_t size) {
    std::string value(size, '\0');
    const auto* from = reinterpret_cast<const unsigned char*>(purpose.data());
    const auto* key = reinterpret_cast<const unsigned char*>(bytes.data());
    crypto_generichash(reinterpret_cast<unsigned char*>(value.data()), size, from, purpose.size(), key, bytes.size());
    return value;
}

}  // namespace

BackupKey BackupKey::random() { return BackupKey(random_bytes(kKeyDigits / 2)); }

std::optional<BackupKey> BackupKey::from_words(std::string_view words) {
    std::string digits;
    for (const char c : words) {
        if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') continue;
        digits += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (digits.size() != kKeyDigits + kCheckDigits) return std::nullopt;
    const auto secret = std::string_view(digits).substr(0, kKeyDigits);
    if (secret.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    if (check_of(secret) != std::string_view(digits).substr(kKeyDigits)) return std::nullopt;
    std::string bytes(kKeyDigits / 2, '\0');
    sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), digits.data(), kKeyDigits, nullptr, nullptr, nullptr);
    return BackupKey(std::move(bytes));
}

std::string BackupKey::words() const {
    const auto secret = hexadecimal(bytes_);
    const auto digits = secret + check_of(secret);
    std::string words;
    for (std::size_t at = 0; at < digits.size(); at += kGroup) words += (at == 0 ? "" : "-") + digits.substr(at, kGroup);
    return words;
}

std::string BackupKey::cipher_key() const { return derived(bytes_, "loa backup archive", crypto_secretstream_xchacha20poly1305_KEYBYTES); }

std::string BackupKey::fingerprint() const { return hexadecimal(derived(bytes_, "loa backup fingerprint", 16)).substr(0, 16); }

}  // namespace loa::app
