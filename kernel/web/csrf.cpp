#include "csrf.h"

#include <sodium.h>

#include "loa/base/check.h"

namespace loa::web {

namespace {

constexpr std::size_t kNonce = 16;  // hexadecimal digits
constexpr std::size_t kVisit = 32;

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
    std::string digits(count * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes, count);
    digits.pop_back();
    return digits;
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string random_digits(std::size_t bytes) {
    std::string random(bytes, '\0');
    randombytes_buf(random.data(), random.size());
    return hexadecimal(reinterpret_cast<const unsigned char*>(random.data()), bytes);
}

Csrf::Csrf(std::string_view key) {
    LOA_CHECK(sodium_init() >= 0);
    key_ = key.empty() ? random_digits(32) : std::string(key);
}

std::string Csrf::signature(std::string_view kind, std::string_view text, std::string_view secret) const {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
    // The parts can't run into each other: kind and text have fixed lengths for each kind.
    for (const auto part : {kind, text, secret})
        crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                                      part.size());
    unsigned char hash[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_final(&state, hash);
    return hexadecimal(hash, sizeof hash);
}

std::string Csrf::token(std::string_view secret) const {
    const std::string nonce = random_digits(kNonce / 2);
    return nonce + signature("form.", nonce, secret);
}

bool Csrf::is_valid(std::string_view token, std::string_view secret) const {
    if (token.size() < kNonce || secret.empty()) return false;
    const auto nonce = token.substr(0, kNonce);
    return same(token.substr(kNonce), signature("form.", nonce, secret));
}

std::string Csrf::new_visit() const {
    const std::string visit = random_digits(kVisit / 2);
    return visit + signature("visit", visit, "");
}

bool Csrf::is_visit(std::string_view cookie) const {
    return cookie.size() > kVisit &&
           same(cookie.substr(kVisit), signature("visit", cookie.substr(0, kVisit), ""));
}

bool comes_from_elsewhere(const Request& request) {
    const std::string site = request.headers.text("sec-fetch-site");
    if (!site.empty()) return site != "same-origin" && site != "none";
    if (!request.headers.has("origin")) return false;
    const std::string origin = request.headers.text("origin");
    const auto scheme = origin.find("://");
    return scheme == std::string::npos || origin.substr(scheme + 3) != request.headers.text("host");
}

}  // namespace loa::web
