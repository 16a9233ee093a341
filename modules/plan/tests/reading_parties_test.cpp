// Names of bodies and what they do (contract 9-11).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading/parties.h"

namespace loa::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::vector<std::string>;

const AgencyNames& no_names() {
    static const AgencyNames none;
    return none;
}

Parties sentence(std::string_view printed) {
    lexicon();
    const Text text{std::string(printed)};
    return read_parties(AgencyReader(no_names()), text, 0, text.size());
}

Parties field(Label label, std::string_view printed) {
    lexicon();
    const Text text{std::string(printed)};
    Parties parties;
    read_party_field(AgencyReader(no_names()), label, text, 0, text.size(), parties);
    return parties;
}

TEST(Parties, WhatABodyIsAskedToDoIsNoName) {
    const Parties parties = field(Label::Partner, "Trạm Y tế xã, Công an xã; đề nghị Bưu điện khu vực phối hợp nhận và chuyển trả hồ sơ");
    EXPECT_THAT(parties.partners, ElementsAre("Trạm Y tế xã", "Công an xã"));
    EXPECT_THAT(parties.requested, ElementsAre("Bưu điện khu vực"));
    const Parties more = field(Label::Partner, "Đề nghị Báo Đồng Tháp phối hợp đưa tin và chụp ảnh, Phòng Nội vụ");
    EXPECT_THAT(more.requested, ElementsAre("Báo Đồng Tháp"));
    EXPECT_THAT(more.partners, ElementsAre("Phòng Nội vụ"));
}

TEST(Parties, NamesAreNeverCutInside) {
    const struct {
        const char* printed;
        Names names;
    } lists[] = {
        {"Phòng Kinh tế, Hạ tầng và Đô thị; Công an phường", {"Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường"}},
        {"Trung tâm Văn hóa - Thể thao và Truyền thanh, Ủy ban nhân dân các xã, phường.",
         {"Trung tâm Văn hóa - Thể thao và Truyền thanh", "Ủy ban nhân dân các xã, phường"}},
        {"Báo và phát thanh, truyền hình Đồng Tháp và Bưu điện tỉnh", {"Báo và phát thanh, truyền hình Đồng Tháp", "Bưu điện tỉnh"}},
        {"Sở Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và Môi trường",
         {"Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường"}},
        {"Các cơ quan chuyên môn, đơn vị sự nghiệp và UBND các xã, phường",
         {"Các cơ quan chuyên môn", "đơn vị sự nghiệp", "UBND các xã, phường"}},
        {"các sở, ban, ngành; UBND các huyện, thị xã, thành phố", {"các sở, ban, ngành", "UBND các huyện, thị xã, thành phố"}},
        {"các cơ quan, đơn vị, địa phương", {"các cơ quan, đơn vị, địa phương"}},
        {"Các phòng, ban chuyên môn, UBND các xã, thị trấn", {"Các phòng, ban chuyên môn", "UBND các xã, thị trấn"}},
        {"Văn phòng HĐND&UBND Thành phố, Phòng Nội vụ", {"Văn phòng HĐND&UBND Thành phố", "Phòng Nội vụ"}},
        {"Văn phòng HĐND và UBND xã, Phòng Kinh tế", {"Văn phòng HĐND và UBND xã", "Phòng Kinh tế"}},
        {"Phòng Văn hoá và Thông tin, Phòng Nội vụ và Công an xã", {"Phòng Văn hoá và Thông tin", "Phòng Nội vụ", "Công an xã"}},
        {"Ban Nhân dân các ấp", {"Ban Nhân dân các ấp"}},
        {"Trung tâm Lưu trữ lịch sử, Phòng Hành chính - Tổ chức", {"Trung tâm Lưu trữ lịch sử", "Phòng Hành chính - Tổ chức"}},
        {"Trưởng Ban Nhân dân các ấp, Bí thư Đoàn xã", {"Trưởng Ban Nhân dân các ấp", "Bí thư Đoàn xã"}},
        {"các hội, đoàn thể", {"các hội, đoàn thể"}},
    };
    for (const auto& list : lists) EXPECT_EQ(field(Label::Partner, list.printed).partners, list.names) << list.printed;
}

TEST(Parties, AWorkIsPartOfTheNameOfThoseWhoAreNoBodyWithoutIt) {
    for (const std::string name :
         {"Tổ Hỗ trợ dịch vụ công trực tuyến", "Tổ tuyên truyền", "Tổ kiểm tra công vụ", "Đội tuyên truyền lưu động", "Bộ phận hỗ trợ công dân",
          "Phòng Nghiên cứu tổng hợp", "Trường Đại học Nội vụ Hà Nội", "Đồn Biên phòng Cửa khẩu Hà Tiên", "Đảng ủy các cơ quan Đảng tỉnh",
          "Công chức các phòng chuyên môn", "Đoàn thanh niên các trường học", "Phó Chủ tịch UBND xã phụ trách văn hóa",
          "Phòng Cải cách hành chính và Văn thư lưu trữ", "Hải đội 2", "Thuế cơ sở 3", "Bộ đội Biên phòng tỉnh", "Chi đoàn"}) {
        EXPECT_THAT(field(Label::Lead, name).leads, ElementsAre(name));
        EXPECT_THAT(field(Label::Lead, name + ", Phòng Kinh tế").leads, ElementsAre(name, "Phòng Kinh tế"));
    }
    for (const std::string name : {"Tổ kiểm tra công vụ", "Bộ phận hỗ trợ công dân", "Trường Đại học Nội vụ Hà Nội", "Đồn Biên phòng Cửa khẩu Hà Tiên",
                                   "Hải đội 2", "Bộ đội Biên phòng tỉnh", "Chi đoàn", "Tổ giúp việc", "công chức Tư pháp - Hộ tịch"})
        EXPECT_THAT(sentence("Sở Nội vụ chủ trì, phối hợp với Công an xã và " + name + " tổ chức thực hiện.").partners, ElementsAre("Công an xã", name));
    EXPECT_THAT(field(Label::Partner, "Đề nghị Hội đồng phối hợp phổ biến, giáo dục pháp luật xã, Phòng Kinh tế phối hợp").requested,
                ElementsAre("Hội đồng phối hợp phổ biến, giáo dục pháp luật xã", "Phòng Kinh tế"));
}

TEST(Parties, AClassRunIsOneEntry) {
    for (const std::string name :
         {"Ban Nhân dân các ấp, khu phố", "các ấp, khóm", "Ban điều hành các khu phố, ấp", "Trưởng ấp, khóm", "các trường mầm non, tiểu học, trung học cơ sở",
          "các cơ quan báo chí, phát thanh, truyền hình", "các doanh nghiệp bưu chính, viễn thông", "các cơ sở giáo dục, y tế"}) {
        EXPECT_THAT(field(Label::Partner, name).partners, ElementsAre(name));
        EXPECT_THAT(sentence("Sở Nội vụ chủ trì, phối hợp với " + name + " tổ chức thực hiện.").partners, ElementsAre(name));
    }
}

TEST(Parties, APartThatBeginsNoBodyBelongsToTheNameInFront) {
    for (const std::string name :
         {"Phòng Tuyên truyền, Báo chí - Xuất bản", "Phòng Bưu chính, Viễn thông và Công nghệ thông tin", "Trường Tiểu học và Trung học cơ sở Lê Lợi",
          "Phòng Dân vận các cơ quan nhà nước, dân tộc và tôn giáo", "Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh", "Phòng Quản lý văn hóa và gia đình",
          "Ban Chỉ đạo cải cách hành chính và chuyển đổi số", "Ban Quản lý Khu kinh tế và các khu công nghiệp", "Ban Kiểm tra, giám sát",
          "Trung tâm Giám sát, điều hành thông minh", "Phòng Nghiệp vụ và Kiểm tra, pháp chế", "Phòng Tổ chức - Hành chính, Quản trị",
          "Phòng Kế hoạch, quy hoạch"}) {
        EXPECT_THAT(field(Label::Lead, name).leads, ElementsAre(name));
        EXPECT_THAT(field(Label::Lead, name + "; Sở Nội vụ").leads, ElementsAre(name, "Sở Nội vụ"));
    }
    EXPECT_THAT(field(Label::Lead, "Phòng Kinh tế, Nguyễn Văn An").leads, ElementsAre("Phòng Kinh tế", "Nguyễn Văn An"));
    EXPECT_THAT(field(Label::Partner, "Phòng Kinh tế, giáo viên chủ nhiệm và người dân").partners,
                ElementsAre("Phòng Kinh tế", "giáo viên chủ nhiệm", "người dân"));
    EXPECT_THAT(field(Label::Partner, "Đoàn trường, Giáo viên chủ nhiệm các lớp").partners, ElementsAre("Đoàn trường", "Giáo viên chủ nhiệm các lớp"));
}

TEST(Parties, TheCallerAddsNamesOfItsTree) {
    lexicon();
    AgencyNames names;
    names.add("Tổ giúp việc Một cửa, Một dấu");
    const Text text(std::string("TỔ GIÚP VIỆC MỘT CỬA, MỘT DẤU, Phòng Nội vụ"));
    Parties parties;
    read_party_field(AgencyReader(names), Label::Lead, text, 0, text.size(), parties);
    EXPECT_THAT(parties.leads, ElementsAre("TỔ GIÚP VIỆC MỘT CỬA, MỘT DẤU", "Phòng Nội vụ"));
}

TEST(Parties, LeadsInSentences) {
    const struct {
        const char* printed;
        Names leads;
        Names partners;
    } forms[] = {
        {"Giao Sở Nội vụ chủ trì, phối hợp với Sở Thông tin và Truyền thông và Ủy ban nhân dân các huyện, thành phố biên soạn tài liệu.",
         {"Sở Nội vụ"},
         {"Sở Thông tin và Truyền thông", "Ủy ban nhân dân các huyện, thành phố"}},
        {"Giao Sở Nội vụ chủ trì phối hợp Trường Chính trị Phạm Hùng tổ chức 01 hội thảo", {"Sở Nội vụ"}, {"Trường Chính trị Phạm Hùng"}},
        {"Phòng Văn hoá và Thông tin chủ trì, phối hợp với Công an Thành phố, Thành Đoàn và UBND các phường, xã mở 10 lớp",
         {"Phòng Văn hoá và Thông tin"},
         {"Công an Thành phố", "Thành Đoàn", "UBND các phường, xã"}},
        {"Phòng Văn hóa - Xã hội chủ trì; Tổ công nghệ số cộng đồng các khu phố phối hợp.",
         {"Phòng Văn hóa - Xã hội"},
         {"Tổ công nghệ số cộng đồng các khu phố"}},
        {"Phòng Phổ biến, giáo dục pháp luật là đầu mối biên soạn", {"Phòng Phổ biến, giáo dục pháp luật"}, {}},
        {"Giao Sở Văn hóa, Thể thao và Du lịch chịu trách nhiệm nội dung khẩu hiệu", {"Sở Văn hóa, Thể thao và Du lịch"}, {}},
        {"Do Công đoàn ngành chủ trì, Đoàn Thanh niên Sở phối hợp", {"Công đoàn ngành"}, {"Đoàn Thanh niên Sở"}},
        {"Huyện đoàn phụ trách, cùng với Hội Nông dân huyện thành lập đội tình nguyện", {"Huyện đoàn"}, {"Hội Nông dân huyện"}},
        {"Giao Trung tâm Lưu trữ lịch sử làm đầu mối, phối hợp cùng Trường Chính trị tỉnh mở lớp", {"Trung tâm Lưu trữ lịch sử"}, {"Trường Chính trị tỉnh"}},
        {"Sở Tư pháp được giao chủ trì", {"Sở Tư pháp"}, {}},
        {"Sở Nội vụ (chủ trì), Sở Tư pháp (phối hợp)", {"Sở Nội vụ"}, {"Sở Tư pháp"}},
    };
    for (const auto& form : forms) {
        const Parties parties = sentence(form.printed);
        EXPECT_EQ(parties.leads, form.leads) << form.printed;
        EXPECT_EQ(parties.partners, form.partners) << form.printed;
        EXPECT_THAT(parties.requested, IsEmpty()) << form.printed;
    }
}

TEST(Parties, WhoIsMentionedIsNoLead) {
    for (const auto* form : {"Niêm yết tại trụ sở Ủy ban nhân dân các xã, phường.", "Đăng tải theo hướng dẫn của Sở Nội vụ.",
                             "Gửi kết quả về Sở Nội vụ để tổng hợp.", "Mỗi huyện, thành phố tổ chức ít nhất 01 hội nghị."})
        EXPECT_THAT(sentence(form).leads, IsEmpty()) << form;
}

TEST(Parties, WhoTakesPartInATrailingClause) {
    for (const auto* form : {"Do Sở Nội vụ chủ trì; tham gia phối hợp có Sở Tài chính và Công an tỉnh.", "Sở Nội vụ phụ trách; cùng tham gia có Sở Tài chính, Công an tỉnh.",
                             "Sở Nội vụ được phân công làm đầu mối; Sở Tài chính và Công an tỉnh cử người tham gia."}) {
        const Parties parties = sentence(form);
        EXPECT_THAT(parties.leads, ElementsAre("Sở Nội vụ")) << form;
        EXPECT_THAT(parties.partners, ElementsAre("Sở Tài chính", "Công an tỉnh")) << form;
    }
}

TEST(Parties, RequestsAreNoOrders) {
    EXPECT_THAT(sentence("Tỉnh đoàn và Hội Sinh viên Trường Đại học An Giang được mời phối hợp.").requested,
                ElementsAre("Tỉnh đoàn", "Hội Sinh viên Trường Đại học An Giang"));
    EXPECT_THAT(sentence("Rất mong Đoàn Thanh niên phường phối hợp.").requested, ElementsAre("Đoàn Thanh niên phường"));
    const Parties both = field(Label::Partner,
                               "Đề nghị Đài Phát thanh và Truyền hình Đồng Tháp, Báo Đồng Tháp phối hợp thực hiện. Các cơ quan: Văn phòng "
                               "HĐND&UBND Thành phố, Phòng Nội vụ và Ủy ban nhân dân các xã, phường.");
    EXPECT_THAT(both.requested, ElementsAre("Đài Phát thanh và Truyền hình Đồng Tháp", "Báo Đồng Tháp"));
    EXPECT_THAT(both.partners, ElementsAre("Văn phòng HĐND&UBND Thành phố", "Phòng Nội vụ", "Ủy ban nhân dân các xã, phường"));

    const Parties after = field(Label::Partner, "Đoàn Thanh niên xã; đề nghị Bưu điện khu vực Tân Hồng phối hợp.");
    EXPECT_THAT(after.requested, ElementsAre("Bưu điện khu vực Tân Hồng"));
    EXPECT_THAT(after.partners, ElementsAre("Đoàn Thanh niên xã"));

    EXPECT_THAT(sentence("Treo băng rôn; đề nghị Đài Phát thanh và Truyền hình Bắc Kạn đưa tin.").requested,
                ElementsAre("Đài Phát thanh và Truyền hình Bắc Kạn"));
    EXPECT_THAT(sentence("Báo Hànộimới được đề nghị phối hợp tuyên truyền.").requested, ElementsAre("Báo Hànộimới"));
    EXPECT_THAT(sentence("Xây dựng dự toán theo đề nghị của Sở Nội vụ.").requested, IsEmpty());
}

}  // namespace
}  // namespace loa::plan
