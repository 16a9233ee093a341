// 1 July 2025: Hồng Ngự city ends; three wards are made of parts of two districts (Resolution
// 1663/NQ-UBTVQH15), and the city's offices go to the wards' new ones (Decree 150/2025/NĐ-CP).
#include <algorithm>
#include <map>

#include "loa/identity/authorities.h"
#include "loa/identity/deputies.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/identity/unit_changes.h"
#include "loa/identity/units.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "support/on_engine.h"
#include "tokens.h"

namespace loa::identity {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const Date kThatDay = day(2025, 7, 1);

class HongNgu : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        district_ = std::make_unique<testing::Town>(database(), "huyện Hồng Ngự");
        for (const auto* name : {"Phường An Lộc", "Phường An Bình A", "Phường An Bình B", "Phường An Thạnh",
                                 "Xã Bình Thạnh", "Xã Tân Hội", "Phường An Lạc"})
            city_communes_[name] = town().commune(name);
        for (const auto* name : {"Xã Thường Thới Hậu A", "Xã Thường Lạc"})
            district_communes_[name] = district_->commune(name);
        home_affairs_ = town().office("Phòng Nội vụ");
        culture_ = town().office("Phòng Văn hóa và Thông tin");
        an_binh_ = ward("phường An Bình");
        hong_ngu_ = ward("phường Hồng Ngự");
        thuong_lac_ = ward("phường Thường Lạc");
    }

    struct Ward {
        Id authority;
        Id root;
        Id culture_and_society;
    };
    Ward ward(const std::string& place) {
        return town().write(Id{}, [&](Work& work) {
            Ward made;
            made.authority = create_authority(work, {.name = "Ủy ban nhân dân " + place,
                                                     .short_name = "UBND " + place,
                                                     .level = Level::Commune,
                                                     .place = place,
                                                     .hamlet_word = "khóm",
                                                     .valid_from = kThatDay})
                                 .value();
            Work inside = work;
            inside.authority = made.authority;
            made.root = root_unit(inside);
            made.culture_and_society = create_unit(inside, {.parent = made.root,
                                                            .kind = UnitKind::Office,
                                                            .name = "Phòng Văn hóa - Xã hội",
                                                            .valid_from = kThatDay})
                                           .value();
            return made;
        });
    }
    UnitKey committee(const Ward& ward) { return {ward.authority, ward.root}; }
    UnitKey office(const Ward& ward) { return {ward.authority, ward.culture_and_society}; }

    void end(testing::Town& place, Id unit, ClosingKind kind, std::vector<UnitKey> successors) {
        place.write(Id{}, [&](Work& work) {
            CloseUnit input{
                .unit = unit, .kind = kind, .date = kThatDay, .version = unit_by_id(work, unit)->version};
            for (const UnitKey& key : successors) input.successors.push_back({key, std::nullopt});
            EXPECT_EQ(problem(close_unit(work, input)), "");
        });
    }
    void reorganise() {
        for (const auto* name : {"Phường An Lộc", "Phường An Bình A", "Phường An Bình B"})
            end(town(), city_communes_[name], ClosingKind::Merged, {committee(an_binh_)});
        for (const auto* name : {"Phường An Thạnh", "Xã Bình Thạnh", "Xã Tân Hội"})
            end(town(), city_communes_[name], ClosingKind::Merged, {committee(hong_ngu_)});
        end(town(), city_communes_["Phường An Lạc"], ClosingKind::Merged, {committee(thuong_lac_)});
        for (const auto& [name, id] : district_communes_)
            end(*district_, id, ClosingKind::Merged, {committee(thuong_lac_)});
        for (const Id id : {home_affairs_, culture_})
            end(town(), id, ClosingKind::Split, {office(an_binh_), office(hong_ngu_), office(thuong_lac_)});
        end(town(), town().root(), ClosingKind::Split,
            {committee(an_binh_), committee(hong_ngu_), committee(thuong_lac_)});
    }

    std::unique_ptr<testing::Town> district_;
    std::map<std::string, Id> city_communes_, district_communes_;
    Id home_affairs_, culture_;
    Ward an_binh_, hong_ngu_, thuong_lac_;
};

TEST_P(HongNgu, LivesOnInThreeWards) {
    reorganise();
    town().read(Id{}, [&](Work& work) {
        const Date before = kThatDay.plus_days(-1);
        EXPECT_THAT(successors_of(work, town().root(), before),
                    UnorderedElementsAre(UnitKey{town().authority(), town().root()}));
        EXPECT_THAT(successors_of(work, town().root(), kThatDay),
                    UnorderedElementsAre(committee(an_binh_), committee(hong_ngu_), committee(thuong_lac_)));
        EXPECT_THAT(successors_of(work, city_communes_["Phường An Lạc"], kThatDay),
                    UnorderedElementsAre(committee(thuong_lac_)));
        EXPECT_EQ(units_on(work, before).size(), 10U) << "last year's plan still reads the city as it was";
        EXPECT_THAT(units_on(work, kThatDay), IsEmpty());
    });
}

TEST_P(HongNgu, AWardHasPredecessorsFromTwoDistricts) {
    reorganise();
    town().read(Id{}, [&](Work& work) {
        Work inside = work;
        inside.authority = thuong_lac_.authority;
        std::map<Id, int> from;
        for (const UnitLink& link : links_to(inside, thuong_lac_.root)) ++from[link.predecessor.authority];
        EXPECT_EQ(from[town().authority()], 2) << "An Lạc, and the city itself";
        EXPECT_EQ(from[district_->authority()], 2);
    });
}

TEST_P(HongNgu, OfficesOfTwoKindsMeetInOne) {
    reorganise();
    town().read(Id{}, [&](Work& work) {
        const auto home = successors_of(work, home_affairs_, kThatDay);
        EXPECT_EQ(home, successors_of(work, culture_, kThatDay));
        EXPECT_THAT(home, UnorderedElementsAre(office(an_binh_), office(hong_ngu_), office(thuong_lac_)));
    });
}

TEST_P(HongNgu, TheCityClosesOnlyWhenItsUnitsHave) {
    const auto close = [&](Date date) {
        return town().write(
            Id{}, [&](Work& work) { return problem(close_authority(work, town().authority(), date)); });
    };
    EXPECT_EQ(close(kThatDay), "valid_to:identity.units_still_open");
    reorganise();
    EXPECT_EQ(close(kThatDay.plus_days(-1)), "valid_to:identity.units_still_open");
    EXPECT_EQ(close(kThatDay), "");
    EXPECT_EQ(close(kThatDay), ":identity.closed_already");
    town().read(Id{}, [&](Work& work) {
        const auto names_on = [&](Date date) {
            std::vector<std::string> names;
            for (const Authority& authority : authorities_on(work, date))
                names.push_back(authority.short_name);
            return names;
        };
        EXPECT_THAT(names_on(kThatDay.plus_days(-1)),
                    UnorderedElementsAre("UBND thành phố Hồng Ngự", "UBND huyện Hồng Ngự"));
        EXPECT_THAT(names_on(kThatDay),
                    UnorderedElementsAre("UBND huyện Hồng Ngự", "UBND phường An Bình", "UBND phường Hồng Ngự",
                                         "UBND phường Thường Lạc"));
    });
}

/// The day as offices prepare it: drafted on 1 June, in force on 1 July by itself.
class MergerDay : public HongNgu {
  protected:
    void SetUp() override {
        HongNgu::SetUp();
        if (IsSkipped()) return;
        registry_.add(town().keys());
        join(registry_);
        for (auto* place : {&town(), district_.get()}) place->clock().set(start_of(day(2025, 6, 1)).plus_seconds(9 * 60 * 60));
        // The district goes on in other parts that this test does not have; here it ends with its two communes.
        clerk_ = town().person("Phan Thị Ngọc Diễm", culture_, Role::Clerk);
        leader_ = town().leader();
        an_lac_clerk_ = town().person("Nguyễn Văn An", city_communes_["Phường An Lạc"], Role::Clerk);
        thuong_lac_clerk_ = district_->person("Trần Thị Lạc", district_communes_["Xã Thường Lạc"], Role::OfficeHead);
    }

    UnitChange ending(Id unit, ClosingKind closing, const std::vector<UnitKey>& successors) {
        UnitChange change{.kind = ChangeKind::End, .unit = unit, .closing = closing};
        for (const UnitKey& key : successors) change.successors.push_back({key, std::nullopt, change.successors.empty()});
        return change;
    }
    Id draft(testing::Town& place, const std::vector<UnitChange>& changes) {
        return place.write(place.administrator(), [&](Work& work) {
            const Id set = describe_change_set(work, {.name = "Sắp xếp đơn vị hành chính năm 2025", .basis = "Nghị quyết 1663/NQ-UBTVQH15", .day = kThatDay}).value();
            for (const UnitChange& change : changes)
                EXPECT_EQ(problem(add_change(work, {set, change, change_set_by_id(work, set)->version})), "");
            return set;
        });
    }
    void accept_and_confirm(testing::Town& place, Id set) {
        // The wards begin with the day: nobody can sign in there before, so the operator agrees for them.
        place.write(Id{}, [&](Work& work) {
            const auto whole = change_set_by_id(work, set);
            for (const Id authority : authorities_to_accept(work, *whole)) {
                Work there = work;
                there.authority = authority;
                EXPECT_EQ(problem(accept_change_set(there, work.authority, set)), "");
            }
        });
        place.write(place.administrator(), [&](Work& work) {
            EXPECT_EQ(problem(confirm_change_set(work, set, change_set_by_id(work, set)->version)), "");
        });
    }
    void prepare() {
        std::vector<UnitChange> city;
        for (const auto* name : {"Phường An Lộc", "Phường An Bình A", "Phường An Bình B"})
            city.push_back(ending(city_communes_[name], ClosingKind::Merged, {committee(an_binh_)}));
        for (const auto* name : {"Phường An Thạnh", "Xã Bình Thạnh", "Xã Tân Hội"})
            city.push_back(ending(city_communes_[name], ClosingKind::Merged, {committee(hong_ngu_)}));
        city.push_back(ending(city_communes_["Phường An Lạc"], ClosingKind::Merged, {committee(thuong_lac_)}));
        // The order in which they were typed is nobody's promise: the city itself stands before its offices.
        city.push_back(ending(town().root(), ClosingKind::Split, {committee(hong_ngu_), committee(an_binh_), committee(thuong_lac_)}));
        for (const Id office_of_city : {home_affairs_, culture_})
            city.push_back(ending(office_of_city, ClosingKind::Split, {office(hong_ngu_), office(an_binh_), office(thuong_lac_)}));
        city_set_ = draft(town(), city);
        std::vector<UnitChange> district;
        for (const auto& [name, id] : district_communes_) district.push_back(ending(id, ClosingKind::Merged, {committee(thuong_lac_)}));
        district_set_ = draft(*district_, district);
        accept_and_confirm(town(), city_set_);
        accept_and_confirm(*district_, district_set_);
    }
    void dawn() {
        for (auto* place : {&town(), district_.get()}) place->clock().set(start_of(kThatDay).plus_seconds(5 * 60));
        database().write([&](storage::Transaction& transaction) {
            Work work = jobs::system_work(transaction, town().ids(), town().clock().now(), Id{});
            jobs::enqueue(work, "identity.apply_unit_changes", "{}");
        });
        jobs::run_due_jobs(registry_, web::Services{database(), town().clock(), town().ids()});
    }
    Work there(Work work, Id authority) {
        work.authority = authority;
        return work;
    }

    Registry registry_;
    Id city_set_, district_set_, clerk_, leader_, an_lac_clerk_, thuong_lac_clerk_;
};

TEST_P(MergerDay, ComesByItself) {
    prepare();
    const auto before = town().read(Id{}, [&](Work& work) { return units_on(work, kThatDay.plus_days(-1)).size(); });
    EXPECT_EQ(before, 10U);
    dawn();
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(units_on(work, kThatDay.plus_days(-1)).size(), before) << "the tree of 30 June is as it was";
        EXPECT_THAT(units_on(work, kThatDay), IsEmpty());
        EXPECT_EQ(change_set_by_id(work, city_set_)->state, ChangeSetState::Applied);
        EXPECT_EQ(change_set_by_id(there(work, district_->authority()), district_set_)->state, ChangeSetState::Applied);
        EXPECT_EQ(unit_by_id(work, culture_)->name, "Phòng Văn hóa và Thông tin") << "old records keep old names";
        EXPECT_THAT(successors_of(work, town().root(), kThatDay), UnorderedElementsAre(committee(an_binh_), committee(hong_ngu_), committee(thuong_lac_)));
        EXPECT_THAT(successors_of(work, home_affairs_, kThatDay), UnorderedElementsAre(office(an_binh_), office(hong_ngu_), office(thuong_lac_)));
        std::map<Id, int> from;
        for (const UnitLink& link : links_to(there(work, thuong_lac_.authority), thuong_lac_.root)) ++from[link.predecessor.authority];
        EXPECT_EQ(from[town().authority()], 2) << "An Lạc, and the city itself";
        EXPECT_EQ(from[district_->authority()], 2);
        EXPECT_EQ(authority_by_id(work, town().authority())->valid_to, kThatDay) << "the city ends with its committee";
        EXPECT_FALSE(authority_by_id(work, district_->authority())->valid_to);
        EXPECT_EQ(unit_tree(there(work, hong_ngu_.authority), kThatDay).size(), 2U);
    });
}

TEST_P(MergerDay, NobodyLosesTheSignIn) {
    prepare();
    town().clock().set(start_of(kThatDay).plus_seconds(-60 * 60));  // late on 30 June
    const auto session = [&](Id person) {
        return town().write(Id{}, [&](Work& work) {
            const std::string token = "token of " + to_string(person);
            work.db.run("identity.add_session", {token_hash(token), person, town().authority(), work.now, "127.0.0.1", "test"});
            return token;
        });
    };
    const std::string token = session(clerk_);
    dawn();
    town().read(Id{}, [&](Work& work) {
        Work hers = work;
        ASSERT_TRUE(sign_in_work(hers, token)) << "whoever is signed in goes on working";
        EXPECT_EQ(hers.authority, hong_ngu_.authority);
        EXPECT_EQ(hers.actor.grants.front().unit, hong_ngu_.culture_and_society);
        EXPECT_EQ(hers.actor.grants.front().role, "clerk");
        for (const auto& [person, ward] : {std::pair(clerk_, hong_ngu_), std::pair(leader_, hong_ngu_), std::pair(town().administrator(), hong_ngu_),
                                          std::pair(an_lac_clerk_, thuong_lac_), std::pair(thuong_lac_clerk_, thuong_lac_)}) {
            const auto authorities = authorities_of_person(work, person);
            ASSERT_EQ(authorities.size(), 1U);
            EXPECT_EQ(authorities.front().id, ward.authority);
        }
        const auto heads = people_of_unit(there(work, thuong_lac_.authority), thuong_lac_.root);
        EXPECT_EQ(heads.size(), 2U);
        EXPECT_EQ(heads.front().role, Role::OfficeHead) << "roles stay what they were";
        EXPECT_EQ(memberships_on(work, kThatDay.plus_days(-1)).size(), 4U) << "and what they were in the city is still known";
    });
}

TEST_P(MergerDay, CommandsNameAnAuthorityBeforeAndAfterItsDays) {
    const auto called = [&](Date day, std::string_view asked) {
        return town().read(Id{}, [&](Work& work) {
            work.now = start_of(day);
            const auto found = authority_called(work, asked);
            return found ? found->id : Id{};
        });
    };
    EXPECT_EQ(called(kThatDay.plus_days(-30), "UBND phuong Hong Ngu"), hong_ngu_.authority) << "its units are prepared ahead";
    reorganise();
    town().write(Id{}, [&](Work& work) { ASSERT_TRUE(close_authority(work, town().authority(), kThatDay)); });
    EXPECT_EQ(called(kThatDay.plus_days(1), "thành phố Hồng Ngự"), town().authority()) << "the tree of 30 June is asked for";
    const Id again = town().write(Id{}, [&](Work& work) {
        return create_authority(work, {.name = "Ủy ban nhân dân thành phố Hồng Ngự", .short_name = "UBND thành phố Hồng Ngự", .level = Level::Province,
                                       .place = "thành phố Hồng Ngự", .hamlet_word = "khóm", .valid_from = day(2030, 1, 1)})
            .value();
    });
    EXPECT_EQ(called(kThatDay.plus_days(1), "thành phố Hồng Ngự"), Id{}) << "two, and none of them today";
    EXPECT_EQ(called(day(2030, 1, 1), "thành phố Hồng Ngự"), again);
}

TEST_P(MergerDay, WhatWasLentInTheNameOfTheCityEndsWithIt) {
    const Id deputyship = town().write(Id{}, [&](Work& work) {
        return appoint_deputy(work, {.principal = leader_, .deputy = clerk_, .valid_from = work.today(), .last_day = day(2025, 9, 30), .reason = "Đi học"}).value();
    });
    prepare();
    town().read(Id{}, [&](Work& work) {
        const auto lines = preview_lines(work, registry_, *change_set_by_id(work, city_set_));
        EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const PreviewLine& line) { return line.key == "identity.preview_deputies_end"; }), 1);
    });
    dawn();
    town().read(Id{}, [&](Work& work) {
        EXPECT_THAT(deputyships(work), IsEmpty());
        const auto said = timeline_of(work, {"identity.person", work.authority, leader_});
        EXPECT_EQ(said.front().event, "identity.deputy_ended");
        EXPECT_FALSE(take_place(work, "no token", deputyship));
    });
}

TEST_P(MergerDay, ASplitIntoOneIsRefused) {
    const auto refusal = town().write(town().administrator(), [&](Work& work) {
        const Id set = describe_change_set(work, {.name = "Sắp xếp", .day = kThatDay}).value();
        return problem(add_change(work, {set, ending(town().root(), ClosingKind::Split, {committee(an_binh_)}), 1}));
    });
    EXPECT_EQ(refusal, "successors:identity.successors.split");
}

LOA_ON_BOTH_ENGINES(HongNgu);
LOA_ON_BOTH_ENGINES(MergerDay);

}  // namespace
}  // namespace loa::identity
