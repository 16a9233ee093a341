#include <algorithm>
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

/// ",all,unit:7,verb:plan.approve,"
std::string visible_to(const Work& work, const Registry& registry) {
    std::string list = ",all,";
    std::unordered_set<Id> seen;
    for (const Id own : identity::own_units(work))
        for (const Id unit : identity::unit_subtree(work, own, work.today()))
            if (seen.insert(unit).second) list += Visibility::unit(unit).text() + ",";
    for (const auto& verb : registry.all<identity::Verb>())
        if (identity::may(work, verb)) list += Visibility::verb(verb.name).text() + ",";
    return list;
}

/// The first `most` hits over all tries, each document once, in the order of the tries.
std::vector<Id> found(Work& work, const Query& query, const std::string& visible, int most) {
    std::vector<Id> ids;
    std::unordered_set<Id> seen;
    const auto engine = engine_of(work.db);
    for (const auto strictness : kTries) {
        const auto asked = expression(query, strictness, engine);
        if (!asked) continue;
        for (const auto& row : work.db.query("search.find", {work.authority, *asked, visible, most}))
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
    const auto ids = found(work, query, visible_to(work, registry), std::min(offset + limit + 1, kMostHits));
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
