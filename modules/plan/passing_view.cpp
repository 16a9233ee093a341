#include "passing_view.h"

#include <algorithm>
#include <map>

#include "assign.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/identity/units.h"
#include "queries.h"

namespace loa::plan {

using web::View;

namespace {

constexpr std::size_t kDaysShown = 4;

bool still_holds(const EndingUnit& unit, const Passing& passing) {
    const auto all = passing.everybody();
    return passing.carried_out_on || std::all_of(all.begin(), all.end(), [&](Id each) { return unit.heir(each) != nullptr; });
}

PassingRow::State state_of(const PassingRow& row) {
    if (row.passing) return row.passing->carried_out_on ? PassingRow::State::Done : PassingRow::State::Confirmed;
    return row.unit.heirs.empty() ? PassingRow::State::Nobody : PassingRow::State::Waiting;
}

struct Shown {
    std::string_view key, tag;
};
Shown shown(PassingRow::State state) {
    switch (state) {
        case PassingRow::State::Waiting: return {"plan.passing_waiting", "tag--warn"};
        case PassingRow::State::Confirmed: return {"plan.passing_ready", "tag--run"};
        case PassingRow::State::Done: return {"plan.passing_carried_out", "tag--ok"};
        case PassingRow::State::Nobody: return {"plan.passing_nobody_short", "tag--off"};
    }
    return {};
}

/// Who takes over the same activity or duty already, or will: of one heir what the line comes to there.
class Meetings {
  public:
    Meetings(Work& work, const Plan& plan, const EndingUnit& unit) : work_(work) {
        for (const auto& line : assignments_by_plan(work, plan.id)) {
            if (line.state == AssignmentState::Ended) continue;
            if (unit.heir(line.unit)) own_[{line.subject(), line.unit}] = roles_text(work, line);
            lines_[line.unit].push_back(line.subject());
        }
        for (const auto& passing : passings_by_plan(work, plan.id)) {
            if (passing.carried_out_on || passing.unit == unit.unit) continue;
            const auto from = identity::unit_by_id(work, passing.unit);
            for (const Id subject : lines_[passing.unit])
                for (const Id heir : passing.successors(subject))
                    if (from) coming_[{subject, heir}].push_back(from->name);
        }
    }

    std::vector<std::string> of(Id subject, const EndingUnit::Heir& heir) const {
        std::vector<std::string> said;
        if (const auto own = own_.find({subject, heir.unit}); own != own_.end())
            said.push_back(tr(work_, "plan.passing_meets", {{"unit", heir.name}, {"roles", own->second}}));
        if (const auto coming = coming_.find({subject, heir.unit}); coming != coming_.end())
            said.push_back(tr(work_, "plan.passing_joins", {{"unit", heir.name}, {"others", joined(coming->second, "; ")}}));
        return said;
    }

  private:
    Work& work_;
    std::map<std::pair<Id, Id>, std::string> own_;
    std::map<Id, std::vector<Id>> lines_;
    std::map<std::pair<Id, Id>, std::vector<std::string>> coming_;
};

std::map<Id, std::string> words_of(Work& work, const Plan& plan) {
    std::map<Id, std::string> words;
    const Content content = content_of(work, plan.shown_revision());
    for (const auto& activity : content.activities) words[activity.id] = label_of(activity);
    for (const auto& duty : content.duties) words[duty.id] = shortened(duty.text, 160);
    return words;
}

std::map<Id, std::vector<Date>> open_days(Work& work, const Plan& plan, Id unit) {
    std::map<Id, std::vector<Date>> days;
    for (const auto& row : work.db.query("plan.open_times_of_unit", {work.authority, plan.id, unit})) days[row.id("assignment_id")].push_back(row.date("due_on"));
    return days;
}

std::string days_text(const Work& work, const std::vector<Date>& days) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(days.size(), kDaysShown); ++i) texts.push_back(days[i].vietnamese());
    auto text = joined(texts, "; ");
    if (days.size() > kDaysShown) text += " " + tr(work, "plan.passing_more_days", {{"n", std::to_string(days.size() - kDaysShown)}});
    return text;
}

}  // namespace

std::vector<PassingRow> passing_rows(Work& work, const Plan& plan) {
    std::vector<PassingRow> rows;
    for (auto& unit : ending_units(work, plan.id)) {
        PassingRow row;
        const auto counts = work.db.one("plan.lines_to_pass", {work.authority, plan.id, unit.unit});
        row.lines = counts->number("lines");
        row.open = counts->number("open");
        row.passing = passing_of(work, plan.id, unit.unit);
        const bool office = unit.unit == plan.drafting_unit || unit.unit == plan.aggregating_unit;
        if (row.lines == 0 && !office && !row.passing) continue;
        row.version = row.passing ? row.passing->version : 0;
        if (row.passing && !still_holds(unit, *row.passing)) row.passing.reset();
        row.unit = std::move(unit);
        row.state = state_of(row);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::int64_t passings_waiting(Work& work, const Plan& plan) {
    const auto rows = passing_rows(work, plan);
    return std::count_if(rows.begin(), rows.end(), [](const PassingRow& row) { return row.state == PassingRow::State::Waiting; });
}

View row_view(const Work& work, const Plan& plan, const PassingRow& row) {
    const auto& unit = row.unit;
    const auto [key, tag] = shown(row.state);
    std::vector<std::string> heirs;
    for (const auto& heir : unit.heirs) heirs.push_back(heir.name);
    View view;
    view.set("name", unit.name).set("day", unit.day.vietnamese()).set("basis", unit.basis).set("heirs", joined(heirs, "; "));
    view.set("closing", tr(work, "identity.closing." + std::string(identity::code(unit.closing))));
    view.set("state", tr(work, key)).set("tag", tag).set("open", row.open).flag("over", unit.day <= work.today());
    view.flag("goes_abroad", unit.goes_abroad).flag("nobody", row.state == PassingRow::State::Nobody);
    view.flag("done", row.state == PassingRow::State::Done).flag("confirmed", row.state == PassingRow::State::Confirmed);
    view.set("version", std::to_string(row.version)).set("path", path_of(plan.id, "/chuyen-giao/" + to_string(unit.unit)));
    return view;
}

void set_form(Work& work, View& view, const Plan& plan, const PassingRow& row, const Refused* refused) {
    if (row.state == PassingRow::State::Done || row.state == PassingRow::State::Nobody || plan.state != PlanState::Issued) return;
    const auto& unit = row.unit;
    View form;
    const Id chosen = shown_id(refused, "successor", row.passing ? row.passing->successor : unit.heirs.front().unit).value_or(Id{});
    std::vector<View> heirs;
    for (const auto& heir : unit.heirs) heirs.push_back(choice(heir.unit, heir.name, heir.unit == chosen));
    const bool several = heirs.size() > 1;
    form.flag("several", several).set("heirs", std::move(heirs)).set("only", several ? "" : to_string(unit.heirs.front().unit));
    form.flag("drafts", unit.unit == plan.drafting_unit).flag("aggregates", unit.unit == plan.aggregating_unit);
    const auto words = words_of(work, plan);
    const auto days = open_days(work, plan, unit.unit);
    const Meetings meetings(work, plan, unit);
    std::map<Id, std::int64_t> pieces;
    for (const auto& counted : work.db.query("plan.pieces_of_unit", {work.authority, plan.id, unit.unit})) pieces[counted.id("assignment_id")] = counted.number("pieces");
    std::vector<View> lines;
    for (const auto& line : assignments_of_unit(work, plan.id, unit.unit)) {
        View item;
        const std::string field = "line-" + to_string(line.id);
        const auto word = words.find(line.subject());
        item.set("field", field).set("title", word == words.end() ? "" : word->second).set("roles", roles_text(work, line)).set("line_path", line_path(line));
        set_line_state(work, item, line.state);
        if (const auto open = days.find(line.id); open != days.end()) item.set("days", days_text(work, open->second));
        item.set("pieces", pieces[line.id]);
        const auto stored = row.passing ? row.passing->lines.find(line.subject()) : std::map<Id, std::vector<Id>>::const_iterator();
        const auto taken = shown_ids(refused, field, row.passing && stored != row.passing->lines.end() ? stored->second : std::vector<Id>());
        std::vector<View> options, effects;
        for (const auto& heir : unit.heirs) {
            options.push_back(choice(heir.unit, heir.name, std::find(taken.begin(), taken.end(), heir.unit) != taken.end()));
            for (auto& effect : meetings.of(line.subject(), heir)) effects.push_back(View().set("text", effect));
        }
        item.flag("several", several).set("options", std::move(options)).set("effects", std::move(effects));
        if (refused)
            for (const auto& problem : refused->failure.problems)
                if (problem.field == field) item.set("error", text_of(work, problem));
        lines.push_back(std::move(item));
    }
    form.flag("no_lines", lines.empty()).set("lines", std::move(lines));
    set_form_problems(work, form, refused);
    view.set("passing_form", std::move(form));
}

void set_passed(Work& work, View& view, const Plan& plan, const PassingRow& row) {
    if (row.state != PassingRow::State::Done) return;
    std::vector<View> lines;
    for (const auto& line : work.db.query("plan.lines_passed_by", {work.authority, plan.id, row.unit.unit})) {
        const auto ordinal = line.optional_text("ordinal").value_or("");
        View item;
        item.set("title", shortened((ordinal.empty() ? "" : ordinal + " ") + line.optional_text("title").value_or(""), 160));
        item.set("now_unit", line.text("now_unit_name")).set("now_path", path_of(plan.id, "/viec/" + to_string(line.id("now_id"))));
        lines.push_back(std::move(item));
    }
    view.flag("nothing_passed", lines.empty()).set("passed", std::move(lines));
}

void set_passed_line(Work& work, View& view, const Assignment& assignment) {
    if (assignment.passed_to)
        if (const auto row = work.db.one("plan.line_passed_to", {work.authority, assignment.id}))
            view.set("passed_to", View().set("unit", row->text("unit_name")).set("path", path_of(assignment.plan, "/viec/" + to_string(row->id("id")))));
    std::vector<View> from;
    for (const auto& row : work.db.query("plan.lines_passed_into", {work.authority, assignment.id}))
        from.push_back(View().set("former_unit", row.text("unit_name")).set("path", path_of(assignment.plan, "/viec/" + to_string(row.id("id")))));
    view.flag("any_passed_from", !from.empty()).set("passed_from", std::move(from));
}

}  // namespace loa::plan
