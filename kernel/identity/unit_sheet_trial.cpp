// Which rows of a table of units are there already, which are new, and which can't be: the dry run.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/unit_figures.h"
#include "page_parts.h"
#include "tree_names.h"
#include "unit_sheet_rows.h"

namespace loa::identity {

namespace {
constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);
/// What a row stands below: another row, or a unit that is there.
struct Above {
    std::size_t row = kNoRow;
    Id unit;
};

/// Keys of names; a short one may be another's too.
using ByName = std::unordered_map<std::string, std::vector<std::size_t>>;

/// The units of today with all that is known of them.
class Tree : public TreeNames {
  public:
    explicit Tree(const Work& work) : TreeNames(work, work.today()) {
        for (const auto& group : unit_groups(work)) groups_.insert(compare_key(group.name));
        for (const auto& row : work.db.query("identity.names_on", {work.authority, work.today()}))
            if (row.optional_id("group_id")) groups_.insert(compare_key(row.text("name")));
        headcounts_ = figures_on(work, FigureKind::Headcount, work.today());
        populations_ = figures_on(work, FigureKind::Population, work.today());
        for (const auto& row : work.db.query("identity.units_renamed_on", {work.authority, work.today()})) renamed_today_.insert(row.id("unit_id"));
    }

    bool is_group(const std::string& key) const { return groups_.contains(key); }
    bool renamed_today(Id unit) const { return renamed_today_.contains(unit); }
    std::optional<std::int64_t> figure(FigureKind kind, Id unit) const {
        const auto& figures = kind == FigureKind::Headcount ? headcounts_ : populations_;
        const auto found = figures.find(unit);
        return found == figures.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    std::unordered_set<std::string> groups_;
    std::unordered_set<Id> renamed_today_;
    std::unordered_map<Id, std::int64_t> headcounts_, populations_;
};

class Trial {
  public:
    Trial(const Work& work, UnitRows& rows) : work_(work), tree_(work), rows_(rows.rows) {}

    void run(ImportTrial& trial) {
        index_names();
        for (std::size_t i = 0; i < rows_.size(); ++i) find_above(i);
        refuse_rings();
        units_.resize(rows_.size());
        for (const std::size_t i : from_the_top()) match(i);
        for (std::size_t i = 0; i < rows_.size(); ++i) check_aliases(i);
        for (const std::size_t i : from_the_top()) plan(i, trial);
    }

  private:
    void index_names() {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            keys_.push_back(compare_key(rows_[i].name));
            parent_keys_.emplace_back();
            for (const std::string& part : rows_[i].parent) parent_keys_[i].push_back(compare_key(part));
            index_name(i, keys_[i]);
            if (const std::string short_key = compare_key(rows_[i].short_name); short_key != keys_[i]) index_name(i, short_key);
        }
    }
    /// By itself, and behind what stands above: "A > B" is looked for under both.
    void index_name(std::size_t i, const std::string& key) {
        if (key.empty()) return;
        by_name_[key].push_back(i);
        by_name_[(parent_keys_[i].empty() ? "" : parent_keys_[i].back()) + ">" + key].push_back(i);
    }

    bool is_root(std::size_t i) const {
        return rows_[i].parent.empty() && tree_.is_called(tree_.root(), keys_[i]);
    }

    using Keys = TreeNames::Keys;

    /// Does what is written above the last part of a path fit the parts that are known above a candidate?
    static bool row_fits(const Keys& asked, const Keys& known) {
        for (std::size_t up = 0; up + 1 < asked.size() && up < known.size(); ++up)
            if (asked[asked.size() - 2 - up] != known[known.size() - 1 - up]) return false;
        return true;
    }
    void find_above(std::size_t i) {
        above_.emplace_back();
        UnitRow& row = rows_[i];
        if (is_root(i)) return;
        const Keys& asked = parent_keys_[i];
        if (asked.empty()) {
            if (row.kind == UnitKind::Committee) row.fault(UnitColumn::Kind, "identity.second_root");
            above_[i].unit = tree_.root().id;
            return;
        }
        const auto rows = rows_called(asked, i);
        const auto units = tree_.at_path(asked);
        if (rows.empty() && units.empty() && asked.size() == 1 && asked.back() == keys_[i])
            row.fault(UnitColumn::Parent, "identity.import_below_itself");
        else
            choose(i, rows, units);
    }

    /// More than two say nothing new.
    std::vector<std::size_t> rows_called(const Keys& asked, std::size_t i) const {
        std::vector<std::size_t> rows;
        const auto look = [&](const std::string& index) {
            const auto found = by_name_.find(index);
            if (found == by_name_.end()) return;
            for (std::size_t n = 0; n < std::min(found->second.size(), TreeNames::kFew); ++n)
                if (const std::size_t row = found->second[n]; row != i && row_fits(asked, parent_keys_[row])) rows.push_back(row);
        };
        if (asked.size() == 1) {
            look(asked.back());
        } else {
            look(asked[asked.size() - 2] + ">" + asked.back());
            look(">" + asked.back());
        }
        return rows;
    }

    void choose(std::size_t i, const std::vector<std::size_t>& rows, const std::vector<const Unit*>& units) {
        UnitRow& row = rows_[i];
        const std::string asked = shortened(joined(row.parent, " > "), 120);
        if (rows.size() > 1 || (rows.empty() && units.size() > 1)) {
            row.fault(UnitColumn::Parent, "identity.import_parent_ambiguous", {{"parent", asked}});
        } else if (rows.size() == 1) {
            // The root's own row is the root.
            if (is_root(rows.front()))
                above_[i].unit = tree_.root().id;
            else
                above_[i].row = rows.front();
        } else if (units.size() == 1) {
            above_[i].unit = units.front()->id;
        } else {
            row.fault(UnitColumn::Parent, "identity.import_parent_unknown", {{"parent", asked}});
        }
    }

    /// Each row of a ring is told; what hangs below one is not at fault.
    void refuse_rings() {
        enum class Seen : char { Not, Now, Done };
        std::vector<Seen> seen(rows_.size(), Seen::Not);
        for (std::size_t start = 0; start < rows_.size(); ++start) {
            std::vector<std::size_t> way;
            std::size_t at = start;
            for (; at != kNoRow && seen[at] == Seen::Not; at = above_[at].row) {
                seen[at] = Seen::Now;
                way.push_back(at);
            }
            if (at != kNoRow && seen[at] == Seen::Now)
                for (std::size_t i = static_cast<std::size_t>(std::find(way.begin(), way.end(), at) - way.begin()); i < way.size(); ++i) {
                    UnitRow& row = rows_[way[i]];
                    row.fault(UnitColumn::Parent, "identity.import_ring", {{"row", std::to_string(rows_[above_[way[i]].row].number)}});
                }
            for (const std::size_t i : way) seen[i] = Seen::Done;
        }
    }

    /// Rows after what they stand below; rows of rings, and what hangs on them, are left out.
    const std::vector<std::size_t>& from_the_top() {
        if (!order_.empty()) return order_;
        std::unordered_map<std::size_t, std::vector<std::size_t>> below;
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (above_[i].row != kNoRow)
                below[above_[i].row].push_back(i);
            else
                order_.push_back(i);
        for (std::size_t done = 0; done < order_.size(); ++done)
            if (const auto found = below.find(order_[done]); found != below.end())
                order_.insert(order_.end(), found->second.begin(), found->second.end());
        return order_;
    }

    struct Matched {
        const Unit* unit = nullptr;  // that is there already
        Id id;                       // its id, or the new unit's
        Date valid_from;
    };

    std::string place_key(Id parent, const std::string& key) const { return to_string(parent) + "/" + key; }

    void match(std::size_t i) {
        UnitRow& row = rows_[i];
        Matched& matched = units_[i];
        const Id parent = above_[i].row == kNoRow ? above_[i].unit : units_[above_[i].row].id;
        if (is_root(i)) {
            matched.unit = &tree_.root();
        } else if (!keys_[i].empty() && parent) {
            matched.unit = tree_.child_called(parent, keys_[i]);
        }
        matched.id = matched.unit ? matched.unit->id : work_.new_id();
        if (keys_[i].empty()) return;
        const auto known = matched.unit ? rows_by_place_.emplace(to_string(matched.id), i) : rows_by_place_.emplace(place_key(parent, keys_[i]), i);
        if (!known.second) row.fault(UnitColumn::Name, "identity.import_double", {{"row", std::to_string(rows_[known.first->second].number)}});
        if (matched.unit)
            compare(row, *matched.unit);
        else
            check_new(i, parent);
        matched.valid_from = matched.unit ? matched.unit->valid_from : row.valid_from.value_or(work_.today());
    }

    static void compare(UnitRow& row, const Unit& unit) {
        if (row.kind && *row.kind != unit.kind)
            row.fault(UnitColumn::Kind, "identity.import_other_kind", {{"kind", "identity.unit_kind." + std::string(code(unit.kind))}});
        if (row.valid_from && *row.valid_from != unit.valid_from)
            row.fault(UnitColumn::ValidFrom, "identity.import_other_day", {{"day", unit.valid_from.vietnamese()}});
    }

    void check_new(std::size_t i, Id parent) {
        UnitRow& row = rows_[i];
        const auto has_kind_fault = [](const BadRow::Fault& fault) { return fault.problem.field == code(UnitColumn::Kind); };
        if (!row.kind && std::none_of(row.bad.faults.begin(), row.bad.faults.end(), has_kind_fault))
            row.fault(UnitColumn::Kind, "identity.import_kind_missing");
        if (row.kind == UnitKind::Committee && !row.parent.empty()) row.fault(UnitColumn::Kind, "identity.second_root");
        const Unit* unit = parent ? tree_.unit(parent) : nullptr;
        std::optional<Date> opened;  // nothing is known of a parent that isn't there
        if (above_[i].row != kNoRow)
            opened = units_[above_[i].row].valid_from;
        else if (unit)
            opened = unit->valid_from;
        if (opened && row.valid_from && *row.valid_from < *opened)
            row.fault(UnitColumn::ValidFrom, "identity.import_before_parent", {{"day", opened->vietnamese()}});
    }

    /// An alias must mean one thing: not another unit, nor a group, nor another row.
    void check_aliases(std::size_t i) {
        UnitRow& row = rows_[i];
        for (const std::string& alias : row.aliases) {
            const std::string key = compare_key(alias);
            const auto others = tree_.called(key);
            const bool unit = std::any_of(others.begin(), others.end(), [&](const Unit* other) { return other->id != units_[i].id; });
            const auto rows = by_name_.find(key);
            const bool named = rows != by_name_.end() && std::any_of(rows->second.begin(), rows->second.end(), [&](std::size_t other) { return other != i; });
            const auto first = aliases_.emplace(key, i);
            if (unit || named || tree_.is_group(key) || (!first.second && first.first->second != i))
                row.fault(UnitColumn::Aliases, "identity.name_means_another", {{"name", shortened(alias, 80)}});
        }
    }

    void plan(std::size_t i, ImportTrial& trial) {
        UnitRow& row = rows_[i];
        const Matched& matched = units_[i];
        RowPlan made{.number = row.number};
        std::unordered_set<std::string> said{keys_[i]};
        for (const std::string& alias : row.aliases)
            if (const std::string key = compare_key(alias); said.insert(key).second && !(matched.unit && tree_.is_called(*matched.unit, key)))
                made.aliases.push_back(alias);
        if (matched.unit)
            plan_update(row, *matched.unit, made);
        else
            plan_new(i, made);
        if (!row.bad.faults.empty()) return;
        (made.effect == RowPlan::Effect::Create   ? trial.created
         : made.effect == RowPlan::Effect::Update ? trial.updated
                                                  : trial.unchanged) += 1;
        trial.plans.push_back(std::move(made));
    }

    void plan_new(std::size_t i, RowPlan& made) const {
        const UnitRow& row = rows_[i];
        made.effect = RowPlan::Effect::Create;
        made.unit = {.id = units_[i].id,
                     .parent = above_[i].row == kNoRow ? above_[i].unit : units_[above_[i].row].id,
                     .kind = row.kind.value_or(UnitKind::Office),
                     .name = row.name,
                     .short_name = row.short_name,
                     .valid_from = units_[i].valid_from,
                     .represents_authority = std::nullopt,
                     .headcount = row.headcount,
                     .population = row.population,
                     .position = row.position.value_or(row.number)};
    }

    void plan_update(UnitRow& row, const Unit& unit, RowPlan& made) const {
        const auto differs = [](const std::optional<std::int64_t>& said, const std::optional<std::int64_t>& known) {
            return said && said != known ? said : std::nullopt;
        };
        made.unit.id = unit.id;
        made.unit.name = unit.name;
        made.version = unit.version;
        made.headcount = differs(row.headcount, tree_.figure(FigureKind::Headcount, unit.id));
        made.population = differs(row.population, tree_.figure(FigureKind::Population, unit.id));
        made.position = differs(row.position, unit.position);
        if (!row.short_name.empty() && row.short_name != unit.short_name) {
            made.rename = row.short_name;
            if (tree_.renamed_today(unit.id)) row.fault(UnitColumn::ShortName, "identity.import_renamed_today");
        }
        if (made.headcount || made.population || made.position || made.rename || !made.aliases.empty()) made.effect = RowPlan::Effect::Update;
    }

    const Work& work_;
    Tree tree_;
    std::vector<UnitRow>& rows_;
    Keys keys_;
    std::vector<Keys> parent_keys_;
    ByName by_name_;
    std::vector<Above> above_;
    std::vector<Matched> units_;
    std::vector<std::size_t> order_;
    std::unordered_map<std::string, std::size_t> rows_by_place_, aliases_;
};
}  // namespace

std::string fault_text(const Work& work, const Problem& problem) {
    auto args = problem.args;
    for (auto& [name, value] : args)
        if (value.starts_with("identity.unit_kind.")) value = tr(work, value);
    return tr(work, problem.key, args);
}

Result<ImportTrial> try_import(const Work& work, const std::vector<formats::Sheet>& sheets) {
    auto rows = unit_rows(work, sheets);
    if (!rows) return rows.failure();
    ImportTrial trial;
    trial.formulas = rows->formulas;
    Trial(work, *rows).run(trial);
    for (UnitRow& row : rows->rows)
        if (!row.bad.faults.empty()) trial.bad.push_back(std::move(row.bad));
    if (trial.sound() && trial.created + trial.updated > kMostImported)
        return invalid("file", "identity.import_too_many", {{"limit", std::to_string(kMostImported)}});
    return trial;
}

std::string digest_of_units(const Work& work) {
    std::string all;
    const auto add = [&](const auto&... parts) { ((all += parts, all += '\x1f'), ...); };
    for (const Unit& unit : units_on(work, work.today()))
        add(to_string(unit.id), std::to_string(unit.version), unit.name, unit.short_name, std::to_string(unit.headcount.value_or(-1)),
            std::to_string(unit.population.value_or(-1)));
    for (const auto& row : work.db.query("identity.aliases_of_units", {work.authority})) add(to_string(row.id("unit_id")), row.text("name"));
    return sha256(all);
}

}  // namespace loa::identity
