#include "loa/identity/authorities.h"

#include "codes.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "verbs.h"

namespace loa::identity {

namespace {
constexpr Codes<Level, 3> kCodes{
    {{Level::Province, "province"}, {Level::District, "district"}, {Level::Commune, "commune"}}};

Authority authority_of(const storage::Row& row) {
    return {.id = row.id("id"),
            .name = row.text("name"),
            .short_name = row.text("short_name"),
            .level = level_from(row.text("level")).value(),
            .parent = row.optional_id("parent_authority_id"),
            .place = row.text("place"),
            .hamlet_word = row.text("hamlet_word"),
            .portal_host = row.optional_text("portal_host").value_or(""),
            .valid_from = row.date("valid_from"),
            .valid_to = row.optional_date("valid_to"),
            .demonstration = row.flag("demonstration"),
            .version = row.number("version")};
}

std::vector<Authority> authorities_of(const storage::Rows& rows) {
    std::vector<Authority> authorities;
    for (const auto& row : rows) authorities.push_back(authority_of(row));
    return authorities;
}

/// "cchc.phuongbendo.gov.vn": names of letters, digits and dashes, at least two of them (RFC 1123).
bool is_host_name(std::string_view host) {
    if (host.size() > 253 || host.find('.') == host.npos) return false;
    for (const auto part : split(host, '.')) {
        const bool letters = part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == part.npos;
        if (part.empty() || part.size() > 63 || !letters || part.front() == '-' || part.back() == '-') return false;
    }
    return true;
}

std::vector<Problem> problems_of(const Work& work, const CreateAuthority& input) {
    std::vector<Problem> problems;
    if (trimmed(input.name).empty()) problems.push_back({"name", "identity.name_missing", {}});
    if (trimmed(input.short_name).empty()) problems.push_back({"short_name", "identity.name_missing", {}});
    if (trimmed(input.place).empty()) problems.push_back({"place", "identity.place_missing", {}});
    if (trimmed(input.hamlet_word).empty())
        problems.push_back({"hamlet_word", "identity.hamlet_word_missing", {}});
    if (input.parent && !authority_by_id(work, *input.parent))
        problems.push_back({"parent", "identity.no_such_authority", {}});
    if (!input.portal_host.empty() && work.db.one("identity.authority_with_host", {input.portal_host}))
        problems.push_back({"portal_host", "identity.host_taken", {}});
    return problems;
}
}  // namespace

std::string place_name(const Authority& authority) {
    const std::string levels = i18n::translate(Language::Vietnamese, "identity.levels_of_place");
    for (const auto level : split(levels, ';'))
        if (const std::string word = squeezed(level) + " "; lower(authority.place).starts_with(word)) return authority.place.substr(word.size());
    return authority.place;
}

std::string_view code(Level level) {
    return code_in(kCodes, level);
}
std::optional<Level> level_from(std::string_view code) {
    return from_code(kCodes, code);
}

Result<Id> create_authority(Work& work, const CreateAuthority& input) {
    if (!work.actor.system) return forbidden();
    if (auto problems = problems_of(work, input); !problems.empty()) return invalid(std::move(problems));
    const Id id = input.id ? input.id : work.new_id();
    const auto host = input.portal_host.empty() ? std::nullopt : std::optional(input.portal_host);
    work.db.run("identity.add_authority",
                {id, squeezed(input.name), squeezed(input.short_name), code(input.level), input.parent,
                 squeezed(input.place), squeezed(input.hamlet_word), host, input.valid_from,
                 input.demonstration ? 1 : 0});
    Work inside = work;
    inside.authority = id;
    record(inside, {"identity.authority", id, id}, "identity.authority_created", {{"name", "", input.name}});
    const auto root = create_unit(inside, {.kind = UnitKind::Committee,
                                           .name = input.name,
                                           .short_name = input.short_name,
                                           .valid_from = input.valid_from});
    if (!root) return root.failure();
    return id;
}

Result<> change_authority_settings(Work& work, const ChangeAuthoritySettings& input) {
    if (!may_throughout(work, kManageSettings)) return forbidden();
    const auto now = authority_by_id(work, work.authority);
    if (!now) return not_found();
    const std::string word = squeezed(input.hamlet_word), host = lower(squeezed(input.portal_host));
    std::vector<Problem> problems;
    if (word.empty()) problems.push_back({"hamlet_word", "identity.hamlet_word_missing", {}});
    if (!host.empty() && !is_host_name(host)) problems.push_back({"portal_host", "identity.host_unreadable", {}});
    const auto other = host.empty() ? std::nullopt : work.db.one("identity.authority_with_host", {host});
    if (other && other->id("id") != work.authority) problems.push_back({"portal_host", "identity.host_taken", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    std::vector<Change> changes;
    if (word != now->hamlet_word) changes.push_back({"hamlet_word", now->hamlet_word, word});
    if (host != now->portal_host) changes.push_back({"portal_host", now->portal_host, host});
    if (changes.empty()) return Done{};
    const auto kept_host = host.empty() ? std::nullopt : std::optional(host);
    if (work.db.run("identity.set_authority_settings", {work.authority, word, kept_host, input.version}) == 0)
        return conflict("identity.settings_changed_meanwhile");
    record(work, {"identity.authority", work.authority, work.authority}, "identity.authority_settings_changed", changes);
    return Done{};
}

Result<> close_authority(Work& work, Id authority, Date valid_to) {
    if (!work.actor.system) return forbidden();
    const auto found = authority_by_id(work, authority);
    if (!found) return not_found();
    if (valid_to <= found->valid_from) return invalid("valid_to", "identity.ends_before_it_begins");
    if (work.db.one("identity.units_open_at_the_end", {authority, valid_to})->number("units") > 0)
        return invalid("valid_to", "identity.units_still_open");
    if (work.db.run("identity.close_authority", {authority, valid_to}) == 0)
        return conflict("identity.closed_already");
    Work inside = work;
    inside.authority = authority;
    record(inside, {"identity.authority", authority, authority}, "identity.authority_closed",
           {{"valid_to", "", valid_to.iso()}});
    return Done{};
}

std::optional<Authority> authority_by_id(const Work& work, Id id) {
    const auto row = work.db.one("identity.authority_by_id", {id});
    return row ? std::optional(authority_of(*row)) : std::nullopt;
}

std::vector<Authority> authorities_on(const Work& work, Date day) {
    return authorities_of(work.db.query("identity.authorities_on", {day}));
}

std::vector<Authority> authorities_of_person(const Work& work, Id person) {
    return authorities_of(work.db.query("identity.authorities_of_person", {person, work.today()}));
}

Id root_unit(const Work& work) {
    const auto row = work.db.one("identity.root_unit", {work.authority});
    LOA_CHECK(row);
    return row->id("id");
}

std::optional<Authority> authority_called(const Work& work, std::string_view asked) {
    const auto today = authorities_on(work, work.today());
    if (asked.empty()) return today.size() == 1 ? std::optional(today.front()) : std::nullopt;
    const auto bears = [&](const Authority& authority) {
        return to_string(authority.id) == asked || fold(authority.name) == fold(asked) || fold(authority.short_name) == fold(asked) ||
               fold(authority.place) == fold(asked);
    };
    if (const auto found = std::find_if(today.begin(), today.end(), bears); found != today.end()) return *found;
    const auto all = authorities_of(work.db.query("identity.authorities"));
    const auto found = std::find_if(all.begin(), all.end(), bears);
    if (found == all.end() || std::any_of(found + 1, all.end(), bears)) return std::nullopt;
    return *found;
}

}  // namespace loa::identity
