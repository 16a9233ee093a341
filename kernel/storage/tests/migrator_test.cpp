#include "loa/storage/migrator.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "loa/storage/statement_check.h"
#include "loa/storage/testing.h"
#include "tests/support/databases.h"

namespace loa::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MigratorTest : public OnEachDatabase {
  protected:
    std::string fault_of_migrating() {
        try {
            migrate(*database_);
        } catch (const Fault& fault) {
            return fault.what();
        }
        return {};
    }
};
LOA_ON_EACH_DATABASE(MigratorTest);

TEST_P(MigratorTest, AMigratedDatabaseIsCurrent) {
    EXPECT_THAT(missing_migrations(*database_), IsEmpty());
    EXPECT_THAT(migrate(*database_), IsEmpty());
    add(1, "a");
    EXPECT_EQ(database_->read([](Transaction& db) { return db.query("probe.first_things").size(); }), 1u);
}

TEST_P(MigratorTest, AChangedFileIsRefusedByName) {
    database_->script("update storage_migration set checksum = 'x' where owner = 'probe' and file = '0001_init.sql'");
    EXPECT_THAT(fault_of_migrating(), HasSubstr("probe/0001_init.sql was changed"));
    EXPECT_THROW(missing_migrations(*database_), Fault);
}

TEST_P(MigratorTest, ChangedPublicViewsAreMadeAgain) {
    database_->script("update storage_migration set checksum = 'x' where owner = 'probe' and file = 'public.sql'");
    // One that the new file no longer has, and that reads another one.
    database_->script("create view probe_public_old as select p.id from probe_public_first p");
    EXPECT_THAT(missing_migrations(*database_), ElementsAre("probe/public.sql"));
    EXPECT_THAT(migrate(*database_), ElementsAre("probe/public.sql"));
    EXPECT_THAT(missing_migrations(*database_), IsEmpty());
    EXPECT_TRUE(database_->read([](Transaction& db) { return db.query("probe.first_things").empty(); }));
    EXPECT_THROW(database_->script("select * from probe_public_old"), DatabaseError);
}

TEST_P(MigratorTest, ANewerDatabaseIsLeftAlone) {
    database_->script("insert into storage_migration (owner, file, checksum) values ('probe', '0002_more.sql', 'x')");
    EXPECT_THAT(missing_migrations(*database_), IsEmpty());
    EXPECT_THAT(migrate(*database_), IsEmpty());
    database_->script("delete from storage_migration where owner = 'probe' and file = 'public.sql'");
    EXPECT_THAT(fault_of_migrating(), HasSubstr("probe/0002_more.sql"));
}

TEST_P(MigratorTest, AFileThatFailsLeavesNothingBehind) {
    database_->script("delete from storage_migration where owner = 'probe'");  // so it is applied to tables that exist
    EXPECT_THAT(fault_of_migrating(), HasSubstr("probe/0001_init.sql, line 3: "));
    EXPECT_THAT(missing_migrations(*database_), ElementsAre("probe/0001_init.sql", "probe/public.sql"));
}

TEST_P(MigratorTest, EveryStatementIsFitForBoth) {
    const auto sqlite = testing::fresh_database(Engine::Sqlite);
    EXPECT_THAT(statement_problems(*sqlite, GetParam() == Kind::Postgres ? database_.get() : nullptr), IsEmpty());
}

TEST(MigratorOnFileTest, ProcessesThatMigrateAtOnceAgree) {
    const Folder folder;
    std::vector<std::thread> threads;
    std::atomic<std::size_t> applied = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto database = Database::open(folder.url());
            applied += migrate(*database).size();
        });
    for (auto& thread : threads) thread.join();
    const auto database = Database::open(folder.url());
    EXPECT_THAT(missing_migrations(*database), IsEmpty());
    EXPECT_GE(applied, 3u);
}

class EmptyPostgresTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const char* url = std::getenv("LOA_TEST_POSTGRES");
        if (url == nullptr || *url == 0) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        server_ = Database::open(url);
        const std::string text(url);
        url_ = text + (text.find('?') == std::string::npos ? "?" : "&") + "dbname=" + name_;
    }
    void TearDown() override {
        if (server_) server_->script("drop database if exists " + name_ + " with (force)");
    }
    void create(const std::string& how) { server_->script("create database " + name_ + " template template0 " + how); }

    const std::string name_ = "loa_migrator_" + std::to_string(::getpid());
    std::string url_;
    std::unique_ptr<Database> server_;
};

TEST_F(EmptyPostgresTest, ProcessesThatMigrateAtOnceAgree) {
    create("encoding 'UTF8' locale 'C'");
    std::vector<std::thread> threads;
    std::atomic<std::size_t> applied = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto database = Database::open(url_);
            applied += migrate(*database).size();
        });
    for (auto& thread : threads) thread.join();
    const auto database = Database::open(url_);
    EXPECT_THAT(missing_migrations(*database), IsEmpty());
    EXPECT_GE(applied, 3u);
}

TEST_F(EmptyPostgresTest, ReadinessOfAnEmptyDatabaseOnlyReads) {
    create("encoding 'UTF8' locale 'C'");
    const auto database = Database::open(url_ + "&options=-cdefault_transaction_read_only%3Don");
    EXPECT_THAT(missing_migrations(*database), ElementsAre("storage/0001_init.sql", "probe/0001_init.sql", "probe/public.sql"));
}

TEST_F(EmptyPostgresTest, AnotherOrderOfTextsIsRefused) {
    create("encoding 'UTF8' locale_provider icu icu_locale 'vi' locale 'C'");
    const auto database = Database::open(url_);
    try {
        migrate(*database);
        FAIL();
    } catch (const Fault& fault) {
        EXPECT_THAT(fault.what(), HasSubstr("createdb --template=template0"));
    }
}

TEST_F(EmptyPostgresTest, AnotherEncodingIsRefused) {
    create("encoding 'LATIN1' locale 'C'");
    const auto database = Database::open(url_);
    EXPECT_THROW(migrate(*database), Fault);
}

}  // namespace
}  // namespace loa::storage
