#include "loa/identity/join.h"

#include <memory>

#include "jobs.h"
#include "loa/identity/authorities.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/acts.h"
#include "loa/jobs/mail.h"
#include "messages.h"
#include "loa/storage/sealed.h"
#include "loa/storage/snapshot.h"
#include "loa/web/feed.h"
#include "pages.h"
#include "unit_jobs.h"
#include "verbs.h"

namespace loa::identity {

namespace {
/// Only an address that was confirmed gets news: a mistyped one would be somebody else's.
std::optional<jobs::Addressee> addressee(Work& work, Id person) {
    const auto row = work.db.one("identity.person", {person});
    if (!row || !row->flag("active") || !row->optional_instant("email_confirmed_at")) return std::nullopt;
    return jobs::Addressee{row->text("name"), row->text("email")};
}
}  // namespace

void join(Registry& registry) {
    for (const Verb* verb : kOwnVerbs) registry.add(*verb);
    for (const jobs::MessageKind* kind : kMessageKinds) registry.add(*kind);
    registry.add(jobs::AuthorityNameOf([](Work& work, Id authority) {
        const auto found = authority_by_id(work, authority);
        return found ? found->short_name : std::string();
    }));
    registry.add(jobs::AddresseeOf(addressee));
    registry.add(jobs::RecordAct([](Work& work, const jobs::Act& act) {
        std::vector<Change> changes;
        for (const auto& [field, before, after] : act.fields) changes.push_back({field, before, after});
        record(work, {std::string(act.subject_kind), work.authority, act.subject}, act.event, changes);
    }));
    const auto use = std::make_shared<SessionUse>();
    registry.add(use);
    add_jobs(registry, use);
    add_first_run_pages(registry);
    add_authority_pages(registry);
    add_calendar_pages(registry);
    add_unit_jobs(registry);
    add_sign_in_pages(registry);
    add_account_pages(registry);
    add_link_pages(registry);
    add_second_factor_pages(registry);
    add_deputy_pages(registry);
    add_unit_pages(registry);
    add_unit_change_pages(registry);
    add_unit_import_pages(registry);
    add_people_pages(registry);
    add_people_import_pages(registry);
    add_person_pages(registry);
    add_permission_pages(registry);
    add_timeline_pages(registry);
    registry.add(web::ChangeStamp{change_stamp});
    add_trash_pages(registry);
    registry.add(storage::SealedValues{"identity.second_factor", unreadable_second_factors});
    registry.add(storage::LeftOut{"identity_session", "a session ended since, or a cookie stolen with the backup, would be alive again"});
    registry.add(storage::LeftOut{"identity_account_link", "a link that has been used since would be good again"});
    registry.add(storage::LeftOut{"identity_half_sign_in", "it ended minutes after the backup"});
    registry.add(storage::LeftOut{"identity_throttle", "failed sign-ins of another time"});
}

}  // namespace loa::identity
