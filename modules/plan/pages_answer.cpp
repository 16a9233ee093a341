// /tra-loi/…: where somebody without an account answers for her unit, by a personal link. Reading changes nothing: programs
// that show a preview of a link read it too.
#include <algorithm>
#include <any>
#include <functional>

#include "actions.h"
#include "answer_view.h"
#include "assignment_view.h"
#include "coverage.h"
#include "evidence_form.h"
#include "loa/media/ahead.h"
#include "loa/media/file.h"
#include "loa/media/pictures.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;

constexpr std::uint64_t kLargestAnswer = 8 << 20;  // what the program takes of somebody without an account at once
/// What an act is called in the address of the page after it, and the note there.
constexpr const char* kDone[] = {"nhan", "tra", "gui", "bao", "rut"};

std::string secret_of(const Request& request) { return request.parameters.text("token"); }
std::string base_of(const Request& request) { return answer_path(request.id("authority"), secret_of(request)); }
std::optional<ByLink> find(const Request& request, const Work& visitor) { return by_link(visitor, request.id("authority"), secret_of(request)); }

/// The same for an unknown, an expired and a revoked link.
Response no_such_link() { return web::failed(not_found("plan.link_not_good")); }

/// No search engine, and no page that she goes on to, learns the address.
Response kept_secret(Response response) {
    response.headers.emplace_back("X-Robots-Tag", "noindex, nofollow");
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Response show_lines(const Request& request, Work& visitor) {
    auto by = find(request, visitor);
    return by ? answers_page(*by, base_of(request), nullptr, 200) : no_such_link();
}

Response show_line(const Registry& registry, const Request& request, Work& visitor) {
    auto by = find(request, visitor);
    if (!by) return no_such_link();
    const auto asked = request.query.text("da");
    const bool known = std::find(std::begin(kDone), std::end(kDone), asked) != std::end(kDone);
    return answer_page(*by, registry, base_of(request), request.id("item"), nullptr, known ? asked : "", 200);
}

/// An act on one line, by the form of that name ("withdraw-" and an id).
struct Act {
    std::string_view name;                  // the last part of its address
    const char* done;                       // one of kDone
    std::string_view form, anchor, fields;  // which form it is, where that stands, and what leads to its fields
    std::function<Result<>(Work&, const LineRef&, const Request&)> run;
};

Result<> done_or_failure(const Result<Id>& made) {
    if (!made) return made.failure();
    return Done{};
}

/// What the form says; what the activity tells, and by what, is said by the plan.
Result<> send_evidence(const Registry& registry, Work& work, const LineRef& line, const Request& request) {
    const auto& files = std::any_cast<const media::AcceptedFiles&>(request.prepared);
    if (!files) return files.failure();
    const auto plan = plan_by_id(work, line.plan);
    if (!plan) return plan.failure();
    const auto assignment = assignment_by_id(work, *plan, line.assignment);
    if (!assignment) return assignment.failure();
    auto words = evidence_words(request.form, kind_of(work, registry, *assignment));
    words.topics.clear();
    const auto channels = told_by(work, *assignment).channels;
    if (std::find(channels.begin(), channels.end(), words.channel.value_or(Id{})) == channels.end()) words.channel.reset();
    return done_or_failure(submit_evidence(work, line, words, *files));
}

OccurrenceRef occurrence_of(const LineRef& line, const Request& request) {
    return {line.plan, line.assignment, request.form.id("occurrence").value_or(Id{}), request.form.number("version").value_or(0)};
}

std::vector<Act> acts(const Registry& registry) {
    return {{"nhan-viec", "nhan", "", "tl", "#", [](Work& w, const LineRef& line, const Request&) { return accept_line(w, line); }},
            {"tra-viec", "tra", "giveback", "tl", "#g-", [](Work& w, const LineRef& line, const Request& r) { return give_back_line(w, line, r.form.raw("reason")); }},
            {"bao-xong", "bao", "report-", "ky-", "#b", [](Work& w, const LineRef& line, const Request& r) { return report_line(w, occurrence_of(line, r), r.form.raw("reason")); }},
            {"minh-chung", "gui", "evidence", "them", "#e-", [&registry](Work& w, const LineRef& line, const Request& r) { return send_evidence(registry, w, line, r); }},
            {"minh-chung/{evidence}/rut", "rut", "withdraw-", "mc-", "#w", [](Work& w, const LineRef& line, const Request& r) {
                 return withdraw_evidence(w, {line.plan, line.assignment, r.id("evidence"), r.form.number("version").value_or(0)}, r.form.raw("reason"));
             }}};
}

/// The page again with the form as it was typed, for what its sender can mend.
Response refuse(const Registry& registry, const Request& request, ByLink& by, const Act& act, const Failure& failure) {
    if (failure.reason == Reason::NotFound) return web::failed(not_found("plan.answer_no_such_line"));
    if (failure.reason != Reason::Invalid && failure.reason != Reason::Conflict) return web::failed(failure);
    std::string id;
    if (act.form.ends_with('-')) id = to_string(act.form == "report-" ? request.form.id("occurrence").value_or(Id{}) : request.id("evidence"));
    const Refused refused{std::string(act.form) + id, &request.form, failure, std::string(act.anchor) + id, std::string(act.fields) + (id.empty() ? "" : id + "-")};
    return answer_page(by, registry, base_of(request), request.id("item"), &refused, "", failure.reason == Reason::Invalid ? 422 : 409);
}

Response take(const Registry& registry, const Request& request, Work& visitor, const Act& act) {
    auto by = find(request, visitor);
    if (!by) return no_such_link();
    if (const auto used = use_link(by->work); !used) return refuse(registry, request, *by, act, used.failure());
    const Id item = request.id("item");
    const auto done = act.run(by->work, {by->link.plan, item, request.form.number("version").value_or(0)}, request);
    if (!done) return refuse(registry, request, *by, act, done.failure());
    return web::redirect(base_of(request) + "/" + to_string(item) + "?da=" + act.done);
}

/// Files of somebody whose link is no good are not even looked at.
std::function<void(Request&, Work&)> look_by_link(std::function<void(Request&, Work&)> look) {
    return [look = std::move(look)](Request& request, Work& visitor) {
        if (auto by = find(request, visitor)) return look(request, by->work);
        for (auto& upload : request.uploads) upload.refused = not_found("plan.link_not_good");
    };
}

}  // namespace

void join_answer_pages(Registry& registry) {
    using web::Method;
    using web::Route;
    const std::string base = "/tra-loi/{authority}/{token:text}", line = base + "/{item}";
    const auto open = [](Method method, const std::string& pattern, decltype(Route::handler) handler) {
        return Route{.method = method, .pattern = pattern, .access = web::Access::Public, .handler = [handler = std::move(handler)](const Request& request, Work& visitor) {
                         return kept_secret(handler(request, visitor));
                     }, .secret = "token"};
    };
    registry.add(open(Method::Get, base, show_lines));
    registry.add(open(Method::Get, line, [&registry](const Request& request, Work& visitor) { return show_line(registry, request, visitor); }));
    for (auto& act : acts(registry)) {
        auto route = open(Method::Post, line + "/" + std::string(act.name),
                          [&registry, act](const Request& request, Work& visitor) { return take(registry, request, visitor, act); });
        if (act.form == "evidence") {
            const auto store = media::file_store(registry);
            route.prepare = [store](const Request& request) { return std::any(media::with_times(*store, media::accept_uploads(*store, request, "files"), "files")); };
            route.look = look_by_link(media::look_at_uploads(store));
            route.files_limit = kLargestAnswer;
        }
        registry.add(std::move(route));
    }
}

}  // namespace loa::plan
