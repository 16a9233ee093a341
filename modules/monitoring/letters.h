// The official letter to units that are late: what stands in it, and who may see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/jobs/notices.h"
#include "loa/search/search.h"
#include "loa/storage/work.h"
#include "scope.h"
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
    DueLine line;  // its unit is who has it now, and may open it
    Id unit;       // whose the letter says it is
    bool waits = false;  // nobody has answered: it is open still, in a plan in force
    std::string plan_title, plan_number;
    std::optional<Date> plan_issued_on;
    std::int64_t reminders = 0;  // of its unit, by the ladder and by hand
    std::optional<Instant> last_reminded_at;
};

struct UrgingLetterSummary {
    UrgingLetter letter;
    std::int64_t lines = 0, open_lines = 0, open_units = 0;
};

/// Which letters a list shows; each narrows it.
struct LetterFilter {
    std::optional<Id> unit;  // that stands in it
    std::optional<int> year;
    std::optional<LetterState> state;
    bool unanswered = false;  // the day for answers is over, and something is open still
    std::optional<Id> older, newer;  // than that letter
};

std::optional<UrgingLetter> letter_by_id(Work& work, Id id);
/// By unit; of one that is not issued yet only what is still open, without what a unit has given back.
std::vector<UrgingLetterLine> lines_of(Work& work, const UrgingLetter& letter);
/// Those she may read, the latest first; the last `limit` before `newer`.
std::vector<UrgingLetterSummary> letters(Work& work, const Reader& reader, const LetterFilter& filter, int limit);

/// May issue it, or call it off: her office sends it, or she leads.
bool may_send(const Work& work, const UrgingLetter& letter);
/// Who sends it; who reads what any unit reports; once it is issued everyone of a unit that stands in it or has a line of it
/// now, and the office that puts the plan's work together. The same that letters() lists.
bool may_read(Work& work, const Reader& reader, Id letter);

/// Who has not answered, by the letter's names, and how many lines in all.
struct Unanswered {
    std::int64_t lines = 0;
    std::vector<std::string> units;
};
Unanswered unanswered(const std::vector<UrgingLetterLine>& lines);
/// For the system: tells the office that sent a letter once who has not answered it by its day.
void chase_answers(Work& work);
std::string letter_path(Id letter);

/// What the search page finds of letters: issued ones, for those who may read them. One that waits for its number has no words of
/// its own yet: it says what is late on the day it is opened.
search::SearchSource letters_source();

}  // namespace loa::monitoring
