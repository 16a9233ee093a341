// A small authority to test on: a town with offices, communes and people, built through the real actions.
//
//     identity::testing::Town town(database);              // migrated; day 15/01/2024, 08:00
//     const Id culture = town.office("Phòng Văn hóa và Thông tin");
//     const Id diem = town.person("Phan Thị Ngọc Diễm", culture, Role::Clerk);
//     town.write(diem, [&](Work& work) { … });             // a Work of hers, committed
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "loa/base/date.h"
#include "loa/base/secrets.h"
#include "loa/identity/passwords.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/storage/database.h"

namespace loa::identity::testing {

/// A password hashed as weakly as Argon2id can be, for those who sign in by the thousand.
PasswordHash weak_hash(std::string_view password);

class Town {
  public:
    /// "Ủy ban nhân dân thành phố Hồng Ngự", in force since 01/01/2020. More towns on one database are other
    /// authorities, each with its own clock and ids.
    explicit Town(storage::Database& database, std::string place = "thành phố Hồng Ngự");

    Id authority() const { return authority_; }
    Id root() const { return root_; }
    FixedClock& clock() { return clock_; }
    IdSource& ids() { return ids_; }
    storage::Database& database() { return database_; }

    /// Units below the root, open since 01/01/2020.
    Id office(const std::string& name, const std::string& short_name = "");
    Id commune(const std::string& name);
    Id unit(UnitKind kind, const std::string& name, const std::string& short_name = "");
    /// A person with that one role since 01/01/2020; the sign-in name is made from the name and a number. No
    /// password: set one (weak_hash) with set_password where the test signs in.
    Id person(const std::string& name, Id unit, Role role);
    /// The first of these calls makes them: an administrator and a leader of the root.
    Id administrator();
    Id leader();

    /// The keys to put into the registry before join(); second factors are sealed with them.
    std::shared_ptr<const Keys> keys() const { return keys_; }
    void use_keys(std::shared_ptr<const Keys> keys) { keys_ = std::move(keys); }
    /// Turns the person's second factor on, as if she had done it long ago.
    void second_factor(Id person);
    /// The code that her app shows now. Each is good once: let 30 seconds pass before the next.
    std::string code_of(Id person);

    /// Runs `step` on a Work of the person (or of the system, without one), in this town, and gives back
    /// what it gives.
    template <class Step>
    auto write(Id person, Step&& step) {
        return database_.write([&](storage::Transaction& transaction) {
            Work work = work_of(transaction, person);
            return step(work);
        });
    }
    template <class Step>
    auto read(Id person, Step&& step) {
        return database_.read([&](storage::Transaction& transaction) {
            Work work = work_of(transaction, person);
            return step(work);
        });
    }
    Work work_of(storage::Transaction& transaction, Id person);

  private:
    storage::Database& database_;
    FixedClock clock_;
    IdSource ids_;
    std::shared_ptr<const Keys> keys_ = Keys::random();
    std::map<Id, std::string> secrets_;
    Id authority_;
    Id root_;
    Id administrator_;
    Id leader_;
};

}  // namespace loa::identity::testing
