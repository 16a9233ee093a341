#include "loa/formats/html.h"

#include <gtest/gtest.h>

namespace loa::formats {
namespace {

TEST(HtmlTest, PagesAreKnownByHowTheyBegin) {
    for (const char* bytes : {"<!DOCTYPE html><p>", "\xEF\xBB\xBF<html>", " \r\n<HTML lang=vi>", "<!-- a -->\n<!-- b --><head>", "<title>Tin</title>", "<body>"})
        EXPECT_TRUE(looks_like_html(bytes)) << bytes;
    for (const char* bytes : {"", "%PDF-1.7", "PK\3\4", "Tin tức", "<?xml version=\"1.0\"?>", "<!-- never closed", "<svg>", "<htm"})
        EXPECT_FALSE(looks_like_html(bytes)) << bytes;
}

TEST(HtmlTest, TheTitleIsRead) {
    EXPECT_EQ(html_title("<!doctype html><html><head><meta charset=utf-8><title>Phường &amp; xã</title></head><body><title>Khác</title>"), "Phường & xã");
    EXPECT_EQ(html_title("<TITLE lang=vi>Tin &lt;m&#7899;i&gt;</TITLE>"), "Tin <mới>");
    EXPECT_EQ(html_title("<html><body>không có"), "");
    EXPECT_EQ(html_title(""), "");
    EXPECT_EQ(html_title("<title>ch\xC6\xB0" "a \xFF" "đóng"), "chưa \xEF\xBF\xBDđóng") << "not closed, and a byte that is no text";
}

TEST(HtmlTest, APageWithoutEndCostsNothing) {
    std::string deep = "<html>";
    for (int i = 0; i < 200'000; ++i) deep += "<b><i>";
    EXPECT_EQ(html_title(deep), "");
    EXPECT_EQ(html_title(deep.substr(0, 1000) + "<title>Tin</title>" + deep), "Tin");
    EXPECT_LE(html_title("<title>" + std::string(1 << 20, 'x')).size(), 4096u);
}

}  // namespace
}  // namespace loa::formats
