// The page of jobs and its schedules say in words what each is, whatever slice it comes from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "loa/jobs/kind.h"
#include "loa/jobs/watch.h"
#include "program.h"

namespace loa::app {
namespace {

TEST(JobNames, EveryKindHasOneInBothLanguages) {
    Config config;
    config.files = (std::filesystem::temp_directory_path() / "loa-job-names").string();
    config.secret = "the secret of the tests";
    Registry registry;
    join_all(registry, config);
    ASSERT_GE(registry.all<jobs::JobKind>().size(), 10U);
    for (const auto& kind : registry.all<jobs::JobKind>()) {
        for (const auto language : {Language::Vietnamese, Language::English})
            EXPECT_NE(jobs::kind_text(language, kind.name), kind.name);
    }
    std::filesystem::remove_all(config.files);
}

}  // namespace
}  // namespace loa::app
