// Who has a duty: headings inside and outside the vocabulary, and sentences that address bodies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/formats/markdown.h"
#include "loa/plan/reading.h"

namespace loa::plan {
namespace {

using testing::ElementsAre;

/// "A+B: text" for each duty of a section of agencies.
std::vector<std::string> duties(const std::string& section) {
    const auto document = formats::read_markdown("**KẾ HOẠCH**\n\n**Tuyên truyền cải cách hành chính năm 2025**\n\n"
                                                 "**I. MỤC ĐÍCH**\n\n- Một.\n\n**II. TỔ CHỨC THỰC HIỆN**\n\n" + section + "\n");
    std::vector<std::string> out;
    for (const auto& duty : read_plan(*document, AgencyNames()).duties) {
        std::string line;
        for (const auto& unit : duty.units) line += line.empty() ? unit : "+" + unit;
        out.push_back(line + ": " + duty.text);
    }
    return out;
}

TEST(Duties, ASentenceOfResponsibilityIsADuty) {
    EXPECT_THAT(duties("- Công an phường có trách nhiệm bảo đảm an ninh.\n- Phòng Kinh tế thẩm định dự toán."),
                ElementsAre("Công an phường: Công an phường có trách nhiệm bảo đảm an ninh", "Phòng Kinh tế: Phòng Kinh tế thẩm định dự toán"));
    EXPECT_THAT(duties("1. Công an phường có nhiệm vụ bảo đảm an ninh; đôn đốc.\n\n2. Phòng Kinh tế có trách nhiệm cân đối kinh phí."),
                ElementsAre("Công an phường: Công an phường có nhiệm vụ bảo đảm an ninh; đôn đốc",
                            "Phòng Kinh tế: Phòng Kinh tế có trách nhiệm cân đối kinh phí"));
    EXPECT_THAT(duties("Công an phường có trách nhiệm:\n\n- Bảo đảm an ninh.\n- Đôn đốc."),
                ElementsAre("Công an phường: Bảo đảm an ninh", "Công an phường: Đôn đốc"));
    EXPECT_THAT(duties("### 1. Phòng Kinh tế được giao chủ trì\n\n- Tham mưu kinh phí.\n- Đôn đốc."),
                ElementsAre("Phòng Kinh tế: Tham mưu kinh phí", "Phòng Kinh tế: Đôn đốc"));
    EXPECT_THAT(duties("- Phòng Nội vụ là cơ quan thường trực, theo dõi Kế hoạch.\n- Công an xã bảo đảm an ninh."),
                ElementsAre("Phòng Nội vụ: Phòng Nội vụ là cơ quan thường trực, theo dõi Kế hoạch", "Công an xã: Công an xã bảo đảm an ninh"));
}

// Who leads is said once, above; those that the sentence names take part, or are advised.
TEST(Duties, TheyMayBeginWithTheRole) {
    for (const std::string heading : {"### 1. Phòng Nội vụ", "1. Phòng Nội vụ:", "**1. Phòng Nội vụ**"})
        EXPECT_THAT(duties(heading + "\n\n- Chủ trì, phối hợp với Phòng Tư pháp mở lớp tập huấn.\n"
                                     "- Chủ trì, tham mưu Ủy ban nhân dân xã ban hành văn bản."),
                    ElementsAre("Phòng Nội vụ: Chủ trì, phối hợp với Phòng Tư pháp mở lớp tập huấn",
                                "Phòng Nội vụ: Chủ trì, tham mưu Ủy ban nhân dân xã ban hành văn bản"));
    EXPECT_THAT(duties("1. Phòng Nội vụ: Chủ trì, tham mưu Ủy ban nhân dân xã ban hành văn bản.\n\n"
                       "2. Phòng Kinh tế: Chủ trì, phối hợp với Công an xã kiểm tra."),
                ElementsAre("Phòng Nội vụ: Chủ trì, tham mưu Ủy ban nhân dân xã ban hành văn bản",
                            "Phòng Kinh tế: Chủ trì, phối hợp với Công an xã kiểm tra"));
}

TEST(Duties, ARateOfWhatIsCountedIsNoDeadline) {
    const auto deadline = [](const std::string& duty) {
        const auto document = formats::read_markdown("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. TỔ CHỨC THỰC HIỆN**\n\n1. Công an xã\n\n- " + duty + "\n");
        const auto plan = read_plan(*document, AgencyNames());
        return plan.duties.size() == 1 && plan.duties.front().deadline ? plan.duties.front().deadline->text : std::string();
    };
    EXPECT_EQ(deadline("Phát ít nhất 02 chương trình mỗi tháng; xây dựng tin, bài."), "");
    EXPECT_EQ(deadline("Phát ít nhất 02 chương trình mỗi tháng, báo cáo trước ngày 15/6/2025."), "trước ngày 15/6/2025");
    EXPECT_EQ(deadline("Mỗi tháng rà soát một lần."), "Mỗi tháng");
}

TEST(Duties, BodiesJoinedBySemicolonsAreAllAddressed) {
    EXPECT_THAT(duties("Thủ trưởng các phòng, ban, ngành; Chủ tịch UBND các xã, phường căn cứ Kế hoạch tổ chức thực hiện."),
                ElementsAre("Thủ trưởng các phòng, ban, ngành+Chủ tịch UBND các xã, phường: Thủ trưởng các phòng, ban, ngành; Chủ tịch UBND "
                            "các xã, phường căn cứ Kế hoạch tổ chức thực hiện"));
    EXPECT_THAT(duties("- Giao Sở Nội vụ; Sở Tài chính tham mưu kinh phí.\n- Sở Tư pháp đôn đốc; Sở Nội vụ tổng hợp."),
                ElementsAre("Sở Nội vụ+Sở Tài chính: Giao Sở Nội vụ; Sở Tài chính tham mưu kinh phí",
                            "Sở Tư pháp: Sở Tư pháp đôn đốc; Sở Nội vụ tổng hợp"));
}

TEST(Duties, ABodyThatLeadsOthersIsAloneAddressed) {
    EXPECT_THAT(duties("Đề nghị Đảng ủy UBND tỉnh lãnh đạo Sở Nội vụ, Sở Khoa học và Công nghệ cung cấp số liệu."),
                ElementsAre("Đảng ủy UBND tỉnh: Đề nghị Đảng ủy UBND tỉnh lãnh đạo Sở Nội vụ, Sở Khoa học và Công nghệ cung cấp số liệu"));
}

TEST(Duties, AShortHeadingNamesTheUnitInTheVocabularyOrNot) {
    for (const std::string name : {"Giáo viên chủ nhiệm", "Nhà thiếu nhi", "Đại biểu HĐND phường", "Kế toán nhà trường"})
        for (const std::string mark : {"### 1. %", "1. %", "1. %:", "**1. %**", "**%**"}) {
            std::string heading = mark;
            heading.replace(heading.find('%'), 1, name);
            EXPECT_THAT(duties(heading + "\n\n- Duyệt nội dung.\n- Chấm bài."), ElementsAre(name + ": Duyệt nội dung", name + ": Chấm bài"));
        }
    EXPECT_THAT(duties("### 1. Đoàn Thanh niên, giáo viên chủ nhiệm\n\n- Ký cam kết."), ElementsAre("Đoàn Thanh niên+giáo viên chủ nhiệm: Ký cam kết"));
    for (const std::string topic : {"Kiểm tra, giám sát", "Chế độ báo cáo", "Kinh phí thực hiện", "Công tác tuyên truyền"})
        EXPECT_THAT(duties("### 1. " + topic + "\n\n- Duyệt nội dung.\n- Chấm bài."), ElementsAre()) << topic;
}

}  // namespace
}  // namespace loa::plan
