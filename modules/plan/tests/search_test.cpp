// What the search index holds of a plan, filled anew from the records. On both databases.
#include <gtest/gtest.h>

#include "loa/search/search.h"
#include "search_index.h"
#include "support/house.h"

namespace loa::plan {
namespace {

class SearchIndexTest : public testing::HouseTest {};

TEST_P(SearchIndexTest, IsTheSameWhenFilledAnew) {
    const Id plan = issue();
    import();  // a draft: nobody else's business
    const Content content = issued_of(plan);
    const search::SearchSource source{{"plan.plan", "plan.activity", "plan.duty"}, index_all_plans};
    const auto expected = static_cast<std::int64_t>(1 + content.activities.size() + content.duties.size());
    for (int round = 0; round < 2; ++round)
        EXPECT_EQ(town_->write(Id{}, [&](Work& work) { return search::rebuild(work, source); }), expected);
    const auto hits = town_->read(stranger_, [&](Work& work) { return search::find(work, Registry(), "cai cach hanh chinh").hits; });
    EXPECT_FALSE(hits.empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, SearchIndexTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::plan
