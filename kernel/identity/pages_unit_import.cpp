// /don-vi/nhap, /don-vi/xuat: units from a spreadsheet, tried before they are taken over, and handed out.
#include <any>

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
using web::View;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t kLargestFile = 8U << 20;

/// What came in, read before the transaction opens.
struct Incoming {
    std::string file_name;
    std::vector<formats::Sheet> sheets;
    std::optional<Failure> failure;
};

Incoming receive(const Request& request) {
    const auto* upload = request.upload("file");
    if (!upload || upload->file_name.empty()) return {"", {}, invalid("file", "identity.import_file_missing")};
    auto sheets = formats::read_spreadsheet(upload->bytes(), upload->file_name, {.bytes = kLargestFile});
    if (!sheets) return {upload->file_name, {}, sheets.failure()};
    return {upload->file_name, *std::move(sheets), std::nullopt};
}

View bad_row_view(const Work& work, const BadRow& row) {
    View view;
    view.set("number", row.number).set("name", shortened(row.name, 80));
    std::vector<View> faults;
    for (const BadRow::Fault& fault : row.faults)
        faults.push_back(View().set("cell", fault.cell).set("text", fault_text(work, fault.problem)));
    view.set("faults", std::move(faults));
    return view;
}

void set_counts(View& view, const ImportTrial& trial) {
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    view.set("created", count(trial.created)).set("updated", count(trial.updated)).set("unchanged", count(trial.unchanged));
    if (trial.formulas > 0) view.set("formulas", count(trial.formulas));
    view.flag("nothing_to_do", trial.created + trial.updated == 0);
}

Response form_page(const Work& work, View view, int status) {
    view.flag("form_page");
    return web::show({.name = "identity/unit_import",
                      .title = tr(work, status == 422 ? "identity.import_refused_title" : "identity.import_title"),
                      .view = std::move(view),
                      .stands_under = "/don-vi"},
                     status);
}

Response show_form(const Request&, Work& work) { return form_page(work, {}, 200); }

Response refused(const Work& work, const Failure& failure) {
    const Problem& problem = failure.problems.front();
    return form_page(work, View().set("error", tr(work, problem.key, problem.args)), 422);
}

Response show_faults(const Work& work, const std::string& file_name, const ImportTrial& trial) {
    View view;
    view.flag("has_faults").set("file_name", file_name);
    std::vector<View> rows;
    for (const BadRow& row : trial.bad) rows.push_back(bad_row_view(work, row));
    view.set("rows", std::move(rows));
    view.set("bad_rows", static_cast<std::int64_t>(trial.bad_rows));
    if (trial.bad_rows > trial.bad.size()) view.set("more", static_cast<std::int64_t>(trial.bad_rows - trial.bad.size()));
    set_counts(view, trial);
    return form_page(work, std::move(view), 422);
}

Response try_file(const Request& request, Work& work) {
    const auto& incoming = std::any_cast<const Incoming&>(request.prepared);
    if (incoming.failure) return refused(work, *incoming.failure);
    const auto trial = try_import(work, incoming.sheets);
    if (!trial) return refused(work, trial.failure());
    if (!trial->sound()) return show_faults(work, incoming.file_name, *trial);
    const auto kept = keep_import(work, incoming.file_name, request.upload("file")->bytes());
    return kept ? web::redirect("/don-vi/nhap/" + to_string(*kept)) : web::failed(kept.failure());
}

View plan_view(const Work& work, const RowPlan& plan) {
    View view;
    view.set("number", plan.number).set("name", plan.unit.name);
    if (plan.effect == RowPlan::Effect::Create) {
        view.set("effect", tr(work, "identity.import_creates")).set("kind", tr(work, "identity.unit_kind." + std::string(code(plan.unit.kind))));
        return view;
    }
    std::vector<std::string> changes;
    const auto add = [&](UnitColumn column, const std::string& value) { changes.push_back(tr(work, column_heading_key(column)) + ": " + value); };
    if (plan.rename) add(UnitColumn::ShortName, *plan.rename);
    if (plan.headcount) add(UnitColumn::Headcount, std::to_string(*plan.headcount));
    if (plan.population) add(UnitColumn::Population, std::to_string(*plan.population));
    if (plan.position) add(UnitColumn::Position, std::to_string(*plan.position));
    if (!plan.aliases.empty()) add(UnitColumn::Aliases, joined(plan.aliases, "; "));
    view.set("effect", tr(work, "identity.import_updates")).set("kind", joined(changes, "; "));
    return view;
}

/// Tried anew against the units of this moment; what was changed meanwhile is told before anybody presses the button.
Response kept_page(Work& work, Id id, const Failure* failure) {
    constexpr std::size_t kMostShown = 500;
    const auto kept = kept_import(work, id);
    if (!kept) return web::not_found();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return refused(work, sheets.failure());
    const auto trial = try_import(work, *sheets);
    if (!trial) return refused(work, trial.failure());
    View view;
    view.set("file_name", kept->file_name).set("sha256", kept->sha256).set("apply_path", "/don-vi/nhap/" + to_string(id));
    set_counts(view, *trial);
    std::vector<View> plans;
    for (const RowPlan& plan : trial->plans)
        if (plan.effect != RowPlan::Effect::Nothing && plans.size() < kMostShown) plans.push_back(plan_view(work, plan));
    const std::size_t left = trial->created + trial->updated - plans.size();
    if (left > 0) view.set("more", static_cast<std::int64_t>(left));
    view.set("plans", std::move(plans));
    const bool stale = !kept->applied && digest_of_units(work) != kept->tree_digest;
    view.flag("applied", kept->applied).flag("stale", stale).flag("can_apply", !kept->applied && !stale && trial->created + trial->updated > 0);
    if (failure) view.set("error", tr(work, failure->problems.front().key, failure->problems.front().args));
    return web::show({.name = "identity/unit_import", .title = tr(work, "identity.import_title"), .view = std::move(view), .stands_under = "/don-vi"},
                     failure ? 409 : 200);
}

Response show_kept(const Request& request, Work& work) { return kept_page(work, request.id(), nullptr); }

Response apply_kept(const Request& request, Work& work) {
    const auto done = apply_import(work, request.id(), request.form.text("sha256"));
    if (done) return web::redirect("/don-vi");
    if (done.failure().reason != Reason::Conflict) return web::failed(done.failure());
    return kept_page(work, request.id(), &done.failure());
}

Response download(std::string body, const char* type, const std::string& name) {
    Response response = web::bytes(std::move(body), type);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response;
}

Response send_template(const Request&, Work& work) {
    return download(formats::write_xlsx(unit_template(work)), kXlsx, "mau-don-vi.xlsx");
}

Response send_units(const Request& request, Work& work) {
    const Date day = day_of(request.query, "ngay").value_or(work.today());
    const auto table = unit_table(work, day);
    if (request.query.text("dang") == "csv") return download(formats::write_csv(table), "text/csv; charset=utf-8", "don-vi-" + day.iso() + ".csv");
    return download(formats::write_xlsx({table}), kXlsx, "don-vi-" + day.iso() + ".xlsx");
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
                            .prepare = [](const Request& request) { return std::any(receive(request)); },
                            .files_limit = kLargestFile + (1U << 16)});
    add(Method::Get, "/don-vi/nhap/mau", send_template);
    add(Method::Get, "/don-vi/nhap/{id}", show_kept);
    add(Method::Post, "/don-vi/nhap/{id}", apply_kept);
    registry.add(web::Route{.method = Method::Get, .pattern = "/don-vi/xuat", .verb = {}, .handler = send_units});
}

}  // namespace loa::identity
