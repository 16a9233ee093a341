#include "loa/web/spool.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "loa/base/check.h"
#include "loa/base/fault.h"

namespace loa::web {

namespace {

[[noreturn]] void broken(std::string_view doing, const std::filesystem::path& path) {
    throw Fault("spool: cannot " + std::string(doing) + " " + path.string() + ": " + std::strerror(errno));
}

std::unique_ptr<OpenFile> new_file(const std::filesystem::path& folder, std::filesystem::path& path) {
    std::string name = (folder / "put-XXXXXX").string();
    const int number = ::mkostemp(name.data(), O_CLOEXEC);
    path = name;
    if (number < 0) broken("create", path);
    return std::make_unique<OpenFile>(number);
}

}  // namespace

OpenFile::~OpenFile() {
    ::close(number_);
}

SpooledFile::SpooledFile(const std::filesystem::path& folder) : file_(new_file(folder, path_)) {}

SpooledFile::SpooledFile(std::filesystem::path path, std::string sha256, std::int64_t size)
    : path_(std::move(path)), sha256_(std::move(sha256)), size_(size) {}

SpooledFile::~SpooledFile() {
    if (mapped_ != nullptr) ::munmap(mapped_, static_cast<std::size_t>(size_));
    if (file_) ::unlink(path_.c_str());
}

void SpooledFile::append(std::string_view bytes) {
    LOA_CHECK(file_ && sha256_.empty());
    hash_.add(bytes);
    size_ += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        const auto written = ::write(file_->number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) broken("write", path_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void SpooledFile::complete() {
    if (sha256_.empty()) sha256_ = hash_.digits();
}

std::string_view SpooledFile::bytes() const {
    LOA_CHECK(!sha256_.empty());
    const auto size = static_cast<std::size_t>(size_);
    if (size == 0) return {};
    if (mapped_ == nullptr) {
        const OpenFile file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
        void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
        if (mapped == MAP_FAILED) broken("map", path_);
        mapped_ = mapped;
    }
    return {static_cast<const char*>(mapped_), size};
}

void SpooledFile::move_to(const std::filesystem::path& path) {
    LOA_CHECK(file_ && !sha256_.empty());
    if (::fsync(file_->number()) != 0) broken("sync", path_);
    if (::rename(path_.c_str(), path.c_str()) != 0) broken("rename", path_);
    path_ = path;
    file_.reset();
}

}  // namespace loa::web
