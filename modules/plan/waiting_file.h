// A plan's file that other programs have to read first (PDF, .doc, .odt, .rtf): the person who brings it gets a page
// that says how far it is, a job reads it, and the draft is hers as if a page had read it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/identity/handover.h"
#include "loa/media/file.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

struct WaitingFile {
    using State = WaitingFileState;
    Id id;
    Id person;
    Id drafting_unit;
    Id file;
    std::string file_name;
    State state = State::Waiting;
    int pages_done = 0, pages = 0;   // of a scan; 0 while nobody knows
    std::optional<Id> plan;          // once it is read
    std::optional<Problem> problem;  // why it was refused
    Instant created_at;

    /// No attempt lives this long: whatever read it was stopped, and nobody came to say so.
    bool given_up(Instant now) const;
};

/// Keeps the file and asks for its reading; gives the id that wait_path() leads to.
Result<Id> bring_file(Work& work, const media::AcceptedFile& file, Id drafting_unit);
/// NotFound unless the actor brought it.
Result<WaitingFile> own_waiting_file(Work& work, Id id);
/// Nothing is read, and the file is not kept. Conflict when it has ended already.
Result<> cancel_waiting_file(Work& work, Id id);

/// The job that reads such files.
/// A leaver's files on their way in.
identity::HandoverPart waiting_files_handed_over();

void join_waiting_files(Registry& registry, const std::shared_ptr<media::FileStore>& store);

}  // namespace loa::plan
