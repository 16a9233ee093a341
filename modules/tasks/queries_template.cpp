// Templates: the shipped ones out of data/templates.tsv in the reader's language, and those that units keep.
#include <charconv>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "queries.h"

namespace loa::tasks {

namespace {

int number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    LOA_CHECK(error == std::errc{} && end == text.data() + text.size());
    return number;
}

std::vector<Template> shipped(Language language) {
    const auto* file = embedded_file("modules/tasks/data/templates.tsv");
    LOA_CHECK(file != nullptr);
    const auto text = [&](const std::string& key) { return i18n::translate(language, key); };
    std::vector<Template> templates;
    for (const auto line : split(file->bytes, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto row = split(line, '\t');
        LOA_CHECK(row.size() == 4);
        const std::string name(row[0]);
        if (templates.empty() || templates.back().choice != name)
            templates.push_back({name, text("tasks.template_" + name), std::nullopt, std::nullopt, {}});
        const std::string key = "tasks.shipped_" + name + "_" + std::string(row[1]);
        TemplateTask task{text(key), "", number_in(row[2]), {}};
        for (int n = 1; n <= number_in(row[3]); ++n) task.checklist.push_back(text(key + "_" + std::to_string(n)));
        templates.back().tasks.push_back(std::move(task));
    }
    return templates;
}

std::vector<TemplateTask> tasks_of(Work& work, Id id) {
    std::vector<TemplateTask> tasks;
    for (const auto& row : work.db.query("tasks.template_tasks", {work.authority, id})) {
        TemplateTask task{row.text("title"), row.optional_text("note").value_or(""), std::nullopt, {}};
        if (const auto days = row.optional_number("days_before")) task.days_before = static_cast<int>(*days);
        if (const auto checklist = row.optional_text("checklist"))
            for (const auto item : split(*checklist, '\n')) task.checklist.emplace_back(item);
        tasks.push_back(std::move(task));
    }
    return tasks;
}

}  // namespace

std::vector<Template> templates_for(Work& work, Id unit) {
    auto templates = shipped(work.language);
    for (const auto& row : work.db.query("tasks.templates_by_unit", {work.authority, unit}))
        templates.push_back({to_string(row.id("id")), row.text("name"), row.id("id"), unit, tasks_of(work, row.id("id"))});
    return templates;
}

std::optional<Template> template_chosen(Work& work, Id unit, std::string_view choice) {
    for (auto& each : templates_for(work, unit))
        if (each.choice == choice) return std::move(each);
    return std::nullopt;
}

}  // namespace loa::tasks
