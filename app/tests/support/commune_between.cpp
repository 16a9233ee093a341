// Those between two roles, whom only routes.tsv asks about.
#include "loa/base/check.h"
#include "loa/identity/deputies.h"
#include "tests/support/commune.h"

namespace loa::app {

using identity::Role;

/// One who works in another's place, one whose keys are for her unit alone, and one who gave the password and owes the code:
/// an administrator, who would be let in everywhere.
void Commune::invite_those_between() {
    if (people_.contains("deputy")) return;
    const auto come = [&](const std::string& name, web::Browser browser) {
        visitors_.insert_or_assign(name, std::move(browser));
        visitor_names_.push_back(name);
    };
    come("deputy", add_person(*town_, "deputy", office_, {Role::Clerk}));
    const Id lent = town_->write(Id{}, [&](Work& work) {
        return identity::appoint_deputy(work, {.principal = people_.at("office_head"),
                                               .deputy = people_.at("deputy"),
                                               .valid_from = work.today(),
                                               .last_day = work.today().plus_days(30),
                                               .reason = "Đi công tác"})
            .value();
    });
    sent(visitor("deputy"), "/tai-khoan/thay-mat/" + to_string(lent) + "/bat-dau", {});
    come("narrowed", add_person(*town_, "narrowed", office_, {Role::Administrator}, identity::Scope::OwnUnit));
    add_person(*town_, kHalfSignedIn, culture_, {Role::Administrator});
    web::Browser half(*dispatcher_);
    LOA_CHECK(send(half, "/dang-nhap", {{"sign_in_name", kHalfSignedIn}, {"password", password()}}).status == 303);
    come(kHalfSignedIn, std::move(half));
}

}  // namespace loa::app
