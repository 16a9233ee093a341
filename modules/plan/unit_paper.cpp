#include "unit_paper.h"

#include "evidence.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "queries.h"
#include "views.h"

namespace loa::plan {

namespace {

using formats::PaperParagraph;
using formats::PaperSides;
using formats::PaperTable;
using Align = PaperParagraph::Align;

std::string heading_of(const Work& work, const UnitLine& line) {
    if (!line.document_number || !line.issued_on) return line.plan_title;
    return tr(work, "plan.paper_plan", {{"number", *line.document_number}, {"day", line.issued_on->vietnamese()}, {"title", line.plan_title}});
}

std::string deadline_of(const UnitLine& line) {
    const std::string words = line.deadline_text.value_or("");
    if (!line.due) return words;
    const std::string day = line.due->vietnamese();
    if (words.empty()) return day;
    return words.find(day) != std::string::npos ? words : words + " (" + day + ")";
}

UnitPaper::Line line_of(const Work& work, const UnitLine& line, const std::unordered_map<Id, std::vector<double>>& shares, std::size_t number) {
    const auto& assignment = line.assignment;
    UnitPaper::Line shown{std::to_string(number), line.ordinal.empty() ? line.text : line.ordinal + " " + line.text, capitalised(roles_text(work, assignment)), deadline_of(line), "", "", false};
    if (const auto own = shares.find(assignment.id); own != shares.end()) shown.progress = std::to_string(percent_of(assignment, own->second)) + "%";
    shown.late = line.due && *line.due < work.today() && assignment.state == AssignmentState::Open;
    shown.state = shown.late ? i18n::until_due(work.language, *line.due, work.today()) : tr(work, "plan.line_state_" + std::string(text_of(assignment.state)));
    return shown;
}

PaperParagraph centred(std::string text, int points = 13) { return {std::move(text), Align::Centre, false, false, points, true}; }
PaperParagraph bold(PaperParagraph paragraph) {
    paragraph.bold = true;
    return paragraph;
}
PaperParagraph italic(PaperParagraph paragraph) {
    paragraph.italic = true;
    return paragraph;
}

/// Decree 30/2020/NĐ-CP, Annex I, II: who issues it beside the country's name and motto, the place and day below.
PaperSides head_of(const Work& work, const UnitPaper& unit) {
    PaperSides head;
    head.left.push_back(unit.unit.empty() ? bold(centred(unit.authority, 12)) : centred(unit.authority, 12));
    if (!unit.unit.empty()) head.left.push_back(bold(centred(unit.unit, 12)));
    head.right = {bold(centred(tr(work, "plan.paper_country"), 12)), bold(centred(tr(work, "plan.paper_motto"))), italic(centred(unit.place + ", " + unit.date))};
    return head;
}

PaperTable table_of(const Work& work, const UnitPaper::Plan& plan) {
    PaperTable table;
    for (const auto& [key, millimetres, align] : {std::tuple("plan.paper_number", 11, Align::Centre), {"plan.paper_line", 64, Align::Left}, {"plan.paper_roles", 25, Align::Left},
                                                  {"plan.paper_deadline", 29, Align::Left}, {"plan.paper_progress", 14, Align::Centre}, {"plan.paper_state", 22, Align::Centre}})
        table.columns.push_back({tr(work, key), millimetres, align});
    for (const auto& line : plan.lines) table.rows.push_back({line.number, line.title, line.roles, line.deadline, line.progress, line.state});
    return table;
}

}  // namespace

UnitPaper unit_paper(Work& work, const identity::Unit& unit, const UnitWorkFilter& filter) {
    UnitPaper paper;
    const auto authority = identity::authority_by_id(work, work.authority);
    LOA_CHECK(authority.has_value());
    paper.authority = upper(authority->name);
    paper.unit_name = unit.name;
    if (unit.parent) paper.unit = upper(unit.name);
    paper.place = identity::place_name(*authority);
    paper.date = i18n::long_date(work.language, work.today());
    const auto shares = target_shares_by_unit(work, unit.id);
    auto lines = lines_of_unit(work, unit.id);
    keep_asked(work, filter, lines);
    for (std::size_t at = 0; at < lines.size();) {
        const Id plan = lines[at].assignment.plan;
        UnitPaper::Plan part{heading_of(work, lines[at]), {}};
        for (; at < lines.size() && lines[at].assignment.plan == plan; ++at) part.lines.push_back(line_of(work, lines[at], shares, part.lines.size() + 1));
        paper.plans.push_back(std::move(part));
    }
    return paper;
}

formats::Paper docx_paper(const Work& work, const std::vector<UnitPaper>& units) {
    formats::Paper paper;
    paper.title = tr(work, "plan.paper_title");
    for (const auto& unit : units) {
        if (paper.running_head.empty()) paper.running_head = paper.title + ", " + unit.unit_name;
        paper.blocks.emplace_back(head_of(work, unit));
        paper.blocks.emplace_back(bold(centred(upper(paper.title), 14)));
        paper.blocks.emplace_back(bold(centred(tr(work, "plan.paper_as_of", {{"unit", unit.unit_name}, {"day", work.today().vietnamese()}}))));
        if (unit.plans.empty()) paper.blocks.emplace_back(PaperParagraph{tr(work, "plan.unit_work_none")});
        for (const auto& plan : unit.plans) {
            paper.blocks.emplace_back(bold({plan.heading, Align::Justified, false, false, 13, true}));
            paper.blocks.emplace_back(table_of(work, plan));
        }
        paper.blocks.emplace_back(PaperSides{{bold(centred(tr(work, "plan.paper_made_by")))}, {bold(centred(tr(work, "plan.paper_head_of_unit")))}});
    }
    return paper;
}

}  // namespace loa::plan
