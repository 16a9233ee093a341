#include "province.h"

#include <fmt/format.h>

#include <ostream>

#include "commands_bench.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"

namespace loa::app {

namespace {

constexpr int kCommunes = 102, kClusters = 5, kPeopleOfUnit = 7, kInTwo = 10;

template <class T>
T must(Result<T> result) {
    LOA_CHECK(result);
    return std::move(result).value();
}

/// The words by their names, what is given filled in.
std::string words(const std::string& name, const std::string& filled = {}) {
    for (const auto& row : jobs::demonstration_table("app/data/province_words.tsv", 2))
        if (row[0] == name) return replaced(row[1], "{}", filled);
    LOA_CHECK(false);
    return {};
}

class Province {
  public:
    Province(Work& work, const identity::PasswordHash& password) : work_(work), password_(password) {}

    void make() {
        work_.authority = must(identity::create_authority(work_, {.name = words("authority"), .short_name = words("authority_short"),
                                                                  .level = identity::Level::Province, .place = words("place"), .hamlet_word = words("hamlet_word"),
                                                                  .valid_from = founded_, .demonstration = true}));
        const Id root = identity::root_unit(work_);
        add_person("chutich", root, identity::Role::Leader, password_);
        for (const auto& name : jobs::demonstration_table("app/data/province_own_offices.txt", 1)) {
            const Id office = unit(root, identity::UnitKind::Office, words("provincial_office", name.front()));
            if (office_ == Id{}) add_person("noivu", office_ = office, identity::Role::Clerk, password_);
            add_people(office);
        }
        std::vector<std::vector<Id>> clusters(kClusters);
        const auto offices = jobs::demonstration_table("app/data/province_offices.txt", 1);
        for (int i = 0; i < kCommunes; ++i) {
            auto& cluster = clusters[static_cast<std::size_t>(i % kClusters)];
            const std::string place = words("commune_place", std::to_string(i + 1));
            const Id commune = unit(root, identity::UnitKind::Commune, words("commune", place));
            cluster.push_back(commune);
            add_people(commune);
            for (const auto& name : offices) {
                cluster.push_back(unit(commune, identity::UnitKind::Office, name.front() + " " + place));
                add_people(cluster.back());
            }
            // Some are in two clusters, as some units are in two campaigns: it comes to 20,000 lines.
            if (i < kInTwo) {
                auto& other = clusters[static_cast<std::size_t>((i + 1) % kClusters)];
                other.insert(other.end(), cluster.end() - static_cast<std::ptrdiff_t>(offices.size()) - 1, cluster.end());
            }
        }
        for (int i = 0; i < kClusters; ++i) {
            identity::CreateGroup group;
            group.name = words("cluster", std::to_string(i + 1));
            group.members = clusters[static_cast<std::size_t>(i)];
            must(identity::create_group(work_, group));
        }
    }

    int units() const { return units_; }
    int people() const { return people_; }

  private:
    Id unit(Id parent, identity::UnitKind kind, const std::string& name) {
        ++units_;
        return must(identity::create_unit(work_, {.parent = parent, .kind = kind, .name = name, .valid_from = founded_}));
    }
    void add_people(Id unit) {
        for (int i = 0; i < kPeopleOfUnit; ++i)
            add_person(fmt::format("canbo{}", people_ + 1), unit, i == 0 ? identity::Role::OfficeHead : identity::Role::Clerk, std::nullopt);
    }
    void add_person(const std::string& sign_in_name, Id unit, identity::Role role, std::optional<identity::PasswordHash> password) {
        ++people_;
        must(identity::create_person(work_, {.name = words("person", std::to_string(people_)), .sign_in_name = sign_in_name, .password = std::move(password),
                                             .unit = unit, .role = role, .valid_from = founded_}));
    }

    Work& work_;
    const identity::PasswordHash& password_;
    Date founded_ = *Date::from(2015, 1, 1);
    Id office_;
    int units_ = 0, people_ = 0;
};

void load(const Registry&, web::Services& services, std::ostream& out) {
    const auto password = must(identity::hash_password(kBenchPassword, ""));
    services.database.write([&](storage::Transaction& transaction) {
        Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        Province province(work, password);
        province.make();
        out << fmt::format("  {} units, {} people\n", province.units(), province.people()) << std::flush;
    });
}

}  // namespace

void join_province(Registry& registry) {
    registry.add(jobs::Demonstration{.of = jobs::Demonstration::Of::Province, .order = 0, .load = load});
}

}  // namespace loa::app
