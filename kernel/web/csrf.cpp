#include "csrf.h"

#include <sodium.h>

#include "loa/base/check.h"
#include "loa/base/secrets.h"

namespace loa::web {

namespace {

constexpr std::size_t kNonce = 16;  // hexadecimal digits
constexpr std::size_t kVisit = 32;

}  // namespace

Csrf::Csrf(std::string_view key) {
    LOA_CHECK(sodium_init() >= 0);
    key_ = key.empty() ? random_token(32) : std::string(key);
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
    return hexadecimal({reinterpret_cast<const char*>(hash), sizeof hash});
}

std::string Csrf::token(std::string_view secret) const {
    const std::string nonce = random_token(kNonce / 2);
    return nonce + signature("form.", nonce, secret);
}

bool Csrf::is_valid(std::string_view token, std::string_view secret) const {
    if (token.size() < kNonce || secret.empty()) return false;
    const auto nonce = token.substr(0, kNonce);
    return same_secret(token.substr(kNonce), signature("form.", nonce, secret));
}

std::string Csrf::new_visit() const {
    const std::string visit = random_token(kVisit / 2);
    return visit + signature("visit", visit, "");
}

bool Csrf::is_visit(std::string_view cookie) const {
    return cookie.size() > kVisit &&
           same_secret(cookie.substr(kVisit), signature("visit", cookie.substr(0, kVisit), ""));
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
