// What the pages of imports of units and of people share: the form, the bad rows, what would be done, the downloads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/formats/write_spreadsheet.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/imports.h"
#include "loa/storage/work.h"
#include "loa/web/http.h"

namespace loa::identity {

/// How an import is called and where it stands; words are translation keys.
struct ImportPage {
    std::string_view path;       // "/don-vi/nhap"; the template of the table is at "<path>/mau", a kept file's faults at "<path>/<id>/loi"
    std::string_view list_path;  // "/don-vi"
    std::string_view list, title, refused_title, lead, record;
    std::string_view stale;  // what is said when the trial would find something else today
    std::string_view faults_file;  // "don-vi-dong-can-sua": the name of the list of faults
};

constexpr std::size_t kLargestSheet = 8U << 20;  // bytes

/// What came in, read before the transaction opens (Route::prepare).
struct IncomingSheet {
    std::string file_name;
    std::vector<formats::Sheet> sheets;
    std::optional<Failure> failure;
};
IncomingSheet receive_sheet(const web::Request& request);

struct ImportCount {
    std::string_view label;  // translation key
    std::size_t count = 0;
};
using ImportCounts = std::vector<ImportCount>;

constexpr std::size_t kMostLinesShown = 500;

web::Response import_form(const Work& work, const ImportPage& page);
/// 422 with the form, and what is wrong with the file.
web::Response import_refused(const Work& work, const ImportPage& page, const Failure& failure);
/// 422 with the form, the first kMostLinesShown bad rows of the file that was kept under `id`, and the way to all of them.
web::Response import_faults(const Work& work, const ImportPage& page, Id id, const std::string& file_name, const std::vector<BadRow>& bad);
/// The same where the file was kept just now, which the refusal must not undo.
web::Response faults_of_kept(const Work& work, const ImportPage& page, Id id, const std::string& file_name, const std::vector<BadRow>& bad);
/// Every fault of every bad row as .csv: row, cell, name, what to correct.
web::Response send_faults(const Work& work, const ImportPage& page, const std::vector<BadRow>& bad);

/// What one row of the file will do.
struct ImportLine {
    int number = 0;
    std::string name, effect, details;
};
struct ImportShown {
    std::vector<ImportLine> lines;  // the first of them
    std::size_t all = 0;            // how many there are
    ImportCounts counts;
    bool stale = false;
    std::string hint;                  // a sentence about what will be done, or ""
    const Failure* failure = nullptr;  // why the button did not do it
};
/// The kept file with what it would do, and the button.
web::Response import_kept(const Work& work, const ImportPage& page, const KeptImport& kept, const ImportShown& what);

}  // namespace loa::identity
