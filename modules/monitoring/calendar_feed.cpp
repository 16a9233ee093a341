#include "calendar_feed.h"

#include <fmt/format.h>

#include <algorithm>

#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

constexpr std::string_view kPurpose = "monitoring.calendar_feed";
constexpr std::size_t kSecretBytes = 24;
constexpr int kDaysBack = 60, kDaysAhead = 400, kMostEvents = 5000;
constexpr std::size_t kLongestLine = 75;  // bytes, RFC 5545 §3.1

std::string bound_to(const Work& work, Id feed) { return to_string(work.authority) + ":" + to_string(feed); }

CalendarFeed feed_from(const Work& work, const Keys& keys, const storage::Row& row) {
    CalendarFeed feed;
    feed.id = row.id("id");
    feed.person = row.id("person_id");
    if (const auto unit = row.number("unit_id"); unit != 0) feed.unit = row.id("unit_id");
    // Sealed with other keys (a restored database) it is no address that anybody has.
    feed.secret = keys.unseal(kPurpose, bound_to(work, feed.id), row.text("secret")).value_or("");
    feed.created_at = row.instant("created_at");
    return feed;
}

bool contains(const std::vector<Id>& units, Id unit) { return std::find(units.begin(), units.end(), unit) != units.end(); }

/// Ends it, and says whether there was one.
bool ended(Work& work, std::optional<Id> unit) {
    const auto row = work.db.one("monitoring.feed_of_unit", {work.authority, work.actor.person, unit.value_or(Id{})});
    if (!row) return false;
    work.db.run("monitoring.delete_feed", {work.authority, row->id("id")});
    identity::record(work, {"monitoring.calendar_feed", work.authority, row->id("id")}, "monitoring.feed_ended");
    return true;
}

/// Of text values, RFC 5545 §3.3.11.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += "\\n";
        else if (c == '\\' || c == ';' || c == ',') out += std::string{'\\', c};
        else if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out;
}

/// A content line, folded between letters and never within one.
void add(std::string& calendar, std::string_view line) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at + 1;
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) ++end;
        if (width + (end - at) > kLongestLine) {
            calendar += "\r\n ";
            width = 1;
        }
        calendar += line.substr(at, end - at);
        width += end - at;
        at = end;
    }
    calendar += "\r\n";
}

std::string compact(Date day) { return fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day()); }

std::string compact(Instant at) {
    const std::string iso = at.iso();  // "2026-11-30T10:07:55.000Z"
    std::string digits;
    for (const char c : iso.substr(0, 19))
        if (c != '-' && c != ':') digits += c;
    return digits + "Z";
}

}  // namespace

std::vector<Id> feed_units(Work& work, Id person) {
    std::vector<Id> units;
    for (const auto& membership : identity::memberships_of_person(work, person, work.today()))
        if (!contains(units, membership.unit)) units.push_back(membership.unit);
    return units;
}

std::vector<CalendarFeed> calendar_feeds(Work& work, const Keys& keys) {
    std::vector<CalendarFeed> feeds;
    for (const auto& row : work.db.query("monitoring.feeds", {work.authority, work.actor.person})) feeds.push_back(feed_from(work, keys, row));
    return feeds;
}

Result<> renew_feed(Work& work, const Keys& keys, std::optional<Id> unit) {
    if (unit && !contains(feed_units(work, work.actor.person), *unit)) return forbidden();
    ended(work, unit);
    const Id feed = work.new_id();
    work.db.run("monitoring.insert_feed", {work.authority, feed, work.actor.person, unit.value_or(Id{}),
                                           keys.seal(kPurpose, bound_to(work, feed), random_token(kSecretBytes)), work.now});
    identity::record(work, {"monitoring.calendar_feed", work.authority, feed}, "monitoring.feed_renewed");
    return Done{};
}

Result<> end_feed(Work& work, std::optional<Id> unit) {
    if (!ended(work, unit)) return not_found("monitoring.no_such_feed");
    return Done{};
}

std::string path_of(const Work& work, const CalendarFeed& feed) {
    return fmt::format("/lich/tai/{}/{}/{}.ics", to_string(work.authority), to_string(feed.id), feed.secret);
}

std::optional<CalendarFeed> feed_at(Work& work, const Keys& keys, Id feed, std::string_view secret) {
    const auto row = work.db.one("monitoring.feed_by_id", {work.authority, feed});
    if (!row) return std::nullopt;
    auto found = feed_from(work, keys, *row);
    if (found.secret.empty() || !same_secret(found.secret, secret)) return std::nullopt;
    const auto person = identity::person_by_id(work, found.person);
    if (!person || !person->active) return std::nullopt;
    const auto units = feed_units(work, found.person);
    if (units.empty() || (found.unit && !contains(units, *found.unit))) return std::nullopt;
    return found;
}

std::vector<DueLine> lines_of_feed(Work& work, const CalendarFeed& feed) {
    const Scope scope{Scope::Of::Units, feed.unit ? std::vector{*feed.unit} : feed_units(work, feed.person)};
    auto lines = lines_due(work, scope, work.today().plus_days(-kDaysBack), work.today().plus_days(kDaysAhead), kMostEvents);
    std::erase_if(lines, [](const DueLine& line) { return line.state == "closed"; });
    return lines;
}

std::string calendar_text(const Work& work, const std::string& name, const std::string& site, const std::vector<DueLine>& lines) {
    std::string calendar;
    add(calendar, "BEGIN:VCALENDAR");
    add(calendar, "VERSION:2.0");
    add(calendar, "PRODID:-//Loa//Loa//VI");
    add(calendar, "CALSCALE:GREGORIAN");
    add(calendar, "METHOD:PUBLISH");
    add(calendar, "X-WR-CALNAME:" + escaped(name));
    add(calendar, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    add(calendar, "X-PUBLISHED-TTL:PT6H");
    for (const auto& line : lines) {
        add(calendar, "BEGIN:VEVENT");
        add(calendar, "UID:" + to_string(line.occurrence) + "." + to_string(work.authority) + "@loa");
        add(calendar, "DTSTAMP:" + compact(work.now));
        add(calendar, "DTSTART;VALUE=DATE:" + compact(line.due_on));
        add(calendar, "DTEND;VALUE=DATE:" + compact(line.due_on.plus_days(1)));
        add(calendar, "SUMMARY:" + escaped(tr(work, "monitoring.feed_event", {{"title", shortened(line.title, 200)}})));
        add(calendar, "DESCRIPTION:" + escaped(line.unit_name + "\n" + tr(work, "monitoring.state_" + line.state)));
        if (!site.empty()) add(calendar, "URL:" + site + path_of(line));
        add(calendar, "TRANSP:TRANSPARENT");
        add(calendar, "END:VEVENT");
    }
    add(calendar, "END:VCALENDAR");
    return calendar;
}

}  // namespace loa::monitoring
