#include "backup_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "backup_refused.h"
#include "loa/base/fault.h"
#include "loa/base/secrets.h"

namespace loa::app {

namespace {

constexpr std::string_view kMark = "loa-backup-v1\r\n\x1a";  // as PNG's: shows what a transfer as text does to it
constexpr std::size_t kFingerprint = 8, kStart = crypto_secretstream_xchacha20poly1305_HEADERBYTES, kCheck = 8;
constexpr std::size_t kHead = kMark.size() + kFingerprint + kStart + kCheck;
constexpr std::size_t kPiece = 64 << 10, kSealedPiece = kPiece + crypto_secretstream_xchacha20poly1305_ABYTES;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string check_of(std::string_view head) { return sha256(head).substr(0, kCheck); }

[[noreturn]] void no_room(const std::filesystem::path& path) {
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
        refuse(unavailable("app.backup_no_room", {{"path", path.parent_path().string()}}));
    throw Fault("the backup " + path.string() + " can't be written: " + std::strerror(errno));
}

int opened_for_reading(const std::filesystem::path& file) {
    const int number = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (number >= 0 && ::fstat(number, &status) == 0 && S_ISREG(status.st_mode)) return number;
    if (number >= 0) ::close(number);
    refuse(not_found("app.backup_no_file"));
}

/// The first bytes of the file, if they are a head that nothing has happened to.
std::optional<std::string> head_of(std::string_view bytes) {
    if (bytes.size() < kHead || !bytes.starts_with(kMark)) return std::nullopt;
    const auto head = bytes.substr(0, kHead - kCheck);
    if (check_of(head) != bytes.substr(kHead - kCheck, kCheck)) damaged("head");
    return std::string(head);
}

std::string fingerprint_in(std::string_view head) { return hexadecimal(head.substr(kMark.size(), kFingerprint)); }

std::string first_bytes(const std::filesystem::path& file) {
    const int number = opened_for_reading(file);
    std::string bytes(kHead, '\0');
    const auto got = ::read(number, bytes.data(), bytes.size());
    ::close(number);
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return bytes;
}

}  // namespace

BackupFolder::BackupFolder(const std::filesystem::path& beside) {
    std::string pattern = ((beside.empty() ? std::filesystem::path(".") : beside) / ".loa-backup-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        if (errno == ENOSPC || errno == EDQUOT) refuse(unavailable("app.backup_no_room", {{"path", beside.string()}}));
        refuse(invalid("FILE", "app.backup_no_folder", {{"path", beside.string()}}));
    }
    path_ = pattern;
}

BackupFolder::~BackupFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

struct BackupOutput::Cipher {
    crypto_secretstream_xchacha20poly1305_state state;
};

BackupOutput::BackupOutput(std::filesystem::path file, const std::optional<BackupKey>& key)
    : path_(std::move(file)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (file_ < 0) no_room(path_);
    if (!key) return;
    cipher_ = std::make_unique<Cipher>();
    std::string start(kStart, '\0');
    const auto cipher_key = key->cipher_key();
    crypto_secretstream_xchacha20poly1305_init_push(&cipher_->state, bytes_of(start), bytes_of(std::string_view(cipher_key)));
    std::string fingerprint(kFingerprint, '\0');
    const auto digits = key->fingerprint();
    sodium_hex2bin(bytes_of(fingerprint), kFingerprint, digits.data(), digits.size(), nullptr, nullptr, nullptr);
    const auto head = std::string(kMark) + fingerprint + start;
    write(head + check_of(head));
}

BackupOutput::~BackupOutput() { ::close(file_); }

void BackupOutput::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) no_room(path_);
        size_ += written;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void BackupOutput::seal(std::string_view bytes, unsigned char tag) {
    std::string sealed(bytes.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    crypto_secretstream_xchacha20poly1305_push(&cipher_->state, bytes_of(sealed), nullptr, bytes_of(bytes), bytes.size(), nullptr, 0, tag);
    write(sealed);
}

void BackupOutput::add(std::string_view bytes) {
    if (!cipher_) return write(bytes);
    waiting_ += bytes;
    std::size_t done = 0;
    for (; waiting_.size() - done > kPiece; done += kPiece)
        seal(std::string_view(waiting_).substr(done, kPiece), crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    waiting_.erase(0, done);
}

void BackupOutput::finish() {
    if (cipher_) seal(waiting_, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    if (::fsync(file_) != 0) no_room(path_);
}

void publish(const std::filesystem::path& from, const std::filesystem::path& to) {
    // A stick for backups often knows no links, which would tell in one step.
    if (std::filesystem::exists(to)) refuse(conflict("app.backup_exists", {{"path", to.string()}}));
    if (::rename(from.c_str(), to.c_str()) != 0)
        throw Fault("the backup can't be named " + to.string() + ": " + std::strerror(errno));
    const auto folder = to.parent_path();
    const int number = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0) return;
    ::fsync(number);
    ::close(number);
}

struct BackupInput::Cipher {
    crypto_secretstream_xchacha20poly1305_state state;
};

BackupInput::BackupInput(const std::filesystem::path& file, const std::optional<BackupKey>& key)
    : file_(opened_for_reading(file)), raw_(kSealedPiece, '\0') {
    try {
        waiting_ = fill(kHead);
        const auto head = head_of(std::string_view(raw_).substr(0, waiting_));
        if (!head) return;
        if (!key) refuse(invalid("--key", "app.backup_needs_key", {{"key", fingerprint_in(*head)}}));
        if (key->fingerprint() != fingerprint_in(*head))
            refuse(invalid("--key", "app.backup_wrong_key", {{"key", fingerprint_in(*head)}, {"given", key->fingerprint()}}));
        waiting_ = 0;
        cipher_ = std::make_unique<Cipher>();
        const auto cipher_key = key->cipher_key();
        if (crypto_secretstream_xchacha20poly1305_init_pull(&cipher_->state, bytes_of(std::string_view(*head).substr(kMark.size() + kFingerprint)),
                                                            bytes_of(std::string_view(cipher_key))) != 0)
            damaged("head");
        opened_.resize(kPiece);
    } catch (...) {
        ::close(file_);
        throw;
    }
}

BackupInput::~BackupInput() { ::close(file_); }

std::size_t BackupInput::fill(std::size_t most) {
    std::size_t filled = 0;
    while (filled < most) {
        const auto got = ::read(file_, raw_.data() + filled, most - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Fault(std::string("the backup can't be read: ") + std::strerror(errno));
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

std::string_view BackupInput::next() {
    if (waiting_ > 0) return std::string_view(raw_).substr(0, std::exchange(waiting_, 0));
    const auto got = fill(cipher_ ? kSealedPiece : kPiece);
    if (!cipher_) return std::string_view(raw_).substr(0, got);
    if (last_ && got == 0) return {};
    unsigned long long size = 0;
    unsigned char tag = 0;
    if (last_ || got < crypto_secretstream_xchacha20poly1305_ABYTES ||
        crypto_secretstream_xchacha20poly1305_pull(&cipher_->state, bytes_of(opened_), &size, &tag, bytes_of(std::string_view(raw_)), got,
                                                   nullptr, 0) != 0)
        damaged("encrypted piece");
    last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    // An empty piece would read as the end; only the last one may be, and then it is.
    return std::string_view(opened_).substr(0, static_cast<std::size_t>(size));
}

bool is_encrypted_backup(const std::filesystem::path& file) { return head_of(first_bytes(file)).has_value(); }

std::string key_fingerprint_of(const std::filesystem::path& file) {
    const auto head = head_of(first_bytes(file));
    return head ? fingerprint_in(*head) : std::string();
}

}  // namespace loa::app
