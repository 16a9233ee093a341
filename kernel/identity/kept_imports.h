// The table of files that were tried; for the files about imports.
#pragma once

#include <optional>
#include <string_view>

#include "loa/identity/imports.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class ImportOf { Units, People };

Id keep_file(Work& work, ImportOf of, const std::string& file_name, std::string_view bytes, const std::string& digest);
/// Nothing for what another person tried.
std::optional<KeptImport> kept_file(const Work& work, ImportOf of, Id id);
/// The file that is to be taken over now. Not found; conflict: it has been already, or it is not the file whose SHA-256
/// was shown.
Result<KeptImport> file_to_apply(const Work& work, ImportOf of, Id id, std::string_view shown_sha256);
/// Conflict: somebody was faster.
Result<> mark_applied(Work& work, const KeptImport& kept);

}  // namespace loa::identity
