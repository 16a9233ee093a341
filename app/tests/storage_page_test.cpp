// /quan-tri/luu-tru: what the commune keeps in files, and how much it may.
#include "loa/i18n/format.h"
#include "loa/media/quota.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string size_text(std::int64_t bytes) { return i18n::file_size(Language::Vietnamese, bytes); }

class StoragePageTest : public OnBoth {
  protected:
    web::Browser& administrator() { return commune().visitor("administrator"); }
    media::KeptFiles kept() {
        return commune().town().read(Id{}, [](Work& work) { return media::kept_files(work); });
    }
};

TEST_P(StoragePageTest, SaysWhatIsKeptAndOfWhat) {
    const auto files = kept();
    ASSERT_GT(files.files, 0);
    const auto page = administrator().get("/quan-tri/luu-tru");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("<dd>" + std::to_string(files.files) + "</dd>"));
    EXPECT_THAT(page.body, HasSubstr("Minh chứng"));
    EXPECT_THAT(page.body, HasSubstr(size_text(media::kShippedQuota)));
    EXPECT_THAT(page.body, Not(HasSubstr("sắp đầy")));
}

TEST_P(StoragePageTest, TheLimitIsSetAndWhatIsNoNumberIsNot) {
    for (const char* typed : {"", "0", "-5", "nhiều", "1000001", "99999999999999999999"}) {
        const auto refused = send(administrator(), "/quan-tri/luu-tru", {{"gibibytes", typed}});
        EXPECT_EQ(refused.status, 422) << typed;
        EXPECT_THAT(refused.body, HasSubstr("nhập một số nguyên từ 1 đến 1.000.000")) << typed;
        EXPECT_EQ(kept().quota, media::kShippedQuota) << typed;
    }
    EXPECT_EQ(send(administrator(), "/quan-tri/luu-tru", {{"gibibytes", "20"}}).status, 303);
    EXPECT_EQ(kept().quota, std::int64_t{20} << 30);
    EXPECT_THAT(administrator().get("/quan-tri/luu-tru").body, HasSubstr(size_text(std::int64_t{20} << 30)));
    EXPECT_EQ(send(administrator(), "/quan-tri/luu-tru", {{"gibibytes", "50"}}).status, 303);
}

LOA_ON_BOTH_ENGINES(StoragePageTest);

}  // namespace
}  // namespace loa::app
