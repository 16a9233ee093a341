#include "board_query.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/identity/people.h"
#include "rights.h"

namespace loa::tasks {

namespace {

/// In whose place she acts, her tasks are that person's.
Id oneself(const Work& work) { return work.actor.acting_for ? work.actor.acting_for : work.actor.person; }

void take_people(Work& work, BoardQuery& asked, const std::string& typed) {
    const UnitRights rights(work, asked.unit->id);
    const auto own = identity::own_units(work);
    const bool member = std::find(own.begin(), own.end(), asked.unit->id) != own.end();
    asked.people = typed.empty() ? (member && !rights.assigns() ? "toi" : "tat-ca") : typed;
    if (asked.people == "toi") {
        asked.filter.person = oneself(work);
    } else if (asked.people == "chua-giao") {
        asked.filter.people = TaskFilter::People::Nobody;
    } else if (const auto person = parse_id(asked.people)) {
        asked.filter.person = *person;
    } else {
        asked.people = "tat-ca";
    }
}

}  // namespace

std::string BoardQuery::text(Look other) const {
    std::string text = fmt::format("xem={}", other == Look::Board ? "bang" : "danh-sach");
    if (!unit) return text;
    text += fmt::format("&don-vi={}&nguoi={}", to_string(unit->id), people);
    if (filter.assignment) text += "&viec=" + to_string(*filter.assignment);
    if (filter.state) text += fmt::format("&tinh-trang={}", code(*filter.state));
    if (filter.late_on) text += "&tre=1";
    return text;
}

BoardQuery board_query(Work& work, const web::Request& request) {
    BoardQuery asked;
    const auto& query = request.query;
    asked.units = board_units(work);
    asked.look = query.text("xem") == "danh-sach" ? BoardQuery::Look::List : BoardQuery::Look::Board;
    asked.page = std::clamp<std::int64_t>(query.number("trang").value_or(1), 1, 1000);
    if (asked.units.empty()) return asked;
    const auto wanted = query.id("don-vi");
    const auto found = std::find_if(asked.units.begin(), asked.units.end(), [&](const BoardUnit& unit) { return unit.id == wanted; });
    asked.unit = found == asked.units.end() ? asked.units.front() : *found;
    asked.filter.unit = asked.unit->id;
    take_people(work, asked, query.text("nguoi"));
    asked.filter.assignment = query.id("viec");
    asked.filter.state = task_state_from(query.text("tinh-trang"));
    if (query.text("tre") == "1") asked.filter.late_on = work.today();
    return asked;
}

}  // namespace loa::tasks
