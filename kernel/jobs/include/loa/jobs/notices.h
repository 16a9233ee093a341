// News for one person: "Kế hoạch 15/KH-UBND đã giao việc cho đơn vị của bạn". The sentence is made when it is read, in
// the reader's language. The slice says what kind of news it is; the person decides whether that kind shows in the
// bell, comes by mail at once, or in the mail of the day (/tai-khoan/thong-bao).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/language.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::jobs {

enum class MailTime { Never, AtOnce, InDigest };

/// The ways a message goes. A kind with neither is not kept at all.
struct Channels {
    bool in_bell = true;
    MailTime mail = MailTime::Never;

    bool operator==(const Channels&) const = default;
};

/// A constant of its slice, which also registers it, so that people can switch it: registry.add(kAssigned).
struct MessageKind {
    std::string_view name;   // "plan.assigned"
    std::string_view label;  // translation key: "Đơn vị được giao việc"
    Channels channels;       // for who has not chosen
};

/// A sentence within a message: why something could not be done. It is made, like the whole, in the reader's language.
struct Sentence {
    std::string key;
    std::vector<std::pair<std::string, std::string>> args;

    bool operator==(const Sentence&) const = default;
};

/// What one message says.
struct Message {
    std::string key = {};                                        // translation key of the sentence
    std::vector<std::pair<std::string, std::string>> args = {};  // fill its {placeholders}
    std::string path = {};   // where it leads: starts with one "/", or empty
    std::string about = {};  // what it belongs to, the heading it stands under in a digest: a plan's title
    std::optional<Date> deadline = std::nullopt;
    std::vector<std::pair<std::string, Sentence>> sentences = {};  // fill placeholders too
};
/// The whole sentence of a message.
std::string text_of(const Message& message, Language language);

struct Notice {
    Id id;
    std::string kind;
    Message message;
    Instant created_at;
    std::optional<Instant> read_at;
};

/// Tells the person, in the transaction of the Work and its authority, by the ways she chose. A mail leaves after the
/// commit, at the earliest when her quiet hours are over; none is made while the installation has no mail settings.
void notify(Work& work, Id person, const MessageKind& kind, const Message& message);

/// The same for many: their wishes are read together, and the notices written together.
struct News {
    Id person;
    Message message;
};
void notify_all(Work& work, const MessageKind& kind, const std::vector<News>& news);

/// Of Work::actor in Work::authority: what shows in the bell.
std::int64_t unread_notices(Work& work);
/// For a page that will ask for them (storage::Transaction::read_ahead).
void read_unread_notices_ahead(Work& work);
/// Newest first, read and unread.
std::vector<Notice> notices(Work& work, int limit, int offset = 0);
/// Marks one of the actor's notices as read and gives it; Reason::NotFound when it is not theirs.
Result<Notice> read_notice(Work& work, Id id);
/// Marks all of the actor's notices up to now as read; gives how many were not.
std::int64_t read_all_notices(Work& work);

/// Forgets notices of every authority: a year after they were read, and two after they were made whether anybody read them or
/// not; at most so many at once, the oldest first. By the job jobs.forget_notices; gives how many.
std::int64_t forget_notices(Work& work, int most);

/// For who measures: all notices of the authority, and how many people were told the same twice.
struct NoticeCounts {
    std::int64_t all = 0, twice = 0;
};
NoticeCounts count_notices(Work& work);

}  // namespace loa::jobs
