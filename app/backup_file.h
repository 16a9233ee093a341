// The bytes of a backup on their way to and from the disk: a file that is there whole or not at all, encrypted or not.
//
// An encrypted one begins with a head of 56 bytes: the mark, the key's fingerprint, the header of libsodium's
// secretstream, and 8 bytes of the SHA-256 of all that, which tell a damaged head from a wrong key. Pieces of 64 KiB
// follow, each 17 bytes longer than what it holds; the last one says that it is the last.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backup_key.h"

namespace loa::app {

/// A new folder beside where the backup goes, for this user only, removed with all that is in it: what a backup that
/// fails leaves behind.
class BackupFolder {
  public:
    /// Refused: no such folder, or it may not be written.
    explicit BackupFolder(const std::filesystem::path& beside);
    ~BackupFolder();
    BackupFolder(const BackupFolder&) = delete;
    BackupFolder& operator=(const BackupFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Refused when the disk is full.
class BackupOutput {
  public:
    BackupOutput(std::filesystem::path file, const std::optional<BackupKey>& key);
    ~BackupOutput();
    BackupOutput(const BackupOutput&) = delete;
    BackupOutput& operator=(const BackupOutput&) = delete;
    void add(std::string_view bytes);
    /// Nothing may come after it; what was added is on the disk.
    void finish();
    std::int64_t size() const { return size_; }

  private:
    void write(std::string_view bytes);
    void seal(std::string_view bytes, unsigned char tag);

    struct Cipher;
    std::filesystem::path path_;
    int file_;
    std::int64_t size_ = 0;
    std::unique_ptr<Cipher> cipher_;
    std::string waiting_;  // for a whole piece
};

/// Gives the file its name, unless something bears it already (refused). Both on one disk.
void publish(const std::filesystem::path& from, const std::filesystem::path& to);

class BackupInput {
  public:
    /// Refused: no such file; encrypted and no key; a key that did not lock it.
    BackupInput(const std::filesystem::path& file, const std::optional<BackupKey>& key);
    ~BackupInput();
    BackupInput(const BackupInput&) = delete;
    BackupInput& operator=(const BackupInput&) = delete;
    /// The next bytes, good until the next call; empty at the end. Refused where they were changed or cut off.
    std::string_view next();

  private:
    std::size_t fill(std::size_t most);

    struct Cipher;
    int file_;
    std::unique_ptr<Cipher> cipher_;
    std::string raw_, opened_;
    std::size_t waiting_ = 0;  // in raw_: the first bytes, read to tell what it is
    bool last_ = false;
};

/// Whether the file is an encrypted backup. Refused: no such file.
bool is_encrypted_backup(const std::filesystem::path& file);
/// The fingerprint of the key that locked it; "" if none did.
std::string key_fingerprint_of(const std::filesystem::path& file);

}  // namespace loa::app
