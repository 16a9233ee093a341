// A PDF on its way in: the page that waits with the person who brought it, the job that reads it, and how it ends.
#include "loa/formats/testing_pdf.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string plan_as_pdf() {
    formats::testing::PdfPage page;
    double y = 60;
    for (const char* line : {"KẾ HOẠCH", "Tuyên truyền cải cách hành chính năm 2026", "I. MỤC ĐÍCH", "1. Nâng cao nhận thức của người dân.",
                             "II. NHIỆM VỤ", "1. Mở lớp hướng dẫn dùng dịch vụ công", "- Cơ quan chủ trì: Phòng Kinh tế."})
        page.push_back({80, y += 24, line});
    return formats::testing::pdf_of({page});
}

class WaitingFileTest : public OnBoth {
  protected:
    web::Browser& clerk() { return commune().visitor("clerk"); }
    std::string bring(const std::string& bytes) {
        const auto answer = sent(clerk(), "/ke-hoach/nhap", {}, {{"file", "ke-hoach.pdf", bytes}});
        EXPECT_THAT(answer.location, ::testing::StartsWith("/ke-hoach/nhap/"));
        return answer.location;
    }
    std::int64_t count(const std::string& table) { return storage::testing::row_counts(commune().database()).at(table); }
};

TEST_P(WaitingFileTest, IsReadByTheJobAndBecomesTheDraftOfWhoBroughtIt) {
    const auto plans = count("plan_plan");
    const auto place = bring(plan_as_pdf());
    const auto waiting = clerk().get(place);
    EXPECT_EQ(waiting.status, 200);
    EXPECT_THAT(waiting.body, HasSubstr("ke-hoach.pdf"));
    EXPECT_THAT(waiting.body, HasSubstr("data-live=\"2\""));
    EXPECT_THAT(waiting.body, HasSubstr("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"));
    EXPECT_EQ(count("plan_plan"), plans) << "nothing is there before it has been read";

    commune().run_jobs();
    const auto done = clerk().get(place);
    ASSERT_EQ(done.status, 303) << done.body;
    EXPECT_THAT(done.location, ::testing::EndsWith("/ra-soat"));
    EXPECT_EQ(count("plan_plan"), plans + 1);
    const auto review = clerk().get(done.location);
    EXPECT_THAT(review.body, HasSubstr("Tuyên truyền cải cách hành chính năm 2026"));
    EXPECT_THAT(review.body, HasSubstr("Cơ quan chủ trì: Phòng Kinh tế"));
    EXPECT_THAT(clerk().get(done.location.substr(0, done.location.rfind('/')) + "?muc=dien-bien").body, HasSubstr("Người clerk"))
        << "the timeline names who brought it, not the job";
}

TEST_P(WaitingFileTest, IsNotReadOnceSheHasStoppedIt) {
    const auto plans = count("plan_plan"), files = count("media_file");
    const auto place = bring(plan_as_pdf());
    EXPECT_EQ(sent(clerk(), place + "/dung", {}).location, "/ke-hoach/nhap");
    commune().run_jobs();
    EXPECT_EQ(count("plan_plan"), plans);
    EXPECT_EQ(count("media_file"), files) << "the file is not kept";
    EXPECT_EQ(clerk().get(place).location, "/ke-hoach/nhap");
}

TEST_P(WaitingFileTest, IsReadWithTheRightsSheHasWhenItIsRead) {
    // A clerk of the drafting unit for today alone.
    auto& town = commune().town();
    static int guests = 0;
    const std::string name = "guest" + std::to_string(++guests);
    auto guest = commune().add_person(town, name, commune().drafting_unit(), {identity::Role::Clerk});
    const auto place = sent(guest, "/ke-hoach/nhap", {}, {{"file", "ke-hoach.pdf", plan_as_pdf()}}).location;
    commune().end_memberships(name);
    const auto plans = count("plan_plan");
    commune().run_jobs();
    EXPECT_EQ(count("plan_plan"), plans);
}

TEST_P(WaitingFileTest, SaysAfterAWhileThatNobodyWillReadItAnyMore) {
    const auto place = bring(plan_as_pdf());
    commune().pass_time(16 * 60);
    const auto page = clerk().get(place);
    EXPECT_THAT(page.body, HasSubstr("Việc đọc tệp bị gián đoạn"));
    EXPECT_THAT(page.body, Not(HasSubstr("data-live")));
    commune().run_jobs();
    EXPECT_THAT(clerk().get("/thong-bao").body, HasSubstr("Đã đọc xong tệp ke-hoach.pdf")) << "it was read after all, and she is told";
}

LOA_ON_BOTH_ENGINES(WaitingFileTest);

}  // namespace
}  // namespace loa::app
