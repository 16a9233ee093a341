#include "loa/media/ahead.h"

#include <boost/json.hpp>

#include "loa/base/secrets.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/media/file.h"
#include "loa/media/quota.h"
#include "loa/web/route.h"
#include "names.h"

namespace loa::media {

namespace {

namespace json = boost::json;
using web::Request;
using web::Response;

constexpr std::int64_t kKeptSeconds = 24 * 3600;  // after the last chunk, and until a form uses it
constexpr std::int64_t kMostUnderWay = 50;        // of one person
constexpr std::string_view kSent = "-sent";       // behind the name of a form's file field

struct SentAhead {
    Id id;
    std::string name;
    std::int64_t size = 0;
    std::int64_t received = 0;
    std::optional<std::string> sha256;  // once it is finished
};

std::optional<SentAhead> upload_by_id(Work& work, Id id) {
    const auto row = work.db.one("media.upload_by_id", {work.authority, id, work.actor.person, work.now});
    if (!row) return std::nullopt;
    return SentAhead{id, row->text("name"), row->number("size"), row->number("received"), row->optional_text("sha256")};
}

std::filesystem::path spooled_path(const FileStore& store, Id id) { return store.spool() / ("ahead-" + to_string(id)); }

Instant expiry(const Work& work) { return work.now.plus_seconds(kKeptSeconds); }

// ---- answers ----------------------------------------------------------------------------------------------------

Response told(const SentAhead& upload) {
    return web::json(json::serialize(json::object{{"id", to_string(upload.id)},
                                                  {"received", upload.received},
                                                  {"size", upload.size},
                                                  {"chunk", kChunk},
                                                  {"finished", upload.sha256.has_value()}}));
}

Response refused(const Work& work, const Failure& failure) {
    auto response = web::failed(failure);
    const auto& problem = failure.problems.front();
    const auto text = json::serialize(json::object{{"problem", i18n::translate(work.language, problem.key, problem.args)}});
    return web::json(text, response.status);
}

Response not_there(const Work& work) { return refused(work, not_found("media.sent_gone")); }

Response elsewhere(const SentAhead& upload) {
    auto response = told(upload);
    response.status = 409;
    return response;
}

// ---- start, chunk, finish, give up ------------------------------------------------------------------------------

Response start(const Request& request, Work& work) {
    const auto name = clean_name(request.form.text("name"));
    const auto size = request.form.number("size").value_or(0);
    if (size <= 0) return refused(work, invalid("size", "media.empty", {{"name", name}}));
    if (size > kLargestFile)
        return refused(work, invalid("size", "media.too_large", {{"name", name}, {"largest", i18n::file_size(work.language, kLargestFile)}}));
    const auto under_way = work.db.one("media.uploads_under_way", {work.authority, work.actor.person, work.now});
    if (under_way->number("uploads") >= kMostUnderWay)
        return refused(work, invalid("size", "media.too_many_under_way", {{"n", std::to_string(kMostUnderWay)}}));
    if (const auto room = has_room(work, size, "size", name); !room) return refused(work, room.failure());
    const SentAhead upload{work.new_id(), name, size, 0, std::nullopt};
    work.db.run("media.start_upload", {work.authority, upload.id, work.actor.person, name, size, work.now, expiry(work)});
    return told(upload);
}

Response show(const Request& request, Work& work) {
    const auto upload = upload_by_id(work, request.id());
    return upload ? told(*upload) : not_there(work);
}

/// What `look` finds and `prepare` does with it: one type for both, in Request::prepared.
struct Step {
    std::optional<SentAhead> upload;
    std::optional<std::int64_t> received;              // after a chunk was written
    std::optional<Result<AcceptedFile>> accepted;      // after all was taken in
    int refused = 0;                                   // a status
};

void look(Request& request, Work& work) { request.prepared = Step{upload_by_id(work, request.id()), {}, {}, 0}; }

std::any write_chunk(const Request& request, const FileStore& store) {
    auto step = std::any_cast<Step>(request.prepared);
    if (!step.upload || step.upload->sha256) return step;
    const auto size = static_cast<std::int64_t>(request.body.size());
    const auto& upload = *step.upload;
    if (request.headers.number("upload-offset") != upload.received) step.refused = 409;
    else if (size == 0 || size > upload.size - upload.received || request.headers.text("upload-sha256") != sha256(request.body)) step.refused = 400;
    else if (!store.write_spooled(spooled_path(store, upload.id), upload.received, request.body)) step.upload.reset();
    else step.received = upload.received + size;
    return step;
}

Response keep_chunk(const Request& request, Work& work) {
    auto step = std::any_cast<Step>(request.prepared);
    if (!step.upload) return not_there(work);
    auto& upload = *step.upload;
    if (step.refused == 400) return web::json("{}", 400);
    const bool kept = step.received && work.db.run("media.set_upload_received", {work.authority, upload.id, work.actor.person, upload.received, *step.received, expiry(work)}) == 1;
    if (!kept) return elsewhere(upload_by_id(work, upload.id).value_or(upload));
    upload.received = *step.received;
    return told(upload);
}

std::any take_in(const Request& request, FileStore& store) {
    auto step = std::any_cast<Step>(request.prepared);
    if (!step.upload || step.upload->sha256) return step;
    const auto& upload = *step.upload;
    if (upload.received != upload.size) {
        step.refused = 409;
        return step;
    }
    const auto bytes = store.adopt(spooled_path(store, upload.id));
    // After a crash a file may be longer than what was acknowledged of it, never shorter.
    if (!bytes || bytes->size != upload.size) step.upload.reset();
    else step.accepted = accept_file(store, {"file", upload.name, store.stored(*bytes), {}, {}});
    return step;
}

Response finish(const Request& request, Work& work) {
    const auto step = std::any_cast<Step>(request.prepared);
    if (!step.upload) return not_there(work);
    auto upload = *step.upload;
    if (upload.sha256) return told(upload);  // the answer to the first asking was lost
    if (step.refused != 0) return elsewhere(upload);
    if (!*step.accepted) {
        // The answer keeps the transaction from committing: the record ends with its day, its bytes with the sweep.
        return refused(work, step.accepted->failure());
    }
    const auto& file = **step.accepted;
    if (work.db.run("media.finish_upload", {work.authority, upload.id, work.actor.person, file.bytes.sha256, file.name, expiry(work)}) == 0)
        return not_there(work);
    upload.sha256 = file.bytes.sha256;
    return told(upload);
}

Response give_up(const Request& request, Work& work) {
    // Its bytes go with the next sweep.
    if (work.db.run("media.remove_upload", {work.authority, request.id(), work.actor.person}) == 0) return not_there(work);
    return web::json("{}");
}

// ---- the form that uses them ------------------------------------------------------------------------------------

web::Upload sent_ahead(Work& work, const FileStore& store, const std::string& field, std::string_view value) {
    const auto id = parse_id(value);
    const auto upload = id ? upload_by_id(work, *id) : std::nullopt;
    if (!upload || !upload->sha256) return {field, "", nullptr, invalid(field, "media.sent_gone"), {}};
    return {field, upload->name, store.stored({*upload->sha256, upload->size}), {}, upload->id};
}

}  // namespace

std::function<void(Request&, Work&)> look_at_uploads(std::shared_ptr<FileStore> store) {
    return [store = std::move(store)](Request& request, Work& work) {
        std::int64_t coming = 0;
        for (const auto& upload : request.uploads) coming += upload.content->size();
        for (auto& upload : request.uploads)
            if (const auto room = has_room(work, coming, upload.field, upload.file_name); !room) upload.refused = room.failure();
        for (const auto& [name, value] : request.form.items())
            if (name.ends_with(kSent))
                request.uploads.push_back(sent_ahead(work, *store, name.substr(0, name.size() - kSent.size()), value));
    };
}

int remove_expired_uploads(Work& work) {
    int removed = 0;
    for (const auto& row : work.db.query("media.expired_uploads", {work.now}))
        removed += work.db.run("media.remove_expired_upload", {row.id("authority_id"), row.id("id"), work.now}) > 0;
    return removed;
}

void join_sending_ahead(Registry& registry, const std::shared_ptr<FileStore>& store) {
    using web::Method;
    using web::Route;
    const std::string all = "/-/tai-len", one = all + "/{id}";
    registry.add(Route{.method = Method::Post, .pattern = all, .handler = start});
    registry.add(Route{.method = Method::Get, .pattern = one, .handler = show});
    registry.add(Route{.method = Method::Post,
                       .pattern = one,
                       .handler = keep_chunk,
                       .prepare = [store](const Request& request) { return write_chunk(request, *store); },
                       .look = look,
                       .body_limit = kChunk});
    registry.add(Route{.method = Method::Post,
                       .pattern = one + "/xong",
                       .handler = finish,
                       .prepare = [store](const Request& request) { return take_in(request, *store); },
                       .look = look});
    registry.add(Route{.method = Method::Post, .pattern = one + "/bo", .handler = give_up});
}

}  // namespace loa::media
