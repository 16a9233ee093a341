#include "loa/base/networks.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa {

namespace {

constexpr IpAddress kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};  // RFC 4291 §2.5.5.2
constexpr int kMappedBits = 96;

bool is_equal(const IpAddress& one, const IpAddress& other, int bits) {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(one.begin(), one.begin() + bits / 8, other.begin())) return false;
    return bits % 8 == 0 || (one[whole] ^ other[whole]) >> (8 - bits % 8) == 0;
}

IpAddress cut(const IpAddress& address, int bits) {
    IpAddress head{};
    const auto whole = static_cast<std::size_t>(bits / 8);
    std::copy_n(address.begin(), whole, head.begin());
    if (bits % 8 != 0) head[whole] = static_cast<std::uint8_t>(address[whole] & (0xff << (8 - bits % 8)));
    return head;
}

}  // namespace

std::optional<IpAddress> ip_address(std::string_view text) {
    const std::string ended(text);  // inet_pton wants its zero
    if (ended.find('\0') != std::string::npos) return std::nullopt;
    IpAddress address = kMapped;
    if (::inet_pton(AF_INET, ended.c_str(), &address[kMappedBits / 8]) == 1) return address;
    if (::inet_pton(AF_INET6, ended.c_str(), address.data()) == 1) return address;
    return std::nullopt;
}

std::optional<Networks::Network> Networks::network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = ip_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    const bool is_short = text.substr(0, slash).find(':') == std::string_view::npos;
    Network network{*address, 128};
    if (slash == std::string_view::npos) return network;
    const auto length = text.substr(slash + 1);
    int bits = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    // A length of 0 is everybody: nobody could be believed any more.
    if (error != std::errc{} || end != length.data() + length.size() || bits < 1 || bits > (is_short ? 32 : 128))
        return std::nullopt;
    network.bits = is_short ? kMappedBits + bits : bits;
    return cut(*address, network.bits) == *address ? std::optional(network) : std::nullopt;
}

Networks Networks::parse(std::string_view list, std::string_view what) {
    Networks networks;
    if (trimmed(list).empty()) return networks;
    for (const auto part : split(list, ',')) {
        const auto found = network(trimmed(part));
        if (!found)
            throw Fault(fmt::format("\"{}\" among {} is no address and no network; write them as in 127.0.0.1,10.0.0.0/8,fd00::/8",
                                    trimmed(part), what));
        networks.networks_.push_back(*found);
    }
    return networks;
}

bool Networks::hold(const IpAddress& address) const {
    return std::any_of(networks_.begin(), networks_.end(),
                       [&](const Network& network) { return is_equal(network.address, address, network.bits); });
}

}  // namespace loa
