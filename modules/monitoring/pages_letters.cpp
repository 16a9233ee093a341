// /don-doc/cong-van: the letters to units that are late, as on paper, and their number and day.
#include <fmt/format.h>

#include <algorithm>

#include "actions.h"
#include "letters.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/web/route.h"
#include "pages.h"
#include "queries.h"
#include "scope.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr int kMostLetters = 100;
constexpr int kDaysToReply = 3;

/// The office that sends it, who reads what any unit reports, and once it is issued everyone of a unit that stands in it.
bool may_read(Work& work, const Reader& reader, const UrgingLetter& letter, const std::vector<UrgingLetterLine>& lines) {
    if (may_send(work, letter)) return true;
    if (letter.state != LetterState::Issued) return false;
    const auto own = identity::own_units(work);
    return reader.opens_every_line() || std::any_of(lines.begin(), lines.end(), [&](const UrgingLetterLine& line) {
               return reader.opens(line.line.plan, line.line.unit) || std::find(own.begin(), own.end(), line.line.unit) != own.end();
           });
}

Response show_all(const Registry& registry, Work& work) {
    View view;
    std::vector<View> rows;
    const Reader reader(work, registry, running_plans(work));
    for (const auto& [letter, lines, open] : letters(work, kMostLetters)) {
        const bool draft = letter.state == LetterState::Draft;
        if (!may_read(work, reader, letter, lines_of(work, letter))) continue;
        View row;
        row.set("path", letter_path(letter.id)).set("number", letter.number).flag("draft", draft);
        row.set("issued_on", letter.issued_on ? letter.issued_on->vietnamese() : "").set("reply_by", letter.reply_by ? letter.reply_by->vietnamese() : "");
        row.set("office", letter.unit_name).set("lines", lines).set("open_lines", open).flag("answered", open == 0);
        rows.push_back(std::move(row));
    }
    view.flag("none", rows.empty()).set("letters", std::move(rows));
    return web::show({.name = "monitoring/letters", .title = tr(work, "monitoring.letters"), .view = std::move(view), .stands_under = "/tong-quan"});
}

/// The letter's body: every unit with its lines, numbered.
std::vector<View> units_of(const Work& work, const Reader& reader, const std::vector<UrgingLetterLine>& lines) {
    std::vector<View> units;
    for (std::size_t at = 0; at < lines.size();) {
        const Id unit = lines[at].line.unit;
        View view;
        view.set("unit", lines[at].line.unit_name).set("number", std::to_string(units.size() + 1));
        std::vector<View> rows;
        for (; at < lines.size() && lines[at].line.unit == unit; ++at) {
            View row = line_view(work, reader, lines[at].line);
            row.flag("answered", lines[at].line.state != "open");
            rows.push_back(std::move(row));
        }
        view.set("lines", std::move(rows));
        view.set("end", at == lines.size() ? "." : ";");
        units.push_back(std::move(view));
    }
    return units;
}

/// "Kế hoạch số 15/KH-UBND ngày 19/01/2026", each once.
std::string plans_of(const Work& work, const std::vector<UrgingLetterLine>& lines) {
    std::vector<std::string> plans;
    for (const auto& line : lines) {
        const auto text = tr(work, "monitoring.plan_numbered",
                             {{"number", line.plan_number}, {"day", line.plan_issued_on ? line.plan_issued_on->vietnamese() : ""}, {"title", line.plan_title}});
        if (std::find(plans.begin(), plans.end(), text) == plans.end()) plans.push_back(text);
    }
    return joined(plans, "; ");
}

class Handlers {
  public:
    explicit Handlers(const Registry& registry) : registry_(registry) {}

    Response show(const Request& request, Work& work) const { return page(request, work, nullptr); }

    Response issue(const Request& request, Work& work) const {
        const auto& form = request.form;
        const auto done = issue_letter(work, {request.id(), form.number("version").value_or(0), form.text("number"), form.text("issued_on"), form.text("reply_by")});
        if (done) return web::redirect(letter_path(request.id()));
        const auto reason = done.failure().reason;
        return reason == Reason::Invalid || reason == Reason::Conflict ? page(request, work, &done.failure()) : web::failed(done.failure());
    }

    Response cancel(const Request& request, Work& work) const {
        const auto done = cancel_letter(work, request.id(), request.form.number("version").value_or(0));
        return done ? web::redirect("/don-doc/cong-van") : web::failed(done.failure());
    }

  private:
    Response page(const Request& request, Work& work, const Failure* failure) const {
        const auto letter = letter_by_id(work, request.id());
        if (!letter || letter->state == LetterState::Cancelled) return web::not_found();
        const bool draft = letter->state == LetterState::Draft;
        const auto lines = lines_of(work, *letter);
        const Reader reader(work, registry_, running_plans(work));
        if (!may_read(work, reader, *letter, lines)) return web::not_found();
        View view;
        if (const auto authority = identity::authority_by_id(work, work.authority))
            view.set("authority", upper(authority->name)).set("place", identity::place_name(*authority));
        view.set("office", letter->unit_name).set("number", letter->number).flag("draft", draft).set("version", std::to_string(letter->version));
        view.set("path", letter_path(letter->id));
        view.set("long_date", letter->issued_on ? i18n::long_date(Language::Vietnamese, *letter->issued_on) : "");
        view.set("reply_by", letter->reply_by ? letter->reply_by->vietnamese() : "");
        view.set("plans", plans_of(work, lines)).set("units", units_of(work, reader, lines)).flag("empty", lines.empty());
        View form;
        const bool typed = failure != nullptr;
        form.set("number", typed ? request.form.text("number") : "");
        form.set("issued_on", typed ? request.form.text("issued_on") : work.today().vietnamese());
        form.set("reply_by", typed ? request.form.text("reply_by") : work.today().plus_days(kDaysToReply).vietnamese());
        std::vector<View> problems;
        for (const char* field : {"number", "issued_on", "reply_by"}) form.set(std::string("error_") + field, "");
        if (failure)
            for (const auto& problem : failure->problems) {
                const auto text = tr(work, problem.key, problem.args);
                problems.push_back(View().set("text", text).set("link", "#" + problem.field));
                if (!problem.field.empty()) form.set("error_" + problem.field, text);
            }
        view.flag("has_problems", !problems.empty()).set("problems", std::move(problems));
        if (draft && !lines.empty()) view.set("form", std::move(form));
        const int status = !failure ? 200 : failure->reason == Reason::Invalid ? 422 : 409;
        return web::show({.name = "monitoring/letter", .title = tr(work, "monitoring.letter"), .view = std::move(view), .stands_under = "/tong-quan"}, status);
    }

    const Registry& registry_;
};

}  // namespace

void join_letter_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const Handlers handlers(registry);
    const std::string letter = "/don-doc/cong-van/{id}";
    registry.add(web::Route{.method = Method::Get, .pattern = "/don-doc/cong-van", .access = Access::SignedIn, .handler = [&registry](const Request&, Work& work) { return show_all(registry, work); }});
    registry.add(web::Route{.method = Method::Get,
                            .pattern = letter,
                            .access = Access::SignedIn,
                            .handler = [handlers](const Request& request, Work& work) { return handlers.show(request, work); }});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = letter + "/ban-hanh",
                            .access = Access::Granted,
                            .verb = std::string(kUrge.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.issue(request, work); }});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = letter + "/huy",
                            .access = Access::Granted,
                            .verb = std::string(kUrge.name),
                            .handler = [handlers](const Request& request, Work& work) { return handlers.cancel(request, work); }});
}

}  // namespace loa::monitoring
