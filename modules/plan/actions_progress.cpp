// What is done with a spreadsheet of what was done.
#include <algorithm>
#include <map>

#include "actions.h"
#include "found_line.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "notices.h"
#include "progress_answers.h"
#include "progress_import.h"
#include "queries.h"
#include "rows.h"
#include "verbs.h"

namespace loa::plan {

namespace {

constexpr std::int64_t kKeptSeconds = std::int64_t{7} * 24 * 3600;

using State = RowOutcome::State;

Ref ref_of(const Work& work, Id id) { return {"plan.progress_import", work.authority, id}; }

ProgressImport import_from(const storage::Row& row) {
    return {row.id("id"), row.id("person_id"), row.id("file_id"), row.text("file_name"), progress_answers_from(row.text("answers")), row.instant("brought_at"), row.optional_instant("recorded_at"), row.number("version")};
}

Result<ProgressImport> import_as_seen(Work& work, const ProgressRef& input) {
    auto found = own_progress_import(work, input.id);
    if (!found) return found.failure();
    if (found->recorded_at) return conflict("plan.progress_recorded_already");
    if (found->version != input.version) return conflict("plan.progress_changed_meanwhile");
    return found;
}

void forget(Work& work, const ProgressImport& import) {
    if (work.db.run("plan.delete_progress_import", {work.authority, import.id}) == 1) LOA_CHECK(media::remove_file(work, import.file));
}

EvidenceWords words_of(const RowOutcome& row) {
    EvidenceWords words;
    words.what = row.what;
    words.done_on = row.done_on->vietnamese();
    words.place = row.place;
    words.link = row.link;
    words.number_source = row.number_source;
    return words;
}

/// One row; what it counts is told apart from how it was typed, which its trial has read.
Result<> record_row(Work& work, const ProgressImport& import, const RowOutcome& row) {
    auto found = find_line(work, {row.plan, row.assignment, std::nullopt});
    if (!found) return found.failure();
    std::vector<EvidenceLine> lines;
    if (row.target) lines.push_back({*row.target, row.quantity});
    const auto evidence = add_evidence(work, *found, words_of(row), lines);
    if (!evidence) return evidence.failure();
    if (work.db.run("plan.insert_imported_row", {work.authority, *evidence, import.id, row.number, row.fingerprint}) == 0) return conflict("plan.progress_other_today");
    return Done{};
}

/// Units hear once that somebody recorded for them, however many rows there were.
void tell_units(Work& work, const std::vector<RowOutcome>& rows) {
    struct Told {
        const RowOutcome* first = nullptr;
        std::size_t pieces = 0;
    };
    std::map<Id, Told> units;
    for (const auto& row : rows)
        if (row.state == State::Ready && row.for_others) {
            auto& told = units[row.unit];
            if (told.pieces++ == 0) told.first = &row;
        }
    for (const auto& [unit, told] : units) {
        const auto found = find_line(work, {told.first->plan, told.first->assignment, std::nullopt});
        LOA_CHECK(found);  // it has just taken evidence
        tell_unit(work, unit, kWorkReported, news_of(*found, "plan.notice_progress_recorded", {{"n", std::to_string(told.pieces)}}));
    }
}

}  // namespace

Result<Id> bring_progress(Work& work, const media::AcceptedFile& file) {
    if (!identity::may(work, kReport)) return forbidden();
    for (const auto& old : open_progress_imports(work))
        if (old.brought_at.plus_seconds(kKeptSeconds) < work.now) forget(work, old);
    const Id id = work.new_id();
    const Id kept = media::add_file(work, file, ref_of(work, id));
    work.db.run("plan.insert_progress_import", {work.authority, id, work.actor.person, kept, file.name, stored(ProgressAnswers{}), work.now});
    identity::record(work, ref_of(work, id), "plan.progress_brought", {}, {{"file", "", file.name}});
    return id;
}

Result<ProgressImport> own_progress_import(Work& work, Id id) {
    const auto row = work.db.one("plan.progress_import", {work.authority, id});
    if (!row || row->id("person_id") != work.actor.person) return not_found();
    return import_from(*row);
}

std::vector<ProgressImport> open_progress_imports(Work& work) {
    std::vector<ProgressImport> all;
    for (const auto& row : work.db.query("plan.open_progress_imports", {work.authority, work.actor.person})) all.push_back(import_from(row));
    return all;
}

Result<> answer_progress(Work& work, const ProgressRef& input, const ProgressAnswers& answers) {
    const auto import = import_as_seen(work, input);
    if (!import) return import.failure();
    LOA_CHECK(work.db.run("plan.set_progress_answers", {work.authority, input.id, stored(answers), input.version}) == 1);
    return Done{};
}

Result<std::size_t> record_progress(Work& work, const ProgressRef& input, std::string_view digest, const std::vector<formats::Sheet>& sheets) {
    const auto import = import_as_seen(work, input);
    if (!import) return import.failure();
    const auto trial = try_progress(work, sheets, import->answers, import->file_name);
    if (!trial) return trial.failure();
    if (trial->open_questions() > 0) return conflict("plan.progress_questions_open");
    const auto ready = trial->count(State::Ready);
    if (ready == 0) return conflict("plan.progress_nothing_ready");
    if (trial->digest() != digest) return conflict("plan.progress_other_today");
    for (const auto& row : trial->rows)
        if (row.state == State::Ready)
            if (const auto done = record_row(work, *import, row); !done) return done.failure();
    tell_units(work, trial->rows);
    LOA_CHECK(work.db.run("plan.mark_progress_recorded", {work.authority, input.id, work.now, input.version}) == 1);
    identity::record(work, ref_of(work, input.id), "plan.progress_taken_over", {{"pieces", "", std::to_string(ready)}}, {{"file", "", import->file_name}});
    return ready;
}

Result<> drop_progress(Work& work, const ProgressRef& input) {
    const auto import = import_as_seen(work, input);
    if (!import) return import.failure();
    forget(work, *import);
    identity::record(work, ref_of(work, input.id), "plan.progress_dropped", {}, {{"file", import->file_name, ""}});
    return Done{};
}

bool may_read_progress_file(Work& work, Id import) {
    const auto row = work.db.one("plan.progress_import", {work.authority, import});
    if (!row) return false;
    if (row->id("person_id") == work.actor.person) return true;
    // A table of a whole commune has hundreds of lines, of a few plans and units.
    std::map<Id, std::optional<Plan>> plans;
    std::map<std::pair<Id, Id>, bool> opened;
    const auto lines = work.db.query("plan.assignments_of_progress_import", {work.authority, import});
    return !lines.empty() && std::all_of(lines.begin(), lines.end(), [&](const storage::Row& each) {
        const Assignment assignment = assignment_from(each);
        auto [plan, unknown] = plans.try_emplace(assignment.plan);
        if (unknown)
            if (auto found = plan_by_id(work, assignment.plan)) plan->second = *std::move(found);
        if (!plan->second) return false;
        auto [opens, unjudged] = opened.try_emplace({assignment.plan, assignment.unit});
        if (unjudged) opens->second = may_read_evidence(work, *plan->second, assignment);
        return opens->second;
    });
}

std::unordered_map<Id, Id> source_files(Work& work, Id assignment) {
    std::unordered_map<Id, Id> files;
    std::map<Id, bool> opened;  // by import: one table may have brought all of a line's pieces
    for (const auto& row : work.db.query("plan.imports_by_assignment", {work.authority, assignment})) {
        auto [opens, unjudged] = opened.try_emplace(row.id("id"));
        if (unjudged) opens->second = may_read_progress_file(work, row.id("id"));
        if (opens->second) files.emplace(row.id("evidence_id"), row.id("file_id"));
    }
    return files;
}

identity::HandoverPart progress_imports_handed_over() {
    return {"plan.handover_progress_imports",
            [](Work& work, Id from) { return work.db.one("plan.count_of_progress_imports", {work.authority, from})->number("files"); },
            [](Work& work, Id from, Id to) { return work.db.run("plan.hand_over_progress_imports", {work.authority, from, to}); }};
}

}  // namespace loa::plan
