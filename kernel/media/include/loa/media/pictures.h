// What is made of pictures, by a job and in another program (libvips): a small copy for lists, and a copy for the
// public, without what the camera wrote into it. Where it was taken is read before and kept with the File.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/media/file.h"
#include "loa/media/store.h"
#include "loa/storage/work.h"

namespace loa::media {

enum class RenditionKind {
    Thumbnail,  // within 320 × 320
    Public      // within 2048 × 2048; pixels only, no position, no camera, no comment
};

/// WebP. `bytes` are in the store.
struct Rendition {
    std::string media_type;
    StoredBytes bytes;
};
/// Nothing when there is none: not looked at yet, not a picture that we can read, or libvips is not installed.
std::optional<Rendition> rendition(Work& work, Id file, RenditionKind kind);

/// "/tep/123/anh-nho", or the file itself where there is no small copy because libvips is not installed and every
/// browser shows the type; "" for what should not be shown as a picture at all.
std::string thumbnail_path(Work& work, const File& file);
/// files_of() of many records of one kind, each file with its thumbnail_path(): for a list, in one statement for every 32
/// records. A record without files is not there.
struct ShownFile : File {
    std::string thumbnail = {};
};
std::unordered_map<Id, std::vector<ShownFile>> shown_files_of(Work& work, std::string_view kind, const std::vector<Id>& owners);

bool is_picture(std::string_view media_type);
/// Enqueues the job that looks at it.
void ask_for_renditions(Work& work, Id file);

/// Is libvips here? Asked once.
bool renditions_are_made();

/// What one look found.
struct PictureLook {
    std::optional<Position> position;
    std::string thumbnail, published;  // WebP
};
/// Runs the programs, each with limits of time, memory and output. A picture that can't be read, or is larger than 250
/// million points, is media.unreadable_picture.
Result<PictureLook> look_at_picture(const std::filesystem::path& picture);

/// For a route's `prepare`, after accept_uploads(): reads the head of each picture, by the same program with the same
/// limits, and keeps when it was taken. A JPEG, PNG or WebP that has no head of one is refused at `field` with
/// media.broken_picture; without libvips nothing is read and nothing refused.
AcceptedFiles with_times(const FileStore& store, AcceptedFiles files, std::string_view field);

void join_pictures(Registry& registry, const std::shared_ptr<FileStore>& store);

}  // namespace loa::media
