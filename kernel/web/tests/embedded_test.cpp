// The templates, texts and assets that are really in the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/embedded.h"
#include "loa/i18n/catalogue.h"
#include "loa/storage/testing.h"
#include "loa/web/testing.h"

namespace loa::web {
namespace {

TEST(Embedded, LoadsAndShowsItsErrorPageInBothLanguages) {
    auto database = storage::testing::fresh_database(storage::Engine::Sqlite);
    SystemClock clock;
    IdSource ids(1, clock);
    const Registry registry;
    const auto dispatcher = make_dispatcher(registry, {*database, clock, ids}, {}, {});
    Browser browser(*dispatcher);
    const auto vietnamese = browser.get("/khong-co");
    EXPECT_EQ(vietnamese.status, 404);
    EXPECT_THAT(vietnamese.body, testing::HasSubstr("Không tìm thấy trang"));
    EXPECT_THAT(vietnamese.body, testing::HasSubstr("<html lang=\"vi\""));
    browser.set_cookie("loa_language", "en");
    EXPECT_THAT(browser.get("/khong-co").body, testing::HasSubstr("Page not found"));
    EXPECT_EQ(browser.get("/-/-/-").status, 404);
}

TEST(Embedded, HasTheTextsOfEveryError) {
    for (const auto language : {Language::Vietnamese, Language::English})
        for (const auto* word : {"bad_request", "forbidden", "not_found", "method_not_allowed", "conflict",
                                 "too_large", "invalid", "broken", "unavailable"})
            for (const auto* part : {"", "_line"}) {
                const std::string key = std::string("web.") + word + part;
                EXPECT_TRUE(i18n::Catalogue::embedded().text(language, key)) << key;
            }
    for (const auto* key : {"base.forbidden", "base.not_found", "base.conflict"})
        EXPECT_TRUE(i18n::Catalogue::embedded().text(Language::Vietnamese, key)) << key;
}

}  // namespace
}  // namespace loa::web
