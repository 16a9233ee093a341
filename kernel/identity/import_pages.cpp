#include "import_pages.h"

#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/unit_sheets.h"
#include "page_parts.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr int kRefused = 422;

std::int64_t shown_number(std::size_t n) { return static_cast<std::int64_t>(n); }

View bad_row_view(const Work& work, const BadRow& row) {
    View view;
    view.set("number", row.number).set("name", shortened(row.name, 80));
    std::vector<View> faults;
    for (const BadRow::Fault& fault : row.faults)
        faults.push_back(View().set("cell", fault.cell).set("text", fault_text(work, fault.problem)));
    view.set("faults", std::move(faults));
    return view;
}

Response shown(const Work& work, const ImportPage& page, View view, int status) {
    view.set("path", page.path).set("list_path", page.list_path).set("list", tr(work, page.list)).set("record", tr(work, page.record));
    view.set("heading", tr(work, page.title)).set("lead", tr(work, page.lead));
    return web::show({.name = "identity/import",
                      .title = tr(work, status == kRefused ? page.refused_title : page.title),
                      .view = std::move(view),
                      .stands_under = std::string(page.list_path)},
                     status);
}
}  // namespace

IncomingSheet receive_sheet(const Request& request) {
    const auto* upload = request.upload("file");
    if (!upload || upload->file_name.empty()) return {"", {}, invalid("file", "identity.import_file_missing")};
    auto sheets = formats::read_spreadsheet(upload->bytes(), upload->file_name, {.bytes = kLargestSheet});
    if (!sheets) return {upload->file_name, {}, sheets.failure()};
    return {upload->file_name, *std::move(sheets), std::nullopt};
}

Response import_form(const Work& work, const ImportPage& page) {
    return shown(work, page, View().flag("form_page"), 200);
}

Response import_refused(const Work& work, const ImportPage& page, const Failure& failure) {
    const Problem& problem = failure.problems.front();
    return shown(work, page, View().flag("form_page").set("error", tr(work, problem.key, problem.args)), kRefused);
}

Response import_faults(const Work& work, const ImportPage& page, Id id, const std::string& file_name, const std::vector<BadRow>& bad) {
    View view;
    view.flag("form_page").flag("has_faults").set("file_name", file_name);
    std::vector<View> rows;
    for (const BadRow& row : bad) {
        if (rows.size() == kMostLinesShown) break;
        rows.push_back(bad_row_view(work, row));
    }
    if (bad.size() > rows.size()) view.set("more", shown_number(bad.size() - rows.size()));
    view.set("rows", std::move(rows)).set("bad_rows", shown_number(bad.size()));
    view.set("faults_path", std::string(page.path) + "/" + to_string(id) + "/loi");
    return shown(work, page, std::move(view), kRefused);
}

Response faults_of_kept(const Work& work, const ImportPage& page, Id id, const std::string& file_name, const std::vector<BadRow>& bad) {
    auto response = import_faults(work, page, id, file_name, bad);
    response.counts = true;
    return response;
}

Response send_faults(const Work& work, const ImportPage& page, const std::vector<BadRow>& bad) {
    formats::SheetTable table;
    for (const auto key : {std::string_view("identity.import_row"), std::string_view("identity.import_cell"), page.record, std::string_view("identity.import_what")})
        table.columns.push_back({.heading = tr(work, key)});
    for (const BadRow& row : bad)
        for (const BadRow::Fault& fault : row.faults)
            table.rows.push_back({std::to_string(row.number), fault.cell, row.name, fault_text(work, fault.problem)});
    return send_tables({table}, std::string(page.faults_file), SheetFormat::Csv);
}

Response import_kept(const Work& work, const ImportPage& page, const KeptImport& kept, const ImportShown& what) {
    View view;
    view.set("file_name", kept.file_name).set("sha256", kept.sha256).set("apply_path", std::string(page.path) + "/" + to_string(kept.id));
    std::vector<View> counts, lines;
    for (const ImportCount& each : what.counts) counts.push_back(View().set("label", tr(work, each.label)).set("count", shown_number(each.count)));
    for (const ImportLine& line : what.lines)
        lines.push_back(View().set("number", line.number).set("name", line.name).set("effect", line.effect).set("details", line.details));
    if (what.all > lines.size()) view.set("more", shown_number(what.all - lines.size()));
    view.set("counts", std::move(counts)).set("lines", std::move(lines)).set("hint", what.hint);
    const bool stale = what.stale && !kept.applied;
    view.flag("nothing_to_do", what.all == 0).flag("applied", kept.applied).set("stale", stale ? tr(work, page.stale) : "");
    view.flag("can_apply", !kept.applied && !stale && what.all > 0);
    if (what.failure) view.set("error", tr(work, what.failure->problems.front().key, what.failure->problems.front().args));
    return shown(work, page, std::move(view), what.failure ? 409 : 200);
}

}  // namespace loa::identity
