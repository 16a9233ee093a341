// Texts that are much, deep, or no plan at all.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>

#include "loa/formats/markdown.h"
#include "loa/plan/reading.h"

namespace loa::plan {
namespace {

ParsedPlan read(std::string_view markdown) {
    const auto document = formats::read_markdown(markdown);
    EXPECT_TRUE(document);
    return read_plan(*document, AgencyNames());
}

/// Processor time of this thread for reading a plan in which these words come over and over.
double seconds_to_read(const std::string& words, std::size_t bytes) {
    std::string much;
    while (much.size() < bytes) much += words;
    const std::string plan = "**KẾ HOẠCH**\n\n**Tuyên truyền năm 2025**\n\nCăn cứ " + much + "\n\n**I. NHIỆM VỤ**\n\n1. Mở lớp. " + much + "\n\n- Thời gian: " + much +
                             "\n\n**II. TỔ CHỨC THỰC HIỆN**\n\n1. Phòng Nội vụ\n\n- " + much + "\n\n2. Phòng Y tế\n\n- Góp ý.\n";
    const auto now = [] {
        timespec at{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
        return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) / 1e9;
    };
    double least = 1e9;
    for (int round = 0; round < 3; ++round) {
        const double begin = now();
        read(plan);
        least = std::min(least, now() - begin);
    }
    return least;
}

// Eight times the text: eight times the work, where work that grows with the square would be sixty-four times. A ratio
// of two readings beside each other, so it says the same on a slow machine.
TEST(Reading, TakesNoLongerThanTheTextIsLong) {
    for (const std::string words : {"cùng ", "với cùng ", "Giao ", "đề nghị ", "hằng năm ", "trước ngày 15/6, ", "(quý I, ", "gửi kết quả ", "3-5 ",
                                    "mỗi 6 tháng 01 tin ", "UBND 12 xã, ", "đồng chí Lê Văn An, ", "Quyết định ", "sau khi ban hành "})
        EXPECT_LT(seconds_to_read(words, 16'000), 24 * seconds_to_read(words, 2'000)) << words;
}

TEST(Reading, SurvivesWhatIsNoPlan) {
    EXPECT_TRUE(read("").activities.empty());
    EXPECT_TRUE(read("Kính gửi các cơ quan.\n\nTrân trọng.\n").duties.empty());
    EXPECT_FALSE(to_json(read("|a|b|\n|-|-|\n|1|2|\n")).empty());
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += std::to_string(i % 60 + 1) + ". Mục\n\na) Ý\n\n";
    EXPECT_FALSE(to_json(read("# KẾ HOẠCH\n\nTuyên truyền\n\n## I. NHIỆM VỤ\n\n" + deep)).empty());
}

}  // namespace
}  // namespace loa::plan
