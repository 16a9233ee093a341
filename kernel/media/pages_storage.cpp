// /quan-tri/luu-tru: what an authority keeps in files, of what, and how much it may.
#include <cmath>
#include <filesystem>

#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "loa/media/quota.h"
#include "loa/web/form_view.h"
#include "loa/web/route.h"
#include "pages.h"

namespace loa::media {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr const char* kHere = "/quan-tri/luu-tru";
constexpr std::int64_t kGibibyte = std::int64_t{1} << 30;
constexpr std::int64_t kMostGibibytes = 1'000'000;
/// From here on the page warns: of what an authority may keep, nine parts in ten.
constexpr std::int64_t kFullPercent = 90;

std::string tr(const Work& work, std::string_view key, const std::vector<std::pair<std::string, std::string>>& args = {}) {
    return i18n::translate(work.language, key, args);
}

void set_kept(Work& work, View& view, const KeptFiles& kept) {
    const auto shown = [&](std::int64_t bytes) { return i18n::file_size(work.language, bytes); };
    view.set("files", i18n::number(work.language, kept.files)).set("bytes", shown(kept.bytes)).set("quota", shown(kept.quota));
    view.set("left", shown(kept.left()));
    if (kept.sent_ahead > 0) view.set("sent_ahead", shown(kept.sent_ahead));
    const std::int64_t used = kept.quota - kept.left();
    const auto percent = kept.quota > 0 ? static_cast<std::int64_t>(100.0 * static_cast<double>(used) / static_cast<double>(kept.quota)) : 100;
    view.set("percent", std::to_string(std::min<std::int64_t>(percent, 100)));
    view.set("percent_text", i18n::percent(work.language, used, std::max<std::int64_t>(kept.quota, 1)));
    view.flag("nearly_full", percent >= kFullPercent);
}

Response page(Work& work, const std::filesystem::path& root, const web::Refusal* refusal, int status) {
    const KeptFiles kept = kept_files(work);
    View view;
    set_kept(work, view, kept);
    std::vector<View> kinds;
    for (const KeptOfKind& kind : kept_files_by_kind(work))
        kinds.push_back(View()
                            .set("kind", tr(work, kind.owner_kind))
                            .set("files", i18n::number(work.language, kind.files))
                            .set("bytes", i18n::file_size(work.language, kind.bytes)));
    view.flag("none", kinds.empty()).set("kinds", std::move(kinds));
    std::error_code unknown;
    const auto space = std::filesystem::space(root, unknown);
    if (!unknown) view.set("disk", i18n::file_size(work.language, static_cast<std::int64_t>(space.available)));
    web::FormView form(work.language, refusal);
    form.number({.name = "gibibytes",
                 .label = "media.quota_gibibytes",
                 .value = std::to_string(kept.quota / kGibibyte),
                 .hint = "media.quota_hint",
                 .required = true,
                 .most_characters = 7});
    form.into(view);
    return web::show({"media/storage", tr(work, "media.storage"), std::move(view), ""}, status);
}

Response post_quota(const Request& request, Work& work, const std::filesystem::path& root) {
    const auto asked = request.form.number("gibibytes");
    const bool possible = asked && *asked >= 1 && *asked <= kMostGibibytes;
    const auto done = possible ? set_quota(work, *asked * kGibibyte) : invalid("gibibytes", "media.quota_unreadable");
    if (done) return web::redirect(kHere);
    if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
    const web::Refusal refusal{&request.form, done.failure()};
    return page(work, root, &refusal, 422);
}
}  // namespace

void join_storage_page(Registry& registry, const std::shared_ptr<FileStore>& store) {
    using web::Access, web::Method, web::Route;
    const std::string verb(kSetQuota.name);
    registry.add(Route{Method::Get, kHere, Access::Granted, verb,
                       [store](const Request&, Work& work) { return page(work, store->root(), nullptr, 200); }});
    registry.add(Route{Method::Post, kHere, Access::Granted, verb,
                       [store](const Request& request, Work& work) { return post_quota(request, work, store->root()); }});
    registry.add(web::NavigationEntry{"identity.section", 885, "media.storage", "document", kHere, verb});
}

}  // namespace loa::media
