// OpenSSL rather than libsodium: it has the processor's own instructions for SHA-256, several times as fast.
#include "loa/base/digest.h"

#include <openssl/evp.h>

#include "loa/base/fault.h"
#include "loa/base/secrets.h"

namespace loa {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() {
        if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1)
            throw Fault("SHA-256 does not start");
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) throw Fault("SHA-256 broke off");
}

std::string Sha256::digits() {
    unsigned char hash[32];
    if (EVP_DigestFinal_ex(state_->context, hash, nullptr) != 1) throw Fault("SHA-256 broke off");
    return hexadecimal({reinterpret_cast<const char*>(hash), sizeof hash});
}

}  // namespace loa
