#include "content_hash.h"

#include <sodium.h>

namespace loa::web {

std::string content_hash(std::string_view bytes) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       nullptr, 0);
    char digits[21];
    sodium_bin2hex(digits, sizeof digits, hash, 10);
    return digits;
}

}  // namespace loa::web
