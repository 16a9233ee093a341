// Makes one flat Mustache text of a template: partials, layout, translations, addresses of assets put in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/language.h"

namespace loa::web {

/// &, <, >, " and ' as HTML writes them.
std::string escaped_html(std::string_view text);

/// Collects what is wrong with templates, one line each: "plan/plan:12: no partial plan/_part".
using TemplateProblems = std::vector<std::string>;

class TemplateText {
  public:
    using Files = std::map<std::string, std::string, std::less<>>;
    using Translate = std::function<std::optional<std::string>(Language, std::string_view key)>;
    using Address = std::function<const std::string*(std::string_view asset)>;

    TemplateText(const Files& files, Translate translate, Address address)
        : files_(files), translate_(std::move(translate)), address_(std::move(address)) {}

    /// The shell that a page's first line names; "plain" when it names none.
    static std::string shell_of(std::string_view text);
    /// The page inside the layout "web/layout_<shell>".
    std::string page(std::string_view name, std::string_view shell, Language language,
                     TemplateProblems& problems) const;
    /// The file alone, with its partials.
    std::string bare(std::string_view name, Language language, TemplateProblems& problems) const;

  private:
    struct Writing;
    void append(Writing& writing, std::string_view name) const;
    void append_tag(Writing& writing, std::string_view name, int line, std::string_view tag) const;
    void append_translation(Writing& writing, std::string_view name, int line, std::string_view key) const;
    void append_panels(Writing& writing, std::string_view page) const;
    void append_partial(Writing& writing, std::string_view name, int line, std::string_view partial) const;

    const Files& files_;
    Translate translate_;
    Address address_;
};

}  // namespace loa::web
