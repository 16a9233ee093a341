// Counted amounts of work (contract 13).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reading/lexicon.h"
#include "reading/targets.h"

namespace loa::plan {
namespace {

std::string read(std::string_view printed) {
    static constexpr const char* kComparators[] = {">=", "=", "~", ">", "+"};
    static constexpr const char* kPeriods[] = {"day", "week", "month", "quarter", "half_year", "year"};
    lexicon();
    const Text text{std::string(printed)};
    std::string out;
    for (const auto& [target, words] : read_targets(text, 0, text.size())) {
        if (!out.empty()) out += "; ";
        out += fmt::format("{}{} {}", kComparators[static_cast<int>(target.comparator)], target.value, target.unit);
        if (target.per) out += std::string("/") + kPeriods[static_cast<int>(*target.per)];
    }
    return out;
}

TEST(Targets, Counted) {
    const struct {
        const char* printed;
        const char* means;
    } forms[] = {
        {"tổ chức 02 lớp", "=2 lớp"},
        {"cho 102 xã, phường, đặc khu", "=102 xã, phường, đặc khu"},
        {"05 phòng, ban, đơn vị", "=5 phòng, ban, đơn vị"},
        {"Tối thiểu mỗi tháng 02 bài", ">=2 bài/month"},
        {"tối thiểu từ 03 buổi", ">=3 buổi"},
        {"tối thiểu 01 video, 01 infographic mỗi quý", ">=1 video/quarter; =1 infographic/quarter"},
        {"05 màn hình 65 inch", "=5 màn hình"},
        {"Đạt mức 4 trên 5 sao", ""},
        {"02 lớp, 150 học viên", "=2 lớp; =150 học viên"},
        {"ít nhất 04 tin, bài mỗi tháng", ">=4 tin, bài/month"},
        {"tối thiểu 10 tin, bài/tháng", ">=10 tin, bài/month"},
        {"Mỗi tháng có ít nhất 08 tin, bài, phóng sự", ">=8 tin, bài, phóng sự/month"},
        {"mỗi tháng ít nhất 01 buổi vào ngày nghỉ", ">=1 buổi/month"},
        {"phát mỗi tháng 02 số", "=2 số/month"},
        {"phấn đấu đạt 95% hồ sơ trực tuyến", "=95 %"},
        {"100% xã, phường niêm yết đủ", "=100 %"},
        {"Phấn đấu đạt từ 85% trở lên hồ sơ được nộp qua mạng", ">=85 %"},
        {"trên 1.000 lượt dự thi", ">1000 lượt dự thi"},
        {"khoảng 5.000 tờ", "~5000 tờ"},
        {"tăng số điểm chấp nhận thanh toán số thêm 20% so với năm 2023", "+20 %"},
        {"phấn đấu tỷ lệ hồ sơ trực tuyến tăng 10%", "+10 %"},
        {"in 15.000 tờ gấp", "=15000 tờ gấp"},
        {"05 bộ tài liệu; 01 hội nghị", "=5 bộ tài liệu; =1 hội nghị"},
        {"12 phóng sự/năm", "=12 phóng sự/year"},
        {"ít nhất 01 hội nghị/quý", ">=1 hội nghị/quarter"},
        {"03 lần/tuần, mỗi lần không quá 10 phút", "=3 lần/week"},
        {"mở 05 (năm) lớp", "=5 lớp"},
        {"Phấn đấu ít nhất 90% hồ sơ", ">=90 %"},
        {"tối thiểu 95% hồ sơ được số hóa", ">=95 %"},
        {"trên 98,5% người dân hài lòng", ">98.5 %"},
        {"sản xuất 24 chương trình phát thanh; mỗi tháng phát ít nhất 02 chương trình", "=24 chương trình phát thanh; >=2 chương trình/month"},
        {"làm mới 30 cụm pa nô, 100 băng rôn", "=30 cụm pa nô; =100 băng rôn"},
        {"Ít nhất một tin mỗi tuần", ">=1 tin/week"},
        {"Hằng quý tổ chức 01 hội nghị", "=1 hội nghị/quarter"},
        {"thu hút hơn 3.000 lượt người tham gia", ">3000 lượt người"},
        {"trên 70% hồ sơ; đạt 85% hồ sơ", ">70 %; =85 %"},
        {"mỗi 6 tháng 01 tin", "=1 tin/half_year"},
        {"01 tin/6 tháng", "=1 tin/half_year"},
        {"ít nhất 01 tin mỗi 6 tháng", ">=1 tin/half_year"},
        {"định kỳ 6 tháng có ít nhất 02 phóng sự", ">=2 phóng sự/half_year"},
        {"3-5 tin, bài/tháng", ">=3 tin, bài/month"},
        {"từ 3 đến 5 tin, bài", ">=3 tin, bài"},
        {"từ 90% đến 95% hồ sơ", ">=90 %"},
        {"≥ 90% hồ sơ", ">=90 %"},
        {">= 95% hồ sơ", ">=95 %"},
        {"> 80% hồ sơ", ">80 %"},
        {"tăng từ 5% trở lên", "+5 %"},
        {"tăng 2 bậc so với năm 2024", "+2 bậc"},
        {"20 nghìn tờ rơi", "=20000 tờ rơi"},
        {"trên 1,5 triệu lượt xem", ">1500000 lượt xem"},
        {"500 người tham dự", "=500 người"},
        {"02 lớp/90 học viên", "=2 lớp; =90 học viên"},
        {"mỗi năm 02 cuộc đối thoại", "=2 cuộc đối thoại/year"},
        {"cho 200 lượt cán bộ, công chức", "=200 lượt cán bộ, công chức"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed), form.means) << form.printed;
}

TEST(Targets, WhatIsNone) {
    const char* const forms[] = {
        "thời lượng 10 phút",        "trong 60 ngày",
        "kinh phí 50.000.000 đồng",  "người từ 18 tuổi trở lên",
        "trước ngày 15/11/2025",     "Quyết định số 76/NQ-CP",
        "điện thoại 0277 3851 234",  "định danh điện tử mức 2",
        "chính quyền địa phương 02 cấp", "thực hiện Đề án 06 tại xã",
        "phong trào \"4 xin, 4 luôn\"", "mỗi lớp không quá 50 học viên",
        "giai đoạn 2021 - 2030",     "6 tháng cuối năm",
        "trực 24/7",                 "mỗi quý một lần",
        "kinh phí 50 triệu đồng",    "≤ 5% hồ sơ trễ hạn",
        "tháng 3-5 tổ chức",         "từ 12 đến 18/5/2025",
        "trong 15 - 20 phút",        "giai đoạn 2021-2025",
    };
    for (const auto* form : forms) EXPECT_EQ(read(form), "") << form;
}

}  // namespace
}  // namespace loa::plan
