#include "loa/formats/marker.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace loa::formats {
namespace {

TEST(Marker, IsFoundAtTheStart) {
    const std::vector<std::pair<std::string, std::string>> lines{
        {"I. MỤC ĐÍCH", "I."}, {"XVIII. CUỐI", "XVIII."}, {"II/ NỘI DUNG", "II/"}, {"1. Mục đích", "1."},
        {"01. Mục", "01."},    {"1.2. Yêu cầu", "1.2."},  {"1.2 Yêu cầu", "1.2"},  {"1.2.3. Sâu", "1.2.3."},
        {"3.Tổ chức", "3."},   {"1) Một", "1)"},          {"2/ Hai", "2/"},        {"a) Nhiệm vụ", "a)"},
        {"đ) Kinh phí", "đ)"}, {"a. Nhiệm vụ", "a."},     {"a1) Nhỏ", "a1)"},      {"b.1) Nhỏ", "b.1)"},
        {"A. NHÓM", "A."},     {"Đ) NHÓM", "Đ)"},         {"(1) Một", "(1)"},      {"(a) A", "(a)"},
        {"(iv) Bốn", "(iv)"},  {"(đ) Năm", "(đ)"},        {"- Nâng cao", "-"},     {"-Nâng cao", "-"},
        {"– Nâng cao", "–"},   {"+ Đối với", "+"},        {"• Mục", "•"},          {"* Ghi chú", "*"},
        {"➢ Mũi tên", "➢"},
    };
    for (const auto& [line, marker] : lines) {
        const Marker found = leading_marker(line);
        EXPECT_EQ(found.text, marker) << line;
        EXPECT_GT(line.size(), found.end);
        EXPECT_NE(line[found.end], ' ') << line;
    }
    EXPECT_TRUE(leading_marker("- a").bullet);
    EXPECT_FALSE(leading_marker("1. a").bullet);
}

TEST(Marker, IsNotWhatCountsDatesOrNames) {
    for (const char* line : {"",
                             " ",
                             "KẾ HOẠCH",
                             "1.000 tờ rơi",
                             "05/9 là ngày",
                             "12.5.2025",
                             "2026. Năm",
                             "2026",
                             "-5 % so với",
                             "--",
                             "**đậm**",
                             "...",
                             "1... 2",
                             "P. CHỦ TỊCH",
                             "Q. CHỦ TỊCH",
                             "T. Ủy",
                             "TM. ỦY BAN",
                             "(đề nghị)",
                             "(2026)",
                             "()",
                             "(",
                             "Điều 1.",
                             "I",
                             "V",
                             "C",
                             "a",
                             "ấp 3",
                             "an toàn",
                             "1",
                             "12",
                             "Có 3.",
                             "01/KH-UBND",
                             "100% hồ sơ",
                             "30.4 và 1.5"})
        EXPECT_EQ(leading_marker(line).text, "") << line;
}

}  // namespace
}  // namespace loa::formats
