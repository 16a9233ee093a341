// Records of files: who put what where, and who may read it. The way of an upload:
//   Route::files_limit  → the server writes each file to the spool as it arrives, and hashes it
//   Route::look     → look_at_uploads(): is there room for it, and which files came ahead of the form (ahead.h)?
//   Route::prepare  → accept_upload(): checks size and type, takes the bytes into the store, no transaction open
//   the Action      → add_file(): the record, in the Work's transaction, owned by the record it belongs to
//   GET /tep/{id}   → asks the FileGuard of the owner's kind
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/media/store.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::media {

/// Bytes that passed the door and are on disk; not yet anyone's.
struct AcceptedFile {
    std::string name;        // as the person named it: last path component, NFC, no control characters
    std::string media_type;  // found in the bytes, not taken from the name: "application/pdf"
    StoredBytes bytes;
    Id upload;  // the record that kept them until now, when they came ahead of the form
    std::optional<Instant> taken_at = std::nullopt;  // of a picture whose head was read (pictures.h)
};

/// Where a picture was taken, as its camera wrote: WGS 84, in millionths of a degree.
struct Position {
    std::int64_t latitude = 0, longitude = 0;

    bool operator==(const Position&) const = default;
};

/// The most that a file may have, by whatever way it comes. A route's own limit may be less, and is the body's.
inline constexpr std::int64_t kLargestFile = std::int64_t{5} << 30;

struct File {
    Id id;
    Ref owner;
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
    std::string sha256;
    Id created_by;  // person, or 0 for the system
    Instant created_at;
    std::optional<Position> position = std::nullopt;  // once a job has looked at the picture
    std::optional<Instant> taken_at = std::nullopt;   // as its camera wrote, where it was asked for before it came in
};

struct AcceptRules {
    std::int64_t largest = kLargestFile;  // bytes
    /// Media types that may come in; empty: every type we know how to recognise.
    std::vector<std::string> types = {};
};

/// Takes a file into the store. The problems name its form field: what look_at_uploads() said, media.empty,
/// media.too_large, media.type_refused, media.type_mismatch (the name says .pdf, the bytes say otherwise). Touches the
/// disk: outside transactions.
Result<AcceptedFile> accept_file(FileStore& store, const web::Upload& upload, const AcceptRules& rules = {});
/// The upload of that form field; media.missing when there is none.
Result<AcceptedFile> accept_upload(FileStore& store, const web::Request& request, std::string_view field,
                                   const AcceptRules& rules = {});
/// All uploads of that form field, in their order; none is no failure, the first that is refused is.
using AcceptedFiles = Result<std::vector<AcceptedFile>>;
AcceptedFiles accept_uploads(FileStore& store, const web::Request& request, std::string_view field);

/// Records the file as belonging to `owner`, a record of Work::authority; a picture is looked at by a job then
/// (pictures.h). What came ahead of its form is used up: Fault when another form has just used it.
Id add_file(Work& work, const AcceptedFile& file, const Ref& owner);
std::optional<File> file_by_id(Work& work, Id id);
/// In the order they were added.
std::vector<File> files_of(Work& work, const Ref& owner);
/// From now on the file belongs to that record of Work::authority, and is read as its guard says: into a trash and out of it.
void give_file(Work& work, Id file, const Ref& owner);
/// Forgets the record; the bytes go with the next sweep when nothing else mentions them. Whether the actor may
/// is the caller's question. Reason::NotFound when it is not there.
Result<Done> remove_file(Work& work, Id id);

/// Answers "may this Work read the files of that record?" for one kind of owner; a kind without a guard shows
/// its files to nobody. registry.add(FileGuard{"plan.evidence", may_read_evidence}).
struct FileGuard {
    std::string ref_kind;
    std::function<bool(Work&, const Ref& owner)> may_read;
};

/// A file as it is sent, with the headers that keep a hostile one from acting as our page: real type, nosniff, sandbox;
/// shown in the browser only if PDF or a picture that every browser knows, saved otherwise.
web::Response file_response(const File& file, web::FilePiece bytes);
/// RFC 6266/5987: an ASCII name for old programs and the real one in UTF-8.
std::string content_disposition(std::string_view name, std::string_view media_type);

/// Each content that some record of any authority mentions, once: what a backup has to carry.
struct Content {
    std::string sha256;
    std::int64_t size = 0;
    std::string name;  // one of those that people gave it
};
std::vector<Content> contents(storage::Transaction& transaction);

/// "/tep/123".
std::string file_path(Id id);

/// Adds the store, the route /tep/{id} and the daily sweep. The registry must outlive the route.
void join(Registry& registry, std::shared_ptr<FileStore> store);

}  // namespace loa::media
