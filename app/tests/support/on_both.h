// Tests over one commune for each database, made once: they must leave its plans as they found them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "loa/storage/testing.h"
#include "tests/support/commune.h"

namespace loa::app {

class OnBoth : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        auto& known = communes()[GetParam()];
        if (!known) known = Commune::on(GetParam());
        if (!known) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        commune_ = known.get();
    }
    static void TearDownTestSuite() { communes().clear(); }

    Commune& commune() { return *commune_; }

  private:
    static std::map<storage::Engine, std::unique_ptr<Commune>>& communes() {
        static std::map<storage::Engine, std::unique_ptr<Commune>> all;
        return all;
    }
    Commune* commune_ = nullptr;
};

}  // namespace loa::app

#define LOA_ON_BOTH_ENGINES(suite)                                               \
    INSTANTIATE_TEST_SUITE_P(                                                    \
        Engines, suite, ::testing::ValuesIn(::loa::storage::testing::engines()), \
        ::loa::storage::testing::engine_name<::testing::TestParamInfo<::loa::storage::Engine>>)
