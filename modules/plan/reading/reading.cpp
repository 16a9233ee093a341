#include "loa/plan/reading.h"

#include "reading/activities.h"
#include "reading/header.h"
#include "reading/legal_bases.h"
#include "reading/lexicon.h"
#include "reading/reporting.h"
#include "reading/sections.h"
#include "reading/tables.h"
#include "reading/warnings.h"

namespace loa::plan {

namespace {

/// Tables of the annexes: their rows are activities of the annex ("PL").
void read_annexes(const Surroundings& surroundings, const std::vector<Piece>& pieces, std::size_t first, ParsedPlan& plan) {
    for (std::size_t i = first; i < pieces.size(); ++i)
        if (pieces[i].table != nullptr && is_task_table(*pieces[i].table))
            read_task_table(surroundings, *pieces[i].table, "PL", plan.activities);
}

}  // namespace

ParsedPlan read_plan(const formats::TextDocument& document, const AgencyNames& names) {
    lexicon();  // every word must be known before the first text is read
    const std::vector<Piece> pieces = pieces_of(document);
    const Zones zones = find_zones(pieces);

    ParsedPlan plan;
    plan.document = read_header(pieces, zones);
    if (zones.attached) read_closing(pieces, zones.decision, zones.title, plan.document);
    else read_closing(pieces, zones.closing, zones.closing_end, plan.document);
    if (zones.attached && plan.document.recipients.empty()) read_closing(pieces, zones.closing, zones.closing_end, plan.document);

    if (zones.attached) plan.legal_bases = read_legal_bases(pieces, zones.decision, zones.title);
    for (auto& basis : read_legal_bases(pieces, zones.title_end, zones.sections)) plan.legal_bases.push_back(std::move(basis));

    const AgencyReader agencies(names);
    const Surroundings surroundings{agencies, year_of(plan.document)};
    const Outline outline(pieces, zones.sections, zones.sections_end);
    read_sections(surroundings, outline, plan);
    read_annexes(surroundings, pieces, zones.annex, plan);
    read_reporting(surroundings, pieces, zones.sections, zones.sections_end, plan);
    add_warnings(outline, pieces, zones, plan);
    return plan;
}

}  // namespace loa::plan
