// Everything that changes something: reminding units of what is due, and when that happens by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loa/base/result.h"
#include "loa/jobs/notices.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

/// A day is near, or here.
inline constexpr jobs::MessageKind kDueSoon{"monitoring.due_soon", "monitoring.message_due_soon", {true, jobs::MailTime::AtOnce}};
/// A letter waits for its number, or was issued; leaders hear what is late in spite of it.
inline constexpr jobs::MessageKind kLetter{"monitoring.letter", "monitoring.message_letter", {true, jobs::MailTime::AtOnce}};
/// A day is over and nothing was reported, or somebody urges.
inline constexpr jobs::MessageKind kUrged{"monitoring.urged", "monitoring.message_urged", {true, jobs::MailTime::AtOnce}};

/// Which days a ladder counts. By working days nothing is done on a day off, and "on the day" is told on the last working day
/// before one that falls on it.
enum class DaysCounted { Calendar, Working };

/// What is done about a line that is open, in days after its due day; negative: before it.
struct Ladder {
    DaysCounted counted = DaysCounted::Calendar;
    std::vector<int> notices{-3, 0, 2};  // the unit is reminded, the earliest first
    std::optional<int> letter = 2;       // it comes into the office's next letter
    std::optional<int> leaders = 5;      // the leaders hear of it

    bool operator==(const Ladder&) const = default;
};
Ladder ladder(Work& work);
/// By whom kSetLadder allows. Invalid ("notices", "letter", "leaders"): no notice, more than 10, a day beyond 60, the same
/// twice, a letter before the day is over, leaders before the letter.
Result<> set_ladder(Work& work, const Ladder& ladder);

/// By hand: tells the people of the unit whose line it is, at most once a day for each time that the line falls due, until it
/// is reported and returned. Gives how many lines were told of: at a second press the same day none. Not found: no such
/// line of a plan in force; conflict ("monitoring.not_open", "monitoring.no_day", "monitoring.given_back"): it is reported by
/// now, never falls due, or its unit has said no and waits for a word.
Result<int> remind(Work& work, Id occurrence);
/// What is late now in that scope, of the plans whose units the person may remind, but at most kMostAtOnce: the longest late.
struct Urged {
    std::int64_t lines = 0, left = 0;  // each time that a line has missed counts
};
inline constexpr int kMostAtOnce = 1000;
Result<Urged> remind_all_late(Work& work, const Scope& scope);
/// Of these plans those whose units the person may remind.
std::vector<Id> urged_by_her(const Work& work, const std::vector<RunningPlan>& plans);
/// As far as a button says how many it is for.
inline constexpr int kMostNamed = 100;
/// How many lines of these plans remind_all_late() would remind of, if there were no most; never more than kMostNamed + 1.
std::int64_t count_to_urge(Work& work, const std::vector<RunningPlan>& plans, const Scope& scope);

/// The office that puts the plan's work together gives a letter its number and day; then its list stays as it is, without
/// what has been reported by now, and every unit that stands in it is told. Invalid: no number, a day that is none or
/// still to come, an answer asked for before the letter; conflict ("monitoring.letter_empty"): nobody is late any more.
struct IssueLetter {
    Id letter;
    std::int64_t version = 0;
    std::string number;
    std::string issued_on, reply_by;  // as typed
};
Result<> issue_letter(Work& work, const IssueLetter& input);
Result<> cancel_letter(Work& work, Id letter, std::int64_t version);

/// For the system: takes every step of the ladder whose day has come. A line that falls due within the days of a step before
/// it, or stays open past those of a step behind it, is reminded of once for each step, and anew once it was reported and
/// returned; a line that its unit has given back waits until the aggregating office has decided. People are told once for
/// each unit and step. The office that sent a letter is told once who has not answered it by its day. Gives how many lines.
int urge(Work& work);

}  // namespace loa::monitoring
