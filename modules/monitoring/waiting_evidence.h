// Evidence that waits to be confirmed: what the office that puts a plan's work together has before it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/jobs/notices.h"
#include "loa/storage/work.h"
#include "types.h"

namespace loa::monitoring {

/// Evidence waits for one's office; once a day, however many pieces came.
inline constexpr jobs::MessageKind kEvidenceWaits{"monitoring.evidence_waits", "monitoring.message_evidence_waits", {true, jobs::MailTime::InDigest}};

struct WaitingPiece {
    Id evidence, assignment, plan, unit;
    std::string what, unit_name;
    std::string plan_name;  // its number, or its title
    std::string title;      // of the activity or duty
    Date done_on;
    Instant submitted_at;
};

/// A place in the list: behind that piece.
struct PiecePlace {
    Instant submitted_at;
    Id evidence;

    /// "0001775000000000.1234"; nothing of any other text.
    static std::optional<PiecePlace> from(std::string_view text);
    std::string text() const;
};

/// Which pieces a list shows; each narrows it.
struct WaitingFilter {
    std::vector<RunningPlan> plans;  // no others
    std::optional<Id> unit, topic, channel;
    std::optional<Date> from, to;  // done between them, both days included
    bool late = false;             // its line has missed a day
    std::optional<PiecePlace> after, before;
};
/// The oldest first, at most `limit`; the last ones before `before`.
std::vector<WaitingPiece> waiting_pieces(Work& work, const WaitingFilter& filter, int limit);

struct WaitingFigures {
    std::int64_t pieces = 0, units = 0;
    std::optional<Instant> oldest;
};
/// `pieces` counts no farther than `limit`.
WaitingFigures waiting_figures(Work& work, const std::vector<RunningPlan>& plans, std::int64_t limit);

/// For the system: tells each office what waits for it, once a day as long as anything does.
void call_for_confirmation(Work& work);

inline constexpr std::string_view kWaitingPath = "/theo-doi/cho-xac-nhan";

}  // namespace loa::monitoring
