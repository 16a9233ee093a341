#include "backup_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "backup_refused.h"
#include "loa/base/check.h"
#include "loa/base/fault.h"

namespace loa::app {

namespace {

constexpr std::size_t kChecksumsAtOnce = 1 << 20, kBlock = 64 << 10, kPiece = 256 << 10;
constexpr std::int64_t kMostChecksums = 4 << 20;

std::string checksum_line(const std::string& digest, const std::string& name) { return digest + "  " + name + "\n"; }

void accept(int code) {
    if (code != ARCHIVE_OK) throw Fault("libarchive does not do what the backup needs");
}

using EntryPointer = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

}  // namespace

void ArchiveWriter::Free::operator()(archive* writer) const { archive_write_free(writer); }

ArchiveWriter::ArchiveWriter(std::function<void(std::string_view)> out, Instant made_at)
    : out_(std::move(out)), made_at_(made_at), writer_(archive_write_new()) {
    accept(archive_write_set_format_pax_restricted(writer_.get()));
    accept(archive_write_add_filter_zstd(writer_.get()));
    accept(archive_write_set_bytes_per_block(writer_.get(), kBlock));
    accept(archive_write_set_bytes_in_last_block(writer_.get(), 1));
    const auto write = [](archive*, void* self, const void* bytes, std::size_t size) -> la_ssize_t {
        auto& writer = *static_cast<ArchiveWriter*>(self);
        try {
            if (!writer.error_) writer.out_({static_cast<const char*>(bytes), size});
        } catch (...) {
            writer.error_ = std::current_exception();
        }
        return writer.error_ ? la_ssize_t{-1} : static_cast<la_ssize_t>(size);
    };
    accept(archive_write_open(writer_.get(), this, nullptr, write, nullptr));
}

/// A writer that goes without finish() has failed: what it still holds goes nowhere.
ArchiveWriter::~ArchiveWriter() {
    if (!error_) error_ = std::make_exception_ptr(Fault("the archive was given up"));
}

void ArchiveWriter::fail() {
    if (error_) std::rethrow_exception(error_);
    throw Fault(fmt::format("the backup can't be written: {}", archive_error_string(writer_.get())));
}

void ArchiveWriter::header(const std::string& name, std::int64_t size) {
    const EntryPointer entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), size);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), made_at_.milliseconds / 1000, 0);
    if (archive_write_header(writer_.get(), entry.get()) != ARCHIVE_OK) fail();
}

void ArchiveWriter::data(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = archive_write_data(writer_.get(), bytes.data(), bytes.size());
        if (written <= 0) fail();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void ArchiveWriter::begin(const std::string& name, std::int64_t size) {
    header(name, size);
    name_ = name;
    digest_ = Sha256();
}

void ArchiveWriter::piece(std::string_view bytes) {
    digest_.add(bytes);
    data(bytes);
}

std::string ArchiveWriter::end() {
    if (archive_write_finish_entry(writer_.get()) != ARCHIVE_OK) fail();
    auto digest = digest_.digits();
    checksums_ += checksum_line(digest, name_);
    if (checksums_.size() >= kChecksumsAtOnce) write_checksums();
    return digest;
}

void ArchiveWriter::add(const std::string& name, std::string_view bytes) {
    begin(name, static_cast<std::int64_t>(bytes.size()));
    piece(bytes);
    end();
}

void ArchiveWriter::write_checksums() {
    header(fmt::format("{}{:06}.txt", kChecksums, ++parts_), static_cast<std::int64_t>(checksums_.size()));
    data(checksums_);
    checksums_.clear();
}

void ArchiveWriter::finish() {
    if (!checksums_.empty()) write_checksums();
    if (archive_write_close(writer_.get()) != ARCHIVE_OK) fail();
    error_ = std::make_exception_ptr(Fault("the archive is finished"));
}

void ArchiveReader::Free::operator()(archive* reader) const { archive_read_free(reader); }

ArchiveReader::ArchiveReader(std::function<std::string_view()> in) : in_(std::move(in)), buffer_(kPiece, '\0'), reader_(archive_read_new()) {
    accept(archive_read_support_filter_zstd(reader_.get()));
    accept(archive_read_support_format_tar(reader_.get()));
    const auto read = [](archive*, void* self, const void** bytes) -> la_ssize_t {
        auto& reader = *static_cast<ArchiveReader*>(self);
        try {
            const auto got = reader.in_();
            *bytes = got.data();
            return static_cast<la_ssize_t>(got.size());
        } catch (...) {
            reader.error_ = std::current_exception();
            return -1;
        }
    };
    if (archive_read_open(reader_.get(), this, nullptr, read, nullptr) != ARCHIVE_OK) fail();
}

ArchiveReader::~ArchiveReader() = default;

/// What libarchive can't read at its very start is no archive; later it is one that was damaged.
void ArchiveReader::fail() {
    if (error_) std::rethrow_exception(error_);
    if (!anything_) refuse(invalid("FILE", "app.backup_foreign"));
    damaged(entry_.name);
}

std::optional<ArchiveReader::Entry> ArchiveReader::next_header() {
    archive_entry* header = nullptr;
    const int code = archive_read_next_header(reader_.get(), &header);
    if (code == ARCHIVE_EOF) return std::nullopt;
    if (code != ARCHIVE_OK) fail();
    const char* name = archive_entry_pathname(header);
    // Folders, links, devices and holes have no place in a backup.
    if (name == nullptr || archive_entry_filetype(header) != AE_IFREG || archive_entry_hardlink(header) != nullptr ||
        !archive_entry_size_is_set(header) || archive_entry_size(header) < 0 || archive_entry_sparse_count(header) > 0)
        refuse(invalid("FILE", "app.backup_foreign"));
    entry_ = {name, archive_entry_size(header)};
    left_ = entry_.size;
    digest_ = Sha256();
    open_ = anything_ = true;
    return entry_;
}

void ArchiveReader::finish_entry() {
    while (open_) piece();
}

std::optional<ArchiveReader::Entry> ArchiveReader::next() {
    for (;;) {
        finish_entry();
        const auto entry = next_header();
        if (!entry) {
            if (!anything_) fail();
            if (!open_checksums_.empty()) damaged("end");
            while (!in_().empty()) {}  // an encrypted one says at its very end that it is whole
            return std::nullopt;
        }
        if (!entry->name.starts_with(kChecksums)) return entry;
        // They are no entry that checksums name.
        if (entry->size > kMostChecksums) damaged(entry->name);
        const auto expected = open_checksums_;
        if (whole(kMostChecksums) != expected) damaged(entry_.name);
        open_checksums_.clear();
    }
}

std::string_view ArchiveReader::piece() {
    if (!open_) return {};
    const auto want = static_cast<std::size_t>(std::min<std::int64_t>(left_, static_cast<std::int64_t>(kPiece)));
    const auto got = want == 0 ? 0 : archive_read_data(reader_.get(), buffer_.data(), want);
    if (got < 0 || (got == 0 && want > 0)) fail();
    const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(got));
    digest_.add(bytes);
    left_ -= static_cast<std::int64_t>(got);
    if (!bytes.empty()) return bytes;
    open_ = false;
    digest_digits_ = digest_.digits();
    open_checksums_ += checksum_line(digest_digits_, entry_.name);
    return {};
}

std::string ArchiveReader::whole(std::int64_t most) {
    if (entry_.size > most) damaged(entry_.name);
    std::string all;
    for (auto got = piece(); !got.empty(); got = piece()) all += got;
    return all;
}

}  // namespace loa::app
