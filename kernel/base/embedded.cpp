#include "loa/base/embedded.h"

#include <algorithm>

namespace loa {

namespace {
// Filled by static objects before main, read-only after.
std::vector<EmbeddedFile>& all_files() {
    static std::vector<EmbeddedFile> files;
    return files;
}
}  // namespace

EmbeddedFiles::EmbeddedFiles(const EmbeddedFile* files, std::size_t count) {
    all_files().insert(all_files().end(), files, files + count);
}

std::vector<EmbeddedFile> embedded_files(std::string_view prefix, std::string_view suffix) {
    std::vector<EmbeddedFile> found;
    for (const auto& file : all_files())
        if (file.path.starts_with(prefix) && file.path.ends_with(suffix)) found.push_back(file);
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return found;
}

const EmbeddedFile* embedded_file(std::string_view path) {
    const auto& files = all_files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

}  // namespace loa
