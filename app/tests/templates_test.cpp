// Every template of the program, in both languages: a server loads each when it is first shown, so that nobody waits for all of
// them, and what is wrong with one must be found before.
#include <gtest/gtest.h>

#include "loa/i18n/catalogue.h"
#include "loa/web/assets.h"
#include "loa/web/templates.h"

namespace loa::app {
namespace {

TEST(EmbeddedTemplates, AreSound) {
    const web::Assets assets;
    const web::Templates templates(web::Templates::embedded_sources(),
                                   [](Language language, std::string_view key) { return i18n::Catalogue::embedded().text(language, key); }, assets);
    EXPECT_NO_THROW(templates.check());
    EXPECT_GT(templates.names().size(), 100u);
}

}  // namespace
}  // namespace loa::app
