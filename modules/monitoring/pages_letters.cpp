// /don-doc/cong-van: the letters to units that are late, as on paper, and their number and day.
#include <fmt/format.h>

#include <algorithm>

#include "actions.h"
#include "filter_view.h"
#include "letters.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/identity/authorities.h"
#include "loa/identity/sheet_download.h"
#include "loa/identity/units.h"
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

constexpr int kPerPage = 30, kPart = 500, kDaysToReply = 3, kYearsOffered = 6;
constexpr std::string_view kPath = "/don-doc/cong-van";

/// "Còn 3 việc của 2 đơn vị quá hạn trả lời"; nothing before the day is over, or once everybody has answered.
std::string unanswered_text(const Work& work, const UrgingLetter& letter, std::int64_t lines, std::int64_t units) {
    if (letter.state != LetterState::Issued || !letter.reply_by || *letter.reply_by >= work.today() || lines == 0) return "";
    return tr(work, "monitoring.letter_unanswered", {{"n", std::to_string(lines)}, {"m", std::to_string(units)}});
}

struct StateChoice {
    std::string_view code, name;
    std::optional<LetterState> state;
    bool unanswered = false;
};
constexpr StateChoice kStates[] = {{"", "monitoring.every_state", std::nullopt},
                                   {"cho-cap-so", "monitoring.letter_waits", LetterState::Draft},
                                   {"da-ban-hanh", "monitoring.letter_state_issued", LetterState::Issued},
                                   {"chua-tra-loi", "monitoring.letter_state_unanswered", std::nullopt, true}};

struct AskedLetters {
    LetterFilter filter;
    std::string query;  // what leads back to it, without "?"
};

AskedLetters asked_of(const Request& request, Work& work, View& view) {
    AskedLetters asked;
    const auto code = request.query.text("tinh-trang");
    std::vector<View> states, years, units;
    for (const auto& state : kStates) {
        const bool chosen = state.code == code;
        states.push_back(View().set("code", std::string(state.code)).set("name", tr(work, state.name)).flag("chosen", chosen));
        if (!chosen) continue;
        asked.filter.state = state.state;
        asked.filter.unanswered = state.unanswered;
        if (!state.code.empty()) asked.query += fmt::format("&tinh-trang={}", state.code);
    }
    asked.filter.unit = request.query.id("don-vi");
    if (asked.filter.unit) asked.query += "&don-vi=" + to_string(*asked.filter.unit);
    const int this_year = work.today().year();
    for (int year = this_year; year > this_year - kYearsOffered; --year) {
        const bool chosen = request.query.number("nam") == year;
        years.push_back(View().set("year", std::to_string(year)).flag("chosen", chosen));
        if (!chosen) continue;
        asked.filter.year = year;
        asked.query += fmt::format("&nam={}", year);
    }
    for (const auto& node : identity::unit_tree_around(work, work.today(), asked.filter.unit))
        if (node.depth > 0) units.push_back(choice(node.unit.id, node.unit.name, asked.filter.unit));
    view.set("states", std::move(states)).set("years", std::move(years)).set("units", std::move(units)).flag("filtered", !asked.query.empty());
    return asked;
}

/// The page that the address asks for, and the ways to those around it.
std::vector<UrgingLetterSummary> page_of(const Request& request, Work& work, const Reader& reader, AskedLetters asked, View& view) {
    auto& filter = asked.filter;
    filter.older = request.query.id("sau");
    filter.newer = filter.older ? std::nullopt : request.query.id("truoc");
    bool older = filter.newer.has_value(), newer = filter.older.has_value();
    auto page = letters(work, reader, filter, kPerPage + 1);
    if (page.size() > kPerPage) {
        (filter.newer ? newer : older) = true;
        page.erase(filter.newer ? page.begin() : page.end() - 1);
    }
    const auto path = [&](const char* side, const UrgingLetterSummary& at) { return fmt::format("{}?{}={}{}", kPath, side, to_string(at.letter.id), asked.query); };
    if (newer && !page.empty()) view.set("previous_path", path("truoc", page.front()));
    if (older && !page.empty()) view.set("next_path", path("sau", page.back()));
    view.flag("any_other_page", (newer || older) && !page.empty());
    return page;
}

Response show_all(const Registry& registry, const Request& request, Work& work) {
    View view;
    std::vector<View> rows;
    const Reader reader(work, registry, running_plans(work));
    const auto asked = asked_of(request, work, view);
    for (const auto& [letter, lines, open, open_units] : page_of(request, work, reader, asked, view)) {
        View row;
        row.set("path", letter_path(letter.id)).set("number", letter.number).flag("draft", letter.state == LetterState::Draft);
        row.set("issued_on", letter.issued_on ? letter.issued_on->vietnamese() : "").set("reply_by", letter.reply_by ? letter.reply_by->vietnamese() : "");
        row.set("office", letter.unit_name).set("lines", lines).set("open_lines", open).flag("answered", open == 0);
        row.set("unanswered", unanswered_text(work, letter, open, open_units));
        rows.push_back(std::move(row));
    }
    view.flag("none", rows.empty()).set("letters", std::move(rows)).set("download", fmt::format("{}/xuat?{}", kPath, asked.query.empty() ? "" : asked.query.substr(1)));
    return web::show({.name = "monitoring/letters", .title = tr(work, "monitoring.letters"), .view = std::move(view), .stands_under = "/tong-quan"});
}

/// All that the filter finds.
Response send_all(const Registry& registry, const Request& request, Work& work) {
    View unused;
    auto filter = asked_of(request, work, unused).filter;
    const Reader reader(work, registry, running_plans(work));
    const auto table = identity::sheet_table(work, "monitoring.letters", {{"monitoring.letter"},
                                                                         {"monitoring.day", formats::CellKind::Day, 12},
                                                                         {"monitoring.reply_by", formats::CellKind::Day, 12},
                                                                         {"monitoring.office", formats::CellKind::Text, 36},
                                                                         {"monitoring.letter_lines", formats::CellKind::Number, 12},
                                                                         {"monitoring.letter_lines_open", formats::CellKind::Number, 12}});
    const auto day = [](const std::optional<Date>& date) { return date ? date->vietnamese() : std::string(); };
    const auto part = [&] {
        auto found = letters(work, reader, filter, kPart);
        if (!found.empty()) filter.older = found.back().letter.id;
        return found;
    };
    const auto row = [&](const UrgingLetterSummary& found) {
        const auto& letter = found.letter;
        return std::vector<std::string>{letter.state == LetterState::Draft ? tr(work, "monitoring.letter_waits") : letter.number, day(letter.issued_on), day(letter.reply_by),
                                        letter.unit_name, std::to_string(found.lines), std::to_string(found.open_lines)};
    };
    return identity::send_table(table, identity::rows_by_part(part, row), "cong-van-don-doc-" + work.today().iso(), identity::sheet_format(request));
}

/// The letter's body: every unit with its lines, numbered.
std::vector<View> units_of(const Work& work, const Reader& reader, const std::vector<UrgingLetterLine>& lines) {
    std::vector<View> units;
    for (std::size_t at = 0; at < lines.size();) {
        const Id unit = lines[at].unit;
        View view;
        view.set("unit", lines[at].line.unit_name).set("number", std::to_string(units.size() + 1));
        std::vector<View> rows;
        for (; at < lines.size() && lines[at].unit == unit; ++at) {
            View row = line_view(work, reader, lines[at].line);
            row.flag("answered", lines[at].line.state != "open");
            if (lines[at].last_reminded_at)
                row.set("reminded", tr(work, "monitoring.reminded_times", {{"n", std::to_string(lines[at].reminders)}, {"day", lines[at].last_reminded_at->date().vietnamese()}}));
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
        return done ? web::redirect(std::string(kPath)) : web::failed(done.failure());
    }

  private:
    Response page(const Request& request, Work& work, const Failure* failure) const {
        const auto letter = letter_by_id(work, request.id());
        if (!letter || letter->state == LetterState::Cancelled) return web::not_found();
        const bool draft = letter->state == LetterState::Draft;
        const Reader reader(work, registry_, running_plans(work));
        if (!may_read(work, reader, letter->id)) return web::not_found();
        const auto lines = lines_of(work, *letter);
        View view;
        const auto waits = unanswered(lines);
        const auto chase = unanswered_text(work, *letter, waits.lines, static_cast<std::int64_t>(waits.units.size()));
        if (!chase.empty()) view.set("unanswered", View().set("text", chase).set("units", joined(waits.units, "; ")));
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
    const std::string letter = std::string(kPath) + "/{id}";
    registry.add(web::Route{.method = Method::Get, .pattern = std::string(kPath), .access = Access::SignedIn, .handler = [&registry](const Request& request, Work& work) { return show_all(registry, request, work); }});
    registry.add(web::Route{.method = Method::Get,
                            .pattern = std::string(kPath) + "/xuat",
                            .access = Access::SignedIn,
                            .handler = [&registry](const Request& request, Work& work) { return send_all(registry, request, work); }});
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
