// The table of permissions stands in the manual as the program has it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/permissions.h"
#include "program.h"
#include "test_places.h"

namespace loa::app {
namespace {

constexpr std::string_view kBegin = "<!-- bảng quyền -->\n", kEnd = "<!-- hết bảng quyền -->\n";
const std::string kFile = LOA_SOURCE_DIR "/docs/manual/vi/quyen.md";

std::string vietnamese(const std::string& key) { return i18n::translate(Language::Vietnamese, key); }

std::string table(const Registry& registry) {
    std::string text = "| Việc |", rule = "|---|";
    for (const auto role : identity::kRoles) {
        text += " " + vietnamese("identity.role." + std::string(code(role))) + " |";
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (const auto& row : identity::permission_table(registry)) {
        text += "| " + capitalised(vietnamese(row.description)) + " |";
        for (const auto& scope : row.scopes)
            text += " " + (scope ? vietnamese("identity.scope." + std::string(code(*scope))) : std::string("–")) + " |";
        text += "\n";
    }
    return text;
}

TEST(PermissionManual, HasTheTableOfTheProgram) {
    Registry registry;
    join_all(registry, {.files = ::testing::TempDir() + "permission-manual", .secret = "the secret of the tests"});
    std::ifstream stream(kFile);
    std::ostringstream read;
    read << stream.rdbuf();
    const std::string manual = read.str();
    const auto begin = manual.find(kBegin), end = manual.find(kEnd);
    ASSERT_NE(begin, std::string::npos) << kFile;
    ASSERT_NE(end, std::string::npos) << kFile;
    const auto from = begin + kBegin.size();
    const std::string wanted = "\n" + table(registry) + "\n";
    if (std::getenv("LOA_ACCEPT")) {
        std::ofstream(kFile) << manual.substr(0, from) << wanted << manual.substr(end);
        return;
    }
    EXPECT_EQ(manual.substr(from, end - from), wanted) << "LOA_ACCEPT=1 writes it anew";
}

}  // namespace
}  // namespace loa::app
