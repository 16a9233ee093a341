// /quan-tri/suc-khoe: whether everything is there that the installation works with.
#include <algorithm>

#include "backup_schedule.h"
#include "health.h"
#include "loa/i18n/catalogue.h"
#include "loa/web/route.h"

namespace loa::app {

namespace {

struct Shown {
    const char *word, *tag;
};

Shown shown(Verdict verdict) {
    switch (verdict) {
        case Verdict::Fine: return {"app.health_fine", "tag--ok"};
        case Verdict::Lacking: return {"app.health_lacking", "tag--warn"};
        case Verdict::Wrong: break;
    }
    return {"app.health_wrong", "tag--late"};
}

web::Response show_health(const Work& work, const Registry& registry) {
    // Of the installation, not of an authority: the same people as for the backups.
    if (!may_manage_backups(work)) return web::failed(forbidden("app.health_elsewhere"));
    std::vector<web::View> views;
    std::int64_t wrong = 0;
    for (const HealthLine& line : health(registry, work)) {
        wrong += line.verdict == Verdict::Wrong;
        const Shown how = shown(line.verdict);
        views.push_back(web::View()
                            .set("subject", i18n::translate(work.language, line.subject))
                            .set("said", i18n::translate(work.language, line.said, line.args))
                            .set("state", i18n::translate(work.language, how.word))
                            .set("tag", how.tag)
                            .set("path", line.path));
    }
    web::View view;
    view.set("lines", std::move(views)).set("version", LOA_VERSION);
    view.flag("all_fine", wrong == 0);
    if (wrong > 0) view.set("wrong", i18n::translate(work.language, "app.health_count", {{"n", std::to_string(wrong)}}));
    return web::show({"app/health", i18n::translate(work.language, "app.health"), std::move(view), ""});
}

}  // namespace

void join_health_page(Registry& registry) {
    using web::Access, web::Method, web::Route;
    const std::string verb(kManageBackups.name);
    registry.add(Route{Method::Get, "/quan-tri/suc-khoe", Access::Granted, verb,
                       [&registry](const web::Request&, Work& work) { return show_health(work, registry); }});
    registry.add(web::NavigationEntry{"identity.section", 895, "app.health", "check", "/quan-tri/suc-khoe", verb});
}

}  // namespace loa::app
