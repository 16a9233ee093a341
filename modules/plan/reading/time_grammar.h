// What a plan prints at one place of a line about when: a day, a stretch, a rhythm, an event (contract 15-17).
#pragma once

#include <optional>

#include "reading/deadlines.h"

namespace loa::plan {

struct FoundTime {
    Deadline deadline;  // without its text
    std::size_t first = 0, last = 0;  // words
};

/// The time whose words begin at `at`. Under a label a bare day or year counts; in a sentence it needs a word such
/// as "trước", "trong", or to stand in front of its sentence.
std::optional<FoundTime> read_time(const Text& text, std::size_t at, std::size_t end, std::optional<int> year, TimeContext context);
/// What only a label makes a time: "Thường xuyên", "Theo hướng dẫn của …".
std::optional<FoundTime> read_undated_time(const Text& text, std::size_t at, std::size_t end);

}  // namespace loa::plan
