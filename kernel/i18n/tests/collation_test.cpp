#include "loa/i18n/collation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "loa/base/text.h"

namespace loa::i18n {
namespace {

using Words = std::vector<std::string>;

/// Every pair, both ways, by compare() and by the keys' bytes.
void expect_in_order(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t j = 0; j < words.size(); ++j) {
            const int wanted = i < j ? -1 : i > j ? 1 : 0;
            EXPECT_EQ(compare(words[i], words[j]), wanted) << words[i] << " " << words[j];
            const int by_key = sort_key(words[i]).compare(sort_key(words[j]));
            EXPECT_EQ(by_key < 0 ? -1 : by_key > 0, wanted) << words[i] << " " << words[j];
        }
}

TEST(Collation, LettersOfTheAlphabet) {
    expect_in_order({"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n",
                     "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"});
}

TEST(Collation, TonesInTheOrderOfDictionaries) {
    expect_in_order({"ma", "mà", "mả", "mã", "má", "mạ"});
    expect_in_order({"ê", "ề", "ể", "ễ", "ế", "ệ"});
}

TEST(Collation, ALaterLetterWeighsMoreThanATone) {
    expect_in_order({"mạ", "mai", "mài", "mái", "man", "măn"});
    expect_in_order({"An Bình", "Án Đổ", "An Lạc", "An Thạnh"});
}

TEST(Collation, DdComesAfterEveryD) {
    expect_in_order({"Duyên Hải", "Dương Đông", "Dy", "Đà Lạt", "Đồng Tháp", "E"});
}

TEST(Collation, RunsOfDigitsByTheirNumber) {
    expect_in_order({"Khóm 2", "Khóm 10", "Khóm 100", "Khóm A"});
    expect_in_order({"Mục 2a", "Mục 2b", "Mục 10a"});
    EXPECT_EQ(compare("Khóm 02", "Khóm 2"), 0);
    expect_in_order({"99999999999999999999998", "99999999999999999999999"});
}

TEST(Collation, CaseDecidesLast) { expect_in_order({"phòng nội vụ", "Phòng Nội vụ", "phòng tài chính"}); }

TEST(Collation, ComposedAndDecomposedAreTheSame) {
    EXPECT_EQ(compare("Hồng Ngự", "Ho\u0302\u0300ng Ngu\u031B\u0323"), 0);
    EXPECT_EQ(sort_key("Hồng Ngự"), sort_key("Ho\u0302\u0300ng Ngu\u031B\u0323"));
}

TEST(Collation, EmptyStandsFirstAndBrokenBytesDoNoHarm) {
    expect_in_order({"", "a"});
    EXPECT_EQ(sort_key(""), sort_key(""));
    EXPECT_NE(compare("a\xFF", "a"), 0);
    EXPECT_FALSE(sort_key(std::string(100000, 'a')).empty());
}

TEST(Collation, KeysAreLowerCaseHexadecimal) {
    EXPECT_EQ(sort_key("Ủy ban nhân dân").find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Collation, SortsNamesOfUnits) {
    Words units{"UBND xã Bình Thạnh", "UBND phường An Lộc", "Văn phòng HĐND và UBND", "Phòng Nội vụ",
                "UBND phường An Bình A", "Đài Truyền thanh", "Công an Thành phố"};
    std::sort(units.begin(), units.end(), Before{});
    EXPECT_THAT(units, testing::ElementsAre("Công an Thành phố", "Đài Truyền thanh", "Phòng Nội vụ",
                                            "UBND phường An Bình A", "UBND phường An Lộc", "UBND xã Bình Thạnh",
                                            "Văn phòng HĐND và UBND"));
}

TEST(Collation, IsSafeFromManyThreads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([] {
            for (int i = 0; i < 500; ++i) {
                EXPECT_LT(compare("Đồng", "Đống"), 0);
                EXPECT_EQ(sort_key("Đồng Tháp 10"), sort_key("Đồng Tháp 10"));
            }
        });
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace loa::i18n
