#include "loa/media/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "loa/base/check.h"
#include "loa/base/digest.h"
#include "loa/base/fault.h"
#include "loa/base/secrets.h"

namespace loa::media {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTemporary = "tmp";
constexpr std::size_t kPiece = 256 << 10;  // read at once
constexpr std::string_view kSetAside = "sweep-";  // and the SHA-256

[[noreturn]] void broken(std::string_view doing, const fs::path& path) {
    throw Fault("file store: " + std::string(doing) + " " + path.string() + ": " + std::strerror(errno));
}

/// An open file or folder.
class Descriptor {
  public:
    Descriptor(int number, std::string_view doing, const fs::path& path) : number_(number) {
        if (number < 0) broken(doing, path);
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void make_folder(const fs::path& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) broken("cannot create", path);
}

void sync_folder(const fs::path& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "cannot open", path);
    if (::fsync(folder.number()) != 0) broken("cannot sync", path);
}

/// SHA-256 and number of the bytes of an open file, read from its begin.
StoredBytes contents_of(int file, const fs::path& path) {
    Sha256 hash;
    StoredBytes contents;
    std::string piece(kPiece, '\0');
    for (;;) {
        const auto got = ::pread(file, piece.data(), piece.size(), contents.size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("cannot read", path);
        if (got == 0) break;
        hash.add(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
        contents.size += got;
    }
    contents.sha256 = hash.digits();
    return contents;
}

std::optional<Instant> last_put(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return Instant{std::int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000};
}

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code gone;  // another process may sweep too
    for (fs::directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone))
        entries.push_back(at->path());
    return entries;
}

/// Moves the file aside before it looks at its time again: who puts the same bytes meanwhile either finds no
/// file and writes a new one, or was seen and gets this one back.
bool sweep_one(const fs::path& path, const fs::path& aside, Instant before) {
    if (::rename(path.c_str(), aside.c_str()) != 0) return false;
    const auto put = last_put(aside);
    if (put && *put >= before) {
        if (::rename(aside.c_str(), path.c_str()) != 0) broken("cannot put back", path);
        return false;
    }
    return ::unlink(aside.c_str()) == 0;
}

}  // namespace

FileStore::FileStore(fs::path root) : root_(std::move(root)) {
    std::error_code error;
    fs::create_directories(root_, error);
    if (error) throw Fault("file store: cannot create " + root_.string() + ": " + error.message());
    make_folder(root_ / kTemporary);
    if (::access((root_ / kTemporary).c_str(), W_OK | X_OK) != 0) broken("cannot write to", root_);
    restore_set_aside();
}

/// A sweep that died between its two steps left bytes aside that a record may mention by now. Should a sweep
/// of another process be under way, it finds its file gone and leaves it alone.
void FileStore::restore_set_aside() {
    for (const auto& path : entries_of(root_ / kTemporary)) {
        const auto name = path.filename().string();
        if (!name.starts_with(kSetAside) || !is_sha256(std::string_view(name).substr(kSetAside.size()))) continue;
        const auto place = path_of(std::string_view(name).substr(kSetAside.size()));
        if (::rename(path.c_str(), place.c_str()) == 0) sync_folder(place.parent_path());
    }
}

fs::path FileStore::path_of(std::string_view sha256) const {
    LOA_CHECK(is_sha256(sha256));
    return root_ / sha256.substr(0, 2) / sha256;
}

fs::path FileStore::spool() const { return root_ / kTemporary; }

/// The time of the last put keeps the sweep away until the record is written.
bool FileStore::is_there_anew(const fs::path& path) const {
    return ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0;
}

void FileStore::make_room_for(const fs::path& path) const {
    make_folder(path.parent_path());
    sync_folder(root_);
}

StoredBytes FileStore::take(web::SpooledFile& file) {
    file.complete();
    const auto path = path_of(file.sha256());
    if (!is_there_anew(path)) {
        make_room_for(path);
        file.move_to(path);
    }
    sync_folder(path.parent_path());  // also when another thread's rename is not yet on the disk
    return {file.sha256(), file.size()};
}

std::optional<StoredBytes> FileStore::adopt(const fs::path& spooled) {
    const int number = ::open(spooled.c_str(), O_RDWR | O_CLOEXEC);
    if (number < 0 && errno == ENOENT) return std::nullopt;
    const Descriptor file(number, "cannot open", spooled);
    // Who appends to it holds the lock meanwhile, and looks whether it is still there (write_spooled).
    if (::flock(file.number(), LOCK_EX) != 0) broken("cannot lock", spooled);
    auto contents = contents_of(file.number(), spooled);
    const auto path = path_of(contents.sha256);
    if (is_there_anew(path)) {
        ::unlink(spooled.c_str());
    } else {
        if (::fsync(file.number()) != 0) broken("cannot sync", spooled);
        make_room_for(path);
        if (::rename(spooled.c_str(), path.c_str()) != 0) broken("cannot rename to", path);
    }
    sync_folder(path.parent_path());
    return contents;
}

bool FileStore::write_spooled(const fs::path& spooled, std::int64_t offset, std::string_view bytes) const {
    const int number = ::open(spooled.c_str(), O_WRONLY | O_CLOEXEC | (offset == 0 ? O_CREAT : 0), 0600);
    if (number < 0 && errno == ENOENT) return false;
    const Descriptor file(number, "cannot open", spooled);
    if (::flock(file.number(), LOCK_EX) != 0) broken("cannot lock", spooled);
    struct stat opened {}, there {};
    if (::fstat(file.number(), &opened) != 0) broken("cannot read", spooled);
    // Adopted while we waited: what lies in the store is never written to.
    if (::stat(spooled.c_str(), &there) != 0 || opened.st_ino != there.st_ino) return false;
    while (!bytes.empty()) {
        const auto written = ::pwrite(file.number(), bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) broken("cannot write", spooled);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
    if (::fdatasync(file.number()) != 0) broken("cannot sync", spooled);
    return true;
}

std::shared_ptr<web::SpooledFile> FileStore::spooled(std::string_view bytes) const {
    auto file = std::make_shared<web::SpooledFile>(spool());
    file->append(bytes);
    file->complete();
    return file;
}

/// A sweep looks at a file aside, and puts back what is wanted: meanwhile it is found there, and then in its place again.
std::array<fs::path, 3> FileStore::places_of(std::string_view sha256) const {
    const auto path = path_of(sha256);
    return {path, root_ / kTemporary / (std::string(kSetAside) + std::string(sha256)), path};
}

/// -1 where it is in none of them.
int FileStore::open_stored(std::string_view sha256) const {
    for (const auto& place : places_of(sha256)) {
        const int number = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
        if (number >= 0) return number;
        if (errno != ENOENT) broken("cannot open", place);
    }
    return -1;
}

std::optional<web::FilePiece> FileStore::open(std::string_view sha256) const {
    const auto path = path_of(sha256);
    const int number = open_stored(sha256);
    if (number < 0) return std::nullopt;
    auto file = std::make_shared<const web::OpenFile>(number);
    struct stat status {};
    if (::fstat(number, &status) != 0) broken("cannot read", path);
    return web::FilePiece{std::move(file), 0, static_cast<std::uint64_t>(status.st_size)};
}

std::shared_ptr<web::SpooledFile> FileStore::stored(const StoredBytes& bytes) const {
    return std::make_shared<web::SpooledFile>(path_of(bytes.sha256), bytes.sha256, bytes.size);
}

bool FileStore::has(std::string_view sha256) const { return size_of(sha256).has_value(); }

std::optional<std::string> FileStore::read(std::string_view sha256) const {
    const auto path = path_of(sha256);
    const int number = open_stored(sha256);
    if (number < 0) return std::nullopt;
    const Descriptor file(number, "cannot open", path);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) broken("cannot read", path);
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        const auto got = ::read(file.number(), bytes.data() + at, bytes.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) broken("cannot read", path);
        at += static_cast<std::size_t>(got);
    }
    if (loa::sha256(bytes) != sha256) throw Fault("file store: the content of " + path.string() + " has changed");
    return bytes;
}

std::optional<std::int64_t> FileStore::size_of(std::string_view sha256) const {
    for (const auto& place : places_of(sha256)) {
        struct stat status {};
        if (::stat(place.c_str(), &status) == 0) return std::int64_t{status.st_size};
    }
    return std::nullopt;
}

bool FileStore::read_pieces(std::string_view sha256, const std::function<void(std::string_view)>& take) const {
    const auto path = path_of(sha256);
    const int number = open_stored(sha256);
    if (number < 0) return false;
    const Descriptor file(number, "cannot open", path);
    std::string piece(kPiece, '\0');
    for (;;) {
        const auto got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken("cannot read", path);
        if (got == 0) return true;
        take(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
    }
}

void FileStore::remove(std::string_view sha256) { ::unlink(path_of(sha256).c_str()); }

int FileStore::sweep(Instant before, const std::function<bool(std::string_view)>& mentioned) {
    restore_set_aside();
    int swept = 0;
    for (const auto& leftover : entries_of(root_ / kTemporary))
        if (const auto put = last_put(leftover); put && *put < before) swept += ::unlink(leftover.c_str()) == 0;
    for (const auto& folder : entries_of(root_)) {
        if (folder.filename() == kTemporary) continue;
        for (const auto& path : entries_of(folder)) {
            const auto name = path.filename().string();
            const auto put = last_put(path);
            if (!is_sha256(name) || !put || *put >= before || mentioned(name)) continue;
            swept += sweep_one(path, root_ / kTemporary / (std::string(kSetAside) + name), before);
        }
    }
    return swept;
}

}  // namespace loa::media
