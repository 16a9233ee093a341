#include "loa/identity/join.h"

#include <memory>

#include "jobs.h"
#include "messages.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

void join(Registry& registry, const Settings& settings) {
    for (const Verb* verb : kOwnVerbs) registry.add(*verb);
    for (const jobs::MessageKind* kind : kMessageKinds) registry.add(*kind);
    const auto use = std::make_shared<SessionUse>();
    registry.add(use);
    add_jobs(registry, use);
    add_sign_in_pages(registry, settings);
    add_account_pages(registry);
    add_link_pages(registry);
    add_second_factor_pages(registry);
    add_deputy_pages(registry);
    add_unit_pages(registry);
    add_people_pages(registry);
    add_permission_pages(registry);
    add_timeline_pages(registry);
}

}  // namespace loa::identity
