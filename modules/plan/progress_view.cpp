#include "progress_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "addresses.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::View;
using State = RowOutcome::State;

constexpr std::size_t kMostShown = 200;  // rows of a part of the page

/// A part of the page: what its rows have in common, in the order in which they want a person.
struct Part {
    State state;
    const char* name;   // of the list, and "plan.progress_<name>" its heading
    const char* hint;   // below the heading, or nullptr
};
constexpr Part kParts[] = {{State::Unclear, "unclear", "plan.progress_unclear_hint"}, {State::Beyond, "beyond", "plan.progress_beyond_hint"}, {State::Refused, "refused", "plan.progress_refused_hint"},
                           {State::Ready, "ready", nullptr},  {State::Skipped, "skipped", nullptr}, {State::Recorded, "recorded", nullptr}};

std::string candidate_name(const RowCandidate& candidate) {
    std::string name = shortened(candidate.title, 90) + " · " + candidate.unit;
    if (!candidate.target_text.empty()) name += " · " + shortened(candidate.target_text, 60);
    return name + " · " + candidate.plan;
}

View row_view(const Work& work, const RowOutcome& row) {
    View view;
    view.set("number", row.number).set("says", row.says).set("title", shortened(row.title, 120)).set("unit", row.unit_name);
    view.set("day", row.done_on ? row.done_on->vietnamese() : "");
    view.set("amount", row.quantity > 0 ? amount(work, row.quantity) + " " + row.target_word : "");
    view.set("what", shortened(row.what, 200));
    view.set("note", row.note ? text_of(work, *row.note) : "").flag("for_others", row.for_others);
    view.set("path", row.assignment && row.evidence ? path_of(row.plan, "/viec/" + to_string(row.assignment)) + "#mc-" + to_string(*row.evidence) : "");
    std::vector<View> faults, candidates;
    for (const auto& fault : row.faults) faults.push_back(View().set("cell", fault.cell).set("text", text_of(work, fault.problem)));
    for (const auto& candidate : row.candidates)
        candidates.push_back(View().set("value", to_string(candidate.assignment) + (candidate.target ? "-" + to_string(*candidate.target) : "")).set("name", candidate_name(candidate)));
    view.set("faults", std::move(faults)).set("candidates", std::move(candidates));
    view.flag("unclear", row.state == State::Unclear).flag("beyond", row.state == State::Beyond).flag("ready", row.state == State::Ready);
    view.flag("chosen", row.chosen && row.state != State::Recorded).flag("skipped", row.state == State::Skipped);
    return view;
}

/// "Đã ghi" of a table that has been taken over; of one that has not, what another brought before.
std::string heading_key(const Part& part, const ProgressImport& import) {
    return part.state == State::Recorded && import.recorded_at ? "plan.progress_recorded_now" : "plan.progress_" + std::string(part.name);
}

View part_view(const Work& work, const ProgressImport& import, const ProgressTrial& trial, const Part& part) {
    View view;
    std::vector<View> rows;
    std::size_t all = 0;
    const auto most = part.state == State::Unclear ? kMostUnclear : kMostShown;
    for (const auto& row : trial.rows) {
        if (row.state != part.state) continue;
        if (++all <= most) rows.push_back(row_view(work, row));
    }
    view.set("id", part.name).set("heading", tr(work, heading_key(part, import))).set("count", static_cast<std::int64_t>(all));
    view.set("hint", part.hint == nullptr ? "" : tr(work, part.hint));
    view.set("more", all > rows.size() ? tr(work, "plan.progress_more_rows", {{"n", std::to_string(all - rows.size())}}) : "");
    view.flag("refused", part.state == State::Refused);
    view.set("rows", std::move(rows));
    return view;
}

View column_view(const Work& work, const ProgressTable& table, ProgressColumn column) {
    View view;
    view.set("field", "cot-" + std::string(code(column))).set("label", tr(work, column_key(column)));
    std::vector<View> choices;
    for (const auto& heading : table.headings)
        choices.push_back(View().set("value", std::to_string(heading.column)).set("name", formats::column_letters(heading.column) + ": " + shortened(heading.text, 80)).flag("chosen", table.places.of(column) == heading.column));
    view.set("choices", std::move(choices));
    return view;
}

/// Else nothing can be read of it before its person has said more.
bool tells_what_was_done(const ProgressTable& table) {
    return table.places.has(ProgressColumn::Amount) || table.places.has(ProgressColumn::What) || table.places.has(ProgressColumn::Link);
}

void set_table(const Work& work, View& view, const ProgressImport& import, const std::vector<formats::Sheet>& sheets, const ProgressTable& table, const RefusedColumns* refused) {
    std::vector<View> columns, names;
    ProgressTable shown = table;
    if (refused != nullptr) {
        shown.places = refused->answers.places.value_or(table.places);
        shown.counting = refused->answers.counting.value_or(table.counting);
    }
    for (const auto column : kProgressColumns) columns.push_back(column_view(work, shown, column));
    for (std::size_t i = 0; i < sheets.size(); ++i)
        if (!sheets[i].hidden) names.push_back(View().set("value", std::to_string(i)).set("name", sheets[i].name).flag("chosen", i == table.sheet));
    view.flag("several_sheets", names.size() > 1).set("sheets", std::move(names)).set("columns", std::move(columns));
    view.set("sheet", std::to_string(table.sheet)).flag("total", shown.counting == Counting::Total);
    const std::string day = import.answers.day ? import.answers.day->vietnamese() : "";
    view.set("error_day", "").set("error_columns", "").flag("columns_open", refused != nullptr || !tells_what_was_done(table)).flag("has_problems", refused != nullptr);
    if (refused != nullptr) {
        const Problem& problem = refused->failure.problems.front();
        view.set(problem.field == "day" ? "error_day" : "error_columns", text_of(work, problem));
    }
    view.set("day_of_all", refused != nullptr ? refused->day : day).set("heading_row", table.heading_row);
    std::vector<std::string> read;
    for (const auto column : kProgressColumns)
        for (const auto& heading : table.headings)
            if (heading.column == table.places.of(column)) read.push_back(tr(work, column_key(column)) + " = " + formats::column_letters(heading.column));
    view.set("columns_read", joined(read, ", "));
}

}  // namespace

std::string progress_path(Id import, std::string_view rest) { return fmt::format("/viec-don-vi/tien-do/{}{}", to_string(import), rest); }

View progress_view(const Work& work, const ProgressImport& import, const std::vector<formats::Sheet>& sheets, const ProgressTrial& trial, const RefusedColumns* refused) {
    View view;
    view.set("path", progress_path(import.id)).set("file_name", import.file_name).set("file_path", media::file_path(import.file));
    view.set("version", import.version).set("digest", trial.digest());
    view.set("recorded_at", import.recorded_at ? import.recorded_at->vietnamese() : "");
    set_table(work, view, import, sheets, trial.table, refused);
    std::vector<View> parts, counts;
    for (const auto& part : kParts) {
        const auto n = trial.count(part.state);
        if (n == 0) continue;
        parts.push_back(part_view(work, import, trial, part));
        counts.push_back(View().set("id", part.name).set("label", tr(work, heading_key(part, import))).set("count", static_cast<std::int64_t>(n)));
    }
    for (const auto& [key, n] : {std::pair("plan.progress_blank", trial.blank), std::pair("plan.progress_sums", trial.sums), std::pair("plan.progress_formulas", trial.formulas)})
        if (n > 0) counts.push_back(View().set("id", "").set("label", tr(work, key)).set("count", static_cast<std::int64_t>(n)));
    view.set("parts", std::move(parts)).set("counts", std::move(counts));
    const auto ready = trial.count(State::Ready), left_out = trial.count(State::Refused);
    const bool open = !import.recorded_at;
    view.flag("open", open).flag("decidable", left_out + trial.count(State::Recorded) < trial.rows.size()).flag("questions", trial.open_questions() > 0);
    view.flag("can_record", open && ready > 0 && trial.open_questions() == 0).flag("nothing", ready == 0 && trial.open_questions() == 0);
    view.set("record", tr(work, "plan.progress_record", {{"n", std::to_string(ready)}}));
    view.set("left_out", left_out > 0 ? tr(work, "plan.progress_left_out", {{"n", std::to_string(left_out)}}) : "");
    view.set("still_open", tr(work, "plan.progress_still_open", {{"n", std::to_string(trial.open_questions())}}));
    return view;
}

}  // namespace loa::plan
