// `loa doctor` and the chains of the timelines, each on a database of its own that somebody wrote into.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "commands.h"
#include "loa/formats/process.h"
#include "loa/identity/join.h"
#include "loa/identity/testing.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/command.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/queue.h"
#include "loa/media/store.h"
#include "loa/storage/testing.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DoctorTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        town_.emplace(*database_);
        other_.emplace(*database_, "thị xã Tân Châu");
        registry_.add(std::make_shared<media::FileStore>(folder_.path()));
        join_commands(registry_);
        for (auto* town : {&*town_, &*other_}) {
            for (int block = 0; block < 4; ++block) {
                for (int line = 0; line < 3; ++line)
                    lines_.push_back(town->write(Id{}, [&](Work& work) {
                        return identity::record(work, {"test.thing", work.authority, Id{1}}, "test.done", {{"n", "", "1"}},
                                                {{"telephone", "", "0912 345 678"}});
                    }));
                seal(*town);
            }
        }
        lines_.resize(12);  // the first town's
    }

    void seal(identity::testing::Town& town) {
        town.write(Id{}, [](Work& work) {
            while (identity::seal_timeline(work)) {
            }
        });
    }

    struct Said {
        int code = 0;
        std::string out, errors;
    };
    Said loa(const std::string& name, std::map<std::string, std::string> typed = {}) {
        std::ostringstream out, errors;
        web::Services services{*database_, town_->clock(), town_->ids()};
        jobs::Invocation invocation{std::move(typed), out, errors, registry_, [&]() -> web::Services& { return services; }};
        for (const auto& command : registry_.all<jobs::Command>())
            if (command.name == name) return {command.run(invocation), out.str(), errors.str()};
        ADD_FAILURE() << name;
        return {};
    }
    std::string head_file(const std::string& text) { return folder_.write("head-" + std::to_string(++heads_) + ".txt", text).string(); }
    int heads_ = 0;

    void tamper(const std::string& sql) { database_->script(sql); }
    std::string line(std::size_t i) { return to_string(lines_[i]); }
    std::string of_town() { return " and authority_id = " + to_string(town_->authority()); }
    std::int64_t last_block() {
        return town_->read(Id{}, [](Work& work) { return identity::timeline_head(work).block; });
    }

    void expect_found(const std::string& finding) {
        const auto said = loa("doctor");
        EXPECT_EQ(said.code, 1);
        EXPECT_THAT(said.out, HasSubstr("  " + finding));
        EXPECT_THAT(said.out, HasSubstr("timeline of UBND thị xã Tân Châu: "));
        EXPECT_EQ(said.out.find("FINDINGS"), said.out.rfind("FINDINGS")) << "only the one that was touched\n" << said.out;
    }

    const formats::TemporaryFolder folder_;
    std::unique_ptr<storage::Database> database_;
    std::optional<identity::testing::Town> town_, other_;
    Registry registry_;
    std::vector<Id> lines_;
};

TEST_P(DoctorTest, FindsNothingWhereNobodyWrote) {
    const auto said = loa("doctor");
    EXPECT_EQ(said.code, 0) << said.out;
    EXPECT_THAT(said.out, HasSubstr("blocks, whole\n"));
    EXPECT_THAT(said.out, Not(HasSubstr("not sealed")));
}

TEST_P(DoctorTest, ReportsTheUnsealedTailOfEveryAuthority) {
    for (auto* town : {&*town_, &*other_})
        for (int i = 0; i < 2; ++i)
            town->write(Id{}, [](Work& work) { identity::record(work, {"test.thing", work.authority, Id{1}}, "test.done"); });
    const auto said = loa("doctor");
    EXPECT_EQ(said.code, 0) << "new lines are no fault";
    const auto first = said.out.find("whole; 2 not sealed yet, since 2024-01-15");
    EXPECT_NE(first, std::string::npos) << said.out;
    EXPECT_NE(said.out.find("whole; 2 not sealed yet, since 2024-01-15", first + 1), std::string::npos);
}

TEST_P(DoctorTest, SaysWhenTheKeysInUseAreNotThoseThatSealed) {
    town_->second_factor(town_->administrator());
    seal(*town_);
    const auto others = Keys::random();
    jobs::MailSettings mail{.host = "mail.tram.example", .user = "loa", .password = "bí mật", .sender_name = "Loa", .sender_address = "loa@tram.example", .site = "https://loa.tram.example"};
    town_->write(Id{}, [&](Work& work) { ASSERT_TRUE(jobs::save_mail_settings(work, *town_->keys(), mail)); });
    Registry own, moved;
    for (const auto& [registry, keys] : {std::pair(&own, town_->keys()), std::pair(&moved, others)}) {
        registry->add(keys);
        registry->add(std::make_shared<media::FileStore>(folder_.path()));
        jobs::join(*registry);
        identity::join(*registry);
        join_commands(*registry);
    }
    registry_ = own;
    auto said = loa("doctor");
    EXPECT_EQ(said.code, 0) << said.out;
    EXPECT_THAT(said.out, HasSubstr("keys: open whatever was sealed"));
    registry_ = moved;
    said = loa("doctor");
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.out, HasSubstr("keys: DO NOT OPEN what was sealed with others"));
    EXPECT_THAT(said.out, HasSubstr("Password of the mail server: 1"));
    EXPECT_THAT(said.out, HasSubstr("Second factor: 1"));
}

TEST_P(DoctorTest, FindsAnEditedLine) {
    tamper("update identity_timeline_line set changes = '[]' where id = " + line(4));
    expect_found("line_changed: block " + std::to_string(last_block() - 2));
}

TEST_P(DoctorTest, FindsADroppedLine) {
    tamper("delete from identity_timeline_personal where line_id = " + line(4));
    tamper("delete from identity_timeline_line where id = " + line(4));
    expect_found("line_missing: block " + std::to_string(last_block() - 2));
}

TEST_P(DoctorTest, FindsReorderedLines) {
    tamper("update identity_timeline_line set at = at + 1 where id = " + line(3));
    tamper("update identity_timeline_line set event = 'test.other' where id = " + line(4));
    tamper("update identity_timeline_line set event = 'test.other' where id = " + line(3));
    tamper("update identity_timeline_line set event = 'test.done' where id = " + line(4));
    expect_found("line_changed");
}

TEST_P(DoctorTest, FindsAnInsertedLine) {
    tamper("insert into identity_timeline_line select authority_id, id + 1, at, person_id, event, subject_kind, "
           "subject_authority_id, subject_id, changes, '', block, acting_for_id from identity_timeline_line where id = " + line(11));
    expect_found("line_changed: block " + std::to_string(last_block()));
}

TEST_P(DoctorTest, FindsARemovedBlock) {
    const auto gone = std::to_string(last_block() - 1);
    tamper("delete from identity_timeline_block where ordinal = " + gone + of_town());
    expect_found("block_missing: block " + gone);
}

TEST_P(DoctorTest, FindsAChangedPersonalPart) {
    tamper("update identity_timeline_personal set content = replace(content, '0912', '0999') where line_id = " + line(7));
    expect_found("personal_changed: block " + std::to_string(last_block() - 1) + ", line " + line(7));
}

TEST_P(DoctorTest, AChainWhosePersonalPartsWereErasedIsWhole) {
    const Id administrator = town_->administrator();
    town_->write(administrator, [&](Work& work) {
        for (const auto id : {lines_[1], lines_[7]}) ASSERT_TRUE(identity::erase_personal(work, id));
    });
    seal(*town_);
    const auto said = loa("doctor");
    EXPECT_EQ(said.code, 0) << said.out;
    tamper("delete from identity_timeline_personal where line_id = " + line(2));
    expect_found("personal_changed: block " + std::to_string(last_block() - 4));
}

TEST_P(DoctorTest, ACutOffEndShowsAgainstAKeptHead) {
    const auto kept = loa("timeline head").out;
    EXPECT_THAT(kept, HasSubstr(to_string(town_->authority()) + " " + std::to_string(last_block()) + " "));
    const auto file = head_file(kept);
    auto said = loa("doctor", {{"--head", file}});
    EXPECT_EQ(said.code, 0) << said.out;
    EXPECT_THAT(said.out, HasSubstr("whole; holds the kept block"));

    const auto last = std::to_string(last_block());
    tamper("delete from identity_timeline_personal where line_id in (" + line(9) + ", " + line(10) + ", " + line(11) + ")");
    tamper("delete from identity_timeline_line where block = " + last + of_town());
    tamper("delete from identity_timeline_block where ordinal = " + last + of_town());
    EXPECT_EQ(loa("doctor").code, 0) << "inside the database nothing is left to show it";
    said = loa("doctor", {{"--head", file}});
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.out, HasSubstr("  head_missing: block " + last));
}

TEST_P(DoctorTest, ARewrittenEndShowsToo) {
    const auto file = head_file(loa("timeline head").out);
    const auto last = std::to_string(last_block());
    tamper("delete from identity_timeline_block where ordinal = " + last + of_town());
    tamper("update identity_timeline_line set event = 'test.other', block = null where block = " + last + of_town());
    seal(*town_);
    EXPECT_EQ(loa("doctor").code, 0) << "sealed anew, by the program itself";
    EXPECT_THAT(loa("doctor", {{"--head", file}}).out, HasSubstr("  head_missing: block " + last));
}

TEST_P(DoctorTest, AChainThatIsGoneAltogetherIsMissed) {
    const std::string hash(64, 'a');
    const auto said = loa("doctor", {{"--head", head_file("4242 7 " + hash + "\n0 1 " + hash + "\n")}});
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.out, HasSubstr("timeline of 4242: 0 lines in 0 blocks, 1 FINDINGS"));
    EXPECT_THAT(said.out, HasSubstr("timeline of the installation: 0 lines in 0 blocks, 1 FINDINGS"));
}

TEST_P(DoctorTest, AnUnreadableHeadIsNoHead) {
    for (const std::string& text : std::vector<std::string>{"x", "1 2", "1 x " + std::string(64, 'a'), "-1 2 " + std::string(64, 'a'), "1 2 abc"}) {
        const auto said = loa("doctor", {{"--head", head_file(text)}});
        EXPECT_EQ(said.code, 1) << text;
        EXPECT_THAT(said.errors, HasSubstr("Không đọc được tệp mã niêm phong")) << text;
    }
    EXPECT_EQ(loa("doctor", {{"--head", "/nowhere/head.txt"}}).code, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, DoctorTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
