// /quan-tri/lich-lam-viec: the days off of a year, where each comes from, and what they do to due days.
#include <fmt/format.h>

#include "loa/i18n/format.h"
#include "loa/identity/calendar.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kHere = "/quan-tri/lich-lam-viec";

std::string words(const Work& work, Occasion occasion) { return tr(work, "identity.occasion_" + std::string(code(occasion))); }

int asked_year(const web::Fields& fields, Date today) {
    const auto year = fields.number("nam").value_or(today.year());
    return year >= 2000 && year <= 2100 ? static_cast<int>(year) : today.year();
}

/// Days of one occasion and one citation that follow each other.
struct Run {
    Date first, last;
    SpecialDay day;
};

std::vector<Run> runs_of_year(const Calendar& calendar, int year) {
    std::vector<Run> runs;
    for (Date day = *Date::from(year, 1, 1); day.year() == year; day = day.plus_days(1)) {
        const auto special = calendar.special(day);
        if (!special) continue;
        if (!runs.empty() && runs.back().last.plus_days(1) == day && runs.back().day == *special)
            runs.back().last = day;
        else
            runs.push_back({day, day, *special});
    }
    return runs;
}

View run_view(const Work& work, const Run& run) {
    const bool by_law = run.day.citation.empty();
    View view;
    const auto first = i18n::weekday_date(work.language, run.first);
    view.set("days", run.first == run.last ? first : fmt::format("{} – {}", first, i18n::weekday_date(work.language, run.last)));
    view.set("occasion", words(work, run.day.occasion)).flag("worked", run.day.occasion == Occasion::Worked);
    view.set("source", by_law ? tr(work, run.day.occasion == Occasion::InPlaceOfWeekend ? "identity.law_of_place_of_weekend" : "identity.law_of_holidays") : run.day.citation);
    view.flag("entered", !by_law).set("first", run.first.iso()).set("last", run.last.iso());
    return view;
}

View missing_view(const Work& work, Occasion occasion) { return View().set("text", words(work, occasion)); }

enum class Form { None, Days, Rule };

Response page(const Request& request, Work& work, Form refused, const web::Refusal* refusal) {
    const Calendar calendar(work);
    const int year = asked_year(refusal ? request.form : request.query, work.today());
    const auto at_year = [](int other) { return fmt::format("{}?nam={}", kHere, other); };
    View view;
    view.set("year", std::to_string(year)).set("before_path", at_year(year - 1)).set("after_path", at_year(year + 1));
    view.set("before", std::to_string(year - 1)).set("after", std::to_string(year + 1));
    std::vector<View> runs, missing;
    for (const Run& run : runs_of_year(calendar, year)) runs.push_back(run_view(work, run));
    for (const Occasion occasion : calendar.missing_in(year)) missing.push_back(missing_view(work, occasion));
    view.set("heading_of_year", tr(work, "identity.days_off_of_year", {{"year", std::to_string(year)}}));
    view.set("missing_heading", tr(work, "identity.calendar_lacks", {{"year", std::to_string(year)}}));
    view.set("runs", std::move(runs)).flag("lacks", !missing.empty()).set("missing", std::move(missing));

    View days, rule;
    web::FormView enter(work.language, refused == Form::Days ? refusal : nullptr);
    enter.hidden("nam", std::to_string(year));
    std::vector<web::FormView::Option> occasions;
    for (const Occasion occasion : entered_occasions()) occasions.push_back({std::string(code(occasion)), words(work, occasion)});
    enter.choice({.name = "occasion", .label = "identity.occasion", .value = std::string(code(Occasion::Tet))}, occasions);
    enter.day({.name = "first", .label = "identity.first_day", .required = true});
    enter.day({.name = "last", .label = "identity.last_day", .hint = "identity.last_day_hint"});
    enter.line({.name = "citation", .label = "identity.citation", .hint = "identity.citation_hint", .required = true, .most_characters = 300});
    enter.into(days);
    web::FormView choose(work.language, refused == Form::Rule ? refusal : nullptr);
    choose.hidden("nam", std::to_string(year));
    choose.choice({.name = "due_days", .label = "identity.due_days", .value = std::string(code(calendar.rule()))},
                  {{"as_printed", tr(work, "identity.due_days_as_printed")}, {"next_working_day", tr(work, "identity.due_days_next_working_day")}});
    choose.into(rule);
    view.set("days_form", std::move(days)).set("rule_form", std::move(rule));
    return web::show({"identity/calendar", tr(work, "identity.calendar"), std::move(view), ""}, refusal ? 422 : 200);
}

Response back_to_year(const Request& request, const Work& work) {
    return web::redirect(fmt::format("{}?nam={}", kHere, asked_year(request.form, work.today())));
}

Response answer(const Request& request, Work& work, Form form, const Result<>& done) {
    if (done) return back_to_year(request, work);
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return page(request, work, form, &refusal);
}

Response post_days(const Request& request, Work& work) {
    const auto first = day_of(request.form, "first"), last = request.form.text("last").empty() ? first : day_of(request.form, "last");
    const auto occasion = occasion_from(request.form.text("occasion"));
    std::vector<Problem> problems;
    if (!first) problems.push_back({"first", "identity.day_unreadable", {}});
    if (!last && first) problems.push_back({"last", "identity.day_unreadable", {}});
    if (!occasion) problems.push_back({"occasion", "identity.choose_an_occasion", {}});
    return answer(request, work, Form::Days,
                  problems.empty() ? set_days(work, {.first = *first, .last = *last, .occasion = *occasion, .citation = request.form.text("citation")}) : invalid(std::move(problems)));
}

Response post_forget(const Request& request, Work& work) {
    const auto first = day_of(request.form, "first"), last = day_of(request.form, "last");
    const auto done = first && last ? forget_days(work, *first, *last) : Result<>(not_found("identity.no_such_days"));
    return done ? back_to_year(request, work) : web::failed(done.failure());
}

Response post_rule(const Request& request, Work& work) {
    const auto rule = due_days_from(request.form.text("due_days"));
    return answer(request, work, Form::Rule, rule ? set_due_days(work, *rule) : Result<>(invalid("due_days", "identity.choose_a_rule")));
}
}  // namespace

void add_calendar_pages(Registry& registry) {
    const std::string here(kHere), verb(kManageSettings.name);
    const auto add = [&](web::Method method, std::string pattern, Response (*handler)(const Request&, Work&)) {
        registry.add(web::Route{.method = method, .pattern = std::move(pattern), .access = web::Access::Granted, .verb = verb, .handler = handler});
    };
    add(web::Method::Get, here, [](const Request& request, Work& work) { return page(request, work, Form::None, nullptr); });
    add(web::Method::Post, here, post_days);
    add(web::Method::Post, here + "/xoa", post_forget);
    add(web::Method::Post, here + "/han", post_rule);
    registry.add(web::NavigationEntry{"identity.section", 860, "identity.calendar", "calendar", here, verb});
}

}  // namespace loa::identity
