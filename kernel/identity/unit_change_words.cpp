#include "unit_change_words.h"

#include <charconv>
#include <set>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "unit_rows.h"

namespace loa::identity {

namespace {
bool is_called(std::string_view key, const std::string& name, const std::string& short_name) {
    return compare_key(name) == key || compare_key(short_name) == key;
}

void add_units(const Work& work, const UnitChangeSet& set, const std::string& key, std::set<UnitKey>& found) {
    for (const Unit& unit : units_on(work, set.day))
        if (is_called(key, unit.name, unit.short_name)) found.insert(unit.key());
    if (work.authority != set.authority) return;
    for (const UnitChange& change : set.changes)
        if (change.kind == ChangeKind::Create && is_called(key, change.name, change.short_name)) found.insert({set.authority, change.unit});
}

std::vector<Authority> authorities_called(const Work& work, Date day, const std::string& key) {
    std::vector<Authority> found;
    for (const Authority& authority : authorities_on(work, day))
        if (is_called(key, authority.name, authority.short_name)) found.push_back(authority);
    return found;
}

std::set<UnitKey> units_in_words(const Work& work, const UnitChangeSet& set, std::string_view words) {
    std::set<UnitKey> found;
    const std::size_t mark = words.find('>');
    const std::string first = compare_key(squeezed(words.substr(0, mark)));
    if (mark == words.npos) {
        add_units(work, set, first, found);
        if (!found.empty()) return found;
    }
    for (const Authority& authority : authorities_called(work, set.day, first)) {
        Work inside = work;
        inside.authority = authority.id;
        if (mark == words.npos)
            found.insert({authority.id, root_unit(inside)});
        else
            add_units(inside, set, compare_key(squeezed(words.substr(mark + 1))), found);
    }
    return found;
}

/// "40%" and "40"; nothing for what is neither.
std::optional<std::int64_t> share_in(std::string_view words) {
    words = trimmed(words);
    if (words.ends_with('%')) words = trimmed(words.substr(0, words.size() - 1));
    std::int64_t share = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), share);
    return error == std::errc() && end == words.data() + words.size() ? std::optional(share) : std::nullopt;
}
}  // namespace

Result<std::vector<ChangeSuccessor>> successors_in_words(const Work& work, const UnitChangeSet& set, std::string_view lines, std::int64_t people_line) {
    std::vector<ChangeSuccessor> successors;
    for (const std::string_view line : split(lines, '\n')) {
        if (trimmed(line).empty()) continue;
        const std::size_t mark = line.find(';');
        const std::string words = squeezed(line.substr(0, mark));
        ChangeSuccessor successor;
        if (mark != line.npos) {
            successor.share = share_in(line.substr(mark + 1));
            if (!successor.share) return invalid("successors", "identity.wrong_share");
        }
        const auto found = units_in_words(work, set, words);
        if (found.size() != 1)
            return invalid("successors", found.empty() ? "identity.successor_unknown" : "identity.successor_ambiguous", {{"name", shortened(words, 100)}});
        successor.unit = *found.begin();
        successors.push_back(successor);
    }
    if (people_line < 0 || people_line > static_cast<std::int64_t>(successors.size())) return invalid("people_line", "identity.people_line_wrong");
    if (people_line > 0) successors[static_cast<std::size_t>(people_line - 1)].takes_people = true;
    return successors;
}

}  // namespace loa::identity
