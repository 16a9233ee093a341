// What falls due as a calendar that phones and office programs subscribe to (RFC 5545), at an address that nobody can guess
// and that its person renews or ends. It says what her unit's list says, and no more once she belongs to the unit no longer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

struct CalendarFeed {
    Id id;
    Id person;
    std::optional<Id> unit;  // none: all units of the person
    std::string secret;
    Instant created_at;
};

/// The units of which a person may have a feed: those she belongs to herself, not those she acts for.
std::vector<Id> feed_units(Work& work, Id person);
/// The person's own, that of all her units first.
std::vector<CalendarFeed> calendar_feeds(Work& work, const Keys& keys);
/// Makes an address, a new one where there was one: that leads nowhere from then on. `unit` is one of hers, else Forbidden.
Result<> renew_feed(Work& work, const Keys& keys, std::optional<Id> unit);
Result<> end_feed(Work& work, std::optional<Id> unit);

/// "/lich/tai/1/2/0123….ics".
std::string path_of(const Work& work, const CalendarFeed& feed);
/// The feed of such an address, for anybody who has it: nothing where the secret is wrong, the account is stopped, or
/// the person is of that unit no more. `work` acts for the feed's authority.
std::optional<CalendarFeed> feed_at(Work& work, const Keys& keys, Id feed, std::string_view secret);

/// A calendar of all-day events, in lines of at most 75 bytes. `site` is where the program is reached: "https://loa.vn".
std::string calendar_text(const Work& work, const std::string& name, const std::string& site, const std::vector<DueLine>& lines);
/// What a feed tells: what is open or waits to be confirmed, from 60 days back to 400 ahead.
std::vector<DueLine> lines_of_feed(Work& work, const CalendarFeed& feed);

}  // namespace loa::monitoring
