// What the search index holds of a plan, filled anew from the records. On both databases.
#include <gtest/gtest.h>

#include <algorithm>

#include "loa/search/search.h"
#include "actions.h"
#include "queries.h"
#include "search_index.h"
#include "support/house.h"
#include "verbs.h"

namespace loa::plan {
namespace {

class SearchIndexTest : public testing::HouseTest {};

TEST_P(SearchIndexTest, IsTheSameWhenFilledAnew) {
    const Id plan = issue();
    import();  // and a draft
    const Content content = issued_of(plan);
    const auto expected = static_cast<std::int64_t>(2 + content.activities.size() + content.duties.size());
    for (int round = 0; round < 2; ++round)
        EXPECT_EQ(town_->write(Id{}, [&](Work& work) { return search::rebuild(work, plans_source()); }), expected);
    const auto hits = town_->read(stranger_, [&](Work& work) { return search::find(work, Registry(), "cai cach hanh chinh").hits; });
    EXPECT_FALSE(hits.empty());
}

TEST_P(SearchIndexTest, ADraftIsFoundByThoseWhoMayReadIt) {
    Registry registry;
    for (const auto* verb : kVerbs) registry.add(*verb);
    registry.add(plans_source());
    const auto found = [&](Id person, const char* words, std::string_view kind) {
        const auto hits = town_->read(person, [&](Work& work) { return search::find(work, registry, words, 100).hits; });
        return std::count_if(hits.begin(), hits.end(), [&](const search::Hit& hit) { return hit.ref.kind == kind; });
    };
    const Id plan = import();
    const auto finds_draft = [&](Id person) { return found(person, "cai cach hanh chinh", "plan.plan"); };
    EXPECT_EQ(finds_draft(clerk_), 1);
    EXPECT_EQ(finds_draft(leader_), 1);
    EXPECT_EQ(finds_draft(stranger_), 0) << "an office that has nothing to do with it";

    EXPECT_TRUE(town_->write(clerk_, [&](Work& work) {
        return set_aggregating_unit(work, {plan, economy_, plan_by_id(work, plan)->version});
    }));
    EXPECT_EQ(finds_draft(stranger_), 1) << "her office will aggregate it";

    EXPECT_EQ(found(stranger_, "dao duc cong vu", "plan.topic"), 1) << "shipped with the authority's first plan";
}

INSTANTIATE_TEST_SUITE_P(Engines, SearchIndexTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
