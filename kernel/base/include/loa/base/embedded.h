// Files that the build compiled into the program: SQL, templates, translations, assets (cmake/Embed.cmake).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace loa {

struct EmbeddedFile {
    std::string_view path;  // below the source root, "modules/plan/sql/queries.sql"
    std::string_view bytes;
};

/// Static objects of the generated files; nothing else makes one.
class EmbeddedFiles {
  public:
    EmbeddedFiles(const EmbeddedFile* files, std::size_t count);
};

/// Every embedded file whose path starts with `prefix` and ends with `suffix`, by path.
std::vector<EmbeddedFile> embedded_files(std::string_view prefix, std::string_view suffix = {});
/// The one file of that path, or nullptr.
const EmbeddedFile* embedded_file(std::string_view path);

}  // namespace loa
