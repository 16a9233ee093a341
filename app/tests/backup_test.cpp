// What was there comes back: on the same engine and on the other, from an older program, without what must not live
// again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "backup_archive.h"
#include "backup_file.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "loa/media/file.h"
#include "loa/storage/migrator.h"
#include "loa/storage/snapshot.h"
#include "tests/support/house.h"

namespace loa::app {
namespace {

using storage::Engine;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// From one engine to another.
class BackupTest : public ::testing::TestWithParam<std::pair<Engine, Engine>> {
  protected:
    void SetUp() override {
        house_ = House::on(GetParam().first);
        other_ = House::on(GetParam().second);
        if (!house_ || !other_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    static constexpr std::int64_t kGreatest = INT64_MAX, kLeast = INT64_MIN;
    /// What a person or a bad program may have put into a text, and the numbers at both ends.
    void put_odd_values() {
        const std::vector<std::string> texts{"", " ", "a\tb\nc\r\n", "\"quoted\" \\ back", "Nguyễn Thị Ánh Tuyết", "null", "\u2028\u2029",
                                             "\U0001F4E2 loa", "\x01\x1f\x7f", "00012", std::string(300'000, 'x')};
        house_->write([&](Work& work) {
            std::int64_t number = 0;
            for (const auto& text : texts)
                for (const std::int64_t count : {kGreatest, kLeast, std::int64_t{0}, std::int64_t{1} << 53, (std::int64_t{1} << 53) + 1})
                    add_notice(work, Id{++number}, Id{count}, text, Instant{count});
        });
    }

    static void add_notice(Work& work, Id id, Id person, const std::string& text, Instant at) {
        work.db.run("jobs.add_notice", {Id{1}, id, person, text, text, text, text, text, storage::Value(), 1, "never", storage::Value(), at});
    }

    Id put_file(const std::string& bytes, const std::string& name) {
        const media::AcceptedFile file{name, "application/pdf", house_->store().put(bytes)};
        Id id;
        house_->write([&](Work& work) {
            work.authority = Id{1};
            id = media::add_file(work, file, Ref{"plan.evidence", Id{1}, Id{5}});
        });
        return id;
    }

    void load_demonstration() { ASSERT_EQ(house_->run("demo").code, 0); }
    std::filesystem::path backup() { return house_->file("backup.loa"); }

    std::unique_ptr<House> house_, other_;
};
INSTANTIATE_TEST_SUITE_P(Engines, BackupTest,
                         ::testing::Values(std::pair(Engine::Sqlite, Engine::Sqlite), std::pair(Engine::Sqlite, Engine::Postgres),
                                           std::pair(Engine::Postgres, Engine::Sqlite), std::pair(Engine::Postgres, Engine::Postgres)),
                         [](const auto& tested) {
                             const auto name = [](Engine engine) { return engine == Engine::Sqlite ? "sqlite" : "postgres"; };
                             return std::string(name(tested.param.first)) + "_to_" + name(tested.param.second);
                         });

TEST_P(BackupTest, TheDemonstrationComesBackWhole) {
    load_demonstration();
    put_odd_values();
    put_file("%PDF-1.4 minh chứng", "Minh chứng.pdf");
    house_->write([](Work& work) {
        for (const auto& authority : identity::authorities_on(work, work.today())) {
            work.authority = authority.id;
            identity::seal_timeline(work);
        }
    });
    const auto before = house_->contents();
    const auto made = house_->back_up(backup());
    ASSERT_TRUE(made) << made.failure().problems.front().key;
    EXPECT_TRUE(made->complete());
    EXPECT_GT(made->manifest.files, 0);
    EXPECT_FALSE(made->manifest.heads.empty());
    EXPECT_EQ(house_->contents(), before);  // a backup changes nothing

    const auto restored = other_->restore(backup());
    ASSERT_TRUE(restored) << restored.failure().problems.front().key;
    EXPECT_TRUE(restored->complete());
    EXPECT_EQ(restored->files, made->manifest.files);
    for (const auto& table : restored->tables) {
        EXPECT_TRUE(table.same_content) << table.name;
        EXPECT_EQ(table.restored, table.in_backup) << table.name;
    }
    EXPECT_EQ(restored->tables.size(), before.size());
    ASSERT_FALSE(restored->timelines.empty());
    for (const auto& timeline : restored->timelines) EXPECT_THAT(timeline.verdict.findings, IsEmpty()) << timeline.authority;

    auto after = other_->contents();
    EXPECT_NE(after.at("identity_timeline_line"), before.at("identity_timeline_line"));  // one line says that it was restored
    after["identity_timeline_line"] = before.at("identity_timeline_line");
    EXPECT_EQ(after, before);
    EXPECT_THAT(storage::missing_migrations(other_->database()), IsEmpty());
    const auto kept = other_->database().read([](storage::Transaction& db) { return media::contents(db); });
    for (const auto& file : kept) EXPECT_EQ(other_->store().read(file.sha256), house_->store().read(file.sha256)) << file.name;
}

/// The same archive, to the byte, from both engines, but for the engine's name and the digest of what says it.
TEST_P(BackupTest, RowsReadAlikeOnBothEngines) {
    put_odd_values();
    ASSERT_TRUE(house_->back_up(backup()));
    ASSERT_TRUE(other_->restore(backup()));
    const auto again = other_->back_up(other_->file("again.loa"));
    ASSERT_TRUE(again);
    const auto first = verify_backup(backup(), std::nullopt);
    ASSERT_TRUE(first);
    EXPECT_EQ(again->end.digests, first->end.digests);
}

TEST_P(BackupTest, WhatPeopleWriteMeanwhileIsNotInIt) {
    put_odd_values();
    bool wrote = false;
    const BackupOrder order{.file = backup(), .key = std::nullopt, .progress = [&](std::int64_t, std::int64_t) {
                                if (std::exchange(wrote, true)) return;
                                // A colleague: this thread is inside the snapshot.
                                std::thread([&] {
                                    house_->write([](Work& work) {
                                        add_notice(work, Id{999'999}, Id{1}, "later", work.now);
                                    });
                                }).join();
                            }};
    const auto made = make_backup(house_->registry(), house_->database(), house_->clock().now(), order);
    ASSERT_TRUE(made);
    ASSERT_TRUE(wrote);
    const auto counts = storage::testing::row_counts(house_->database());
    for (const auto& table : made->manifest.tables) {
        if (table.name == "jobs_notice") {
            EXPECT_EQ(table.rows + 1, counts.at("jobs_notice"));
        }
    }
}

TEST_P(BackupTest, WhatMustNotLiveAgainDoesNot) {
    load_demonstration();
    house_->database().script(
        "insert into identity_session (token_hash, person_id, acting_authority_id, created_at, seen_at, address, agent) "
        "select 'cookie', p.id, p.home_authority_id, 1, 1, '', '' from identity_person p limit 1;"
        "insert into identity_throttle (throttle_key, failures, counted_at, open_at) values ('k', 9, 1, 1);"
        "insert into jobs_job (authority_id, id, kind, payload, state, due_at, lease, attempts, created_at) "
        "values (0, 5, 'media.sweep_bytes', '{}', 'running', 1, 77, 1, 1);"
        "insert into storage_node_lease (node, holder, lease_until) values (3, 4, 9000000000000000)");
    ASSERT_TRUE(house_->back_up(backup()));
    ASSERT_TRUE(other_->restore(backup()));
    const auto counts = storage::testing::row_counts(other_->database());
    EXPECT_EQ(counts.at("identity_session"), 0);
    EXPECT_EQ(counts.at("identity_throttle"), 0);
    EXPECT_EQ(counts.at("storage_node_lease"), 0);
    EXPECT_EQ(counts.at("search_document"), storage::testing::row_counts(house_->database()).at("search_document"));
    std::vector<std::string> states;
    other_->database().read([&](storage::Transaction& db) {
        for (const auto& table : storage::tables_of(db))
            if (table.name == "jobs_job")
                storage::each_row(db, table, [&](const storage::Values& values) {
                    for (std::size_t i = 0; i < values.size(); ++i) {
                        if (table.columns[i].name == "state") states.push_back(*values[i].text());
                        if (table.columns[i].name == "lease") {
                            EXPECT_TRUE(values[i].is_null());
                        }
                    }
                });
    });
    EXPECT_THAT(states, Contains("retrying"));
    EXPECT_THAT(states, Not(Contains("running")));
}

TEST_P(BackupTest, FilesThatTheStoreLacksAreNamedAndTheRestComes) {
    put_file("%PDF-1.4 one", "one.pdf");
    put_file("%PDF-1.4 two", "two.pdf");
    put_file("%PDF-1.4 three", "three.pdf");
    const auto path = [&](const std::string& bytes) {
        const auto digest = sha256(bytes);
        return house_->store().root() / digest.substr(0, 2) / digest;
    };
    std::filesystem::remove(path("%PDF-1.4 one"));
    std::ofstream(path("%PDF-1.4 two")) << "%PDF-1.4 tw";  // shorter than it was
    const auto told = house_->run("backup", {{"FILE", backup().string()}});
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(told.errors, HasSubstr("one.pdf: MISSING"));
    EXPECT_THAT(told.errors, HasSubstr("two.pdf: CHANGED"));
    EXPECT_THAT(told.errors, Not(HasSubstr("three.pdf")));
    EXPECT_THAT(told.errors, HasSubstr("INCOMPLETE"));

    const auto restored = other_->restore(backup());
    ASSERT_TRUE(restored);
    EXPECT_FALSE(restored->complete());
    EXPECT_EQ(restored->files, 1);
    EXPECT_TRUE(other_->store().has(sha256("%PDF-1.4 three")));
    EXPECT_FALSE(other_->store().has(sha256("%PDF-1.4 two")));
}

TEST_P(BackupTest, ATableThatNobodyMentionsIsCarried) {
    house_->database().script("create table app_probe (authority_id bigint not null, id bigint not null, word text, "
                              "constraint app_probe_pkey primary key (authority_id, id)); insert into app_probe values (1, 2, 'x')");
    const auto made = house_->back_up(backup());
    ASSERT_TRUE(made);
    std::vector<std::string> names;
    for (const auto& table : made->manifest.tables) names.push_back(table.name);
    EXPECT_THAT(names, Contains("app_probe"));
}

/// The schema is at the level of the older program until the rows are in, and at ours afterwards.
TEST_P(BackupTest, AnOlderProgramsBackupIsBroughtUpToDate) {
    std::vector<storage::AppliedMigration> older = house_->database().read(storage::applied_migrations);
    std::erase_if(older, [](const auto& each) { return each.file >= "search/0003" && each.file < "search0"; });
    storage::transact_once(house_->database(), storage::Mode::Write, [&](storage::Transaction& transaction) {
        storage::Refill refill(transaction, GetParam().first, older);
        refill.close();
    });
    put_odd_values();
    const auto made = house_->back_up(backup());
    ASSERT_TRUE(made);
    EXPECT_EQ(made->manifest.migrations.size(), older.size());
    const auto restored = other_->restore(backup());
    ASSERT_TRUE(restored) << restored.failure().problems.front().key;
    EXPECT_THAT(storage::missing_migrations(other_->database()), IsEmpty());
    EXPECT_EQ(other_->contents().at("jobs_notice"), house_->contents().at("jobs_notice"));
}

TEST_P(BackupTest, AnEncryptedOneBringsTheSecretAndAnOpenOneDoesNot) {
    put_odd_values();
    const auto secret = keys_in(house_->registry())->digits();
    const auto key = BackupKey::random();
    ASSERT_TRUE(house_->back_up(backup(), key));
    const auto restored = other_->restore(backup(), BackupKey::from_words(key.words()));
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->secret, RestoredSecret::Brought);
    EXPECT_EQ(keys_in(other_->registry())->digits(), secret);

    const auto open = house_->file("open.loa");
    ASSERT_TRUE(house_->back_up(open));
    BackupInput input(open, std::nullopt);
    ArchiveReader archive([&] { return input.next(); });
    while (const auto entry = archive.next()) {
        EXPECT_NE(entry->name, "secret.key");
        EXPECT_THAT(archive.whole(1 << 26), Not(HasSubstr(secret))) << entry->name;
    }
    const auto third = House::on(Engine::Sqlite);
    const auto without = third->restore(open);
    ASSERT_TRUE(without);
    EXPECT_EQ(without->secret, RestoredSecret::Other);
}

TEST_P(BackupTest, TheCommandsTellWhatWasDone) {
    put_file("%PDF-1.4 one", "one.pdf");
    const auto made = house_->run("backup", {{"FILE", backup().string()}, {"--encrypt", "1"}});
    EXPECT_EQ(made.code, 0) << made.errors;
    const auto at = made.out.find("Key: ");
    ASSERT_NE(at, std::string::npos) << made.out;
    const auto words = made.out.substr(at + 5, made.out.find('\n', at) - at - 5);
    const auto checked = house_->run("restore", {{"FILE", backup().string()}, {"--check", "1"}, {"--key", words}});
    EXPECT_EQ(checked.code, 0) << checked.errors;
    EXPECT_THAT(checked.out, HasSubstr("media_file"));
    EXPECT_THAT(checked.out, HasSubstr("whole"));
    const auto again = house_->run("backup", {{"FILE", backup().string()}});
    EXPECT_EQ(again.code, 5);  // never over one that is there
    EXPECT_THAT(house_->run("backups show").out, HasSubstr("whole"));
}

}  // namespace
}  // namespace loa::app
