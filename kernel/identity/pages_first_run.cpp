// /bat-dau: the first office of the installation; /quan-tri/bat-dau: what its administrator does next.
#include <algorithm>
#include <memory>

#include "first_run.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/first_run.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/mail.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::FormView;
using web::Request;
using web::Response;
using web::View;

Response first_run_page(Language language, const web::Refusal* refusal, int status) {
    View view;
    FormView form(language, refusal);
    form.line({.name = "code", .label = "identity.first_code", .hint = "identity.first_code_hint", .autocomplete = "off", .required = true, .most_characters = 20});
    form.choice({.name = "level", .label = "identity.level_of_authority", .value = "commune"},
                {{"commune", i18n::translate(language, "identity.level.commune")}, {"province", i18n::translate(language, "identity.level.province")}});
    form.line({.name = "name", .label = "identity.authority_name", .hint = "identity.authority_name_hint", .required = true, .most_characters = 200});
    form.line({.name = "short_name", .label = "identity.authority_short_name", .hint = "identity.authority_short_name_hint", .required = true, .most_characters = 100});
    form.line({.name = "place", .label = "identity.place", .hint = "identity.place_hint", .required = true, .most_characters = 200});
    form.line({.name = "hamlet_word", .label = "identity.hamlet_word", .hint = "identity.hamlet_word_hint", .required = true, .most_characters = 40});
    form.day({.name = "valid_from", .label = "identity.authority_since", .value = "2025-07-01"});
    form.line({.name = "person_name", .label = "identity.first_administrator", .autocomplete = "name", .required = true, .most_characters = 200});
    form.line({.name = "sign_in_name", .label = "identity.sign_in_name", .hint = "identity.sign_in_name_hint", .autocomplete = "username", .required = true, .most_characters = 64});
    form.email({.name = "email", .label = "identity.email", .hint = "identity.email_hint", .autocomplete = "email", .most_characters = 254});
    form.password({.name = "password", .label = "identity.password", .hint = "identity.password_hint", .autocomplete = "new-password", .required = true, .most_characters = 256});
    form.into(view);
    return web::show({"identity/first_run", i18n::translate(language, "identity.first_run"), std::move(view), ""}, status);
}

Response show_first_run(const Request&, Work& work) {
    return needs_first_run(work) ? first_run_page(work.language, nullptr, 200) : web::not_found();
}

FirstOffice typed_office(const Request& request) {
    const auto& form = request.form;
    FirstOffice office;
    office.authority.name = form.text("name");
    office.authority.short_name = form.text("short_name");
    office.authority.level = level_from(form.text("level")).value_or(Level::Commune);
    office.authority.place = form.text("place");
    office.authority.hamlet_word = form.text("hamlet_word");
    office.authority.valid_from = day_of(form, "valid_from").value_or(Date{});
    office.person_name = form.text("person_name");
    office.sign_in_name = form.text("sign_in_name");
    office.email = form.text("email");
    return office;
}

Result<PasswordHash> checked(FirstRun& first_run, const Request& request, Instant now) {
    switch (first_run.answer_to(request.form.text("code"), request.remote_address, now)) {
        case FirstRun::Answer::Wait: return invalid("code", "identity.first_code_wait");
        case FirstRun::Answer::Wrong: return invalid("code", "identity.first_code_wrong");
        case FirstRun::Answer::Right: break;
    }
    if (!day_of(request.form, "valid_from")) return invalid("valid_from", "identity.day_unreadable");
    return hash_password(request.form.raw("password"), request.form.text("sign_in_name"));
}

Response post_first_run(const Request& request, web::Services& services, FirstRun& first_run) {
    const auto needed = services.database.read([&](storage::Transaction& db) {
        return needs_first_run(system_work(db, services.ids, services.clock.now(), Id{}));
    });
    if (!needed) return web::not_found();
    const auto refused = [&](const Failure& failure) {
        const web::Refusal refusal{&request.form, failure};
        return first_run_page(language_of(request), &refusal, 422);
    };
    const auto hash = checked(first_run, request, services.clock.now());
    if (!hash) return refused(hash.failure());
    struct Refused {
        Failure failure;
    };
    try {
        services.database.write([&](storage::Transaction& db) {
            Work work = system_work(db, services.ids, services.clock.now(), Id{});
            const auto done = set_up_first_office(work, typed_office(request), *hash);
            if (!done) throw Refused{done.failure()};
        });
    } catch (const Refused& nothing_kept) {
        return refused(nothing_kept.failure);
    }
    return web::redirect("/dang-nhap?ve=/quan-tri/bat-dau");
}

Response show_steps(const Request&, Work& work, const Registry& registry) {
    auto steps = registry.all<FirstStep>();
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    std::vector<View> views;
    bool all = true;
    for (const FirstStep& step : steps) {
        const bool done = step.done(work);
        all = all && done;
        views.push_back(View()
                            .set("label", tr(work, step.label))
                            .set("hint", tr(work, step.hint))
                            .set("path", step.path)
                            .flag("done", done));
    }
    View view;
    view.set("steps", std::move(views)).flag("all_done", all);
    return web::show({"identity/first_steps", tr(work, "identity.first_steps"), std::move(view), ""});
}

void add_own_steps(Registry& registry) {
    registry.add(FirstStep{10, "identity.step_second_factor", "identity.step_second_factor_hint", "/tai-khoan/hai-lop",
                           [](Work& work) { return second_factor_of(work, work.actor.person) == SecondFactor::On; }});
    registry.add(FirstStep{20, "identity.step_mail", "identity.step_mail_hint", "/quan-tri/thu-dien-tu",
                           [](Work& work) { return !jobs::site_address(work.db).empty(); }});
    registry.add(FirstStep{30, "identity.step_units", "identity.step_units_hint", "/don-vi",
                           [](Work& work) { return units_on(work, work.today()).size() > 1; }});
    registry.add(FirstStep{40, "identity.step_people", "identity.step_people_hint", "/nguoi-dung",
                           [](Work& work) { return people_list(work, "", 2, 0).size() > 1; }});
}
}  // namespace

void add_first_run_pages(Registry& registry) {
    const auto first_run = std::make_shared<FirstRun>();
    registry.add(first_run);
    add_own_steps(registry);
    registry.add(web::Route{.method = web::Method::Get, .pattern = "/bat-dau", .access = web::Access::Public, .verb = {}, .handler = show_first_run});
    registry.add(web::Endpoint{web::Method::Post, "/bat-dau", [first_run](const Request& request, web::Services& services) {
                                   return post_first_run(request, services, *first_run);
                               }});
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/quan-tri/bat-dau",
                            .access = web::Access::Granted,
                            .verb = std::string(kManageSettings.name),
                            .handler = [&registry](const Request& request, Work& work) { return show_steps(request, work, registry); }});
    registry.add(web::NavigationEntry{"identity.section", 800, "identity.first_steps", "tasks", "/quan-tri/bat-dau", std::string(kManageSettings.name)});
}

}  // namespace loa::identity
