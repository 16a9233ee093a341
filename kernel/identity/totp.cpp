#include "totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "loa/base/check.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "page_parts.h"

namespace loa::identity {

namespace {
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kEitherSide = 1;

std::string base32(std::string_view bytes) {
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char each : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(each);
        for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[(held >> static_cast<unsigned>(bits - 5)) & 31U];
    }
    LOA_CHECK(bits == 0);  // 20 bytes are 32 letters
    return text;
}

std::string from_base32(std::string_view text) {
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char each : text) {
        const auto value = kAlphabet.find(each);
        LOA_CHECK(value != std::string_view::npos);
        held = (held << 5U) | static_cast<unsigned>(value);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> static_cast<unsigned>(bits)) & 255U);
    }
    return bytes;
}
}  // namespace

std::string new_totp_secret() {
    return base32(random_bytes(kSecretBytes));
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56U - 8U * i));
    const std::string key = from_base32(secret);
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    LOA_CHECK(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), hash.data(), &size));
    const std::size_t at = hash[size - 1] & 15U;  // RFC 4226, 5.3
    std::uint32_t number = hash[at] & 127U;
    for (std::size_t i = 1; i < 4; ++i) number = number << 8U | hash[at + i];
    std::string digits = std::to_string(number % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code, Instant now,
                                               std::int64_t last_step) {
    std::string typed;
    for (const char each : code)
        if (each != ' ') typed += each;
    std::optional<std::int64_t> found;
    const auto today = totp_step_at(now);
    for (std::int64_t step = today - kEitherSide; step <= today + kEitherSide; ++step)
        if (same_secret(totp_code(secret, step), typed) && step > last_step) found = step;
    return found;
}

std::string totp_address(std::string_view secret, std::string_view sign_in_name, std::string_view issuer) {
    const auto who = query_encoded(issuer);
    return "otpauth://totp/" + who + ":" + query_encoded(sign_in_name) + "?secret=" + std::string(secret) + "&issuer=" + who;
}

}  // namespace loa::identity
