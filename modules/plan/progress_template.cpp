#include "progress_template.h"

#include <fmt/format.h>

#include "evidence.h"
#include "progress_lines.h"
#include "progress_rows.h"
#include "views.h"

namespace loa::plan {

namespace {

using formats::CellKind;
using formats::SheetTable;

/// What the table has besides the columns that are read: what was asked for, and what counts by now.
enum class Place { Read, Asked, Done };
struct Column {
    Place place;
    ProgressColumn column;
    CellKind kind;
    int width;
};
constexpr Column kColumns[] = {{Place::Read, ProgressColumn::Code, CellKind::Text, 20},   {Place::Read, ProgressColumn::Ordinal, CellKind::Text, 8},
                               {Place::Read, ProgressColumn::Content, CellKind::Text, 56}, {Place::Read, ProgressColumn::Unit, CellKind::Text, 30},
                               {Place::Read, ProgressColumn::Target, CellKind::Text, 28},  {Place::Asked, {}, CellKind::Number, 12},
                               {Place::Done, {}, CellKind::Number, 14},                    {Place::Read, ProgressColumn::Amount, CellKind::Number, 14},
                               {Place::Read, ProgressColumn::Day, CellKind::Day, 14},      {Place::Read, ProgressColumn::What, CellKind::Text, 44},
                               {Place::Read, ProgressColumn::Place, CellKind::Text, 24},   {Place::Read, ProgressColumn::Link, CellKind::Text, 36}};

std::string heading_key(const Column& column) {
    return column.place == Place::Read ? column_key(column.column) : column.place == Place::Asked ? "plan.progress_asked" : "plan.progress_confirmed";
}

/// A point before the decimals, as SheetTable wants numbers.
std::string plain_number(double value) { return value == 0 ? "0" : fmt::format("{:.10g}", value); }

std::vector<std::string> row_of(const ReportableLines& lines, const ReportableLine& line, const AssignmentTarget* target) {
    std::vector<std::string> row{to_string(line.assignment), lines.ordinal(line), lines.text(line), lines.unit_name(line.unit)};
    if (target != nullptr) row.insert(row.end(), {target->text, plain_number(target->needed()), plain_number(target->done)});
    return row;
}

}  // namespace

std::vector<SheetTable> progress_template(Work& work) {
    SheetTable table{tr(work, "plan.progress_sheet"), {}, {}};
    for (const auto& column : kColumns) table.columns.push_back({tr(work, heading_key(column)), column.kind, column.width});
    const ReportableLines lines(work);
    for (const bool own : {true, false})
        for (const auto& line : lines.all()) {
            if (line.own != own || line.state == AssignmentState::Closed) continue;
            if (table.rows.size() >= kMostProgressRows) break;  // more could not be brought back at one go
            bool counted = false;
            for (const auto& target : targets_by_assignment(work, line.assignment)) {
                if (target.dropped) continue;
                table.rows.push_back(row_of(lines, line, &target));
                counted = true;
            }
            if (!counted) table.rows.push_back(row_of(lines, line, nullptr));
        }
    SheetTable explained{tr(work, "plan.progress_explained"), {{tr(work, "plan.progress_column"), CellKind::Text, 24}, {tr(work, "plan.progress_what_stands"), CellKind::Text, 100}}, {}};
    for (const auto& column : kColumns)
        if (column.place == Place::Read) explained.rows.push_back({tr(work, column_key(column.column)), tr(work, "plan.progress_help." + std::string(code(column.column)))});
    return {std::move(table), std::move(explained)};
}

}  // namespace loa::plan
