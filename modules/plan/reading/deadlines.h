// Deadlines: days, windows, what comes again, what follows an event, what never ends (contract 15-18).
#pragma once

#include <optional>
#include <vector>

#include "loa/plan/reading.h"
#include "reading/agencies.h"
#include "reading/words.h"

namespace loa::plan {

/// Under a label or in a column every time is the deadline; in a sentence only what is said to be one.
enum class TimeContext { Label, Sentence };

/// The deadline in words [first, last). `year` completes a date that has none; nothing is completed without
/// it. Words inside `taken` (rates of targets, in order) do not count.
std::optional<Deadline> read_deadline(const Text& text, std::size_t first, std::size_t last, std::optional<int> year,
                                      TimeContext context, const std::vector<Span>& taken = {});

/// "ngày 05 tháng 01 năm 2024", "05/01/2024", "tháng 02 năm 2023", blanks for missing parts.
struct PrintedDate {
    PartialDate date;
    std::size_t end = 0;  // the word behind it
};
std::optional<PrintedDate> read_date(const Text& text, std::size_t at, std::size_t end);
/// "31/11/2026", "ngày 32 tháng 5", "Quý V": what stands where a time belongs and is none. Whoever meant it must be
/// asked; its month or its year alone would be a guess.
bool holds_impossible_date(const Text& text, std::size_t first, std::size_t last);

}  // namespace loa::plan
