// The forms of deadlines that plans print (contract 15-18).
#include <gtest/gtest.h>

#include "reading/deadlines.h"
#include "reading/lexicon.h"
#include "reading/targets.h"

namespace loa::plan {
namespace {

std::string iso(const std::optional<Date>& date) { return date ? date->iso() : "-"; }

/// "fixed - 2025-11-15", "recurring month 15", "none".
std::string described(const std::optional<Deadline>& deadline) {
    static constexpr const char* kKinds[] = {"fixed", "window", "recurring", "relative", "continuous"};
    static constexpr const char* kPeriods[] = {"day", "week", "month", "quarter", "half_year", "year"};
    if (!deadline) return "none";
    std::string text = kKinds[static_cast<int>(deadline->kind)];
    if (deadline->kind == DeadlineKind::Fixed || deadline->kind == DeadlineKind::Window)
        text += " " + iso(deadline->from) + " " + iso(deadline->to);
    if (deadline->every) text += std::string(" ") + kPeriods[static_cast<int>(*deadline->every)];
    if (deadline->due_day) text += " " + std::to_string(*deadline->due_day);
    if (deadline->due_month) text += "/" + std::to_string(*deadline->due_month);
    return text;
}

std::string read(std::string_view printed, TimeContext context) {
    lexicon();
    const Text text{std::string(printed)};
    std::vector<Span> rates;
    if (context == TimeContext::Sentence)
        for (const auto& target : read_targets(text, 0, text.size())) rates.push_back(target.words);
    return described(read_deadline(text, 0, text.size(), 2025, context, rates));
}

struct Form {
    const char* printed;
    const char* means;
};

TEST(Deadlines, UnderALabel) {
    const Form forms[] = {
        {"Trước ngày 15/11/2025", "fixed - 2025-11-15"},
        {"nửa đầu năm 2026", "window 2026-01-01 2026-06-30"},
        {"Nửa cuối năm", "window 2025-07-01 2025-12-31"},
        {"Theo quý", "recurring quarter"},
        {"Định kỳ theo quý", "recurring quarter"},
        {"Theo năm học", "relative"},
        {"Đợt 26/3/2026", "fixed - 2026-03-26"},
        {"Từ nay đến hết năm", "window - 2025-12-31"},
        {"trước ngày 15/12", "fixed - 2025-12-15"},
        {"Xong trước 30/9/2025", "fixed - 2025-09-30"},
        {"chậm nhất ngày 17 tháng 12", "fixed - 2025-12-17"},
        {"Chậm nhất là ngày 31-10-2025", "fixed - 2025-10-31"},
        {"ngày 09 tháng 11 năm 2024", "fixed - 2024-11-09"},
        {"ngày 10/10/2026", "fixed - 2026-10-10"},
        {"trước ngày 15 hằng tháng", "recurring month 15"},
        {"trước ngày 25 hàng tháng", "recurring month 25"},
        {"Hằng tháng, trước ngày 20", "recurring month 20"},
        {"trước ngày 15/11 hằng năm", "recurring year 15/11"},
        {"trước ngày 10 tháng 12 hàng năm", "recurring year 10/12"},
        {"trước ngày 05 của tháng đầu quý sau", "recurring quarter 5"},
        {"trước ngày 15 tháng cuối quý", "recurring quarter 15"},
        {"Quý I", "window 2025-01-01 2025-03-31"},
        {"Quý IV/2026", "window 2026-10-01 2026-12-31"},
        {"Quý III năm 2022", "window 2022-07-01 2022-09-30"},
        {"Quý II và Quý IV/2024", "window 2024-04-01 2024-12-31"},
        {"Quý I, II/2024", "window 2024-01-01 2024-06-30"},
        {"Tháng 10/2026", "window 2026-10-01 2026-10-31"},
        {"Tháng 11 - 12/2025", "window 2025-11-01 2025-12-31"},
        {"tháng 5 – 8/2024", "window 2024-05-01 2024-08-31"},
        {"Tháng 2, 3/2023", "window 2023-02-01 2023-03-31"},
        {"Tháng 12/2024 - tháng 02/2025", "window 2024-12-01 2025-02-28"},
        {"Từ tháng 4 đến tháng 12/2022", "window 2022-04-01 2022-12-31"},
        {"Từ tháng 6 đến hết tháng 9/2025", "window 2025-06-01 2025-09-30"},
        {"Từ tháng 3 đến tháng 11 hằng năm", "recurring year"},
        {"Từ ngày 15/8/2024 đến ngày 15/10/2024", "window 2024-08-15 2024-10-15"},
        {"Từ 01/4 - 30/9/2024", "window 2024-04-01 2024-09-30"},
        {"Từ tháng 3/2025 đến hết năm 2025", "window 2025-03-01 2025-12-31"},
        {"Từ quý II đến cuối năm 2026", "window 2026-04-01 2026-12-31"},
        {"Từ tháng 10 đến hết quý II/2026", "window 2025-10-01 2026-06-30"},
        {"Từ tháng 4 đến cuối năm", "window 2025-04-01 2025-12-31"},
        {"Từ ngày 01/3/2025 đến hết năm 2025", "window 2025-03-01 2025-12-31"},
        {"Từ ngày 15/10 đến hết quý I/2026", "window 2025-10-15 2026-03-31"},
        {"Trước ngày 25 các tháng 3, 6, 9, 12", "recurring quarter 25"},
        {"trước ngày 10 của tháng 6 và tháng 12", "recurring half_year 10"},
        {"Từ tháng 11/2025 đến khi kết thúc", "window 2025-11-01 -"},
        {"đến hết tháng 3 năm 2026", "window - 2026-03-31"},
        {"Hoàn thành trong năm 2025", "window 2025-01-01 2025-12-31"},
        {"hoàn thành trong tháng 11/2025", "window 2025-11-01 2025-11-30"},
        {"suốt tháng 3/2026", "window 2026-03-01 2026-03-31"},
        {"6 tháng cuối năm 2025", "window 2025-07-01 2025-12-31"},
        {"06 tháng đầu năm", "window 2025-01-01 2025-06-30"},
        {"Trong 02 ngày làm việc kể từ khi nhận câu hỏi", "relative"},
        {"trong 10 ngày kể từ ngày ban hành Kế hoạch", "relative"},
        {"trong 10 ngày làm việc", "relative"},
        {"Năm 2025 và các năm tiếp theo", "window 2025-01-01 -"},
        {"Năm 2025 - 2026", "window 2025-01-01 2026-12-31"},
        {"2026 - 2030", "window 2026-01-01 2030-12-31"},
        {"2025", "window 2025-01-01 2025-12-31"},
        {"Cả năm", "window 2025-01-01 2025-12-31"},
        {"Thường xuyên", "continuous"},
        {"Thực hiện thường xuyên", "continuous"},
        {"Thường xuyên trong năm", "continuous"},
        {"Hằng năm", "recurring year"},
        {"Hàng tháng", "recurring month"},
        {"Hằng quý", "recurring quarter"},
        {"Định kỳ hằng quý", "recurring quarter"},
        {"Định kỳ 6 tháng", "recurring half_year"},
        {"6 tháng", "recurring half_year"},
        {"6 tháng một lần", "recurring half_year"},
        {"Hằng quý, 6 tháng, năm", "recurring quarter"},
        {"Hằng ngày", "recurring day"},
        {"hàng tuần", "recurring week"},
        {"02 lần/năm", "recurring year"},
        {"mỗi quý một lần", "recurring quarter"},
        {"theo lộ trình, hướng dẫn của Bộ Nội vụ", "relative"},
        {"Theo hướng dẫn của Sở Nội vụ", "relative"},
        {"theo tiến độ cam kết", "relative"},
        {"Theo yêu cầu của Sở Nội vụ", "relative"},
        {"Đột xuất", "relative"},
        {"Kể từ ngày ký", "relative"},
        {"Trong 24 giờ kể từ khi nhận", "relative"},
        {"vào tháng 4 và tháng 9", "window 2025-04-01 2025-09-30"},
        {"(02 đợt/năm)", "recurring year"},
        {"Mỗi tháng 01 lần", "recurring month"},
        {"mỗi quý 02 đợt", "recurring quarter"},
        {"Hằng tháng (trước ngày 16 hàng tháng), 6 tháng (trước ngày 01/6)", "recurring month 16"},
        {"Trước 19h00’ hằng ngày", "recurring day"},
        {"Thứ Sáu hằng tuần", "recurring week"},
        {"Xuyên suốt 2025 - 2035", "window 2025-01-01 2035-12-31"},
        {"xuyên suốt giai đoạn 2026 - 2030", "window 2026-01-01 2030-12-31"},
        {"4/2025", "window 2025-04-01 2025-04-30"},
        {"04/2025 - 11/2025", "window 2025-04-01 2025-11-30"},
        {"T9/2025", "window 2025-09-01 2025-09-30"},
        {"Từ 12 đến 18/5/2025", "window 2025-05-12 2025-05-18"},
        {"01 - 15/8/2025", "window 2025-08-01 2025-08-15"},
        {"Hoàn thành trước 30 tháng 6 năm 2025", "fixed - 2025-06-30"},
        {"Trước 17 giờ ngày 20/12/2025", "fixed - 2025-12-20"},
        {"Từ 08h00 ngày 01/4/2025 đến 17h30 ngày 30/4/2025", "window 2025-04-01 2025-04-30"},
        {"Chậm nhất tháng 9/2025", "window - 2025-09-30"},
        {"Trước tháng 6/2025", "window - 2025-05-31"},
        {"Xong trước quý III/2025", "window - 2025-06-30"},
        {"trước năm 2026", "window - 2025-12-31"},
        {"Cuối quý IV", "window 2025-10-01 2025-12-31"},
        {"Sau khi có hướng dẫn của Trung ương", "relative"},
        {"ngay sau khi có kết quả", "relative"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed, TimeContext::Label), form.means) << form.printed;
}

TEST(Deadlines, InASentence) {
    const Form forms[] = {
        {"Bố trí 02 bộ màn hình cảm ứng, hoàn thành trước ngày 19 tháng 5 năm 2023.", "fixed - 2023-05-19"},
        {"biên soạn 3.000 cuốn tài liệu, hoàn thành trong quý II/2024.", "window 2024-04-01 2024-06-30"},
        {"thay mới định kỳ hằng quý.", "recurring quarter"},
        {"Ban hành trước ngày 15/3/2025.", "fixed - 2025-03-15"},
        {"Hoàn thành, ban hành trong quý I.", "window 2025-01-01 2025-03-31"},
        {"mở 10 lớp, thời gian Quý II.", "window 2025-04-01 2025-06-30"},
        {"tổng kết trước ngày 02/9.", "fixed - 2025-09-02"},
        {"Tổng kết cuộc thi vào cuối tháng 11/2025.", "window 2025-11-01 2025-11-30"},
        {"Sở Nội vụ thực hiện trong năm 2025.", "window 2025-01-01 2025-12-31"},
        {"Cập nhật mỗi tháng 01 lần.", "recurring month"},
        {"Xong chậm nhất trong quý III.", "window - 2025-09-30"},
        {"chuyển về cơ sở chậm nhất là ngày 15/7/2024.", "fixed - 2024-07-15"},
        {"kết quả thực hiện 6 tháng, năm", "recurring half_year"},
        {"vào báo cáo cải cách hành chính quý, 6 tháng, năm gửi Ủy ban nhân dân tỉnh", "recurring quarter"},
        {"Theo dõi việc thực hiện đến hết năm 2025", "window - 2025-12-31"},
        {"Phòng Tư pháp góp ý dự thảo trong 05 ngày làm việc.", "relative"},
        {"Thực hiện trong 05 ngày làm việc kể từ ngày quyết định công bố có hiệu lực.", "relative"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed, TimeContext::Sentence), form.means) << form.printed;
}

TEST(Deadlines, FiguresWordsAndTurns) {
    const Form forms[] = {
        {"Quý II + III", "window 2025-04-01 2025-09-30"},
        {"Quý 1, 2", "window 2025-01-01 2025-06-30"},
        {"Sáu tháng cuối năm 2025", "window 2025-07-01 2025-12-31"},
        {"Tháng Ba", "window 2025-03-01 2025-03-31"},
        {"Tháng Mười hai năm 2025", "window 2025-12-01 2025-12-31"},
        {"Từ tháng 1-12/2025", "window 2025-01-01 2025-12-31"},
        {"Từ quý II/2025", "window 2025-04-01 -"},
        {"Suốt năm 2025", "window 2025-01-01 2025-12-31"},
        {"Tuần 2 tháng 6/2025", "window 2025-06-01 2025-06-30"},
        {"Đợt 1 tháng 4/2025", "window 2025-04-01 2025-04-30"},
        {"Đợt 1: tháng 4; đợt 2: tháng 10", "window 2025-04-01 2025-10-31"},
        {"Tháng 4 (đợt 1), tháng 9 (đợt 2)", "window 2025-04-01 2025-09-30"},
        {"Tháng 5/2025 (báo cáo trong tháng 12/2025)", "window 2025-05-01 2025-05-31"},
        {"Định kỳ mỗi quý 1 lần", "recurring quarter"},
        {"02 lần trong năm", "recurring year"},
        {"Hai lần một năm", "recurring year"},
        {"Một năm một lần", "recurring year"},
        {"Trước ngày 10 tháng đầu tiên của quý sau", "recurring quarter 10"},
        {"Trước ngày 15/6 và trước ngày 15/12 hằng năm", "recurring year 15/6"},
        {"Trước 16 giờ 00 phút, thứ Năm hằng tuần", "recurring week"},
        {"đột xuất", "relative"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed, TimeContext::Label), form.means) << form.printed;
}

TEST(Deadlines, ALimitRulesOverTheEventInFrontOfIt) {
    const Form forms[] = {
        {"Ngay sau khi ban hành Kế hoạch, hoàn thành trước ngày 31/3/2025", "fixed - 2025-03-31"},
        {"Từ ngày ban hành Kế hoạch đến hết 31/12/2025", "window - 2025-12-31"},
        {"Trong 10 ngày kể từ ngày ký, chậm nhất ngày 15/3", "fixed - 2025-03-15"},
        {"Theo Kế hoạch tuyên truyền năm 2025 của tỉnh", "relative"},
        {"Theo Đề án phát triển đến năm 2030", "relative"},
        {"Sau khi có Quyết định số 45/QĐ-UBND ngày 15/01/2025", "relative"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed, TimeContext::Label), form.means) << form.printed;
}

TEST(Deadlines, InFrontOfASentence) {
    const Form forms[] = {
        {"Tháng 5/2025: tổ chức hội nghị.", "window 2025-05-01 2025-05-31"},
        {"Quý I, II/2025, mở 02 lớp.", "window 2025-01-01 2025-06-30"},
        {"Năm 2025, tổ chức hội thi.", "window 2025-01-01 2025-12-31"},
        {"Tổ chức 01 hội nghị (Sở Nội vụ chủ trì; quý I).", "window 2025-01-01 2025-03-31"},
        {"In 5.000 tờ rơi (tháng 5/2025).", "window 2025-05-01 2025-05-31"},
        {"Kế hoạch cải cách hành chính (năm 2025).", "none"},
        {"So với cùng kỳ (tháng 5/2024), số hồ sơ tăng.", "none"},
        {"Năm 2024, tỷ lệ hồ sơ trực tuyến đã tăng.", "none"},
        {"Triển khai từ tháng 3/2025 tại các xã.", "window 2025-03-01 -"},
        {"Tổng hợp số liệu từ năm 2021 đến nay.", "none"},
        {"Tổ chức trong 3 tháng, từ tháng 6 đến tháng 8/2025.", "window 2025-06-01 2025-08-31"},
        {"Gửi báo cáo trước ngày 15/6 và 15/12 hằng năm.", "recurring year 15/6"},
        {"Tuyên truyền Đề án chuyển đổi số đến năm 2030.", "none"},
        {"Thực hiện Chương trình giai đoạn 2021 - 2025, định hướng đến năm 2030.", "none"},
        {"Duy trì chuyên mục đến hết năm 2030.", "window - 2030-12-31"},
        {"Hằng năm, xây dựng kế hoạch, gửi về Sở Nội vụ trước ngày 15/02.", "recurring year 15/2"},
        {"Hằng tháng tổng hợp, báo cáo Ủy ban nhân dân xã trước ngày 20.", "recurring month 20"},
        {"Hằng tuần phát thanh, tổng kết trước ngày 15/12.", "recurring week"},
        {"Hằng năm rà soát; báo cáo trước ngày 15/12.", "recurring year"},
        {"Hằng năm rà soát, riêng năm nay xong trước ngày 15/12/2025.", "recurring year"},
    };
    for (const auto& form : forms) EXPECT_EQ(read(form.printed, TimeContext::Sentence), form.means) << form.printed;
}

TEST(Deadlines, WhatIsNone) {
    const char* const forms[] = {
        "Thường xuyên cập nhật, niêm yết thủ tục hành chính.",
        "Áp dụng theo mẫu ban hành ngày 05/01/2026.",
        "Luật được Quốc hội thông qua ngày 16/6/2025.",
        "Nghị định có hiệu lực từ ngày 01/7/2026.",
        "Tính đến ngày 31/12/2025, tỷ lệ còn thấp.",
        "Định kỳ lồng ghép kết quả thực hiện vào báo cáo.",
        "thay trang ngay khi có quyết định công bố mới",
        "Xử lý kịp thời vướng mắc.",
        "tăng thêm 20% so với năm 2023",
        "Phổ biến Kế hoạch cải cách hành chính năm 2024",
        "Công bố kết quả thực hiện trong năm 2024.",
        "đăng mỗi tuần 01 tin trên trang của phường",
        "phát 02 kỳ/tháng trên sóng truyền hình với thời lượng 10 phút",
        "tổ chức mỗi tháng ít nhất 01 buổi vào ngày nghỉ",
        "Phát vào lúc 17 giờ 30 phút thứ Sáu",
        "Nhắc việc các đơn vị trước hạn 05 ngày làm việc",
        "thông báo trước thời hạn 10 ngày làm việc",
        "Ra quân \"60 ngày cao điểm nộp hồ sơ trực tuyến\"",
        "Phát chuyên mục \"Mỗi tuần một thủ tục\" trên đài truyền thanh",
        "theo Quyết định số 35/QĐ-BNV ngày 22/01/2024 của Bộ Nội vụ",
        "Thực hiện theo Công văn số 12/SNV ngày 05/01/2025.",
        "Phổ biến Luật số 72/2025/QH15 ngày 16/6/2025.",
    };
    for (const auto* form : forms) EXPECT_EQ(read(form, TimeContext::Sentence), "none") << form;
}

TEST(Deadlines, WhatIsNoDayIsNotMadeOne) {
    const char* const forms[] = {"Trước ngày 31/11/2026", "Trước ngày 32/13/2026",   "31-02-2026",  "Quý V",         "Quý V/2026",
                                 "quý 5 năm 2026",        "ngày 31 tháng 4 năm 2026", "ngày 32 tháng 5", "trước ngày 30/02"};
    for (const auto* form : forms) {
        EXPECT_EQ(read(form, TimeContext::Label), "none") << form;
        EXPECT_EQ(read(form, TimeContext::Sentence), "none") << form;
    }
    EXPECT_NE(read("Trước ngày 29/02/2028", TimeContext::Label), "none");
    EXPECT_EQ(read("Trước ngày 29/02/2026", TimeContext::Label), "none");
    EXPECT_NE(read("Quý IV/2026", TimeContext::Label), "none");
}

TEST(Deadlines, NothingIsCompletedWithoutTheYearOfThePlan) {
    lexicon();
    const Text text(std::string("Trước ngày 15/12"));
    EXPECT_EQ(described(read_deadline(text, 0, text.size(), std::nullopt, TimeContext::Label)), "none");
}

}  // namespace
}  // namespace loa::plan
