#include "preferences.h"

#include <algorithm>
#include <span>

namespace loa::jobs {

namespace {
constexpr std::size_t kPeopleAtOnce = 32;  // places in jobs.wishes
constexpr int kMinutesOfDay = 24 * 60;
constexpr std::int64_t kDaySeconds = 24 * 3600;

std::optional<QuietHours> quiet_in(const storage::Row& row) {
    const auto from = row.optional_number("quiet_from"), to = row.optional_number("quiet_to");
    if (!from || !to) return std::nullopt;
    return QuietHours{static_cast<int>(*from), static_cast<int>(*to)};
}

MailTime mail_time_in(const std::string& text) {
    const auto time = mail_time_from(text);
    LOA_CHECK(time.has_value());
    return *time;
}

bool is_minute(int minute) { return minute >= 0 && minute < kMinutesOfDay; }

/// A kind that its reader switches while it is there only by mail, and there is no mail, still shows in the bell.
Channels without_mail(Channels channels) {
    return {channels.in_bell || channels.mail != MailTime::Never, MailTime::Never};
}

}  // namespace

std::string_view code(MailTime time) {
    switch (time) {
        case MailTime::Never: return "never";
        case MailTime::AtOnce: return "at_once";
        case MailTime::InDigest: return "digest";
    }
    return "never";
}

std::optional<MailTime> mail_time_from(std::string_view text) {
    for (const auto time : {MailTime::Never, MailTime::AtOnce, MailTime::InDigest})
        if (code(time) == text) return time;
    return std::nullopt;
}

Preferences preferences_of(Work& work, Id person) {
    Preferences preferences;
    if (const auto row = work.db.one("jobs.preference", {person})) {
        preferences.quiet = quiet_in(*row);
        preferences.digest_hour = static_cast<int>(row->number("digest_hour"));
    }
    for (const auto& row : work.db.query("jobs.kind_preferences", {person}))
        preferences.kinds[row.text("kind")] = {row.flag("in_bell"), mail_time_in(row.text("mail"))};
    return preferences;
}

Result<Done> save_preferences(Work& work, const Preferences& preferences) {
    const auto& quiet = preferences.quiet;
    if (quiet && (!is_minute(quiet->from) || !is_minute(quiet->to))) return invalid("quiet_from", "jobs.no_clock_time");
    if (quiet && quiet->from == quiet->to) return invalid("quiet_from", "jobs.quiet_without_end");
    if (preferences.digest_hour < 0 || preferences.digest_hour > 23) return invalid("digest_hour", "jobs.no_clock_time");
    const Id person = work.actor.person;
    LOA_CHECK(person);
    work.db.run("jobs.save_preference", {person, quiet ? std::optional<std::int64_t>(quiet->from) : std::nullopt,
                                         quiet ? std::optional<std::int64_t>(quiet->to) : std::nullopt, preferences.digest_hour});
    work.db.run("jobs.forget_kind_preferences", {person});
    for (const auto& [kind, channels] : preferences.kinds)
        work.db.run("jobs.add_kind_preference", {person, kind, channels.in_bell ? 1 : 0, code(channels.mail)});
    return Done{};
}

Instant when_not_quiet(const std::optional<QuietHours>& quiet, Instant now) {
    if (!quiet) return now;
    const auto midnight = start_of(now.date());
    const auto minute = (now.milliseconds - midnight.milliseconds) / 60'000;
    const bool over_midnight = quiet->from > quiet->to;
    const bool is_quiet = over_midnight ? minute >= quiet->from || minute < quiet->to
                                        : minute >= quiet->from && minute < quiet->to;
    if (!is_quiet) return now;
    const auto end = midnight.plus_seconds(quiet->to * 60);
    return end > now ? end : end.plus_seconds(kDaySeconds);
}

Instant last_stroke(int hour, Instant now) {
    const auto today = start_of(now.date()).plus_seconds(hour * 3600);
    return today <= now ? today : today.plus_seconds(-kDaySeconds);
}

std::unordered_map<Id, Way> ways_to(Work& work, std::vector<Id> people, const MessageKind& kind) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::unordered_map<Id, Way> ways;
    for (std::size_t begin = 0; begin < people.size(); begin += kPeopleAtOnce) {
        const std::span asked = std::span(people).subspan(begin, std::min(kPeopleAtOnce, people.size() - begin));
        storage::Values values{kind.name};
        for (const Id person : asked) {
            ways[person] = {kind.channels, work.now};
            values.emplace_back(person);
        }
        values.resize(1 + kPeopleAtOnce, Id{});  // which nobody is
        bool mail_is_set = false;
        for (const auto& row : work.db.query("jobs.wishes", values)) {
            const Id person = row.id("person_id");
            if (!person) mail_is_set = row.number("mail_is_set") > 0;
            else if (const auto mail = row.optional_text("mail")) ways[person].channels = {row.flag("in_bell"), mail_time_in(*mail)};
            else ways[person].mail_at = when_not_quiet(quiet_in(row), work.now);
        }
        for (const Id person : asked)
            if (!mail_is_set) ways[person].channels = without_mail(ways[person].channels);
    }
    return ways;
}

}  // namespace loa::jobs
