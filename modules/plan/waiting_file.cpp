#include "waiting_file.h"

#include <any>
#include <boost/json.hpp>

#include "actions.h"
#include "addresses.h"
#include "loa/base/check.h"
#include "loa/base/log.h"
#include "loa/formats/read_document.h"
#include "loa/identity/permissions.h"
#include "loa/identity/timeline.h"
#include "loa/identity/work.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "names.h"
#include "notices.h"
#include "stored_problem.h"
#include "verbs.h"

namespace loa::plan {

namespace {

namespace json = boost::json;
using State = WaitingFileState;

constexpr const char* kReadFile = "plan.read_file";
constexpr int kAttempts = 3;
constexpr std::int64_t kLongestAttemptSeconds = 300;
constexpr std::int64_t kWorthANoticeSeconds = 15;  // who waited less is still looking at the page

Ref ref_of(const Work& work, Id id) { return {"plan.waiting_file", work.authority, id}; }

std::optional<WaitingFile> find(Work& work, Id id) {
    const auto row = work.db.one("plan.waiting_file", {work.authority, id});
    if (!row) return std::nullopt;
    WaitingFile found;
    found.id = id;
    found.person = row->id("person_id");
    found.drafting_unit = row->id("drafting_unit_id");
    found.file = row->id("file_id");
    found.file_name = row->text("file_name");
    found.state = waiting_file_state(row->text("state"));
    found.pages_done = static_cast<int>(row->number("pages_done"));
    found.pages = static_cast<int>(row->number("pages"));
    found.plan = row->optional_id("plan_id");
    if (const auto problem = row->optional_text("problem")) found.problem = problem_from(*problem, "file");
    found.created_at = row->instant("created_at");
    return found;
}

/// False when it has ended already. The file's own record goes; a plan that came of it has one of its own.
bool end(Work& work, const WaitingFile& file, State state, std::optional<Id> plan, const std::optional<Problem>& problem) {
    const auto kept = problem ? std::optional(stored(*problem)) : std::nullopt;
    if (work.db.run("plan.end_waiting_file", {work.authority, file.id, text_of(state), plan, kept}) == 0) return false;
    LOA_CHECK(media::remove_file(work, file.file));
    identity::record(work, ref_of(work, file.id), "plan.file_ended",
                     {{"state", std::string(text_of(State::Waiting)), std::string(text_of(state))}}, {{"file", "", file.file_name}});
    return true;
}

/// What the job found before its transaction opened; nothing when nobody waits for it any more.
using Found = std::optional<Result<formats::TextDocument>>;

Id file_in(const jobs::Job& job) {
    const auto id = parse_id(std::string_view(json::parse(job.payload).at("file").as_string()));
    LOA_CHECK(id.has_value());
    return *id;
}

/// The words of the file, read by other programs: seconds, a scan up to two minutes.
Found read(const jobs::Job& job, web::Services& services, const media::FileStore& store) {
    const Id id = file_in(job);
    std::string sha256;
    const auto file = services.database.read([&](storage::Transaction& db) {
        auto work = jobs::system_work(db, services.ids, services.clock.now(), job.authority);
        auto found = find(work, id);
        if (found && found->state == State::Waiting) sha256 = media::file_by_id(work, found->file)->sha256;
        return found;
    });
    if (!file || file->state != State::Waiting) return std::nullopt;
    const auto bytes = store.read(sha256);
    if (!bytes) throw Fault("the bytes of a waiting file are not in the store");
    formats::ReadingLimits limits;
    limits.after_page = [&](int page, int pages) {
        return services.database.write([&](storage::Transaction& db) {
            return db.run("plan.set_waiting_file_pages", {job.authority, id, page, pages}) == 1;
        });
    };
    return formats::read_document(*bytes, file->file_name, limits);
}

/// An exception is tried again, as long as there are attempts; then the person must hear of it.
Result<std::any> read_or_refuse(const jobs::Job& job, web::Services& services, const media::FileStore& store) {
    try {
        return std::any(read(job, services, store));
    } catch (const std::exception& broken) {
        if (job.attempt < kAttempts) throw;
        log(Level::Error, "plan.read_file_failed", {{"job", to_string(job.id)}, {"problem", broken.what()}});
        return std::any(Found(invalid("file", "plan.reading_broke_off")));
    }
}

/// The draft, made by the person with the rights she has now.
Result<Id> import_for(Work& work, const WaitingFile& file, const formats::TextDocument& document) {
    if (is_too_long(document)) return invalid("file", "plan.text_too_long");
    auto acting = identity::work_for_person(work.db, work.ids, work.now, file.person, work.authority);
    if (!acting) return forbidden("plan.not_drafting_unit");
    const auto kept = media::file_by_id(work, file.file);
    LOA_CHECK(kept.has_value());
    ImportPlan input;
    input.reading = read_plan(document, agency_names(*acting));
    input.lines = document.lines;
    input.file_name = file.file_name;
    input.file = media::AcceptedFile{kept->name, kept->media_type, {kept->sha256, kept->size}};
    input.drafting_unit = file.drafting_unit;
    return import_plan(*acting, input);
}

Result<Done> take_in(Work& work, const jobs::Job& job) {
    const auto file = find(work, file_in(job));
    const auto& found = std::any_cast<const Found&>(job.outcome);
    if (!file || file->state != State::Waiting || !found) return Done{};
    const auto plan = *found ? import_for(work, *file, **found) : Result<Id>(found->failure());
    const auto problem = plan ? std::nullopt : std::optional(plan.failure().problems.front());
    LOA_CHECK(end(work, *file, plan ? State::Read : State::Refused, plan ? std::optional(*plan) : std::nullopt, problem));
    if (work.now < file->created_at.plus_seconds(kWorthANoticeSeconds)) return Done{};
    jobs::notify(work, file->person, kFileRead,
                 {.key = plan ? "plan.notice_file_read" : "plan.notice_file_refused",
                  .args = {{"file", file->file_name}},
                  .path = plan ? path_of(*plan, "/ra-soat") : waiting_path(file->id)});
    return Done{};
}

}  // namespace

bool WaitingFile::given_up(Instant now) const {
    return state == State::Waiting && created_at.plus_seconds(kAttempts * kLongestAttemptSeconds) < now;
}

Result<Id> bring_file(Work& work, const media::AcceptedFile& file, Id drafting_unit) {
    if (!identity::may_in_unit(work, kDraft, drafting_unit)) return forbidden("plan.not_drafting_unit");
    work.db.run("plan.delete_ended_waiting_files", {work.authority, work.actor.person});
    const Id id = work.new_id();
    const Id kept = media::add_file(work, file, ref_of(work, id));
    work.db.run("plan.insert_waiting_file", {work.authority, id, work.actor.person, drafting_unit, kept, file.name, work.now});
    identity::record(work, ref_of(work, id), "plan.file_brought",
                     {{"state", "", std::string(text_of(State::Waiting))}}, {{"file", "", file.name}});
    jobs::enqueue(work, kReadFile, json::serialize(json::object{{"file", to_string(id)}}));
    return id;
}

Result<WaitingFile> own_waiting_file(Work& work, Id id) {
    auto found = find(work, id);
    if (!found || found->person != work.actor.person) return not_found();
    return *std::move(found);
}

Result<> cancel_waiting_file(Work& work, Id id) {
    auto found = own_waiting_file(work, id);
    if (!found) return found.failure();
    if (!end(work, *found, State::Cancelled, std::nullopt, std::nullopt)) return conflict("plan.file_is_read");
    return Done{};
}

identity::HandoverPart waiting_files_handed_over() {
    return {"plan.handover_waiting_files",
            [](Work& work, Id from) { return work.db.one("plan.count_of_waiting_files", {work.authority, from})->number("files"); },
            [](Work& work, Id from, Id to) { return work.db.run("plan.hand_over_waiting_files", {work.authority, from, to}); }};
}

void join_waiting_files(Registry& registry, const std::shared_ptr<media::FileStore>& store) {
    registry.add(jobs::JobKind{
        .name = kReadFile,
        .handler = take_in,
        .outside = [store](const jobs::Job& job, web::Services& services) { return read_or_refuse(job, services, *store); },
        .retry = {.attempts = kAttempts},
        .lease_seconds = kLongestAttemptSeconds,
        .at_once = 1});
}

}  // namespace loa::plan
