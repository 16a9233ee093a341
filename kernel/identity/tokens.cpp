#include "tokens.h"

#include <sodium.h>

#include <array>

#include "loa/base/fault.h"

namespace loa::identity {

namespace {
std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

void need_sodium() {
    static const int started = sodium_init();
    if (started < 0) throw Fault("libsodium does not start");
}
}  // namespace

std::string new_token() {
    need_sodium();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return hexadecimal(bytes.data(), bytes.size());
}

std::string sha256(std::string_view text) {
    need_sodium();
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hexadecimal(hash.data(), hash.size());
}

std::string token_hash(std::string_view token) {
    return token.empty() ? std::string() : sha256(token);
}

}  // namespace loa::identity
