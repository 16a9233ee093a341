// What stands in front of a date and says what the date is.
#pragma once

#include <cstddef>

#include "reading/words.h"

namespace loa::plan {

struct LeadIn {
    bool before = false;  // "trước"
    bool limit = false;   // "trước", "chậm nhất": the date is the last there is
    bool until = false;   // "đến", "đến hết"
    bool from = false;    // "từ"
    bool led = false;     // any word at all
};

/// `at` is moved past it: to the date, or to where one could stand.
LeadIn read_lead_in(const Text& text, std::size_t& at, std::size_t end);

}  // namespace loa::plan
