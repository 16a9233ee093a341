// A spreadsheet of what was done, from the day it is brought until its rows are evidence: it is kept, looked at row by row
// (progress_trial.h), and taken over in one transaction, or not at all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/base/result.h"
#include "loa/formats/sheet.h"
#include "loa/identity/handover.h"
#include "loa/media/file.h"
#include "loa/storage/work.h"
#include "progress_trial.h"

namespace loa::plan {

struct ProgressImport {
    Id id;
    Id person;
    Id file;
    std::string file_name;
    ProgressAnswers answers;
    Instant brought_at;
    std::optional<Instant> recorded_at;
    std::int64_t version = 1;
};

/// Keeps the file. What the same person brought more than a week ago and never took over goes.
Result<Id> bring_progress(Work& work, const media::AcceptedFile& file);
/// NotFound unless the actor brought it.
Result<ProgressImport> own_progress_import(Work& work, Id id);
std::vector<ProgressImport> open_progress_imports(Work& work);

/// As the person last saw it.
struct ProgressRef {
    Id id;
    std::int64_t version = 0;
};
/// Conflict: in another window she has said something else meanwhile, or its rows are evidence by now. Nothing is changed.
Result<> answer_progress(Work& work, const ProgressRef& input, const ProgressAnswers& answers);
/// Every row that is ready becomes a piece of evidence, with the cell as the source of its number; each counts once its
/// aggregating office has confirmed it. Conflict: a row is unclear still; it would do something else today than what was
/// shown (`digest`); as above. Gives how many.
Result<std::size_t> record_progress(Work& work, const ProgressRef& input, std::string_view digest, const std::vector<formats::Sheet>& sheets);
/// Forgets it, and the file. Conflict once its rows are evidence.
Result<> drop_progress(Work& work, const ProgressRef& input);

/// Who brought the file, and whoever may read all the evidence that came of it.
bool may_read_progress_file(Work& work, Id import);
/// Media's record of the file that a piece of evidence came from, by piece, of one line's; those that the actor may read.
std::unordered_map<Id, Id> source_files(Work& work, Id assignment);

/// A leaver's files that are not taken over.
identity::HandoverPart progress_imports_handed_over();

}  // namespace loa::plan
