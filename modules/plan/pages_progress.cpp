// /viec-don-vi/tien-do: what was done, from the spreadsheet that an office keeps anyway.
#include <any>
#include <charconv>

#include "download.h"
#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/permissions.h"
#include "loa/media/ahead.h"
#include "loa/web/route.h"
#include "pages.h"
#include "progress_template.h"
#include "progress_view.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kPath = "/viec-don-vi/tien-do";
constexpr std::size_t kLargestSheet = 8U << 20;  // bytes
/// Far less than the reader could take in: below the headings at most kMostProgressRows may say something.
constexpr formats::SheetLimits kSheetLimits{.bytes = kLargestSheet, .sheets = 64, .rows = 50'000, .columns = 300, .cells = 400'000, .text = 16U << 20, .merged = 10'000};

/// A file that comes in, read before the transaction opens.
struct Incoming {
    std::optional<media::AcceptedFile> file;
    std::vector<formats::Sheet> sheets;
    std::optional<Failure> failure;
};

Incoming receive(const Request& request, media::FileStore& store) {
    const auto* upload = request.upload("file");
    if (upload != nullptr && upload->refused) return {{}, {}, *upload->refused};
    if (upload == nullptr || upload->file_name.empty()) return {{}, {}, invalid("file", "plan.progress_file_missing")};
    auto sheets = formats::read_spreadsheet(upload->bytes(), upload->file_name, kSheetLimits);
    if (!sheets) return {{}, {}, sheets.failure()};
    auto file = media::accept_upload(store, request, "file", {.largest = kLargestSheet});
    if (!file) return {{}, {}, file.failure()};
    return {*std::move(file), *std::move(sheets), {}};
}

/// A file that was brought before: found in `look`, read in `prepare`.
struct Opened {
    std::string sha256, file_name;
    std::vector<formats::Sheet> sheets;
};

void look(Request& request, Work& work) {
    Opened opened;
    if (const auto import = own_progress_import(work, request.id()))
        if (const auto file = media::file_by_id(work, import->file)) opened = {file->sha256, import->file_name, {}};
    request.prepared = std::move(opened);
}

std::any open(const Request& request, const media::FileStore& store) {
    auto opened = std::any_cast<Opened>(request.prepared);
    if (opened.sha256.empty()) return opened;
    const auto bytes = store.read(opened.sha256);
    if (!bytes) throw Fault("the bytes of a spreadsheet are not in the store");
    auto sheets = formats::read_spreadsheet(*bytes, opened.file_name, kSheetLimits);
    if (sheets) opened.sheets = *std::move(sheets);
    return opened;
}

Response form_page(Work& work, const Failure* failure, int status) {
    View view;
    view.set("path", std::string(kPath));
    std::vector<View> waiting;
    for (const auto& import : open_progress_imports(work))
        waiting.push_back(View().set("path", progress_path(import.id)).set("name", import.file_name).set("at", import.brought_at.vietnamese()));
    view.flag("any_waiting", !waiting.empty()).set("waiting", std::move(waiting));
    view.set("error_file", "").flag("has_problems", false);
    if (failure != nullptr) set_problems(work, view, *failure);
    return web::show({.name = "plan/progress_form", .title = tr(work, "plan.progress_title"), .view = std::move(view), .stands_under = "/viec-don-vi"}, status);
}

Response show_form(const Request&, Work& work) { return form_page(work, nullptr, 200); }

Response bring(const Request& request, Work& work) {
    const auto& incoming = std::any_cast<const Incoming&>(request.prepared);
    if (incoming.failure) return form_page(work, &*incoming.failure, 422);
    if (const auto trial = try_progress(work, incoming.sheets, {}, incoming.file->name); !trial) return form_page(work, &trial.failure(), 422);
    const auto import = bring_progress(work, *incoming.file);
    return import ? web::redirect(progress_path(*import)) : web::failed(import.failure());
}

Response page(const Request& request, Work& work, const Failure* failure, const RefusedColumns* refused = nullptr) {
    const auto import = own_progress_import(work, request.id());
    if (!import) return web::not_found();
    const auto& sheets = std::any_cast<const Opened&>(request.prepared).sheets;
    auto trial = try_progress(work, sheets, import->answers, import->file_name);
    // As its person said, its columns tell nothing: as Loa reads it, they did.
    if (!trial) trial = try_progress(work, sheets, {}, import->file_name);
    if (!trial) return form_page(work, &trial.failure(), 422);
    View view = progress_view(work, *import, sheets, *trial, refused);
    view.set("error", failure != nullptr ? text_of(work, failure->problems.front()) : "");
    return web::show({.name = "plan/progress", .title = tr(work, "plan.progress_title"), .view = std::move(view), .stands_under = "/viec-don-vi"},
                     refused != nullptr ? 422 : failure != nullptr ? 409 : 200);
}

Response show(const Request& request, Work& work) { return page(request, work, nullptr); }

ProgressRef ref_in(const Request& request) { return {request.id(), request.form.number("version").value_or(0)}; }

template <class T>
Response answer(const Request& request, Work& work, const Result<T>& done) {
    if (done) return web::redirect(progress_path(request.id()));
    const auto& failure = done.failure();
    return failure.reason == Reason::Conflict ? page(request, work, &failure) : web::failed(failure);
}

/// What the form of the columns says. Of another sheet the columns are guessed anew, and rows were others.
ProgressAnswers typed_columns(const web::Fields& form, const ProgressAnswers& stored, std::size_t sheets) {
    ProgressAnswers answers = stored;
    const auto sheet = form.number("sheet"), shown = form.number("shown_sheet");
    if (sheet && shown && *sheet != *shown && *sheet >= 0 && *sheet < static_cast<std::int64_t>(sheets)) {
        answers = {};
        answers.sheet = static_cast<std::size_t>(*sheet);
    } else {
        answers.places.emplace();
        for (const auto column : kProgressColumns)
            if (const auto place = form.number("cot-" + std::string(code(column))); place && *place >= 0 && *place < kSheetLimits.columns) answers.places->set(column, static_cast<int>(*place));
        answers.counting = form.text("counting") == "total" ? Counting::Total : Counting::Each;
    }
    answers.day = Date::parse_vietnamese(form.text("day"));
    return answers;
}

/// With them the table can be read.
Result<> check_columns(Work& work, const ProgressAnswers& answers, const std::string& typed_day, const std::vector<formats::Sheet>& sheets, const std::string& file_name) {
    if (answers.places && !answers.places->has(ProgressColumn::Content) && !answers.places->has(ProgressColumn::Code)) return invalid("cot-content", "plan.progress_needs_lines");
    if (!typed_day.empty() && !answers.day) return invalid("day", "plan.evidence_day_unreadable");
    if (answers.day && *answers.day > work.today()) return invalid("day", "plan.evidence_day_ahead");
    const auto trial = try_progress(work, sheets, answers, file_name);
    return trial ? Result<>(Done{}) : Result<>(trial.failure());
}

Response set_columns(const Request& request, Work& work) {
    const auto import = own_progress_import(work, request.id());
    if (!import) return web::not_found();
    const auto& sheets = std::any_cast<const Opened&>(request.prepared).sheets;
    const auto answers = typed_columns(request.form, import->answers, sheets.size());
    if (const auto sound = check_columns(work, answers, request.form.text("day"), sheets, import->file_name); !sound) {
        const RefusedColumns refused{answers, request.form.text("day"), sound.failure()};
        return page(request, work, nullptr, &refused);
    }
    return answer(request, work, answer_progress(work, ref_in(request), answers));
}

std::optional<int> row_number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 ? std::optional(number) : std::nullopt;
}

/// "bo", "ghi", "<line>" or "<line>-<target>"; anything else says nothing.
void take_choice(RowChoice& choice, const std::string& value) {
    if (value == "bo") {
        choice.skip = true;
    } else if (value == "ghi") {
        choice.anyway = true;
    } else if (const auto dash = value.find('-'); const auto line = parse_id(std::string_view(value).substr(0, dash))) {
        choice = {};
        choice.assignment = line;
        if (dash != std::string::npos) choice.target = parse_id(std::string_view(value).substr(dash + 1));
    }
}

Response set_rows(const Request& request, Work& work) {
    constexpr std::string_view kRow = "dong-";
    const auto import = own_progress_import(work, request.id());
    if (!import) return web::not_found();
    auto answers = import->answers;
    for (const auto& [name, value] : request.form.items()) {
        const bool of_row = std::string_view(name).starts_with(kRow);
        const auto number = row_number_in(of_row ? std::string_view(name).substr(kRow.size()) : std::string_view(value));
        if (!number) continue;
        if (name == "again") answers.rows.erase(*number);
        else if (name == "skip") answers.rows[*number].skip = true;
        else if (of_row && !value.empty()) take_choice(answers.rows[*number], value);
    }
    return answer(request, work, answer_progress(work, ref_in(request), answers));
}

Response record(const Request& request, Work& work) {
    const auto& sheets = std::any_cast<const Opened&>(request.prepared).sheets;
    return answer(request, work, record_progress(work, ref_in(request), request.form.text("digest"), sheets));
}

Response drop(const Request& request, Work& work) {
    const auto done = drop_progress(work, ref_in(request));
    return done ? web::redirect(std::string(kPath)) : answer(request, work, done);
}

Response send_template(const Request&, Work& work) {
    return download(formats::write_xlsx(progress_template(work)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "ket-qua-" + work.today().iso() + ".xlsx");
}

}  // namespace

void join_progress_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto store = media::file_store(registry);
    const auto route = [](Method method, std::string pattern, decltype(web::Route::handler) handler) {
        return web::Route{.method = method, .pattern = std::move(pattern), .access = Access::Granted, .verb = std::string(kReport.name), .handler = std::move(handler)};
    };
    const std::string form(kPath), one = form + "/{id}";
    registry.add(route(Method::Get, form, show_form));
    registry.add(route(Method::Get, form + "/mau", send_template));
    auto sent = route(Method::Post, form, bring);
    sent.prepare = [store](const Request& request) { return std::any(receive(request, *store)); };
    sent.look = media::look_at_uploads(store);
    sent.files_limit = kLargestSheet + (1U << 16);
    registry.add(std::move(sent));
    const auto with_file = [&](Method method, const char* rest, decltype(web::Route::handler) handler) {
        auto added = route(method, one + rest, std::move(handler));
        added.look = look;
        added.prepare = [store](const Request& request) { return open(request, *store); };
        registry.add(std::move(added));
    };
    with_file(Method::Get, "", show);
    with_file(Method::Post, "/cot", set_columns);
    with_file(Method::Post, "/dong", set_rows);
    with_file(Method::Post, "/ghi", record);
    with_file(Method::Post, "/bo", drop);
}

}  // namespace loa::plan
