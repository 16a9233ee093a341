// Addresses of machines, and lists of networks as an administrator writes them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loa {

/// An address of either kind; IPv4 stands in ::ffff:0:0/96.
using IpAddress = std::array<std::uint8_t, 16>;

/// "10.1.2.3", "2001:db8::1"; nothing for anything else.
std::optional<IpAddress> ip_address(std::string_view text);

/// Nobody, as long as none are named.
class Networks {
  public:
    /// "10.0.0.0/8, 127.0.0.1, fd00::/8"; "" is nobody. Fault, in one sentence, for what is no such list, and for a
    /// network whose address has bits beyond its length: one of the two is a slip.
    /// `what` they are stands in the sentence: "the trusted proxies".
    static Networks parse(std::string_view list, std::string_view what);

    bool is_empty() const { return networks_.empty(); }
    bool hold(const IpAddress& address) const;

  private:
    struct Network {
        IpAddress address{};
        int bits = 0;  // of 128
    };
    static std::optional<Network> network(std::string_view text);
    std::vector<Network> networks_;
};

}  // namespace loa
