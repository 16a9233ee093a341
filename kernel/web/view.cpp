#include "loa/web/view.h"

#include "view_impl.h"

namespace loa::web {

namespace mustache = kainjow::mustache;

namespace {

/// 1234567 → "1.234.567".
std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, '.');
    }
    return digits;
}

}  // namespace

View::View() : impl_(std::make_unique<Impl>()) {}
View::View(const View& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
View::View(View&&) noexcept = default;
View& View::operator=(const View& other) {
    if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
    return *this;
}
View& View::operator=(View&&) noexcept = default;
View::~View() = default;

View& View::set(std::string_view name, std::string text) {
    auto& data = impl_->data[std::string(name)];
    if (text.empty()) {
        // The library takes "" for true in {{#name}}; false is shown as nothing, too.
        data = mustache::data(false);
        return *this;
    }
    data = mustache::data(mustache::data::type::string);
    // The library can only copy into its text, which may be a whole document.
    const_cast<std::string&>(data.string_value()) = std::move(text);
    return *this;
}

View& View::set(std::string_view name, std::int64_t number) {
    impl_->data[std::string(name)] = mustache::data(grouped(number));
    return *this;
}

View& View::flag(std::string_view name, bool on) {
    impl_->data[std::string(name)] = mustache::data(on);
    return *this;
}

View& View::set(std::string_view name, View view) {
    impl_->data[std::string(name)] = std::move(view.impl_->data);
    return *this;
}

View& View::set(std::string_view name, std::vector<View> list) {
    mustache::data items(mustache::data::type::list);
    // The library can only copy into its list, which would copy every row once more.
    auto& rows = const_cast<mustache::list&>(items.list_value());
    rows.reserve(list.size());
    for (auto& view : list) rows.push_back(std::move(view.impl_->data));
    impl_->data[std::string(name)] = std::move(items);
    return *this;
}

}  // namespace loa::web
