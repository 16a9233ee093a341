#include "throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "tokens.h"

namespace loa::identity {

namespace {
constexpr std::int64_t kDeviceSeconds = std::int64_t{180} * 24 * 60 * 60;

struct State {
    std::int64_t failures = 0;
    Instant counted_at;
    Instant open_at;
};

State state_of(const Work& work, const std::string& key, std::int64_t leak_seconds) {
    const auto row = work.db.one("identity.throttle", {key});
    if (!row) return {0, work.now, work.now};
    State state{row->number("failures"), row->instant("counted_at"), row->instant("open_at")};
    const auto leaked = (work.now.milliseconds - state.counted_at.milliseconds) / (leak_seconds * 1000);
    if (leaked > 0) {
        state.failures = std::max<std::int64_t>(0, state.failures - leaked);
        state.counted_at = state.counted_at.plus_seconds(leaked * leak_seconds);
    }
    return state;
}

void keep(const Work& work, const std::string& key, const State& state) {
    work.db.run("identity.set_throttle", {key, state.failures, state.counted_at, state.open_at});
}

std::int64_t wait_after(std::int64_t failures, std::int64_t free, std::int64_t longest) {
    if (failures <= free) return 0;
    const auto doublings = std::min<std::int64_t>(failures - free, 20);
    return std::min(longest, std::int64_t{1} << doublings);
}
}  // namespace

Throttle::Throttle(std::string_view sign_in_name, std::string_view address,
                   std::string_view known_device_hash) {
    using Success = Limit::Success;
    if (!known_device_hash.empty()) {
        add("device", known_device_hash, {10, 60, 60, Success::ForgetsAll});
        return;
    }
    const std::string name(sign_in_name);
    const std::string from = counted_address(address);
    add("name and address", name + "\n" + from, {5, 60, 60, Success::ForgetsAll});
    // A whole office may stand behind one address, and somebody always mistypes.
    add("address", from, {50, 10, 10, Success::TakesOneBack});
    add("name", name, {20, 30, 60, Success::TakesOneBack});
}

Throttle Throttle::of_codes(Id person, std::string_view known_device_hash) {
    Throttle throttle;
    const Limit limit{5, 600, 3600, Limit::Success::ForgetsAll};
    if (known_device_hash.empty())
        throttle.add("code", to_string(person), limit);
    else
        throttle.add("code on device", known_device_hash, limit);
    return throttle;
}

Throttle Throttle::of_resets(std::string_view sign_in_name, std::string_view address, std::string_view known_device_hash) {
    Throttle throttle;
    if (!known_device_hash.empty()) {
        throttle.add("reset on device", known_device_hash, {10, 60, 60, Limit::Success::TakesOneBack});
        return throttle;
    }
    const std::string from = counted_address(address);
    throttle.add("reset of name from", std::string(sign_in_name) + "\n" + from, {5, 60, 60, Limit::Success::TakesOneBack});
    throttle.add("reset from", from, {100, 10, 10, Limit::Success::TakesOneBack});
    return throttle;
}

void Throttle::add(std::string_view what, std::string_view text, const Limit& limit) {
    counts_.push_back({sha256(std::string(what) + " " + std::string(text)), limit});
}

std::int64_t Throttle::begin(const Work& work) const {
    std::vector<State> states;
    std::int64_t wait = 0;
    for (const Count& count : counts_) {
        states.push_back(state_of(work, count.key, count.limit.leak));
        const auto left = states.back().open_at.milliseconds - work.now.milliseconds;
        wait = std::max(wait, (left + 999) / 1000);
    }
    if (wait > 0) return wait;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const Limit& limit = counts_[i].limit;
        State& state = states[i];
        if (state.failures == 0) state.counted_at = work.now;
        ++state.failures;
        state.open_at = work.now.plus_seconds(wait_after(state.failures, limit.free, limit.longest));
        keep(work, counts_[i].key, state);
    }
    return 0;
}

void Throttle::succeeded(const Work& work) const {
    for (const Count& count : counts_) {
        State state = state_of(work, count.key, count.limit.leak);
        const bool all = count.limit.success == Limit::Success::ForgetsAll;
        state.failures = all ? 0 : std::max<std::int64_t>(0, state.failures - 1);
        state.open_at = work.now;
        keep(work, count.key, state);
    }
}

std::string known_device(const Work& work, std::string_view device, Id person) {
    const std::string hash = token_hash(device);
    const auto row = work.db.one("identity.device", {hash, work.now.plus_seconds(-kDeviceSeconds)});
    return row && person && row->id("person_id") == person ? hash : "";
}

std::string counted_address(std::string_view address) {
    const std::string text(address);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    // ::ffff:a.b.c.d is an IPv4 address that came in on an IPv6 socket.
    const std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::array<char, INET6_ADDRSTRLEN> printed{};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        inet_ntop(AF_INET, bytes.data() + 12, printed.data(), printed.size());
    } else {
        std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
        inet_ntop(AF_INET6, bytes.data(), printed.data(), printed.size());
    }
    return printed.data();
}

}  // namespace loa::identity
