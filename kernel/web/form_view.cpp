#include "loa/web/form_view.h"

#include <algorithm>

#include "loa/i18n/catalogue.h"

namespace loa::web {

namespace {

/// How each kind of line is typed: the input's type and the keyboard that a phone offers.
struct LineKind {
    std::string_view kind, type, keyboard;
};
constexpr LineKind kLineKinds[] = {{"text", "text", ""},
                                   {"email", "email", ""},
                                   {"numeric", "text", "numeric"},
                                   {"date", "date", ""},
                                   {"password", "password", ""}};

constexpr const char* kKinds[] = {"is_line", "is_area", "is_choice", "is_check", "is_hidden"};

}  // namespace

std::string FormView::problem_of(std::string_view field) const {
    if (!refusal_) return {};
    for (const auto& problem : refusal_->failure.problems)
        if (problem.field == field) return i18n::translate(language_, problem.key, problem.args);
    return {};
}

View FormView::begun(const Field& field) const {
    View view;
    view.set("id", field.name).set("name", field.name).set("label", i18n::translate(language_, field.label));
    view.set("hint", field.hint.empty() ? "" : i18n::translate(language_, field.hint));
    view.set("error", problem_of(field.name)).flag("required", field.required);
    const auto shown = refusal_ && refusal_->typed->has(field.name) ? refusal_->typed->raw(field.name) : field.value;
    view.set("value", shown).set("autocomplete", field.autocomplete);
    view.set("most", field.most_characters > 0 ? std::to_string(field.most_characters) : "");
    for (const char* kind : kKinds) view.flag(kind, false);
    return view;
}

void FormView::add(const Field& field, std::string_view kind) {
    View view = begun(field);
    for (const auto& [name, type, keyboard] : kLineKinds)
        if (name == kind) view.flag("is_line").set("type", type).set("keyboard", keyboard);
    if (kind == "area") view.flag("is_area");
    if (kind == "password") view.set("value", "");
    names_.push_back(field.name);
    fields_.push_back(std::move(view));
}

void FormView::hidden(std::string name, std::string value) {
    View view;
    for (const char* kind : kKinds) view.flag(kind, false);
    view.set("name", std::move(name)).set("value", std::move(value)).flag("is_hidden");
        fields_.push_back(std::move(view));
}

void FormView::choice(const Field& field, const std::vector<Option>& options) {
    View view = begun(field);
    const auto chosen = refusal_ && refusal_->typed->has(field.name) ? refusal_->typed->text(field.name) : field.value;
    std::vector<View> list;
    for (const auto& option : options)
        list.push_back(View().set("value", option.value).set("label", option.label).flag("chosen", option.value == chosen));
    view.flag("is_choice").set("options", std::move(list));
    names_.push_back(field.name);
    fields_.push_back(std::move(view));
}

void FormView::check(const Field& field) {
    View view = begun(field);
    const bool on = refusal_ ? refusal_->typed->has(field.name) : !field.value.empty();
    view.flag("is_check").flag("on", on);
    names_.push_back(field.name);
    fields_.push_back(std::move(view));
}

void FormView::into(View& view) {
    view.set("fields", std::move(fields_));
    view.flag("has_problems", refusal_ != nullptr);
    if (!refusal_) return;
    std::vector<View> problems;
    for (const auto& problem : refusal_->failure.problems) {
        const bool here = !problem.field.empty() &&
                          (names_.empty() || std::find(names_.begin(), names_.end(), problem.field) != names_.end());
        problems.push_back(View()
                               .set("field", here ? problem.field : "noi-dung")
                               .set("text", i18n::translate(language_, problem.key, problem.args)));
    }
    view.set("heading", i18n::translate(language_, "web.form_not_done")).set("problems", std::move(problems));
}

}  // namespace loa::web
