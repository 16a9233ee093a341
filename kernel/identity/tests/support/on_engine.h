// Tests that run on both databases, each on a fresh one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "loa/identity/testing.h"
#include "loa/storage/testing.h"

namespace loa::identity {

class OnEngine : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "no such server";
        town_ = std::make_unique<testing::Town>(*database_);
    }

    testing::Town& town() { return *town_; }
    storage::Database& database() { return *database_; }

    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<testing::Town> town_;
};

inline Date day(int year, int month, int day) {
    return Date::from(year, month, day).value();
}

/// "field:key" of the first problem; "" for success.
template <class T>
std::string problem(const Result<T>& result) {
    if (result) return "";
    const Problem& first = result.failure().problems.front();
    return first.field + ":" + first.key;
}

}  // namespace loa::identity

#define LOA_ON_BOTH_ENGINES(suite)                                               \
    INSTANTIATE_TEST_SUITE_P(                                                    \
        Engines, suite, ::testing::ValuesIn(::loa::storage::testing::engines()), \
        ::loa::storage::testing::engine_name<::testing::TestParamInfo<::loa::storage::Engine>>)
