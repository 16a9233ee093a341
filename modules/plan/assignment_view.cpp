#include "assignment_view.h"

#include <algorithm>

#include "child_report.h"
#include "child_view.h"
#include "evidence_form.h"
#include "evidence_time.h"
#include "line_view.h"
#include "link_view.h"
#include "loa/base/text.h"
#include "loa/i18n/format.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/media/file.h"
#include "loa/media/pictures.h"
#include "occurrences.h"
#include "passing_view.h"
#include "progress_import.h"
#include "verbs.h"

namespace loa::plan {

using web::Response;
using web::View;

const ActivityKind& kind_of(Work& work, const Registry& registry, const Assignment& assignment) {
    const auto row = work.db.one("plan.activity_by_id", {work.authority, assignment.activity.value_or(Id{})});
    return kind_by_name(registry, row ? std::string_view(row->text("kind")) : kGeneralKind);
}

namespace {

class Page {
  public:
    Page(Work& work, const Registry& registry, const Plan& plan, const Assignment& assignment, const Refused* refused,
         bool adding)
        : work_(work),
          plan_(plan),
          assignment_(assignment),
          kind_(kind_of(work, registry, assignment)),
          refused_(refused),
          adding_(adding),
          content_(content_of(work, plan.shown_revision())),
          names_(work, content_),
          occurrences_(occurrences_by_assignment(work, assignment.id)),
          targets_(targets_by_assignment(work, assignment.id)),
          issued_on_(first_issued_on(work, plan.id)),
          child_(child_of_line(work, assignment.id)),
          standing_(standing_of(work, plan, assignment)),
          may_report_(standing_ != Standing::None && open()),
          may_confirm_(identity::may_in_unit(work, kConfirm, plan.aggregating_unit) && open()) {}

    Response response(int status) {
        View view;
        view.set("plan_path", path_of(plan_.id)).set("plan_title", plan_.title).set("path", line_path(assignment_));
        view.set("document", document_line(work_, content_.revision)).set("version", std::to_string(assignment_.version));
        const std::string title = set_subject(view);
        set_unit(view);
        set_state(view);
        set_answer(view);
        set_occurrences(view);
        set_targets(view);
        set_child(view);
        set_evidence(view);
        set_links(work_, view, plan_, assignment_, refused_);
        std::vector<View> lines;
        for (const auto& line : identity::timeline_of(work_, {"plan.assignment", work_.authority, assignment_.id}))
            lines.push_back(timeline_view(work_, line));
        view.flag("has_timeline", !lines.empty());
        view.set("timeline", std::move(lines));
        if (refused_) set_problem_list(work_, view, *refused_);
        const auto own = identity::own_units(work_);
        const bool mine = std::find(own.begin(), own.end(), assignment_.unit) != own.end();
        return web::show({.name = "plan/assignment", .title = title, .view = std::move(view), .stands_under = mine ? "/viec-don-vi" : "/ke-hoach"}, status);
    }

  private:
    bool open() const { return plan_.state == PlanState::Issued && assignment_.state != AssignmentState::Ended; }

    /// What is reported or closed is late no more.
    bool still_to_do() const { return open() && assignment_.state == AssignmentState::Open; }

    /// The activity or duty the line is about.
    std::string set_subject(View& view) {
        if (assignment_.activity) {
            if (const auto* activity = content_.activity(*assignment_.activity)) {
                View subject = activity_view(work_, names_, plan_, *activity);
                set_deadline(work_, subject, activity->deadline, still_to_do());
                view.set("subject", std::move(subject)).set("title", label_of(*activity));
                return label_of(*activity);
            }
        } else if (const auto* duty = content_.duty(*assignment_.duty)) {
            View subject = duty_view(work_, names_, content_, *duty);
            set_deadline(work_, subject, duty->deadline, still_to_do());
            subject.set("path", path_of(plan_.id, "?muc=nhiem-vu#nv-" + to_string(duty->id)));
            view.set("subject", std::move(subject)).set("title", shortened(duty->text, 120)).set("duty_text", duty->text);
            return shortened(duty->text, 80);
        }
        return tr(work_, "plan.assignment");
    }

    void set_unit(View& view) {
        for (const auto& unit : identity::units_by_ids(work_, {assignment_.unit})) view.set("unit", unit.name);
        view.set("roles", roles_text(work_, assignment_));
        set_passed_line(work_, view, assignment_);
    }

    void set_state(View& view) {
        set_line_state(work_, view, assignment_.state);
        std::vector<double> shares;
        for (const auto& target : targets_)
            if (!target.dropped) shares.push_back(target.share());
        view.set("percent", percent_of(assignment_, shares)).flag("has_targets", !shares.empty());
        for (const auto& occurrence : occurrences_)
            if (occurrence.state == OccurrenceState::Open && occurrence.reason) view.set("reason", *occurrence.reason);
        if (may_report_) set_first(view, "report_done", OccurrenceState::Open);
        if (may_confirm_) set_first(view, "confirm_done", OccurrenceState::Reported);
    }

    /// With the former unit whose it was, as there may be several of a period.
    std::string period_of(const Occurrence& occurrence) {
        const auto period = period_text(work_, occurrence);
        const auto unit = occurrence.due_unit == assignment_.unit ? std::nullopt : identity::unit_by_id(work_, occurrence.due_unit);
        if (!unit) return period;
        return period.empty() ? unit->name : period + ", " + unit->name;
    }

    /// A period to come can't be reported yet.
    bool has_begun(const Occurrence& occurrence) const { return !occurrence.from || *occurrence.from <= work_.today(); }

    /// The button on top of the page: for the first time the line falls due that is in this state.
    void set_first(View& view, const char* name, OccurrenceState state) {
        for (const auto& occurrence : occurrences_) {
            if (occurrence.state != state || !has_begun(occurrence)) continue;
            View act;
            act.set("occurrence", to_string(occurrence.id)).set("period", period_text(work_, occurrence));
            view.set(name, std::move(act));
            return;
        }
    }

    void set_answer(View& view) {
        View answer;
        const bool returned = assignment_.answer == Answer::Returned;
        answer.set("state", tr(work_, "plan.unit_answer_" + std::string(text_of(assignment_.answer))));
        answer.set("tag", returned ? "tag--late" : assignment_.answer == Answer::Accepted ? "tag--ok" : "");
        if (assignment_.answered_at) answer.set("at", assignment_.answered_at->vietnamese());
        if (assignment_.answer_reason) answer.set("answer_reason", *assignment_.answer_reason);
        const auto people = identity::people_of_unit(work_, assignment_.unit);
        for (const auto& member : people)
            if (member.person == assignment_.person) answer.set("person", member.person_name);
        if (standing_ == Standing::Own && open()) {
            answer.flag("may_accept", assignment_.answer != Answer::Accepted);
            const auto* refused = refused_for("hand");
            View hand;
            std::vector<View> choices;
            const auto chosen = shown_id(refused, "person", assignment_.person);
            for (const auto& member : people) choices.push_back(choice(member.person, member.person_name, member.person == chosen));
            hand.set("people", std::move(choices));
            set_form_problems(work_, hand, refused);
            if (!people.empty()) answer.set("hand_form", std::move(hand));
            if (!returned && assignment_.state == AssignmentState::Open) answer.set("give_back_form", reason_form("giveback"));
        }
        if (may_confirm_ && returned) answer.set("keep_form", reason_form("keep"));
        view.set("answer", std::move(answer));
    }

    void set_occurrences(View& view) {
        std::vector<View> views;
        for (const auto& occurrence : occurrences_) views.push_back(occurrence_view(occurrence));
        view.set("occurrences", std::move(views));
    }

    View occurrence_view(const Occurrence& occurrence) {
        View view;
        const std::string id = to_string(occurrence.id);
        const bool still_open = occurrence.state == OccurrenceState::Open;
        view.set("id", id).set("occurrence_version", std::to_string(occurrence.version)).set("period", period_of(occurrence));
        view.set("due_on", occurrence.due_on ? occurrence.due_on->vietnamese() : "");
        if (occurrence.printed_on != occurrence.due_on) view.set("printed_on", occurrence.printed_on->vietnamese());
        set_occurrence_state(work_, view, occurrence);
        if (open() && occurrence.late_on(work_.today())) set_days_late(work_, view, *occurrence.due_on);
        if (occurrence.reported_at) view.set("reported_at", occurrence.reported_at->vietnamese());
        if (const auto on_time = occurrence.on_time()) view.set("on_time", tr(work_, *on_time ? "plan.reported_on_time" : "plan.reported_late"));
        view.set("occurrence_reason", occurrence.reason.value_or(""));
        if (may_report_ && still_open && has_begun(occurrence)) view.set("report_form", reason_form("report-" + id));
        view.flag("may_close", may_confirm_ && occurrence.state == OccurrenceState::Reported);
        if (may_confirm_ && !still_open) view.set("return_form", reason_form("back-" + id));
        return view;
    }

    void set_targets(View& view) {
        std::vector<View> rows;
        std::vector<std::string> texts;
        for (const auto& target : targets_) {
            View row = target_views(work_, {target}).front();
            row.set("id", to_string(target.id)).flag("dropped", target.dropped);
            row.set("done", amount(work_, target.done)).set("needed", amount(work_, target.needed())).set("unit_word", target.unit);
            if (target.below > 0) row.set("below", amount(work_, target.below));
            if (target.waiting > 0) row.set("waiting", amount(work_, target.waiting));
            row.set("percent", static_cast<std::int64_t>(target.share() * 100)).flag("whole", target.share() >= 1);
            if (target.times > 1)
                row.set("times", tr(work_, "plan.target_times", {{"value", amount(work_, target.value)}, {"n", std::to_string(target.times)}}));
            rows.push_back(std::move(row));
            if (!target.dropped) texts.push_back(target.text);
        }
        view.set("targets", std::move(rows)).flag("no_targets", texts.empty());
        if (may_confirm_ && assignment_.activity) {
            const auto* refused = refused_for("targets");
            View form;
            form.set("value", shown_value(refused, "targets", joined(texts, "\n"))).flag("open", refused != nullptr);
            set_form_problems(work_, form, refused);
            view.set("targets_form", std::move(form));
        }
    }

    void set_evidence(View& view) {
        std::vector<View> pieces;
        for (const auto& piece : evidence_by_assignment(work_, assignment_.id)) pieces.push_back(piece_view(piece));
        view.flag("no_evidence", pieces.empty());
        view.set("evidence", std::move(pieces));
        const auto* refused = refused_for("evidence");
        // What was typed before the unit's own plan came into force stays to be copied.
        if (!may_report_ || (child_ && child_->records() && !refused)) return;
        View form = form_view(Evidence{}, refused);
        form.flag("open", refused != nullptr || adding_).flag("on_behalf", standing_ == Standing::OnBehalf);
        view.set("evidence_form", std::move(form));
    }

    /// What the unit did of the line by its own plan, month by month.
    void set_child(View& view) {
        if (!child_) return;
        View child = line_child_view(work_, assignment_, *child_, targets_);
        if (standing_ == Standing::Own) child.set("open_path", path_of(plan_.id, "/cap-duoi")).set("child_unit", to_string(assignment_.unit));
        view.set("child", std::move(child));
    }

    View piece_view(const Evidence& piece) {
        View view;
        const std::string id = to_string(piece.id);
        view.set("id", id).set("version", std::to_string(piece.version));
        view.set("what", piece.what).set("done_on", piece.done_on.vietnamese()).set("place", piece.place.value_or(""));
        view.set("on_behalf_by", piece.on_behalf_by).set("done_by_unit", piece.unit_name);
        view.set("who", piece.personal_link ? tr(work_, "identity.by_link_of", {{"name", piece.link_holder_name}}) : piece.submitted_by_name).set("at", piece.submitted_at.vietnamese());
        view.set("state", tr(work_, "plan.evidence_state_" + std::string(text_of(piece.state)))).set("tag", evidence_tag(piece.state));
        view.set("reason", piece.reason.value_or(""));
        std::vector<View> lines, files, topics;
        for (const auto& line : piece.lines)
            for (const auto& target : targets_)
                if (target.id == line.target) {
                    View item;
                    item.set("amount", amount(work_, line.quantity)).set("unit_word", target.unit);
                    lines.push_back(std::move(item));
                }
        for (const auto& value : piece.measures)
            for (const auto& measure : kind_.measures)
                if (measure.name == value.measure) {
                    View item;
                    item.set("amount", amount(work_, value.value)).set("unit_word", tr(work_, measure.label));
                    lines.push_back(std::move(item));
                }
        const auto kept = media::files_of(work_, {"plan.evidence", work_.authority, piece.id});
        set_questions(work_, view, time_questions(issued_on_, piece.submitted_at.date(), piece.done_on, photo_times(kept)), piece.explanation);
        for (const auto& file : kept) {
            View item;
            item.set("taken_at", file.taken_at ? file.taken_at->vietnamese() : "");
            item.set("path", media::file_path(file.id)).set("name", file.name).set("size", i18n::file_size(work_.language, file.size));
            item.set("thumbnail", media::thumbnail_path(work_, file));
            files.push_back(std::move(item));
        }
        for (const auto& topic : names_.topics())
            if (std::find(piece.topics.begin(), piece.topics.end(), topic.id) != piece.topics.end())
                topics.push_back(choice(topic.id, topic.name, true));
        for (const auto& channel : names_.channels())
            if (piece.channel == channel.id) view.set("channel", channel.name);
        view.flag("has_lines", !lines.empty()).flag("has_files", !files.empty());
        if (piece.number_source) {
            const auto file = source_file_of(work_, piece.id);
            view.set("number_source", *piece.number_source).set("source_path", file ? media::file_path(*file) : "");
        }
        if (piece.link) view.set("web", link_view(piece));
        view.set("lines", std::move(lines)).set("files", std::move(files)).set("topics", std::move(topics));
        view.flag("may_confirm", may_confirm_ && piece.state == EvidenceState::Submitted);
        if (may_confirm_ && piece.state == EvidenceState::Submitted) view.set("return_form", reason_form("return-" + id));
        const bool ours = may_report_ && (standing_ == Standing::Own || !piece.on_behalf_by.empty());
        if (ours && piece.state != EvidenceState::Withdrawn) view.set("withdrawal_form", reason_form("withdraw-" + id));
        if (ours && piece.state == EvidenceState::Returned) {
            const auto* refused = refused_for("evidence-" + id);
            view.set("form", form_view(piece, refused));
        }
        return view;
    }

    /// The page that shows it, and the copy that was saved of it, or why there is none.
    View link_view(const Evidence& piece) {
        View view;
        view.set("link", *piece.link).set("link_title", piece.link_title.value_or(*piece.link));
        if (piece.link_saved_at && piece.link_file) {
            view.set("saved_at", piece.link_saved_at->vietnamese());
            if (const auto file = media::file_by_id(work_, *piece.link_file)) view.set("copy_path", media::file_path(file->id)).set("sha256", file->sha256.substr(0, 16));
        } else if (piece.link_problem) {
            view.set("link_problem", text_of(work_, *piece.link_problem));
        } else {
            view.flag("waits", true);
        }
        return view;
    }

    /// A step that needs its reason; folded away until it has been refused.
    View reason_form(const std::string& name) {
        const auto* refused = refused_for(name);
        View form;
        form.set("typed_reason", shown_value(refused, "reason", "")).flag("open", refused != nullptr);
        form.set("error_reason", "");  // not that of a form around it
        set_form_problems(work_, form, refused);
        return form;
    }

    View form_view(const Evidence& piece, const Refused* refused) {
        View form;
        const std::string day = piece.id ? piece.done_on.vietnamese() : "";
        form.set("id", to_string(piece.id)).set("today", work_.today().vietnamese());
        form.set("what", shown_value(refused, "what", piece.what)).set("done_on", shown_value(refused, "done_on", day));
        form.set("place", shown_value(refused, "place", piece.place.value_or("")));
        std::vector<View> quantities, topics, channels;
        for (const auto& target : targets_) {
            if (target.dropped) continue;
            std::string stored;
            for (const auto& line : piece.lines)
                if (line.target == target.id) stored = amount(work_, line.quantity);
            const std::string name = kQuantity + to_string(target.id);
            View item;
            item.set("name", name).set("label", target.text).set("unit_word", target.unit);
            item.set("value", shown_value(refused, name, stored));
            set_error(item, refused, name);
            quantities.push_back(std::move(item));
        }
        for (const auto& measure : kind_.measures) {
            std::string stored;
            for (const auto& value : piece.measures)
                if (value.measure == measure.name) stored = amount(work_, value.value);
            const std::string name = kMeasure + measure.name;
            View item;
            item.set("name", name).set("label", tr(work_, measure.label)).set("unit_word", "").set("value", shown_value(refused, name, stored));
            set_error(item, refused, name);
            quantities.push_back(std::move(item));
        }
        const auto chosen_topics = shown_ids(refused, "topics", piece.topics);
        const auto chosen_channel = shown_id(refused, "channel", piece.channel);
        for (const auto& topic : names_.topics())
            topics.push_back(choice(topic.id, topic.name,
                                    std::find(chosen_topics.begin(), chosen_topics.end(), topic.id) != chosen_topics.end()));
        for (const auto& channel : names_.channels()) channels.push_back(choice(channel.id, channel.name, chosen_channel == channel.id));
        form.set("link", shown_value(refused, "link", piece.link.value_or("")));
        form.set("explanation", shown_value(refused, "explanation", piece.explanation.value_or("")));
        form.set("number_source", shown_value(refused, "number_source", piece.number_source.value_or("")));
        form.flag("has_quantities", !quantities.empty());
        form.set("quantities", std::move(quantities)).set("topics", std::move(topics)).set("channels", std::move(channels));
        set_form_problems(work_, form, refused);
        return form;
    }

    void set_error(View& item, const Refused* refused, const std::string& name) {
        item.set("error", "");
        if (!refused) return;
        for (const auto& problem : refused->failure.problems)
            if (problem.field == name) item.set("error", text_of(work_, problem));
    }

    const Refused* refused_for(const std::string& form) const { return refused_ && refused_->form == form ? refused_ : nullptr; }

    Work& work_;
    const Plan& plan_;
    const Assignment& assignment_;
    const ActivityKind& kind_;
    const Refused* refused_;
    bool adding_;  // the form for one more piece of evidence stands open
    Content content_;
    Names names_;
    std::vector<Occurrence> occurrences_;
    std::vector<AssignmentTarget> targets_;
    std::optional<Date> issued_on_;
    std::optional<LineChild> child_;  // the unit's own plan, where that does the line
    Standing standing_;
    bool may_report_, may_confirm_;
};

}  // namespace

Response assignment_page(Work& work, const Registry& registry, const Plan& plan, const Assignment& assignment,
                         const Refused* refused, bool adding, int status) {
    return Page(work, registry, plan, assignment, refused, adding).response(status);
}

}  // namespace loa::plan
