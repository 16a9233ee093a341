// A file on its way in: written to disk as it arrives and hashed as it is written, so that it is never whole in
// memory; and a piece of a file on its way out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "loa/base/digest.h"

namespace loa::web {

/// An open file; the number is closed with the last who holds it.
class OpenFile {
  public:
    /// Takes over an open descriptor.
    explicit OpenFile(int number) : number_(number) {}
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

/// What an answer sends of a file, read while it is sent.
struct FilePiece {
    std::shared_ptr<const OpenFile> file;
    std::uint64_t begin = 0;  // bytes
    std::uint64_t size = 0;
};

/// Every function throws Fault when the disk does not do what it should (full, gone).
class SpooledFile {
  public:
    /// A new, empty one. It is removed with this object unless it was moved away before.
    explicit SpooledFile(const std::filesystem::path& folder);
    /// One that is on disk under its content already, and stays there.
    SpooledFile(std::filesystem::path path, std::string sha256, std::int64_t size);
    ~SpooledFile();
    SpooledFile(const SpooledFile&) = delete;
    SpooledFile& operator=(const SpooledFile&) = delete;

    void append(std::string_view bytes);
    /// Nothing is appended any more; gives its SHA-256 from here on.
    void complete();
    std::int64_t size() const { return size_; }
    const std::string& sha256() const { return sha256_; }
    const std::filesystem::path& path() const { return path_; }

    /// Its bytes, mapped and not read: good while this object lives. Not before complete().
    std::string_view bytes() const;
    /// Waits until the bytes survive a power cut, then renames it: the same file system.
    void move_to(const std::filesystem::path& path);

  private:
    std::filesystem::path path_;
    std::string sha256_;
    std::int64_t size_ = 0;
    std::unique_ptr<OpenFile> file_;  // null: the file isn't ours to write or to remove
    Sha256 hash_;
    mutable void* mapped_ = nullptr;
};

}  // namespace loa::web
