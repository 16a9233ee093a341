// From a name and a password to a session: count the try, hash, then decide.
#include "loa/identity/sign_in.h"

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/passwords.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/timeline.h"
#include "people_rows.h"
#include "throttle.h"
#include "tokens.h"

namespace loa::identity {

namespace {
constexpr std::size_t kAgentCharacters = 200;

/// What a password is compared with where there is none: the work is the same, the answer is no.
const PasswordHash& hash_of_nobody() {
    static const PasswordHash hash = hash_password(random_token(), "").value();
    return hash;
}

struct Known {
    Id person;  // none: no such name
    std::string name;
    PasswordHash hash = hash_of_nobody();
    bool may_sign_in = false;  // there is an active person with a password
};

Known known_by_name(const Work& work, const std::string& sign_in_name) {
    const auto row = work.db.one("identity.credential_by_name", {sign_in_name});
    Known known;
    if (!row) return known;
    known.person = row->id("person_id");
    known.name = row->text("name");
    const auto hash = row->optional_text("password_hash");
    if (hash) known.hash = PasswordHash::stored(*hash);
    known.may_sign_in = hash && row->flag("active");
    return known;
}

Work work_of_nobody(storage::Transaction& db, web::Services& services) {
    return {.db = db,
            .ids = services.ids,
            .now = services.clock.now(),
            .authority = {},
            .actor = {},
            .request_id = {}};
}

struct Begun {
    Known known;
    std::string device_hash;
    std::int64_t wait = 0;
};

Begun begin(web::Services& services, const SignInAttempt& attempt, const std::string& sign_in_name) {
    return services.database.write([&](storage::Transaction& db) {
        const Work work = work_of_nobody(db, services);
        Begun begun{.known = known_by_name(work, sign_in_name), .device_hash = ""};
        begun.device_hash = known_device(work, attempt.device, begun.known.person);
        begun.wait = Throttle(sign_in_name, attempt.address, begun.device_hash).begin(work);
        return begun;
    });
}

void record_refusal(Work& work, Id person, const SignInAttempt& attempt) {
    record(work, {"identity.person", work.authority, person}, "identity.sign_in_refused", {},
           {{"address", "", attempt.address}});
}

/// Where a session comes from, whichever step opens it.
struct Visit {
    std::string_view address, agent, device, device_hash, replaces;  // device_hash: "" for a browser not known for her
};

SignedIn open_session(Work& work, const Visit& visit) {
    SignedIn signed_in{.token = random_token(),
                       .device = visit.device_hash.empty() ? random_token() : std::string(visit.device),
                       .person = work.actor.person,
                       .authority = work.authority,
                       .half = ""};
    work.db.run("identity.end_session", {token_hash(visit.replaces)});
    work.db.run("identity.add_session",
                {token_hash(signed_in.token), signed_in.person, work.authority, work.now, counted_address(visit.address),
                 shortened(to_nfc_lossy(visit.agent), kAgentCharacters)});
    work.db.run("identity.add_device", {token_hash(signed_in.device), signed_in.person, work.now});
    record(work, {"identity.person", work.authority, signed_in.person}, "identity.signed_in", {},
           {{"address", "", std::string(visit.address)}});
    return signed_in;
}

/// The password was right; a code is still to come. The device counts as known only once that is right too.
SignedIn open_half(Work& work, const Begun& begun) {
    SignedIn half{.token = "", .device = "", .person = begun.known.person, .authority = work.authority, .half = random_token()};
    work.db.run("identity.add_half_sign_in", {token_hash(half.half), half.person, begun.device_hash, work.now,
                                              work.now.plus_seconds(kHalfSignInSeconds)});
    return half;
}

/// The same reads whoever it is: the name again (it may have changed while we hashed) and the authorities.
Result<SignedIn> decide(Work& work, const SignInAttempt& attempt, const std::string& sign_in_name,
                        const Begun& begun, bool matches) {
    const Known now = known_by_name(work, sign_in_name);
    const auto authorities = authorities_of_person(work, now.person);
    if (!authorities.empty()) work.authority = authorities.front().id;
    if (!matches || !now.may_sign_in || now.hash.text() != begun.known.hash.text()) {
        record_refusal(work, now.person, attempt);
        return invalid("", "identity.sign_in_failed");
    }
    Throttle(sign_in_name, attempt.address, begun.device_hash).succeeded(work);
    if (authorities.empty()) {
        record_refusal(work, now.person, attempt);
        return invalid("", "identity.no_membership");
    }
    if (second_factor_of(work, now.person) == SecondFactor::On) return open_half(work, begun);
    work.actor.person = now.person;
    work.actor.name = now.name;
    SignedIn signed_in =
        open_session(work, {attempt.address, attempt.agent, attempt.device, begun.device_hash, attempt.replaces});
    signed_in.has_choice = authorities.size() > 1;
    return signed_in;
}

Result<SignedIn> decide_by_code(Work& work, const Keys& keys, const CodeAttempt& attempt) {
    const auto half = work.db.one("identity.half_sign_in", {token_hash(attempt.half), work.now});
    if (!half || !half->flag("active")) return invalid("", "identity.sign_in_again");
    const Id person = half->id("person_id");
    const auto authorities = authorities_of_person(work, person);
    if (authorities.empty()) return invalid("", "identity.sign_in_again");
    work.authority = authorities.front().id;
    const auto& device_hash = half->text("device_hash");
    const auto throttle = Throttle::of_codes(person, device_hash);
    if (const auto wait = throttle.begin(work); wait > 0)
        return unavailable("identity.sign_in_wait", {{"seconds", std::to_string(wait)}});
    work.actor.person = person;
    work.actor.name = half->text("name");
    if (!take_code(work, keys, person, attempt.code)) {
        work.actor = {};
        record(work, {"identity.person", work.authority, person}, "identity.code_refused", {}, {{"address", "", attempt.address}});
        return invalid("code", "identity.code_wrong");
    }
    throttle.succeeded(work);
    work.db.run("identity.end_half_sign_in", {token_hash(attempt.half)});
    SignedIn signed_in = open_session(work, {attempt.address, attempt.agent, attempt.device, device_hash, attempt.replaces});
    signed_in.has_choice = authorities.size() > 1;
    return signed_in;
}
}  // namespace

Result<SignedIn> sign_in(web::Services& services, const SignInAttempt& attempt) {
    const std::string sign_in_name = normal_sign_in_name(attempt.sign_in_name);
    const Begun begun = begin(services, attempt, sign_in_name);
    if (begun.wait > 0)
        return unavailable("identity.sign_in_wait", {{"seconds", std::to_string(begun.wait)}});
    const auto matches = password_matches(begun.known.hash, attempt.password);
    if (!matches) return matches.failure();
    return services.database.write([&](storage::Transaction& db) {
        Work work = work_of_nobody(db, services);
        return decide(work, attempt, sign_in_name, begun, *matches && begun.known.may_sign_in);
    });
}

Result<SignedIn> sign_in_by_code(web::Services& services, const Keys& keys, const CodeAttempt& attempt) {
    return services.database.write([&](storage::Transaction& db) {
        Work work = work_of_nobody(db, services);
        return decide_by_code(work, keys, attempt);
    });
}

}  // namespace loa::identity
