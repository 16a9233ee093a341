// The two catalogues of an authority: Topics, what can be told, and Channels, how it can be told. An entry is
// never deleted, for what was done under it keeps it; it ends on a day.
#include <algorithm>

#include "actions.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "proposals.h"
#include "queries.h"
#include "search_index.h"
#include "verbs.h"

namespace loa::plan {

namespace {

/// The statements of one catalogue.
struct Statements {
    std::string_view insert, set, ref_kind;
};

Statements statements_of(Catalogue catalogue) {
    return catalogue == Catalogue::Topics ? Statements{"plan.insert_topic", "plan.set_topic", "plan.topic"}
                                          : Statements{"plan.insert_channel", "plan.set_channel", "plan.channel"};
}

Result<std::string> checked_name(const std::vector<CatalogueLine>& lines, const std::string& typed, std::optional<Id> own) {
    std::string name = squeezed(typed);
    if (name.empty()) return invalid("name", "plan.catalogue_name_missing");
    if (length(name) > 200) return invalid("name", "plan.catalogue_name_too_long");
    for (const auto& line : lines)
        if (line.id != own && !line.valid_to && fold_keeping_marks(line.name) == fold_keeping_marks(name))
            return invalid("name", "plan.catalogue_name_taken", {{"name", line.name}});
    return name;
}

struct Found {
    CatalogueLine line;
    std::vector<CatalogueLine> all;
};

Result<Found> find_entry(Work& work, const CatalogueRef& entry) {
    if (!identity::may_throughout(work, kManageCatalogues)) return forbidden();
    auto all = catalogue_lines(work, entry.catalogue);
    const auto found = std::find_if(all.begin(), all.end(), [&](const CatalogueLine& line) { return line.id == entry.id; });
    if (found == all.end()) return not_found("plan.no_such_entry");
    if (found->version != entry.version) return conflict("plan.line_changed_meanwhile");
    CatalogueLine line = *found;
    return Found{std::move(line), std::move(all)};
}

std::string iso(std::optional<Date> day) { return day ? day->iso() : ""; }

Result<> set_entry(Work& work, const CatalogueRef& entry, const CatalogueLine& before, const std::string& name,
                   std::optional<Date> valid_to, std::string_view event) {
    const auto statements = statements_of(entry.catalogue);
    LOA_CHECK(work.db.run(statements.set, {work.authority, entry.id, name, valid_to, entry.version}) == 1);
    identity::record(work, {std::string(statements.ref_kind), work.authority, entry.id}, event,
                     {{"name", before.name, name}, {"valid_to", iso(before.valid_to), iso(valid_to)}});
    index_entry(work, entry.catalogue, entry.id, name);
    return Done{};
}

}  // namespace

Result<Id> add_catalogue_entry(Work& work, Catalogue catalogue, const std::string& typed) {
    if (!identity::may_throughout(work, kManageCatalogues)) return forbidden();
    const auto lines = catalogue_lines(work, catalogue);
    auto name = checked_name(lines, typed, std::nullopt);
    if (!name) return name.failure();
    const Id id = work.new_id();
    const auto statements = statements_of(catalogue);
    // Codes of our own entries are words; those of an authority's own are its ids, which nobody else has.
    LOA_CHECK(work.db.run(statements.insert, {work.authority, id, "own_" + to_string(id), *name,
                                              static_cast<std::int64_t>(lines.size()) + 1, work.today()}) == 1);
    identity::record(work, {std::string(statements.ref_kind), work.authority, id}, "plan.catalogue_entry_added", {{"name", "", *name}});
    index_entry(work, catalogue, id, *name);
    return id;
}

Result<> rename_catalogue_entry(Work& work, const CatalogueRef& entry, const std::string& typed) {
    auto found = find_entry(work, entry);
    if (!found) return found.failure();
    auto name = checked_name(found->all, typed, entry.id);
    if (!name) return name.failure();
    return set_entry(work, entry, found->line, *name, found->line.valid_to, "plan.catalogue_entry_renamed");
}

Result<> end_catalogue_entry(Work& work, const CatalogueRef& entry) {
    auto found = find_entry(work, entry);
    if (!found) return found.failure();
    if (found->line.valid_to) return conflict("plan.line_changed_meanwhile");
    return set_entry(work, entry, found->line, found->line.name, work.today(), "plan.catalogue_entry_ended");
}

Result<> revive_catalogue_entry(Work& work, const CatalogueRef& entry) {
    auto found = find_entry(work, entry);
    if (!found) return found.failure();
    if (auto name = checked_name(found->all, found->line.name, entry.id); !name) return name.failure();
    return set_entry(work, entry, found->line, found->line.name, std::nullopt, "plan.catalogue_entry_revived");
}

void ship_catalogues(Work& work) {
    const auto ship = [&](Catalogue catalogue, const std::vector<CatalogueEntry>& entries) {
        int position = 0;
        for (const auto& entry : entries) {
            const Id id = work.new_id();
            work.db.run(statements_of(catalogue).insert, {work.authority, id, entry.code, entry.name, ++position, "2020-01-01"});
            index_entry(work, catalogue, id, entry.name);
        }
    };
    ship(Catalogue::Topics, shipped_topics());
    ship(Catalogue::Channels, shipped_channels());
}

}  // namespace loa::plan
