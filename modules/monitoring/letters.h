// The official letter to units that are late: what stands in it, and who may see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/jobs/notices.h"
#include "loa/search/search.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

enum class LetterState { Draft, Issued, Cancelled };

struct UrgingLetter {
    Id id;
    Id unit;  // the office that sends it
    std::string unit_name;
    LetterState state = LetterState::Draft;
    std::string number;
    std::optional<Date> issued_on, reply_by;
    std::int64_t version = 1;
};

/// A line of a letter with the plan it is of: "Kế hoạch số 15/KH-UBND ngày 19/01/2026".
struct UrgingLetterLine {
    DueLine line;
    std::string plan_title, plan_number;
    std::optional<Date> plan_issued_on;
};

struct UrgingLetterSummary {
    UrgingLetter letter;
    std::int64_t lines = 0, open_lines = 0;
};

std::optional<UrgingLetter> letter_by_id(Work& work, Id id);
/// By unit; of one that is not issued yet only what is still open.
std::vector<UrgingLetterLine> lines_of(Work& work, const UrgingLetter& letter);
/// The latest first.
std::vector<UrgingLetterSummary> letters(Work& work, int limit);

/// May issue it, or call it off: her office sends it, or she leads.
bool may_send(const Work& work, const UrgingLetter& letter);
std::string letter_path(Id letter);

/// What the search page finds of letters: issued ones, for those who may read them. One that waits for its number has no words of
/// its own yet: it says what is late on the day it is opened.
search::SearchSource letters_source();

}  // namespace loa::monitoring
