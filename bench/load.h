// Requests for one page at a measured pace, from one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "histogram.h"

namespace loa::bench {

struct LoadSettings {
    std::uint16_t port = 0;
    /// Asked by turns; each {n} in one becomes the number of the request.
    std::vector<std::string> targets;
    std::vector<std::string> headers;  // "Name: value"
    /// "name=value; …" of one person each, who ask by turns; empty: nobody has signed in.
    std::vector<std::string> cookies;
    int connections = 64;
    int status = 200;  // of an answer that is one
    double warm_up = 1;  // seconds, played alike and not measured
    double seconds = 4;
    /// Requests a second that arrive whatever the server does (open loop). Without it every connection asks
    /// again as soon as it is answered (closed loop).
    std::optional<double> rate;
};

struct LoadResult {
    std::int64_t all = 0;       // answered, with those of the warm-up
    std::int64_t answered = 0;  // within the measured seconds
    std::int64_t failed = 0;    // not answered with that status, or not at all
    std::map<int, std::int64_t> statuses;
    std::int64_t bytes = 0;  // received, heads and bodies
    /// From the time a request was due to the last byte of its answer; it is due when it is sent in a closed
    /// loop, and when its turn comes in an open one, also if no connection is free then.
    Histogram latency;
    /// How late the player itself was, where a connection was free: above a millisecond or so it lacked a
    /// processor, and latencies tell of that too.
    Histogram lateness;
    double player_share = 0;  // of one processor that the player took
};

/// The GETs that are sent, one after the other.
class RequestText {
  public:
    explicit RequestText(const LoadSettings& settings);
    const std::string& next();

  private:
    using Parts = std::vector<std::string>;  // the number stands between each two
    std::vector<Parts> texts_;
    std::string text_;
    std::int64_t number_ = 0;
};

/// Takes warm_up + seconds, and at most five more to wait for late answers.
LoadResult play(const LoadSettings& settings);

}  // namespace loa::bench
