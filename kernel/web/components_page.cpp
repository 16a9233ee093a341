#include "components_page.h"

#include "loa/i18n/catalogue.h"

namespace loa::web {

namespace {

View field(Language language, std::string_view id, std::string_view hint, std::string_view error) {
    const auto text = [&](std::string_view key) {
        return key.empty() ? std::string() : i18n::translate(language, key);
    };
    return View()
        .set("id", id)
        .set("name", id)
        .set("label", text("web.components.name"))
        .set("value", error.empty() ? text("web.components.visual") : std::string())
        .set("hint", text(hint))
        .set("error", text(error));
}

View dates(Language language, std::string_view id, std::string_view label, std::string_view error) {
    return View()
        .set("id", id)
        .set("label", i18n::translate(language, label))
        .set("hint", i18n::translate(language, "web.components.due_hint"))
        .set("error", error.empty() ? std::string() : i18n::translate(language, error))
        .set("day", error.empty() ? "19" : "01")
        .set("month", "01")
        .set("year", "2024");
}

View problem(Language language, std::string_view id, std::string_view key) {
    return View().set("field", id).set("text", i18n::translate(language, key));
}

View page_link(int number, std::string_view path) {
    return View().set("number", number).set("path", path).flag("current", path.empty());
}

}  // namespace

Page components_page(Language language) {
    const auto text = [&](std::string_view key) { return i18n::translate(language, key); };
    Page page;
    page.name = "web/components";
    page.title = text("web.components.title");
    page.view.set("crumbs", std::vector<View>{View().set("label", text("web.home")).set("path", "/"),
                                              View().set("label", page.title).set("path", "")});
    page.view.set("refused", View()
                                 .set("heading", text("web.components.to_fix"))
                                 .set("problems", std::vector<View>{
                                                      problem(language, "ten-3", "web.components.name_error"),
                                                      problem(language, "han", "web.components.due_error")}));
    page.view.set("fields", std::vector<View>{field(language, "ten-1", "", ""),
                                              field(language, "ten-2", "web.components.name_hint", ""),
                                              field(language, "ten-3", "", "web.components.name_error"),
                                              field(language, "ten-4", "web.components.name_hint",
                                                    "web.components.name_error")});
    page.view.set(
        "dates", std::vector<View>{dates(language, "ngay", "web.components.issued_on", ""),
                                   dates(language, "han", "web.components.due", "web.components.due_error")});
    // Every kind of control with its hint, and with its hint and what is wrong.
    page.view.set("states", std::vector<View>{View().set("n", 1), View().set("n", 2).flag("wrong")});
    page.view.set("first", 26).set("last", 50).set("total", 1234);
    page.view.set("previous", kComponentsPath).set("next", kComponentsPath);
    page.view.set("pages", std::vector<View>{page_link(1, kComponentsPath), page_link(2, ""),
                                             page_link(3, kComponentsPath)});
    page.view.set("nothing", View()
                                 .set("missing", text("web.components.empty_missing"))
                                 .set("remedy", text("web.components.empty_remedy"))
                                 .set("action", text("web.components.empty_action"))
                                 .set("action_path", kComponentsPath));
    return page;
}

}  // namespace loa::web
