#include "task_form.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "queries.h"

namespace loa::tasks {

namespace {

using web::Fields;
using web::View;

struct Answer {
    const char* field;
    std::string value;
};

std::string ids_text(std::vector<Id> ids) {
    std::sort(ids.begin(), ids.end());
    std::vector<std::string> texts;
    for (const Id id : ids) texts.push_back(to_string(id));
    return joined(texts, ",");
}

std::vector<Id> ids_in(const std::string& text) {
    std::vector<Id> ids;
    for (const auto part : split(text, ','))
        if (const auto id = parse_id(part)) ids.push_back(*id);
    return ids;
}

/// The same day is the same, however it is typed.
std::string day_text(const std::string& typed) {
    const auto day = Date::parse_vietnamese(squeezed(typed));
    return day ? day->vietnamese() : squeezed(typed);
}

std::vector<Answer> answers_of(const TaskWords& words) {
    return {{"title", squeezed(words.title)},
            {"note", std::string(trimmed(words.note))},
            {"start_on", day_text(words.start_on)},
            {"due_on", day_text(words.due_on)},
            {"responsible", words.responsible ? to_string(*words.responsible) : ""},
            {"partners", ids_text(words.partners)}};
}

void set_answer(TaskWords& words, std::string_view field, const TaskWords& from) {
    if (field == "title") words.title = from.title;
    if (field == "note") words.note = from.note;
    if (field == "start_on") words.start_on = from.start_on;
    if (field == "due_on") words.due_on = from.due_on;
    if (field == "responsible") words.responsible = from.responsible;
    if (field == "partners") words.partners = from.partners;
}

/// Ids of people as their names.
std::string shown(const Work& work, const std::string& field, const std::string& value) {
    if (field != "responsible" && field != "partners") return value.empty() ? tr(work, "tasks.left_empty") : value;
    std::vector<std::string> names;
    for (const Id id : ids_in(value)) {
        const auto person = identity::person_by_id(work, id);
        names.push_back(person ? person->name : tr(work, "tasks.somebody"));
    }
    return names.empty() ? tr(work, "tasks.nobody") : joined(names, ", ");
}

/// The unit's people, and who is on the task though she has left.
std::vector<Participant> people_for(const Work& work, Id unit, const Task* before) {
    auto people = people_of(work, unit);
    const auto add = [&](const Participant& person) {
        if (std::none_of(people.begin(), people.end(), [&](const Participant& known) { return known.person == person.person; })) people.push_back(person);
    };
    if (before && before->responsible) add(*before->responsible);
    if (before)
        for (const auto& partner : before->partners) add(partner);
    return people;
}

}  // namespace

TaskWords typed_words(const Fields& form, const TaskWords& stored) {
    TaskWords words = stored;
    if (form.has("title")) words.title = form.raw("title");
    if (form.has("note")) words.note = form.raw("note");
    if (form.has("start_on")) words.start_on = form.text("start_on");
    if (form.has("due_on")) words.due_on = form.text("due_on");
    if (!form.has("responsible")) return words;
    words.responsible = form.id("responsible");
    words.partners = form.ids("partners");
    if (words.responsible) std::erase(words.partners, *words.responsible);
    return words;
}

TaskWords seen_words(const Fields& form, const TaskWords& stored) {
    TaskWords words = stored;
    if (form.has("seen_title")) words.title = form.raw("seen_title");
    if (form.has("seen_note")) words.note = form.raw("seen_note");
    if (form.has("seen_start_on")) words.start_on = form.text("seen_start_on");
    if (form.has("seen_due_on")) words.due_on = form.text("seen_due_on");
    if (form.has("seen_responsible")) words.responsible = form.id("seen_responsible");
    if (form.has("seen_partners")) words.partners = ids_in(form.text("seen_partners"));
    return words;
}

View task_form(const Work& work, const UnitRights& rights, Id unit, const Task* before, const TaskWords& words, const TaskWords& seen,
               const Refused* refused) {
    View form;
    form.set("task_title", words.title).set("note", words.note).set("start_on", words.start_on).set("due_on", words.due_on);
    form.set("today", work.today().vietnamese()).flag("sets_people", !before || rights.assigns()).flag("sets_due", !before || rights.decides(*before));
    std::vector<View> responsible, partners, kept;
    const auto chosen = [](const std::vector<Id>& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
    for (const auto& person : people_for(work, unit, before)) {
        if (!rights.assigns() && person.person != work.actor.person) continue;
        responsible.push_back(choice(to_string(person.person), person.name, words.responsible == person.person));
        if (rights.assigns()) partners.push_back(choice(to_string(person.person), person.name, chosen(words.partners, person.person)));
    }
    form.flag("has_partners", partners.size() > 1);
    form.set("responsible", std::move(responsible)).set("partners", std::move(partners));
    if (before)
        for (const auto& [field, value] : answers_of(seen)) kept.push_back(View().set("name", std::string("seen_") + field).set("value", value));
    form.set("seen", std::move(kept));
    set_field_errors(work, form, refused, {"title", "note", "start_on", "due_on", "responsible", "partners"});
    return form;
}

std::vector<View> conflict_rows(const Work& work, const Task& stored, const TaskWords& seen, const TaskWords& typed) {
    std::vector<View> rows;
    const auto was = answers_of(seen), mine = answers_of(typed), now = answers_of(words_of(stored));
    for (std::size_t i = 0; i < was.size(); ++i) {
        if (was[i].value == mine[i].value && was[i].value == now[i].value) continue;
        const std::string field = was[i].field;
        rows.push_back(View()
                           .set("field", tr(work, "tasks.field_" + field))
                           .set("was", shown(work, field, was[i].value))
                           .set("mine", mine[i].value == was[i].value ? tr(work, "tasks.unchanged") : shown(work, field, mine[i].value))
                           .set("theirs", now[i].value == was[i].value ? tr(work, "tasks.unchanged") : shown(work, field, now[i].value))
                           .flag("both", mine[i].value != was[i].value && now[i].value != was[i].value && mine[i].value != now[i].value));
    }
    return rows;
}

TaskWords merged_words(const TaskWords& stored, const TaskWords& seen, const TaskWords& typed) {
    TaskWords merged = stored;
    const auto was = answers_of(seen), mine = answers_of(typed);
    for (std::size_t i = 0; i < was.size(); ++i)
        if (was[i].value != mine[i].value) set_answer(merged, was[i].field, typed);
    return merged;
}

}  // namespace loa::tasks
