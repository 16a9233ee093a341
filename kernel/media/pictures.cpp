#include "loa/media/pictures.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdlib>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/formats/process.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "position.h"
#include "rows.h"
#include "webp.h"

namespace loa::media {

namespace {

namespace json = boost::json;
using formats::Command;

constexpr const char* kLookAtPicture = "media.look_at_picture";
constexpr std::int64_t kMostPoints = 250'000'000;
constexpr auto kHeadTime = std::chrono::seconds(3);
constexpr std::size_t kLargestCopy = std::size_t{16} << 20;

struct Kind {
    RenditionKind kind;
    std::string_view name;  // in the database
    std::string_view size;  // of vipsthumbnail: within that, and never made larger
    int quality;
    std::string PictureLook::*bytes;
};
constexpr std::array<Kind, 2> kKinds{{{RenditionKind::Thumbnail, "thumbnail", "320x320>", 75, &PictureLook::thumbnail},
                                      {RenditionKind::Public, "public", "2048x2048>", 82, &PictureLook::published}}};

std::string_view name_of(RenditionKind kind) { return kKinds[static_cast<std::size_t>(kind)].name; }

constexpr std::size_t kOwnersAtOnce = 32;  // places in media.files_of_owners

/// Of a picture, with or without its small copy.
std::string small_path(const File& file, std::int64_t thumbnails) {
    if (!is_picture(file.media_type)) return "";
    if (thumbnails > 0) return file_path(file.id) + "/anh-nho";
    const bool is_known = file.media_type == "image/png" || file.media_type == "image/jpeg" || file.media_type == "image/webp";
    return is_known && !renditions_are_made() ? file_path(file.id) : "";
}

std::optional<std::filesystem::path> program(std::string_view name) {
    return formats::find_program(name, {"/usr/local/bin", "/usr/bin"});
}

/// Loaders that libvips itself calls unfit for strange files (SVG, PDF, ImageMagick's) are off.
Command command(std::string_view name, std::vector<std::string> arguments, const std::filesystem::path& folder) {
    return {.program = program(name).value(),
            .arguments = std::move(arguments),
            .environment = {{"VIPS_BLOCK_UNTRUSTED", "1"}, {"VIPS_CONCURRENCY", "1"}, {"MALLOC_ARENA_MAX", "1"}},
            .folder = folder,
            .time = std::chrono::seconds(30),
            .processor_time = std::chrono::seconds(15),
            .memory_bytes = std::size_t{1} << 30,
            .output_bytes = std::size_t{1} << 20,
            .file_bytes = kLargestCopy};
}

std::int64_t number_behind(std::string_view header, std::string_view mark) {
    for (const auto line : split(header, '\n'))
        if (line.starts_with(mark)) return std::atoll(std::string(line.substr(mark.size())).c_str());
    return 0;
}

Failure unreadable() { return invalid("file", "media.unreadable_picture"); }

Id file_in(const jobs::Job& job) {
    const auto id = parse_id(std::string_view(json::parse(job.payload).at("file").as_string()));
    LOA_CHECK(id.has_value());
    return *id;
}

struct Made {
    std::optional<Position> position;
    std::vector<std::pair<RenditionKind, StoredBytes>> renditions;
};

/// Nothing to be made where libvips is missing, the file is gone, or it is no picture that can be read: the original is
/// there, and trying again would not help.
std::any make(const jobs::Job& job, web::Services& services, FileStore& store) {
    Made made;
    const auto file = services.database.read([&](storage::Transaction& db) {
        auto work = jobs::system_work(db, services.ids, services.clock.now(), job.authority);
        return file_by_id(work, file_in(job));
    });
    if (!file || !renditions_are_made()) return made;
    const auto look = look_at_picture(store.stored({file->sha256, file->size})->path());
    if (!look) {
        log(Level::Warning, "media.unreadable_picture", {{"file", to_string(file->id)}});
        return made;
    }
    made.position = look->position;
    for (const auto& kind : kKinds) made.renditions.emplace_back(kind.kind, store.put((*look).*kind.bytes));
    return made;
}

Result<Done> keep(Work& work, const jobs::Job& job) {
    const auto& made = std::any_cast<const Made&>(job.outcome);
    const Id file = file_in(job);
    if (!file_by_id(work, file)) return Done{};  // removed meanwhile
    if (made.position) work.db.run("media.set_file_position", {work.authority, file, made.position->latitude, made.position->longitude});
    for (const auto& [kind, bytes] : made.renditions)
        work.db.run("media.set_rendition", {work.authority, file, name_of(kind), "image/webp", bytes.size, bytes.sha256});
    return Done{};
}

}  // namespace

bool is_picture(std::string_view media_type) { return media_type.starts_with("image/"); }

bool renditions_are_made() {
    static const bool present = program("vipsheader") && program("vipsthumbnail");
    return present;
}

void ask_for_renditions(Work& work, Id file) {
    jobs::enqueue(work, kLookAtPicture, json::serialize(json::object{{"file", to_string(file)}}));
}

std::optional<Rendition> rendition(Work& work, Id file, RenditionKind kind) {
    const auto row = work.db.one("media.rendition", {work.authority, file, name_of(kind)});
    if (!row) return std::nullopt;
    return Rendition{row->text("media_type"), {row->text("sha256"), row->number("size")}};
}

std::string thumbnail_path(Work& work, const File& file) {
    return is_picture(file.media_type) ? small_path(file, rendition(work, file.id, RenditionKind::Thumbnail) ? 1 : 0) : "";
}

std::unordered_map<Id, std::vector<ShownFile>> shown_files_of(Work& work, std::string_view kind, const std::vector<Id>& owners) {
    std::unordered_map<Id, std::vector<ShownFile>> files;
    for (std::size_t begin = 0; begin < owners.size(); begin += kOwnersAtOnce) {
        storage::Values values{work.authority, kind, name_of(RenditionKind::Thumbnail)};
        for (std::size_t i = begin; i < std::min(owners.size(), begin + kOwnersAtOnce); ++i) values.emplace_back(owners[i]);
        values.resize(3 + kOwnersAtOnce, Id{});  // places that are left over ask for the id 0, which nobody has
        for (const auto& row : work.db.query("media.files_of_owners", values)) {
            const File file = file_from(row, work.authority);
            files[file.owner.id].push_back({file, small_path(file, row.number("thumbnails"))});
        }
    }
    return files;
}

AcceptedFiles with_times(const FileStore& store, AcceptedFiles files, std::string_view field) {
    if (!files || !renditions_are_made()) return files;
    const formats::TemporaryFolder folder;
    for (auto& file : *files) {
        if (!is_picture(file.media_type)) continue;
        auto asked = command("vipsheader", {"-a", store.stored(file.bytes)->path().string()}, folder.path());
        asked.processor_time = kHeadTime;  // somebody waits for the answer
        const auto header = formats::run(asked);
        // Of the other kinds a build of libvips may not know one that is whole.
        const bool always_known = file.media_type == "image/jpeg" || file.media_type == "image/png" || file.media_type == "image/webp";
        if (!header.succeeded() && always_known) return invalid(std::string(field), "media.broken_picture", {{"name", file.name}});
        if (header.succeeded()) file.taken_at = taken_in(header.output);
    }
    return files;
}

Result<PictureLook> look_at_picture(const std::filesystem::path& picture) {
    const formats::TemporaryFolder folder;
    const auto header = formats::run(command("vipsheader", {"-a", picture.string()}, folder.path()));
    if (!header.succeeded()) return unreadable();
    const auto width = number_behind(header.output, "width: "), height = number_behind(header.output, "height: ");
    if (width <= 0 || height <= 0 || width > kMostPoints / height) return unreadable();
    PictureLook look;
    look.position = position_in(header.output);
    for (const auto& kind : kKinds) {
        const std::string name = std::string(kind.name) + ".webp";
        const auto made = formats::run(command("vipsthumbnail",
                                               {picture.string(), "--size", std::string(kind.size), "--export-profile", "srgb", "-o",
                                                (folder.path() / name).string() + "[strip,Q=" + std::to_string(kind.quality) + "]"},
                                               folder.path()));
        const auto bytes = made.succeeded() ? folder.read(name, kLargestCopy) : std::nullopt;
        auto points = bytes ? only_points(*bytes) : std::nullopt;
        if (!points) return unreadable();
        look.*kind.bytes = *std::move(points);
    }
    return look;
}

void join_pictures(Registry& registry, const std::shared_ptr<FileStore>& store) {
    registry.add(jobs::JobKind{
        .name = kLookAtPicture,
        .handler = keep,
        .outside = [store](const jobs::Job& job, web::Services& services) -> Result<std::any> { return make(job, services, *store); },
        .lease_seconds = 120,
        .at_once = 1});
}

}  // namespace loa::media
