// A paper that says less than is needed: the review says how sure each item is, and the completion offers the duties in
// which a missing lead may stand. On both databases.
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPaper =
    "# KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n## I. NHIỆM VỤ\n"
    "1. Mở lớp tập huấn kỹ năng số cho người dân.\n- Thời gian thực hiện: quý III.\n"
    "2. Mở chuyên mục hỏi đáp trên truyền thanh.\n- Nội dung: Phòng Kinh tế chủ trì biên soạn.\n"
    "3. Tổ chức hội thi.\n- Chủ trì: Phòng Kinh tế.\n\n"
    "## II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng HĐND và UBND xã mở lớp tập huấn kỹ năng số cho người dân tại các ấp.\n"
    "2. Phòng Kinh tế thẩm định dự toán, quyết toán kinh phí.\n";

class LackingPaperTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        const auto review = sent(commune_->visitor("clerk"), "/ke-hoach/nhap", {}, {{"file", "ke-hoach.md", std::string(kPaper)}}).location;
        path_ = review.substr(0, review.rfind('/'));
    }

    /// The card of the activity whose title it is.
    std::string card(const std::string& page, const std::string& title) {
        const auto body = commune_->visitor("clerk").get(path_ + page).body;
        const std::string begin = "<details class=\"extract";
        for (auto at = body.find(begin); at != std::string::npos; at = body.find(begin, at + 1)) {
            const auto text = body.substr(at, body.find(begin, at + 1) - at);
            if (text.substr(0, text.find("</summary>")).find(title) != std::string::npos) return text;
        }
        return "";
    }

    std::unique_ptr<Commune> commune_;
    std::string path_;
};

TEST_P(LackingPaperTest, EachCardOfTheReviewSaysHowSureItIs) {
    const auto lacking = card("/ra-soat", "Mở lớp tập huấn"), doubtful = card("/ra-soat", "Mở chuyên mục");
    const auto sure = card("/ra-soat", "Tổ chức hội thi");
    EXPECT_THAT(lacking, HasSubstr("<span class=\"conf conf--low\">"));
    EXPECT_THAT(lacking, HasSubstr("Cần bổ sung</span>"));
    EXPECT_THAT(doubtful, HasSubstr("<span class=\"conf conf--mid\">"));
    EXPECT_THAT(doubtful, HasSubstr("Nên xem lại</span>"));
    EXPECT_THAT(sure, HasSubstr("<span class=\"conf \">"));
    EXPECT_THAT(sure, HasSubstr("Đọc rõ</span>"));
}

TEST_P(LackingPaperTest, ADutyThatSpeaksOfTheActivityIsOfferedWhereNobodyLeads) {
    const auto lacking = card("/bo-sung", "Mở lớp tập huấn");
    EXPECT_THAT(lacking, HasSubstr("Nhiệm vụ trong phần tổ chức thực hiện có thể liên quan:"));
    EXPECT_THAT(lacking, HasSubstr("<li class=\"small\"><b>Văn phòng HĐND và UBND xã</b>: "
                                   "Văn phòng HĐND và UBND xã mở lớp tập huấn kỹ năng số"));
    EXPECT_THAT(lacking, Not(HasSubstr("thẩm định dự toán"))) << "that one speaks of something else";
    EXPECT_THAT(card("/bo-sung", "Tổ chức hội thi"), Not(HasSubstr("có thể liên quan"))) << "the paper names the lead";
}

TEST_P(LackingPaperTest, TheLeadThatIsChosenIsAskedNoMore) {
    const auto open = card("/bo-sung", "Mở lớp tập huấn");
    EXPECT_THAT(open, HasSubstr("Còn thiếu: cơ quan chủ trì"));
    const std::string action = "action=\"" + path_ + "/bo-sung/";
    const auto at = open.find(action) + action.size();
    const auto activity = open.substr(at, open.find('"', at) - at);
    sent(commune_->visitor("clerk"), path_ + "/bo-sung/" + activity, {{"version", "1"}, {"leads", to_string(commune_->third_unit())}});
    const auto complete = card("/bo-sung", "Mở lớp tập huấn");
    EXPECT_THAT(complete, Not(HasSubstr("Còn thiếu: cơ quan chủ trì")));
    EXPECT_THAT(complete, HasSubstr("Văn phòng HĐND và UBND xã"));
    EXPECT_THAT(card("/ra-soat", "Mở lớp tập huấn"), HasSubstr("Đọc rõ</span>")) << "nothing else was in doubt";
}

LOA_ON_BOTH_ENGINES(LackingPaperTest);

}  // namespace
}  // namespace loa::app
