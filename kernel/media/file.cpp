#include "loa/media/file.h"

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/formats/sniff.h"
#include "loa/i18n/format.h"
#include "loa/media/pictures.h"
#include "names.h"
#include "rows.h"
#include "sniff.h"

namespace loa::media {

namespace {

constexpr std::size_t kSniffed = std::size_t{64} << 20;  // bytes of a file, at the most, to know its type

std::optional<Position> position_from(const storage::Row& row) {
    const auto latitude = row.optional_number("latitude"), longitude = row.optional_number("longitude");
    if (!latitude || !longitude) return std::nullopt;
    return Position{*latitude, *longitude};
}

bool contains(const std::vector<std::string>& types, std::string_view type) {
    return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

File file_from(const storage::Row& row, Id authority) {
    return {.id = row.id("id"),
            .owner = {row.text("owner_kind"), authority, row.id("owner_id")},
            .name = row.text("name"),
            .media_type = row.text("media_type"),
            .size = row.number("size"),
            .sha256 = row.text("sha256"),
            .created_by = row.id("created_by"),
            .created_at = row.instant("created_at"),
            .position = position_from(row),
            .taken_at = row.optional_instant("taken_at")};
}

Result<AcceptedFile> accept_file(FileStore& store, const web::Upload& upload, const AcceptRules& rules) {
    const std::string at = upload.field;
    if (upload.refused) return *upload.refused;
    auto cleaned = clean_name(upload.file_name);
    const auto size = upload.content->size();
    if (size == 0) return invalid(at, "media.empty", {{"name", cleaned}});
    if (size > rules.largest)
        return invalid(at, "media.too_large",
                       {{"name", cleaned}, {"largest", i18n::file_size(Language::Vietnamese, rules.largest)}});
    // A document is smaller than that, and what else we know is known by its first bytes.
    const auto media_type = media_type_of(upload.bytes().substr(0, kSniffed));
    if (media_type.empty() || !contains(rules.types, media_type))
        return invalid(at, "media.type_refused", {{"name", cleaned}});
    const auto& endings = endings_of(media_type);
    if (const auto ending = formats::ending_of(cleaned); ending.empty())
        cleaned = (cleaned.empty() ? "tep" : cleaned) + "." + std::string(endings.front());
    else if (std::find(endings.begin(), endings.end(), ending) == endings.end())
        return invalid(at, "media.type_mismatch", {{"name", cleaned}, {"ending", std::string(endings.front())}});
    return AcceptedFile{std::move(cleaned), std::string(media_type), store.take(*upload.content), upload.sent_ahead};
}

Result<AcceptedFile> accept_upload(FileStore& store, const web::Request& request, std::string_view field,
                                   const AcceptRules& rules) {
    const auto* upload = request.upload(field);
    if (upload == nullptr) return invalid(std::string(field), "media.missing");
    // A browser sends a file field that was left empty as a file without name and bytes.
    if (!upload->refused && upload->file_name.empty() && upload->content->size() == 0)
        return invalid(std::string(field), "media.missing");
    return accept_file(store, *upload, rules);
}

AcceptedFiles accept_uploads(FileStore& store, const web::Request& request, std::string_view field) {
    std::vector<AcceptedFile> files;
    for (const auto& upload : request.uploads) {
        if (upload.field != field || (!upload.refused && upload.file_name.empty())) continue;
        auto file = accept_file(store, upload);
        if (!file) return file.failure();
        files.push_back(*std::move(file));
    }
    return files;
}

Id add_file(Work& work, const AcceptedFile& file, const Ref& owner) {
    LOA_CHECK(owner.authority == work.authority && owner.id && !owner.kind.empty());
    if (file.upload && work.db.run("media.remove_upload", {work.authority, file.upload, work.actor.person}) == 0)
        throw Fault("media: two forms used the file sent ahead as " + to_string(file.upload));
    const Id id = work.new_id();
    work.db.run("media.add_file", {work.authority, id, owner.kind, owner.id, file.name, file.media_type,
                                   file.bytes.size, file.bytes.sha256, work.actor.person, work.now, file.taken_at});
    if (is_picture(file.media_type)) ask_for_renditions(work, id);
    return id;
}

std::optional<File> file_by_id(Work& work, Id id) {
    const auto row = work.db.one("media.file_by_id", {work.authority, id});
    if (!row) return std::nullopt;
    return file_from(*row, work.authority);
}

std::vector<File> files_of(Work& work, const Ref& owner) {
    std::vector<File> files;
    if (owner.authority != work.authority) return files;
    for (const auto& row : work.db.query("media.files_of_owner", {work.authority, owner.kind, owner.id}))
        files.push_back(file_from(row, work.authority));
    return files;
}

void give_file(Work& work, Id file, const Ref& owner) {
    LOA_CHECK(owner.authority == work.authority && owner.id && !owner.kind.empty());
    LOA_CHECK(work.db.run("media.set_file_owner", {work.authority, file, owner.kind, owner.id}) == 1);
}

Result<Done> remove_file(Work& work, Id id) {
    if (work.db.run("media.remove_file", {work.authority, id}) == 0) return not_found("media.no_file");
    work.db.run("media.remove_renditions", {work.authority, id});
    return Done{};
}

std::vector<Content> contents(storage::Transaction& transaction) {
    std::vector<Content> all;
    for (const auto& row : transaction.query("media.contents"))
        all.push_back({row.text("sha256"), row.number("size"), row.text("name")});
    return all;
}

std::string file_path(Id id) { return "/tep/" + to_string(id); }

}  // namespace loa::media
