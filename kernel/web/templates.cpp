#include "loa/web/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "template_text.h"
#include "view_impl.h"

namespace loa::web {

namespace mustache = kainjow::mustache;

namespace {

/// Names are looked up from the innermost section outwards. The library's own context splits dotted names
/// through a stream at every look-up; a layout has dozens of them.
class Scope final : public mustache::basic_context<std::string> {
  public:
    void push(const mustache::data* data) override { stack_.push_back(data); }
    void pop() override { stack_.pop_back(); }
    const mustache::data* get(const std::string& name) const override {
        if (name == ".") return stack_.back();
        const bool dotted = name.find('.') != std::string::npos;
        for (auto at = stack_.rbegin(); at != stack_.rend(); ++at)
            if (const auto* found = dotted ? walk(*at, name) : (*at)->get(name)) return found;
        return nullptr;
    }
    const mustache::data* get_partial(const std::string&) const override { return nullptr; }

  private:
    static const mustache::data* walk(const mustache::data* data, std::string_view name) {
        while (data && !name.empty()) {
            const auto dot = name.find('.');
            data = data->get(std::string(name.substr(0, dot)));
            name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
        }
        return data;
    }
    std::vector<const mustache::data*> stack_;
};

struct Output {
    std::string text;
    Output& operator<<(const std::string& part) {
        text += part;
        return *this;
    }
};

/// Parsed copies of one text. The library's render is not const, so a copy serves one thread at a time; there
/// are as many as were ever rendered at once.
class Copies {
  public:
    explicit Copies(std::string text) : text_(std::move(text)), has_form_(text_.find("{{csrf}}") != std::string::npos) {}

    std::string render(Scope& scope) {
        auto copy = take();
        Output output;
        output.text.reserve(text_.size() * 2);
        copy->render(scope, output);
        LOA_CHECK(copy->is_valid());
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(copy));
        return std::move(output.text);
    }
    bool has_form() const { return has_form_; }

  private:
    std::unique_ptr<mustache::mustache> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto copy = std::move(idle_.back());
                idle_.pop_back();
                return copy;
            }
        }
        auto copy = std::make_unique<mustache::mustache>(text_);
        copy->set_custom_escape([](const std::string& value) { return escaped_html(value); });
        return copy;
    }

    std::string text_;
    bool has_form_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<mustache::mustache>> idle_;
};

bool is_page(std::string_view name) {
    const auto slash = name.find('/');
    return slash != std::string_view::npos && name[slash + 1] != '_' && !name.starts_with("icon/") &&
           !name.starts_with("web/layout_");
}

/// "modules/plan/pages/plan.html" → "plan/plan"; nothing for what is no template.
std::optional<std::string> template_name(std::string_view path) {
    constexpr std::string_view kIcons = "kernel/web/components/icons/";
    constexpr std::string_view kComponents = "kernel/web/components/";
    if (path.starts_with(kIcons) && path.ends_with(".svg"))
        return fmt::format("icon/{}", path.substr(kIcons.size(), path.size() - kIcons.size() - 4));
    if (!path.ends_with(".html")) return std::nullopt;
    const auto stem = path.substr(0, path.size() - 5);
    if (path.starts_with(kComponents)) return std::string(stem.substr(kComponents.size()));
    const auto pages = stem.find("/pages/");
    if (pages == std::string_view::npos) return std::nullopt;
    const auto owner = stem.substr(0, pages);
    return fmt::format("{}/{}", owner.substr(owner.rfind('/') + 1), stem.substr(pages + 7));
}

constexpr Language kLanguages[] = {Language::Vietnamese, Language::English};

}  // namespace

struct Templates::Impl {
    TemplateText::Files files;
    std::unique_ptr<TemplateText> texts;
    std::mutex mutex;  // guards the map; a Copies guards itself
    std::map<std::string, std::unique_ptr<Copies>, std::less<>> copies;

    /// Loaded when it is first shown: to parse all of them in both languages is most of what a start would take.
    Copies& find(std::string_view name, std::optional<std::string_view> shell, Language language) {
        const auto key = fmt::format("{} {} {}", name, shell.value_or(""), code(language));
        const std::lock_guard lock(mutex);
        auto& slot = copies[key];
        if (!slot) {
            TemplateProblems problems;
            slot = load(name, shell, language, problems);
            if (!problems.empty()) {
                copies.erase(key);
                throw Fault(fmt::format("web: {}", joined(problems, "; ")));
            }
        }
        return *slot;
    }

    std::unique_ptr<Copies> load(std::string_view name, std::optional<std::string_view> shell,
                                 Language language, TemplateProblems& problems) const {
        if (!files.contains(name)) {
            problems.push_back(fmt::format("there is no template {}", name));
            return nullptr;
        }
        auto text =
            shell ? texts->page(name, *shell, language, problems) : texts->bare(name, language, problems);
        const mustache::mustache parsed(text);
        if (!parsed.is_valid()) problems.push_back(fmt::format("{}: {}", name, parsed.error_message()));
        return std::make_unique<Copies>(std::move(text));
    }

    std::string shell_of(std::string_view name) const {
        const auto file = files.find(name);
        return file == files.end() ? std::string() : TemplateText::shell_of(file->second);
    }
};

Templates::Templates(std::vector<Source> sources, Translate translate, const Assets& assets)
    : impl_(std::make_unique<Impl>()) {
    TemplateProblems problems;
    for (auto& source : sources) {
        // The line break at a file's end would part an icon from its word.
        source.text.resize(source.text.find_last_not_of(" \t\r\n") + 1);
        const bool added = impl_->files.emplace(source.name, std::move(source.text)).second;
        if (!added) problems.push_back(fmt::format("two files make the template {}", source.name));
    }
    if (!problems.empty()) throw Fault("web: templates:\n  " + joined(problems, "\n  "));
    impl_->texts =
        std::make_unique<TemplateText>(impl_->files, std::move(translate),
                                       [&assets](std::string_view name) { return assets.address(name); });
}

void Templates::check() const {
    TemplateProblems problems;
    for (const auto& [name, text] : impl_->files)
        for (const auto language : kLanguages) {
            if (name.starts_with("web/layout_")) continue;  // part of every page
            const std::string shell = TemplateText::shell_of(text);
            const auto in = is_page(name) ? std::optional<std::string_view>(shell) : std::nullopt;
            impl_->load(name, in, language, problems);
        }
    if (!problems.empty()) {
        // A fault in a layout shows in every page.
        std::sort(problems.begin(), problems.end());
        problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
        throw Fault("web: templates:\n  " + joined(problems, "\n  "));
    }
}

Templates::~Templates() = default;

std::vector<Templates::Source> Templates::embedded_sources() {
    std::vector<Source> sources;
    for (const auto& file : embedded_files(""))
        if (auto name = template_name(file.path))
            sources.push_back({*std::move(name), std::string(file.bytes)});
    return sources;
}

std::string Templates::render(std::string_view name, std::string_view shell, Language language,
                              const View& page, const View& around) const {
    const std::string own = shell.empty() ? impl_->shell_of(name) : std::string(shell);
    Scope scope;
    scope.push(&around.impl().data);
    scope.push(&page.impl().data);
    return impl_->find(name, own, language).render(scope);
}

std::string Templates::render_bare(std::string_view name, Language language, const View& view) const {
    Scope scope;
    scope.push(&view.impl().data);
    return impl_->find(name, std::nullopt, language).render(scope);
}

bool Templates::has(std::string_view name) const {
    return impl_->files.contains(name);
}

bool Templates::has_form(std::string_view name, std::string_view shell) const {
    const std::string own = shell.empty() ? impl_->shell_of(name) : std::string(shell);
    return impl_->find(name, own, Language::Vietnamese).has_form();
}

std::vector<std::string> Templates::names() const {
    std::vector<std::string> names;
    for (const auto& [name, text] : impl_->files) names.push_back(name);
    return names;
}

}  // namespace loa::web
