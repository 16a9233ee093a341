#include "loa/identity/units.h"

#include <map>

#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"

#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> names(const std::vector<Unit>& units) {
    std::vector<std::string> found;
    for (const Unit& unit : units) found.push_back(unit.name);
    return found;
}

class Units : public OnEngine {
  protected:
    std::vector<std::string> names_on(Date date) {
        return town().read(Id{}, [&](Work& work) { return names(units_on(work, date)); });
    }
    std::string close(const CloseUnit& input) {
        return town().write(Id{}, [&](Work& work) { return problem(close_unit(work, input)); });
    }
    std::string rename(Id unit, const std::string& name, Date from) {
        return town().write(Id{}, [&](Work& work) {
            return problem(rename_unit(work, {unit, name, "", from, unit_by_id(work, unit)->version}));
        });
    }
    UnitKey key(Id unit) { return {town().authority(), unit}; }
    Id opened(const std::string& name, Date from, UnitKind kind = UnitKind::Office) {
        return town().write(Id{}, [&](Work& work) {
            return create_unit(work,
                               {.parent = town().root(), .kind = kind, .name = name, .valid_from = from})
                .value();
        });
    }
};

TEST_P(Units, AreThoseOfTheDay) {
    const Id labour = town().office("Phòng Lao động");
    opened("Phòng Nội vụ", day(2024, 1, 10));
    EXPECT_EQ(close({labour, ClosingKind::Dissolved, day(2024, 1, 12), {}, 1}), "");
    const std::string root = "Ủy ban nhân dân thành phố Hồng Ngự";
    EXPECT_THAT(names_on(day(2019, 12, 31)), IsEmpty());
    EXPECT_THAT(names_on(day(2024, 1, 9)), ElementsAre(root, "Phòng Lao động"));
    EXPECT_THAT(names_on(day(2024, 1, 10)), ElementsAre(root, "Phòng Lao động", "Phòng Nội vụ"));
    EXPECT_THAT(names_on(day(2024, 1, 11)), ElementsAre(root, "Phòng Lao động", "Phòng Nội vụ"));
    EXPECT_THAT(names_on(day(2024, 1, 12)), ElementsAre(root, "Phòng Nội vụ"));  // the first day without it
}

TEST_P(Units, FormATreeInReadingOrder) {
    const Id b = town().commune("Xã Bình Thạnh");
    town().office("Phòng Y tế");
    town().office("Phòng Địa chính");
    const Id hamlet = town().write(Id{}, [&](Work& work) {
        return create_unit(
                   work,
                   {.parent = b, .kind = UnitKind::Hamlet, .name = "Ấp 10", .valid_from = day(2020, 1, 1)})
            .value();
    });
    town().write(Id{}, [&](Work& work) {
        return create_unit(
                   work,
                   {.parent = b, .kind = UnitKind::Hamlet, .name = "Ấp 9", .valid_from = day(2020, 1, 1)})
            .value();
    });
    town().read(Id{}, [&](Work& work) {
        std::vector<std::string> lines;
        for (const UnitNode& node : unit_tree(work, work.today()))
            lines.push_back(std::to_string(node.depth) + " " + node.unit.name + " " +
                            std::to_string(node.children));
        EXPECT_THAT(lines, ElementsAre("0 Ủy ban nhân dân thành phố Hồng Ngự 3", "1 Phòng Địa chính 0",
                                       "1 Phòng Y tế 0", "1 Xã Bình Thạnh 2", "2 Ấp 9 0", "2 Ấp 10 0"));
        EXPECT_EQ(unit_subtree(work, {b}, work.today()).size(), 3U);
        EXPECT_THAT(unit_subtree(work, {hamlet, b, hamlet}, work.today()), SizeIs(3));
        EXPECT_THAT(unit_subtree(work, {Id{5}}, work.today()), IsEmpty());
    });
}

TEST_P(Units, AroundOneAreAsManyAsAnybodyLooksThrough) {
    const Id labour = opened("Phòng Lao động", day(2020, 1, 1));
    const Id commune = opened("Xã Bình Thạnh", day(2020, 1, 1), UnitKind::Commune);
    opened("Xã Tân Hội", day(2020, 1, 1), UnitKind::Commune);
    std::vector<Id> hamlets;
    const auto add_hamlets = [&](int upto) {
        town().write(Id{}, [&](Work& work) {
            while (static_cast<int>(hamlets.size()) < upto)
                hamlets.push_back(create_unit(work, {.parent = commune, .kind = UnitKind::Hamlet,
                                                     .name = "Ấp " + std::to_string(hamlets.size() + 1),
                                                     .valid_from = day(2020, 1, 1)})
                                      .value());
        });
    };
    const auto around = [&](std::optional<Id> one) {
        return town().read(Id{}, [&](Work& work) {
            std::vector<std::string> lines;
            for (const UnitNode& node : unit_tree_around(work, work.today(), one))
                lines.push_back(std::to_string(node.depth) + " " + node.unit.name);
            return lines;
        });
    };
    const auto top = ElementsAre("0 Ủy ban nhân dân thành phố Hồng Ngự", "1 Phòng Lao động", "1 Xã Bình Thạnh", "1 Xã Tân Hội");
    add_hamlets(196);
    EXPECT_THAT(around(std::nullopt), SizeIs(200)) << "all of a small tree";
    add_hamlets(197);
    EXPECT_THAT(around(std::nullopt), top);
    EXPECT_THAT(around(labour), top);
    EXPECT_THAT(around(town().root()), top);
    EXPECT_THAT(around(Id{5}), top);
    for (const Id one : {commune, hamlets.front(), hamlets.back()}) {
        const auto lines = around(one);
        ASSERT_THAT(lines, SizeIs(201));
        EXPECT_EQ(lines[2], "1 Xã Bình Thạnh");
        EXPECT_EQ(lines[3], "2 Ấp 1");
        EXPECT_EQ(lines.back(), "1 Xã Tân Hội");
    }
}

TEST_P(Units, AreReadManyAtOnceInTheOrderAskedFor) {
    std::vector<Id> asked;
    std::vector<std::string> expected;
    for (int i = 40; i > 0; --i) {
        expected.push_back("Ấp " + std::to_string(i));
        asked.push_back(opened(expected.back(), day(2021, 1, 1), UnitKind::Hamlet));
    }
    EXPECT_EQ(rename(asked[1], "Khóm 39", day(2024, 1, 10)), "");
    expected[1] = "Khóm 39";
    testing::Town elsewhere(town().database(), "xã Thường Phước");
    asked.insert(asked.begin(), {elsewhere.root(), Id{5}, asked.back()});  // nobody's, and one twice
    expected.insert(expected.begin(), expected.back());
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(names(units_by_ids(work, asked)), expected);
        EXPECT_EQ(work.db.statements(), 2) << "32 in each";
        EXPECT_THAT(units_by_ids(work, {}), IsEmpty());
        EXPECT_THAT(names(units_by_ids(work, {asked.back()})), ElementsAre("Ấp 1"));
        EXPECT_THAT(units_by_ids(work, {elsewhere.root()}), IsEmpty());
    });
}

TEST_P(Units, KeepTheirOldNamesWhenRenamed) {
    const Id office = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
    EXPECT_EQ(rename(office, "Phòng Văn hóa, Khoa học và Thông tin", day(2024, 1, 10)), "");
    town().read(Id{}, [&](Work& work) {
        const auto name_on = [&](Date date) { return units_on(work, date).back().name; };
        EXPECT_EQ(name_on(day(2024, 1, 9)), "Phòng Văn hóa và Thông tin");
        EXPECT_EQ(name_on(day(2024, 1, 10)), "Phòng Văn hóa, Khoa học và Thông tin");
        EXPECT_EQ(unit_by_id(work, office)->name, "Phòng Văn hóa, Khoa học và Thông tin");
        std::map<std::string, NameKind> dictionary;
        for (const UnitName& name : unit_names_on(work, day(2024, 1, 12)))
            if (name.unit == office) dictionary[name.name] = name.kind;
        EXPECT_THAT(dictionary, UnorderedElementsAre(
                                    std::pair("Phòng Văn hóa, Khoa học và Thông tin", NameKind::Official),
                                    std::pair("Phòng Văn hóa và Thông tin", NameKind::Former),
                                    std::pair("Phòng VH&TT", NameKind::Former)));
        for (const UnitName& name : unit_names_on(work, day(2023, 1, 1)))
            EXPECT_NE(name.name, "Phòng Văn hóa, Khoa học và Thông tin") << "not called so yet";
    });
}

TEST_P(Units, RefuseARenamingThatWouldLeaveAGap) {
    const Id office = town().office("Phòng Nội vụ");
    EXPECT_EQ(rename(office, "Phòng Mới", day(2024, 1, 16)), "from:identity.rename_ahead");
    EXPECT_EQ(rename(office, "Phòng Mới", day(2020, 1, 1)), "from:identity.rename_before_the_last");
    EXPECT_EQ(rename(office, "Phòng Mới", day(2024, 1, 10)), "");
    EXPECT_EQ(rename(office, "Phòng Mới hơn", day(2024, 1, 10)), "from:identity.rename_before_the_last");
    EXPECT_EQ(rename(office, " ", day(2024, 1, 11)), "name:identity.name_missing");
    town().write(Id{}, [&](Work& work) {
        const auto stale = rename_unit(work, {office, "Tên khác", "", day(2024, 1, 12), 1});
        EXPECT_EQ(stale.failure().reason, Reason::Conflict);
    });
}

TEST_P(Units, RememberAliases) {
    const Id office = town().office("Phòng Văn hóa và Thông tin");
    const Id other = town().office("Phòng Nội vụ");
    const auto add = [&](Id unit, const std::string& name) {
        return town().write(
            Id{}, [&](Work& work) { return problem(add_alias(work, {.unit = unit, .name = name})); });
    };
    EXPECT_EQ(add(office, "Phòng  VHTT"), "");
    EXPECT_EQ(add(office, "phòng vhtt"), "") << "the same again is no second alias";
    EXPECT_EQ(add(other, "Phòng VHTT"), ":identity.name_means_another");
    EXPECT_EQ(add(other, "PHÒNG VĂN HOÁ VÀ THÔNG TIN"), ":identity.name_means_another")
        << "the old tone mark";
    EXPECT_EQ(add(other, " "), "name:identity.name_missing");
    town().read(Id{}, [&](Work& work) {
        int aliases = 0;
        for (const UnitName& name : unit_names_on(work, day(2020, 1, 1)))
            if (name.kind == NameKind::Alias) {
                ++aliases;
                EXPECT_EQ(name.name, "Phòng VHTT");
                EXPECT_EQ(name.unit, office);
            }
        EXPECT_EQ(aliases, 1);
    });
}

TEST_P(Units, CheckWhatTheyAreMadeOf) {
    const auto create = [&](CreateUnit input) {
        return town().write(Id{}, [&](Work& work) { return problem(create_unit(work, input)); });
    };
    const Date from = day(2024, 1, 1);
    const Id root = town().root();
    town().office("Phòng Nội vụ");
    EXPECT_EQ(create({.parent = root, .name = " ", .valid_from = from}), "name:identity.name_missing");
    EXPECT_EQ(create({.name = "Gốc", .valid_from = from}), "parent:identity.second_root");
    EXPECT_EQ(create({.parent = Id{7}, .name = "A", .valid_from = from}), "parent:identity.no_such_unit");
    EXPECT_EQ(create({.parent = root, .name = "A", .valid_from = day(2019, 1, 1)}),
              "parent:identity.parent_not_open");
    EXPECT_EQ(create({.parent = root, .name = "Phòng Nội vụ", .valid_from = from}), "name:identity.namesake");
    EXPECT_EQ(create({.parent = root, .name = "A", .valid_from = from, .headcount = -1}),
              "headcount:identity.below_zero");
    EXPECT_EQ(
        create({.parent = root, .name = "A", .valid_from = from, .represents_authority = town().authority()}),
        "represents_authority:identity.represents_nobody");
}

TEST_P(Units, StandForOneLowerCommitteeEach) {
    const Id ward = town().commune("UBND phường An Lộc"), other = town().commune("UBND phường An Thạnh"), office = town().office("Phòng Nội vụ");
    testing::Town lower(town().database(), "phường An Lộc");
    const auto represent = [&](Id person, Id unit, std::optional<Id> authority, std::int64_t version) {
        return town().write(person, [&](Work& work) { return problem(represent_authority(work, {unit, authority, version})); });
    };
    const auto represented = [&](Id unit) { return town().read(Id{}, [&](Work& work) { return unit_by_id(work, unit)->represents_authority; }); };
    EXPECT_EQ(represent(town().person("Nguyễn Văn An", office, Role::Clerk), ward, lower.authority(), 1), ":base.forbidden");
    EXPECT_EQ(represent(Id{}, office, lower.authority(), 1), "represents_authority:identity.represents_nobody") << "an office";
    EXPECT_EQ(represent(Id{}, ward, town().authority(), 1), "represents_authority:identity.no_such_authority") << "itself";
    EXPECT_EQ(represent(Id{}, ward, Id{77}, 1), "represents_authority:identity.no_such_authority");
    EXPECT_EQ(represent(Id{}, ward, lower.authority(), 9), ":base.conflict");
    EXPECT_EQ(represented(ward), std::nullopt);
    EXPECT_EQ(represent(Id{}, ward, lower.authority(), 1), "");
    EXPECT_EQ(represented(ward), lower.authority());
    EXPECT_EQ(represent(Id{}, other, lower.authority(), 1), "represents_authority:identity.represented_already");
    town().read(Id{}, [&](Work& work) {
        EXPECT_EQ(timeline_of(work, {"identity.unit", town().authority(), ward}).front().event, "identity.unit_represents");
    });
    EXPECT_EQ(represent(Id{}, ward, std::nullopt, 2), "");
    EXPECT_EQ(represented(ward), std::nullopt);
}

TEST_P(Units, CountTheSuccessorsOfEachClosing) {
    const Id a = town().office("A"), b = town().office("B"), c = town().office("C");
    const Date date = day(2024, 1, 20);
    const auto refused = [&](ClosingKind kind, std::vector<Successor> successors) {
        return close({a, kind, date, std::move(successors), 1});
    };
    EXPECT_EQ(refused(ClosingKind::Dissolved, {{key(b)}}), "successors:identity.successors.dissolved");
    for (const auto kind :
         {ClosingKind::Renamed, ClosingKind::Replaced, ClosingKind::Merged, ClosingKind::Transferred}) {
        const std::string expected = "successors:identity.successors." + std::string(code(kind));
        EXPECT_EQ(refused(kind, {}), expected);
        EXPECT_EQ(refused(kind, {{key(b)}, {key(c)}}), expected);
    }
    EXPECT_EQ(refused(ClosingKind::Split, {}), "successors:identity.successors.split");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b)}}), "successors:identity.successors.split");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b)}, {key(b)}}), "successors:identity.successor_twice");
    EXPECT_EQ(refused(ClosingKind::Merged, {{key(a)}}), "successors:identity.succeeds_itself");
    EXPECT_EQ(refused(ClosingKind::Merged, {{{Id{9}, b}}}), "successors:identity.no_such_unit");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b), 60}, {key(c), 30}}), "successors:identity.wrong_share");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b), 60}, {key(c)}}), "successors:identity.wrong_share");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b), 0}, {key(c), 100}}), "successors:identity.wrong_share");
    EXPECT_EQ(close({town().root(), ClosingKind::Dissolved, date, {}, 1}), "unit:identity.units_still_open");
    EXPECT_EQ(close({a, ClosingKind::Dissolved, day(2020, 1, 1), {}, 1}),
              "date:identity.ends_before_it_begins");
    EXPECT_EQ(close({a, ClosingKind::Split, date, {{key(b), 60}, {key(c), 40}}, 7}), ":base.conflict");
    EXPECT_EQ(refused(ClosingKind::Split, {{key(b), 60}, {key(c), 40}}), "");
    EXPECT_EQ(refused(ClosingKind::Dissolved, {}), ":identity.closed_already");
    town().read(Id{}, [&](Work& work) {
        const auto links = links_from(work, a);
        ASSERT_EQ(links.size(), 2U);
        EXPECT_EQ(*links[0].share + *links[1].share, 100);
        EXPECT_EQ(links_to(work, b).size(), 1U);
        EXPECT_EQ(links_to(work, b).front().predecessor_name, "A");
    });
}

TEST_P(Units, FollowSuccessorsOnlyWhenTheDayHasCome) {
    const Id a = town().office("A"), b = town().office("B"), c = town().office("C");
    EXPECT_EQ(close({a, ClosingKind::Merged, day(2024, 2, 1), {{key(b)}}, 1}), "");
    EXPECT_EQ(close({b, ClosingKind::Replaced, day(2024, 3, 1), {{key(c)}}, 1}), "");
    EXPECT_EQ(close({c, ClosingKind::Dissolved, day(2024, 4, 1), {}, 1}), "");
    town().read(Id{}, [&](Work& work) {
        EXPECT_THAT(successors_of(work, a, day(2024, 1, 31)), ElementsAre(key(a)));
        EXPECT_THAT(successors_of(work, a, day(2024, 2, 1)), ElementsAre(key(b)));
        EXPECT_THAT(successors_of(work, a, day(2024, 3, 1)), ElementsAre(key(c)));
        EXPECT_THAT(successors_of(work, a, day(2024, 4, 1)), IsEmpty());
        EXPECT_THAT(successors_of(work, Id{3}, day(2024, 4, 1)), IsEmpty());
    });
}

TEST_P(Units, FanOutAGroupOnADay) {
    const Id a = town().office("Phòng A"), b = town().office("Phòng B");
    const Id commune = town().commune("Xã Tân Hội");
    town().unit(UnitKind::OutsideBody, "Báo tỉnh");
    const auto group = [&](const CreateGroup& input) {
        return town().write(Id{}, [&](Work& work) { return create_group(work, input).value(); });
    };
    const Id offices =
        group({.name = "Các cơ quan chuyên môn", .aliases = {"các phòng, ban"}, .kinds = {UnitKind::Office}});
    const Id steering = group({.name = "Thành viên Ban Chỉ đạo", .members = {a, commune}});
    const Id c = opened("Phòng C", day(2024, 2, 1));
    EXPECT_EQ(close({a, ClosingKind::Merged, day(2024, 2, 1), {{key(c)}}, 1}), "");
    const auto members = [&](Id id, Date date) {
        return town().read(Id{}, [&](Work& work) {
            std::vector<Id> ids;
            for (const Unit& unit : members_of_group(work, id, date)) ids.push_back(unit.id);
            return ids;
        });
    };
    EXPECT_THAT(members(offices, day(2024, 1, 31)), ElementsAre(a, b));
    EXPECT_THAT(members(offices, day(2024, 2, 1)), ElementsAre(b, c));
    EXPECT_THAT(members(steering, day(2024, 1, 31)), ElementsAre(a, commune));
    EXPECT_THAT(members(steering, day(2024, 2, 1)), ElementsAre(c, commune))
        << "the successor takes the place";
    EXPECT_THAT(members(Id{4}, day(2024, 2, 1)), IsEmpty());
    town().write(Id{}, [&](Work& work) {
        EXPECT_EQ(problem(create_group(work, {.name = "Nhóm"})), "members:identity.group_of_what");
        EXPECT_EQ(problem(create_group(work, {.name = "X", .members = {Id{5}}})),
                  "members:identity.no_such_unit");
        EXPECT_EQ(problem(create_group(work, {.name = "CÁC PHÒNG, BAN", .kinds = {UnitKind::Office}})),
                  ":identity.name_means_another");
        bool found = false;
        for (const UnitName& name : unit_names_on(work, work.today()))
            found = found || (name.name == "các phòng, ban" && name.group == offices && !name.unit);
        EXPECT_TRUE(found);
    });
}

TEST_P(Units, OfAnotherAuthorityAreNotThere) {
    testing::Town other(database(), "thị xã Tân Châu");
    const Id mine = town().office("Phòng Nội vụ");
    const Id group = town().write(Id{}, [&](Work& work) {
        return create_group(work, {.name = "Các phòng", .kinds = {UnitKind::Office}}).value();
    });
    other.write(Id{}, [&](Work& work) {
        EXPECT_FALSE(unit_by_id(work, mine));
        EXPECT_FALSE(unit_group_by_id(work, group));
        EXPECT_THAT(members_of_group(work, group, work.today()), IsEmpty());
        EXPECT_THAT(names(units_on(work, work.today())), ElementsAre("Ủy ban nhân dân thị xã Tân Châu"));
        EXPECT_THAT(names_of_unit(work, mine), IsEmpty());
        EXPECT_EQ(unit_names_on(work, work.today()).size(), 2U);  // its root, long and short
        EXPECT_EQ(problem(rename_unit(work, {mine, "X", "", day(2024, 1, 2), 1})), ":base.not_found");
        EXPECT_EQ(problem(close_unit(work, {mine, ClosingKind::Dissolved, day(2024, 1, 2), {}, 1})),
                  ":base.not_found");
        EXPECT_EQ(problem(add_alias(work, {.unit = mine, .name = "X"})), ":base.not_found");
        EXPECT_EQ(problem(create_unit(work, {.parent = mine, .name = "X", .valid_from = day(2024, 1, 2)})),
                  "parent:identity.no_such_unit");
    });
}

TEST_P(Units, AreChangedByAdministratorsAlone) {
    const Id office = town().office("Phòng Nội vụ");
    const Id clerk = town().person("Phan Thị Ngọc Diễm", office, Role::Clerk);
    const auto create = [](Work& work) {
        return problem(
            create_unit(work, {.parent = root_unit(work), .name = "Mới", .valid_from = day(2024, 1, 1)}));
    };
    EXPECT_EQ(town().write(clerk, create), ":base.forbidden");
    EXPECT_EQ(town().write(town().leader(), create), ":base.forbidden");
    EXPECT_EQ(town().write(town().administrator(), create), "");
    EXPECT_EQ(
        town().write(clerk,
                     [&](Work& work) { return problem(add_alias(work, {.unit = office, .name = "PNV"})); }),
        "");
}

LOA_ON_BOTH_ENGINES(Units);

}  // namespace
}  // namespace loa::identity
