#include "loa/identity/people.h"

#include "loa/identity/authorities.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const PasswordHash kHash = PasswordHash::stored("$argon2id$not a hash");

class People : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (!IsSkipped()) office_ = town().office("Phòng Nội vụ");
    }
    CreatePerson diem() {
        return {.name = "Phan Thị  Ngọc Diễm",
                .sign_in_name = " Diem.PTN ",
                .unit = office_,
                .valid_from = day(2024, 1, 1)};
    }
    Id office_;
};

TEST_P(People, AreOneNationwide) {
    testing::Town other(database(), "thị xã Tân Châu");
    const Id id =
        town().write(town().administrator(), [&](Work& work) { return create_person(work, diem()).value(); });
    town().read(Id{}, [&](Work& work) {
        const auto person = person_by_id(work, id);
        EXPECT_EQ(person->name, "Phan Thị Ngọc Diễm");
        EXPECT_EQ(person->sign_in_name, "diem.ptn");
        EXPECT_EQ(person->home_authority, town().authority());
    });
    other.write(Id{}, [&](Work& work) {
        auto again = diem();
        again.unit = other.root();
        EXPECT_EQ(problem(create_person(work, again)), ":identity.sign_in_name_taken");
        EXPECT_FALSE(person_by_id(work, id)) << "has nothing to do here";
        EXPECT_TRUE(person_by_sign_in_name(work, "DIEM.PTN"));
        EXPECT_THAT(people_list(work, "diem", 50, 0), IsEmpty());
    });
}

TEST_P(People, AreCheckedAtTheDoor) {
    const auto create = [&](const CreatePerson& input) {
        return town().write(town().administrator(),
                            [&](Work& work) { return problem(create_person(work, input)); });
    };
    const auto with_name = [&](const std::string& name) {
        auto input = diem();
        input.sign_in_name = name;
        return create(input);
    };
    for (const auto* name : {"ab", "điềm", "a b c", "a\nbc", ""})
        EXPECT_EQ(with_name(name), "sign_in_name:identity.malformed_sign_in_name") << name;
    EXPECT_EQ(with_name(std::string(65, 'a')), "sign_in_name:identity.malformed_sign_in_name");
    auto input = diem();
    input.name = " ";
    EXPECT_EQ(create(input), "name:identity.person_name_missing");
    input = diem();
    input.unit = Id{3};
    EXPECT_EQ(create(input), "unit:identity.no_such_unit");
    input.unit = town().unit(UnitKind::OutsideBody, "Báo Đồng Tháp");
    EXPECT_EQ(create(input), "unit:identity.outside_body_has_no_accounts");
    input = diem();
    input.valid_from = day(2019, 1, 1);
    EXPECT_EQ(create(input), "unit:identity.unit_not_open");
    const Id clerk = town().person("Một Người", office_, Role::Clerk);
    EXPECT_EQ(town().write(clerk, [&](Work& work) { return problem(create_person(work, diem())); }),
              ":base.forbidden");
}

TEST_P(People, AreListedByUnitAndFoundWithoutMarks) {
    town().person("Trần Văn Ất", office_, Role::Clerk);
    town().person("Đỗ Thị Ánh", office_, Role::Clerk);
    town().person("Lê Thị Ý", office_, Role::OfficeHead);
    const auto found = [&](std::string_view search) {
        return town().read(Id{}, [&](Work& work) {
            std::vector<std::string> names;
            for (const auto& line : people_list(work, search, 50, 0)) names.push_back(line.person.name);
            return names;
        });
    };
    EXPECT_THAT(found("do thi anh"), ElementsAre("Đỗ Thị Ánh"));
    EXPECT_THAT(found("Ánh"), ElementsAre("Đỗ Thị Ánh"));
    EXPECT_EQ(found("").size(), 3U);
    EXPECT_THAT(found("%"), IsEmpty()) << "a per cent sign is text, not a pattern";
    EXPECT_THAT(found("_"), IsEmpty());
    town().read(Id{}, [&](Work& work) {
        std::vector<std::string> names;
        for (const auto& membership : people_of_unit(work, office_)) names.push_back(membership.person_name);
        EXPECT_THAT(names, ElementsAre("Lê Thị Ý", "Đỗ Thị Ánh", "Trần Văn Ất")) << "the head first";
        EXPECT_EQ(people_list(work, "", 2, 0).size(), 2U);
        EXPECT_EQ(people_list(work, "", 2, 2).size(), 1U);
    });
}

TEST_P(People, HoldMembershipsFromDayToDay) {
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    const AddMembership head{person,         office_,          Role::OfficeHead,
                             "Trưởng phòng", day(2024, 1, 20), std::nullopt};
    const Id membership = town().write(town().administrator(), [&](Work& work) {
        const Id first = add_membership(work, head).value();
        EXPECT_EQ(add_membership(work, head).value(), first) << "the same again is the same";
        return first;
    });
    const auto roles_on = [&](Date date) {
        return town().read(Id{},
                           [&](Work& work) { return memberships_of_person(work, person, date).size(); });
    };
    EXPECT_EQ(roles_on(day(2024, 1, 19)), 1U);
    EXPECT_EQ(roles_on(day(2024, 1, 20)), 2U);
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(end_membership(work, membership, day(2024, 1, 19))),
                  "valid_to:identity.ends_before_it_begins");
        EXPECT_EQ(problem(end_membership(work, membership, day(2024, 1, 25))), "");
        EXPECT_EQ(problem(end_membership(work, membership, day(2024, 1, 25))), ":identity.ended_already");
    });
    EXPECT_EQ(roles_on(day(2024, 1, 24)), 2U);
    EXPECT_EQ(roles_on(day(2024, 1, 25)), 1U);
}

TEST_P(People, OfAPartAreLookedAfterByItsAdministratorAndHoldNoMoreThanShe) {
    const Id elsewhere = town().office("Phòng Tài chính");
    const auto made = [&](Id by, const std::string& name, Id unit, Role role, std::optional<Scope> scope = {}) {
        return town().write(by, [&](Work& work) {
            return create_person(work, {.name = name, .sign_in_name = name, .unit = unit, .role = role, .valid_from = day(2024, 1, 1), .scope = scope});
        });
    };
    const Id part = *made(Id{}, "quantri.noivu", office_, Role::Administrator, Scope::Subtree);
    town().second_factor(part);
    const auto scope_of = [&](Id person) {
        return town().read(Id{}, [&](Work& work) { return memberships_of_person(work, person, work.today()).front().scope; });
    };
    for (const auto asked : {std::optional<Scope>(), std::optional(Scope::Authority), std::optional(Scope::Subtree)}) {
        const auto leader = made(part, "lanhdao" + std::to_string(asked ? static_cast<int>(*asked) : 9), office_, Role::Leader, asked);
        ASSERT_TRUE(leader);
        EXPECT_EQ(scope_of(*leader), Scope::Subtree) << "no farther than hers";
    }
    const auto second = made(part, "quantri2.noivu", office_, Role::Administrator, Scope::OwnUnit);
    ASSERT_TRUE(second);
    EXPECT_EQ(scope_of(*second), Scope::OwnUnit);
    EXPECT_FALSE(made(part, "canbo.taichinh", elsewhere, Role::Clerk)) << "not her part of the tree";

    const auto password = [&](Id person) {
        return town().write(part, [&](Work& work) { return problem(set_password(work, person, kHash)); });
    };
    EXPECT_EQ(password(*made(Id{}, "canbo.noivu", office_, Role::Clerk)), "");
    EXPECT_EQ(password(*second), "");
    EXPECT_EQ(password(*made(Id{}, "kiemtra.noivu", office_, Role::Auditor)), ":identity.person_beyond_reach");
    EXPECT_EQ(password(*made(Id{}, "canbo2.taichinh", elsewhere, Role::Clerk)), ":identity.person_beyond_reach");
    EXPECT_EQ(password(town().administrator()), ":identity.person_beyond_reach") << "the keys of the whole house";
}

TEST_P(People, OfAPartHoldNoKeysOfTheWholeAndEndNoMoreThanTheyHold) {
    const Id whole = town().administrator();
    const Id part = town().write(Id{}, [&](Work& work) {
        return create_person(work, {.name = "Quản Trị Nội Vụ", .sign_in_name = "quantri.noivu", .unit = office_, .role = Role::Administrator,
                                    .valid_from = day(2024, 1, 1), .scope = Scope::OwnUnit}).value();
    });
    town().second_factor(part);
    const auto end = [&](Id by, Id person) {
        return town().write(by, [&](Work& work) {
            return problem(end_membership(work, memberships_of_person(work, person, work.today()).front().id, day(2024, 2, 1)));
        });
    };
    EXPECT_EQ(end(whole, whole), ":identity.last_administrator") << "who is narrowed can't open the rest";
    EXPECT_EQ(end(part, town().person("Kiểm Tra", office_, Role::Auditor)), ":identity.person_beyond_reach");
    EXPECT_EQ(end(part, town().person("Quản Trị Khác", office_, Role::Administrator)), ":identity.person_beyond_reach");
    EXPECT_EQ(end(part, town().person("Cán Bộ", office_, Role::Clerk)), "");
    EXPECT_EQ(end(part, town().person("Cán Bộ Nơi Khác", town().root(), Role::Clerk)), ":base.forbidden");
    EXPECT_EQ(end(whole, part), "") << "it was nobody's last";
    // Whoever is to hold more is out of her reach already.
    const Id coming = town().person("Sắp Làm Quản Trị", office_, Role::Clerk);
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(add_membership(work, {.person = coming, .unit = office_, .role = Role::Administrator, .valid_from = day(2024, 1, 20)}));
    });
    EXPECT_EQ(town().write(part, [&](Work& work) { return problem(set_password(work, coming, kHash)); }), ":identity.person_beyond_reach");
}

TEST_P(People, WhoseRoleNeverBeganCanBeGivenItAnew) {
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    AddMembership head{.person = person, .unit = office_, .role = Role::OfficeHead, .valid_from = day(2024, 1, 20)};
    town().write(town().administrator(), [&](Work& work) {
        const Id first = add_membership(work, head).value();
        EXPECT_EQ(current_and_coming_memberships(work, person).size(), 2U);
        EXPECT_EQ(problem(end_membership(work, first, day(2024, 1, 20))), "");
        EXPECT_EQ(current_and_coming_memberships(work, person).size(), 1U);
        head.valid_to = day(2024, 3, 1);
        EXPECT_EQ(add_membership(work, head).value(), first);
        EXPECT_EQ(memberships_of_person(work, person, day(2024, 1, 20)).size(), 2U);
        EXPECT_EQ(memberships_of_person(work, person, day(2024, 3, 1)).size(), 1U);
    });
}

TEST_P(People, WhoseRoleIsOverGetItFromALaterDay) {
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    town().write(town().administrator(), [&](Work& work) {
        AddMembership head{.person = person, .unit = office_, .role = Role::OfficeHead, .valid_from = day(2024, 1, 1)};
        const Id first = add_membership(work, head).value();
        EXPECT_EQ(add_membership(work, head).value(), first) << "it is hers already";
        ASSERT_TRUE(end_membership(work, first, work.today()));
        EXPECT_EQ(problem(add_membership(work, head)), "valid_from:identity.role_was_held");
        head.valid_from = work.today();
        EXPECT_NE(add_membership(work, head).value(), first);
    });
}

TEST_P(People, LeaveOneAdministrator) {
    const Id first = town().administrator();
    const auto keys = [&](Id person) {
        return town().read(
            Id{}, [&](Work& work) { return memberships_of_person(work, person, work.today()).front().id; });
    };
    const auto end = [&](Id person) {
        const Id membership = keys(person);
        return town().write(
            first, [&](Work& work) { return problem(end_membership(work, membership, day(2024, 2, 1))); });
    };
    EXPECT_EQ(end(first), ":identity.last_administrator");
    const Id second = town().person("Người Thứ Hai", office_, Role::Administrator);
    EXPECT_EQ(end(first), "");
    EXPECT_EQ(end(second), ":identity.last_administrator");
}

TEST_P(People, CantBeTakenOverByAnotherAuthority) {
    testing::Town other(database(), "thị xã Tân Châu");
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    other.write(other.administrator(), [&](Work& work) {
        ASSERT_TRUE(
            add_membership(work, {person, other.root(), Role::Clerk, "", day(2024, 1, 1), std::nullopt}));
        EXPECT_EQ(problem(set_password(work, person, kHash)), ":identity.account_of_another_authority");
        EXPECT_EQ(problem(deactivate_person(work, person)), ":identity.account_of_another_authority");
    });
    EXPECT_EQ(town().write(town().administrator(),
                           [&](Work& work) { return problem(set_password(work, person, kHash)); }),
              "");
    const Id colleague = town().person("Đồng Nghiệp", office_, Role::Clerk);
    EXPECT_EQ(town().write(colleague, [&](Work& work) { return problem(set_password(work, person, kHash)); }),
              ":base.forbidden");
    EXPECT_EQ(town().write(person, [&](Work& work) { return problem(set_password(work, person, kHash)); }),
              "");
}

TEST_P(People, OfAnAuthorityThatEndedAreTakenCareOf) {
    testing::Town ward(database(), "phường An Bình");
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    const Date end = day(2024, 1, 10);
    ward.write(ward.administrator(), [&](Work& work) {
        ASSERT_TRUE(
            add_membership(work, {person, ward.root(), Role::Clerk, "", day(2024, 1, 1), std::nullopt}));
    });
    town().write(Id{}, [&](Work& work) {
        ASSERT_TRUE(close_unit(work, {office_, ClosingKind::Dissolved, end, {}, 1}));
        ASSERT_TRUE(close_unit(work, {town().root(), ClosingKind::Dissolved, end, {}, 1}));
        ASSERT_TRUE(close_authority(work, town().authority(), end));
    });
    EXPECT_EQ(ward.write(ward.administrator(),
                         [&](Work& work) { return problem(set_password(work, person, kHash)); }),
              "");
}

TEST_P(People, TheUnitOfTheLastAdministratorIsNotDissolved) {
    const Id heir = town().office("Phòng Nội vụ mới");
    const Id first = town().administrator();
    ASSERT_TRUE(town().person("Người Thứ Hai", office_, Role::Administrator));
    const auto close = [&](const CloseUnit& input) {
        return town().write(Id{}, [&](Work& work) { return problem(close_unit(work, input)); });
    };
    town().write(first, [&](Work& work) {
        ASSERT_TRUE(end_membership(work, memberships_of_person(work, first, work.today()).front().id, day(2024, 2, 1)));
    });
    EXPECT_EQ(close({office_, ClosingKind::Dissolved, day(2024, 6, 1), {}, 1}), "unit:identity.last_administrator_in_unit");
    EXPECT_EQ(close({office_, ClosingKind::Replaced, day(2024, 6, 1), {{{town().authority(), heir}, std::nullopt}}, 1}), "") << "she goes on there";
    const Id third = town().office("Phòng Tài chính");
    EXPECT_EQ(close({third, ClosingKind::Dissolved, day(2024, 6, 1), {}, 1}), "") << "nobody administers anything from there";
}

TEST_P(People, DontDeactivateThemselves) {
    const Id person = town().person("Phan Thị Ngọc Diễm", office_, Role::Clerk);
    town().write(town().administrator(), [&](Work& work) {
        EXPECT_EQ(problem(deactivate_person(work, work.actor.person)), "person:identity.not_yourself");
        EXPECT_EQ(problem(deactivate_person(work, person)), "");
        EXPECT_EQ(problem(deactivate_person(work, person)), "");
        EXPECT_FALSE(person_by_id(work, person)->active);
    });
    database().read([&](storage::Transaction& transaction) {
        EXPECT_FALSE(
            work_for_person(transaction, town().ids(), town().clock().now(), person, town().authority()));
    });
    town().write(town().administrator(),
                 [&](Work& work) { EXPECT_EQ(problem(reactivate_person(work, person)), ""); });
    town().read(person, [&](Work& work) { EXPECT_THAT(own_units(work), ElementsAre(office_)); });
}

LOA_ON_BOTH_ENGINES(People);

}  // namespace
}  // namespace loa::identity
