#include "loa/identity/directory.h"

#include <algorithm>
#include <map>

#include "loa/base/text.h"
#include "loa/i18n/collation.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "page_parts.h"
#include "verbs.h"

namespace loa::identity {

namespace {

std::vector<std::string> words_of(std::string_view text) {
    const std::string folded = squeezed(fold(text));  // the words below are views into it
    std::vector<std::string> words;
    for (const auto word : split(folded, ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

bool holds_all(const std::string& folded_name, const std::vector<std::string>& words) {
    const std::string name = " " + folded_name;
    return std::all_of(words.begin(), words.end(), [&](const auto& word) { return name.find(" " + word) != std::string::npos; });
}

std::vector<DirectoryEntry> units_named(const Work& work, const std::vector<std::string>& words) {
    std::map<Id, std::vector<std::string>> others;
    std::vector<Id> found;
    for (const auto& name : unit_names_on(work, work.today())) {
        if (!name.unit) continue;
        if (name.kind != NameKind::Official) others[*name.unit].push_back(name.name);
        if (holds_all(fold(name.name), words) && std::find(found.begin(), found.end(), *name.unit) == found.end()) found.push_back(*name.unit);
    }
    std::vector<DirectoryEntry> entries;
    for (const auto& unit : units_by_ids(work, found))
        entries.push_back({"identity.subject_unit", unit.name, joined(others[unit.id], "; "), "/don-vi/" + to_string(unit.id)});
    return entries;
}

}  // namespace

std::vector<DirectoryEntry> directory_entries(const Work& work, std::string_view query, int limit) {
    const auto words = words_of(query);
    if (words.empty()) return {};
    auto entries = units_named(work, words);
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return i18n::compare(a.name, b.name) < 0; });
    if (entries.size() > static_cast<std::size_t>(limit)) entries.resize(static_cast<std::size_t>(limit));
    if (!may(work, kManagePeople)) return entries;
    for (const auto& line : people_list(work, query, limit, 0))
        entries.push_back({"identity.subject_person", line.person.name, line.person.sign_in_name, "/nguoi-dung?q=" + query_encoded(line.person.sign_in_name)});
    return entries;
}

}  // namespace loa::identity
