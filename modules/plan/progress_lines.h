// The lines that a person may report on, and which of them a row of a spreadsheet means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loa/storage/work.h"
#include "names.h"
#include "types.h"

namespace loa::plan {

struct ReportableLine {
    Id assignment, plan, unit;
    AssignmentState state = AssignmentState::Open;
    std::size_t subject = 0;
    bool own = false;  // her unit's; else her office reports in its place
};

/// What a row says of where it belongs.
struct LineWords {
    std::string_view ordinal, content;
    std::optional<Id> unit;   // none: the table does not say; then her own unit's goes before others'
    std::optional<Date> day;  // of two years' plans that say the same, the one it falls into
};

struct LineMatch {
    std::optional<std::size_t> sure;
    std::vector<std::size_t> candidates;  // the likeliest first, where none is sure
};

class ReportableLines {
  public:
    explicit ReportableLines(Work& work);

    const std::vector<ReportableLine>& all() const { return lines_; }
    std::optional<std::size_t> by_assignment(Id assignment) const;
    /// "1.2 Tổ chức hội nghị": of its activity, or the duty.
    std::string title(const ReportableLine& line) const;
    const std::string& ordinal(const ReportableLine& line) const { return subjects_[line.subject].ordinal; }
    const std::string& text(const ReportableLine& line) const { return subjects_[line.subject].text; }
    std::string unit_name(Id unit) const;
    std::string plan_name(Id plan) const;

    LineMatch match(const LineWords& words) const;
    /// Is there a line of that unit?
    bool has_unit(Id unit) const { return unit_names_.contains(unit); }
    /// Units of today by any name they bear or bore, also of those that have ended; where none fits, without marks, and then
    /// by the beginning of a name.
    std::vector<NamedUnit> units_called(std::string_view name) const;

  private:
    struct Subject {
        Id plan;
        int year_from = 0, year_to = 0;
        std::string ordinal, text, folded;
        std::vector<std::string> words;  // folded, in the order of the alphabet
    };

    double likeness(const Subject& subject, const LineWords& asked, const std::string& folded, const std::vector<std::string>& words) const;

    std::vector<ReportableLine> lines_;
    std::vector<Subject> subjects_;
    std::unordered_map<Id, std::size_t> by_assignment_;
    std::unordered_map<Id, std::string> unit_names_, plan_names_;
    UnitNames names_, ended_;
    std::unordered_map<std::string, std::vector<NamedUnit>> without_marks_;
};

}  // namespace loa::plan
