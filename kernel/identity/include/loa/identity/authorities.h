// People's Committees that issue documents: the tenants (house.md §5). Since 1 July 2025 there are two
// levels (province, commune); districts and provincial cities live on in history.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class Level { Province, District, Commune };
/// "province", "district" (also thị xã, thành phố thuộc tỉnh), "commune" (xã, phường, thị trấn, đặc khu).
std::string_view code(Level level);
std::optional<Level> level_from(std::string_view code);

struct Authority {
    Id id;
    std::string name;        // "Ủy ban nhân dân thành phố Hồng Ngự"
    std::string short_name;  // "UBND thành phố Hồng Ngự"
    Level level = Level::Commune;
    std::optional<Id> parent;
    std::string place;  // "Thành phố Hồng Ngự": what it governs
    std::string
        hamlet_word;  // "khóm", "ấp", "thôn", "tổ dân phố": Decree 185/2026/NĐ-CP leaves it to the place
    std::string portal_host;  // the host name of its public portal, "" = none of its own
    Date valid_from;
    std::optional<Date> valid_to;  // the first day on which it is no more
    bool demonstration = false;    // made-up data: shown as such on every page
    std::int64_t version = 0;
};

/// "xã Bình Hòa Trung" → "Bình Hòa Trung": before a date stands the name alone (Decree 30/2020/NĐ-CP, Annex I, II.4).
std::string place_name(const Authority& authority);

struct CreateAuthority {
    Id id;  // none: a new one is made
    std::string name;
    std::string short_name;
    Level level = Level::Commune;
    std::optional<Id> parent;
    std::string place;
    std::string hamlet_word;
    std::string portal_host;
    Date valid_from;
    bool demonstration = false;
};
/// Also makes its first unit: the committee itself (UnitKind::Committee, the authority's name), the root of
/// its tree. For the system only (a command, the demonstration data). Invalid: empty names, unknown parent,
/// a portal_host that another one has.
Result<Id> create_authority(Work& work, const CreateAuthority& input);
/// Its last day was the day before `valid_to`. Invalid while one of its units is still open on that day.
Result<> close_authority(Work& work, Id authority, Date valid_to);

/// What its administrators set; names and places change with a decision, on a day (unit_changes.h).
struct ChangeAuthoritySettings {
    std::string hamlet_word;
    std::string portal_host;  // a host name without scheme and port; "" = none of its own
    std::int64_t version = 0;
};
/// Of the Work's authority. Invalid: no word, a host that is no name or another authority's. Conflict: changed meanwhile.
Result<> change_authority_settings(Work& work, const ChangeAuthoritySettings& input);

std::optional<Authority> authority_by_id(const Work& work, Id id);
/// In force on that day, provinces first, then by name.
std::vector<Authority> authorities_on(const Work& work, Date day);
/// As people write it on a command line: its id, name, short name or place, without regard to marks; "" is the
/// only one there is. One in force on the day of the Work; else the only one of that name that has ended or will begin:
/// units are made ahead of the day, and the tree of a former day is asked for after it.
std::optional<Authority> authority_called(const Work& work, std::string_view asked);
/// Those in which the person holds a membership on the day of the Work.
std::vector<Authority> authorities_of_person(const Work& work, Id person);
/// The root unit of the acting authority's tree.
Id root_unit(const Work& work);

}  // namespace loa::identity
