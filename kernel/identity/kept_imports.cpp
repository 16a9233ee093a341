#include "kept_imports.h"

#include <sodium.h>

#include "codes.h"
#include "loa/base/secrets.h"

namespace loa::identity {

namespace {
constexpr Codes<ImportOf, 2> kCodes{{{ImportOf::Units, "units"}, {ImportOf::People, "people"}}};

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                                         sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(failed == 0 ? length : 0);  // a hash that does not fit says the rest
    return bytes;
}
}  // namespace

Id keep_file(Work& work, ImportOf of, const std::string& file_name, std::string_view bytes, const std::string& digest) {
    const Id id = work.new_id();
    work.db.run("identity.add_import",
                {work.authority, id, code_in(kCodes, of), file_name, base64(bytes), sha256(bytes), digest, work.actor.person, work.now});
    return id;
}

std::optional<KeptImport> kept_file(const Work& work, ImportOf of, Id id) {
    const auto row = work.db.one("identity.import", {work.authority, id, code_in(kCodes, of)});
    if (!row || (row->id("person_id") != work.actor.person && !work.actor.system)) return std::nullopt;
    if (row->text("content").empty()) return std::nullopt;  // applied and emptied since: over, like one that was never applied
    return KeptImport{id, row->text("file_name"), from_base64(row->text("content")), row->text("sha256"), row->text("digest"),
                      row->optional_instant("applied_at").has_value()};
}

Result<KeptImport> file_to_apply(const Work& work, ImportOf of, Id id, std::string_view shown_sha256) {
    auto kept = kept_file(work, of, id);
    if (!kept) return not_found();
    if (kept->applied) return conflict("identity.import_applied_already");
    if (kept->sha256 != shown_sha256 || sha256(kept->bytes) != kept->sha256) return conflict("identity.import_other_file");
    return *std::move(kept);
}

Result<> mark_applied(Work& work, const KeptImport& kept) {
    if (work.db.run("identity.mark_import_applied", {work.authority, kept.id, work.now}) == 0) return conflict("identity.import_applied_already");
    return Done{};
}

}  // namespace loa::identity
