// The container of a backup: a pax tar packed by zstd, read and written front to back by libarchive. Anybody can look
// into one that is not encrypted: `tar --zstd -xf FILE && sha256sum -c checksums/*`.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "loa/base/date.h"
#include "loa/base/digest.h"

struct archive;
struct archive_entry;

namespace loa::app {

inline constexpr std::string_view kChecksums = "checksums/";

/// Writes entries, and behind each megabyte of their checksums an entry with those.
class ArchiveWriter {
  public:
    /// `out` takes the packed bytes; what it throws comes out of the call under way.
    ArchiveWriter(std::function<void(std::string_view)> out, Instant made_at);
    ~ArchiveWriter();
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    void add(const std::string& name, std::string_view bytes);
    /// An entry of a known size in pieces, then end(). end() gives the SHA-256 of what was added.
    void begin(const std::string& name, std::int64_t size);
    void piece(std::string_view bytes);
    std::string end();
    /// The last checksums and the end of the archive.
    void finish();

  private:
    void header(const std::string& name, std::int64_t size);
    void data(std::string_view bytes);
    void write_checksums();
    [[noreturn]] void fail();

    struct Free {
        void operator()(archive* writer) const;
    };
    std::function<void(std::string_view)> out_;
    std::exception_ptr error_;  // of out_, which libarchive calls
    Instant made_at_;
    std::string name_;
    Sha256 digest_;
    std::string checksums_;
    int parts_ = 0;
    std::unique_ptr<archive, Free> writer_;
};

/// Reads entries and holds them against the checksums that follow. Whatever is not an archive of ours or was changed is
/// BackupRefused; names are compared and never used as paths.
class ArchiveReader {
  public:
    /// `in` gives the packed bytes, an empty piece at their end.
    explicit ArchiveReader(std::function<std::string_view()> in);
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    struct Entry {
        std::string name;
        std::int64_t size = 0;
    };
    /// The next one that holds no checksums; nothing at the end, where every entry must have met its checksum. What was
    /// not read of the entry before is read.
    std::optional<Entry> next();
    /// Up to 256 KiB of it; empty at its end.
    std::string_view piece();
    /// All of it; refused when it has more than `most` bytes.
    std::string whole(std::int64_t most);
    /// Of an entry that was read to its end.
    const std::string& digest() const { return digest_digits_; }

  private:
    std::optional<Entry> next_header();
    void finish_entry();
    [[noreturn]] void fail();

    struct Free {
        void operator()(archive* reader) const;
    };
    std::function<std::string_view()> in_;
    std::exception_ptr error_;
    std::string buffer_;
    Entry entry_;
    std::int64_t left_ = 0;
    bool open_ = false;  // an entry whose digest is not finished
    Sha256 digest_;
    std::string digest_digits_;
    std::string open_checksums_;  // of entries that no checksums have named yet
    bool anything_ = false;
    std::unique_ptr<archive, Free> reader_;
};

}  // namespace loa::app
