// Backups of any shape: the packed archive, the manifest, the end, rows.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "backup.h"
#include "backup_refused.h"
#include "promises.h"

namespace {

using namespace loa;

/// What is refused is refused with one sentence.
template <class Read>
void read(Read reading) {
    try {
        reading();
    } catch (const app::BackupRefused& refused) {
        fuzz::require(refused.failure.problems.size() == 1 && !refused.failure.problems.front().key.empty());
    }
}

void read_archive(std::string_view bytes) {
    bool given = false;
    app::BackupVisitor nobody;
    app::read_backup([&] { return std::exchange(given, true) ? std::string_view() : bytes; }, nobody);
}

/// What was understood is written and understood again.
void read_manifest(std::string_view text) {
    const auto manifest = app::manifest_from(text);
    const auto again = app::manifest_text(manifest);
    fuzz::require(app::manifest_text(app::manifest_from(again)) == again);
}

void read_end(std::string_view text) {
    const auto again = app::end_text(app::end_from(text));
    fuzz::require(app::end_text(app::end_from(again)) == again);
}

void read_row(std::string_view line) {
    const std::vector<storage::Column> columns{{"id", storage::ColumnType::Number}, {"name", storage::ColumnType::Text}};
    const auto row = app::row_from(line, columns, "fuzz");
    fuzz::require(row.size() == columns.size() && row[0].text() == nullptr && row[1].number() == nullptr);
    fuzz::require(app::row_from(app::row_line(row), columns, "fuzz") == row);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read([&] { read_archive(bytes); });
    read([&] { read_manifest(bytes); });
    read([&] { read_end(bytes); });
    read([&] { read_row(bytes); });
    return 0;
}
