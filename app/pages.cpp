#include "pages.h"

#include "loa/i18n/catalogue.h"
#include "loa/web/route.h"

namespace loa::app {

namespace {

/// The front door: who is signed in goes to her overview, everybody else sees whose house this is.
web::Response show_home(const web::Request&, Work& work) {
    if (work.actor.signed_in()) return web::redirect("/tong-quan");
    return web::show({"app/home", i18n::translate(work.language, "app.home_title"), {}});
}

web::Response show_accessibility(const web::Request&, Work& work) {
    return web::show({"app/accessibility", i18n::translate(work.language, "app.accessibility_title"), {}});
}

}  // namespace

void join_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/",
                            .access = Access::Public,
                            .handler = show_home,
                            .caching = web::Caching::Public});
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/tro-nang",
                            .access = Access::Public,
                            .handler = show_accessibility,
                            .caching = web::Caching::Public});
}

}  // namespace loa::app
