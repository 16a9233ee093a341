// Mustache files that a designer can read, made ready when they are first shown: partials, layouts, translations, icons and
// addresses of assets are put in when they are loaded, so rendering only fills in values. README.md of this
// folder has the language.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/language.h"
#include "loa/web/assets.h"
#include "loa/web/view.h"

namespace loa::web {

class Templates {
  public:
    /// "plan/plan" and the text of modules/plan/pages/plan.html; "icon/home" and its SVG; "form" and the text
    /// of kernel/web/components/form.html.
    struct Source {
        std::string name;
        std::string text;
    };
    /// The catalogue's text of a key with its {placeholders} as they are; nothing when the key is missing.
    using Translate = std::function<std::optional<std::string>(Language, std::string_view key)>;

    /// Throws Fault where two sources have one name. Each is loaded when it is first shown; `assets` outlive them.
    Templates(std::vector<Source> sources, Translate translate, const Assets& assets);
    ~Templates();

    /// Loads every template in both languages, and throws Fault that lists all it found wrong: a missing partial, key or
    /// asset, a cycle, an unclosed section, an output without escaping. For tests; shown, such a template is a Fault too.
    void check() const;

    /// Those embedded in the program: pages/*.html of every library and module, the components and icons.
    static std::vector<Source> embedded_sources();

    /// The page inside its layout: `shell` ("officer", "public", "plain"), or, when empty, the one that the
    /// file's first line names. Names are looked up in `page` first, then in `around`. Safe from many
    /// threads.
    std::string render(std::string_view name, std::string_view shell, Language language, const View& page,
                       const View& around) const;
    /// The file alone, without a layout: a fragment, a mail.
    std::string render_bare(std::string_view name, Language language, const View& view) const;

    bool has(std::string_view name) const;
    /// Does the page hold a form (a {{csrf}})? Then it is one person's own and never cached.
    bool has_form(std::string_view name, std::string_view shell) const;
    /// Every template's name, by name.
    std::vector<std::string> names() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace loa::web
