#include "progress_answers.h"

#include <boost/json.hpp>
#include <charconv>

namespace loa::plan {

namespace {

namespace json = boost::json;

std::optional<Id> id_in(const json::object& from, std::string_view name) {
    const auto* text = from.if_contains(name);
    return text == nullptr ? std::nullopt : parse_id(std::string_view(text->as_string()));
}

json::object stored(const RowChoice& choice) {
    json::object row;
    if (choice.skip) row["skip"] = true;
    if (choice.anyway) row["anyway"] = true;
    if (choice.assignment) row["line"] = to_string(*choice.assignment);
    if (choice.target) row["target"] = to_string(*choice.target);
    return row;
}

}  // namespace

std::string stored(const ProgressAnswers& answers) {
    json::object all;
    if (answers.sheet) all["sheet"] = *answers.sheet;
    if (answers.places) {
        auto& places = all["places"].emplace_object();
        for (const auto column : kProgressColumns)
            if (answers.places->has(column)) places[code(column)] = answers.places->of(column);
    }
    if (answers.counting) all["counting"] = *answers.counting == Counting::Total ? "total" : "each";
    if (answers.day) all["day"] = answers.day->iso();
    auto& rows = all["rows"].emplace_object();
    for (const auto& [number, choice] : answers.rows) rows[std::to_string(number)] = stored(choice);
    return json::serialize(all);
}

ProgressAnswers progress_answers_from(const std::string& text) {
    const auto all = json::parse(text).as_object();
    ProgressAnswers answers;
    if (const auto* sheet = all.if_contains("sheet")) answers.sheet = sheet->to_number<std::size_t>();
    if (const auto* places = all.if_contains("places")) {
        answers.places.emplace();
        for (const auto column : kProgressColumns)
            if (const auto* place = places->as_object().if_contains(code(column))) answers.places->set(column, place->to_number<int>());
    }
    if (const auto* counting = all.if_contains("counting")) answers.counting = counting->as_string() == "total" ? Counting::Total : Counting::Each;
    if (const auto* day = all.if_contains("day")) answers.day = Date::parse_iso(std::string_view(day->as_string()));
    for (const auto& [name, row] : all.at("rows").as_object()) {
        const auto& said = row.as_object();
        int number = 0;
        std::from_chars(name.data(), name.data() + name.size(), number);
        answers.rows[number] = {said.contains("skip"), said.contains("anyway"), id_in(said, "line"), id_in(said, "target")};
    }
    return answers;
}

}  // namespace loa::plan
