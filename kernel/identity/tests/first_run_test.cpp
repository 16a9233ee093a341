#include "loa/identity/first_run.h"

#include "first_run.h"
#include "loa/identity/people.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

const PasswordHash& hash() {
    static const PasswordHash hash = testing::weak_hash("một câu dễ nhớ 2024");
    return hash;
}

class FirstOfficeTest : public OnEngine {
  protected:
    static FirstOffice office() {
        FirstOffice office;
        office.authority.name = "Ủy ban nhân dân phường Bến Đò";
        office.authority.short_name = "UBND phường Bến Đò";
        office.authority.place = "Phường Bến Đò";
        office.authority.hamlet_word = "khóm";
        office.authority.valid_from = day(2020, 1, 1);
        office.person_name = "Phan Thị Ngọc Diễm";
        office.sign_in_name = "diem";
        return office;
    }
};

TEST_P(FirstOfficeTest, IsMadeOnce) {
    town().write(Id{}, [&](Work& work) {
        EXPECT_TRUE(needs_first_run(work));
        const auto made = set_up_first_office(work, office(), hash());
        ASSERT_TRUE(made);
        EXPECT_FALSE(needs_first_run(work));
        work.authority = *made;
        const auto people = people_list(work, "", 10, 0);
        ASSERT_EQ(people.size(), 1U);
        EXPECT_EQ(people.front().memberships.front().role, Role::Administrator);
        EXPECT_EQ(set_up_first_office(work, office(), hash()).failure().reason, Reason::Conflict);
    });
}

TEST_P(FirstOfficeTest, SaysWhichFieldIsWrong) {
    town().write(Id{}, [&](Work& work) {
        auto input = office();
        input.authority.name = " ";
        EXPECT_EQ(set_up_first_office(work, input, hash()).failure().problems.front().field, "name");
    });
    town().write(Id{}, [&](Work& work) {
        auto input = office();
        input.person_name = " ";
        EXPECT_EQ(set_up_first_office(work, input, hash()).failure().problems.front().field, "person_name");
    });
    town().write(town().leader(), [&](Work& work) {
        EXPECT_EQ(set_up_first_office(work, office(), hash()).failure().reason, Reason::Forbidden) << "for the system alone";
    });
}

LOA_ON_BOTH_ENGINES(FirstOfficeTest);

TEST(FirstRunCode, IsReadAsPeopleTypeIt) {
    FirstRun first_run;
    const auto code = first_run.code();
    ASSERT_EQ(code.size(), 9U);
    const auto answer_to = [&](const std::string& typed) { return first_run.answer_to(typed, "10.0.0.1", Instant{0}); };
    EXPECT_EQ(answer_to(code), FirstRun::Answer::Right);
    EXPECT_EQ(answer_to(" " + code.substr(0, 4) + code.substr(5) + " "), FirstRun::Answer::Right);
    std::string small;
    for (const char each : code) small += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    EXPECT_EQ(answer_to(small), FirstRun::Answer::Right);
    EXPECT_NE(FirstRun().code(), code);
}

TEST(FirstRunCode, CannotBeGuessedQuickly) {
    FirstRun first_run;
    const std::string stranger = "10.0.0.9";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(first_run.answer_to("WRONG", stranger, Instant{0}), FirstRun::Answer::Wrong);
    EXPECT_EQ(first_run.answer_to(first_run.code(), stranger, Instant{0}), FirstRun::Answer::Wait) << "not even the right one this minute";
    EXPECT_EQ(first_run.answer_to(first_run.code(), "10.0.0.1", Instant{0}), FirstRun::Answer::Right) << "whose mistakes they were is all who waits";
    EXPECT_EQ(first_run.answer_to(first_run.code(), stranger, Instant{60'000}), FirstRun::Answer::Right);
}

TEST(FirstRunCode, CannotBeGuessedFromManyPlacesEither) {
    FirstRun first_run;
    for (int i = 0; i < 300; ++i) EXPECT_EQ(first_run.answer_to("WRONG", "10.0.1." + std::to_string(i), Instant{0}), FirstRun::Answer::Wrong);
    EXPECT_EQ(first_run.answer_to(first_run.code(), "10.0.0.1", Instant{0}), FirstRun::Answer::Wait);
    EXPECT_EQ(first_run.answer_to(first_run.code(), "10.0.0.1", Instant{60'000}), FirstRun::Answer::Right);
}

}  // namespace
}  // namespace loa::identity
