#include "evidence_view.h"

#include <algorithm>

#include "addresses.h"
#include "coverage.h"
#include "evidence_form.h"
#include "evidence_time.h"
#include "found_evidence.h"
#include "line_view.h"
#include "loa/i18n/format.h"
#include "loa/media/file.h"
#include "progress_import.h"
#include "queries.h"

namespace loa::plan {

using web::View;

namespace {

void set_error(const Work& work, View& item, const Refused* refused, const std::string& name) {
    item.set("error", "");
    if (!refused) return;
    for (const auto& problem : refused->failure.problems)
        if (problem.field == name) item.set("error", text_of(work, problem));
}

}  // namespace

EvidenceView::EvidenceView(Work& work, const EvidenceOf& line, const Refused* refused)
    : work_(work), line_(line), refused_(refused), issued_on_(first_issued_on(work, line.plan.id)) {}

void EvidenceView::set_pieces(View& view, const PiecesAsked& asked) {
    const Id line = line_.assignment.id;
    const auto count = count_of_evidence(work_, line);
    const auto pages = std::max<std::int64_t>(1, (count + kPiecesPerPage - 1) / kPiecesPerPage);
    const auto page = std::clamp<std::int64_t>(asked.piece ? evidence_before(work_, line, *asked.piece) / kPiecesPerPage + 1 : asked.page, 1, pages);
    const auto pieces = evidence_of_stretch(work_, line, (page - 1) * kPiecesPerPage, kPiecesPerPage);
    std::vector<Id> ids;
    for (const auto& piece : pieces) ids.push_back(piece.id);
    const Outside outside{media::shown_files_of(work_, "plan.evidence", ids), source_files(work_, line)};
    std::vector<View> views;
    for (const auto& piece : pieces) views.push_back(piece_view(piece, outside));
    view.flag("no_evidence", views.empty()).set("evidence", std::move(views)).flag("any_other_page", pages > 1);
    const auto path = [&](std::int64_t other) { return line_path(line_.assignment) + "?trang=" + std::to_string(other) + "#mc"; };
    if (page > 1) view.set("newer_path", path(page - 1));
    if (page < pages) view.set("older_path", path(page + 1));
}

View EvidenceView::piece_view(const Evidence& piece, const Outside& outside) {
    View view;
    const std::string id = to_string(piece.id);
    view.set("id", id).set("version", std::to_string(piece.version));
    view.set("what", piece.what).set("done_on", piece.done_on.vietnamese()).set("place", piece.place.value_or(""));
    view.set("on_behalf_by", piece.on_behalf_by).set("done_by_unit", piece.unit_name);
    view.set("who", piece.personal_link ? tr(work_, "identity.by_link_of", {{"name", piece.link_holder_name}}) : piece.submitted_by_name).set("at", piece.submitted_at.vietnamese());
    view.set("state", tr(work_, "plan.evidence_state_" + std::string(text_of(piece.state)))).set("tag", evidence_tag(piece.state));
    view.set("reason", piece.reason.value_or(""));
    set_amounts(view, piece);
    const auto found = outside.files.find(piece.id);
    const auto kept = found == outside.files.end() ? std::vector<media::ShownFile>{} : found->second;
    set_questions(work_, view, time_questions(issued_on_, piece.submitted_at.date(), piece.done_on, photo_times(std::vector<media::File>(kept.begin(), kept.end()))), piece.explanation);
    const bool ours = line_.may_report && (line_.standing == Standing::Own || !piece.on_behalf_by.empty());
    const bool may_remove = ours && (piece.state == EvidenceState::Submitted || piece.state == EvidenceState::Returned);
    std::vector<View> files, topics;
    for (const auto& file : kept) {
        View item;
        item.set("file", to_string(file.id)).flag("may_remove", may_remove && file.id != piece.link_file);
        item.set("taken_at", file.taken_at ? file.taken_at->vietnamese() : "").set("thumbnail", file.thumbnail);
        item.set("file_path", media::file_path(file.id)).set("name", file.name).set("size", i18n::file_size(work_.language, file.size));
        files.push_back(std::move(item));
    }
    for (const auto& topic : line_.names.topics())
        if (std::find(piece.topics.begin(), piece.topics.end(), topic.id) != piece.topics.end()) topics.push_back(choice(topic.id, topic.name, true));
    for (const auto& channel : line_.names.channels())
        if (piece.channel == channel.id) view.set("channel", channel.name);
    if (piece.number_source) {
        const auto source = outside.source_files.find(piece.id);
        view.set("number_source", *piece.number_source).set("source_path", source == outside.source_files.end() ? "" : media::file_path(source->second));
    }
    if (piece.link) view.set("web", link_view(piece, kept));
    if (piece.record) view.set("record", record_view(work_, line_.registry, *piece.record, piece.record_title));
    view.flag("has_files", !files.empty()).set("files", std::move(files)).set("topics", std::move(topics));
    set_decisions(view, piece);
    if (ours && piece.state != EvidenceState::Withdrawn) view.set("withdrawal_form", reason_form(work_, refused_for(refused_, "withdraw-" + id)));
    if (ours && piece.state == EvidenceState::Returned) view.set("form", form_view(piece, refused_for(refused_, "evidence-" + id)));
    return view;
}

void EvidenceView::set_amounts(View& view, const Evidence& piece) const {
    std::vector<View> lines;
    const auto add = [&](double quantity, const std::string& unit_word) {
        lines.push_back(View().set("amount", amount(work_, quantity)).set("unit_word", unit_word));
    };
    for (const auto& line : piece.lines)
        for (const auto& target : line_.targets)
            if (target.id == line.target) add(line.quantity, target.unit);
    for (const auto& value : piece.measures)
        for (const auto& measure : line_.kind.measures)
            if (measure.name == value.measure) add(value.value, tr(work_, measure.label));
    view.flag("has_lines", !lines.empty()).set("lines", std::move(lines));
}

/// What the aggregating office may do with it.
void EvidenceView::set_decisions(View& view, const Evidence& piece) {
    if (!line_.may_confirm) return;
    const bool waits = piece.state == EvidenceState::Submitted;
    if (waits) {
        if (is_own(work_, piece) && !alone_) alone_ = confirms_alone(work_, line_.plan);
        const bool others_confirm = is_own(work_, piece) && !*alone_;
        view.flag("may_confirm", !others_confirm).flag("others_confirm", others_confirm);
        view.set("return_form", reason_form(work_, refused_for(refused_, "return-" + to_string(piece.id))));
    }
    if (waits || piece.state == EvidenceState::Confirmed) view.set("told_form", told_form(piece));
}

/// The page that shows it, and the copy that was saved of it, or why there is none.
View EvidenceView::link_view(const Evidence& piece, const std::vector<media::ShownFile>& files) const {
    View view;
    view.set("link", *piece.link).set("link_title", piece.link_title.value_or(*piece.link));
    if (piece.link_saved_at && piece.link_file) {
        view.set("saved_at", piece.link_saved_at->vietnamese());
        for (const auto& file : files)
            if (file.id == *piece.link_file) view.set("copy_path", media::file_path(file.id)).set("sha256", file.sha256.substr(0, 16));
    } else if (piece.link_problem) {
        view.set("link_problem", text_of(work_, *piece.link_problem));
    } else {
        view.flag("waits", true);
    }
    return view;
}

View EvidenceView::empty_form(const std::string& record) {
    Evidence piece;
    if (!record.empty()) {
        if (!records_) records_ = records_of_line(work_, line_.registry, line_.assignment.id);
        if (const auto* cited = record_named(*records_, record)) {
            piece.what = cited->title;
            piece.done_on = cited->done_on.value_or(work_.today());
            piece.record = cited->ref;
        }
    }
    return form_view(piece, refused_for(refused_, "evidence"));
}

View EvidenceView::form_view(const Evidence& piece, const Refused* refused) {
    View form;
    const std::string day = piece.id || piece.record ? piece.done_on.vietnamese() : "";
    form.set("id", to_string(piece.id)).set("today", work_.today().vietnamese());
    form.set("what", shown_value(refused, "what", piece.what)).set("done_on", shown_value(refused, "done_on", day));
    form.set("place", shown_value(refused, "place", piece.place.value_or("")));
    std::vector<View> quantities;
    for (const auto& target : line_.targets) {
        if (target.dropped) continue;
        std::string stored;
        for (const auto& line : piece.lines)
            if (line.target == target.id) stored = amount(work_, line.quantity);
        const std::string name = kQuantity + to_string(target.id);
        View item;
        item.set("name", name).set("label", target.text).set("unit_word", target.unit);
        item.set("value", shown_value(refused, name, stored));
        set_error(work_, item, refused, name);
        quantities.push_back(std::move(item));
    }
    for (const auto& measure : line_.kind.measures) {
        std::string stored;
        for (const auto& value : piece.measures)
            if (value.measure == measure.name) stored = amount(work_, value.value);
        const std::string name = kMeasure + measure.name;
        View item;
        item.set("name", name).set("label", tr(work_, measure.label)).set("unit_word", "").set("value", shown_value(refused, name, stored));
        set_error(work_, item, refused, name);
        quantities.push_back(std::move(item));
    }
    const auto told = piece.id ? ToldBy{piece.topics, {}} : told_by(work_, line_.assignment);
    set_told(form, refused, told.topics, piece.id ? piece.channel : told.sole_channel());
    set_records(form, piece, refused);
    form.set("link", shown_value(refused, "link", piece.link.value_or("")));
    form.set("explanation", shown_value(refused, "explanation", piece.explanation.value_or("")));
    form.set("number_source", shown_value(refused, "number_source", piece.number_source.value_or("")));
    form.flag("has_quantities", !quantities.empty());
    form.set("quantities", std::move(quantities));
    set_form_problems(work_, form, refused);
    return form;
}

void EvidenceView::set_records(View& form, const Evidence& piece, const Refused* refused) {
    if (!records_) records_ = records_of_line(work_, line_.registry, line_.assignment.id);
    auto offered = *records_;
    if (piece.record && !record_named(offered, typed(*piece.record))) offered.push_back({*piece.record, piece.record_title, "", {}});
    const auto chosen = shown_value(refused, "record", piece.record ? typed(*piece.record) : "");
    form.flag("has_records", !offered.empty()).set("records", record_choices(work_, line_.registry, offered, chosen));
}

/// What it told, for who confirms.
View EvidenceView::told_form(const Evidence& piece) const {
    const auto* refused = refused_for(refused_, "told-" + to_string(piece.id));
    View form;
    form.flag("open", refused != nullptr);
    set_told(form, refused, piece.topics, piece.channel);
    set_form_problems(work_, form, refused);
    return form;
}

void EvidenceView::set_told(View& form, const Refused* refused, const std::vector<Id>& told_topics, std::optional<Id> told_channel) const {
    std::vector<View> topics, channels;
    const auto chosen_topics = shown_ids(refused, "topics", told_topics);
    const auto chosen_channel = shown_id(refused, "channel", told_channel);
    for (const auto& topic : line_.names.topics())
        topics.push_back(choice(topic.id, topic.name,
                                std::find(chosen_topics.begin(), chosen_topics.end(), topic.id) != chosen_topics.end()));
    for (const auto& channel : line_.names.channels()) channels.push_back(choice(channel.id, channel.name, chosen_channel == channel.id));
    form.set("topics", std::move(topics)).set("channels", std::move(channels));
}

}  // namespace loa::plan
