// What a template shows: a tree of names and texts. Values are escaped by the template, never here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loa::web {

class View {
  public:
    View();
    View(const View&);
    View(View&&) noexcept;
    View& operator=(const View&);
    View& operator=(View&&) noexcept;
    ~View();

    /// A text for {{name}}. An empty text counts as absent in {{#name}}.
    View& set(std::string_view name, std::string text);
    View& set(std::string_view name, const char* text) { return set(name, std::string(text)); }
    View& set(std::string_view name, std::string_view text) { return set(name, std::string(text)); }
    /// A number is shown as people write it here: 1.234.567.
    View& set(std::string_view name, std::int64_t number);
    View& set(std::string_view name, int number) { return set(name, std::int64_t{number}); }
    /// A condition for {{#name}} and {{^name}}.
    View& flag(std::string_view name, bool on = true);
    /// A nested view for {{#name}}…{{/name}}.
    View& set(std::string_view name, View view);
    View& set(std::string_view name, std::vector<View> list);

    struct Impl;
    const Impl& impl() const { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace loa::web
