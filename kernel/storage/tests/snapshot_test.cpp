#include "loa/storage/snapshot.h"

#include <gmock/gmock.h>

#include <thread>

#include "loa/storage/migrator.h"
#include "loa/storage/testing.h"
#include "tests/support/databases.h"

namespace loa::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PortableSnapshotTest : public OnEachDatabase {
  protected:
    void SetUp() override {
        OnEachDatabase::SetUp();
        if (!IsSkipped() && database_) database_->script("select 1");  // its tables may go, so nobody else gets it
    }
    Table table(Transaction& transaction, const std::string& name) {
        for (auto& each : tables_of(transaction))
            if (each.name == name) return each;
        throw Fault("no table " + name);
    }
    std::vector<Values> rows_of(const std::string& name) {
        return database_->read([&](Transaction& transaction) {
            std::vector<Values> rows;
            each_row(transaction, table(transaction, name), [&](const Values& values) { rows.push_back(values); });
            return rows;
        });
    }
    std::optional<std::string> filled(const std::set<std::string>& not_counted = {}) {
        const auto usual = rows_of_migrations();
        return database_->read([&](Transaction& transaction) { return filled_table(transaction, usual, not_counted); });
    }
    std::vector<AppliedMigration> level() { return database_->read(applied_migrations); }
    void refill(const std::vector<AppliedMigration>& level, const std::function<void(Refill&)>& step) {
        transact_once(*database_, Mode::Write, [&](Transaction& transaction) {
            Refill filling(transaction, database_->engine(), level);
            step(filling);
        });
    }
    static const Table& named(const Refill& refill, std::string_view name) {
        for (const auto& each : refill.tables())
            if (each.name == name) return each;
        throw Fault("no such table");
    }
};
LOA_ON_EACH_DATABASE(PortableSnapshotTest);

TEST_P(PortableSnapshotTest, TablesAreKnownFromTheDatabase) {
    const auto item = database_->read([&](Transaction& transaction) { return table(transaction, "probe_item"); });
    EXPECT_THAT(item.key, ElementsAre("authority_id", "id"));
    EXPECT_THAT(item.columns, ElementsAre(Column{"authority_id", ColumnType::Number}, Column{"id", ColumnType::Number},
                                          Column{"thing_id", ColumnType::Number}, Column{"code", ColumnType::Text},
                                          Column{"amount", ColumnType::Number}, Column{"note", ColumnType::Text}));
}

TEST_P(PortableSnapshotTest, EveryRowComesOnceInTheOrderOfItsKey) {
    std::vector<Values> items;
    for (std::int64_t authority = 1; authority <= 3; ++authority)
        for (std::int64_t id = 700; id >= 1; --id) items.push_back({authority, id, 1, "c" + std::to_string(id), id, Value()});
    add(1, "a");
    database_->write([&](Transaction& transaction) {
        for (const auto& item : items) transaction.run("probe.insert_item", item);
    });
    const auto rows = rows_of("probe_item");
    ASSERT_EQ(rows.size(), items.size());
    for (std::size_t i = 1; i < rows.size(); ++i)
        EXPECT_LT(std::pair(*rows[i - 1][0].number(), *rows[i - 1][1].number()), std::pair(*rows[i][0].number(), *rows[i][1].number()));
    EXPECT_TRUE(rows.front()[5].is_null());
    EXPECT_EQ(database_->read([&](Transaction& transaction) { return count_rows(transaction, table(transaction, "probe_item")); }), 2100);
}

TEST_P(PortableSnapshotTest, ASnapshotDoesNotSeeWhatComesLater) {
    add(1, "a");
    std::size_t seen = 0;
    read_snapshot(*database_, folder_.file().parent_path(), [&](Transaction& transaction) {
        std::thread([&] { add(2, "b"); }).join();
        each_row(transaction, table(transaction, "probe_thing"), [&](const Values&) { ++seen; });
    });
    EXPECT_EQ(seen, 1u);
    EXPECT_EQ(count(), 2);
    for (const auto& entry : std::filesystem::directory_iterator(folder_.file().parent_path()))
        EXPECT_THAT(entry.path().filename().string(), ::testing::Not(HasSubstr("copy"))) << "left behind";
}

TEST_P(PortableSnapshotTest, WhatMigrationsWriteDoesNotFillADatabase) {
    EXPECT_EQ(filled(), std::nullopt);
    add(1, "a");
    EXPECT_EQ(filled(), "probe_thing");
    EXPECT_EQ(filled({"probe_thing"}), std::nullopt);
}

TEST_P(PortableSnapshotTest, AnEmptyDatabaseIsFilledInAnyOrderOfRows) {
    refill(level(), [](Refill& filling) {
        filling.add(named(filling, "probe_item"), {{1, 2, 9, "c", 3, "after its thing"}});
        filling.add(named(filling, "probe_thing"), {{9, "thing"}});
        filling.close();
        filling.bring_up_to_date();
    });
    EXPECT_EQ(rows_of("probe_item").size(), 1u);
    EXPECT_THAT(missing_migrations(*database_), IsEmpty());
    // Foreign keys hold again.
    const auto error = error_of([](Transaction& transaction) { transaction.run("probe.insert_item", {1, 3, 77, "d", 1, Value()}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::ForeignKey);
}

TEST_P(PortableSnapshotTest, ARowThatPointsNowhereUndoesEverything) {
    const auto before = testing::row_counts(*database_);
    EXPECT_THROW(refill(level(), [](Refill& filling) {
        filling.add(named(filling, "probe_item"), {{1, 2, 9, "c", 3, "its thing never comes"}});
        filling.close();
        filling.bring_up_to_date();
    }), Fault);
    EXPECT_EQ(testing::row_counts(*database_), before);
    EXPECT_EQ(filled(), std::nullopt);
    EXPECT_THAT(missing_migrations(*database_), IsEmpty());
    add(1, "still works");
}

TEST_P(PortableSnapshotTest, AMigrationThatIsNotOursIsNamed) {
    auto migrations = level();
    EXPECT_EQ(unknown_migration(database_->engine(), migrations), std::nullopt);
    migrations.push_back({"probe/0099_future.sql", std::string(64, 'a')});
    EXPECT_EQ(unknown_migration(database_->engine(), migrations), "probe/0099_future.sql");
    migrations = level();
    migrations.front().checksum = std::string(64, 'b');
    EXPECT_EQ(unknown_migration(database_->engine(), migrations), migrations.front().file);
}

TEST_P(PortableSnapshotTest, ALeftOutNumberIsRefused) {
    auto migrations = level();
    migrations.push_back({"probe/0003_gap.sql", std::string(64, 'a')});
    EXPECT_THROW(refill(migrations, [](Refill&) {}), Fault);
}

TEST_P(PortableSnapshotTest, AProgramThatRunsIsNoticed) {
    const Instant now{1'000'000};
    EXPECT_FALSE(database_->read([&](Transaction& transaction) { return in_use(transaction, now); }));
    database_->script("insert into storage_node_lease (node, holder, lease_until) values (1, 2, 1000001)");
    EXPECT_TRUE(database_->read([&](Transaction& transaction) { return in_use(transaction, now); }));
    EXPECT_FALSE(database_->read([&](Transaction& transaction) { return in_use(transaction, now.plus_seconds(1)); }));
}

}  // namespace
}  // namespace loa::storage
