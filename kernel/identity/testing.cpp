#include "loa/identity/testing.h"

#include <sodium.h>

#include <atomic>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "totp.h"

namespace loa::identity::testing {

namespace {
const Date kOpened = Date::from(2020, 1, 1).value();

/// Ids of two towns on one database never meet: each has a node number of its own.
int next_node() {
    static std::atomic<int> node{0};
    return node++ % 1024;
}

template <class T>
T good(Result<T> result) {
    if (!result) throw Fault("the test's town can't be built: " + result.failure().problems.front().key);
    return *std::move(result);
}
}  // namespace

PasswordHash weak_hash(std::string_view password) {
    char text[crypto_pwhash_STRBYTES];
    LOA_CHECK(crypto_pwhash_str_alg(text, password.data(), password.size(), crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                    crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13) == 0);
    return PasswordHash::stored(text);
}

Town::Town(storage::Database& database, std::string place)
    : database_(database),
      clock_(start_of(Date::from(2024, 1, 15).value()).plus_seconds(8 * 60 * 60)),
      ids_(next_node(), clock_) {
    authority_ = database_.write([&](storage::Transaction& transaction) {
        Work work = system_work(transaction, ids_, clock_.now(), Id{});
        return good(create_authority(work, {.name = "Ủy ban nhân dân " + place,
                                            .short_name = "UBND " + place,
                                            .level = Level::District,
                                            .place = capitalised(place),
                                            .hamlet_word = "khóm",
                                            .valid_from = kOpened}));
    });
    root_ = read(Id{}, [](Work& work) { return root_unit(work); });
}

void Town::second_factor(Id person) {
    const auto secret = secrets_.emplace(person, new_totp_secret()).first->second;
    write(Id{}, [&](Work& work) {
        work.db.run("identity.forget_totp", {person});
        work.db.run("identity.begin_totp", {person, keys_->seal(kTotpPurpose, to_string(person), secret), work.now});
        work.db.run("identity.confirm_totp", {person, work.now, 0});
    });
}

std::string Town::code_of(Id person) {
    return totp_code(secrets_.at(person), totp_step_at(clock_.now()));
}

Work Town::work_of(storage::Transaction& transaction, Id person) {
    if (!person) return system_work(transaction, ids_, clock_.now(), authority_);
    return good(work_for_person(transaction, ids_, clock_.now(), person, authority_));
}

Id Town::unit(UnitKind kind, const std::string& name, const std::string& short_name) {
    return write(Id{}, [&](Work& work) {
        return good(create_unit(
            work,
            {.parent = root_, .kind = kind, .name = name, .short_name = short_name, .valid_from = kOpened}));
    });
}

Id Town::office(const std::string& name, const std::string& short_name) {
    return unit(UnitKind::Office, name, short_name);
}

Id Town::commune(const std::string& name) {
    return unit(UnitKind::Commune, name);
}

Id Town::person(const std::string& name, Id unit, Role role) {
    return write(Id{}, [&](Work& work) {
        const auto sign_in_name = replaced(fold(name), " ", ".") + "." + to_string(work.new_id());
        return good(create_person(
            work,
            {.name = name, .sign_in_name = sign_in_name, .unit = unit, .role = role, .valid_from = kOpened}));
    });
}

Id Town::administrator() {
    if (!administrator_) administrator_ = person("Trần Thị Quản Trị", root_, Role::Administrator);
    return administrator_;
}

Id Town::leader() {
    if (!leader_) leader_ = person("Lê Văn Lãnh Đạo", root_, Role::Leader);
    return leader_;
}

}  // namespace loa::identity::testing
