// /quan-tri/suc-khoe: what `loa doctor` says, for those who never see a command line.
#include "health.h"

#include <algorithm>

#include "loa/jobs/queue.h"
#include "loa/web/certificate.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HealthPageTest : public OnBoth {
  protected:
    std::string page() {
        const auto answer = commune().visitor("administrator").get("/quan-tri/suc-khoe");
        EXPECT_EQ(answer.status, 200);
        return answer.body;
    }
};

TEST_P(HealthPageTest, SaysWhatIsThereAndWhatIsLacking) {
    const auto body = page();
    for (const char* said : {"Cơ sở dữ liệu", "lược đồ đúng phiên bản", "không tự làm, chưa có bản đầy đủ nào", "chưa khai báo máy chủ", "ghi được, đĩa còn trống",
                             "đọc bằng pdftotext", "Không có mục nào cần xử lý."})
        EXPECT_THAT(body, HasSubstr(said));
    EXPECT_THAT(body, Not(HasSubstr("tag--late")));
    EXPECT_THAT(body, HasSubstr("href=\"/quan-tri/sao-luu\""));
}

TEST_P(HealthPageTest, ADeadJobIsToBeSeenTo) {
    const Id job = commune().town().write(Id{}, [](Work& work) { return jobs::enqueue(work, "test.nothing", "{}"); });
    const auto of_job = " where id = " + to_string(job);
    commune().database().script("update jobs_job set state = 'dead', reason = 'gave_up', died_at = due_at" + of_job);
    const auto body = page();
    commune().database().script("delete from jobs_job" + of_job);
    EXPECT_THAT(body, HasSubstr("1 không làm được"));
    EXPECT_THAT(body, HasSubstr("1 mục cần xử lý."));
    EXPECT_THAT(body, HasSubstr("href=\"/quan-tri/viec-nen\""));
}

TEST_P(HealthPageTest, ACertificateThatCannotBeReadIsToBeSeenTo) {
    Registry registry = commune().registry();
    registry.add(web::CertificateFiles{commune().files() / "nowhere.pem", commune().files() / "nowhere.key"});
    const auto lines = commune().town().read(Id{}, [&](Work& work) { return health(registry, work); });
    const auto line = std::find_if(lines.begin(), lines.end(), [](const HealthLine& each) { return each.subject == "app.health.certificate"; });
    ASSERT_NE(line, lines.end());
    EXPECT_EQ(line->verdict, Verdict::Wrong);
    EXPECT_EQ(line->said, "app.health.certificate_unusable");
}

TEST_P(HealthPageTest, OfTheWholeInstallationItIsForTheHighestAuthority) {
    auto administrator = commune().add_person(commune().elsewhere(), "quan-tri-khac", commune().elsewhere().root(), {identity::Role::Administrator});
    const auto answer = administrator.get("/quan-tri/suc-khoe");
    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, HasSubstr("cơ quan cấp cao nhất"));
}

LOA_ON_BOTH_ENGINES(HealthPageTest);

}  // namespace
}  // namespace loa::app
