// /don-vi/nhap, /don-vi/xuat: units from a spreadsheet, tried before they are taken over, and handed out.
#include <any>

#include "import_pages.h"
#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/unit_sheets.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;

constexpr ImportPage kPage{.path = "/don-vi/nhap",
                           .list_path = "/don-vi",
                           .list = "identity.units",
                           .title = "identity.import_title",
                           .refused_title = "identity.import_refused_title",
                           .lead = "identity.import_lead",
                           .record = "identity.unit",
                           .stale = "identity.import_units_changed",
                           .faults_file = "don-vi-dong-can-sua"};

Response show_form(const Request&, Work& work) { return import_form(work, kPage); }

Response try_file(const Request& request, Work& work) {
    const auto& incoming = std::any_cast<const IncomingSheet&>(request.prepared);
    if (incoming.failure) return import_refused(work, kPage, *incoming.failure);
    const auto trial = try_import(work, incoming.sheets);
    if (!trial) return import_refused(work, kPage, trial.failure());
    const auto kept = keep_import(work, incoming.file_name, request.upload("file")->bytes());
    if (!kept) return web::failed(kept.failure());
    if (!trial->sound()) return faults_of_kept(work, kPage, *kept, incoming.file_name, trial->bad);
    return web::redirect("/don-vi/nhap/" + to_string(*kept));
}

ImportLine line_of(const Work& work, const RowPlan& plan) {
    ImportLine line{.number = plan.number, .name = plan.unit.name, .effect = {}, .details = {}};
    if (plan.effect == RowPlan::Effect::Create) {
        line.effect = tr(work, "identity.import_creates");
        line.details = tr(work, "identity.unit_kind." + std::string(code(plan.unit.kind)));
        return line;
    }
    std::vector<std::string> changes;
    const auto add = [&](UnitColumn column, const std::string& value) { changes.push_back(tr(work, column_heading_key(column)) + ": " + value); };
    if (plan.rename) add(UnitColumn::ShortName, *plan.rename);
    if (plan.headcount) add(UnitColumn::Headcount, std::to_string(*plan.headcount));
    if (plan.population) add(UnitColumn::Population, std::to_string(*plan.population));
    if (plan.position) add(UnitColumn::Position, std::to_string(*plan.position));
    if (!plan.aliases.empty()) add(UnitColumn::Aliases, joined(plan.aliases, "; "));
    line.effect = tr(work, "identity.import_updates");
    line.details = joined(changes, "; ");
    return line;
}

/// Tried anew against the units of this moment; what was changed meanwhile is told before anybody presses the button.
Response kept_page(Work& work, Id id, const Failure* failure) {
    const auto kept = kept_import(work, id);
    if (!kept) return web::not_found();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return import_refused(work, kPage, sheets.failure());
    const auto trial = try_import(work, *sheets);
    if (!trial) return import_refused(work, kPage, trial.failure());
    if (!trial->sound() && !kept->applied) return import_faults(work, kPage, id, kept->file_name, trial->bad);
    ImportShown shown{.lines = {},
                      .all = trial->created + trial->updated,
                      .counts = {{"identity.import_creates", trial->created}, {"identity.import_updates", trial->updated}, {"identity.import_unchanged", trial->unchanged}},
                      .stale = digest_of_units(work) != kept->digest,
                      .hint = {},
                      .failure = failure};
    if (trial->formulas > 0) shown.counts.push_back({"identity.import_formulas", trial->formulas});
    for (const RowPlan& plan : trial->plans)
        if (plan.effect != RowPlan::Effect::Nothing && shown.lines.size() < kMostLinesShown) shown.lines.push_back(line_of(work, plan));
    return import_kept(work, kPage, *kept, shown);
}

Response show_kept(const Request& request, Work& work) { return kept_page(work, request.id(), nullptr); }

/// Tried anew: what was mended elsewhere meanwhile is no fault any more.
Response send_all_faults(const Request& request, Work& work) {
    const auto kept = kept_import(work, request.id());
    if (!kept) return web::not_found();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return import_refused(work, kPage, sheets.failure());
    const auto trial = try_import(work, *sheets);
    return trial ? send_faults(work, kPage, trial->bad) : import_refused(work, kPage, trial.failure());
}

Response apply_kept(const Request& request, Work& work) {
    const auto done = apply_import(work, request.id(), request.form.text("sha256"));
    if (done) return web::redirect("/don-vi");
    if (done.failure().reason != Reason::Conflict) return web::failed(done.failure());
    return kept_page(work, request.id(), &done.failure());
}

Response send_template(const Request&, Work& work) { return send_tables(unit_template(work), "mau-don-vi"); }

Response send_units(const Request& request, Work& work) {
    const Date day = day_of(request.query, "ngay").value_or(work.today());
    return send_tables({unit_table(work, day)}, "don-vi-" + day.iso(), sheet_format(request));
}
}  // namespace

void add_unit_import_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto add = [&](Method method, const char* pattern, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = pattern, .access = Access::Granted, .verb = std::string(kManageUnits.name), .handler = handler});
    };
    add(Method::Get, "/don-vi/nhap", show_form);
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/don-vi/nhap",
                            .access = Access::Granted,
                            .verb = std::string(kManageUnits.name),
                            .handler = try_file,
                            .prepare = [](const Request& request) { return std::any(receive_sheet(request)); },
                            .files_limit = kLargestSheet + (1U << 16)});
    add(Method::Get, "/don-vi/nhap/mau", send_template);
    add(Method::Get, "/don-vi/nhap/{id}", show_kept);
    add(Method::Get, "/don-vi/nhap/{id}/loi", send_all_faults);
    add(Method::Post, "/don-vi/nhap/{id}", apply_kept);
    registry.add(web::Route{.method = Method::Get, .pattern = "/don-vi/xuat", .verb = {}, .handler = send_units});
}

}  // namespace loa::identity
