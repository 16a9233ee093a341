// Lists by type, and the files that the build compiled in.
#include "loa/base/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "loa/base/embedded.h"
#include "loa/base/money.h"
#include "loa/base/ref.h"

namespace loa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Route {
    std::string path;
    bool operator==(const Route&) const = default;
};
struct Job {
    int number;
    bool operator==(const Job&) const = default;
};

TEST(Registry, KeepsEachTypeInItsOrder) {
    Registry registry;
    registry.add(Route{"/b"});
    registry.add(Job{1});
    registry.add(Route{"/a"});
    registry.add(Route{"/b"});  // twice is twice: what a route is, its owner says
    EXPECT_THAT(registry.all<Route>(), ElementsAre(Route{"/b"}, Route{"/a"}, Route{"/b"}));
    EXPECT_THAT(registry.all<Job>(), ElementsAre(Job{1}));
}

TEST(Registry, HasAnEmptyListOfWhatNobodyAdded) {
    const Registry registry;
    EXPECT_THAT(registry.all<Route>(), IsEmpty());
    Registry other;
    other.add(Route{"/"});
    EXPECT_THAT(registry.all<Route>(), IsEmpty());
}

TEST(Registry, TellsATypeFromItsPointer) {
    Registry registry;
    registry.add(std::make_shared<const Route>(Route{"/a"}));
    EXPECT_THAT(registry.all<Route>(), IsEmpty());
    ASSERT_EQ(registry.all<std::shared_ptr<const Route>>().size(), 1u);
    EXPECT_EQ(registry.all<std::shared_ptr<const Route>>().front()->path, "/a");
}

TEST(Embedded, FilesAreFoundByTheirPath) {
    const auto* vietnamese = embedded_file("kernel/base/i18n/vi.json");
    ASSERT_NE(vietnamese, nullptr);
    EXPECT_TRUE(vietnamese->bytes.starts_with('{'));
    EXPECT_EQ(embedded_file("kernel/base/i18n/"), nullptr);
    EXPECT_EQ(embedded_file(""), nullptr);
}

TEST(Embedded, FilesOfAFolderComeByPath) {
    std::vector<std::string_view> paths;
    for (const auto& file : embedded_files("kernel/base/", ".json")) paths.push_back(file.path);
    EXPECT_THAT(paths, ElementsAre("kernel/base/i18n/en.json", "kernel/base/i18n/vi.json"));
    EXPECT_THAT(embedded_files("kernel/base/", ".sql"), IsEmpty());
    EXPECT_THAT(embedded_files("nowhere/"), IsEmpty());
}

TEST(Money, IsComparedByItsAmount) {
    EXPECT_LT(Money{999}, Money{1000});
    EXPECT_EQ(Money{}, Money{0});
    EXPECT_GT((Money{9'000'000'000'000}), (Money{-1}));
}

TEST(Ref, IsTheSameOnlyInAllItsParts) {
    const Ref ref{"plan.activity", {1}, {2}};
    EXPECT_EQ(ref, (Ref{"plan.activity", {1}, {2}}));
    EXPECT_FALSE(ref == (Ref{"plan.plan", {1}, {2}}));
    EXPECT_FALSE(ref == (Ref{"plan.activity", {2}, {2}}));
    EXPECT_FALSE(ref == (Ref{"plan.activity", {1}, {3}}));
}

}  // namespace
}  // namespace loa
