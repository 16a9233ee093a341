#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>

#include "dialect.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/search/search.h"
#include "query.h"
#include "snippet.h"

namespace loa::search {

namespace {

constexpr int kMostHits = 500;

bool may_search(const Work& work) { return work.actor.signed_in() || work.actor.system; }

/// What the person is a reader of: ",all,unit:7,member:7,verb:plan.approve,verb:plan.draft@7,granted:plan.lines@12,"
std::string readings(Work& work, const Registry& registry) {
    std::string list = ",";
    const auto add = [&](const Visibility& visibility) { list += visibility.readers().front() + ","; };
    add(Visibility::authority());
    for (const Id unit : identity::own_units(work)) add(Visibility::members(unit));
    for (const Id unit : identity::unit_subtree(work, identity::own_units(work), work.today())) add(Visibility::unit(unit));
    for (const auto& verb : registry.all<identity::Verb>())
        if (identity::may_throughout(work, verb)) add(Visibility::verb(verb.name));
    std::set<std::string_view> verbs;
    for (const auto& source : registry.all<SearchSource>()) {
        verbs.insert(source.verbs_in_units.begin(), source.verbs_in_units.end());
        if (!source.readings) continue;
        for (const auto& granted : source.readings(work)) add(granted);
    }
    for (const auto name : verbs) {
        const auto& verb = identity::verb_by_name(registry, name);
        if (identity::may_throughout(work, verb)) continue;  // reads by the verb itself
        for (const Id unit : identity::units_where_may(work, verb)) add(Visibility::verb_in(name, unit));
    }
    return list;
}

/// The first `most` hits over all tries, each document once, in the order of the tries.
std::vector<Id> found(Work& work, const Query& query, const std::string& readings, int most) {
    std::vector<Id> ids;
    std::unordered_set<Id> seen;
    const auto engine = engine_of(work.db);
    for (const auto strictness : kTries) {
        const auto asked = expression(query, strictness, engine);
        if (!asked) continue;
        for (const auto& row : work.db.query("search.find", {work.authority, *asked, readings, most}))
            if (seen.insert(row.id("id")).second) ids.push_back(row.id("id"));
        if (static_cast<int>(ids.size()) >= most) break;
    }
    return ids;
}

Hit hit_of(Work& work, Id document, const Query& query) {
    const auto row = work.db.one("search.document_by_id", {work.authority, document});
    LOA_CHECK(row);
    return {{row->text("ref_kind"), work.authority, row->id("ref_id")},
            row->text("kind_label"),
            row->text("title"),
            snippet(row->text("body"), query),
            row->text("path")};
}

}  // namespace

Hits find(Work& work, const Registry& registry, std::string_view text, int limit, int offset) {
    LOA_CHECK(limit > 0 && offset >= 0);
    Hits hits;
    const auto query = parse_query(text);
    if (query.empty() || !may_search(work) || offset >= kMostHits) return hits;
    const auto ids = found(work, query, readings(work, registry), std::min(offset + limit + 1, kMostHits));
    for (auto at = static_cast<std::size_t>(offset); at < ids.size(); ++at) {
        if (hits.hits.size() == static_cast<std::size_t>(limit)) {
            hits.more = true;
            break;
        }
        hits.hits.push_back(hit_of(work, ids[at], query));
    }
    return hits;
}

}  // namespace loa::search
