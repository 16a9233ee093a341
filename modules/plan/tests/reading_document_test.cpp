// Legal bases, sections, duties, recipients: read from whole documents (contract 1-8 and "Duties").
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/text.h"
#include "loa/formats/markdown.h"
#include "loa/plan/reading.h"
#include "support/texts.h"

namespace loa::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ParsedPlan read(std::string_view markdown) {
    const auto document = formats::read_markdown(markdown);
    EXPECT_TRUE(document);
    return read_plan(*document, AgencyNames());
}

ParsedPlan read_opening(const std::string& opening) {
    return read("**KẾ HOẠCH**\n\n**Tuyên truyền cải cách hành chính năm 2025**\n\n" + opening + "\n\n**I. MỤC ĐÍCH**\n\n- Một.\n");
}

std::vector<std::string> bases(const std::string& opening) {
    std::vector<std::string> out;
    for (const auto& basis : read_opening(opening).legal_bases)
        out.push_back(fmt::format("{} {}/{}/{}", basis.number.empty() ? "-" : basis.number, basis.date.day.value_or(0),
                                  basis.date.month.value_or(0), basis.date.year.value_or(0)));
    return out;
}

TEST(LegalBases, OneForEachDocumentThatIsNamed) {
    EXPECT_THAT(bases("Căn cứ Quyết định số 2077/QĐ-UBND-HC ngày 19 tháng 10 năm 2021 của Ủy ban nhân dân Thành phố, ban hành Kế hoạch "
                      "cải cách hành chính; Kế hoạch số 114/KH-UBND ngày 11 tháng 01 năm 2024 của Ủy ban nhân dân Thành phố. Ủy ban "
                      "nhân dân Thành phố ban hành Kế hoạch như sau:"),
                ElementsAre("2077/QĐ-UBND-HC 19/10/2021", "114/KH-UBND 11/1/2024"));
    EXPECT_THAT(bases("Thực hiện Quyết định số 1001/QĐ-BNV ngày 11/12/2023 của Bộ Nội vụ và Kế hoạch số 102/KH-UBND ngày 27/12/2024 của "
                      "Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch, cụ thể như sau:"),
                ElementsAre("1001/QĐ-BNV 11/12/2023", "102/KH-UBND 27/12/2024"));
    EXPECT_THAT(bases("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 của Quốc hội;\n\nCăn cứ Luật Phổ biến, giáo dục pháp luật;"
                      "\n\nThực hiện Chỉ thị số 05-CT/TU ngày 02/3/2025 của Tỉnh ủy;"),
                ElementsAre("72/2025/QH15 0/0/0", "- 0/0/0", "05-CT/TU 2/3/2025"));
    EXPECT_THAT(bases("Theo Kế hoạch số 397/KH-UBND tháng 02 năm 2023 của UBND tỉnh;"), ElementsAre("397/KH-UBND 0/2/2023"));
    EXPECT_THAT(bases("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025 và Luật Báo chí ngày 05 tháng 4 năm 2016;"),
                ElementsAre("- 19/2/2025", "- 5/4/2016"));
}

TEST(LegalBases, OpinionsAndListsThatShareAKind) {
    EXPECT_THAT(bases("Theo đề nghị của Sở Tư pháp tại Tờ trình số 266/TTr-STP ngày 29/8/2025 và ý kiến của Sở Nội vụ tại Công văn số "
                      "3315/SNV-CCHC ngày 03/9/2025;"),
                ElementsAre("266/TTr-STP 29/8/2025", "3315/SNV-CCHC 3/9/2025"));
    EXPECT_THAT(bases("Thực hiện Thông báo kết luận số 15-TB/TU ngày 01/02/2025 của Thường trực Tỉnh ủy và ý kiến chỉ đạo của Chủ tịch UBND "
                      "tỉnh tại Công văn số 77/UBND-NC ngày 03/02/2025;"),
                ElementsAre("15-TB/TU 1/2/2025", "77/UBND-NC 3/2/2025"));
    for (const std::string mark : {",", ";"})
        EXPECT_THAT(bases("Căn cứ các Quyết định của Thủ tướng Chính phủ: số 06/QĐ-TTg ngày 06/01/2022 phê duyệt Đề án" + mark +
                          " số 749/QĐ-TTg ngày 03/6/2020 phê duyệt Chương trình;"),
                    ElementsAre("06/QĐ-TTg 6/1/2022", "749/QĐ-TTg 3/6/2020"));
    EXPECT_THAT(bases("Tiếp theo Công văn số 12/UBND-NC ngày 03/02/2025 của UBND tỉnh;\n\nĐể thực hiện tốt Nghị quyết số 76/NQ-CP ngày 15/7/2021;"),
                ElementsAre("12/UBND-NC 3/2/2025", "76/NQ-CP 15/7/2021"));
}

TEST(LegalBases, NumbersBehindWhatNarrowsTheKind) {
    EXPECT_THAT(bases("Thực hiện Thông báo kết luận số 45-TB/ĐU ngày 03 tháng 9 năm 2025 của Ban Thường vụ Đảng ủy xã;"), ElementsAre("45-TB/ĐU 3/9/2025"));
    EXPECT_THAT(bases("Căn cứ Kế hoạch liên tịch số 12/KHLT-SNV-TĐ ngày 05/01/2025; Quyết định của Thủ tướng Chính phủ số 766/QĐ-TTg ngày 23/6/2022;"),
                ElementsAre("12/KHLT-SNV-TĐ 5/1/2025", "766/QĐ-TTg 23/6/2022"));
    EXPECT_THAT(bases("Căn cứ Quyết định ban hành Đề án tuyên truyền thực hiện Nghị quyết số 76/NQ-CP;"), ElementsAre("- 0/0/0"));
    const auto subject = read_opening("Thực hiện Công văn số 1234/SNV-CCHC ngày 15/01/2025 của Sở Nội vụ V/v xây dựng kế hoạch tuyên truyền;").legal_bases;
    ASSERT_EQ(subject.size(), 1u);
    EXPECT_EQ(subject[0].issuer, "Sở Nội vụ");
}

TEST(LegalBases, WhatATitleQuotesIsNone) {
    EXPECT_THAT(bases("Căn cứ Quyết định số 876/QĐ-UBND ngày 14 tháng 4 năm 2021 của Ủy ban nhân dân tỉnh ban hành Chương trình thực hiện "
                      "Nghị quyết số 76/NQ-CP;"),
                ElementsAre("876/QĐ-UBND 14/4/2021"));
    EXPECT_THAT(bases("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 91/TTr-SNV ngày 18 tháng 02 năm 2022."),
                ElementsAre("91/TTr-SNV 18/2/2022"));
    EXPECT_THAT(bases("Căn cứ chức năng, nhiệm vụ được giao và tình hình thực tế tại địa phương;"), IsEmpty());
}

/// "position / name" of a plan signed with these lines.
std::string signer(std::string_view lines) {
    std::string markdown = "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. MỤC ĐÍCH**\n\n- Một.\n\n**Nơi gửi:**\n\n- Lưu: VT.\n\n";
    for (const auto line : split(lines, '|')) markdown += fmt::format("**{}**\n\n", line);
    const auto plan = read(markdown + "**Trần Văn Ba**\n");
    EXPECT_THAT(testing::texts(plan.document.recipients), ElementsAre("Lưu: VT"));
    const auto& signature = plan.document.signature;
    return signature ? signature->authority + "/" + signature->on_behalf + "/" + signature->position + "/" + signature->name : "none";
}

TEST(Closing, PostsWithWhatNarrowsThem) {
    EXPECT_EQ(signer("KT. TRƯỞNG BAN|PHÓ TRƯỞNG BAN THƯỜNG TRỰC"), "/KT. TRƯỞNG BAN/PHÓ TRƯỞNG BAN THƯỜNG TRỰC/Trần Văn Ba");
    EXPECT_EQ(signer("PHÓ CHỦ TỊCH|THƯỜNG TRỰC"), "//PHÓ CHỦ TỊCH THƯỜNG TRỰC/Trần Văn Ba");
    for (const std::string post : {"QUYỀN CHỦ TỊCH", "Q. CHỦ TỊCH", "Q. GIÁM ĐỐC", "CHI CỤC TRƯỞNG", "TỔNG GIÁM ĐỐC", "PHÓ CHÁNH VĂN PHÒNG PHỤ TRÁCH", "THỦ TRƯỞNG ĐƠN VỊ"})
        EXPECT_EQ(signer(post), "//" + post + "/Trần Văn Ba");
    for (const std::string post : {"TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI", "GIÁM ĐỐC SỞ NỘI VỤ", "TRƯỞNG PHÒNG NỘI VỤ"})
        EXPECT_EQ(signer("TL. CHỦ TỊCH|" + post), "/TL. CHỦ TỊCH/" + post + "/Trần Văn Ba");
    EXPECT_EQ(signer("T/M BAN THƯỜNG VỤ|PHÓ BÍ THƯ THƯỜNG TRỰC"), "T/M BAN THƯỜNG VỤ//PHÓ BÍ THƯ THƯỜNG TRỰC/Trần Văn Ba");
    EXPECT_EQ(signer("TM. BAN CHỈ ĐẠO|TRƯỞNG BAN|CHỦ TỊCH UBND PHƯỜNG"), "TM. BAN CHỈ ĐẠO//TRƯỞNG BAN/Trần Văn Ba");
    EXPECT_EQ(signer("TM. BAN THƯỜNG TRỰC|CHỦ TỊCH"), "TM. BAN THƯỜNG TRỰC//CHỦ TỊCH/Trần Văn Ba");
}

TEST(Header, AJointPlanKeepsItsKindOutOfTheTitle) {
    EXPECT_EQ(read("**KẾ HOẠCH PHỐI HỢP**\n\n**Tuyên truyền chuyển đổi số năm 2025**\n\n**I. MỤC ĐÍCH**\n\n- Một.\n").document.title, "Tuyên truyền chuyển đổi số năm 2025");
}

/// "ordinal group > title: content [leads] [products]" of each row below the header TT, Nội dung, Chủ trì, Sản phẩm.
std::vector<std::string> rows(const std::string& rows) {
    const auto plan = read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. NHIỆM VỤ**\n\n| TT | Nội dung | Bộ phận tham mưu | Yêu cầu kết quả |\n|---|---|---|---|\n" + rows);
    std::vector<std::string> out;
    for (const auto& row : plan.activities)
        out.push_back(fmt::format("{} {}> {}: {} [{}] [{}]", row.ordinal, row.group, row.title, row.content, joined(row.leads, "; "), joined(row.products, "; ")));
    return out;
}

TEST(Tables, RowsThatAreNoWork) {
    for (const std::string numbers : {"| (1) | (2) | (3) | (4) |\n", "| 1 | 2 | 3 | 4 |\n", "| A | B | 1 | 2 |\n"})
        EXPECT_THAT(rows(numbers + "| 1 | Mở lớp | Công an xã | 02 lớp |\n| … | … | … | … |\n"), ElementsAre("I.1 > Mở lớp:  [Công an xã] [02 lớp]")) << numbers;
    EXPECT_THAT(rows("| 1 | Trực tiếp | | |\n| a | Mở lớp | Công an xã | |\n| 2 | Phát tờ rơi | Công an xã | … |\n"),
                ElementsAre("I.1.a Trực tiếp> Mở lớp:  [Công an xã] []", "I.2 > Phát tờ rơi:  [Công an xã] []"));
    EXPECT_THAT(rows("| 1 | Tập huấn<br>- Mời giảng viên<br>- 03 lớp | Quý II | |\n"), ElementsAre("I.1 > Tập huấn: Mời giảng viên; 03 lớp [] []"));
}

constexpr std::string_view kPlan = R"(
**UBND TỈNH ĐỒNG THÁP**
**ỦY BAN NHÂN DÂN THÀNH PHỐ HỒNG NGỰ**

Số: .../KH-UBND

*Hồng Ngự, ngày ... tháng 01 năm 2024*

**KẾ HOẠCH**

**Tuyên truyền cải cách hành chính năm 2024**

Căn cứ Kế hoạch số 114/KH-UBND ngày 11 tháng 01 năm 2024 của Ủy ban nhân dân Thành phố.

**I. QUAN ĐIỂM, MỤC TIÊU**

1. Quan điểm: Lấy người dân làm trung tâm.

2. Mục tiêu cụ thể: 100% công chức được quán triệt.

**II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN**

1. Nội dung

- Bộ thủ tục hành chính;

2. Hình thức

Qua loa truyền thanh. Qua mạng xã hội.

**II. NHIỆM VỤ TRỌNG TÂM**

1. Tập huấn

a) Nhiệm vụ: Mở 02 lớp.

b) Cơ quan thực hiện:

- Đơn vị chủ trì: Phòng Nội vụ

- Đơn vị phối hợp: Phòng Tư pháp

c) Thời gian thực hiện: Quý II

d) Sản phẩm: Tài liệu; báo cáo

**V. TỔ CHỨC THỰC HIỆN**

**1. Phòng Nội vụ** có trách nhiệm:

- Theo dõi, đôn đốc.
- Báo cáo Ủy ban nhân dân Thành phố trước ngày 10/12.

**2. Trách nhiệm của Phòng Kinh tế, Hạ tầng và Đô thị**

Bố trí kinh phí.

3. Đề nghị Ủy ban MTTQ Việt Nam Thành phố: Vận động nhân dân.

4. Trưởng các khóm thông báo đến từng hộ.

Trên đây là Kế hoạch tuyên truyền; các đơn vị thực hiện./.

**Nơi nhận:**
- Sở Nội vụ (b/c);
- Các cơ quan, đơn vị;
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN**
**KT. CHỦ TỊCH**
**PHÓ CHỦ TỊCH**

*(Đã ký)*

**Phạm Tấn Đạt**
)";

TEST(Sections, AreReadByTheSenseOfTheirHeadings) {
    const ParsedPlan plan = read(kPlan);
    EXPECT_EQ(plan.document.issuer, "Ủy ban nhân dân thành phố Hồng Ngự");
    EXPECT_EQ(plan.document.symbol, "KH-UBND");
    EXPECT_EQ(plan.document.place, "Hồng Ngự");
    EXPECT_EQ(plan.document.date, (PartialDate{std::nullopt, 1, 2024}));
    EXPECT_EQ(plan.document.title, "Tuyên truyền cải cách hành chính năm 2024");
    ASSERT_EQ(plan.objectives.size(), 1u);
    EXPECT_EQ(plan.objectives[0].text, "100% công chức được quán triệt");
    ASSERT_EQ(plan.themes.size(), 1u);
    EXPECT_EQ(plan.channels.size(), 2u);
    ASSERT_EQ(plan.activities.size(), 1u);
    const ParsedActivity& activity = plan.activities[0];
    EXPECT_EQ(activity.ordinal, "II.1");
    EXPECT_THAT(activity.leads, ElementsAre("Phòng Nội vụ"));
    EXPECT_THAT(activity.partners, ElementsAre("Phòng Tư pháp"));
    EXPECT_THAT(activity.products, ElementsAre("Tài liệu", "báo cáo"));
    ASSERT_TRUE(activity.deadline);
    EXPECT_EQ(activity.deadline->to->iso(), "2024-06-30");
    ASSERT_EQ(activity.targets.size(), 1u);
    EXPECT_EQ(activity.targets[0].value, 2);
}

TEST(Sections, ThatShareOutWorkHoldWork) {
    const auto of = [](const std::string& heading, const std::string& items) {
        return read("**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. " + heading + "**\n\n" + items +
                    "\n\n**II. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Nội vụ: tham mưu.\n\n2. Phòng Tư pháp: góp ý.\n");
    };
    const std::string told = "1. Mở chuyên mục. Giao Phòng Nội vụ chủ trì.\n\n2. Tổ chức hội thi. Giao Phòng Tư pháp chủ trì.";
    const std::string labelled = "1. Mở chuyên mục\n\n- Chủ trì: Phòng Nội vụ.\n\n2. Tổ chức hội thi\n\n- Chủ trì: Phòng Tư pháp.";
    for (const std::string heading : {"NỘI DUNG", "NỘI DUNG KẾ HOẠCH", "PHÂN CÔNG NHIỆM VỤ", "NỘI DUNG TUYÊN TRUYỀN VÀ PHÂN CÔNG THỰC HIỆN"})
        for (const auto& items : {told, labelled}) {
            const auto plan = of(heading, items);
            EXPECT_EQ(plan.activities.size(), 2u) << heading;
            EXPECT_THAT(plan.themes, IsEmpty()) << heading;
            EXPECT_EQ(plan.duties.size(), 2u) << heading;
        }
    const auto offices = of("PHÂN CÔNG NHIỆM VỤ", "1. Phòng Nội vụ: theo dõi, đôn đốc.\n\n2. Giao Phòng Tư pháp chủ trì góp ý.");
    EXPECT_THAT(offices.activities, IsEmpty());
    EXPECT_EQ(offices.duties.size(), 4u);
    const auto themes = of("NỘI DUNG TUYÊN TRUYỀN", "1. Kết quả cải cách hành chính.\n\n2. Cách nộp hồ sơ qua mạng.");
    EXPECT_EQ(themes.themes.size(), 2u);
}

TEST(Sections, LoseTheirOwnLabelAndNoOther) {
    const auto plan = read(
        "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\n**I. HÌNH THỨC VÀ THỜI GIAN TUYÊN TRUYỀN**\n\n1. Hình thức: qua đài, báo.\n\n"
        "2. Hình thức trực quan: pa nô.\n\n3. Thời gian: Thường xuyên.\n");
    ASSERT_EQ(plan.channels.size(), 2u);
    EXPECT_EQ(plan.channels[0].text, "qua đài, báo");
    EXPECT_EQ(plan.channels[1].text, "Hình thức trực quan: pa nô");
}

TEST(Duties, BelongToTheAgencyOfTheirHeading) {
    std::vector<std::string> duties;
    for (const auto& duty : read(kPlan).duties) duties.push_back(joined(duty.units, "+") + ": " + duty.text);
    EXPECT_THAT(duties, ElementsAre("Phòng Nội vụ: Theo dõi, đôn đốc",
                                    "Phòng Nội vụ: Báo cáo Ủy ban nhân dân Thành phố trước ngày 10/12",
                                    "Phòng Kinh tế, Hạ tầng và Đô thị: Bố trí kinh phí",
                                    "Ủy ban MTTQ Việt Nam Thành phố: Vận động nhân dân",
                                    "Trưởng các khóm: Trưởng các khóm thông báo đến từng hộ"));
}

constexpr std::string_view kTable = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"
                                    "| **I** | **TUYÊN TRUYỀN** | | |\n"
                                    "| 1 | Làm 10 bài truyền thanh | Phòng Văn hóa - Xã hội | Quý II/2026 |\n";
constexpr std::string_view kAgencies = "**V. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Văn hóa - Xã hội\n\n- Theo dõi việc thực hiện.\n\n"
                                       "2. Công an xã\n\n- Giữ trật tự các buổi tuyên truyền.\n\n";

TEST(Duties, StayDutiesInFrontOfAnAnnexWithoutASignature) {
    const auto plan = read(std::string("# KẾ HOẠCH\n\n**Tuyên truyền năm 2026**\n\n") + std::string(kAgencies) + "**PHỤ LỤC**\n\n**DANH MỤC NHIỆM VỤ**\n\n" +
                           std::string(kTable));
    ASSERT_EQ(plan.duties.size(), 2u);
    EXPECT_THAT(plan.duties[1].units, ElementsAre("Công an xã"));
    ASSERT_EQ(plan.activities.size(), 1u);
    EXPECT_EQ(plan.activities[0].ordinal, "PL.I.1");
    EXPECT_THAT(plan.activities[0].leads, ElementsAre("Phòng Văn hóa - Xã hội"));
}

TEST(Duties, StayDutiesBesideATableInTheirSection) {
    const auto plan = read(std::string("# KẾ HOẠCH\n\n**Tuyên truyền năm 2026**\n\n") + std::string(kAgencies) + "3. Trạm Y tế xã\n\nThực hiện theo bảng sau:\n\n" +
                           std::string(kTable));
    EXPECT_EQ(plan.duties.size(), 3u);
    ASSERT_EQ(plan.activities.size(), 1u);
    EXPECT_EQ(plan.activities[0].title, "Làm 10 bài truyền thanh");
}

TEST(Heading, IsReadAsItWasTyped) {
    const struct {
        const char* heading;
        const char* number;
        const char* symbol;
        const char* issuer;
        const char* place;
    } forms[] = {
        {"UỶ BAN NHÂN DÂN\n\nTHỊ XÃ DUYÊN HẢI\n\nSố: 77 /KH - UBND\n\nDuyên Hải, ngày 03 tháng 4 năm 2024", "77", "KH-UBND",
         "Ủy ban nhân dân thị xã Duyên Hải", "Duyên Hải"},
        {"**HUYỆN ỦY THANH BÌNH**\n\n**BAN TUYÊN GIÁO**\n\nSố 45-KH/BTGHU\n\nThanh Bình, ngày 02 tháng 3 năm 2024", "45", "KH/BTGHU", "Ban Tuyên giáo",
         "Thanh Bình"},
        {"| **ỦY BAN NHÂN DÂN** **TỈNH GIA LAI** Số: 1234/KH-UBND | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** **Độc lập - Tự do - Hạnh phúc** *Gia Lai, "
         "ngày 17 tháng 11 năm 2024* |\n|---|---|",
         "1234", "KH-UBND", "Ủy ban nhân dân tỉnh Gia Lai", "Gia Lai"},
        {"**UBND TỈNH QUẢNG TRỊ**\n\n**VĂN PHÒNG**\n\nSố:       /KH-VP\n\nQuảng Trị, ngày ….. tháng ….. năm 2024", "", "KH-VP",
         "Văn phòng Ủy ban nhân dân tỉnh Quảng Trị", "Quảng Trị"},
    };
    for (const auto& form : forms) {
        const auto header = read(std::string(form.heading) + "\n\n**KẾ HOẠCH**\n\n**Tuyên truyền năm 2024**\n\n**I. MỤC ĐÍCH**\n\n- Một.\n").document;
        EXPECT_EQ(header.number, form.number) << form.heading;
        EXPECT_EQ(header.symbol, form.symbol) << form.heading;
        EXPECT_EQ(header.issuer, form.issuer) << form.heading;
        EXPECT_EQ(header.place, form.place) << form.heading;
        EXPECT_EQ(header.date.year, 2024) << form.heading;
        EXPECT_EQ(header.title, "Tuyên truyền năm 2024") << form.heading;
    }
}

TEST(Closing, GivesRecipientsAndSigner) {
    const ParsedHeader header = read(kPlan).document;
    EXPECT_THAT(testing::texts(header.recipients), ElementsAre("Sở Nội vụ (b/c)", "Các cơ quan, đơn vị", "Lưu: VT"));
    ASSERT_TRUE(header.signature);
    EXPECT_EQ(header.signature->authority, "TM. ỦY BAN NHÂN DÂN");
    EXPECT_EQ(header.signature->on_behalf, "KT. CHỦ TỊCH");
    EXPECT_EQ(header.signature->position, "PHÓ CHỦ TỊCH");
    EXPECT_EQ(header.signature->name, "Phạm Tấn Đạt");
}

// What the review page shows beside each field must hold the words of that field.
TEST(Header, SaysWhereEachFieldStands) {
    const auto document = *formats::read_markdown(kPlan);
    const ParsedHeader header = read(kPlan).document;
    const auto printed = [&](HeadField field) {
        std::string text;
        for (const auto& [read, lines] : header.fields)
            if (read == field)
                for (int line = lines.first; line <= lines.last; ++line) text += document.lines[static_cast<std::size_t>(line) - 1] + " ";
        return fold(text);
    };
    const auto holds = [&](HeadField field, const std::string& words) { return printed(field).find(fold(words)) != std::string::npos; };
    EXPECT_TRUE(holds(HeadField::Number, header.number)) << printed(HeadField::Number);
    EXPECT_TRUE(holds(HeadField::Symbol, header.symbol)) << printed(HeadField::Symbol);
    EXPECT_TRUE(holds(HeadField::Issuer, header.issuer)) << printed(HeadField::Issuer);
    EXPECT_TRUE(holds(HeadField::Place, header.place)) << printed(HeadField::Place);
    EXPECT_TRUE(holds(HeadField::Date, std::to_string(*header.date.year))) << printed(HeadField::Date);
    EXPECT_TRUE(holds(HeadField::Type, header.type)) << printed(HeadField::Type);
    EXPECT_TRUE(holds(HeadField::Title, header.title.substr(0, 20))) << printed(HeadField::Title);
    EXPECT_TRUE(holds(HeadField::Signature, header.signature->position)) << printed(HeadField::Signature);
    EXPECT_TRUE(holds(HeadField::Signature, header.signature->name)) << printed(HeadField::Signature);
    EXPECT_TRUE(printed(HeadField::Decision).empty());
    for (const auto& recipient : header.recipients)
        EXPECT_NE(document.lines[static_cast<std::size_t>(recipient.source.first) - 1].find(recipient.text), std::string::npos) << recipient.text;
}

TEST(Reporting, NamesWhoIsReportedToAndWhen) {
    const auto reports = read(kPlan).reporting;
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].to, "Ủy ban nhân dân Thành phố");
    ASSERT_TRUE(reports[0].deadline);
    EXPECT_EQ(reports[0].deadline->to->iso(), "2024-12-10");
}

TEST(Warnings, SayWhatIsMissing) {
    std::vector<std::string> codes;
    for (const auto& warning : read(kPlan).warnings) codes.push_back(warning.code);
    EXPECT_THAT(codes, ElementsAre("missing_number", "missing_date", "duplicate_ordinal", "skipped_ordinal"));
}

}  // namespace
}  // namespace loa::plan
