// News for one person inside the program: "Kế hoạch 15/KH-UBND đã giao việc cho đơn vị của bạn". The sentence
// is made when it is read, in the reader's language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::jobs {

struct Notice {
    Id id;
    std::string key;                                        // translation key of the sentence
    std::vector<std::pair<std::string, std::string>> args;  // fill its {placeholders}
    std::string path;                                       // where it leads, a path of our own; may be empty
    Instant created_at;
    std::optional<Instant> read_at;
};

/// Tells the person, in the transaction of the Work and its authority. `path` starts with one "/" or is empty.
void notify(Work& work, Id person, std::string_view key,
            const std::vector<std::pair<std::string, std::string>>& args = {}, std::string_view path = {});

/// Of Work::actor in Work::authority.
std::int64_t unread_notices(Work& work);
/// For a page that will ask for them (storage::Transaction::read_ahead).
void read_unread_notices_ahead(Work& work);
/// Newest first, read and unread.
std::vector<Notice> notices(Work& work, int limit, int offset = 0);
/// Marks one of the actor's notices as read and gives it; Reason::NotFound when it is not theirs.
Result<Notice> read_notice(Work& work, Id id);
/// Marks all of the actor's notices up to now as read; gives how many were not.
std::int64_t read_all_notices(Work& work);

}  // namespace loa::jobs
