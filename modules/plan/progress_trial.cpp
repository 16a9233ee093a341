#include "progress_trial.h"

#include <algorithm>
#include <unordered_map>

#include "child_report.h"
#include "evidence_time.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "progress_lines.h"
#include "views.h"

namespace loa::plan {

namespace {

using State = RowOutcome::State;
using Column = ProgressColumn;

constexpr std::size_t kLongestLink = 2000;

class Trial {
  public:
    Trial(Work& work, const ProgressTable& table, const ProgressAnswers& answers, std::string source)
        : work_(work), table_(table), answers_(answers), source_(std::move(source)), lines_(work) {}

    RowOutcome outcome_of(const ProgressRow& row) {
        RowOutcome outcome;
        outcome.number = row.number;
        outcome.says = says(row);
        outcome.faults = row.faults;
        const auto choice = answers_.rows.find(row.number);
        const RowChoice chosen = choice == answers_.rows.end() ? RowChoice{} : choice->second;
        outcome.chosen = chosen != RowChoice{};
        if (chosen.skip) {
            outcome.state = State::Skipped;
            outcome.faults.clear();
            return outcome;
        }
        const auto line = line_of(row, chosen, outcome);
        outcome.done_on = row.day ? row.day : answers_.day;
        if (!outcome.done_on && !has_fault(row, Column::Day)) fault(outcome, row, Column::Day, "plan.progress_no_day");
        if (row.link.starts_with("http") && (length(row.link) > kLongestLink || row.link.find_first_of(" \"<>") != std::string::npos || row.link.find("://") == std::string::npos))
            fault(outcome, row, Column::Link, "jobs.fetch_not_web");
        if (!outcome.faults.empty()) {
            outcome.state = State::Refused;
            return outcome;
        }
        if (line) weigh(row, chosen, lines_.all()[*line], outcome);
        return outcome;
    }

  private:
    static std::string says(const ProgressRow& row) {
        const auto& words = !row.content.empty() ? row.content : !row.code.empty() ? row.code : row.ordinal;
        return shortened(row.ordinal.empty() || row.content.empty() ? words : row.ordinal + " " + words, 160);
    }

    bool has_fault(const ProgressRow& row, Column column) const {
        const auto cell = row.address(table_, column);
        return !cell.empty() && std::any_of(row.faults.begin(), row.faults.end(), [&](const RowFault& one) { return one.cell == cell; });
    }

    void fault(RowOutcome& outcome, const ProgressRow& row, Column column, std::string key, std::vector<std::pair<std::string, std::string>> args = {}) const {
        outcome.faults.push_back({row.address(table_, column), {"", std::move(key), std::move(args)}});
    }

    /// The unit that the row names, if it is one whose lines she may report on; a fault of the row if not.
    std::optional<Id> unit_of(const ProgressRow& row, RowOutcome& outcome) {
        if (row.unit.empty()) return std::nullopt;
        auto [known, is_new] = units_.try_emplace(row.unit);
        if (is_new) known->second = lines_.units_called(row.unit);
        const auto& called = known->second;
        const std::vector<std::pair<std::string, std::string>> args{{"unit", shortened(row.unit, 120)}};
        std::vector<Id> hers;
        for (const auto& unit : called)
            if (lines_.has_unit(*unit.unit)) hers.push_back(*unit.unit);
        if (hers.size() == 1) return hers.front();
        fault(outcome, row, Column::Unit, called.empty() ? "plan.progress_unit_unknown" : hers.empty() ? "plan.progress_unit_not_yours" : "plan.progress_unit_ambiguous", args);
        return std::nullopt;
    }

    std::optional<std::size_t> line_of(const ProgressRow& row, const RowChoice& chosen, RowOutcome& outcome) {
        const auto unit = unit_of(row, outcome);
        const auto fits = [&](std::size_t line) { return !unit || lines_.all()[line].unit == *unit; };
        if (chosen.assignment)
            if (const auto line = lines_.by_assignment(*chosen.assignment); line && fits(*line)) return line;
        if (!row.code.empty()) {
            const auto id = parse_id(row.code);
            const auto line = id ? lines_.by_assignment(*id) : std::nullopt;
            if (line && fits(*line)) return line;
            fault(outcome, row, Column::Code, "plan.progress_code_unknown", {{"code", shortened(row.code, 40)}});
            return std::nullopt;
        }
        if (!row.unit.empty() && !unit) return std::nullopt;
        auto match = lines_.match({row.ordinal, row.content, unit, row.day ? row.day : answers_.day});
        if (match.sure) return match.sure;
        if (match.candidates.empty()) {
            fault(outcome, row, Column::Content, "plan.progress_no_line");
            return std::nullopt;
        }
        outcome.state = State::Unclear;
        if (!row.faults.empty() || ++unclear_ > kMostUnclear) return std::nullopt;
        for (const auto line : match.candidates) add_candidates(lines_.all()[line], row.amount.has_value(), outcome);
        return std::nullopt;
    }

    const std::vector<AssignmentTarget>& targets_of(Id assignment) {
        auto [known, is_new] = targets_.try_emplace(assignment);
        if (is_new) {
            known->second = targets_by_assignment(work_, assignment);
            std::erase_if(known->second, [](const AssignmentTarget& target) { return target.dropped; });
        }
        return known->second;
    }

    std::optional<Date> issued_on(Id plan) {
        auto [known, is_new] = issued_.try_emplace(plan);
        if (is_new) known->second = first_issued_on(work_, plan);
        return known->second;
    }

    void add_candidates(const ReportableLine& line, bool counts, RowOutcome& outcome) {
        const RowCandidate bare{line.assignment, std::nullopt, lines_.title(line), lines_.unit_name(line.unit), "", lines_.plan_name(line.plan)};
        const auto& targets = targets_of(line.assignment);
        if (!counts || targets.size() < 2) return outcome.candidates.push_back(bare);
        for (const auto& target : targets) {
            outcome.candidates.push_back(bare);
            outcome.candidates.back().target = target.id;
            outcome.candidates.back().target_text = target.text;
        }
    }

    /// What the number counts towards; nothing where that is to be chosen, or the line asks for no number.
    const AssignmentTarget* target_of(const ProgressRow& row, const RowChoice& chosen, const std::vector<AssignmentTarget>& targets) const {
        if (targets.size() == 1) return &targets.front();
        std::vector<const AssignmentTarget*> fitting;
        const std::string typed = fold(row.target), word = fold(row.amount_word);
        for (const auto& target : targets) {
            if (chosen.target == target.id) return &target;
            const std::string text = fold(target.text), unit = fold(target.unit);
            const bool named = !typed.empty() && (text == typed || unit == typed || (typed.size() > unit.size() && typed.find(unit) != std::string::npos) || text.find(typed) != std::string::npos);
            if (named || (typed.empty() && !word.empty() && unit == word)) fitting.push_back(&target);
        }
        return fitting.size() == 1 ? fitting.front() : nullptr;
    }

    /// The line is known: what of it, how much, and does that stand?
    void weigh(const ProgressRow& row, const RowChoice& chosen, const ReportableLine& line, RowOutcome& outcome) {
        outcome.plan = line.plan;
        outcome.assignment = line.assignment;
        outcome.unit = line.unit;
        outcome.for_others = !line.own;
        outcome.title = lines_.title(line);
        outcome.unit_name = lines_.unit_name(line.unit);
        // To be explained (evidence_time.h), and a row has no place for that.
        if (const auto issued = issued_on(line.plan); issued && *outcome.done_on < *issued) {
            fault(outcome, row, Column::Day, "plan.progress_before_order", {{"day", outcome.done_on->vietnamese()}, {"issued", issued->vietnamese()}});
            outcome.state = State::Refused;
            return;
        }
        const auto& targets = targets_of(line.assignment);
        const AssignmentTarget* target = row.amount ? target_of(row, chosen, targets) : nullptr;
        if (row.amount && target == nullptr && !targets.empty()) {
            outcome.state = State::Unclear;
            if (++unclear_ <= kMostUnclear) add_candidates(line, true, outcome);
            return;
        }
        if (target != nullptr && !row.amount_word.empty() && fold(row.amount_word) != fold(target->unit)) {
            fault(outcome, row, Column::Amount, "plan.progress_amount_word", {{"word", shortened(row.amount_word, 40)}, {"unit", target->unit}});
            outcome.state = State::Refused;
            return;
        }
        say_what(row, target, outcome);
        outcome.fingerprint = fingerprint_of(row, outcome);
        if (is_known(outcome)) return;
        if (target != nullptr && !count(*row.amount, *target, outcome)) return;
        if (refuses(line, outcome)) return;
        if (const auto [first, is_new] = seen_.try_emplace(outcome.fingerprint, row.number); !is_new) {
            fault(outcome, row, Column::Content, "plan.progress_same_as", {{"row", std::to_string(first->second)}});
            outcome.state = State::Refused;
            return;
        }
        if (target == nullptr) return;
        auto& sum = counted_[target->id];
        const double before = target->done + target->waiting + sum;
        if (before + outcome.quantity > target->needed() && !chosen.anyway) {
            outcome.state = State::Beyond;
            outcome.note = Problem{"", "plan.progress_beyond_words", {{"needed", amount(work_, target->needed())}, {"unit", target->unit}, {"before", amount(work_, before)}, {"more", amount(work_, outcome.quantity)}}};
        }
        sum += outcome.quantity;
    }

    void say_what(const ProgressRow& row, const AssignmentTarget* target, RowOutcome& outcome) const {
        outcome.what = !row.what.empty() ? row.what : tr(work_, "plan.progress_default_words", {{"line", shortened(outcome.title, 300)}});
        if (row.amount && target == nullptr)
            outcome.what += " " + tr(work_, "plan.progress_uncounted_amount", {{"amount", row.amount_word.empty() ? amount(work_, *row.amount) : amount(work_, *row.amount) + " " + row.amount_word}});
        if (row.link.starts_with("http")) outcome.link = row.link;
        else if (!row.link.empty()) outcome.what += " " + tr(work_, "plan.progress_proof_words", {{"words", shortened(row.link, 200)}});
        outcome.place = row.place;
        if (target != nullptr) {
            outcome.target = target->id;
            outcome.target_word = target->unit;
            outcome.quantity = *row.amount;
        }
        const auto cell = row.address(table_, row.amount ? Column::Amount : Column::What);
        outcome.number_source = tr(work_, "plan.progress_source", {{"file", source_}, {"cell", cell.empty() ? std::to_string(row.number) : cell}});
    }

    std::string fingerprint_of(const ProgressRow& row, const RowOutcome& outcome) const {
        std::string all;
        for (const std::string& part : {to_string(outcome.assignment), outcome.target ? to_string(*outcome.target) : std::string(), row.amount ? std::to_string(thousandths(*row.amount)) : std::string(),
                                        std::string(table_.counting == Counting::Total ? "total" : "each"), outcome.done_on->iso(), fold_keeping_marks(row.what), fold_keeping_marks(row.place), row.link})
            all += part + '\x1f';
        return sha256(all);
    }

    bool is_known(RowOutcome& outcome) const {
        const auto row = work_.db.one("plan.imported_row", {work_.authority, outcome.fingerprint});
        if (!row) return false;
        outcome.state = State::Recorded;
        outcome.evidence = row->id("evidence_id");
        return true;
    }

    /// Of a number that counts from the start, what is new. False where nothing is.
    bool count(double typed, const AssignmentTarget& target, RowOutcome& outcome) {
        if (table_.counting == Counting::Each) return true;
        const double known = target.done + target.waiting + counted_[target.id];
        outcome.quantity = typed - known;
        if (thousandths(outcome.quantity) > 0) return true;
        outcome.state = State::Recorded;
        outcome.note = Problem{"", "plan.progress_total_known", {{"total", amount(work_, typed)}, {"known", amount(work_, known)}, {"unit", target.unit}}};
        return false;
    }

    bool refuses(const ReportableLine& line, RowOutcome& outcome) {
        auto [known, is_new] = refusals_.try_emplace(line.assignment);
        if (is_new) {
            if (line.state == AssignmentState::Closed) known->second = Problem{"", "plan.progress_line_closed", {}};
            else if (const auto child = child_of_line(work_, line.assignment); child && child->records())
                known->second = Problem{"", "plan.recorded_in_child", {{"number", child->number}}};
        }
        if (!known->second) return false;
        outcome.faults.push_back({"", *known->second});
        outcome.state = State::Refused;
        return true;
    }

    Work& work_;
    const ProgressTable& table_;
    const ProgressAnswers& answers_;
    std::string source_;
    ReportableLines lines_;
    std::size_t unclear_ = 0;
    std::unordered_map<std::string, std::vector<NamedUnit>> units_;
    std::unordered_map<Id, std::vector<AssignmentTarget>> targets_;
    std::unordered_map<Id, std::optional<Date>> issued_;  // by plan
    std::unordered_map<Id, double> counted_;  // by the rows so far
    std::unordered_map<Id, std::optional<Problem>> refusals_;
    std::unordered_map<std::string, int> seen_;
};

std::optional<ProgressTable> table_of(const std::vector<formats::Sheet>& sheets, const ProgressAnswers& answers) {
    if (!answers.sheet) return progress_table_in(sheets);
    if (*answers.sheet >= sheets.size()) return std::nullopt;
    return progress_table_in(sheets[*answers.sheet], *answers.sheet);
}

}  // namespace

std::size_t ProgressTrial::count(RowOutcome::State state) const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const RowOutcome& row) { return row.state == state; }));
}

std::string ProgressTrial::digest() const {
    std::string all;
    for (const auto& row : rows)
        if (row.state == State::Ready) all += std::to_string(row.number) + '\x1f' + row.fingerprint + '\x1f' + std::to_string(thousandths(row.quantity)) + '\x1e';
    return sha256(all);
}

Result<ProgressTrial> try_progress(Work& work, const std::vector<formats::Sheet>& sheets, const ProgressAnswers& answers, const std::string& file_name) {
    auto table = table_of(sheets, answers);
    if (!table) return invalid("file", "plan.progress_no_headings");
    if (answers.places) table->places = *answers.places;
    if (answers.counting) table->counting = *answers.counting;
    const auto& sheet = sheets[table->sheet];
    const auto rows = progress_rows(sheet, *table, work.today());
    if (!rows) return rows.failure();
    ProgressTrial trial;
    trial.blank = rows->blank;
    trial.sums = rows->sums;
    trial.formulas = rows->formulas;
    for (const auto& each : sheets) trial.sheet_names.push_back(each.name);
    Trial weighing(work, *table, answers, sheet.name.empty() ? shortened(file_name, 120) : shortened(file_name, 120) + " › " + sheet.name);
    for (const auto& row : rows->rows) trial.rows.push_back(weighing.outcome_of(row));
    trial.table = *std::move(table);
    return trial;
}

}  // namespace loa::plan
