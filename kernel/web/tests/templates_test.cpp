#include "loa/web/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "loa/base/fault.h"

namespace loa::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const Language kVi = Language::Vietnamese;
const Language kEn = Language::English;

std::optional<std::string> text(Language language, std::string_view key) {
    if (key == "t.title") return language == kVi ? "Kế hoạch <mới> & cũ" : "Plan";
    if (key == "t.days") return language == kVi ? "Còn {count} ngày, hạn {due.day}" : "{count} days left";
    if (key == "t.brace") return "a { b";
    return std::nullopt;
}

const Assets& assets() {
    static const Assets made(std::vector<EmbeddedFile>{{"assets/a.css", "body{}"}});
    return made;
}

struct Shelf {
    std::vector<Templates::Source> sources{
        {"web/layout_plain", "<html lang=\"{{frame.language}}\">{{{body}}}</html>"},
        {"web/layout_officer", "<nav>{{#frame}}{{name}}{{/frame}}</nav>{{{body}}}"}};
    Shelf& with(std::string name, std::string template_text) {
        sources.push_back({std::move(name), std::move(template_text)});
        return *this;
    }
    Templates load() const { return Templates(sources, text, assets()); }
    std::string fault() const {
        try {
            load().check();
        } catch (const Fault& error) {
            return error.what();
        }
        return "no fault";
    }
};

std::string rendered(const Shelf& shelf, const View& view, Language language = kVi) {
    return shelf.load().render_bare("t/p", language, view);
}

TEST(Templates, EscapeEveryValue) {
    View view;
    view.set("x", "<script>'\"&</script>");
    EXPECT_EQ(rendered(Shelf().with("t/p", "<a title=\"{{x}}\">{{ x }}</a>"), view),
              "<a "
              "title=\"&lt;script&gt;&#39;&quot;&amp;&lt;/script&gt;\">&lt;script&gt;&#39;&quot;&amp;&lt;/"
              "script&gt;</a>");
}

TEST(Templates, ValuesAreNeverTemplates) {
    View view;
    view.set("x", "{{y}}{{{z}}}{{#y}}").set("y", "NO").set("z", "NO");
    EXPECT_EQ(rendered(Shelf().with("t/p", "{{x}}"), view), "{{y}}{{{z}}}{{#y}}");
}

TEST(Templates, RefuseOutputWithoutEscaping) {
    for (const auto* tag : {"{{{x}}}", "{{& x}}", "{{=<% %>=}}", "{{{body}}}", "{{{icon_svg}}}", "{{ }}",
                            "{{a b}}", "{{#a b}}{{/a b}}"})
        EXPECT_THAT(Shelf().with("t/p", tag).fault(), HasSubstr("t/p:1")) << tag;
    EXPECT_THAT(Shelf().with("t/p", "{{>q}}{{x}}}").with("q", "{").fault(), HasSubstr("ends with a brace"));
}

TEST(Templates, SectionsAndLists) {
    View view;
    std::vector<View> rows;
    for (const auto* name : {"a", "b"}) rows.push_back(View().set("name", name));
    view.set("rows", std::move(rows))
        .set("none", std::vector<View>())
        .flag("on")
        .flag("off", false)
        .set("empty", "");
    view.set("unit", View().set("name", "Phòng"));
    EXPECT_EQ(rendered(Shelf().with(
                           "t/p",
                           "{{#rows}}[{{name}}]{{/rows}}{{^none}}-{{/none}}{{#on}}+{{/on}}{{#off}}!{{/off}}"
                           "{{#empty}}!{{/empty}}{{^empty}}0{{/empty}}{{#unit}}{{name}}{{/unit}} "
                           "{{unit.name}}{{absent}}"),
                       view),
              "[a][b]-+0Phòng Phòng");
}

TEST(Templates, NumbersAsPeopleWriteThem) {
    View view;
    view.set("a", 0)
        .set("b", 999)
        .set("c", 1000)
        .set("d", -1234567)
        .set("e", std::int64_t{9223372036854775807});
    EXPECT_EQ(rendered(Shelf().with("t/p", "{{a}} {{b}} {{c}} {{d}} {{e}}"), view),
              "0 999 1.000 -1.234.567 9.223.372.036.854.775.807");
}

TEST(Templates, PutPartialsInAtLoading) {
    Shelf shelf;
    shelf.with("t/p", "{{#rows}}{{>t/_row}}{{/rows}}{{>icon/home}}")
        .with("t/_row", "<li>{{name}}{{>dot}}</li>\n")
        .with("dot", ".")
        .with("icon/home", "<svg/>\n");
    View view;
    std::vector<View> rows;
    rows.push_back(View().set("name", "a"));
    view.set("rows", std::move(rows));
    EXPECT_EQ(rendered(shelf, view), "<li>a.</li><svg/>");
    EXPECT_THAT(Shelf().with("t/p", "\n{{>t/_gone}}").fault(),
                HasSubstr("t/p:2: there is no partial t/_gone"));
    EXPECT_THAT(Shelf().with("t/p", "{{>a}}").with("a", "{{>b}}").with("b", "{{>a}}").fault(),
                HasSubstr("contains itself"));
}

TEST(Templates, PutThePanelsOfAPageInByTheirNumbers) {
    const auto shelf = Shelf()
                           .with("t/p", "<{{>panels home}}>")
                           .with("b/_panel_home_10_first", "1{{word}}")
                           .with("a/_panel_home_20_second", "2")
                           .with("a/_panel_home_30_third", "3")
                           .with("a/_panel_other_10_x", "x");
    View view;
    view.set("b_first", View().set("word", "!")).set("a_third", View().set("word", "?"));
    EXPECT_EQ(rendered(shelf, view), "<1!3>");
}

TEST(Templates, SectionsCloseInTheirFile) {
    EXPECT_THAT(Shelf().with("t/p", "{{#a}}").fault(), HasSubstr("not closed"));
    EXPECT_THAT(Shelf().with("t/p", "{{#a}}{{>q}}").with("q", "{{/a}}").fault(),
                HasSubstr("closes no open section"));
    EXPECT_THAT(Shelf().with("t/p", "{{#a}}{{#b}}{{/a}}{{/b}}").fault(), HasSubstr("closes no open section"));
    EXPECT_THAT(Shelf().with("t/p", "x {{name").fault(), HasSubstr("not closed"));
}

TEST(Templates, TranslateAtLoading) {
    Shelf shelf;
    shelf.with("t/p", "<h1>{{@t.title}}</h1><p>{{@t.days}}</p>");
    View view;
    view.set("count", 3).set("due", View().set("day", "<5>"));
    EXPECT_EQ(rendered(shelf, view),
              "<h1>Kế hoạch &lt;mới&gt; &amp; cũ</h1><p>Còn 3 ngày, hạn &lt;5&gt;</p>");
    EXPECT_EQ(rendered(shelf, view, kEn), "<h1>Plan</h1><p>3 days left</p>");
    EXPECT_THAT(Shelf().with("t/p", "{{@t.gone}}").fault(), HasSubstr("no text for t.gone in en"));
    EXPECT_THAT(Shelf().with("t/p", "{{@t.brace}}").fault(), HasSubstr("stray brace"));
}

TEST(Templates, KnowAssets) {
    EXPECT_EQ(rendered(Shelf().with("t/p", "{{@@asset:a.css}}"), {}), *assets().address("a.css"));
    EXPECT_THAT(Shelf().with("t/p", "{{@@asset:b.css}}").fault(), HasSubstr("there is no asset b.css"));
}

TEST(Templates, WrapPagesInTheirShell) {
    Shelf shelf;
    shelf.with("t/p", "{{! shell: officer }}\n<p>{{name}}{{frame.name}}</p>")
        .with("t/q", "<p>{{>t/_part}}</p>")
        .with("t/_part", "x");
    const auto templates = shelf.load();
    View page, around;
    page.set("name", "page");
    around.set("frame", View().set("name", "frame").set("language", "vi"));
    // A page's own names do not reach into the frame.
    EXPECT_EQ(templates.render("t/p", "", kVi, page, around), "<nav>frame</nav>\n<p>pageframe</p>");
    EXPECT_EQ(templates.render("t/p", "plain", kVi, page, around),
              "<html lang=\"vi\">\n<p>pageframe</p></html>");
    EXPECT_EQ(templates.render("t/q", "", kVi, page, around), "<html lang=\"vi\"><p>x</p></html>");
    EXPECT_THROW(templates.render("t/p", "gone", kVi, page, around), Fault);
    EXPECT_THROW(templates.render("t/gone", "", kVi, page, around), Fault);
    EXPECT_THAT(Shelf().with("t/p", "{{! shell: gone }}").fault(), HasSubstr("there is no shell \"gone\""));
}

TEST(Templates, KnowWhichPageHoldsAForm) {
    Shelf shelf;
    shelf.with("form", "<input name=\"csrf\" value=\"{{csrf}}\">").with("t/p", "{{>form}}").with("t/q", "-");
    const auto templates = shelf.load();
    EXPECT_TRUE(templates.has_form("t/p", ""));
    EXPECT_FALSE(templates.has_form("t/q", ""));
}

TEST(Templates, LeaveOutIndentationOnly) {
    EXPECT_EQ(
        rendered(
            Shelf().with(
                "t/p",
                "<ul>\n    <li>a  b</li>\n\t</ul>\n<pre>\n  x\n</pre>\n  <textarea>\n  y</textarea>\n  z"),
            {}),
        "<ul>\n<li>a  b</li>\n</ul>\n<pre>\n  x\n</pre>\n<textarea>\n  y</textarea>\nz");
}

TEST(Templates, ServeManyThreads) {
    Shelf shelf;
    shelf.with("t/p", "{{#rows}}{{n}},{{/rows}}");
    const auto templates = shelf.load();
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int turn = 0; turn < 300; ++turn) {
                View view;
                std::vector<View> rows;
                for (int row = 0; row < 5; ++row) rows.push_back(View().set("n", thread));
                view.set("rows", std::move(rows));
                std::string expected;
                for (int row = 0; row < 5; ++row) expected += std::to_string(thread) + ",";
                if (templates.render_bare("t/p", kVi, view) != expected) ++wrong;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(View, CopiesAreApart) {
    View a;
    a.set("x", "1");
    View b = a;
    b.set("x", "2");
    Shelf shelf;
    shelf.with("t/p", "{{x}}");
    EXPECT_EQ(rendered(shelf, a), "1");
    EXPECT_EQ(rendered(shelf, b), "2");
}

}  // namespace
}  // namespace loa::web
