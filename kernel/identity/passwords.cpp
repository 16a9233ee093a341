#include "loa/identity/passwords.h"

#include <sodium.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <semaphore>

#include "loa/base/fault.h"
#include "password_rules.h"

namespace loa::identity {

namespace {
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} << 20;
constexpr int kAtOnce = 4;
constexpr std::chrono::seconds kPatience{10};

std::counting_semaphore<kAtOnce> places(kAtOnce);
std::atomic<long> done{0};
std::atomic<int> running{0}, most_running{0};

/// One of the places in which to hash, for as long as it lives.
class Place {
  public:
    Place() : taken_(places.try_acquire_for(kPatience)) {
        if (!taken_) return;
        const int now = ++running;
        for (int most = most_running; most < now && !most_running.compare_exchange_weak(most, now);) {}
    }
    ~Place() {
        if (!taken_) return;
        --running;
        places.release();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    explicit operator bool() const { return taken_; }

  private:
    bool taken_;
};

void need_sodium() {
    static const int started = sodium_init();
    if (started < 0) throw Fault("libsodium does not start");
}
}  // namespace

Result<PasswordHash> hash_password(std::string_view password, std::string_view sign_in_name) {
    if (auto problem = password_problem(password, sign_in_name)) return invalid({*problem});
    need_sodium();
    const Place place;
    if (!place) return unavailable("identity.too_many_at_once");
    char text[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(text, password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Fault("no memory to hash a password");
    ++done;
    return PasswordHash::stored(text);
}

Result<bool> password_matches(const PasswordHash& hash, std::string_view password) {
    need_sodium();
    const Place place;
    if (!place) return unavailable("identity.too_many_at_once");
    // Longer than any password that was ever set; cut, so that nobody makes us hash a megabyte.
    const auto typed = password.substr(0, kMostPasswordBytes + 1);
    ++done;
    return crypto_pwhash_str_verify(hash.text().c_str(), typed.data(), typed.size()) == 0;
}

long hashes_done() {
    return done;
}

int most_hashes_at_once() {
    return most_running;
}

}  // namespace loa::identity
