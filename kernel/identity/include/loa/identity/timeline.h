// What was done, by whom, when: one line for each act, written in the act's own transaction. A job seals the
// new lines each second into blocks, each holding the hash of the one before, so that an edited, dropped or
// reordered line shows, and no two acts wait for one head row (house.md §5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// A number that is another a second or two after anything of the authority changed: how many blocks its timeline has. For
/// pages that stay open (loa/web/feed.h).
std::int64_t change_stamp(storage::Transaction& db, Id authority);

struct Change {
    std::string field;  // as in the form and the column: "due_on"
    std::string before;
    std::string after;

    bool operator==(const Change&) const = default;
};

/// Writes a line about `subject`; gives its id. `event` is "<module>.<what happened>", a translation key
/// whose text reads as "đã ban hành kế hoạch". `changes` are chained as they stand and can never be taken
/// back: what is personal (names of citizens, phone numbers, addresses) goes into `personal`, which is kept
/// beside the line under a salted digest and can be erased later (Law 91/2025/QH15 on personal data). Of who acts by a
/// link (Actor::link) the line holds the link among the changes and the name in the personal part.
Id record(Work& work, const Ref& subject, std::string_view event, const std::vector<Change>& changes = {},
          const std::vector<Change>& personal = {});

struct TimelineLine {
    Id id;
    Instant at;
    Id person;                // none: the system or a stranger
    std::string person_name;  // as it is now; "" for the system and for strangers
    Id acting_for;            // the person in whose place it was done, or none
    std::string acting_for_name;
    std::string event;
    Ref subject;
    std::vector<Change> changes;
    std::vector<Change> personal;  // empty once erased
    bool erased = false;
    std::optional<std::int64_t> block;  // none: not sealed yet

    // What the chain is made of, as it stands in the database: for who wants to check it himself.
    std::string changes_text;
    std::string personal_digest;      // "" without a personal part
    std::string block_hash;           // SHA-256, hex; "" while not sealed
    std::string block_previous_hash;  // "" of the first block
};

/// The change that names the link of who acted by one, and the personal one that names her.
inline constexpr std::string_view kByLink = "personal_link", kLinkHolder = "link_holder";
/// Who did it: a person's name, "qua liên kết cá nhân của Nguyễn Văn Út", "" for the system and for strangers.
std::string who_of(const Work& work, const TimelineLine& line);

/// How a change of a line of `owner` ("plan") reads: the field by its text "plan.field_<field>", a code by
/// "plan.<field>_<code>" where there is such a text, a day as 05/01/2024, everything else as it was kept.
std::string field_text(const Work& work, std::string_view owner, std::string_view field);
std::string value_text(const Work& work, std::string_view owner, std::string_view field, const std::string& value);

/// Newest first.
std::vector<TimelineLine> timeline_of(const Work& work, const Ref& subject, int limit = 100);

struct TimelineFilter {
    std::optional<Id> person;
    std::string event_prefix;  // "plan." or a whole event
    std::string subject_kind;  // of one record, with its id
    std::optional<Id> subject;
    std::optional<Id> unit;    // what people did who have or had a membership in it
    std::optional<Date> from;  // both days included
    std::optional<Date> to;
    std::optional<Id> below;  // only lines older than this one: pages stay as they are while lines are added
    std::optional<Id> above;  // only lines newer than this one, and of them the `limit` oldest
    int limit = 50;           // at most 1,000
};
/// The acting authority's lines, newest first (verb identity.read_timeline is the page's to ask for).
std::vector<TimelineLine> timeline_lines(const Work& work, const TimelineFilter& filter);

/// Erases a line's personal part; the line and its place in the chain stay. Verb identity.erase_personal;
/// itself a line. Not found: no such line here, or nothing personal beside it (any more).
Result<> erase_personal(Work& work, Id line);

/// Erases the network addresses from which people of the acting authority signed in, or tried to, more than a year ago: at
/// most so many at once, the oldest first. One line "identity.addresses_erased" about the last of them tells of all, by
/// which verify_timeline() knows that nobody else took them away. By a job, for the system; false: there were none.
bool erase_sign_in_addresses(Work& work, int most = 5000);

/// Seals the acting authority's open lines into one block; false if there were none. At most 5,000 at once.
bool seal_timeline(Work& work);

struct TimelineHead {
    std::int64_t block = 0;  // 0: nothing sealed yet
    std::string hash;        // SHA-256, hex
};
/// What goes out by mail and with each backup; a later verify_timeline() is given it back.
TimelineHead timeline_head(const Work& work);
/// Of every authority that has sealed something.
std::vector<std::pair<Id, TimelineHead>> timeline_heads(storage::Transaction& transaction);

struct TimelineFinding {
    enum class Kind {
        LineChanged,      // a block's lines no longer give its hash: edited, dropped, added or reordered
        LineMissing,      // fewer lines than the block sealed
        BlockMissing,     // a gap in the blocks, or lines of a block that is not there
        ChainBroken,      // a block does not hold the hash of the one before
        PersonalChanged,  // a personal part does not fit its digest, or is gone without an erasing line
        HeadMissing       // the known head is not in the chain: the end was cut off or rewritten
    };
    Kind kind;
    std::int64_t block = 0;
    Id line;  // where one line can be named
};
struct TimelineVerdict {
    std::int64_t blocks = 0;
    std::int64_t lines = 0;  // sealed ones
    std::int64_t unsealed = 0;
    std::optional<Instant> unsealed_since;  // the oldest of them
    TimelineHead head;
    std::vector<TimelineFinding> findings;  // empty: whole
};
/// "line_changed", …: the rest of the translation key "identity.finding_<code>".
std::string_view code(TimelineFinding::Kind kind);

/// Every authority that has a chain or lines of its own, in the order of ids; 0 is the installation. For the system.
std::vector<Id> authorities_with_timeline(const Work& work);

/// Recomputes the acting authority's whole chain, block by block (for `loa doctor` and the auditor's page).
TimelineVerdict verify_timeline(const Work& work, const std::optional<TimelineHead>& known = std::nullopt);

}  // namespace loa::identity
