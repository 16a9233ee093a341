#include "archive.h"

#include <zip.h>

#include <algorithm>
#include <utility>

#include "file_problems.h"

namespace loa::formats {

namespace {

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

std::size_t little_endian(std::string_view bytes, std::size_t at, std::size_t width) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

constexpr std::string_view kEndOfDirectory{"PK\x05\x06", 4};
constexpr std::size_t kEndOfDirectorySize = 22;

/// The most entries that any end-of-directory record claims. libzip allocates for each before we could
/// count them, so the claim is read first; 0 when there is no record.
std::size_t claimed_entries(std::string_view bytes) {
    constexpr std::size_t kLongestComment = 0xFFFF;
    std::size_t most = 0;
    const std::size_t from = bytes.size() - std::min(bytes.size(), kLongestComment + kEndOfDirectorySize);
    for (std::size_t at = bytes.find(kEndOfDirectory, from); at != std::string_view::npos;
         at = bytes.find(kEndOfDirectory, at + 1)) {
        if (bytes.size() - at < kEndOfDirectorySize) break;
        most = std::max(most, little_endian(bytes, at + 10, 2));
    }
    return most;
}

bool climbs_out(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != name.npos || name.find(':') != name.npos)
        return true;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        if (name.substr(begin, end - begin) == "..") return true;
        begin = end + 1;
    }
    return false;
}

}  // namespace

struct Archive::State {
    std::unique_ptr<zip_t, CloseArchive> zip;
    ArchiveLimits limits;
    std::size_t inflated = 0;
};

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(std::string_view bytes, const ArchiveLimits& limits) {
    if (claimed_entries(bytes) > limits.entries) return too_large_inside();
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (source == nullptr) return damaged();
    zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
    if (zip == nullptr) {
        zip_source_free(source);
        return damaged();
    }
    auto state = std::make_unique<State>();
    state->zip.reset(zip);
    state->limits = limits;
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > static_cast<zip_int64_t>(limits.entries)) return too_large_inside();
    for (zip_int64_t index = 0; index < count; ++index) {
        const char* name = zip_get_name(zip, static_cast<zip_uint64_t>(index), ZIP_FL_ENC_RAW);
        if (name == nullptr || climbs_out(name)) return unsafe_archive();
    }
    return Archive(std::move(state));
}

bool Archive::contains(const std::string& name) const {
    return zip_name_locate(state_->zip.get(), name.c_str(), ZIP_FL_ENC_RAW) >= 0;
}

std::vector<std::string> Archive::names() const {
    std::vector<std::string> all;
    const zip_int64_t count = zip_get_num_entries(state_->zip.get(), 0);
    for (zip_int64_t index = 0; index < count; ++index)
        all.emplace_back(zip_get_name(state_->zip.get(), static_cast<zip_uint64_t>(index), ZIP_FL_ENC_RAW));
    return all;
}

Result<std::string> Archive::read(const std::string& name) {
    const ArchiveLimits& limits = state_->limits;
    const zip_int64_t located = zip_name_locate(state_->zip.get(), name.c_str(), ZIP_FL_ENC_RAW);
    if (located < 0) return damaged();
    const auto index = static_cast<zip_uint64_t>(located);
    zip_stat_t about;
    zip_stat_init(&about);
    constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(state_->zip.get(), index, 0, &about) != 0 || (about.valid & kNeeded) != kNeeded)
        return damaged();
    if (about.encryption_method != ZIP_EM_NONE) return encrypted();

    const std::size_t packed = static_cast<std::size_t>(about.comp_size);
    std::size_t most = std::min(limits.entry_bytes, limits.total_bytes - state_->inflated);
    most = std::min(most, std::max(limits.ratio_from, packed > most ? most : packed * limits.ratio));
    if (about.size > most) return too_large_inside();
    const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(state_->zip.get(), index, 0));
    if (!entry) return damaged();

    std::string content(static_cast<std::size_t>(about.size), '\0');
    std::size_t length = 0;
    while (length < content.size()) {
        const zip_int64_t got = zip_fread(entry.get(), content.data() + length, content.size() - length);
        if (got <= 0) return damaged();
        length += static_cast<std::size_t>(got);
    }
    // One byte more than stated: a lie about the size shows here, as does a wrong checksum.
    char beyond = 0;
    if (zip_fread(entry.get(), &beyond, 1) != 0) return damaged();
    state_->inflated += length;
    return content;
}

}  // namespace loa::formats
