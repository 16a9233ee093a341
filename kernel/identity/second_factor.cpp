#include "loa/identity/second_factor.h"

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "people_rows.h"
#include "throttle.h"
#include "tokens.h"
#include "totp.h"

namespace loa::identity {

namespace {
constexpr int kRecoveryCodes = 10;
constexpr std::size_t kRecoveryLetters = 10;  // 50 random bits: salted below, and guesses are throttled
constexpr std::string_view kRecoveryAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";  // nothing that looks like another
constexpr std::size_t kSaltDigits = 16;

Ref ref_of(const Work& work, Id person) {
    return {"identity.person", work.authority, person};
}

std::string sealed(const Keys& keys, Id person, std::string_view secret) {
    return keys.seal(kTotpPurpose, to_string(person), secret);
}

/// A secret that these keys don't open (the database was brought here without them) is none: recovery codes still work.
std::optional<std::string> secret_in(const Keys& keys, Id person, const storage::Row& row) {
    return keys.unseal(kTotpPurpose, to_string(person), row.text("sealed_secret"));
}

std::string new_recovery_code() {
    std::string code;
    while (code.size() < kRecoveryLetters) {
        const auto drawn = static_cast<unsigned char>(random_bytes(1).front());
        // What is above the last whole round would make the first letters likelier.
        if (drawn < 256 / kRecoveryAlphabet.size() * kRecoveryAlphabet.size())
            code += kRecoveryAlphabet[drawn % kRecoveryAlphabet.size()];
    }
    return code;
}

std::string shown(const std::string& code) {
    return code.substr(0, kRecoveryLetters / 2) + "-" + code.substr(kRecoveryLetters / 2);
}

/// As it was made: without the dash, blanks and capitals of whoever types it.
std::string typed_code(std::string_view typed) {
    std::string code;
    for (const char each : lower(typed))
        if (each != '-' && each != ' ') code += each;
    return code;
}

std::string salted(std::string_view salt, std::string_view code) {
    return std::string(salt) + sha256(std::string(salt) + std::string(code));
}

std::vector<std::string> write_recovery_codes(Work& work, Id person) {
    work.db.run("identity.forget_recovery_codes", {person});
    std::vector<std::string> codes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        const auto code = new_recovery_code();
        work.db.run("identity.add_recovery_code", {person, salted(random_token(kSaltDigits / 2), code), work.now});
        codes.push_back(shown(code));
    }
    return codes;
}

bool take_recovery_code(Work& work, Id person, std::string_view typed) {
    const auto code = typed_code(typed);
    if (code.size() != kRecoveryLetters) return false;
    for (const auto& row : work.db.query("identity.recovery_codes", {person})) {
        const auto& hash = row.text("code_hash");
        if (same_secret(hash, salted(std::string_view(hash).substr(0, kSaltDigits), code)))
            return work.db.run("identity.use_recovery_code", {person, hash, work.now}) == 1;
    }
    return false;
}
}  // namespace

SecondFactor second_factor_of(const Work& work, Id person) {
    const auto row = work.db.one("identity.totp", {person});
    if (!row) return SecondFactor::Off;
    return row->optional_instant("confirmed_at") ? SecondFactor::On : SecondFactor::Begun;
}

std::int64_t recovery_codes_left(const Work& work, Id person) {
    return static_cast<std::int64_t>(work.db.query("identity.recovery_codes", {person}).size());
}

Result<> begin_second_factor(Work& work, const Keys& keys) {
    const Id person = work.actor.person;
    if (!person) return forbidden();
    if (work.db.run("identity.begin_totp", {person, sealed(keys, person, new_totp_secret()), work.now}) == 0)
        return conflict("identity.second_factor_on_already");
    return Done{};
}

std::optional<std::string> begun_secret(const Work& work, const Keys& keys) {
    const auto row = work.db.one("identity.totp", {work.actor.person});
    if (!row || row->optional_instant("confirmed_at")) return std::nullopt;
    return secret_in(keys, work.actor.person, *row);
}

Result<std::vector<std::string>> confirm_second_factor(Work& work, const Keys& keys, std::string_view code,
                                                       std::string_view kept_token) {
    const Id person = work.actor.person;
    const auto secret = begun_secret(work, keys);
    if (!secret) return conflict("identity.second_factor_not_begun");
    const auto step = matching_totp_step(*secret, code, work.now, 0);
    if (!step) return invalid("code", "identity.code_wrong");
    if (work.db.run("identity.confirm_totp", {person, work.now, *step}) == 0) return conflict();
    work.db.run("identity.end_sessions_of_person", {person, token_hash(kept_token)});
    record(work, ref_of(work, person), "identity.second_factor_on");
    return write_recovery_codes(work, person);
}

Result<GivenSecondFactor> give_second_factor(Work& work, const Keys& keys, Id id) {
    if (!work.actor.system) return forbidden();
    const auto person = person_by_id(work, id);
    const auto authority = authority_by_id(work, work.authority);
    if (!person || !authority) return not_found();
    const auto secret = new_totp_secret();
    if (work.db.run("identity.begin_totp", {id, sealed(keys, id, secret), work.now}) == 0 ||
        work.db.run("identity.confirm_totp", {id, work.now, 0}) == 0)
        return conflict("identity.second_factor_on_already");
    record(work, ref_of(work, id), "identity.second_factor_on");
    return GivenSecondFactor{totp_address(secret, person->sign_in_name, "Loa " + authority->short_name), write_recovery_codes(work, id)};
}

bool take_code(Work& work, const Keys& keys, Id person, std::string_view code) {
    const auto row = work.db.one("identity.totp", {person});
    if (!row || !row->optional_instant("confirmed_at")) return false;
    if (const auto secret = secret_in(keys, person, *row))
        if (const auto step = matching_totp_step(*secret, code, work.now, row->number("last_step")))
            return work.db.run("identity.use_totp_step", {person, *step}) == 1;
    if (!take_recovery_code(work, person, code)) return false;
    record(work, ref_of(work, person), "identity.recovery_code_used");
    return true;
}

namespace {
/// Guesses of whoever found a browser open are counted apart from those of the sign-in, where they would keep the owner out.
Result<> show_code(Work& work, const Keys& keys, std::string_view code) {
    const auto throttle = Throttle::of_codes(work.actor.person, "account of " + to_string(work.actor.person));
    if (const auto wait = throttle.begin(work); wait > 0)
        return unavailable("identity.sign_in_wait", {{"seconds", std::to_string(wait)}});
    if (!take_code(work, keys, work.actor.person, code)) return invalid("code", "identity.code_wrong");
    throttle.succeeded(work);
    return Done{};
}
}  // namespace

Result<std::vector<std::string>> renew_recovery_codes(Work& work, const Keys& keys, std::string_view code) {
    if (auto shown = show_code(work, keys, code); !shown) return shown.failure();
    record(work, ref_of(work, work.actor.person), "identity.recovery_codes_renewed");
    return write_recovery_codes(work, work.actor.person);
}

Result<> turn_off_second_factor(Work& work, const Keys& keys, std::string_view code) {
    const Id person = work.actor.person;
    if (auto shown = show_code(work, keys, code); !shown) return shown.failure();
    work.db.run("identity.forget_totp", {person});
    work.db.run("identity.forget_recovery_codes", {person});
    record(work, ref_of(work, person), "identity.second_factor_off");
    return Done{};
}

Result<> reset_second_factor(Work& work, Id person) {
    if (person == work.actor.person) return invalid("person", "identity.not_yourself");
    if (const auto found = person_in_our_care(work, person); !found) return found.failure();
    if (work.db.run("identity.forget_totp", {person}) == 0) return not_found("identity.second_factor_not_begun");
    work.db.run("identity.forget_recovery_codes", {person});
    work.db.run("identity.end_sessions_of_person", {person, ""});
    record(work, ref_of(work, person), "identity.second_factor_reset");
    return Done{};
}

std::int64_t unreadable_second_factors(const Work& work, const Keys& keys) {
    std::int64_t count = 0;
    for (const auto& row : work.db.query("identity.all_totp")) count += !secret_in(keys, row.id("person_id"), row);
    return count;
}

}  // namespace loa::identity
