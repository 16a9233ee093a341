// The bytes of files, on disk and named by their content (SHA-256), so the same bytes are kept once and a file
// can't change under its record. Bytes are stored before the transaction that mentions them opens; bytes that
// no record came to mention are swept a day later.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/date.h"
#include "loa/base/registry.h"
#include "loa/web/spool.h"

namespace loa::media {

/// Bytes that are safe on disk.
struct StoredBytes {
    std::string sha256;  // 64 lower-case hexadecimal digits
    std::int64_t size = 0;
};

class FileStore {
  public:
    /// LOA_FILES; the folders are created (0700). Throws Fault when it can't be written.
    explicit FileStore(std::filesystem::path root);

    /// The folder where files wait that are on their way in; on the same file system, so that they come in by rename.
    std::filesystem::path spool() const;

    /// When it returns, the bytes survive a power cut: fsync, rename, fsync of the folder. Throws Fault (disk full, no
    /// permission); what was spooled is gone with its object then.
    StoredBytes take(web::SpooledFile& file);
    StoredBytes put(std::string_view bytes) { return take(*spooled(bytes)); }
    /// Writes into a file of the spool, made when `offset` is 0; the bytes survive a power cut. False when it is not
    /// there, or was adopted meanwhile.
    bool write_spooled(const std::filesystem::path& spooled, std::int64_t offset, std::string_view bytes) const;
    /// Takes a file of the spool that was written in several goes: waits for who writes to it, reads and hashes
    /// it, renames it. Nothing when it is not there.
    std::optional<StoredBytes> adopt(const std::filesystem::path& spooled);
    /// A new file of the spool that holds these bytes.
    std::shared_ptr<web::SpooledFile> spooled(std::string_view bytes) const;

    /// Nothing when there are no such bytes. Throws Fault when they no longer have that content.
    std::optional<std::string> read(std::string_view sha256) const;
    /// For sending: the bytes are not looked at.
    std::optional<web::FilePiece> open(std::string_view sha256) const;
    /// For reading in place, as if it had just come.
    std::shared_ptr<web::SpooledFile> stored(const StoredBytes& bytes) const;
    bool has(std::string_view sha256) const;
    /// Size in bytes; nothing when there are none of that content.
    std::optional<std::int64_t> size_of(std::string_view sha256) const;
    /// Hands over the bytes piece by piece, as they are; false when there are none.
    bool read_pieces(std::string_view sha256, const std::function<void(std::string_view piece)>& take) const;
    /// Takes bytes out that nothing mentions: what a failed restore had put in.
    void remove(std::string_view sha256);

    /// Removes what was last put before `before` and is not `mentioned` by any record, and temporary files as
    /// old; gives their number. Safe while other processes put files.
    int sweep(Instant before, const std::function<bool(std::string_view sha256)>& mentioned);

    const std::filesystem::path& root() const { return root_; }

  private:
    std::filesystem::path path_of(std::string_view sha256) const;
    std::array<std::filesystem::path, 3> places_of(std::string_view sha256) const;
    int open_stored(std::string_view sha256) const;
    bool is_there_anew(const std::filesystem::path& path) const;
    void make_room_for(const std::filesystem::path& path) const;
    void restore_set_aside();
    std::filesystem::path root_;
};

/// The installation's store, for a slice's join(): it was put into the registry by media's join().
std::shared_ptr<FileStore> file_store(const Registry& registry);

}  // namespace loa::media
