// Offices, committees, communes, schools, hamlets, outside bodies: dated, with their names, what they came
// from and what became of them. History stays with the unit that made it; links say who carries on.
// All of these read the acting authority's tree (Work::authority) unless they say otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/date.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::identity {

enum class UnitKind {
    Committee,  // Ủy ban nhân dân itself: the root of its authority's tree
    Office,     // cơ quan chuyên môn: sở, phòng, văn phòng, Trung tâm Phục vụ hành chính công
    District,   // UBND cấp huyện, seen from the province (until 30 June 2025)
    Commune,    // UBND xã, phường, thị trấn, seen from above
    Hamlet,     // khóm, ấp, thôn, tổ dân phố
    School,     // trường học
    PublicService,     // đơn vị sự nghiệp: trung tâm văn hóa, đài truyền thanh, bệnh viện
    MassOrganisation,  // Mặt trận Tổ quốc và các đoàn thể
    PartyBody,         // cơ quan Đảng: ban tuyên giáo, văn phòng đảng ủy
    Force,             // công an, quân sự, biên phòng
    OutsideBody        // báo, đài, bưu điện, doanh nghiệp: asked to take part, holds no accounts
};
inline constexpr UnitKind kUnitKinds[] = {
    UnitKind::Committee, UnitKind::Office, UnitKind::District,      UnitKind::Commune,
    UnitKind::Hamlet,    UnitKind::School, UnitKind::PublicService, UnitKind::MassOrganisation,
    UnitKind::PartyBody, UnitKind::Force,  UnitKind::OutsideBody};
/// "committee", "office", … "outside_body": the column, the form value, and "identity.unit_kind.<code>".
std::string_view code(UnitKind kind);
std::optional<UnitKind> unit_kind_from(std::string_view code);

/// How a unit ended, and how many carry on (checked by close_unit).
enum class ClosingKind {
    Dissolved,   // giải thể: 0 successors
    Renamed,     // đổi tên, thành pháp nhân mới: exactly 1
    Replaced,    // thay thế: exactly 1
    Merged,      // sáp nhập, hợp nhất: exactly 1 (which others merge into as well)
    Split,       // chia, tách: at least 2
    Transferred  // chuyển sang cơ quan khác quản lý: exactly 1
};
inline constexpr ClosingKind kClosingKinds[] = {ClosingKind::Dissolved, ClosingKind::Renamed,
                                                ClosingKind::Replaced,  ClosingKind::Merged,
                                                ClosingKind::Split,     ClosingKind::Transferred};
std::string_view code(ClosingKind kind);
std::optional<ClosingKind> closing_kind_from(std::string_view code);

/// A unit anywhere: links may cross authorities.
struct UnitKey {
    Id authority;
    Id unit;

    auto operator<=>(const UnitKey&) const = default;
};

struct Unit {
    Id authority;
    Id id;
    std::optional<Id> parent;  // none: the root
    UnitKind kind = UnitKind::Office;
    std::string name;        // the official name on the day asked for: "Phòng Văn hóa và Thông tin"
    std::string short_name;  // "Phòng VH&TT"; never empty (the name itself where there is none)
    Date valid_from;
    std::optional<Date> valid_to;            // the first day on which it is no more
    std::optional<Id> represents_authority;  // a lower committee that has its own tree
    std::optional<ClosingKind> closing;      // set together with valid_to
    std::optional<std::int64_t> headcount;   // people who work there
    std::optional<std::int64_t> population;  // people who live there (communes, hamlets)
    std::int64_t position = 0;               // order among its siblings
    std::int64_t version = 0;

    bool open_on(Date day) const { return valid_from <= day && (!valid_to || day < *valid_to); }
    bool outside() const { return kind == UnitKind::OutsideBody; }
    UnitKey key() const { return {authority, id}; }
};

// ---- Queries -------------------------------------------------------------------------------------------

/// With its name of the day of the Work, or its last one if it has ended; nothing if it is another
/// authority's.
std::optional<Unit> unit_by_id(const Work& work, Id id);
/// For a page that will ask for it (storage::Transaction::read_ahead).
void read_unit_ahead(const Work& work, Id id);
/// In the order of `ids`, without those that are not there.
std::vector<Unit> units_by_ids(const Work& work, const std::vector<Id>& ids);
/// All that were open on that day, parents before children, siblings by position, then name.
std::vector<Unit> units_on(const Work& work, Date day);
/// As people write it on a command line: its id, name or short name, without regard to marks; "" is the root.
std::optional<Id> unit_called(const Work& work, std::string_view asked);

struct UnitNode {
    Unit unit;
    int depth = 0;  // 0 = the root
    std::size_t children = 0;
};
/// units_on() in reading order (each unit followed by what is below it), with depths. A unit whose parent was
/// not open that day stands below the nearest one above it that was.
std::vector<UnitNode> unit_tree(const Work& work, Date day);
/// As much of it as somebody looks through in a list to choose from: all of a small tree; of a large one the root, the units
/// right below it, and the whole branch that `opened` stands in.
std::vector<UnitNode> unit_tree_around(const Work& work, Date day, std::optional<Id> opened);
/// The units and everything below them that was open on that day, each once.
std::vector<Id> unit_subtree(const Work& work, const std::vector<Id>& tops, Date day);

/// Where a name came from.
enum class NameSource { Given, Review };  // entered with the unit; remembered from the review of a reading
enum class NameKind {
    Official,  // the name on that day
    Short,     // its short form
    Alias,     // another way people write it
    Former     // an official name it had before that day: papers go on using it
};
struct UnitName {
    std::string name;
    std::optional<Id> unit;  // one of the two is set
    std::optional<Id> group;
    NameKind kind = NameKind::Official;
    Date valid_from;
    std::optional<Date> valid_to;
};
/// The dictionary for reading a paper of that day: every name of every unit open then and of every group.
std::vector<UnitName> unit_names_on(const Work& work, Date day);
/// The names of units that were no more on that day: a paper may still use them (see successors_of).
std::vector<UnitName> names_of_ended_units(const Work& work, Date day);
/// Every name one unit ever had, oldest first.
std::vector<UnitName> names_of_unit(const Work& work, Id unit);

struct UnitLink {
    UnitKey predecessor;
    UnitKey successor;
    std::string predecessor_name;
    std::string successor_name;
    ClosingKind kind = ClosingKind::Replaced;
    Date date;  // of the change: the predecessor's valid_to
    std::optional<std::int64_t>
        share;  // percent of the predecessor that went there, 1 … 100; none: not known
};
std::vector<UnitLink> links_from(const Work& work, Id unit);  // to its successors
std::vector<UnitLink> links_to(const Work& work, Id unit);    // from its predecessors

/// Who carries on the unit's affairs on that day: itself while it is open, else those its links lead to, over
/// as many steps and authorities as it takes, each once. Empty if it was dissolved. Keys may be other
/// authorities'. A unit that did not exist yet on `day` is given as it is.
std::vector<UnitKey> successors_of(const Work& work, UnitKey unit, Date day);
inline std::vector<UnitKey> successors_of(const Work& work, Id unit, Date day) {
    return successors_of(work, UnitKey{work.authority, unit}, day);
}

/// A class reference: "các cơ quan chuyên môn", "UBND các xã, phường", "các thành viên Ban Chỉ đạo".
struct UnitGroup {
    Id authority;
    Id id;
    std::string name;
    std::vector<UnitKind> kinds;  // by kind: every open unit of these kinds; empty = the members are listed
    std::int64_t version = 0;
};
std::vector<UnitGroup> unit_groups(const Work& work);
std::optional<UnitGroup> unit_group_by_id(const Work& work, Id id);
/// The fan-out: units that belong to it and were open on that day, in the order of units_on(). Empty for a
/// group of another authority.
std::vector<Unit> members_of_group(const Work& work, Id group, Date day);

// ---- Actions (verb identity.manage_units; add_alias: identity.add_alias)
// ------------------------------------

struct CreateUnit {
    Id id;                     // none: a new one is made
    std::optional<Id> parent;  // none: the root
    UnitKind kind = UnitKind::Office;
    std::string name;
    std::string short_name;  // "": the name itself
    Date valid_from;
    std::optional<Id> represents_authority;
    std::optional<std::int64_t> headcount;
    std::optional<std::int64_t> population;
    std::int64_t position = 0;
};
/// Invalid: no name, a second root, a parent that is not there or not open on valid_from,
/// represents_authority on a kind other than district or commune, an open unit of the same name under the
/// same parent.
Result<Id> create_unit(Work& work, const CreateUnit& input);

struct RepresentAuthority {
    Id unit;
    std::optional<Id> authority;  // none: it stands for nobody
    std::int64_t version = 0;
};
/// Says which lower committee, with a tree of its own, the unit stands for: what the unit is given may then be done by a plan
/// of that committee. Invalid: as for create_unit, an authority that is not there, one that another open unit stands for.
Result<> represent_authority(Work& work, const RepresentAuthority& input);

struct RenameUnit {
    Id unit;
    std::string name;
    std::string short_name;  // "": the name itself
    Date from;               // first day of the new name; not in the future, after the last change of name
    std::int64_t version = 0;
};
/// The unit stays the same unit; its old name goes on as a former name.
Result<> rename_unit(Work& work, const RenameUnit& input);

struct AddAlias {
    std::optional<Id> unit;  // one of the two
    std::optional<Id> group;
    std::string name;
    NameSource source = NameSource::Given;
};
/// Another way to write it, good for every day. Done again with the same name: nothing happens. Conflict when
/// the name already means another open unit or group of this authority.
Result<> add_alias(Work& work, const AddAlias& input);

struct CreateGroup {
    Id id;  // none: a new one is made
    std::string name;
    std::vector<std::string> aliases;
    std::vector<UnitKind> kinds;  // one of the two …
    std::vector<Id> members;      // … must be filled
};
Result<Id> create_group(Work& work, const CreateGroup& input);

struct Successor {
    UnitKey unit;
    std::optional<std::int64_t> share;  // percent; all or none, and then they add up to 100
};
struct CloseUnit {
    Id unit;
    ClosingKind kind = ClosingKind::Dissolved;
    Date date;  // the first day on which it is no more; may lie ahead
    std::vector<Successor> successors;
    std::int64_t version = 0;
};
/// Ends the unit and its memberships on that day, and links it to its successors. Where it was a listed
/// member of a group, its successors of the same authority take its place. Invalid: a wrong number of
/// successors for the kind, one twice or itself, one that is not there or not open on that day, units below
/// it that are still open, the last administrator in one that nobody carries on for. Conflict: closed already, or edited meanwhile.
Result<> close_unit(Work& work, const CloseUnit& input);

}  // namespace loa::identity
