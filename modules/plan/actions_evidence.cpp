// The evidence of what units did, as they send it. Nothing here moves a slider: how far a line is follows from confirmed
// evidence (house.md §5).
#include <algorithm>

#include "actions.h"
#include "child_report.h"
#include "coverage.h"
#include "evidence.h"
#include "evidence_records.h"
#include "evidence_time.h"
#include "found_evidence.h"
#include "loa/base/text.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "personal_link.h"
#include "queries.h"
#include "saved_link.h"
#include "search_index.h"
#include "trash.h"
#include "typed.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr std::size_t kLongestWhat = 2000, kLongestLink = 2000, kLongestSource = 500, kLongestExplanation = 1000;
constexpr double kLargestQuantity = 1e9;

struct Sender {
    std::optional<Id> link, given_by;
    std::string holder;
};

/// By which link it is sent, if it is; who acts by one has it still, or would not have found the line.
Sender sender_of(const Work& work) {
    const auto link = link_of_actor(work);
    return link ? Sender{link->id, link->given_by, link->holder_name} : Sender{};
}

/// What a piece of evidence says, checked: its lines, its day.
struct Checked {
    Date done_on;
    std::vector<EvidenceLine> lines;
    std::vector<MeasureValue> measures;
    std::string link, number_source, explanation;
    std::optional<Ref> record;
    std::string record_title;
    std::vector<Id> topics;
    std::optional<Id> channel;
};

bool may_be_link(const std::string& link) {
    return length(link) <= kLongestLink && (link.starts_with("http://") || link.starts_with("https://")) &&
           link.find_first_of(" \"<>") == std::string::npos;
}

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

/// Asks about the times, unless it is explained already.
void question_times(Work& work, const FoundLine& found, const Checked& result, const std::vector<media::AcceptedFile>& files,
                    const std::vector<media::File>& kept_files, std::vector<Problem>& problems) {
    if (length(result.explanation) > kLongestExplanation) problems.push_back({"explanation", "plan.evidence_explanation_too_long", {}});
    if (!result.explanation.empty()) return;
    auto photos = photo_times(files);
    for (auto& kept : photo_times(kept_files)) photos.push_back(std::move(kept));
    for (auto& question : time_questions(first_issued_on(work, found.plan.id), work.today(), result.done_on, photos)) problems.push_back(std::move(question));
}

bool may_be_sent_as(const std::string& text) {
    return text.size() >= 16 && text.size() <= 64 && text.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

/// What it cites: one of those that the line may, or what the piece that is mended cites already.
void check_record(const EvidenceWords& words, const Evidence* mended, Checked& result, std::vector<Problem>& problems) {
    if (words.record.empty()) return;
    if (mended && mended->record && typed(*mended->record) == words.record) {
        result.record = mended->record;
        result.record_title = mended->record_title;
        return;
    }
    const auto* record = record_named(words.records, words.record);
    if (!record) {
        problems.push_back({"record", "plan.evidence_record_gone", {}});
        return;
    }
    result.record = record->ref;
    result.record_title = record->title;
}

Result<Checked> checked(Work& work, const FoundLine& found, const EvidenceWords& words, const std::vector<media::AcceptedFile>& files,
                        const Evidence* mended = nullptr, const std::vector<media::File>& kept_files = {}) {
    std::vector<Problem> problems;
    Checked result;
    if (squeezed(words.what).empty()) problems.push_back({"what", "plan.evidence_what_missing", {}});
    if (length(words.what) > kLongestWhat) problems.push_back({"what", "plan.evidence_what_too_long", {}});
    if (const auto day = Date::parse_vietnamese(words.done_on); !day) {
        problems.push_back({"done_on", "plan.evidence_day_unreadable", {}});
    } else if (*day > work.today()) {
        problems.push_back({"done_on", "plan.evidence_day_ahead", {}});
    } else {
        result.done_on = *day;
        result.explanation = squeezed(words.explanation);
        question_times(work, found, result, files, kept_files, problems);
    }
    const auto targets = targets_by_assignment(work, found.assignment.id);
    for (const auto& [target, typed] : words.quantities) {
        const std::string text = squeezed(typed);
        if (text.empty()) continue;
        const std::string field = "quantity-" + to_string(target);
        const auto quantity = typed_amount(text);
        const bool known = std::any_of(targets.begin(), targets.end(),
                                       [&, wanted = target](const AssignmentTarget& entry) { return entry.id == wanted && !entry.dropped; });
        if (!known) problems.push_back({field, "plan.no_such_target", {}});
        else if (!quantity || *quantity <= 0 || *quantity > kLargestQuantity)
            problems.push_back({field, "plan.evidence_amount_unreadable", {{"text", text}}});
        else result.lines.push_back({target, *quantity});
    }
    for (const auto& [measure, typed] : words.measures) {
        const std::string text = squeezed(typed);
        if (text.empty()) continue;
        const auto value = typed_amount(text);
        if (!value || *value > kLargestQuantity)
            problems.push_back({"measure-" + measure.name, "plan.evidence_amount_unreadable", {{"text", text}}});
        else result.measures.push_back({measure.name, *value});
    }
    result.link = squeezed(words.link);
    if (!result.link.empty() && !may_be_link(result.link)) problems.push_back({"link", "jobs.fetch_not_web", {}});
    check_record(words, mended, result, problems);
    result.number_source = squeezed(words.number_source);
    if (length(result.number_source) > kLongestSource) problems.push_back({"number_source", "plan.evidence_source_too_long", {}});
    if (!(result.lines.empty() && result.measures.empty()) && files.empty() && kept_files.empty() && result.link.empty() && words.record.empty() &&
        result.number_source.empty())
        problems.push_back({"number_source", "plan.evidence_source_missing", {}});
    if (files.size() > kMostFiles) problems.push_back({"files", "plan.evidence_too_many_files", {{"n", std::to_string(kMostFiles)}}});
    else if (files.size() + kept_files.size() > kMostFiles)
        problems.push_back({"files", "plan.evidence_too_many_kept", {{"kept", std::to_string(kept_files.size())}, {"n", std::to_string(kMostFiles)}}});
    check_told(work, words.topics, words.channel, problems);
    // Whatever way it came, a piece that says nothing of it told what its activity tells; else no cell would ever count it.
    const auto told = told_by(work, found.assignment);
    result.topics = words.topics.empty() ? told.topics : words.topics;
    result.channel = words.channel ? words.channel : told.sole_channel();
    if (!problems.empty()) return invalid(std::move(problems));
    return result;
}

std::optional<std::string> record_kind(const Checked& checked) { return checked.record ? std::optional(checked.record->kind) : std::nullopt; }
std::optional<Id> record_id(const Checked& checked) { return checked.record ? std::optional(checked.record->id) : std::nullopt; }

std::optional<std::string> place_of(const EvidenceWords& words) {
    auto place = squeezed(words.place);
    return place.empty() ? std::nullopt : std::optional(std::move(place));
}

void write_parts(Work& work, Id evidence, const Checked& checked, const std::vector<media::AcceptedFile>& files) {
    work.db.run("plan.delete_evidence_lines", {work.authority, evidence});
    for (const auto& line : checked.lines)
        work.db.run("plan.insert_evidence_line", {work.authority, evidence, line.target, thousandths(line.quantity)});
    work.db.run("plan.delete_measure_values", {work.authority, evidence});
    for (const auto& measure : checked.measures)
        work.db.run("plan.insert_measure_value", {work.authority, evidence, measure.measure, thousandths(measure.value)});
    write_topics(work, evidence, checked.topics);
    for (const auto& file : files) media::add_file(work, file, {"plan.evidence", work.authority, evidence});
    index_evidence(work, evidence);
}

/// `lines` join those that the words bring.
Result<Id> insert_evidence(Work& work, const FoundLine& found, const EvidenceWords& words, const std::vector<media::AcceptedFile>& files,
                           const std::vector<EvidenceLine>& lines) {
    if (!may_report(work, found)) return forbidden("plan.not_your_line");
    // Counted once: what is recorded there comes up by itself.
    if (const auto child = child_of_line(work, found.assignment.id); child && child->records())
        return conflict("plan.recorded_in_child", {{"number", child->number}});
    auto result = checked(work, found, words, files);
    if (!result) return result.failure();
    result->lines.insert(result->lines.end(), lines.begin(), lines.end());
    const Id evidence = work.new_id();
    const auto sender = sender_of(work);
    work.db.run("plan.insert_evidence", {work.authority, evidence, found.assignment.id, squeezed(words.what), result->done_on,
                                         place_of(words), result->channel, work.now, work.actor.person, on_behalf_by(work, found.plan, found.assignment),
                                         unless_empty(result->link), unless_empty(result->number_source), sender.link, sender.given_by,
                                         unless_empty(result->explanation), unless_empty(words.sent_as), record_kind(*result), record_id(*result),
                                         unless_empty(result->record_title)});
    if (!result->link.empty()) save_link(work, evidence);
    write_parts(work, evidence, *result, files);
    identity::record(work, ref_of(work, found.assignment), "plan.evidence_submitted",
                     {{"what", "", squeezed(words.what)}, {"record", "", result->record_title}, {"evidence_state", "", std::string(text_of(EvidenceState::Submitted))}});
    return evidence;
}

}  // namespace

Result<Id> submit_evidence(Work& work, const LineRef& line, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files) {
    auto found = find_line(work, line);
    if (!found) return found.failure();
    if (!words.sent_as.empty()) {
        if (!may_report(work, *found)) return forbidden("plan.not_your_line");
        if (!may_be_sent_as(words.sent_as)) return invalid("sent_as", "plan.evidence_sent_as_unreadable");
        if (const auto row = work.db.one("plan.evidence_sent_as", {work.authority, words.sent_as})) {
            if (row->id("assignment_id") != line.assignment) return conflict("plan.evidence_sent_elsewhere");
            return row->id("id");  // it is here since its answer was lost
        }
    }
    auto evidence = insert_evidence(work, *found, words, files, {});
    if (!evidence) return evidence;
    const std::string what = shortened(squeezed(words.what), 80);
    if (on_behalf_by(work, found->plan, found->assignment))
        tell_unit(work, found->assignment.unit, kWorkReported, news_of(*found, "plan.notice_recorded_for_you", {{"what", what}}));
    if (const auto sender = sender_of(work); sender.given_by)
        jobs::notify(work, *sender.given_by, kWorkReported, news_of(*found, "plan.notice_evidence_by_link", {{"name", sender.holder}, {"what", what}}));
    return evidence;
}

Result<Id> add_evidence(Work& work, const FoundLine& found, const EvidenceWords& words, const std::vector<EvidenceLine>& lines) {
    return insert_evidence(work, found, words, {}, lines);
}

Result<> resubmit_evidence(Work& work, const EvidenceRef& input, const EvidenceWords& words,
                           const std::vector<media::AcceptedFile>& files) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_mend(work, *found)) return forbidden("plan.not_your_line");
    if (found->evidence.state != EvidenceState::Returned) return conflict("plan.line_changed_meanwhile");
    const auto kept = files_of_piece(work, found->evidence);
    auto result = checked(work, *found, words, files, &found->evidence, kept);
    if (!result) return result.failure();
    const auto sender = sender_of(work);
    LOA_CHECK(work.db.run("plan.set_evidence_words",
                          {work.authority, input.evidence, squeezed(words.what), result->done_on, place_of(words),
                           result->channel, work.now, work.actor.person, on_behalf_by(work, found->plan, found->assignment), input.version,
                           unless_empty(result->number_source), sender.link, sender.given_by, unless_empty(result->explanation), record_kind(*result),
                           record_id(*result), unless_empty(result->record_title)}) == 1);
    if (unless_empty(result->link) != found->evidence.link) {
        work.db.run("plan.set_link", {work.authority, input.evidence, unless_empty(result->link)});
        if (!result->link.empty()) save_link(work, input.evidence);
    }
    write_parts(work, input.evidence, *result, files);
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_submitted",
                     {{"what", found->evidence.what, squeezed(words.what)},
                      {"record", found->evidence.record_title, result->record_title},
                      {"evidence_state", std::string(text_of(found->evidence.state)), std::string(text_of(EvidenceState::Submitted))}});
    return Done{};
}

Result<Id> remove_evidence_file(Work& work, const EvidenceRef& input, Id id) {
    auto found = find_evidence(work, input);
    if (!found) return found.failure();
    if (!may_mend(work, *found)) return forbidden("plan.not_your_line");
    const auto& piece = found->evidence;
    if (piece.state != EvidenceState::Submitted && piece.state != EvidenceState::Returned) return conflict("plan.line_changed_meanwhile");
    const auto files = files_of_piece(work, piece);
    const auto file = std::find_if(files.begin(), files.end(), [&](const media::File& each) { return each.id == id; });
    if (file == files.end()) return conflict("plan.evidence_file_gone");
    // What is returned is looked at again when it is sent.
    const bool only_source = piece.state == EvidenceState::Submitted && files.size() == 1 && !piece.link && !piece.record && !piece.number_source;
    if (only_source && work.db.one("plan.numbers_of_evidence", {work.authority, piece.id})->number("numbers") > 0)
        return conflict("plan.evidence_file_is_source");
    LOA_CHECK(work.db.run("plan.touch_evidence", {work.authority, piece.id, piece.version}) == 1);
    const Id item = put_evidence_file_in_trash(work, *file, on_behalf_by(work, found->plan, found->assignment).value_or(found->assignment.unit));
    index_evidence(work, piece.id);
    identity::record(work, ref_of(work, found->assignment), "plan.evidence_file_removed", {{"what", "", piece.what}, {"file", file->name, ""}});
    return item;
}

}  // namespace loa::plan
