#include "path.h"

#include <gtest/gtest.h>

namespace loa::web {
namespace {

TEST(Target, DecodesAndNormalises) {
    // "ộ" sent decomposed, as macOS does.
    const auto target = parse_target("/tim-kiem/h%C3%B4%CC%A3?q=a%20b+c");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/tim-kiem/hộ");
    EXPECT_EQ(target->segments, (std::vector<std::string>{"tim-kiem", "hộ"}));
    EXPECT_EQ(target->query, "q=a%20b+c");
    EXPECT_TRUE(parse_target("/")->segments.empty());
    EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
}

TEST(Target, RefusesTricks) {
    for (const auto* target :
         {"",      "x",           "http://other/", "*",       "//a",     "/a//b", "/a/",   "/./a",
          "/a/..", "/%EF%BB%BF..", "/a/%EF%BB%BF", "/k/\xEF\xBB\xBF", "/a/%2e%2e/b", "/%2E",          "/a%2fb",  "/a%5Cb",  "/a\\b", "/a%00", "/a%0d%0ab",
          "/a%",   "/a%4",        "/a%zz",         "/%ff%fe", "/%c0%af", "/a\tb"})
        EXPECT_FALSE(parse_target(target)) << target;
}

TEST(OwnPath, KeepsRedirectsHere) {
    EXPECT_TRUE(is_own_path("/ke-hoach?x=1"));
    for (const auto* address : {"", "ke-hoach", "//other.vn", "/\\other.vn", "https://other.vn/",
                                "/a\r\nX: y", "javascript:alert(1)"})
        EXPECT_FALSE(is_own_path(address)) << address;
}

TEST(Encoding, RoundTrips) {
    const std::string text = "Hồng Ngự & +=?/%\x7F\x01";
    EXPECT_EQ(percent_decoded(percent_encoded(text)), text);
    EXPECT_EQ(encoded_address("/tin/cải cách?a=%20"), "/tin/c%E1%BA%A3i%20c%C3%A1ch?a=%20");
}

}  // namespace
}  // namespace loa::web
