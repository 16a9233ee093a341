// What a transaction promises, the same on SQLite in memory, SQLite in a file and PostgreSQL.
#include "loa/storage/transaction.h"

#include <gmock/gmock.h>

#include <limits>
#include <thread>

#include "tests/support/databases.h"

namespace loa::storage {
namespace {

using ::testing::HasSubstr;

class TransactionTest : public OnEachDatabase {};
LOA_ON_EACH_DATABASE(TransactionTest);

TEST_P(TransactionTest, ValuesComeBackAsTheyWentIn) {
    const std::vector<std::string> texts{
        "", " ", "Ủy ban nhân dân thành phố Hồng Ngự", "'; drop table probe_thing; --", "x' or '1'='1", "\\", "\\x00", "$1 %s \" ` \n\t\r",
        "👩‍👩‍👧 \xEF\xBB\xBF\xEF\xBF\xBF"};
    const std::string long_text = std::string(1'000'000, 'a') + "đ";
    database_->write([&](Transaction& db) {
        db.run("probe.insert_thing", {1, long_text});
        for (std::size_t i = 0; i < texts.size(); ++i)
            db.run("probe.insert_item", {5, static_cast<std::int64_t>(i), 1, "c" + std::to_string(i), 3, texts[i] + "."});
    });
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.one("probe.thing", {1})->text("name"), long_text);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto row = db.one("probe.item", {5, static_cast<std::int64_t>(i)});
            EXPECT_EQ(row->text("note"), texts[i] + ".");
            EXPECT_EQ(row->number("amount"), 3);
            EXPECT_EQ(row->text("code"), "c" + std::to_string(i));
        }
    });
}

TEST_P(TransactionTest, NumbersHave64BitsWhateverTheColumnIsCalled) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    add(least, "least");
    database_->write([&](Transaction& db) {
        db.run("probe.insert_item", {most, most, least, "a", most, Value()});  // amount is an "integer"
    });
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.one("probe.item", {most, most})->number("amount"), most);
        EXPECT_EQ(db.one("probe.item", {most, most})->optional_text("note"), std::nullopt);
        EXPECT_EQ(db.one("probe.thing", {least})->number("id"), least);
    });
}

TEST_P(TransactionTest, AParameterBesideASmallNumberTakesAnInstant) {
    const std::int64_t now = 1'720'000'000'000;
    add(now, "now");
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.query("probe.recent_things", {now + 1, now}).size(), 1u);
        EXPECT_EQ(db.query("probe.recent_things", {now + 6000, now}).size(), 0u);
    });
}

TEST_P(TransactionTest, AParameterThatMustBe32BitsWideStillWorks) {
    add(1, "đường");
    database_->read([&](Transaction& db) { EXPECT_EQ(db.one("probe.name_from", {1, 2})->text("rest"), "ường"); });
}

TEST_P(TransactionTest, ExpressionsGiveTheSameTypes) {
    for (int id = 1; id <= 3; ++id) add(id, "số " + std::to_string(id));
    database_->read([&](Transaction& db) {
        const auto row = db.one("probe.sum_ids");
        EXPECT_EQ(row->number("total"), 6);  // numeric on PostgreSQL
        EXPECT_TRUE(row->flag("many"));      // boolean there, a number on SQLite
        EXPECT_EQ(row->text("last_name"), "số 3");
        EXPECT_EQ(row->optional_number("missing"), std::nullopt);
        EXPECT_THROW(row->number("missing"), Fault);
        EXPECT_THROW(row->number("no_such_column"), Fault);
        EXPECT_THROW(row->text("total"), Fault);
    });
    EXPECT_THROW(database_->read([](Transaction& db) { db.one("probe.average_id"); }), Fault);  // not a whole number
}

TEST_P(TransactionTest, OrderIsByBytesAndLikeTellsCaseApart) {
    const std::vector<std::string> names{"Z", "a", "b", "Á", "á", "đ"};
    for (std::size_t i = 0; i < names.size(); ++i) add(static_cast<std::int64_t>(i), names[names.size() - 1 - i]);
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.one("probe.sum_ids")->text("last_name"), "đ");
        EXPECT_EQ(db.query("probe.things_like", {"A%"}).size(), 0u);
        EXPECT_EQ(db.query("probe.things_like", {"a%"}).size(), 1u);
    });
}

TEST_P(TransactionTest, AWriteGivesTheRowsItTouched) {
    for (int id = 1; id <= 4; ++id) add(id, id % 2 ? "odd" : "even");
    database_->write([&](Transaction& db) {
        EXPECT_EQ(db.run("probe.rename_thing", {1, "one"}), 1);
        EXPECT_EQ(db.run("probe.rename_thing", {99, "none"}), 0);
        EXPECT_EQ(db.run("probe.add_thing", {1, "again"}), 0);
        EXPECT_EQ(db.run("probe.copy_thing", {1, 50}), 1);
        const auto renamed = db.query("probe.replace_name", {"even", "gerade"});
        ASSERT_EQ(renamed.size(), 2u);
        EXPECT_EQ(renamed[0].text("new_name"), "gerade");
        EXPECT_EQ(db.run("probe.replace_name", {"gerade", "chẵn"}), 2);
        EXPECT_EQ(db.run("probe.remove_thing", {3}), 1);
        EXPECT_EQ(db.statements(), 7);
    });
    EXPECT_EQ(count(), 4);
}

TEST_P(TransactionTest, RefusesBeforeTheDatabaseSeesIt) {
    const auto fault_of = [&](Mode mode, std::string_view name, const Values& values) -> std::string {
        try {
            database_->transact(mode, [&](Transaction& db) { db.query(name, values); });
        } catch (const DatabaseError&) {
            return "the database saw it";
        } catch (const Fault& fault) {
            return fault.what();
        }
        return "nothing";
    };
    EXPECT_THAT(fault_of(Mode::Read, "probe.insert_thing", {1, "a"}), HasSubstr("it writes"));
    EXPECT_THAT(fault_of(Mode::Read, "probe.copy_thing", {1, 2}), HasSubstr("it writes"));
    EXPECT_THAT(fault_of(Mode::Write, "probe.insert_thing", {1}), HasSubstr("takes 2 values, not 1"));
    EXPECT_THAT(fault_of(Mode::Write, "probe.insert_thing", {1, "a", "b"}), HasSubstr("takes 2 values, not 3"));
    EXPECT_THAT(fault_of(Mode::Write, "probe.insert_thing", {1, std::string("a\0b", 3)}), HasSubstr("$2 holds a NUL byte"));
    EXPECT_THAT(fault_of(Mode::Write, "probe.insert_thing", {1, "\xC3\x28"}), HasSubstr("$2 is not UTF-8"));
    EXPECT_THAT(fault_of(Mode::Write, "probe.no_such", {}), HasSubstr("probe.no_such"));
    EXPECT_EQ(count(), 0);
}

TEST_P(TransactionTest, TheOnlyRowIsNotOneOfTwo) {
    add(1, "a");
    add(2, "b");
    database_->read([](Transaction& db) {
        EXPECT_FALSE(db.one("probe.thing", {9}));
        EXPECT_THROW(db.one("probe.things"), Fault);
    });
}

TEST_P(TransactionTest, AnExceptionUndoesAndGoesOn) {
    struct Mine {};
    EXPECT_THROW(database_->write([](Transaction& db) {
        db.run("probe.insert_thing", {1, "a"});
        throw Mine{};
    }),
                 Mine);
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(database_->write([](Transaction& db) { return db.run("probe.insert_thing", {1, "a"}); }), 1);
}

TEST_P(TransactionTest, ConstraintsAreToldApartByKindAndName) {
    add(1, "a");
    const auto insert = [](const Values& values) { return [=](Transaction& db) { db.run("probe.insert_item", values); }; };
    EXPECT_FALSE(error_of(insert({1, 1, 1, "code", 5, "Note"})));

    const auto refused = [&](const Values& values, ErrorKind kind, std::string_view constraint) {
        const auto error = error_of(insert(values));
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind(), kind) << error->what();
        EXPECT_EQ(error->constraint(), constraint) << error->what();
        EXPECT_THAT(error->what(), HasSubstr("probe.insert_item"));
    };
    refused({1, 1, 1, "other", 5, "x"}, ErrorKind::Unique, "probe_item_pkey");
    refused({1, 2, 1, "code", 5, "x"}, ErrorKind::Unique, "probe_item_code_key");
    refused({1, 2, 1, "other", 5, "nOTE"}, ErrorKind::Unique, "probe_item_note");
    refused({1, 2, 1, "other", -1, "x"}, ErrorKind::Check, "probe_item_amount_check");
    refused({1, 2, 1, Value(), 1, "x"}, ErrorKind::NotNull, "probe_item.code");
    refused({1, 2, 77, "other", 1, "x"}, ErrorKind::ForeignKey,
            GetParam() == Kind::Postgres ? "probe_item_thing_fkey" : "");
}

TEST_P(TransactionTest, ErrorsDoNotQuoteValues) {
    add(1, "a");
    const auto error = error_of([](Transaction& db) {
        db.run("probe.insert_item", {1, 1, 1, "0912345678", 5, "x"});
        db.run("probe.insert_item", {1, 2, 1, "0912345678", 5, "y"});
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), ::testing::Not(HasSubstr("0912345678")));
}

TEST_P(TransactionTest, AfterAFailedStatementOnlyAttemptGoesOn) {
    add(1, "a");
    EXPECT_THROW(database_->write([](Transaction& db) {
        db.run("probe.insert_thing", {2, "b"});
        EXPECT_THROW(db.run("probe.insert_thing", {1, "a"}), DatabaseError);
        EXPECT_THROW(db.run("probe.insert_thing", {3, "c"}), Fault);
        EXPECT_THROW(db.attempt([] {}), Fault);
    }),
                 Fault);  // the swallowed error does not become a commit
    EXPECT_EQ(count(), 1);
}

TEST_P(TransactionTest, AnAttemptUndoesOnlyItself) {
    add(1, "a");
    int called = 0;
    const bool twice = database_->write([&](Transaction& db) {
        db.run("probe.insert_thing", {2, "b"});
        db.after_commit([&] { called += 1; });
        try {
            db.attempt([&] {
                db.run("probe.insert_thing", {3, "c"});
                db.after_commit([&] { called += 10; });
                db.run("probe.insert_thing", {1, "a"});
            });
        } catch (const DatabaseError& error) {
            EXPECT_EQ(error.constraint(), "probe_thing_pkey");
            const auto inner = db.attempt([&] {
                db.attempt([&] { db.run("probe.insert_thing", {4, "d"}); });
                EXPECT_THROW(db.attempt([&] { throw std::runtime_error("no"); }), std::runtime_error);
                return db.run("probe.insert_thing", {5, "e"});
            });
            return inner == 1;
        }
        return false;
    });
    EXPECT_TRUE(twice);
    EXPECT_EQ(called, 1);
    database_->read([](Transaction& db) {
        std::vector<std::int64_t> ids;
        for (const auto& row : db.query("probe.things")) ids.push_back(row.number("id"));
        EXPECT_THAT(ids, ::testing::ElementsAre(1, 2, 4, 5));
    });
}

TEST_P(TransactionTest, AfterCommitIsCalledOnceAndOnlyAfterACommit) {
    int calls = 0;
    database_->write([&](Transaction& db) {
        db.after_commit([&] { ++calls; });
        EXPECT_EQ(calls, 0);
    });
    EXPECT_EQ(calls, 1);
    EXPECT_THROW(database_->write([&](Transaction& db) {
        db.after_commit([&] { ++calls; });
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(calls, 1);
}

TEST_P(TransactionTest, ABatchIsEveryRowOnce) {
    for (const std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{127}, std::size_t{200}, std::size_t{451}}) {
        database_->write([&](Transaction& db) {
            std::vector<Values> batch;
            for (std::size_t i = 0; i < rows; ++i) batch.push_back({static_cast<std::int64_t>(1000 * rows + i), i % 3 ? "số" : "'"});
            EXPECT_EQ(db.run_batch("probe.add_thing", batch), static_cast<std::int64_t>(rows));
            EXPECT_EQ(db.run_batch("probe.add_thing", batch), 0);
        });
    }
    EXPECT_EQ(count(), 1 + 127 + 200 + 451);
}

TEST_P(TransactionTest, ABatchOfItemsKeepsParametersApart) {
    add(1, "a");
    std::vector<Values> rows;
    for (int i = 0; i < 300; ++i) rows.push_back({5, i, 1, "code " + std::to_string(i), i * 7, i % 2 ? Value("n" + std::to_string(i)) : Value()});
    database_->write([&](Transaction& db) { EXPECT_EQ(db.run_batch("probe.insert_item", rows), 300); });
    database_->read([](Transaction& db) {
        const auto row = db.one("probe.item", {5, 299});
        EXPECT_EQ(row->text("code"), "code 299");
        EXPECT_EQ(row->number("amount"), 2093);
        EXPECT_EQ(row->text("note"), "n299");
    });
}

TEST_P(TransactionTest, AnUpsertInABatchChangesWhatIsThere) {
    add(1, "a");
    database_->write([](Transaction& db) {
        EXPECT_EQ(db.run_batch("probe.set_item", {{5, 1, 1, "x", 10}, {5, 2, 1, "y", 20}}), 2);
        EXPECT_EQ(db.run_batch("probe.set_item", {{5, 3, 1, "x", 11}, {5, 4, 1, "z", 30}}), 2);
        EXPECT_EQ(db.one("probe.item", {5, 1})->number("amount"), 11);
        EXPECT_FALSE(db.one("probe.item", {5, 3}));
    });
}

TEST_P(TransactionTest, ABadRowFailsItsWholeBatch) {
    const auto error = error_of([](Transaction& db) { db.run_batch("probe.insert_thing", {{1, "a"}, {2, ""}, {3, "c"}}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->constraint(), "probe_thing_name_check");
    EXPECT_EQ(count(), 0);
    EXPECT_THROW(database_->write([](Transaction& db) { db.run_batch("probe.insert_thing", {{1, "a"}, {2}}); }), Fault);
    EXPECT_THROW(database_->write([](Transaction& db) { db.run_batch("probe.rename_thing", {{1, "a"}}); }), Fault);
    EXPECT_EQ(count(), 0);
}

TEST_P(TransactionTest, TenThousandRowsGoInAndComeOut) {
    std::vector<Values> rows;
    for (int i = 0; i < 10'000; ++i) rows.push_back({i, "tên " + std::to_string(i)});
    database_->write([&](Transaction& db) { EXPECT_EQ(db.run_batch("probe.insert_thing", rows), 10'000); });
    database_->read([](Transaction& db) {
        const auto all = db.query("probe.things");
        ASSERT_EQ(all.size(), 10'000u);
        for (std::int64_t i = 0; i < 10'000; ++i) {
            ASSERT_EQ(all[static_cast<std::size_t>(i)].number("id"), i);
            ASSERT_EQ(all[static_cast<std::size_t>(i)].text("name"), "tên " + std::to_string(i));
        }
    });
}

TEST_P(TransactionTest, ListsFilterOrderAndPage) {
    for (int id = 1; id <= 20; ++id) add(id, id % 3 ? "x" : "y");
    database_->read([](Transaction& db) {
        const auto ids = [&](const ListRequest& request) {
            std::vector<std::int64_t> found;
            for (const auto& row : db.list("probe.some_things", {2}, request)) found.push_back(row.number("id"));
            return found;
        };
        EXPECT_EQ(ids({{}, "first_first"}).size(), 19u);
        EXPECT_THAT(ids({{{"named", "y"}}, "last_first", 3, 1}), ::testing::ElementsAre(15, 12, 9));
        EXPECT_THAT(ids({{{"even", {}}, {"below", 10}, {"not_base", {}}}, "first_first"}), ::testing::ElementsAre(4, 6, 8));
        EXPECT_THAT(ids({{{"named", "' or 1 = 1 --"}}, "first_first"}), ::testing::IsEmpty());
        EXPECT_THAT(ids({{}, "first_first", 5, 1'000'000}), ::testing::IsEmpty());
    });
}

TEST_P(TransactionTest, WhatIsReadAheadIsWhatIsAskedFor) {
    add(1, "a");
    add(2, "b");
    database_->read([&](Transaction& db) {
        db.read_ahead("probe.thing", {1});
        db.read_ahead("probe.count_things", {});
        db.read_ahead("probe.thing", {2});
        db.read_ahead("probe.things", {});
        EXPECT_EQ(db.query("probe.things_like", {"%"}).size(), 2U);
        EXPECT_EQ(db.one("probe.thing", {2})->text("name"), "b");
        EXPECT_EQ(db.one("probe.thing", {2})->text("name"), "b");  // once more, with nothing left
        EXPECT_EQ(db.one("probe.count_things")->number("things"), 2);
        EXPECT_EQ(db.one("probe.thing", {1})->text("name"), "a");
        EXPECT_EQ(db.query("probe.things").size(), 2U);
        db.read_ahead("probe.thing", {3});
        EXPECT_FALSE(db.one("probe.thing", {3}));
        db.read_in_case("probe.thing", {1});
        EXPECT_EQ(db.one("probe.thing", {1})->text("name"), "a");
        db.read_in_case("probe.thing", {2});  // and never asked for
        EXPECT_THROW(db.read_ahead("probe.thing", {}), Fault);
        EXPECT_THROW(db.read_in_case("probe.insert_thing", {4, "d"}), Fault);
        EXPECT_THROW(db.read_ahead("probe.insert_thing", {4, "d"}), Fault);
        EXPECT_EQ(db.statements(), 8);
    });
    database_->write([&](Transaction& db) {
        db.read_ahead("probe.count_things", {});
        db.run("probe.insert_thing", {3, "c"});
        EXPECT_EQ(db.one("probe.count_things")->number("things"), 3) << "a transaction that writes reads what it wrote";
    });
}

TEST_P(TransactionTest, ANestedTransactionIsRefusedNotADeadlock) {
    for (const Mode outer : {Mode::Read, Mode::Write})
        for (const Mode inner : {Mode::Read, Mode::Write})
            EXPECT_THROW(database_->transact(outer, [&](Transaction&) { database_->transact(inner, [](Transaction&) {}); }), Fault);
    add(1, "a");
    EXPECT_EQ(count(), 1);
}

/// In memory there is one connection, so nothing can happen meanwhile.
class SnapshotTest : public OnEachDatabase {};
INSTANTIATE_TEST_SUITE_P(Databases, SnapshotTest, ::testing::Values(Kind::File, Kind::Postgres), kind_name);

TEST_P(SnapshotTest, ReadsSeeOneMoment) {
    add(1, "a");
    database_->read([&](Transaction& db) {
        EXPECT_EQ(db.one("probe.count_things")->number("things"), 1);
        std::thread([&] { add(2, "b"); }).join();
        EXPECT_EQ(db.one("probe.count_things")->number("things"), 1);
    });
    EXPECT_EQ(count(), 2);
}

}  // namespace
}  // namespace loa::storage
