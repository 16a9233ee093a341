// /ke-hoach/nhap: the plan file comes in.
#include <any>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/media/ahead.h"
#include "loa/media/file.h"
#include "loa/web/route.h"
#include "addresses.h"
#include "names.h"
#include "pages.h"
#include "verbs.h"
#include "views.h"
#include "waiting_file.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

/// What came in, read before the transaction opens; without a document where other programs have to read it.
struct Incoming {
    std::optional<media::AcceptedFile> file;
    std::optional<formats::TextDocument> document;
    std::optional<Failure> failure;
};

Incoming receive(const Request& request, media::FileStore& store) {
    const auto* upload = request.upload("file");
    if (upload && upload->refused) return {{}, {}, *upload->refused};
    if (!upload || upload->file_name.empty()) return {{}, {}, invalid("file", "plan.file_missing")};
    std::optional<formats::TextDocument> document;
    if (!formats::needs_other_programs(upload->bytes(), upload->file_name)) {
        auto read = formats::read_document(upload->bytes(), upload->file_name);
        if (!read) return {{}, {}, read.failure()};
        if (is_too_long(*read)) return {{}, {}, invalid("file", "plan.text_too_long")};
        document = *std::move(read);
    }
    auto file = media::accept_upload(store, request, "file", {.largest = kLargestPlanFile});
    if (!file) return {{}, {}, file.failure()};
    return {*std::move(file), std::move(document), {}};
}

/// The units whose plans the person may draft.
std::vector<identity::Unit> drafting_units(Work& work) {
    std::vector<Id> units;
    for (const Id unit : identity::own_units(work))
        if (identity::may_in_unit(work, kDraft, unit)) units.push_back(unit);
    return identity::units_by_ids(work, units);
}

Response import_page(Work& work, const Failure* failure, std::optional<Id> chosen, int status) {
    View view;
    std::vector<View> units;
    for (const auto& unit : drafting_units(work)) units.push_back(choice(unit.id, unit.name, chosen == unit.id));
    view.flag("several_units", units.size() > 1);
    view.set("units", std::move(units));
    if (failure) set_problems(work, view, *failure);
    return web::show({"plan/import", tr(work, "plan.import_title"), std::move(view)}, status);
}

Response show_import(const Request&, Work& work) { return import_page(work, nullptr, std::nullopt, 200); }

Response import_file(const Request& request, Work& work) {
    const auto& incoming = std::any_cast<const Incoming&>(request.prepared);
    const auto chosen = request.form.id("unit");
    if (incoming.failure) return import_page(work, &*incoming.failure, chosen, 422);
    const auto units = drafting_units(work);
    if (units.empty()) return web::forbidden();
    const Id unit = chosen.value_or(units.front().id);
    if (!incoming.document) {
        const auto waiting = bring_file(work, *incoming.file, unit);
        return waiting ? web::redirect(waiting_path(*waiting)) : web::failed(waiting.failure());
    }

    ImportPlan input;
    input.reading = read_plan(*incoming.document, agency_names(work));
    input.lines = incoming.document->lines;
    input.file_name = incoming.file->name;
    input.drafting_unit = unit;
    input.file = incoming.file;
    auto plan = import_plan(work, input);
    if (!plan && plan.failure().reason == Reason::Forbidden) return web::failed(plan.failure());
    if (!plan) return import_page(work, &plan.failure(), chosen, 422);
    return web::redirect(path_of(*plan, "/ra-soat"));
}

Response show_waiting(const Request& request, Work& work) {
    constexpr int kLookAgainSeconds = 2;
    const auto file = own_waiting_file(work, request.id());
    if (!file) return web::not_found();
    using State = WaitingFile::State;
    if (file->state == State::Read) return web::redirect(path_of(*file->plan, "/ra-soat"));
    if (file->state == State::Cancelled) return web::redirect("/ke-hoach/nhap");
    if (file->state == State::Refused || file->given_up(work.now)) {
        const Failure failure{Reason::Invalid, {file->problem.value_or(Problem{"file", "plan.reading_broke_off", {}})}};
        return import_page(work, &failure, file->drafting_unit, 200);
    }
    View view;
    view.set("path", waiting_path(file->id)).set("file_name", file->file_name).set("seconds", kLookAgainSeconds);
    view.flag("counted", file->pages > 0).set("pages_done", file->pages_done).set("pages", file->pages);
    if (file->pages > 0)
        view.set("progress", tr(work, "plan.waiting_pages", {{"done", std::to_string(file->pages_done)}, {"pages", std::to_string(file->pages)}}));
    return web::show({.name = "plan/import_waiting", .title = tr(work, "plan.waiting_title"), .view = std::move(view), .again_after_seconds = kLookAgainSeconds});
}

Response cancel_waiting(const Request& request, Work& work) {
    const auto done = cancel_waiting_file(work, request.id());
    if (!done && done.failure().reason == Reason::Conflict) return web::redirect(waiting_path(request.id()));
    return done ? web::redirect("/ke-hoach/nhap") : web::failed(done.failure());
}

}  // namespace

void join_import_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto store = media::file_store(registry);
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/ke-hoach/nhap",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = show_import});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/ke-hoach/nhap",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = import_file,
                            .prepare = [store](const Request& request) { return std::any(receive(request, *store)); },
                            .look = media::look_at_uploads(store),
                            .files_limit = kLargestPlanFile + (1U << 16)});
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/ke-hoach/nhap/{id}",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = show_waiting});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/ke-hoach/nhap/{id}/dung",
                            .access = Access::Granted,
                            .verb = std::string(kDraft.name),
                            .handler = cancel_waiting});
    join_waiting_files(registry, store);
}

}  // namespace loa::plan
