// Which of a unit's lines "Việc của đơn vị tôi" shows, on the page, on paper and for Word.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loa/storage/work.h"
#include "loa/web/http.h"
#include "loa/web/view.h"
#include "queries.h"

namespace loa::plan {

struct UnitWorkFilter {
    std::optional<Id> plan, topic, channel;
    std::string state;  // "open", "late", "reported", "closed"; "": any
    std::optional<Date> from, to;  // it falls due between them, both days included
    std::string typed_from, typed_to;

    bool narrows() const { return plan || topic || channel || !state.empty() || from || to; }
    /// "ke-hoach=1&trang-thai=late"; "" where nothing was asked.
    std::string query() const;
};

/// What the address asks for; what it asks wrongly is left out.
UnitWorkFilter unit_work_filter(const web::Request& request);
/// Takes out what the filter doesn't let through.
void keep_asked(Work& work, const UnitWorkFilter& filter, std::vector<UnitLine>& lines);
/// The form's choices, of these lines' plans: "plans", "topics", "channels", "states", "from", "to", "error_from", "error_to".
web::View filter_view(Work& work, const UnitWorkFilter& filter, const std::vector<UnitLine>& lines);

}  // namespace loa::plan
