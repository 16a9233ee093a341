// The forms in which plans say who does what, what comes out and who is told: one small activity each, read
// through its labels as a whole plan is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/text.h"
#include "loa/formats/markdown.h"
#include "loa/plan/reading.h"
#include "support/texts.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;

ParsedPlan read(const std::string& markdown) {
    const auto document = formats::read_markdown(markdown);
    EXPECT_TRUE(document);
    return read_plan(*document, AgencyNames());
}

/// The activity with these lines below its heading.
ParsedActivity activity(const std::string& lines) {
    const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n1. Mở chuyên mục hỏi đáp\n\n" + lines + "\n");
    EXPECT_EQ(plan.activities.size(), 1u) << lines;
    return plan.activities.empty() ? ParsedActivity() : plan.activities.front();
}

/// "L: …; … P: … R: …", without the lists that are empty.
std::string parties(const std::string& lines) {
    const ParsedActivity read = activity(lines);
    std::string out;
    const auto add = [&](std::string_view sign, const std::vector<std::string>& names) {
        if (!names.empty()) out += std::string(out.empty() ? "" : " ") + std::string(sign) + joined(names, "; ");
    };
    add("L: ", read.leads);
    add("P: ", read.partners);
    add("R: ", read.requested);
    return out;
}

struct Form {
    const char* printed;
    const char* means;
};

TEST(Names, AFieldBehindAndBelongsToTheCentre) {
    EXPECT_EQ(parties("- Cơ quan chủ trì: Trung tâm Văn hoá, Thể thao và Truyền thông huyện\n- Phòng phối hợp: Trung tâm Văn hóa - Thể thao - Du lịch và Truyền thông; Công an xã"),
              "L: Trung tâm Văn hoá, Thể thao và Truyền thông huyện P: Trung tâm Văn hóa - Thể thao - Du lịch và Truyền thông; Công an xã");
}

TEST(Items, AreNumberedByTheirOwnNameToo) {
    const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**III. CÁC HOẠT ĐỘNG**\n\n**Hoạt động 1. Mở chuyên mục**\n\n- Chủ trì: Công an xã.\n\n"
                           "**Nhiệm vụ 2: Tổ chức hội thi**\n\n- Chủ trì: Phòng Kinh tế.\n");
    ASSERT_EQ(plan.activities.size(), 2u);
    EXPECT_EQ(plan.activities[0].ordinal + " " + plan.activities[0].title, "III.1 Mở chuyên mục");
    EXPECT_EQ(plan.activities[1].ordinal + " " + plan.activities[1].title, "III.2 Tổ chức hội thi");
}

TEST(Sections, ContentsAndFormsAreListsEvenWhereABodyIsNamed) {
    const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN**\n\n1. Nội dung\n\n- Quy tắc ứng xử.\n\n"
                           "2. Hình thức\n\n- Trang thông tin điện tử xã, nhóm Zalo.\n- Loa truyền thanh.\n");
    EXPECT_TRUE(plan.activities.empty());
    EXPECT_THAT(testing::texts(plan.themes), ElementsAre("Quy tắc ứng xử"));
    EXPECT_EQ(plan.channels.size(), 2u);
}

TEST(Title, GoesOnWhereItsNextLineBeginsSmall) {
    EXPECT_EQ(read("## KẾ HOẠCH\n### Tuyên truyền, vận động nhân dân tham gia\n### thực hiện cải cách hành chính năm 2023\n\nThực hiện Kế hoạch số 22/KH-UBND ngày 18/01/2023;\n\n"
                   "**I. MỤC ĐÍCH**\n\n- Một.\n").document.title,
              "Tuyên truyền, vận động nhân dân tham gia thực hiện cải cách hành chính năm 2023");
}

TEST(Phrases, LabelsOfLeads) {
    for (const std::string label :
         {"Cơ quan chủ trì", "Đơn vị chủ trì", "Chủ trì", "Cơ quan thực hiện", "Đơn vị thực hiện", "Chủ trì thực hiện", "Cơ quan, đơn vị chủ trì",
          "Chủ trì/thực hiện", "Đơn vị chủ trì, thực hiện", "Đầu mối", "Cơ quan thường trực", "Cơ quan chịu trách nhiệm chính", "Bộ phận thực hiện",
          "Đơn vị được giao", "Trách nhiệm", "Trách nhiệm thực hiện", "Giao", "Người phụ trách", "Đơn vị phụ trách", "Chủ trì triển khai các nhiệm vụ",
          "Đơn vị đầu mối", "Đầu mối thực hiện", "Đơn vị tham mưu", "Phân công", "Lãnh đạo phụ trách", "Người chủ trì", "Cơ quan chủ trì, phối hợp", "Cơ quan chủ trì/phối hợp"})
        EXPECT_EQ(parties("- " + label + ": Phòng Kinh tế, Hạ tầng và Đô thị; Công an xã."), "L: Phòng Kinh tế, Hạ tầng và Đô thị; Công an xã") << label;
    EXPECT_EQ(parties("- Nơi thực hiện: Hội trường xã."), "");  // a place, no body
}

TEST(Phrases, LabelsOfPartners) {
    for (const std::string label : {"Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp", "Phối hợp thực hiện", "Đơn vị tham gia", "Cùng thực hiện",
                                    "Đơn vị cùng tham gia", "Phối hợp cùng", "Thành phần phối hợp", "Lực lượng tham gia", "Các đơn vị liên quan"})
        EXPECT_EQ(parties("- " + label + ": Phòng Tư pháp và Trạm Y tế."), "P: Phòng Tư pháp; Trạm Y tế") << label;
    for (const std::string label : {"Đề nghị phối hợp", "Cơ quan được đề nghị phối hợp", "Mời phối hợp", "Đơn vị được mời tham gia"})
        EXPECT_EQ(parties("- Cơ quan phối hợp: Sở Y tế.\n- " + label + ": Báo Cà Mau, Viettel Cà Mau."), "P: Sở Y tế R: Báo Cà Mau; Viettel Cà Mau")
            << label;
    for (const std::string none : {"Không", "Không có", "Như mục 1", "Chưa xác định"}) EXPECT_EQ(parties("- Phối hợp: " + none), "") << none;
}

TEST(Phrases, BodiesInSentences) {
    const Form forms[] = {
        {"Phòng Nội vụ chủ trì phối hợp Phòng Tư pháp biên soạn.", "L: Phòng Nội vụ P: Phòng Tư pháp"},
        {"Chủ trì, phối hợp với Phòng Tư pháp biên soạn tài liệu.", "P: Phòng Tư pháp"},  // who leads is not said
        {"Phòng Nội vụ chủ trì, tham mưu Ủy ban nhân dân huyện ban hành văn bản.", "L: Phòng Nội vụ"},
        {"Giao Trung tâm Chính trị thị xã chủ trì, phối hợp với Phòng Nội vụ và các trường học mở lớp.",
         "L: Trung tâm Chính trị thị xã P: Phòng Nội vụ; các trường học"},
        {"Phòng Tư pháp (cơ quan chủ trì), Hội Luật gia huyện (phối hợp).", "L: Phòng Tư pháp P: Hội Luật gia huyện"},
        {"Phòng Nội vụ được phân công chủ trì biên soạn.", "L: Phòng Nội vụ"},
        {"Văn phòng HĐND và UBND huyện là cơ quan đầu mối tiếp nhận câu hỏi.", "L: Văn phòng HĐND và UBND huyện"},
        {"Văn phòng HĐND và UBND xã làm đầu mối.", "L: Văn phòng HĐND và UBND xã"},
        {"Sở Nội vụ là cơ quan thường trực, giúp Ủy ban nhân dân tỉnh theo dõi.", "L: Sở Nội vụ"},
        {"Phòng Kinh tế chịu trách nhiệm nội dung.", "L: Phòng Kinh tế"},
        {"Yêu cầu Trung tâm Phục vụ hành chính công xã niêm yết đủ.", "L: Trung tâm Phục vụ hành chính công xã"},
        {"Thực hiện theo yêu cầu Sở Nội vụ.", ""},
        {"Phòng Kinh tế, Công an phường đồng chủ trì.", "L: Phòng Kinh tế; Công an phường"},
        {"Phòng Kinh tế và Công an phường cùng chủ trì thực hiện.", "L: Phòng Kinh tế; Công an phường"},
        {"Trách nhiệm chủ trì thuộc Phòng Kinh tế.", "L: Phòng Kinh tế"},
        {"Do Phòng Kinh tế và Đoàn Thanh niên xã đảm nhiệm.", "L: Phòng Kinh tế; Đoàn Thanh niên xã"},
        {"Phân công: Phòng Kinh tế chủ trì; Công an xã, Đoàn xã phối hợp.", "L: Phòng Kinh tế P: Công an xã; Đoàn xã"},
        {"Cơ quan thường trực là Sở Nội vụ.", "L: Sở Nội vụ"},
        {"Chủ trì triển khai các nhiệm vụ: Phòng Tư pháp.", "L: Phòng Tư pháp"},
        {"Cuộc thi do Sở Nội vụ và Tỉnh đoàn đồng tổ chức.", "L: Sở Nội vụ; Tỉnh đoàn"},
        {"Sở Nội vụ được giao chủ trì, phối hợp với các đơn vị liên quan.", "L: Sở Nội vụ P: các đơn vị liên quan"},
        {"Các cơ quan chuyên môn, đơn vị sự nghiệp và UBND các xã cộng tác với Trang thông tin điện tử huyện.",
         "L: Các cơ quan chuyên môn; đơn vị sự nghiệp; UBND các xã P: Trang thông tin điện tử huyện"},
        {"- Cơ quan chủ trì, phối hợp: Sở Nội vụ chủ trì; các sở, ban, ngành phối hợp.", "L: Sở Nội vụ P: các sở, ban, ngành"},
        {"- Đơn vị thực hiện: Đề nghị Ban Tuyên giáo Tỉnh ủy chủ trì; Sở Nội vụ phối hợp.", "P: Sở Nội vụ R: Ban Tuyên giáo Tỉnh ủy"},
        {"Giao Công đoàn cơ sở chủ trì, Chi đoàn Sở phối hợp.", "L: Công đoàn cơ sở P: Chi đoàn Sở"},
        {"Giao Phòng Nội vụ chủ trì; Liên đoàn Lao động huyện, Huyện đoàn phối hợp.", "L: Phòng Nội vụ P: Liên đoàn Lao động huyện; Huyện đoàn"},
        {"Trạm Y tế phối hợp thực hiện, Phòng Kinh tế chủ trì.", "L: Phòng Kinh tế P: Trạm Y tế"},
        {"Sở Nội vụ chủ trì, cộng tác với Báo Cà Mau viết bài.", "L: Sở Nội vụ P: Báo Cà Mau"},
        {"Phòng Nội vụ phối hợp với Phòng Tư pháp thực hiện tốt việc này.", "L: Phòng Nội vụ P: Phòng Tư pháp"},
        {"Sở Nội vụ chủ trì; Sở Tư pháp cung cấp thông tin.", "L: Sở Nội vụ P: Sở Tư pháp"},
        {"Lắp 05 điểm phát: Phòng Kinh tế phối hợp với Viettel Cà Mau thực hiện.", "L: Phòng Kinh tế P: Viettel Cà Mau"},
        {"Đăng tải trên: Báo Cà Mau.", ""},
        {"- Đơn vị thực hiện: Phòng Tư pháp phối hợp với Phòng Tài nguyên và Môi trường, UBND các xã.",
         "L: Phòng Tư pháp P: Phòng Tài nguyên và Môi trường; UBND các xã"},
        {"- Đơn vị thực hiện: Trung tâm Văn hóa, Thể thao và Truyền thanh; Phòng Nội vụ cung cấp nội dung.",
         "L: Trung tâm Văn hóa, Thể thao và Truyền thanh P: Phòng Nội vụ"},
        {"- Đơn vị thực hiện: Văn phòng HĐND và UBND (chủ trì), Phòng Văn hóa và Thông tin, UBND các phường.",
         "L: Văn phòng HĐND và UBND P: Phòng Văn hóa và Thông tin; UBND các phường"},
        {"Đề nghị Bưu điện khu vực Sa Đéc phối hợp trả kết quả.", "R: Bưu điện khu vực Sa Đéc"},
        {"Kính đề nghị Ngân hàng Nông nghiệp và Phát triển nông thôn chi nhánh huyện hỗ trợ máy.",
         "R: Ngân hàng Nông nghiệp và Phát triển nông thôn chi nhánh huyện"},
        {"Hội Nông dân huyện, Hội Liên hiệp Phụ nữ huyện được đề nghị cùng tham gia.", "R: Hội Nông dân huyện; Hội Liên hiệp Phụ nữ huyện"},
    };
    for (const auto& form : forms) EXPECT_EQ(parties(form.printed), form.means) << form.printed;
}

TEST(Phrases, ClassesAndNamesOfFields) {
    const Form forms[] = {
        {"Các cơ quan, đơn vị có liên quan; UBND cấp xã", "P: Các cơ quan, đơn vị có liên quan; UBND cấp xã"},
        {"Các sở, ban, ngành; Ủy ban nhân dân các xã, phường, đặc khu", "P: Các sở, ban, ngành; Ủy ban nhân dân các xã, phường, đặc khu"},
        {"các hội, đoàn thể; cơ quan, địa phương liên quan", "P: các hội, đoàn thể; cơ quan, địa phương liên quan"},
        {"Các cơ quan: Phòng Tư pháp, Phòng Y tế", "P: Phòng Tư pháp; Phòng Y tế"},
        {"UBND các huyện: Tháp Mười, Lấp Vò và Báo Đồng Tháp", "P: UBND các huyện: Tháp Mười, Lấp Vò; Báo Đồng Tháp"},
        {"UBND các xã Tân Hội, Bình Thạnh; Công an huyện", "P: UBND các xã Tân Hội, Bình Thạnh; Công an huyện"},
        {"Trung tâm Ứng dụng tiến bộ khoa học và công nghệ, Tỉnh đoàn", "P: Trung tâm Ứng dụng tiến bộ khoa học và công nghệ; Tỉnh đoàn"},
        {"Phòng Giáo dục và Đào tạo và Phòng Lao động - Thương binh và Xã hội",
         "P: Phòng Giáo dục và Đào tạo; Phòng Lao động - Thương binh và Xã hội"},
        {"Báo và phát thanh, truyền hình Đồng Tháp, VNPT Đồng Tháp", "P: Báo và phát thanh, truyền hình Đồng Tháp; VNPT Đồng Tháp"},
        {"UBND các xã, phường, thị trấn và các trường học", "P: UBND các xã, phường, thị trấn; các trường học"},
        {"UBND 12 xã, phường; Công an tỉnh", "P: UBND 12 xã, phường; Công an tỉnh"},
        {"Ban Thường trực UBMTTQ xã, Công an xã", "P: Ban Thường trực UBMTTQ xã; Công an xã"},
        {"Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh; Sở Tư pháp", "P: Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh; Sở Tư pháp"},
        {"Trường THPT Hồng Ngự 1, các trường Tiểu học, THCS trên địa bàn", "P: Trường THPT Hồng Ngự 1; các trường Tiểu học, THCS trên địa bàn"},
        {"Phòng Nội vụ cùng các phòng, ban chuyên môn", "P: Phòng Nội vụ; các phòng, ban chuyên môn"},
        {"Phòng Tư pháp phối hợp với Công an xã", "P: Phòng Tư pháp; Công an xã"},
        {"Các phòng chuyên môn, đơn vị sự nghiệp", "P: Các phòng chuyên môn; đơn vị sự nghiệp"},
        {"Đ/c Nguyễn Văn An, Phòng Kinh tế", "P: Đ/c Nguyễn Văn An; Phòng Kinh tế"},
        {"Trưởng các khóm, ấp, Thành viên Ban Chỉ đạo chuyển đổi số xã", "P: Trưởng các khóm, ấp; Thành viên Ban Chỉ đạo chuyển đổi số xã"},
    };
    for (const auto& form : forms) EXPECT_EQ(parties(std::string("- Cơ quan phối hợp: ") + form.printed), form.means) << form.printed;
    EXPECT_EQ(parties("- Đơn vị phối hợp:\n\n- Phòng Tư pháp\n\n- Phòng Kinh tế, Hạ tầng và Đô thị"), "P: Phòng Tư pháp; Phòng Kinh tế, Hạ tầng và Đô thị");
}

TEST(Phrases, LabelsOfTimeAndProducts) {
    for (const std::string label : {"Thời gian thực hiện", "Thời gian hoàn thành", "Thời hạn hoàn thành", "Thời hạn thực hiện", "Thời gian", "Thời hạn",
                                    "Tiến độ", "Hoàn thành", "Thời điểm hoàn thành", "Mốc thời gian", "Lộ trình thực hiện", "Tiến độ thực hiện"}) {
        const auto read = activity("- " + label + ": Quý II/2025");
        ASSERT_TRUE(read.deadline) << label;
        EXPECT_EQ(read.deadline->to->iso(), "2025-06-30") << label;
    }
    for (const std::string label : {"Sản phẩm", "Sản phẩm dự kiến", "Sản phẩm đầu ra", "Kết quả dự kiến", "Kết quả", "Đầu ra", "Kết quả cần đạt"})
        EXPECT_THAT(activity("- " + label + ": Quyết định của Chủ tịch UBND; báo cáo").products, ElementsAre("Quyết định của Chủ tịch UBND", "báo cáo"))
            << label;
}

TEST(Phrases, ProductsAreCutAtSemicolonsAlone) {
    EXPECT_THAT(activity("- Sản phẩm: Chiến lược và Kế hoạch; báo cáo, tờ trình.").products, ElementsAre("Chiến lược và Kế hoạch", "báo cáo, tờ trình"));
}

TEST(Phrases, LabelsOfFunding) {
    for (const std::string label : {"Kinh phí", "Kinh phí thực hiện", "Nguồn kinh phí", "Dự toán kinh phí", "Nguồn vốn"})
        for (const std::string source :
             {"theo quy định hiện hành", "bố trí từ nguồn ngân sách nhà nước hằng năm", "theo phân cấp ngân sách",
              "Chi thường xuyên hoặc nguồn vốn hợp pháp khác (nếu có)", "lồng ghép trong các chương trình", "đơn vị chủ động cân đối", "xã hội hóa"}) {
            const auto read = activity("- " + label + ": " + source + ".");
            EXPECT_EQ(read.funding, source) << label;
            EXPECT_FALSE(read.deadline) << source;
        }
}

TEST(Phrases, SentencesOfFunding) {
    for (const std::string said : {"Kinh phí do ngân sách huyện bảo đảm", "Kinh phí thực hiện lồng ghép trong nguồn chi thường xuyên hằng năm",
                                   "Nguồn kinh phí bố trí theo phân cấp ngân sách"}) {
        const auto read = activity("- " + said + ".");
        EXPECT_EQ(read.funding, said);
        EXPECT_EQ(read.content, "");
        EXPECT_FALSE(read.deadline) << said;
    }
    EXPECT_EQ(activity("- Chủ động bố trí kinh phí trong dự toán được giao.").funding, "");  // what a body does
}

TEST(Phrases, TheSectionOfMoney) {
    for (const std::string heading : {"KINH PHÍ", "NGUỒN KINH PHÍ", "KINH PHÍ THỰC HIỆN", "KINH PHÍ TỔ CHỨC THỰC HIỆN", "KINH PHÍ TRIỂN KHAI THỰC HIỆN KẾ HOẠCH",
                                      "ĐIỀU KIỆN BẢO ĐẢM THỰC HIỆN", "DỰ TOÁN KINH PHÍ"}) {
        const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. " + heading +
                               "**\n\n1. Bố trí từ nguồn ngân sách nhà nước hằng năm theo phân cấp ngân sách.\n\n2. Các cơ quan, đơn vị chủ động bố trí "
                               "kinh phí; lồng ghép trong các chương trình; xã hội hóa.\n\n3. Phòng Nội vụ lập dự toán gửi Phòng Tài chính - Kế hoạch thẩm "
                               "định.\n\n**II. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Nội vụ: đôn đốc.\n\n2. Phòng Tư pháp: góp ý.\n");
        ASSERT_EQ(plan.budget.size(), 3u) << heading;
        EXPECT_EQ(plan.budget[1].text, "Các cơ quan, đơn vị chủ động bố trí kinh phí; lồng ghép trong các chương trình; xã hội hóa");
        EXPECT_EQ(plan.budget[2].text, "Phòng Nội vụ lập dự toán gửi Phòng Tài chính - Kế hoạch thẩm định");
        EXPECT_EQ(plan.duties.size(), 2u) << heading;
        EXPECT_TRUE(plan.activities.empty()) << heading;
    }
}

TEST(Phrases, LabelsInBrackets) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n1. Tập huấn (Chủ trì: Phòng Nội vụ; thời gian: tháng 4/2025; sản phẩm: 02 lớp).\n\n"
        "2. Hội thi\n\n*(Đơn vị thực hiện: Phòng Tư pháp (đầu mối); kết quả: 01 hội thi (cấp xã))*\n");
    ASSERT_EQ(plan.activities.size(), 2u);
    EXPECT_EQ(plan.activities[0].title, "Tập huấn");
    EXPECT_THAT(plan.activities[0].leads, ElementsAre("Phòng Nội vụ"));
    EXPECT_THAT(plan.activities[0].products, ElementsAre("02 lớp"));
    EXPECT_THAT(plan.activities[1].products, ElementsAre("01 hội thi (cấp xã)"));
    EXPECT_EQ(plan.activities[1].content, "");
}

TEST(Phrases, ItemsThatBeginWithTheirLabelAreWorks) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n**1. Tuyên truyền trên báo**\n\n1.1. Nội dung: Mở chuyên mục\n\n- Cơ quan chủ trì: "
        "Sở Nội vụ\n\n1.2. Nội dung: Xây dựng video\n\n- Cơ quan chủ trì: Sở Tư pháp\n\n**2. Treo băng rôn**\n\na) Nội dung: 20 băng rôn.\n\nb) Cơ quan "
        "chủ trì: Phòng Y tế.\n");
    ASSERT_EQ(plan.activities.size(), 3u);
    EXPECT_EQ(plan.activities[0].title, "Mở chuyên mục");
    EXPECT_EQ(plan.activities[1].ordinal, "I.1.2");
    EXPECT_THAT(plan.activities[1].leads, ElementsAre("Sở Tư pháp"));
    EXPECT_EQ(plan.activities[2].title, "Treo băng rôn");
    EXPECT_THAT(plan.activities[2].leads, ElementsAre("Phòng Y tế"));
}

TEST(Phrases, PeopleWithTheirPosts) {
    const Form forms[] = {
        {"Ông Nguyễn Văn An, Phó Chủ tịch UBND xã; bà Lê Thị Bình - Công chức Tư pháp",
         "L: Ông Nguyễn Văn An, Phó Chủ tịch UBND xã; bà Lê Thị Bình - Công chức Tư pháp"},
        {"Đ/c Lê Văn Bé, Đ/c Trần Văn Cư", "L: Đ/c Lê Văn Bé; Đ/c Trần Văn Cư"},
        {"Đồng chí Lê Văn Bé - Trưởng Công an xã, Đoàn xã", "L: Đồng chí Lê Văn Bé - Trưởng Công an xã; Đoàn xã"},
    };
    for (const auto& form : forms) EXPECT_EQ(parties(std::string("- Chủ trì: ") + form.printed), form.means) << form.printed;
    EXPECT_EQ(parties("Phân công đồng chí Nguyễn Văn An, Phó Chủ tịch UBND xã phụ trách."), "L: đồng chí Nguyễn Văn An, Phó Chủ tịch UBND xã");
    EXPECT_EQ(parties("Giúp bà con nhân dân, ông bà hiểu rõ; Phòng Tư pháp chủ trì."), "L: Phòng Tư pháp");
}

TEST(Phrases, AColumnOfBodiesWithoutTheirRole) {
    const auto leads = [](const std::string& header, const std::string& cell) {
        const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n| TT | " + header +
                               " | Nhiệm vụ | Thời gian |\n|---|---|---|---|\n| 1 | " + cell + " | Mở lớp | Quý I |\n");
        return plan.activities.size() == 1 ? joined(plan.activities[0].leads, "; ") : "?";
    };
    EXPECT_EQ(leads("Cơ quan, đơn vị", "Phòng Nội vụ, Công an xã"), "Phòng Nội vụ; Công an xã");
    EXPECT_EQ(leads("Đơn vị", "Phòng Nội vụ"), "Phòng Nội vụ");
    EXPECT_EQ(leads("Đơn vị", "lớp"), "");  // what is counted in
}

TEST(Phrases, AmountsHaveTheUnitOfTheirColumn) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n| TT | Nội dung | Chủ trì | Kinh phí (Triệu đồng) |\n|---|---|---|---|\n"
        "| 1 | In tờ rơi | Phòng Nội vụ | 20,5 |\n| 2 | Mở lớp | Phòng Tư pháp | Xã hội hóa |\n");
    ASSERT_EQ(plan.activities.size(), 2u);
    EXPECT_EQ(plan.activities[0].funding, "20,5 triệu đồng");
    EXPECT_EQ(plan.activities[1].funding, "Xã hội hóa");
}

TEST(Phrases, TheRowOfSumsIsNoWork) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n| TT | Nội dung | Chủ trì | Kinh phí |\n|---|---|---|---|\n"
        "| 1 | In tờ rơi | Phòng Nội vụ | 20 triệu đồng |\n| 2 | Tổng hợp tin, bài | Phòng Tư pháp | 5 triệu đồng |\n| | Tổng cộng: | | 25 triệu đồng |\n");
    ASSERT_EQ(plan.activities.size(), 2u);
    EXPECT_EQ(plan.activities[1].title, "Tổng hợp tin, bài");
}

TEST(Phrases, BulletsWithLongDashesStandBelowLetters) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2026**\n\n**I. NỘI DUNG CÔNG VIỆC**\n\n1. Tuyên truyền miệng\n\na) Sinh hoạt chuyên đề tại các chi, tổ, hội:\n\n"
        "– Chủ trì: Hội Nông dân xã.\n\nb) Tập huấn cho Tổ công nghệ số cộng đồng:\n\n– Chủ trì: Phòng Văn hóa – Xã hội.\n");
    ASSERT_EQ(plan.activities.size(), 2u);
    EXPECT_EQ(plan.activities[0].ordinal, "I.1.a");
    EXPECT_THAT(plan.activities[0].leads, ElementsAre("Hội Nông dân xã"));
    EXPECT_THAT(plan.activities[1].leads, ElementsAre("Phòng Văn hóa – Xã hội"));
}

TEST(Phrases, ReportsAndWhoTheyGoTo) {
    const Form forms[] = {
        {"Báo cáo Ủy ban nhân dân tỉnh (qua Sở Nội vụ) trước ngày 15/11 hằng năm.", "Ủy ban nhân dân tỉnh"},
        {"Định kỳ hằng quý gửi kết quả về Phòng Nội vụ để tổng hợp.", "Phòng Nội vụ"},
        {"Báo cáo kết quả về UBND tỉnh (thông qua Sở Nội vụ để tổng hợp).", "UBND tỉnh"},
        {"Báo cáo qua Sở Nội vụ trước ngày 10/12.", "Sở Nội vụ"},
        {"Thông qua Phòng Nội vụ báo cáo UBND thành phố.", "UBND thành phố"},
        {"Kết quả thực hiện gửi về UBND phường qua Phòng Văn hóa - Xã hội.", "UBND phường"},
        {"Gửi Sở Nội vụ (Phòng Cải cách hành chính) để theo dõi, tổng hợp.", "Sở Nội vụ"},
        {"Gửi về Phòng Nội vụ trước ngày 20/11 để tổng hợp.", "Phòng Nội vụ"},
        {"Báo cáo Chủ tịch UBND xã kết quả hằng tuần.", "Chủ tịch UBND xã"},
        {"Thực hiện chế độ báo cáo định kỳ, đột xuất theo quy định.", ""},
        {"Báo cáo đột xuất khi có yêu cầu.", ""},
        {"Lập báo cáo đột xuất, sơ kết, tổng kết gửi Sở Nội vụ.", "Sở Nội vụ"},
        {"Định kỳ lồng ghép vào báo cáo cải cách hành chính, báo cáo Ủy ban nhân dân huyện để theo dõi, tổng hợp.", "Ủy ban nhân dân huyện"},
    };
    for (const auto& form : forms) {
        const auto plan = read(std::string("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Y tế\n\n- ") + form.printed +
                               "\n\n2. Phòng Tư pháp\n\n- Góp ý.\n");
        ASSERT_EQ(plan.reporting.size(), 1u) << form.printed;
        EXPECT_EQ(plan.reporting[0].to, form.means) << form.printed;
    }
}

TEST(Phrases, WhatIsSentIsNotAlwaysAReport) {
    for (const std::string printed : {"Gửi tin, bài về Phòng Nội vụ trước ngày 20 hằng tháng.", "Biên soạn báo cáo chuyên đề phát trên đài.",
                                      "Chủ động xây dựng kế hoạch gửi về Phòng Nội vụ."}) {
        const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Y tế\n\n- " + printed +
                               "\n\n2. Phòng Tư pháp\n\n- Góp ý.\n");
        EXPECT_TRUE(plan.reporting.empty()) << printed;
    }
}

TEST(Phrases, OpenersEndTheBasesAndClosersAreNoDuties) {
    for (const std::string opener : {"Ủy ban nhân dân xã ban hành Kế hoạch tuyên truyền năm 2025 như sau:", "UBND xã xây dựng Kế hoạch, cụ thể như sau:",
                                     "Ủy ban nhân dân xã ban hành Kế hoạch với các nội dung sau:"})
        for (const std::string closer :
             {"Trên đây là Kế hoạch tuyên truyền năm 2025.", "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
              "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, phản ánh về Phòng Nội vụ để xem xét.",
              "Nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Phòng Nội vụ để tổng hợp, báo cáo Ủy ban nhân dân xã."}) {
            const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\nThực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh, " + opener +
                                   "\n\n**I. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Nội vụ\n\n- Đôn đốc.\n\n2. Phòng Tư pháp\n\n- Góp ý.\n\n" + closer + "\n");
            ASSERT_EQ(plan.legal_bases.size(), 1u) << opener;
            EXPECT_EQ(plan.legal_bases[0].text, "Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh") << opener;
            EXPECT_EQ(plan.duties.size(), 2u) << closer;
        }
}

TEST(Phrases, OrdersToMakeAPlanOfOnesOwn) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. TỔ CHỨC THỰC HIỆN**\n\n1. Các cơ quan chuyên môn, đơn vị sự nghiệp và UBND các xã\n\n- Chủ động xây "
        "dựng kế hoạch.\n\n- Xây dựng kế hoạch cụ thể của địa phương, hoàn thành trong tháng 11/2025 gửi về Phòng Nội vụ.\n\n2. Phòng Tư pháp\n\n- Góp ý.\n");
    ASSERT_EQ(plan.duties.size(), 3u);
    EXPECT_THAT(plan.duties[0].units, ElementsAre("Các cơ quan chuyên môn", "đơn vị sự nghiệp", "UBND các xã"));
    EXPECT_FALSE(plan.duties[0].deadline);
    ASSERT_TRUE(plan.duties[1].deadline);
    EXPECT_EQ(plan.duties[1].deadline->to->iso(), "2025-11-30");
    EXPECT_TRUE(plan.reporting.empty());
}

TEST(Phrases, SignatureInOneCell) {
    const struct {
        const char* printed;
        const char* position;
        const char* on_behalf;
    } forms[] = {
        {"**TM. ỦY BAN NHÂN DÂN** **KT. CHỦ TỊCH** **PHÓ CHỦ TỊCH** **Trần Văn Ba**", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH"},
        {"**GIÁM ĐỐC** **Trần Văn Ba**", "GIÁM ĐỐC", ""},
        {"K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN Trần Văn Ba", "PHÓ TRƯỞNG BAN", "K/T TRƯỞNG BAN"},
        {"TL. CHỦ TỊCH CHÁNH VĂN PHÒNG (Đã ký) Trần Văn Ba", "CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH"},
        {"KT. CHỦ TỊCH PHÓ CHỦ TỊCH THƯỜNG TRỰC Trần Văn Ba", "PHÓ CHỦ TỊCH THƯỜNG TRỰC", "KT. CHỦ TỊCH"},
        {"TL. CHỦ TỊCH GIÁM ĐỐC SỞ NỘI VỤ Trần Văn Ba", "GIÁM ĐỐC SỞ NỘI VỤ", "TL. CHỦ TỊCH"},
    };
    for (const auto& form : forms) {
        const auto plan = read(std::string("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. MỤC ĐÍCH**\n\n- Một.\n\n| Nơi nhận: - UBND tỉnh (b/c); - "
                                           "Lưu: VT. | ") +
                               form.printed + " |\n|---|---|\n");
        ASSERT_TRUE(plan.document.signature) << form.printed;
        EXPECT_EQ(plan.document.signature->name, "Trần Văn Ba") << form.printed;
        EXPECT_EQ(plan.document.signature->position, form.position);
        EXPECT_EQ(plan.document.signature->on_behalf, form.on_behalf);
        EXPECT_THAT(testing::texts(plan.document.recipients), ElementsAre("UBND tỉnh (b/c)", "Lưu: VT"));
    }
}

TEST(Phrases, RecipientsStayAsPrinted) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. MỤC ĐÍCH**\n\n- Một.\n\n**Nơi nhận:**\n- TTUB: CT, các PCT;\n- VPUB: CVP, các PCVP;\n"
        "- CT, các PCT UBND tỉnh;\n- TT.TU, TT HĐND tỉnh;\n- PCT/UBND;\n- TT PV HCC;\n- Trung tâm CB-TH tỉnh;\n- Bộ Nội vụ (b/c);\n"
        "- TT/Thành ủy;\n- Cổng TTĐT tỉnh;\n- UB MTTQ (để ph/h);\n- Như Điều 3;\n- Lưu: VT, (KSTT/Tr), NV (V-10b), HCC3 (cn 02b).\n\n**CHỦ TỊCH**\n\n**Lê An**\n");
    EXPECT_THAT(testing::texts(plan.document.recipients), ElementsAre("TTUB: CT, các PCT", "VPUB: CVP, các PCVP", "CT, các PCT UBND tỉnh", "TT.TU, TT HĐND tỉnh", "PCT/UBND",
                                                      "TT PV HCC", "Trung tâm CB-TH tỉnh", "Bộ Nội vụ (b/c)", "TT/Thành ủy", "Cổng TTĐT tỉnh", "UB MTTQ (để ph/h)",
                                                      "Như Điều 3", "Lưu: VT, (KSTT/Tr), NV (V-10b), HCC3 (cn 02b)"));
}

}  // namespace
}  // namespace loa::plan
