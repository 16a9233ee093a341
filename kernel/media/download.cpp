// GET /tep/{id}: the bytes of a file, to those whom its owner lets read it.
#include <algorithm>
#include <array>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/formats/sniff.h"
#include "loa/jobs/kind.h"
#include "loa/media/ahead.h"
#include "loa/media/file.h"
#include "loa/media/pictures.h"
#include "loa/media/quota.h"
#include "loa/storage/snapshot.h"
#include "loa/web/route.h"
#include "pages.h"

namespace loa::media {

namespace {

constexpr std::int64_t kSweepAfterSeconds = 24 * 3600;
constexpr std::array<std::string_view, 4> kShownTypes{"application/pdf", "image/png", "image/jpeg", "image/webp"};

bool is_shown(std::string_view media_type) {
    return std::find(kShownTypes.begin(), kShownTypes.end(), media_type) != kShownTypes.end();
}

/// RFC 8187 ext-value: everything but attr-char is percent-encoded.
std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view kKept = "!#$&+-.^_`|~";
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (alphanumeric || kKept.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        }
    }
    return out;
}

std::string ascii_name(std::string_view name) {
    auto plain = fold(name);
    for (char& c : plain)
        if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '%' || c == '/' || c == ';') c = '_';
    return plain;
}

/// A PDF is shown by the browser's own viewer, which a sandbox would keep from starting (Chromium); it runs
/// apart from our pages anyway.
std::string_view policy(std::string_view media_type) {
    return media_type == "application/pdf" ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
                                             "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
                                           : "sandbox; default-src 'none'; frame-ancestors 'none'";
}

const FileGuard* guard_of(const Registry& registry, const std::string& ref_kind) {
    const auto& guards = registry.all<FileGuard>();
    const auto found =
        std::find_if(guards.begin(), guards.end(), [&](const auto& guard) { return guard.ref_kind == ref_kind; });
    return found == guards.end() ? nullptr : &*found;
}

/// Who may not read a file is not told either that it is there.
std::optional<File> readable_file(const web::Request& request, Work& work, const Registry& registry) {
    auto file = file_by_id(work, request.id());
    const auto* guard = file ? guard_of(registry, file->owner.kind) : nullptr;
    if (guard == nullptr || !guard->may_read(work, file->owner)) return std::nullopt;
    return file;
}

web::Response answer(const File& file, const FileStore& store) {
    auto bytes = store.open(file.sha256);
    if (!bytes) throw Fault("media: the bytes of file " + to_string(file.id) + " are gone");
    return file_response(file, *std::move(bytes));
}

web::Response download(const web::Request& request, Work& work, const Registry& registry, const FileStore& store) {
    const auto file = readable_file(request, work, registry);
    return file ? answer(*file, store) : web::failed(not_found("media.no_file"));
}

struct RenditionPath {
    std::string_view name;
    RenditionKind kind;
};
constexpr std::array<RenditionPath, 2> kRenditionPaths{{{"anh-nho", RenditionKind::Thumbnail}, {"cong-khai", RenditionKind::Public}}};

web::Response download_rendition(const web::Request& request, Work& work, const Registry& registry, const FileStore& store) {
    const auto path = std::find_if(kRenditionPaths.begin(), kRenditionPaths.end(),
                                   [&](const auto& entry) { return entry.name == request.parameters.text("rendition"); });
    auto file = path == kRenditionPaths.end() ? std::nullopt : readable_file(request, work, registry);
    const auto made = file ? rendition(work, file->id, path->kind) : std::nullopt;
    if (!made) return web::failed(not_found("media.no_file"));
    file->name = file->name.substr(0, formats::ending_at(file->name)) + ".webp";
    file->media_type = made->media_type;
    file->sha256 = made->bytes.sha256;
    return answer(*file, store);
}

jobs::JobKind sweep_kind(std::shared_ptr<FileStore> store) {
    return {.name = "media.sweep_bytes",
            .handler = [](Work& work, const jobs::Job&) -> Result<Done> {
                if (const int ended = remove_expired_uploads(work); ended > 0)
                    log(Level::Info, "media.uploads_expired", {{"uploads", std::to_string(ended)}});
                return Done{};
            },
            .outside = [store](const jobs::Job&, web::Services& services) -> Result<std::any> {
                const auto before = services.clock.now().plus_seconds(-kSweepAfterSeconds);
                const int swept = store->sweep(before, [&](std::string_view sha256) {
                    return services.database.read([&](storage::Transaction& db) {
                        return db.one("media.files_with_bytes", {sha256})->number("files") > 0;
                    });
                });
                if (swept > 0) log(Level::Info, "media.swept", {{"files", std::to_string(swept)}});
                return std::any();
            },
            .lease_seconds = 3600};
}

}  // namespace

std::string content_disposition(std::string_view name, std::string_view media_type) {
    return std::string(is_shown(media_type) ? "inline" : "attachment") + "; filename=\"" + ascii_name(name) +
           "\"; filename*=UTF-8''" + percent_encoded(name);
}

web::Response file_response(const File& file, web::FilePiece bytes) {
    auto response = web::file(std::move(bytes), file.media_type);
    response.headers = {{"Content-Disposition", content_disposition(file.name, file.media_type)},
                        {"Content-Security-Policy", std::string(policy(file.media_type))},
                        {"X-Content-Type-Options", "nosniff"},
                        {"ETag", "\"" + file.sha256 + "\""},
                        {"Cache-Control", "private, no-cache"}};
    return response;
}

std::shared_ptr<FileStore> file_store(const Registry& registry) {
    const auto& stores = registry.all<std::shared_ptr<FileStore>>();
    LOA_CHECK(stores.size() == 1);
    return stores.front();
}

void join(Registry& registry, std::shared_ptr<FileStore> store) {
    registry.add(storage::LeftOut{"media_upload", "what was coming in then has ended, and its bytes are not in the store"});
    registry.add(store);
    // The guards are registered by slices that join later, so the registry is read at each request.
    registry.add(web::Route{web::Method::Get, "/tep/{id}", web::Access::Public, "",
                            [&registry, store](const web::Request& request, Work& work) {
                                return download(request, work, registry, *store);
                            }});
    registry.add(web::Route{web::Method::Get, "/tep/{id}/{rendition:text}", web::Access::Public, "",
                            [&registry, store](const web::Request& request, Work& work) {
                                return download_rendition(request, work, registry, *store);
                            }});
    join_sending_ahead(registry, store);
    join_pictures(registry, store);
    registry.add(kSetQuota);
    join_storage_page(registry, store);
    registry.add(sweep_kind(store));
    registry.add(jobs::Schedule{.name = "media.sweep_bytes", .job_kind = "media.sweep_bytes",
                                .daily_at = jobs::ClockTime{2, 30}});
}

}  // namespace loa::media
