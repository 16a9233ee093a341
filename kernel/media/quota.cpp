#include "loa/media/quota.h"

#include "loa/i18n/format.h"
#include "loa/identity/timeline.h"

namespace loa::media {

namespace {

std::int64_t quota_of(Work& work, Id authority) {
    const auto row = work.db.one("media.quota", {authority});
    return row ? row->number("bytes") : kShippedQuota;
}

std::int64_t sent_ahead(Work& work, Id authority) {
    return work.db.one("media.bytes_of_uploads", {authority, work.now})->number("bytes");
}

}  // namespace

KeptFiles kept_files(Work& work) {
    const auto row = work.db.one("media.bytes_of_files", {work.authority});
    return {work.authority, row->number("files"), row->number("bytes"), sent_ahead(work, work.authority),
            quota_of(work, work.authority)};
}

std::vector<KeptFiles> kept_files_by_authority(Work& work) {
    std::vector<KeptFiles> all;
    for (const auto& row : work.db.query("media.bytes_by_authority")) {
        const Id authority = row.id("authority_id");
        all.push_back({authority, row.number("files"), row.number("bytes"), sent_ahead(work, authority),
                       quota_of(work, authority)});
    }
    return all;
}

std::vector<KeptOfKind> kept_files_by_kind(Work& work) {
    std::vector<KeptOfKind> all;
    for (const auto& row : work.db.query("media.bytes_by_kind", {work.authority}))
        all.push_back({row.text("owner_kind"), row.number("files"), row.number("bytes")});
    return all;
}

Result<> set_quota(Work& work, std::int64_t bytes) {
    if (!identity::may_throughout(work, kSetQuota)) return forbidden();
    if (bytes < 0) return invalid("bytes", "media.quota_negative");
    const auto before = quota_of(work, work.authority);
    work.db.run("media.set_quota", {work.authority, bytes});
    identity::record(work, {"media.quota", work.authority, work.authority}, "media.quota_set",
                     {{"bytes", std::to_string(before), std::to_string(bytes)}});
    return Done{};
}

Result<> has_room(Work& work, std::int64_t bytes, std::string_view field, std::string_view file_name) {
    const auto kept = kept_files(work);
    if (bytes <= kept.left()) return Done{};
    const auto shown = [&](std::int64_t size) { return i18n::file_size(work.language, size); };
    return invalid(std::string(field), "media.quota_full",
                   {{"name", std::string(file_name)}, {"size", shown(bytes)}, {"left", shown(kept.left())}, {"quota", shown(kept.quota)}});
}

}  // namespace loa::media
