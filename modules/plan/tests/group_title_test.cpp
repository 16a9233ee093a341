#include "group_title.h"

#include <gtest/gtest.h>

namespace loa::plan {
namespace {

TEST(GroupTitle, IsReadWithoutCapitals) {
    EXPECT_EQ(readable_group_title("TRUYỀN THÔNG CƠ SỞ"), "Truyền thông cơ sở");
    EXPECT_EQ(readable_group_title("NHIỆM VỤ CỦA UBND XÃ VÀ TTPVHCC"), "Nhiệm vụ của UBND xã và TTPVHCC");
    EXPECT_EQ(readable_group_title("Giải quyết qua mạng"), "Giải quyết qua mạng");
    EXPECT_EQ(readable_group_title("Quét mã QR"), "Quét mã QR") << "it is not in capitals";
    EXPECT_EQ(readable_group_title("2026"), "2026");
    EXPECT_EQ(readable_group_title(""), "");
}

}  // namespace
}  // namespace loa::plan
