// Long jobs: how far they are, how they are stopped, where they go on after a crash.
#include "attempt.h"
#include "support/house.h"

namespace loa::jobs {
namespace {

constexpr Id kPerson{7};

class ProgressTest : public House {
  protected:
    /// A job of `steps` steps of one second; `between` is called after each.
    void add_long_kind(int steps, std::function<void(int)> between = nullptr) {
        registry_.add(JobKind{.name = "test.copy",
                              .handler = [](Work& work, const Job&) -> Result<Done> {
                                  notify(work, kPerson, "jobs.new");
                                  return Done{};
                              },
                              .outside = [this, steps, between](const Job& job, web::Services&) -> Result<std::any> {
                                  for (int step = static_cast<int>(job.progress.done); step < steps; ++step) {
                                      if (job.report({step, steps, "jobs.unread"}) == Next::Stop) return std::any();
                                      steps_.push_back(step);
                                      pass(1);
                                      if (between) between(step);
                                  }
                                  return std::any();
                              },
                              .cancelled = [this](Work& work, const Job& job) {
                                  EXPECT_EQ(job.payload, "7");
                                  notify(work, Id{8}, "jobs.new");
                                  ++cancelled_;
                              },
                              .lease_seconds = 60});
    }
    Result<Done> cancel(Id id, Id authority = kTown) {
        return write([&](Work& work) { return cancel_job(work, registry_, id); }, authority);
    }
    JobLine only_line() {
        const auto all = lines({});
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? JobLine{} : all.front();
    }

    std::vector<int> steps_;
    int cancelled_ = 0;
};

TEST_P(ProgressTest, AWatcherSeesHowFarItIsAndByWhom) {
    std::vector<JobLine> seen;
    add_long_kind(3, [&](int) { seen.push_back(only_line()); });
    enqueued("test.copy", "7", {.owner = kPerson});
    EXPECT_EQ(run_due(), 1);
    ASSERT_EQ(seen.size(), 3u);
    for (int i = 0; i < 3; ++i) {
        const auto& line = seen[static_cast<std::size_t>(i)];
        EXPECT_EQ(line.state, "running");
        EXPECT_EQ(line.progress.done, i);
        EXPECT_EQ(line.progress.total, 3);
        EXPECT_EQ(line.progress.key, "jobs.unread");
        EXPECT_EQ(line.started_at, kMorning);
        EXPECT_NE(line.worker.find(':'), std::string::npos);
    }
    EXPECT_EQ(effects(), 1);
    EXPECT_TRUE(lines({}).empty());
}

TEST_P(ProgressTest, ManyReportsInASecondAreOneWrite) {
    int written = 0;
    registry_.add(JobKind{.name = "test.copy",
                          .handler = [](Work&, const Job&) -> Result<Done> { return Done{}; },
                          .outside = [&](const Job& job, web::Services&) -> Result<std::any> {
                              Progress last;
                              for (int i = 0; i < 1000; ++i) {
                                  job.report({i, 1000, "jobs.unread"});
                                  if (i % 100 == 0) {
                                      const auto far = only_line().progress;
                                      written += far.done != last.done || i == 0;
                                      last = far;
                                  }
                                  clock_.set({clock_.now().milliseconds + 2});
                              }
                              return std::any();
                          }});
    enqueued("test.copy");
    run_due();
    EXPECT_EQ(written, 2) << "2 seconds: at once, after one; the report after two came with the last step";
}

TEST_P(ProgressTest, AReportRenewsTheLease) {
    std::size_t taken = 0;
    add_long_kind(200, [&](int step) {
        if (step % 50 != 0) return;
        auto all = services();
        taken += claim_jobs(all, kTown, 10).size();
    });
    enqueued("test.copy");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(taken, 0u) << "200 seconds, and the lease is one of 60";
    EXPECT_EQ(effects(), 1);
}

TEST_P(ProgressTest, WhoLostTheLeaseIsToldToStop) {
    registry_.add(JobKind{.name = "test.copy",
                          .handler = [](Work& work, const Job&) -> Result<Done> { return notify(work, kPerson, "jobs.new"), Done{}; },
                          .outside = [&](const Job& job, web::Services& all) -> Result<std::any> {
                              EXPECT_EQ(job.report({1, 9, "jobs.unread"}), Next::GoOn);
                              pass(61);
                              EXPECT_EQ(claim_jobs(all, kTown, 1).size(), 1u);
                              EXPECT_EQ(job.report({2, 9, "jobs.unread"}), Next::Stop);
                              EXPECT_EQ(job.report({3, 9, "jobs.unread"}), Next::Stop) << "and stays told";
                              return std::any();
                          }});
    enqueued("test.copy");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(effects(), 0);
    EXPECT_EQ(only_line().progress.done, 1) << "the late one wrote nothing";
    EXPECT_EQ(only_line().state, "running") << "the other worker's";
}

TEST_P(ProgressTest, CancellingAWaitingJobRemovesIt) {
    add_long_kind(3);
    const Id id = enqueued("test.copy");
    EXPECT_EQ(cancel(id, kVillage).failure().reason, Reason::NotFound);
    EXPECT_TRUE(cancel(id));
    EXPECT_EQ(cancelled_, 1);
    EXPECT_EQ(effects(8), 1) << "what the kind mends is in the same transaction";
    EXPECT_EQ(run_due(), 0);
    EXPECT_TRUE(steps_.empty());
    EXPECT_EQ(cancel(id).failure().reason, Reason::NotFound);
    EXPECT_EQ(cancelled_, 1);
}

TEST_P(ProgressTest, CancellingARunningJobStopsItAtItsNextQuestion) {
    Id id;
    add_long_kind(10, [&](int step) {
        if (step != 2) return;
        EXPECT_TRUE(cancel(id));
        EXPECT_EQ(cancelled_, 0) << "not yet";
        EXPECT_TRUE(only_line().cancelled);
    });
    id = enqueued("test.copy");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(steps_, (std::vector<int>{0, 1, 2}));
    EXPECT_EQ(cancelled_, 1);
    EXPECT_EQ(effects(), 0) << "the handler does not run";
    EXPECT_TRUE(lines({}).empty());
}

TEST_P(ProgressTest, AJobThatEndsBeforeItAsksIsDone) {
    Id id;
    add_long_kind(1, [&](int) { EXPECT_TRUE(cancel(id)); });
    id = enqueued("test.copy");
    run_due();
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(cancelled_, 0);
}

TEST_P(ProgressTest, ACancelledJobWhoseProgramDiedIsNotBegunAgain) {
    add_long_kind(3);
    const Id id = enqueued("test.copy");
    auto all = services();
    ASSERT_EQ(claim_jobs(all, kTown, 1).size(), 1u);  // and is never seen again
    EXPECT_TRUE(cancel(id));
    EXPECT_EQ(cancelled_, 0);
    pass(60);
    EXPECT_EQ(run_due(), 1);
    EXPECT_TRUE(steps_.empty());
    EXPECT_EQ(cancelled_, 1);
    EXPECT_TRUE(lines({}).empty());
}

TEST_P(ProgressTest, AfterACrashItGoesOnWhereItWas) {
    add_long_kind(5, [&](int step) {
        if (step == 3 && steps_.size() == 4) throw std::runtime_error("the disk is full");
    });
    enqueued("test.copy");
    EXPECT_EQ(run_due(), 1);
    pass(5);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(steps_, (std::vector<int>{0, 1, 2, 3, 3, 4})) << "the step under way is done again";
    EXPECT_EQ(effects(), 1);
}

TEST_P(ProgressTest, AShortKindCannotBeCancelled) {
    registry_.add(telling("test.tell"));
    const Id id = enqueued("test.tell");
    EXPECT_EQ(cancel(id).failure().reason, Reason::Conflict);
    const Id unknown = enqueued("test.nobody");
    EXPECT_EQ(cancel(unknown).failure().reason, Reason::Conflict);
    EXPECT_EQ(run_due(), 2);
    EXPECT_EQ(effects(), 1);
}

TEST_P(ProgressTest, OneCancelsOnesOwnAlone) {
    add_long_kind(3);
    const Id own = enqueued("test.copy", "7", {.owner = kPerson}), others = enqueued("test.copy", "7", {.owner = Id{9}}),
             nobodys = enqueued("test.copy");
    const auto as = [&](Id person, Id id) {
        return write([&](Work& work) {
            work.actor = {.person = person, .name = "", .system = false, .grants = {}};
            return cancel_own_job(work, registry_, id);
        });
    };
    EXPECT_FALSE(as(kPerson, others));
    EXPECT_FALSE(as(kPerson, nobodys));
    EXPECT_FALSE(as(Id{}, nobodys)) << "a stranger owns nothing";
    EXPECT_TRUE(as(kPerson, own));
    EXPECT_EQ(lines({}).size(), 2u);
}

TEST_P(ProgressTest, WhatPeopleDoToJobsIsSeen) {
    std::vector<std::string> told;
    registry_.add(JobWitness{[&](Work& work, Id id, std::string_view kind, std::string_view event) {
        EXPECT_EQ(work.authority, kTown);
        EXPECT_TRUE(id);
        told.push_back(std::string(event) + " " + std::string(kind));
    }});
    add_long_kind(1);
    registry_.add(telling("test.tell", [](const Job&) -> Result<Done> { return conflict("test.changed"); }));
    const Id dead = enqueued("test.tell"), waiting = enqueued("test.copy");
    ASSERT_TRUE(cancel(waiting));
    run_due();
    write([&](Work& work) { ASSERT_TRUE(revive_job(work, registry_, dead)); });
    run_due();
    write([&](Work& work) { ASSERT_TRUE(discard_job(work, registry_, dead)); });
    EXPECT_EQ(told, (std::vector<std::string>{"jobs.cancelled test.copy", "jobs.revived test.tell", "jobs.discarded test.tell"}));
}

INSTANTIATE_TEST_SUITE_P(Engines, ProgressTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
