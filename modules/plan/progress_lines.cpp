#include "progress_lines.h"

#include <algorithm>
#include <iterator>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "rows.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr double kSure = 0.8, kSureWithOrdinal = 0.4, kAhead = 0.15, kLikely = 0.25;
constexpr std::size_t kAll = 20;
constexpr std::size_t kTelling = 20;  // bytes of words that say enough to stand for a longer title

/// "1.2." and "1.2" are one.
std::string plain_ordinal(std::string_view ordinal) {
    std::string plain = fold(ordinal);
    while (!plain.empty() && (plain.back() == '.' || plain.back() == ')')) plain.pop_back();
    return plain;
}

std::vector<std::string> sorted_words(const std::string& folded) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : folded + " ") {
        const bool letter = static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (letter) word += c;
        else if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    std::sort(words.begin(), words.end());
    return words;
}

/// How much of both is in the other: 0 … 1.
double shared_part(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const auto all = a.size() + b.size();
    return all == 0 ? 0 : 2.0 * static_cast<double>(both.size()) / static_cast<double>(all);
}

}  // namespace

ReportableLines::ReportableLines(Work& work) : names_(UnitNames::on(work, work.today())), ended_(UnitNames::ended_by(work, work.today())) {
    const auto own = identity::own_units(work);
    std::unordered_map<Id, bool> reachable, for_others;
    const auto remembered = [&](std::unordered_map<Id, bool>& known, const identity::Verb& verb, Id unit) {
        const auto [found, is_new] = known.try_emplace(unit);
        if (is_new) found->second = identity::may_in_unit(work, verb, unit);
        return found->second;
    };
    std::unordered_map<Id, std::size_t> subjects;
    for (const auto& row : work.db.query("plan.lines_in_force", {work.authority})) {
        ReportableLine line{row.id("id"), row.id("plan_id"), row.id("unit_id"), assignment_state(row.text("state")), 0, false};
        if (!remembered(reachable, kReport, line.unit) && !remembered(for_others, kReportForOthers, row.id("aggregating_unit_id"))) continue;
        line.own = std::find(own.begin(), own.end(), line.unit) != own.end();
        const Id subject = row.optional_id("activity_id").value_or(row.optional_id("duty_id").value_or(Id{}));
        const auto [place, is_new] = subjects.try_emplace(subject, subjects_.size());
        if (is_new) {
            Subject words{line.plan, static_cast<int>(row.number("year_from")), static_cast<int>(row.number("year_to")), row.optional_text("ordinal").value_or(""), row.optional_text("text").value_or(""), {}, {}};
            words.folded = fold(words.text);
            words.words = sorted_words(words.folded);
            subjects_.push_back(std::move(words));
        }
        line.subject = place->second;
        unit_names_.emplace(line.unit, row.optional_text("unit_name").value_or(""));
        const auto number = row.optional_text("issued_number");
        plan_names_.emplace(line.plan, number ? *number + "/" + row.optional_text("document_symbol").value_or("") : row.text("plan_title"));
        by_assignment_.emplace(line.assignment, lines_.size());
        lines_.push_back(line);
    }
    for (const auto& [name, bearers] : names_.all()) {
        auto& known = without_marks_[fold(name)];
        for (const auto& bearer : bearers)
            if (std::find(known.begin(), known.end(), bearer) == known.end()) known.push_back(bearer);
    }
}

std::optional<std::size_t> ReportableLines::by_assignment(Id assignment) const {
    const auto found = by_assignment_.find(assignment);
    return found == by_assignment_.end() ? std::nullopt : std::optional(found->second);
}

std::string ReportableLines::title(const ReportableLine& line) const {
    const Subject& subject = subjects_[line.subject];
    return subject.ordinal.empty() ? subject.text : subject.ordinal + " " + subject.text;
}

std::string ReportableLines::unit_name(Id unit) const {
    const auto found = unit_names_.find(unit);
    return found == unit_names_.end() ? std::string() : found->second;
}

std::string ReportableLines::plan_name(Id plan) const {
    const auto found = plan_names_.find(plan);
    return found == plan_names_.end() ? std::string() : found->second;
}

double ReportableLines::likeness(const Subject& subject, const LineWords& asked, const std::string& folded, const std::vector<std::string>& words) const {
    if (folded.empty()) return !asked.ordinal.empty() && plain_ordinal(asked.ordinal) == plain_ordinal(subject.ordinal) ? 1 : 0;
    // Titles are copied with their number as often as without.
    if (folded == subject.folded || folded == fold(subject.ordinal + " " + subject.text)) return 1;
    double like = shared_part(words, subject.words);
    const bool inside = (folded.size() >= kTelling && subject.folded.find(folded) != std::string::npos) || (subject.folded.size() >= kTelling && folded.find(subject.folded) != std::string::npos);
    if (inside) like = std::max(like, 0.95);
    if (like >= kSureWithOrdinal && !asked.ordinal.empty() && plain_ordinal(asked.ordinal) == plain_ordinal(subject.ordinal)) like = std::max(like, 0.9);
    return like;
}

LineMatch ReportableLines::match(const LineWords& asked) const {
    const std::string folded = fold(asked.content);
    const auto words = sorted_words(folded);
    std::vector<double> likes(subjects_.size(), -1);  // of a subject, once it is asked for
    struct Ranked {
        std::size_t line;
        double like;
        int near;  // of those that are as like: 2 in the year of its plan, and 1 more her own unit's
    };
    std::vector<Ranked> ranked;
    // One's own lines, or a unit's, are few: even the unlikely may be chosen from. Of all units' only the likely are.
    const bool few = asked.unit || lines_.size() <= kAll;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto& line = lines_[i];
        if (asked.unit && line.unit != *asked.unit) continue;
        auto& like = likes[line.subject];
        const Subject& subject = subjects_[line.subject];
        if (like < 0) like = likeness(subject, asked, folded, words);
        if (!few && !line.own && like < kLikely) continue;
        const bool in_year = !asked.day || subject.year_from == 0 || (subject.year_from <= asked.day->year() && asked.day->year() <= subject.year_to);
        ranked.push_back({i, like, (in_year ? 2 : 0) + (line.own ? 1 : 0)});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) { return a.like != b.like ? a.like > b.like : a.near > b.near; });
    const auto beats = [&](const Ranked& first, const Ranked& second) {
        return first.like - second.like >= kAhead || (first.like == 1 && second.like < 1) || (first.like == second.like && first.near > second.near);
    };
    LineMatch match;
    if (!ranked.empty() && ranked[0].like >= kSure && (ranked.size() == 1 || beats(ranked[0], ranked[1]))) {
        match.sure = ranked[0].line;
        return match;
    }
    const auto most = std::min(ranked.size(), kAll);
    for (std::size_t i = 0; i < most; ++i) match.candidates.push_back(ranked[i].line);
    return match;
}

std::vector<NamedUnit> ReportableLines::units_called(std::string_view name) const {
    auto found = names_.candidates(name);
    if (found.empty()) found = ended_.candidates(name);
    if (found.empty())
        if (const auto plain = without_marks_.find(fold(compared_name(name))); plain != without_marks_.end()) found = plain->second;
    // "Văn phòng HĐND và UBND" of a commune's own table is its "Văn phòng HĐND và UBND xã".
    if (const std::string start = fold(compared_name(name)) + " "; found.empty() && std::count(start.begin(), start.end(), ' ') > 1)
        for (const auto& [longer, bearers] : without_marks_)
            if (longer.starts_with(start))
                for (const auto& bearer : bearers)
                    if (std::find(found.begin(), found.end(), bearer) == found.end()) found.push_back(bearer);
    std::erase_if(found, [](const NamedUnit& unit) { return !unit.unit; });
    return found;
}

}  // namespace loa::plan
