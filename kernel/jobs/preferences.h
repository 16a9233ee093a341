// What a person wants to be told, how, and when not.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/jobs/notices.h"

namespace loa::jobs {

/// Minutes since midnight in Vietnam; `from` > `to` goes over midnight. The two differ.
struct QuietHours {
    int from = 0;
    int to = 0;
    bool operator==(const QuietHours&) const = default;
};

inline constexpr int kDigestHour = 7;  // for who has not chosen

struct Preferences {
    std::optional<QuietHours> quiet;
    int digest_hour = kDigestHour;
    std::map<std::string, Channels, std::less<>> kinds;  // those that differ from the kind's own
};

std::string_view code(MailTime time);  // "never", "at_once", "digest"
std::optional<MailTime> mail_time_from(std::string_view code);

Preferences preferences_of(Work& work, Id person);
/// Of Work::actor. Invalid: hours outside the day, quiet hours that never end.
Result<Done> save_preferences(Work& work, const Preferences& preferences);

/// When it is quiet at `now`: the end of it; else `now`.
Instant when_not_quiet(const std::optional<QuietHours>& quiet, Instant now);
/// The last time, at or before `now`, that the clock in Vietnam struck `hour`.
Instant last_stroke(int hour, Instant now);

/// How a message of the kind reaches the person now, and when a mail may leave.
struct Way {
    Channels channels;
    Instant mail_at;
};
std::unordered_map<Id, Way> ways_to(Work& work, std::vector<Id> people, const MessageKind& kind);

}  // namespace loa::jobs
