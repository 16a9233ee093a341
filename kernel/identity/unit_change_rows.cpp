#include "unit_change_rows.h"

#include <algorithm>
#include <boost/json.hpp>

#include "loa/base/check.h"

namespace loa::identity {

namespace {
UnitChangeSet set_of(const storage::Row& row) {
    UnitChangeSet set{.authority = row.id("authority_id"),
                      .id = row.id("id"),
                      .name = row.text("name"),
                      .basis = row.text("basis"),
                      .day = row.date("day"),
                      .state = change_set_state_from(row.text("state")).value(),
                      .problem = std::nullopt,
                      .version = row.number("version"),
                      .changes = {}};
    if (const auto problem = row.optional_text("problem")) set.problem = problem_from(*problem);
    return set;
}

UnitChange change_of(const storage::Row& row) {
    UnitChange change{.id = row.id("id"),
                      .kind = change_kind_from(row.text("kind")).value(),
                      .unit = row.id("unit_id"),
                      .parent = row.optional_id("parent_id"),
                      .name = row.text("name"),
                      .short_name = row.text("short_name"),
                      .successors = {}};
    if (const auto kind = row.optional_text("unit_kind")) change.unit_kind = unit_kind_from(*kind).value();
    if (const auto closing = row.optional_text("closing")) change.closing = closing_kind_from(*closing).value();
    return change;
}

void add_changes(const Work& work, UnitChangeSet& set) {
    for (const auto& row : work.db.query("identity.changes_of_set", {set.authority, set.id})) set.changes.push_back(change_of(row));
    for (const auto& row : work.db.query("identity.change_successors_of_set", {set.authority, set.id})) {
        const auto change = std::find_if(set.changes.begin(), set.changes.end(),
                                         [&](const UnitChange& each) { return each.id == row.id("change_id"); });
        LOA_CHECK(change != set.changes.end());
        change->successors.push_back({{row.id("successor_authority_id"), row.id("successor_id")}, row.optional_number("share"), row.flag("takes_people")});
    }
    for (UnitChange& change : set.changes)
        if (change.kind == ChangeKind::End)
            if (const auto unit = work.db.one("identity.unit_by_id", {set.authority, change.unit, set.day.plus_days(-1)}))
                change.name = unit->text("name");
}
}  // namespace

std::vector<UnitChangeSet> change_sets(const Work& work, int limit) {
    std::vector<UnitChangeSet> sets;
    for (const auto& row : work.db.query("identity.change_sets", {work.authority, limit})) sets.push_back(set_of(row));
    return sets;
}

std::optional<UnitChangeSet> change_set_by_id(const Work& work, Id id) {
    const auto row = work.db.one("identity.change_set_by_id", {work.authority, id});
    if (!row) return std::nullopt;
    UnitChangeSet set = set_of(*row);
    add_changes(work, set);
    return set;
}

std::vector<IncomingChangeSet> incoming_change_sets(const Work& work) {
    std::vector<IncomingChangeSet> sets;
    for (const auto& row : work.db.query("identity.change_sets_towards", {work.authority})) {
        IncomingChangeSet incoming{set_of(row), row.text("from_name"), row.optional_number("accepted_at").has_value()};
        add_changes(work, incoming.set);
        std::erase_if(incoming.set.changes, [&](const UnitChange& change) {
            return std::none_of(change.successors.begin(), change.successors.end(),
                                [&](const ChangeSuccessor& successor) { return successor.unit.authority == work.authority; });
        });
        sets.push_back(std::move(incoming));
    }
    return sets;
}

CloseUnit closing_of(const UnitChangeSet& set, const UnitChange& change, std::int64_t version) {
    CloseUnit input{.unit = change.unit, .kind = change.closing, .date = set.day, .successors = {}, .version = version};
    for (const ChangeSuccessor& successor : change.successors) input.successors.push_back({successor.unit, successor.share});
    return input;
}

const UnitChange* ending_of(const UnitChangeSet& set, Id unit) {
    for (const UnitChange& change : set.changes)
        if (change.kind == ChangeKind::End && change.unit == unit) return &change;
    return nullptr;
}

std::string problem_text(const Problem& problem) {
    boost::json::object args;
    for (const auto& [name, value] : problem.args) args[name] = value;
    return boost::json::serialize(boost::json::object{{"change_id", problem.field}, {"key", problem.key}, {"args", std::move(args)}});
}

Problem problem_from(std::string_view text) {
    const boost::json::value value = boost::json::parse(text);
    Problem problem{std::string(value.at("change_id").as_string()), std::string(value.at("key").as_string()), {}};
    for (const auto& [name, arg] : value.at("args").as_object()) problem.args.emplace_back(std::string(name), std::string(arg.as_string()));
    return problem;
}

}  // namespace loa::identity
