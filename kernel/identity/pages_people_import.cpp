// /nguoi-dung/nhap, /nguoi-dung/xuat: people from a spreadsheet, tried before anybody is made and invited, and handed out.
#include <any>
#include <memory>

#include "import_pages.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/people_sheets.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "timeline_quiet.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;

constexpr ImportPage kPage{.path = "/nguoi-dung/nhap",
                           .list_path = "/nguoi-dung",
                           .list = "identity.people",
                           .title = "identity.import_people_title",
                           .refused_title = "identity.import_people_refused_title",
                           .lead = "identity.import_people_lead",
                           .record = "identity.person_name",
                           .stale = "identity.import_people_changed",
                           .faults_file = "nguoi-dung-dong-can-sua"};

Response show_form(const Request&, Work& work) { return import_form(work, kPage); }

Response try_file(const Request& request, Work& work) {
    const auto& incoming = std::any_cast<const IncomingSheet&>(request.prepared);
    if (incoming.failure) return import_refused(work, kPage, *incoming.failure);
    const auto trial = try_people_import(work, incoming.sheets);
    if (!trial) return import_refused(work, kPage, trial.failure());
    const auto kept = keep_people_import(work, incoming.file_name, request.upload("file")->bytes(), *trial);
    if (!kept) return web::failed(kept.failure());
    if (!trial->sound()) return faults_of_kept(work, kPage, *kept, incoming.file_name, trial->bad);
    return web::redirect("/nguoi-dung/nhap/" + to_string(*kept));
}

/// "hannn (Loa đề xuất) · han@xa.gov.vn · Văn phòng · Cán bộ, công chức · từ 01/07/2025".
ImportLine line_of(const Work& work, const PersonPlan& plan) {
    const CreatePerson& person = plan.person;
    std::string details = person.sign_in_name;
    if (plan.proposed) details += " (" + tr(work, "identity.import_proposed") + ")";
    for (const std::string& part : {person.email, plan.unit_name, tr(work, "identity.role." + std::string(code(person.role))), person.position,
                                    tr(work, "identity.from_day") + " " + person.valid_from.vietnamese(),
                                    person.valid_to ? tr(work, "identity.deputy_until") + " " + person.valid_to->plus_days(-1).vietnamese() : ""})
        if (!part.empty()) details += " · " + part;
    return {.number = plan.number,
            .name = person.name,
            .effect = tr(work, person.email.empty() ? "identity.import_makes" : "identity.import_makes_and_invites"),
            .details = std::move(details)};
}

/// Tried anew against the people of this moment; once taken over, the trial finds everybody there.
Response kept_page(Work& work, Id id, const Failure* failure) {
    const auto kept = kept_people_import(work, id);
    if (!kept) return web::not_found();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return import_refused(work, kPage, sheets.failure());
    const auto trial = try_people_import(work, *sheets);
    if (!trial) return import_refused(work, kPage, trial.failure());
    if (!trial->sound() && !kept->applied) return import_faults(work, kPage, id, kept->file_name, trial->bad);
    ImportShown shown{.lines = {},
                      .all = trial->plans.size(),
                      .counts = {{"identity.import_makes", trial->plans.size()},
                                 {"identity.import_invites", trial->plans.size() - trial->without_address},
                                 {"identity.import_unchanged", trial->unchanged}},
                      .stale = digest_of_trial(*trial) != kept->digest,
                      .hint = trial->without_address > 0 ? tr(work, "identity.import_without_address") : "",
                      .failure = failure};
    if (trial->formulas > 0) shown.counts.push_back({"identity.import_formulas", trial->formulas});
    for (const PersonPlan& plan : trial->plans)
        if (shown.lines.size() < kMostLinesShown) shown.lines.push_back(line_of(work, plan));
    return import_kept(work, kPage, *kept, shown);
}

Response show_kept(const Request& request, Work& work) { return kept_page(work, request.id(), nullptr); }

/// Tried anew: what was mended elsewhere meanwhile is no fault any more.
Response send_all_faults(const Request& request, Work& work) {
    const auto kept = kept_people_import(work, request.id());
    if (!kept) return web::not_found();
    const auto sheets = formats::read_spreadsheet(kept->bytes, kept->file_name);
    if (!sheets) return import_refused(work, kPage, sheets.failure());
    const auto trial = try_people_import(work, *sheets);
    return trial ? send_faults(work, kPage, trial->bad) : import_refused(work, kPage, trial.failure());
}

Response apply_kept(const Request& request, Work& work, const Keys& keys) {
    const auto done = apply_people_import(work, keys, request.id(), request.form.text("sha256"));
    if (done) return web::redirect("/nguoi-dung");
    if (done.failure().reason != Reason::Conflict) return web::failed(done.failure());
    return kept_page(work, request.id(), &done.failure());
}

Response send_template(const Request&, Work& work) { return send_tables(people_template(work), "mau-nguoi-dung"); }

/// Addresses leave the house: a line says to whom, each time, before they do.
Response exported(Work& work, const std::string& format) {
    const auto table = people_table(work);
    record(work, {"identity.authority", work.authority, work.authority}, "identity.people_exported",
           {{"format", "", format}, {"lines", "", std::to_string(table.rows.size())}});
    return send_tables({table}, "nguoi-dung-" + work.today().iso(), format == "csv" ? SheetFormat::Csv : SheetFormat::Xlsx);
}

/// An endpoint, because a form that is sent again exports again.
Response export_people(const Request& request, web::Services& services, QuietActs& quiet) {
    const std::string format = request.form.text("format") == "csv" ? "csv" : "xlsx";
    return services.database.write([&](storage::Transaction& db) {
        Work work{.db = db, .ids = services.ids, .now = services.clock.now(), .authority = {}, .actor = {}, .request_id = {}};
        if (!sign_in_work(work, request.cookies.raw(web::kSessionCookie))) return web::redirect("/dang-nhap?ve=/nguoi-dung");
        if (may(work, kReadPersonal)) return exported(work, format);
        quiet.note(work, "identity.refused", "POST /nguoi-dung/xuat");
        return web::forbidden();
    });
}
}  // namespace

void add_people_import_pages(Registry& registry) {
    using web::Method;
    const auto add = [&](Method method, std::string pattern, PageHandler handler) {
        registry.add(route_of_people(method, std::move(pattern), std::move(handler)));
    };
    add(Method::Get, "nhap", show_form);
    auto sent = route_of_people(Method::Post, "nhap", try_file);
    sent.prepare = [](const Request& request) { return std::any(receive_sheet(request)); };
    sent.files_limit = kLargestSheet + (1U << 16);
    registry.add(std::move(sent));
    add(Method::Get, "nhap/mau", send_template);
    add(Method::Get, "nhap/{id}", show_kept);
    add(Method::Get, "nhap/{id}/loi", send_all_faults);
    add(Method::Post, "nhap/{id}", [keys = keys_in(registry)](const Request& request, Work& work) { return apply_kept(request, work, *keys); });
    registry.add(web::Endpoint{Method::Post, "/nguoi-dung/xuat", [&registry](const Request& request, web::Services& services) {
                                   return export_people(request, services, *registry.all<std::shared_ptr<QuietActs>>().front());
                               }});
}

}  // namespace loa::identity
