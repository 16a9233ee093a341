// The head of the timeline's chain leaves the house each day: what an administrator keeps in her mailbox shows a cut-off end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "tests/support/house.h"
#include "tests/support/mail.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kKeeper = "giu.he.thong@tram.example";

class TimelineHeadMailTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        house_ = House::on(GetParam());
        if (!house_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        ASSERT_EQ(house_->run("demo").code, 0);
        house_->write([&](Work& work) {
            send_through(work, *keys_in(house_->registry()), server_.port());
            highest_ = work.authority = identity::authorities_on(work, work.today()).front().id;
            for (const auto& membership : identity::memberships_on(work, work.today()))
                if (membership.role == identity::Role::Administrator) keeper_ = membership.person;
        });
        ASSERT_TRUE(keeper_);
        house_->database().script("update identity_person set email = '" + std::string(kKeeper) + "', email_confirmed_at = 1 where id = " + to_string(keeper_));
        seal();
    }
    void seal() {
        house_->write([&](Work& work) {
            for (const Id authority : identity::authorities_with_timeline(work)) {
                Work inside = work;
                inside.authority = authority;
                while (identity::seal_timeline(inside)) {
                }
            }
        });
    }
    void run(const std::string& kind) {
        house_->write([&](Work& work) { jobs::enqueue(work, kind, "{}"); });
        jobs::run_due_jobs(house_->registry(), house_->services());
    }
    /// 23:55, and the hour of the digests behind it.
    void a_day_passes() {
        house_->clock().set(start_of(house_->clock().now().date()).plus_seconds(23 * 3600 + 55 * 60));
        run("identity.tell_timeline_heads");
        house_->clock().set(house_->clock().now().plus_seconds(12 * 3600));
        run("jobs.post_digests");
    }
    /// As she copies it out of the mail: the authority, the block, the hash.
    std::string line_of(Id chain, const std::string& text) {
        const auto at = text.find(": " + to_string(chain) + " ");
        return at == std::string::npos ? "" : std::string(split(std::string_view(text).substr(at + 2), '\n').front());
    }

    jobs::testing::SmtpServer server_{"kind"};
    std::unique_ptr<House> house_;
    Id keeper_, highest_;
};

TEST_P(TimelineHeadMailTest, WhatTheMailSaysShowsACutOffEnd) {
    a_day_passes();
    ASSERT_EQ(server_.count(), 1U);
    const auto mail = server_.mails().front();
    EXPECT_EQ(mail.at("to_address"), kKeeper);
    const auto line = std::string(trimmed(line_of(highest_, mail.at("text"))));
    const auto parts = split(line, ' ');
    ASSERT_THAT(parts, SizeIs(3)) << mail.at("text");
    EXPECT_THAT(mail.at("text"), HasSubstr("/nhat-ky/kiem-tra?block=" + std::string(parts[1]) + "&hash=" + std::string(parts[2])));

    const auto file = house_->file("head.txt").string();
    std::ofstream(file) << line << '\n';
    EXPECT_THAT(house_->run("doctor", {{"--head", file}}).out, HasSubstr("holds the kept block " + std::string(parts[1])));
    const std::string last = " where authority_id = " + to_string(highest_);
    house_->database().script("update identity_timeline_line set block = null" + last + " and block = " + std::string(parts[1]));
    house_->database().script("delete from identity_timeline_block" + last + " and ordinal = " + std::string(parts[1]));
    EXPECT_THAT(house_->run("doctor", {{"--head", file}}).out, HasSubstr("head_missing: block " + std::string(parts[1])));
}

TEST_P(TimelineHeadMailTest, NothingIsSentWhileNothingWasSealed) {
    a_day_passes();
    ASSERT_EQ(server_.count(), 1U);
    a_day_passes();
    EXPECT_EQ(server_.count(), 1U) << "the head that was sent is the last one";
    house_->write([&](Work& work) {
        work.authority = highest_;
        identity::record(work, {"identity.person", highest_, keeper_}, "identity.password_set");
    });
    seal();
    a_day_passes();
    EXPECT_EQ(server_.count(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Engines, TimelineHeadMailTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::app
