#include "next_year.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "difference.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "new_draft.h"
#include "progress.h"
#include "queries.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr std::size_t kLabel = 120;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// The text with each of its numbers as `other` has it.
template <class Other>
std::string with_numbers(const std::string& text, Other&& other) {
    std::string changed;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == begin)
            changed += text[at++];
        else
            changed += other(text.substr(begin, at - begin));
    }
    return changed;
}

std::string with_number(const std::string& text, int before, int after) {
    return with_numbers(text, [&](const std::string& number) { return number == std::to_string(before) ? std::to_string(after) : number; });
}

/// Units that are open today; a party of any other is a printed name again.
class OpenUnits {
  public:
    explicit OpenUnits(Work& work) : units_(identity::units_on(work, work.today())) {}

    std::vector<Party> of(std::vector<Party> parties) const {
        for (auto& party : parties) {
            party.added.reset();
            const bool open = std::any_of(units_.begin(), units_.end(), [&](const identity::Unit& unit) { return party.unit == unit.id; });
            if (party.unit && !open) party.unit.reset(), party.accountable = false;
        }
        return parties;
    }

  private:
    std::vector<identity::Unit> units_;
};

std::optional<PlannedDeadline> later(const std::optional<PlannedDeadline>& deadline, int years) {
    if (!deadline) return std::nullopt;
    return PlannedDeadline{years_later(static_cast<const Deadline&>(*deadline), years), {}};
}

bool chosen(const std::vector<Id>& items, Id item) { return std::find(items.begin(), items.end(), item) != items.end(); }

template <class Entry>
void keep_open_entries(std::vector<Id>& ids, const std::vector<Entry>& open) {
    std::erase_if(ids, [&](Id id) { return std::none_of(open.begin(), open.end(), [&](const Entry& entry) { return entry.id == id; }); });
}

}  // namespace

int years_to_next(const Plan& plan) { return plan.year_from == 0 ? 1 : plan.year_to - plan.year_from + 1; }

Date years_later(Date day, int years) { return day.plus_months(12 * years); }

std::string years_later(const std::string& text, int from, int to, int years) {
    return with_numbers(text, [&](const std::string& number) {
        const int year = number.size() == 4 ? std::stoi(number) : 0;
        return year != 0 && year >= from && year <= to ? std::to_string(year + years) : number;
    });
}

Deadline years_later(Deadline deadline, int years) {
    constexpr int kFirst = 1990, kLast = 2100;
    deadline.text = years_later(deadline.text, kFirst, kLast, years);
    for (auto* day : {&deadline.from, &deadline.to}) {
        if (!*day) continue;
        const int before = (*day)->day();
        *day = years_later(**day, years);
        // The words say the day that is meant: most years have no 29 February.
        if ((*day)->day() != before) deadline.text = with_number(deadline.text, before, (*day)->day());
    }
    return deadline;
}

bool may_make_next(const Work& work, const Plan& plan) {
    return (plan.state == PlanState::Issued || plan.state == PlanState::Closed) && identity::may_in_unit(work, kDraft, plan.drafting_unit);
}

std::vector<Offer> next_year_offers(Work& work, const Plan& plan) {
    std::map<Id, Offer> known;
    for (const auto& subject : progress_by_subject(work, plan)) {
        auto& offer = known[subject.activity ? *subject.activity : subject.duty.value_or(Id{})];
        offer.lines += subject.progress.total;
        offer.closed_lines += subject.progress.closed;
    }
    for (const auto& row : work.db.query("plan.late_times_by_subject", {work.authority, plan.id, work.today()}))
        known[row.id("subject_id")].late_times = row.number("times");
    for (const auto& row : work.db.query("plan.targets_by_plan", {work.authority, plan.id})) {
        auto& amounts = known[row.id("activity_id")].amounts;
        const std::string word = row.text("unit_word");
        auto same = std::find_if(amounts.begin(), amounts.end(), [&](const Offer::Amount& one) { return fold_keeping_marks(one.unit_word) == fold_keeping_marks(word); });
        if (same == amounts.end()) same = amounts.insert(amounts.end(), {word, 0, 0});
        same->done += from_thousandths(row.number("done_thousandths") + row.number("child_thousandths"));
        same->needed += from_thousandths(row.number("value_thousandths")) * static_cast<double>(row.number("times"));
    }
    std::vector<Offer> offers;
    const Content content = content_of(work, plan.shown_revision());
    const auto offer = [&](Id item, bool duty, std::string label, bool dropped) {
        Offer one = known[item];
        one.item = item;
        one.duty = duty;
        one.label = std::move(label);
        one.dropped = dropped;
        one.closed = one.lines > 0 && one.closed_lines == one.lines;
        offers.push_back(std::move(one));
    };
    for (const auto& activity : content.activities) offer(activity.id, false, label_of(activity), activity.dropped);
    for (const auto& duty : content.duties) offer(duty.id, true, shortened(duty.text, kLabel), duty.dropped);
    return offers;
}

Result<Id> make_next_year(Work& work, Id plan, const std::vector<Id>& items) {
    const auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    if (!identity::may_in_unit(work, kDraft, found->drafting_unit)) return forbidden("plan.not_drafting_unit");
    if (!may_make_next(work, *found)) return conflict("plan.next_year_needs_issue");
    const Content content = content_of(work, *found->issued_revision);
    const int years = years_to_next(*found);
    const int from = found->year_from == 0 ? content.revision.issued_on.value_or(work.today()).year() : found->year_from;
    const int to = std::max(from, found->year_to);
    const OpenUnits open(work);
    const auto topics = topics_on(work, work.today());
    const auto channels = channels_on(work, work.today());

    NewDraft draft;
    draft.drafting_unit = found->drafting_unit;
    draft.year_from = from + years;
    draft.year_to = to + years;
    draft.head = content.revision.head;
    draft.head.title = years_later(draft.head.title, from, to, years);
    draft.head.number.reset();
    draft.head.decision.reset();
    draft.head.date = {{}, {}, from + years};
    for (auto clause : content.clauses) {
        if (clause.dropped) continue;
        if (clause.kind == ClauseKind::LegalBasis) clause.review.confidence = Confidence::Check;
        clause.deadline = later(clause.deadline, years);
        for (auto* mappings : {&clause.topics, &clause.channels})
            for (auto& mapping : *mappings) mapping.confirmed_by.reset();
        draft.clauses.push_back(std::move(clause));
    }
    std::map<Id, Id> next;  // this year's activity → next year's
    for (auto activity : content.activities) {
        if (!chosen(items, activity.id)) continue;
        next[activity.id] = work.new_id();
        activity.id = next[activity.id];
        activity.dropped = false;
        activity.added.reset();
        activity.fields.clear();
        activity.answers.clear();
        activity.parties = open.of(std::move(activity.parties));
        activity.deadline = later(activity.deadline, years);
        for (auto& target : activity.targets) target.added.reset();
        for (auto& product : activity.products) product.added.reset();
        keep_open_entries(activity.topics, topics);
        keep_open_entries(activity.channels, channels);
        draft.activities.push_back(std::move(activity));
    }
    for (auto duty : content.duties) {
        if (!chosen(items, duty.id)) continue;
        duty.id = work.new_id();
        duty.dropped = false;
        duty.parties = open.of(std::move(duty.parties));
        duty.deadline = later(duty.deadline, years);
        const auto attached = duty.activity ? next.find(*duty.activity) : next.end();
        duty.activity = attached == next.end() ? std::nullopt : std::optional(attached->second);
        draft.duties.push_back(std::move(duty));
    }
    if (draft.activities.empty() && draft.duties.empty()) return invalid("items", "plan.next_year_nothing_chosen");
    const auto count = std::to_string(draft.activities.size() + draft.duties.size());
    const Id made = write_new_draft(work, std::move(draft), "next_year_made");
    identity::record(work, {"plan.plan", work.authority, made}, "plan.next_year_made",
                     {{"last_plan", "", document_number_of(content.revision)}, {"title_document", "", content.revision.head.title}, {"count", "", count}});
    return made;
}

}  // namespace loa::plan
