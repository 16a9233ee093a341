#include "loa/media/file.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/formats/sniff.h"
#include "loa/i18n/format.h"
#include "names.h"
#include "sniff.h"

namespace loa::media {

namespace {

File file_from(const storage::Row& row, Id authority) {
    return {.id = row.id("id"),
            .owner = {row.text("owner_kind"), authority, row.id("owner_id")},
            .name = row.text("name"),
            .media_type = row.text("media_type"),
            .size = row.number("size"),
            .sha256 = row.text("sha256"),
            .created_by = row.id("created_by"),
            .created_at = row.instant("created_at")};
}

bool contains(const std::vector<std::string>& types, std::string_view type) {
    return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

Result<AcceptedFile> accept_file(FileStore& store, std::string_view name, std::string_view bytes,
                                 const AcceptRules& rules, std::string_view field) {
    const std::string at(field);
    auto cleaned = clean_name(name);
    if (bytes.empty()) return invalid(at, "media.empty", {{"name", cleaned}});
    if (static_cast<std::int64_t>(bytes.size()) > rules.largest)
        return invalid(at, "media.too_large",
                       {{"name", cleaned}, {"largest", i18n::file_size(Language::Vietnamese, rules.largest)}});
    const auto media_type = media_type_of(bytes);
    if (media_type.empty() || !contains(rules.types, media_type))
        return invalid(at, "media.type_refused", {{"name", cleaned}});
    const auto& endings = endings_of(media_type);
    if (const auto ending = formats::ending_of(cleaned); ending.empty())
        cleaned = (cleaned.empty() ? "tep" : cleaned) + "." + std::string(endings.front());
    else if (std::find(endings.begin(), endings.end(), ending) == endings.end())
        return invalid(at, "media.type_mismatch", {{"name", cleaned}, {"ending", std::string(endings.front())}});
    return AcceptedFile{std::move(cleaned), std::string(media_type), store.put(bytes)};
}

Result<AcceptedFile> accept_upload(FileStore& store, const web::Request& request, std::string_view field,
                                   const AcceptRules& rules) {
    const auto* upload = request.upload(field);
    // A browser sends a file field that was left empty as a file without name and bytes.
    if (upload == nullptr || (upload->file_name.empty() && upload->bytes.empty()))
        return invalid(std::string(field), "media.missing");
    return accept_file(store, upload->file_name, upload->bytes, rules, field);
}

Id add_file(Work& work, const AcceptedFile& file, const Ref& owner) {
    LOA_CHECK(owner.authority == work.authority && owner.id && !owner.kind.empty());
    const Id id = work.new_id();
    work.db.run("media.add_file", {work.authority, id, owner.kind, owner.id, file.name, file.media_type,
                                   file.bytes.size, file.bytes.sha256, work.actor.person, work.now});
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

Result<Done> remove_file(Work& work, Id id) {
    if (work.db.run("media.remove_file", {work.authority, id}) == 0) return not_found("media.no_file");
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
