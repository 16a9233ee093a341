// /-/components against what there is: the partials of kernel/web/components and the classes of the style sheets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "components_page.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/storage/testing.h"
#include "loa/web/testing.h"
#include "test_places.h"

namespace loa::web {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string file(const std::string& path) {
    std::ifstream stream(LOA_SOURCE_DIR "/" + path);
    std::ostringstream text;
    text << stream.rdbuf();
    EXPECT_FALSE(text.str().empty()) << path;
    return text.str();
}

std::string without(std::string text, std::string_view begin, std::string_view end) {
    for (auto from = text.find(begin); from != text.npos; from = text.find(begin, from))
        text.erase(from, text.find(end, from) + end.size() - from);
    return text;
}

/// What stands between each `begin` and the next `end`.
std::vector<std::string> all_between(const std::string& text, std::string_view begin, std::string_view end) {
    std::vector<std::string> found;
    for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at)) {
        at += begin.size();
        found.push_back(text.substr(at, text.find(end, at) - at));
    }
    return found;
}

/// The blocks `@layer components { … }` of a style sheet.
std::string components_layer(const std::string& sheet) {
    constexpr std::string_view begin = "@layer components {";
    std::string layer;
    for (auto at = sheet.find(begin); at != sheet.npos; at = sheet.find(begin, at)) {
        int depth = 1;
        for (at += begin.size(); depth > 0 && at < sheet.size(); ++at) {
            depth += sheet[at] == '{' ? 1 : sheet[at] == '}' ? -1 : 0;
            layer += sheet[at];
        }
    }
    return layer;
}

/// The names after a "." in selectors: what stands before a "{", and after the "{", "}" or ";" before it.
std::set<std::string> classes_of(const std::string& rules) {
    std::set<std::string> names;
    std::string selector;
    for (const char c : rules) {
        if (c == '{') {
            for (const auto& part : split(selector, '.')) {
                const bool first = part.data() == selector.data();
                if (first || part.empty() || part.front() < 'a' || part.front() > 'z') continue;  // "47.99rem" names none
                names.emplace(part.substr(0, part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-")));
            }
        }
        selector = c == '{' || c == '}' || c == ';' ? "" : selector + c;
    }
    return names;
}

/// In both languages it is the same page, so one is looked at.
std::string components_page_as_sent() {
    const auto database = storage::testing::fresh_database(storage::Engine::Sqlite);
    SystemClock clock;
    IdSource ids(1, clock);
    const Registry registry;
    const auto dispatcher = make_dispatcher(registry, {*database, clock, ids}, {}, {});
    const auto answer = Browser(*dispatcher).get(std::string(kComponentsPath));
    EXPECT_EQ(answer.status, 200);
    return answer.body;
}

struct ComponentsPage : testing::Test {
    const std::string page = components_page_as_sent();
};

TEST_F(ComponentsPage, ShowsEveryPartial) {
    int partials = 0;
    for (const auto& embedded : embedded_files("kernel/web/components/")) {
        const std::string path(embedded.path);
        if (path.find("/icons/") != path.npos) continue;
        ++partials;
        const std::string text = without(std::string(embedded.bytes), "{{!", "}}");
        // Its first tag, as far as it is the same everywhere.
        const auto begin = text.find('<');
        const auto end = std::min(text.find("{{", begin), text.find('>', begin));
        EXPECT_NE(page.find(text.substr(begin, end - begin)), page.npos) << path;
    }
    EXPECT_GE(partials, 10);
}

/// A component is what a sheet of officer.css names in its layer of components: block, part ("extract__n"), variant
/// ("btn--sm") and state ("is-over") alike. Each must stand in some class="…" of the page, the frame around it included.
/// What only the frame of public pages has is not here.
TEST_F(ComponentsPage, ShowsEveryClassOfTheComponents) {
    const std::set<std::string> of_public_frame{"foot", "masthead__tools"};
    std::set<std::string> shown, named, missing;
    for (const auto& list : all_between(page, "class=\"", "\""))
        for (const auto name : split(list, ' ')) shown.emplace(name);
    for (const auto& sheet : all_between(file("assets/css/officer.css"), "@import './", "'"))
        named.merge(classes_of(components_layer(without(file("assets/css/" + sheet), "/*", "*/"))));
    EXPECT_TRUE(named.contains("btn--sm") && named.contains("extract__n") && named.contains("shell-officer")) << named.size();
    for (const auto& name : named)
        if (!shown.contains(name) && !of_public_frame.contains(name)) missing.insert(name);
    EXPECT_THAT(missing, IsEmpty());
}

TEST_F(ComponentsPage, ShowsEveryControlWithItsHintAndWithWhatIsWrong) {
    for (const auto* control : {"<input class=\"input\" id=\"ten-4\"", "<select class=\"input\" id=\"c-chon-2\"",
                                "<textarea class=\"input input--low\" id=\"c-dai-2\"", "<input type=\"file\" id=\"c-tep-2\""}) {
        const auto tags = all_between(page, control, ">");
        ASSERT_EQ(tags.size(), 1U) << control;
        EXPECT_THAT(tags.front(), HasSubstr("aria-invalid=\"true\"")) << control;
        EXPECT_THAT(tags.front(), testing::ContainsRegex("aria-describedby=\"[a-z0-9-]+-h [a-z0-9-]+-e\"")) << control;
    }
    EXPECT_THAT(page, HasSubstr("<input type=\"checkbox\" aria-invalid=\"true\">"));
    EXPECT_THAT(page, HasSubstr("value=\"15/KH-UBND\" disabled>"));
    EXPECT_THAT(page, HasSubstr("data-live=\""));
}

TEST_F(ComponentsPage, EveryIdIsThereOnceAndEveryReferenceLeadsToOne) {
    std::multiset<std::string> ids;
    for (const auto& id : all_between(page, " id=\"", "\"")) ids.insert(id);
    for (const auto& id : ids) EXPECT_EQ(ids.count(id), 1U) << id;
    for (const auto* reference : {" for=\"", " aria-labelledby=\"", " aria-describedby=\"", " href=\"#", " data-source=\""})
        for (const auto& list : all_between(page, reference, "\""))
            for (const auto id : split(list, ' '))
                EXPECT_TRUE(id.empty() || ids.contains(std::string(id))) << reference << id;
}

}  // namespace
}  // namespace loa::web
