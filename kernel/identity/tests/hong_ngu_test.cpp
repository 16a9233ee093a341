// 1 July 2025: Hồng Ngự city ends; three wards are made of parts of two districts (Resolution
// 1663/NQ-UBTVQH15), and the city's offices go to the wards' new ones (Decree 150/2025/NĐ-CP).
#include <map>

#include "loa/identity/authorities.h"
#include "loa/identity/units.h"
#include "support/on_engine.h"

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

LOA_ON_BOTH_ENGINES(HongNgu);

}  // namespace
}  // namespace loa::identity
