// What a spreadsheet of what was done would become, row by row: the dry run. Nothing is changed to find out.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence.h"
#include "loa/base/result.h"
#include "loa/formats/sheet.h"
#include "loa/storage/work.h"
#include "progress_rows.h"
#include "progress_table.h"

namespace loa::plan {

/// What the person said of one row.
struct RowChoice {
    bool skip = false;
    bool anyway = false;  // more than was asked for is right
    std::optional<Id> assignment, target;

    bool operator==(const RowChoice&) const = default;
};

/// What the person said of the table; what she did not say is as the words above the columns say it.
struct ProgressAnswers {
    std::optional<std::size_t> sheet;
    std::optional<ProgressPlaces> places;
    std::optional<Counting> counting;
    std::optional<Date> day;           // of rows that name none
    std::map<int, RowChoice> rows;     // by their number
};

/// One line and target that a row may mean.
struct RowCandidate {
    Id assignment;
    std::optional<Id> target;
    std::string title, unit, target_text, plan;
};

/// A row that says something was done.
struct RowOutcome {
    enum class State {
        Ready,     // becomes a piece of evidence
        Unclear,   // which line or target it means: to be chosen from `candidates`
        Beyond,    // more than was asked for: is that right?
        Refused,   // `faults` say why
        Recorded,  // was taken in before, or counts nothing new
        Skipped    // the person wants it left out
    };
    State state = State::Ready;
    int number = 0;
    std::string says;        // the row's own words
    bool chosen = false;     // a person has decided about it
    std::vector<RowFault> faults;
    std::vector<RowCandidate> candidates;
    std::optional<Problem> note;  // in words: how far beyond, what is known already

    Id plan, assignment, unit;
    bool for_others = false;  // her office reports in the place of the line's unit
    std::string title, unit_name;
    std::optional<Id> target;
    std::string target_word;
    double quantity = 0;          // 0: nothing is counted
    std::optional<Date> done_on;
    std::string what, place, link, number_source;
    std::string fingerprint;      // the same for rows that say the same
    std::optional<Id> evidence;   // what it became, if Recorded
};

struct ProgressTrial {
    ProgressTable table;
    std::vector<std::string> sheet_names;  // of the file, in their order
    std::vector<RowOutcome> rows;
    std::size_t blank = 0, sums = 0, formulas = 0;

    std::size_t count(RowOutcome::State state) const;
    std::size_t open_questions() const { return count(RowOutcome::State::Unclear) + count(RowOutcome::State::Beyond); }
    /// Of what would be recorded: two trials that would do the same have the same.
    std::string digest() const;
};
/// Candidates are looked for of the first rows that are unclear; the next follow when those are answered.
inline constexpr std::size_t kMostUnclear = 100;

/// For the lines that the person may report on: her unit's, and those of the plans that her office puts together. Invalid
/// ("file"): no headings that tell what was done of what, nothing below them, more than kMostProgressRows.
Result<ProgressTrial> try_progress(Work& work, const std::vector<formats::Sheet>& sheets, const ProgressAnswers& answers, const std::string& file_name);

}  // namespace loa::plan
