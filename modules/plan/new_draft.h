// A draft that is put together from what is known already, not read from a file: a child plan, next year's plan.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/storage/work.h"
#include "types.h"

namespace loa::plan {

/// Activities and duties bring their ids, so that others can point at them; clauses and positions are given here.
struct NewDraft {
    DocumentHead head;
    Id drafting_unit;
    int year_from = 0, year_to = 0;
    std::vector<Clause> clauses;
    std::vector<ActivityText> activities;  // with their Topics and Channels, which the actor says
    std::vector<DutyText> duties;
};

/// Every item waits for a person's yes. `step` is how the plan began: "child_made". The caller writes the timeline.
Id write_new_draft(Work& work, NewDraft draft, std::string_view step);

/// A legal basis that cites an issued revision of a plan, as decrees on clerical work ask for: number, day, issuer, title.
Clause basis_of(const Revision& revision, std::string_view issuer);
/// "Thành phố Hồng Ngự", as it stands inside a sentence; "TUYÊN TRUYỀN" stays as it is.
std::string in_sentence(const std::string& title);
/// "15/KH-UBND" of an issued revision: of the plan itself, or of the decision that it is issued with.
std::string document_number_of(const Revision& revision);

}  // namespace loa::plan
