#include "loa/identity/directory.h"

#include "support/on_engine.h"

namespace loa::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Directory : public OnEngine {
  protected:
    std::vector<std::string> names(Id person, std::string_view query, int limit = 10) {
        return town().read(person, [&](Work& work) {
            std::vector<std::string> found;
            for (const auto& entry : directory_entries(work, query, limit)) found.push_back(entry.name);
            return found;
        });
    }
};

TEST_P(Directory, FindsUnitsByAnyOfTheirNamesWithOrWithoutMarks) {
    const Id culture = town().office("Phòng Văn hóa và Thông tin", "Phòng VH&TT");
    town().office("Phòng Kinh tế");
    const Id clerk = town().person("Phan Thị Ngọc Diễm", culture, Role::Clerk);
    EXPECT_THAT(names(clerk, "van hoa"), ElementsAre("Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(names(clerk, "thông tin văn"), ElementsAre("Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(names(clerk, "VH&TT"), ElementsAre("Phòng Văn hóa và Thông tin")) << "by its short name";
    EXPECT_THAT(names(clerk, "phòng"), ElementsAre("Phòng Kinh tế", "Phòng Văn hóa và Thông tin"));
    EXPECT_THAT(names(clerk, "phòng", 1), ElementsAre("Phòng Kinh tế"));
    EXPECT_THAT(names(clerk, "oa"), IsEmpty()) << "words are found from their beginning";
    EXPECT_THAT(names(clerk, "  "), IsEmpty());
}

TEST_P(Directory, ShowsPeopleOnlyToWhoLooksAfterThem) {
    const Id culture = town().office("Phòng Văn hóa và Thông tin");
    const Id clerk = town().person("Phan Thị Ngọc Diễm", culture, Role::Clerk);
    EXPECT_THAT(names(town().administrator(), "ngoc diem"), ElementsAre("Phan Thị Ngọc Diễm"));
    EXPECT_THAT(names(clerk, "ngoc diem"), IsEmpty());
}

LOA_ON_BOTH_ENGINES(Directory);

}  // namespace
}  // namespace loa::identity
