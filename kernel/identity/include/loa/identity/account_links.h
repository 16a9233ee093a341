// Single-use links: an invitation (the first password), a reset, the confirming of an address. Opening one changes
// nothing, because programs that read mail for viruses open them too; the button on its page does. They end: an
// invitation after 7 days, the others after an hour; a new one of the same purpose ends the one before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/identity/passwords.h"
#include "loa/identity/people.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class LinkPurpose { Invitation, Reset, Email };
std::string_view code(LinkPurpose purpose);  // "invitation", "reset", "email"

struct AccountLink {
    Id person;
    Id authority;  // in which it was made
    std::string person_name;
    std::string sign_in_name;
    LinkPurpose purpose = LinkPurpose::Invitation;
    std::string address;  // where it was sent, "" when it is handed over by hand
    Instant expires_at;
};

/// The link behind a token while it is good; nothing when it is unknown, used, replaced, late, or the account is stopped.
std::optional<AccountLink> account_link(const Work& work, std::string_view token);

enum class LinkWay { Mail, ByHand };
/// Made by who looks after the account. By mail it is posted to the person's address and "" is given; by hand its path is
/// given, "/lien-ket/<token>", to be passed on and shown once. Invalid (field "email"): no address to send it to.
/// Forbidden, not found: as for set_password(); conflict: the account is stopped.
Result<std::string> make_password_link(Work& work, const Keys& keys, Id person, LinkPurpose purpose, LinkWay way);

/// For a stranger who forgot the password: posts a reset to the confirmed address of that name. Whether there is one,
/// nobody learns: the same is written, by the job identity.send_reset, whatever the name. One each 10 minutes.
void ask_for_reset(Work& work, std::string_view sign_in_name);

/// Sends a link to the actor's new address, or to the one there is that was not confirmed yet.
Result<> ask_to_confirm_address(Work& work, const Keys& keys);

/// After the address of a person was changed: a letter to the one there was, if it was confirmed, as whoever could change
/// it gets by it every link that sets her password. Nothing where it is the same.
Result<> tell_former_address(Work& work, const Keys& keys, const Person& before);

/// The button on the page: sets the password (hash first) and ends the link, all sessions and known browsers; an address
/// it was sent to is confirmed by that. Whoever holds the link may do it, signed in as anybody or nobody: so the owner is
/// told by a letter to her confirmed address, and a second factor still bars. Gives the token of a browser known from now
/// on, in which she signs in past whoever hammers her name or her office's address. Not found: no good link any more; of
/// two at once one gets this.
Result<std::string> set_password_by_link(Work& work, const Keys& keys, std::string_view token, const PasswordHash& password);
Result<> confirm_address_by_link(Work& work, std::string_view token);

}  // namespace loa::identity
