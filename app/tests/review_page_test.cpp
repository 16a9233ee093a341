// The review page: what Loa read beside the paper that it read it in.
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ReviewPageTest : public OnBoth {
  protected:
    std::string page() { return commune().visitor("clerk").get("/ke-hoach/" + to_string(commune().draft()) + "/ra-soat").body; }

    /// The cards of the page, each to where the next begins.
    static std::vector<std::string> cards(const std::string& page) {
        std::vector<std::string> all;
        const std::string begin = "<details class=\"extract";
        for (auto at = page.find(begin); at != std::string::npos;) {
            const auto next = page.find(begin, at + 1);
            all.push_back(page.substr(at, next == std::string::npos ? next : next - at));
            at = next;
        }
        return all;
    }
};

TEST_P(ReviewPageTest, TheButtonConfirmsAsManyAsSayThatTheyAreReadClearly) {
    const auto shown = page();
    int clear = 0, lacking = 0;
    for (const auto& card : cards(shown)) {
        if (card.find("id=\"hd-") == std::string::npos) continue;
        clear += card.find("Đọc rõ") != std::string::npos ? 1 : 0;
        lacking += card.find("extract__lacks") != std::string::npos ? 1 : 0;
    }
    EXPECT_GT(clear, 0);
    EXPECT_THAT(shown, HasSubstr("Xác nhận các mục đọc rõ (" + std::to_string(clear) + ")"));
    EXPECT_GT(lacking, 0) << "the paper leaves targets open, and each card says so";
}

// What is joined is joined to the one that the person saw above it.
TEST_P(ReviewPageTest, EachCardKnowsWhichStandsAboveIt) {
    std::string above;
    int known = 0;
    for (const auto& card : cards(page())) {
        const std::string begin = "id=\"hd-";
        const auto at = card.find(begin);
        if (at == std::string::npos) continue;
        const auto from = at + begin.size();
        EXPECT_THAT(card, HasSubstr("name=\"above\" value=\"" + above + "\""));
        above = card.substr(from, card.find('"', from) - from);
        ++known;
    }
    EXPECT_EQ(known, 4);
}

TEST_P(ReviewPageTest, AFoldedCardSaysWhoAndWhen) {
    const auto shown = page();
    EXPECT_THAT(shown, HasSubstr("<span class=\"extract__says\">Cơ quan chủ trì: Đoàn Thanh niên xã; Hội Liên hiệp Phụ nữ xã</span>"));
    EXPECT_THAT(shown, HasSubstr("<span class=\"extract__says\">Thời hạn: Trước ngày 30/9/2026</span>"));
    EXPECT_THAT(shown, HasSubstr("<blockquote><p>3. Mở lớp hướng dẫn dùng dịch vụ công cho hội viên</p>"));
}

TEST_P(ReviewPageTest, ThePaperIsSetAsOnPaperWithTheWordsMarked) {
    const auto shown = page();
    EXPECT_THAT(shown, HasSubstr("<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>"));
    EXPECT_THAT(shown, HasSubstr(">KẾ HOẠCH</p>"));
    EXPECT_THAT(shown, HasSubstr("<p class=\"doc__part\""));
    EXPECT_THAT(shown, HasSubstr("- Đơn vị phối hợp: <mark>Công an xã</mark>, <mark>Trạm Y tế xã</mark>."));
    EXPECT_THAT(shown, HasSubstr("<p class=\"doc__sign\""));
}

// Every field says where it was read; what nobody printed says nothing.
TEST_P(ReviewPageTest, TheHeadAndTheRecipientsShowWhereTheyStand) {
    const auto shown = page();
    const auto head = shown.substr(shown.find("id=\"van-ban\""), shown.find("</section>", shown.find("id=\"van-ban\"")) - shown.find("id=\"van-ban\""));
    for (const char* field : {"vb-title", "vb-symbol", "vb-issuer", "vb-place", "vb-sp", "vb-sn"}) {
        const auto label = head.find("<label for=\"" + std::string(field) + "\">");
        ASSERT_NE(label, std::string::npos) << field;
        const auto rest = head.substr(label, head.find("<input", label) - label);
        EXPECT_THAT(rest, HasSubstr("<a class=\"label__at\" href=\"#d")) << field;
    }
    EXPECT_THAT(head, HasSubstr("<fieldset class=\"field\" data-source=\"d"));
    EXPECT_THAT(head, HasSubstr("<div class=\"field\"><label for=\"vb-decision\">"));
    const auto recipients = shown.substr(shown.find("id=\"muc-recipient\""));
    EXPECT_THAT(recipients, HasSubstr("data-source=\"d"));
    EXPECT_THAT(recipients, Not(HasSubstr("data-source=\"\"")));
}

LOA_ON_BOTH_ENGINES(ReviewPageTest);

}  // namespace
}  // namespace loa::app
