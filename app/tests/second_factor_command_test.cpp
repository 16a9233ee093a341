// `loa user second-factor-off`: the way back in for the only administrator, by who reaches the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "commands.h"
#include "loa/formats/process.h"
#include "loa/identity/people.h"
#include "loa/identity/second_factor.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/testing.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/command.h"
#include "loa/media/store.h"
#include "loa/storage/testing.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

class SecondFactorCommandTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        town_.emplace(*database_);
        registry_.add(std::make_shared<media::FileStore>(folder_.path()));
        join_commands(registry_);
        administrator_ = town_->write(Id{}, [&](Work& work) {
            return identity::create_person(work, {.name = "Trần Thị Lan",
                                                  .sign_in_name = "quan.tri",
                                                  .password = identity::testing::weak_hash(kPassword),
                                                  .unit = town_->root(),
                                                  .role = identity::Role::Administrator,
                                                  .valid_from = town_->clock().now().date()})
                .value();
        });
        town_->second_factor(administrator_);
    }

    web::Services services() { return {*database_, town_->clock(), town_->ids()}; }
    identity::SignedIn signed_in() {
        auto here = services();
        return identity::sign_in(here, {.sign_in_name = "quan.tri", .password = std::string(kPassword), .address = "10.0.0.1", .agent = "", .device = "", .replaces = ""}).value();
    }
    bool lives(const std::string& token) {
        return town_->read(Id{}, [&](Work& work) { return identity::session_by_token(work, token).has_value(); });
    }
    std::pair<int, std::string> turn_off(const std::string& name) {
        std::ostringstream out, errors;
        auto here = services();
        jobs::Invocation invocation{{{"NAME", name}}, out, errors, registry_, [&]() -> web::Services& { return here; }};
        const auto& commands = registry_.all<jobs::Command>();
        const auto wanted = std::find_if(commands.begin(), commands.end(), [](const auto& each) { return each.name == "user second-factor-off"; });
        const int code = wanted->run(invocation);
        return {code, errors.str()};
    }
    std::vector<identity::TimelineLine> lines() {
        return town_->read(Id{}, [](Work& work) { return identity::timeline_lines(work, {.event_prefix = "identity.second_factor_reset"}); });
    }

    const formats::TemporaryFolder folder_;
    std::unique_ptr<storage::Database> database_;
    std::optional<identity::testing::Town> town_;
    Registry registry_;
    Id administrator_;
};

TEST_P(SecondFactorCommandTest, LetsTheOnlyAdministratorInAgainAndSaysSo) {
    const auto half = signed_in();
    ASSERT_NE(half.half, "") << "a code is asked for";
    auto here = services();
    const auto open = identity::sign_in_by_code(here, *town_->keys(), {.half = half.half, .code = town_->code_of(administrator_), .address = "10.0.0.1", .agent = "", .device = "", .replaces = ""});
    ASSERT_TRUE(open);
    ASSERT_TRUE(lives(open->token));

    EXPECT_EQ(turn_off("quan.tri").first, 0);
    EXPECT_FALSE(lives(open->token)) << "whoever has the telephone now";
    const auto in = signed_in();
    EXPECT_EQ(in.half, "");
    EXPECT_TRUE(lives(in.token));
    ASSERT_THAT(lines(), SizeIs(1));
    EXPECT_FALSE(lines()[0].person) << "the machine, not a person";
    EXPECT_EQ(lines()[0].subject.id, administrator_);
}

TEST_P(SecondFactorCommandTest, ChangesNothingForAnUnknownNameOrTwice) {
    const auto unknown = turn_off("khong.co");
    EXPECT_NE(unknown.first, 0);
    EXPECT_THAT(unknown.second, HasSubstr("tài khoản"));
    EXPECT_EQ(turn_off("quan.tri").first, 0);
    EXPECT_NE(turn_off("quan.tri").first, 0) << "it is off";
    EXPECT_THAT(lines(), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Engines, SecondFactorCommandTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
