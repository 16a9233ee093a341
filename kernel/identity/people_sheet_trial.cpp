// Which rows of a table of people are there already, which are new, and which can't be: the dry run.
#include <algorithm>
#include <unordered_map>

#include "loa/base/text.h"
#include "people_rows.h"
#include "people_sheet_rows.h"
#include "tree_names.h"
#include "verbs.h"

namespace loa::identity {

namespace {

/// The people of the authority, and where each works on a day.
class Known {
  public:
    explicit Known(const Work& work) : work_(work) {
        constexpr int kAll = 1'000'000;
        for (const auto& row : work.db.query("identity.people", {work.authority, "%", kAll, 0})) {
            Person person = person_of(row);
            if (!person.email.empty()) by_email_.emplace(lower(person.email), person.id);
            by_name_[compare_key(person.name)].push_back(person.id);
            by_id_.emplace(person.id, std::move(person));
        }
    }
    bool is_here(Id person) const { return by_id_.contains(person); }
    const Person& person(Id id) const { return by_id_.at(id); }
    const std::vector<Id>& called(const std::string& key) const {
        static const std::vector<Id> kNobody;
        const auto found = by_name_.find(key);
        return found == by_name_.end() ? kNobody : found->second;
    }
    bool has_address(const std::string& email) const { return by_email_.contains(lower(email)); }
    bool works(Id person, Id unit, Role role, Date day) const {
        const auto held = memberships_of_person(work_, person, day);
        return std::any_of(held.begin(), held.end(), [&](const Membership& each) { return each.unit == unit && each.role == role; });
    }

  private:
    const Work& work_;
    std::unordered_map<Id, Person> by_id_;
    std::unordered_map<std::string, std::vector<Id>> by_name_;
    std::unordered_map<std::string, Id> by_email_;
};

class Trial {
  public:
    Trial(const Work& work, std::vector<PersonRow>& rows) : work_(work), tree_(work, work.today()), known_(work), rows_(rows) {}

    void run(PeopleTrial& trial) {
        for (PersonRow& row : rows_) {
            units_.push_back(unit_of_row(row));
            check_days(row, units_.back());
            there_.push_back(is_there(row, units_.back()));
        }
        // Names that stand in the file go before those that are proposed.
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (!there_[i]) check_doubles(i);
        for (std::size_t i = 0; i < rows_.size(); ++i) plan(i, trial);
    }

  private:
    const Unit* unit_of_row(PersonRow& row) {
        if (row.unit.empty()) return nullptr;
        TreeNames::Keys path;
        for (const std::string& part : row.unit) path.push_back(compare_key(part));
        const auto found = tree_.at_path(path);
        const std::string asked = shortened(joined(row.unit, " > "), 120);
        if (found.empty())
            row.fault(PersonColumn::Unit, "identity.import_unit_unknown", {{"unit", asked}});
        else if (found.size() > 1)
            row.fault(PersonColumn::Unit, "identity.import_unit_ambiguous", {{"unit", asked}});
        else if (found.front()->outside())
            row.fault(PersonColumn::Unit, "identity.outside_body_has_no_accounts");
        else if (!may_place_in(found.front()->id))
            row.fault(PersonColumn::Unit, "identity.import_unit_of_others", {{"unit", asked}});
        else
            return found.front();
        return nullptr;
    }

    bool may_place_in(Id unit) {
        const auto known = may_.find(unit);
        if (known != may_.end()) return known->second;
        return may_[unit] = may_throughout_or_in(work_, kManagePeople, unit);
    }

    Date first_day(const PersonRow& row) const { return row.valid_from.value_or(work_.today()); }

    void check_days(PersonRow& row, const Unit* unit) const {
        const Date from = first_day(row);
        if (row.last_day && *row.last_day < from) row.fault(PersonColumn::LastDay, "identity.ends_before_it_begins");
        if (unit && !unit->open_on(from)) row.fault(PersonColumn::ValidFrom, "identity.unit_not_open", {{"name", unit->name}});
    }

    /// The person of the row is there with that role in that unit. A sign-in name of somebody else is a fault.
    bool is_there(PersonRow& row, const Unit* unit) const {
        if (row.sign_in_name.empty()) {
            const auto& same = known_.called(compare_key(row.name));
            return unit && std::any_of(same.begin(), same.end(), [&](Id person) { return fits(row, *unit, person); });
        }
        const auto taken = person_by_sign_in_name(work_, row.sign_in_name);
        if (!taken) return false;
        if (unit && known_.is_here(taken->id) && compare_key(taken->name) == compare_key(row.name) && fits(row, *unit, taken->id)) return true;
        row.fault(PersonColumn::SignInName, "identity.import_sign_in_name_taken", {{"name", row.sign_in_name}});
        return false;
    }
    bool fits(const PersonRow& row, const Unit& unit, Id person) const {
        const auto& email = known_.person(person).email;
        return (row.email.empty() || lower(row.email) == lower(email)) && known_.works(person, unit.id, row.role, first_day(row));
    }

    void check_doubles(std::size_t i) {
        PersonRow& row = rows_[i];
        const auto once = [&](std::unordered_map<std::string, int>& seen, const std::string& key, PersonColumn column, const char* fault) {
            const auto first = seen.emplace(key, row.number);
            if (!first.second) row.fault(column, fault, {{"row", std::to_string(first.first->second)}});
        };
        if (!row.sign_in_name.empty())
            once(sign_in_names_, row.sign_in_name, PersonColumn::SignInName, "identity.import_sign_in_name_twice");
        else if (units_[i] && !row.name.empty())
            once(unnamed_, compare_key(row.name) + "/" + to_string(units_[i]->id) + "/" + std::string(code(row.role)), PersonColumn::Name, "identity.import_person_twice");
        if (row.email.empty()) return;
        once(emails_, lower(row.email), PersonColumn::Email, "identity.import_email_twice");
        if (known_.has_address(row.email)) row.fault(PersonColumn::Email, "identity.import_email_taken");
    }

    void plan(std::size_t i, PeopleTrial& trial) {
        PersonRow& row = rows_[i];
        if (there_[i] && row.bad.faults.empty()) {
            ++trial.unchanged;
            return;
        }
        if (!row.bad.faults.empty()) return;
        PersonPlan made{.number = row.number, .person = {}, .unit_name = units_[i]->name, .proposed = row.sign_in_name.empty()};
        const std::string sign_in_name = made.proposed ? free_name(row) : row.sign_in_name;
        if (sign_in_name.empty()) {
            row.fault(PersonColumn::SignInName, "identity.import_nothing_to_propose");
            return;
        }
        made.person.name = row.name;
        made.person.sign_in_name = sign_in_name;
        made.person.email = row.email;
        made.person.unit = units_[i]->id;
        made.person.role = row.role;
        made.person.position = row.position;
        made.person.valid_from = first_day(row);
        if (row.last_day) made.person.valid_to = row.last_day->plus_days(1);
        if (row.email.empty()) ++trial.without_address;
        trial.plans.push_back(std::move(made));
    }

    /// Neither in the file nor anywhere in the country.
    std::string free_name(const PersonRow& row) {
        const std::string base = proposed_sign_in_name(row.name);
        if (base.empty()) return "";
        // People of one name are numbered on from the last one's number: no name is tried twice.
        for (int& number = last_numbers_[base];; ++number) {
            const std::string name = number == 0 ? base : base + std::to_string(number + 1);
            if (!is_sign_in_name(name) || sign_in_names_.contains(name) || person_by_sign_in_name(work_, name)) continue;
            sign_in_names_.emplace(name, row.number);
            return name;
        }
    }

    const Work& work_;
    TreeNames tree_;
    Known known_;
    std::vector<PersonRow>& rows_;
    std::vector<const Unit*> units_;  // of each row; nullptr where it is at fault
    std::vector<bool> there_;
    std::unordered_map<Id, bool> may_;
    std::unordered_map<std::string, int> sign_in_names_, unnamed_, emails_, last_numbers_;
};
}  // namespace

std::string proposed_sign_in_name(std::string_view name) {
    constexpr std::size_t kLongest = 32;  // there has to be room for a number
    std::vector<std::string> words;
    const std::string folded = fold(name);
    for (const auto word : split(folded, ' ')) {
        std::string letters;
        for (const char c : word)
            if (c >= 'a' && c <= 'z') letters += c;
        if (!letters.empty()) words.push_back(std::move(letters));
    }
    if (words.empty()) return "";
    std::string proposed = words.back();
    words.pop_back();
    for (const std::string& word : words) proposed += word.front();
    return proposed.substr(0, kLongest);
}

Result<PeopleTrial> try_people_import(const Work& work, const std::vector<formats::Sheet>& sheets) {
    auto rows = person_rows(sheets);
    if (!rows) return rows.failure();
    PeopleTrial trial;
    trial.formulas = rows->formulas;
    Trial(work, rows->rows).run(trial);
    for (PersonRow& row : rows->rows)
        if (!row.bad.faults.empty()) trial.bad.push_back(std::move(row.bad));
    return trial;
}

}  // namespace loa::identity
