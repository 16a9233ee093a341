// A lower committee makes its own plan of the lines it was given, and follows what is amended up there (docs/adr/0023).
#include <algorithm>

#include "child_plan.h"
#include "child_report.h"
#include "draft.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "new_draft.h"
#include "queries.h"
#include "verbs.h"

namespace loa::plan {

namespace {

/// The person at work in the authority that the unit stands for.
Result<Work> at_work_in(const Work& work, const identity::Authority& authority) {
    // Nobody lends what she may do elsewhere.
    if (work.actor.acting_for) return forbidden("plan.child_as_oneself");
    auto there = identity::work_for_person(work.db, work.ids, work.now, work.actor.person, authority.id);
    if (!there) return forbidden("plan.child_not_member");
    there->language = work.language;
    there->request_id = work.request_id;
    return there;
}

/// Her own unit there, or else the first that she may draft for.
std::optional<Id> unit_to_draft_for(const Work& work) {
    const auto units = identity::units_where_may(work, kDraft);
    for (const Id own : identity::own_units(work))
        if (std::find(units.begin(), units.end(), own) != units.end()) return own;
    return units.empty() ? std::nullopt : std::optional(units.front());
}

/// The same Topics or Channels in another authority's catalogue: by code, or by name where somebody added them.
template <class Entry>
std::vector<Id> same_entries(const std::vector<Id>& chosen, const std::vector<Entry>& from, const std::vector<Entry>& to) {
    std::vector<Id> ids;
    for (const auto& entry : from) {
        if (std::find(chosen.begin(), chosen.end(), entry.id) == chosen.end()) continue;
        const auto same = std::find_if(to.begin(), to.end(), [&](const Entry& other) {
            return other.code == entry.code || fold_keeping_marks(other.name) == fold_keeping_marks(entry.name);
        });
        if (same != to.end()) ids.push_back(same->id);
    }
    return ids;
}

/// Both catalogues of both sides, read once.
class Catalogues {
  public:
    Catalogues(Work& work, Id above)
        : topics_(topics_on(work, work.today())), channels_(channels_on(work, work.today())) {
        Work there = identity::system_work(work.db, work.ids, work.now, above);
        topics_above_ = topics_on(there, work.today());
        channels_above_ = channels_on(there, work.today());
    }

    /// The line's words as an activity of the child: nobody leads it yet, and what others added up there is said here.
    ActivityText activity_of(Work& work, const ParentLine& line) const {
        const auto& words = line.words;
        ActivityText activity;
        activity.id = work.new_id();
        activity.kind = words.kind;
        activity.title = words.title;
        activity.group_title = words.group_title;
        activity.content = words.content;
        activity.deadline = words.deadline;
        if (activity.deadline) activity.deadline->added.reset();
        activity.targets = words.targets;
        for (auto& target : activity.targets) target.added.reset();
        activity.topics = same_entries(words.topics, topics_above_, topics_);
        activity.channels = same_entries(words.channels, channels_above_, channels_);
        return activity;
    }

  private:
    std::vector<Topic> topics_, topics_above_;
    std::vector<Channel> channels_, channels_above_;
};

NewDraft draft_of(Work& work, const ParentPlan& parent, const identity::Authority& authority, Id unit) {
    NewDraft draft;
    draft.drafting_unit = unit;
    draft.year_from = parent.plan.year_from;
    draft.year_to = parent.plan.year_to;
    const auto& above = parent.content.revision.head;
    draft.head.type = above.type;
    draft.head.symbol = above.decision ? std::nullopt : above.symbol;
    draft.head.issuer = authority.name;
    draft.head.place = authority.place;
    draft.head.title = replaced(replaced(above.title, parent.place, authority.place), in_sentence(parent.place), in_sentence(authority.place));
    draft.head.date.year = work.today().year();
    draft.head.signed_authority = above.signed_authority;
    draft.head.signer_position = above.signer_position;
    for (const auto& revision : parent.revisions) draft.clauses.push_back(basis_of(revision, parent.issuer));
    return draft;
}

void link(Work& work, Id plan, Id activity, const ParentLine& line) {
    work.db.run("plan.insert_child_activity", {work.authority, activity, plan, line.assignment.id});
}

Ref ref_of(const Work& work, Id plan) { return {"plan.plan", work.authority, plan}; }

}  // namespace

Result<MadeChild> make_child_plan(Work& work, Id plan, Id unit) {
    const auto above = plan_by_id(work, plan);
    if (!above) return above.failure();
    const auto committee = identity::unit_by_id(work, unit);
    if (!committee) return not_found("plan.no_such_unit");
    if (!identity::may_in_unit(work, kReport, unit)) return forbidden("plan.not_your_line");
    if (!committee->represents_authority) return not_found("plan.no_such_unit");
    const auto authority = identity::authority_by_id(work, *committee->represents_authority);
    LOA_CHECK(authority.has_value());
    auto there = at_work_in(work, *authority);
    if (!there) return there.failure();

    if (const auto known = child_plan_of(*there, work.authority, plan, unit)) {
        // Whether it is there does not depend on who asks: there is one, whoever of the committee made it.
        Work house = identity::system_work(work.db, work.ids, work.now, authority->id);
        if (const auto made = plan_by_id(house, known->plan); made && made->state != PlanState::Withdrawn) {
            if (!may_read(*there, *made)) return forbidden("plan.child_may_not_draft");
            return MadeChild{authority->id, known->plan, false};
        }
        // One that was withdrawn or deleted carries out nothing.
        there->db.run("plan.delete_child_activities", {there->authority, known->plan});
        there->db.run("plan.delete_child_plan", {there->authority, known->plan});
    }
    const auto parent = parent_plan(work, work.authority, plan, unit);
    if (!parent) return conflict("plan.child_needs_issue");
    if (parent->lines.empty()) return conflict("plan.child_no_lines");
    const auto drafting_unit = unit_to_draft_for(*there);
    if (!drafting_unit) return forbidden("plan.child_may_not_draft");

    if (catalogue_lines(*there, Catalogue::Topics).empty()) ship_catalogues(*there);
    const Catalogues catalogues(*there, work.authority);
    NewDraft draft = draft_of(*there, *parent, *authority, *drafting_unit);
    int number = 0;
    for (const auto& line : parent->lines) {
        draft.activities.push_back(catalogues.activity_of(*there, line));
        draft.activities.back().ordinal = std::to_string(++number);
    }
    std::vector<Id> activities;
    for (const auto& activity : draft.activities) activities.push_back(activity.id);
    const Id made = write_new_draft(*there, std::move(draft), "child_made");
    there->db.run("plan.insert_child_plan", {there->authority, work.authority, plan, unit, made, *parent->plan.issued_revision});
    for (std::size_t i = 0; i < activities.size(); ++i) link(*there, made, activities[i], parent->lines[i]);
    identity::record(*there, ref_of(*there, made), "plan.child_made",
                     {{"parent_plan", "", document_number_of(parent->content.revision)},
                      {"issuer", "", parent->issuer},
                      {"count", "", std::to_string(activities.size())}});
    report_up(*there, made);
    return MadeChild{authority->id, made, true};
}

Result<> take_over_parent_lines(Work& work, Id plan, const std::vector<Id>& lines) {
    const auto found = plan_by_id(work, plan);
    if (!found) return found.failure();
    if (!identity::may_in_unit(work, kDraft, found->drafting_unit)) return forbidden("plan.not_drafting_unit");
    const auto child = child_plan_by_plan(work, plan);
    if (!child) return not_found("plan.not_a_child");
    const auto parent = parent_plan(work, child->parent_authority, child->parent_plan, child->parent_unit);
    if (!parent) return conflict("plan.parent_not_in_force");
    const Id revision = found->draft_revision ? *found->draft_revision : found->shown_revision();
    const auto news = parent_news(work, *parent, *child, child_activities(work, plan, revision));
    std::vector<const ParentLine*> wanted;
    for (const auto* line : news.missing)
        if (std::find(lines.begin(), lines.end(), line->assignment.id) != lines.end()) wanted.push_back(line);
    if (!wanted.empty()) {
        auto draft = open_draft(work, plan);
        if (!draft) return draft.failure();
        const Catalogues catalogues(work, child->parent_authority);
        for (const auto* line : wanted) {
            ActivityText activity = catalogues.activity_of(work, *line);
            activity.review.confidence = confidence_of(activity);
            work.db.run("plan.insert_activity", {work.authority, activity.id, plan, activity.kind});
            append_activity(work, draft->revision.id, activity);
            write_topics_and_channels(work, activity);
            link(work, plan, activity.id, *line);
        }
        touch(work, *draft);
    }
    if (wanted.empty() && !news.amended) return Done{};
    work.db.run("plan.set_parent_revision", {work.authority, plan, *parent->plan.issued_revision});
    identity::record(work, ref_of(work, plan), "plan.parent_lines_taken",
                     {{"parent_plan", "", document_number_of(parent->content.revision)}, {"count", "", std::to_string(wanted.size())}});
    return Done{};
}

}  // namespace loa::plan
