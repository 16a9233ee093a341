// Slows whoever guesses passwords, and nobody else: each failed try is counted under what it has in common
// with other tries. Counts leak away, waits end by themselves, nothing is ever locked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loa/storage/work.h"

namespace loa::identity {

class Throttle {
  public:
    /// A browser that is not known for this name is counted under (name, address), address and name; a known
    /// one (its device token's hash is given) under itself alone.
    Throttle(std::string_view sign_in_name, std::string_view address, std::string_view known_device_hash);

    /// Of the second factor: counted under the person, or under the browser that is known for her. Who gets here has the
    /// password, so the waits are longer.
    static Throttle of_codes(Id person, std::string_view known_device_hash);

    /// Of strangers who ask for a link: counted under (name, address) and, generously, the address, behind which may stand a
    /// whole office; a browser that is known for this name under itself alone.
    static Throttle of_resets(std::string_view sign_in_name, std::string_view address, std::string_view known_device_hash);

    /// 0: go on, and this try is counted as failed until succeeded() takes it back, so that many at once
    /// can't slip through. Else the seconds to wait; such a try is not counted and does not make the wait
    /// longer.
    std::int64_t begin(const Work& work) const;
    void succeeded(const Work& work) const;

  private:
    Throttle() = default;
    struct Limit {
        std::int64_t free;     // failures without a wait
        std::int64_t longest;  // seconds; the wait starts with 2 and doubles up to this
        std::int64_t leak;     // seconds after which one failure is forgotten
        enum class Success { ForgetsAll, TakesOneBack } success;
    };
    struct Count {
        std::string key;
        Limit limit;
    };
    void add(std::string_view what, std::string_view text, const Limit& limit);
    std::vector<Count> counts_;
};

/// The hash of a browser's device token if this person has signed in with it before, else "".
std::string known_device(const Work& work, std::string_view device, Id person);

/// What an address is counted as: IPv4 as it is, IPv6 by its /64, which one household or office gets.
std::string counted_address(std::string_view address);

}  // namespace loa::identity
