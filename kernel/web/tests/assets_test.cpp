#include "loa/web/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loa::web {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

Assets shelf(std::vector<EmbeddedFile> files) {
    return Assets(files);
}

TEST(Assets, AreServedUnderTheirHash) {
    const auto assets = shelf({{"assets/officer.css", "a{}"},
                               {"kernel/web/public/fonts/x.woff2", "font"},
                               {"modules/plan/pages/plan.html", "no"}});
    ASSERT_EQ(assets.all().size(), 2u);
    const std::string address = *assets.address("officer.css");
    EXPECT_THAT(address, MatchesRegex("/assets/officer\\.[0-9a-f]{20}\\.css"));
    EXPECT_EQ(assets.at(address), assets.at("/assets/officer.css"));
    EXPECT_EQ(assets.at(address)->content_type, "text/css; charset=utf-8");
    EXPECT_EQ(assets.at("/assets/fonts/x.woff2")->content_type, "font/woff2");
    EXPECT_EQ(assets.at("/assets/plan.html"), nullptr);
    EXPECT_EQ(assets.at("/officer.css"), nullptr);
    EXPECT_NE(*shelf({{"assets/officer.css", "b{}"}}).address("officer.css"), address);
}

TEST(Assets, KeepAHashTheyCarry) {
    EXPECT_EQ(*shelf({{"assets/app-4F3KQ2ZT.js", "x"}}).address("app-4F3KQ2ZT.js"),
              "/assets/app-4F3KQ2ZT.js");
    EXPECT_NE(*shelf({{"assets/app-lowercas.js", "x"}}).address("app-lowercas.js"),
              "/assets/app-lowercas.js");
}

TEST(Assets, StyleSheetsPointAtHashedFiles) {
    const auto assets = shelf({{"assets/css/a.css",
                                "@font-face{src:url(../fonts/x.woff2),url(\"./y.svg\"),url(data:image/"
                                "png;base64,AA==),url(/assets/fonts/x.woff2)}"},
                               {"assets/css/y.svg", "<svg/>"},
                               {"assets/fonts/x.woff2", "font"}});
    const std::string sheet = *assets.at("/assets/css/a.css")->plain;
    EXPECT_EQ(sheet, "@font-face{src:url(" + *assets.address("fonts/x.woff2") + "),url(" +
                         *assets.address("css/y.svg") + "),url(data:image/png;base64,AA==),url(" +
                         *assets.address("fonts/x.woff2") + ")}");
    const auto newer = shelf(
        {{"assets/css/a.css", "@font-face{src:url(../fonts/x.woff2)}"}, {"assets/fonts/x.woff2", "newer"}});
    const auto older = shelf(
        {{"assets/css/a.css", "@font-face{src:url(../fonts/x.woff2)}"}, {"assets/fonts/x.woff2", "older"}});
    EXPECT_NE(*newer.address("css/a.css"), *older.address("css/a.css"));
}

TEST(Assets, TakePrecompressedForms) {
    const auto assets = shelf({{"assets/a.js", "plain"},
                               {"assets/a.js.br", "brotli"},
                               {"assets/a.js.gz", "gzip"},
                               {"assets/b.txt", "short"}});
    EXPECT_EQ(assets.all().size(), 2u);
    EXPECT_EQ(*assets.at("/assets/a.js")->brotli, "brotli");
    EXPECT_EQ(*assets.at("/assets/a.js")->gzip, "gzip");
    EXPECT_EQ(assets.at("/assets/b.txt")->gzip, nullptr);
    EXPECT_EQ(assets.at("/assets/a.js.br"), nullptr);
    static const std::string large(5000, 'x');
    const auto made = shelf({{"assets/c.css", large}, {"assets/d.woff2", large}});
    EXPECT_LT(made.at("/assets/c.css")->brotli->size(), 100u);
    EXPECT_LT(made.at("/assets/c.css")->gzip->size(), 100u);
    EXPECT_EQ(made.at("/assets/d.woff2")->brotli, nullptr);
}

}  // namespace
}  // namespace loa::web
