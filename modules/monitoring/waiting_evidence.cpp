#include "waiting_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "loa/identity/telling.h"
#include "loa/identity/units.h"
#include "queries.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kMomentDigits = 16;
constexpr std::int64_t kMostCounted = 1'000'000;

std::string listed_plans(const std::vector<RunningPlan>& plans) {
    std::vector<Id> ids;
    for (const auto& plan : plans) ids.push_back(plan.id);
    return listed(ids);
}

storage::ListRequest request_for(const WaitingFilter& filter, Date today) {
    storage::ListRequest request;
    request.order = filter.before ? "newest" : "oldest";
    request.filters.emplace_back("plans", listed_plans(filter.plans));
    if (filter.unit) request.filters.emplace_back("unit", *filter.unit);
    if (filter.topic) request.filters.emplace_back("topic", *filter.topic);
    if (filter.channel) request.filters.emplace_back("channel", *filter.channel);
    if (filter.from) request.filters.emplace_back("done_from", *filter.from);
    if (filter.to) request.filters.emplace_back("done_to", *filter.to);
    if (filter.late) request.filters.emplace_back("late_on", today);
    if (filter.after) request.filters.emplace_back("after", filter.after->text());
    if (filter.before) request.filters.emplace_back("before", filter.before->text());
    return request;
}

/// Names are few and read once, not with each piece.
void set_names(Work& work, std::vector<WaitingPiece>& pieces, const std::vector<Id>& subjects, const std::vector<RunningPlan>& plans) {
    std::unordered_map<Id, std::string> titles, units;
    for (const auto& row : work.db.query("monitoring.subjects", {work.authority, "issued"})) {
        const auto ordinal = row.text("ordinal");
        titles[row.id("id")] = ordinal.empty() ? row.text("title") : ordinal + " " + row.text("title");
    }
    std::vector<Id> ids;
    for (const auto& piece : pieces) ids.push_back(piece.unit);
    for (const auto& unit : identity::units_by_ids(work, ids)) units[unit.id] = unit.name;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        pieces[i].title = titles[subjects[i]];
        pieces[i].unit_name = units[pieces[i].unit];
        for (const auto& plan : plans)
            if (plan.id == pieces[i].plan) pieces[i].plan_name = plan.document_number.empty() ? plan.title : plan.document_number;
    }
}

}  // namespace

std::optional<PiecePlace> PiecePlace::from(std::string_view text) {
    if (text.size() < kMomentDigits + 2 || text[kMomentDigits] != '.') return std::nullopt;
    const auto at = parse_id(text.substr(0, kMomentDigits)), id = parse_id(text.substr(kMomentDigits + 1));
    if (!at || !id) return std::nullopt;
    return PiecePlace{Instant{at->value}, *id};
}

std::string PiecePlace::text() const { return fmt::format("{:016}.{}", submitted_at.milliseconds, to_string(evidence)); }

std::vector<WaitingPiece> waiting_pieces(Work& work, const WaitingFilter& filter, int limit) {
    auto request = request_for(filter, work.today());
    request.limit = limit;
    std::vector<WaitingPiece> pieces;
    std::vector<Id> subjects;
    for (const auto& row : work.db.list("monitoring.waiting_evidence", {work.authority}, request)) {
        WaitingPiece piece;
        piece.evidence = row.id("id");
        piece.assignment = row.id("assignment_id");
        piece.plan = row.id("plan_id");
        piece.unit = row.id("unit_id");
        piece.what = row.text("what");
        piece.done_on = row.date("done_on");
        piece.submitted_at = row.instant("submitted_at");
        pieces.push_back(std::move(piece));
        subjects.push_back(row.id("subject_id"));
    }
    set_names(work, pieces, subjects, filter.plans);
    if (filter.before) std::reverse(pieces.begin(), pieces.end());
    return pieces;
}

WaitingFigures waiting_figures(Work& work, const std::vector<RunningPlan>& plans, std::int64_t limit) {
    if (plans.empty()) return {};
    const auto row = work.db.one("monitoring.count_waiting_evidence", {work.authority, listed_plans(plans), limit});
    return {row->number("pieces"), row->number("units"), row->optional_instant("oldest")};
}

void call_for_confirmation(Work& work) {
    std::map<Id, std::vector<RunningPlan>> offices;
    for (const auto& plan : running_plans(work)) offices[plan.aggregating_unit].push_back(plan);
    for (const auto& [office, plans] : offices) {
        const auto waits = waiting_figures(work, plans, kMostCounted);
        if (waits.pieces == 0) continue;
        if (work.db.run("monitoring.note_evidence_notice", {work.authority, office, work.today()}) == 0) continue;
        identity::tell_unit(work, office, kEvidenceWaits,
                            {.key = "monitoring.notice_evidence_waits",
                             .args = {{"n", std::to_string(waits.pieces)}, {"m", std::to_string(waits.units)}, {"day", waits.oldest->date().vietnamese()}},
                             .path = std::string(kWaitingPath),
                             .about = {}});
    }
}

}  // namespace loa::monitoring
