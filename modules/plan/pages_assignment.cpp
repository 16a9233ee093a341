// /ke-hoach/{id}/viec/{item}: one unit's line, its targets, and the evidence of what was done.
#include <algorithm>
#include <any>
#include <boost/json.hpp>
#include <functional>

#include "actions.h"
#include "assignment_view.h"
#include "draft.h"
#include "evidence_form.h"
#include "evidence_records.h"
#include "loa/identity/trash.h"
#include "loa/media/ahead.h"
#include "loa/media/file.h"
#include "loa/media/pictures.h"
#include "loa/web/panel.h"
#include "loa/web/route.h"
#include "pages.h"
#include "rows.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Fields;
using web::Request;
using web::Response;
using web::View;

constexpr std::uint64_t kLargestUpload = media::kLargestFile + (1 << 20);  // all files of one piece of evidence together

LineRef line_of(const Request& request) {
    return {request.id(), request.id("item"), request.form.number("version").value_or(0)};
}
/// A piece more changes nothing that others see otherwise; a form that was filled in days ago names no version.
LineRef line_to_add_to(const Request& request) {
    auto line = line_of(request);
    if (!request.form.has("version")) line.version.reset();
    return line;
}
OccurrenceRef occurrence_of(const Request& request) {
    return {request.id(), request.id("item"), request.form.id("occurrence"), request.form.number("version").value_or(0)};
}
EvidenceRef evidence_of(const Request& request) {
    return {request.id(), request.id("item"), request.id("evidence"), request.form.number("version").value_or(0)};
}

/// The forms of the page: where each stands, and what leads to its fields; after "-" comes the id of what it is of.
struct PageForm {
    std::string_view noun, anchor, link;
};
constexpr PageForm kForms[] = {{"evidence", "them", "#e0-"},   {"targets", "ct", "#"},        {"hand", "tl", "#"},
                               {"giveback", "tl", "#g-"},      {"keep", "tl", "#v-"},         {"report-", "ky-", "#b"},
                               {"back-", "ky-", "#k"},         {"evidence-", "mc-", "#e"},    {"return-", "mc-", "#r"},
                               {"withdraw-", "mc-", "#w"},     {"told-", "mc-", "#t"}};

Refused refused_in(const std::string& form, const Fields* typed, const Failure& failure) {
    const auto dash = form.find('-');
    const std::string noun = form.substr(0, dash == std::string::npos ? dash : dash + 1), id = form.substr(noun.size());
    for (const auto& known : kForms)
        if (known.noun == noun)
            return {form, typed, failure, std::string(known.anchor) + id, std::string(known.link) + (id.empty() ? "" : id + "-")};
    return {form, typed, failure};
}

/// A script asks for the sentences of a refusal alone, without the page around them (assets/ts/on_site_send.ts).
bool asks_for_sentences(const Request& request) { return request.headers.text("accept") == "application/json"; }

Response sentences(const Work& work, const Failure& failure, int status) {
    boost::json::array problems;
    for (const auto& problem : failure.problems) problems.emplace_back(text_of(work, problem));
    return web::json(boost::json::serialize(boost::json::object{{"problems", std::move(problems)}}), status);
}

/// The handlers, with the registry that says which kinds of activity there are.
class Handlers {
  public:
    explicit Handlers(const Registry& registry) : registry_(registry) {}

    Response show(const Request& request, Work& work) const { return page(work, request, nullptr, 200); }

    /// Runs the act; on success back to the page, else the page again with the form as it was typed.
    template <class T>
    Response answer(const Request& request, Work& work, const std::string& form, const Result<T>& done) const {
        if (done) return web::redirect(path_of(request.id(), "/viec/" + to_string(request.id("item"))) + back_to_piece(work, request));
        const auto& failure = done.failure();
        if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
        const int status = failure.reason == Reason::Invalid ? 422 : 409;
        if (asks_for_sentences(request)) return sentences(work, failure, status);
        const Refused refused = refused_in(form, &request.form, failure);
        return page(work, request, &refused, status);
    }

    Response submit(const Request& request, Work& work) const {
        const auto& files = std::any_cast<const media::AcceptedFiles&>(request.prepared);
        if (!files) return answer(request, work, "evidence", files);
        return answer(request, work, "evidence", submit_evidence(work, line_to_add_to(request), words(request, work), *files));
    }

    Response remove_file(const Request& request, Work& work) const {
        const auto item = remove_evidence_file(work, evidence_of(request), request.form.id("file").value_or(Id{}));
        if (!item) return answer(request, work, "", item);
        const auto piece = to_string(request.id("evidence"));
        return web::redirect(path_of(request.id(), "/viec/" + to_string(request.id("item"))) + "?da-xoa=" + to_string(*item) + "&minh-chung=" + piece);
    }

    Response resubmit(const Request& request, Work& work) const {
        const auto& files = std::any_cast<const media::AcceptedFiles&>(request.prepared);
        const std::string form = "evidence-" + to_string(request.id("evidence"));
        if (!files) return answer(request, work, form, files);
        return answer(request, work, form, resubmit_evidence(work, evidence_of(request), words(request, work), *files));
    }

  private:
    /// To the page of the list that it stands on, where that is not the first.
    static std::string back_to_piece(Work& work, const Request& request) {
        const auto piece = request.parameters.id("evidence");
        if (!piece || evidence_before(work, request.id("item"), *piece) < kPiecesPerPage) return "";
        return "?minh-chung=" + to_string(*piece) + "#mc-" + to_string(*piece);
    }

    Response page(Work& work, const Request& request, const Refused* refused, int status) const {
        auto plan = plan_by_id(work, request.id());
        if (!plan) return web::failed(plan.failure());
        auto assignment = assignment_by_id(work, *plan, request.id("item"));
        if (!assignment) return web::failed(assignment.failure());
        LineAsked asked{.adding = request.query.has("ghi"), .record = request.query.text("ho-so"), .pieces = {request.query.id("minh-chung"), request.query.number("trang").value_or(1)}};
        if (refused) asked.pieces.piece = request.parameters.id("evidence");
        auto response = assignment_page(work, registry_, *plan, *assignment, refused, asked, status);
        if (auto undo = identity::undo_view(work, registry_, request.query.id("da-xoa"))) response.page->view.set("undo", *std::move(undo));
        web::set_panels(registry_, "assignment", request, work, response.page->view);
        return response;
    }

    /// What the form says; a line that is not there is the action's to refuse.
    EvidenceWords words(const Request& request, Work& work) const {
        const auto row = work.db.one("plan.assignment_by_id", {work.authority, request.id(), request.id("item")});
        const Assignment assignment = row ? assignment_from(*row) : Assignment{};
        auto words = evidence_words(request.form, kind_of(work, registry_, assignment));
        if (!words.record.empty()) words.records = records_of_line(work, registry_, assignment.id);
        return words;
    }

    const Registry& registry_;
};

struct LineAct {
    std::string_view name;
    const Verb& verb;
    std::string_view form;  // of the page, that shows what was typed when the act is refused (kForms)
    std::function<Result<>(Work&, const Request&)> act;
};

const std::vector<LineAct>& line_acts() {
    static const std::vector<LineAct> acts{
        {"nhan-viec", kReport, "", [](Work& w, const Request& r) { return accept_line(w, line_of(r)); }},
        {"giao-nguoi", kReport, "hand", [](Work& w, const Request& r) { return hand_line(w, line_of(r), r.form.id("person")); }},
        {"tra-viec", kReport, "giveback", [](Work& w, const Request& r) { return give_back_line(w, line_of(r), r.form.raw("reason")); }},
        {"van-giao", kConfirm, "keep", [](Work& w, const Request& r) { return keep_line(w, line_of(r), r.form.raw("reason")); }},
        {"bao-xong", kReport, "report-", [](Work& w, const Request& r) { return report_line(w, occurrence_of(r), r.form.raw("reason")); }},
        {"khep", kConfirm, "", [](Work& w, const Request& r) { return close_line(w, occurrence_of(r)); }},
        {"tra-lai", kConfirm, "back-", [](Work& w, const Request& r) { return return_line(w, occurrence_of(r), r.form.raw("reason")); }},
        {"chi-tieu", kConfirm, "targets", [](Work& w, const Request& r) { return set_line_targets(w, line_of(r), typed_lines(r.form.raw("targets"))); }},
        {"minh-chung/{evidence}/xac-nhan", kConfirm, "", [](Work& w, const Request& r) { return confirm_evidence(w, evidence_of(r)); }},
        {"minh-chung/{evidence}/tra-lai", kConfirm, "return-", [](Work& w, const Request& r) { return return_evidence(w, evidence_of(r), r.form.raw("reason")); }},
        {"minh-chung/{evidence}/noi-dung", kConfirm, "told-", [](Work& w, const Request& r) { return set_evidence_told(w, evidence_of(r), r.form.ids("topics"), r.form.id("channel")); }},
        {"minh-chung/{evidence}/rut", kReport, "withdraw-", [](Work& w, const Request& r) { return withdraw_evidence(w, evidence_of(r), r.form.raw("reason")); }}};
    return acts;
}

}  // namespace

void join_assignment_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const Handlers handlers(registry);
    const std::string line = "/ke-hoach/{id}/viec/{item}";
    registry.add(web::Route{.method = Method::Get,
                            .pattern = line,
                            .access = Access::Granted,
                            .verb = std::string(kRead.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.show(request, work); }});
    for (const auto& entry : line_acts())
        registry.add(web::Route{.method = Method::Post,
                                .pattern = line + "/" + std::string(entry.name),
                                .access = Access::Granted,
                                .verb = std::string(entry.verb.name),
                                .handler = [handlers, act = entry.act, form = std::string(entry.form),
                                            of_evidence = entry.name.starts_with("minh-chung")](const Request& request, Work& work) {
                                    const Id of = of_evidence ? request.id("evidence") : request.form.id("occurrence").value_or(Id{});
                                    const std::string shown = form.ends_with('-') ? form + to_string(of) : form;
                                    return handlers.answer(request, work, shown, act(work, request));
                                }});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = line + "/minh-chung/{evidence}/bo-tep",
                            .access = Access::Granted,
                            .verb = std::string(kReport.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.remove_file(request, work); }});
    const auto with_files = [&, store = media::file_store(registry)](const char* rest, auto handler) {
        registry.add(web::Route{.method = Method::Post,
                                .pattern = line + rest,
                                .access = Access::Granted,
                                .verb = std::string(kReport.name),
                                .handler = handler,
                                .prepare = [store](const Request& request) { return std::any(media::with_times(*store, media::accept_uploads(*store, request, "files"), "files")); },
                                .look = media::look_at_uploads(store),
                                .files_limit = kLargestUpload});
    };
    with_files("/minh-chung", [handlers](const Request& request, Work& work) { return handlers.submit(request, work); });
    with_files("/minh-chung/{evidence}/sua", [handlers](const Request& request, Work& work) { return handlers.resubmit(request, work); });
}

}  // namespace loa::plan
