// The three databases that the tests of storage run on.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "loa/storage/database.h"

namespace loa::storage {

enum class Kind { Memory, File, Postgres };

/// A folder that goes away with the object.
class Folder {
  public:
    Folder();
    ~Folder();
    std::string url() const { return "sqlite:" + file().string(); }
    std::filesystem::path file() const { return path_ / "loa.db"; }

  private:
    std::filesystem::path path_;
};

class OnEachDatabase : public ::testing::TestWithParam<Kind> {
  protected:
    void SetUp() override;

    void add(std::int64_t id, const Value& name);
    std::int64_t count();
    /// What the database refused when `step` ran in a write, or nothing.
    std::optional<DatabaseError> error_of(const std::function<void(Transaction&)>& step);

    Folder folder_;
    std::unique_ptr<Database> database_;
};

std::string kind_name(const ::testing::TestParamInfo<Kind>& info);

}  // namespace loa::storage

#define LOA_ON_EACH_DATABASE(fixture)                                                                              \
    INSTANTIATE_TEST_SUITE_P(Databases, fixture, ::testing::Values(Kind::Memory, Kind::File, Kind::Postgres), kind_name)
