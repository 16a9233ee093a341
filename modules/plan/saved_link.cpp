#include "saved_link.h"

#include <algorithm>
#include <any>
#include <boost/json.hpp>

#include "evidence.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/formats/html.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/fetch.h"
#include "loa/jobs/kind.h"
#include "loa/jobs/queue.h"
#include "loa/media/file.h"
#include "loa/media/quota.h"
#include "search_index.h"
#include "stored_problem.h"

namespace loa::plan {

namespace {

namespace json = boost::json;

constexpr const char* kSaveLink = "plan.save_link";
constexpr int kAttempts = 5;
constexpr std::size_t kLongestTitle = 300;

/// What the job found before its transaction opened: the page, or why there is none.
struct Copy {
    media::AcceptedFile file;
    std::string title;
};
using Found = std::optional<Result<Copy>>;

struct Payload {
    Id evidence;
    std::string link;
};

Payload payload_of(const jobs::Job& job) {
    const auto parsed = json::parse(job.payload);
    const auto id = parse_id(std::string_view(parsed.at("evidence").as_string()));
    LOA_CHECK(id.has_value());
    return {*id, std::string(parsed.at("link").as_string())};
}

/// "ban-chup-tinh-gov-vn": a host's last part is no ending of a file.
std::string file_name_of(const std::string& url) {
    const auto begin = url.find("//") + 2;
    auto host = url.substr(begin, url.find_first_of("/:?#", begin) - begin);
    std::replace(host.begin(), host.end(), '.', '-');
    return "ban-chup-" + host;
}

/// A page stays a page; what else the address holds (a PDF, a picture) comes in as any file would.
Result<Copy> kept(media::FileStore& store, const jobs::Fetched& page) {
    if (formats::looks_like_html(page.bytes)) {
        const auto title = shortened(squeezed(formats::html_title(page.bytes)), kLongestTitle);
        return Copy{{file_name_of(page.url) + ".html", "text/html", store.put(page.bytes), {}}, title};
    }
    web::Upload upload;
    upload.field = "link";
    upload.file_name = file_name_of(page.url);  // the ending is found in the bytes
    upload.content = store.spooled(page.bytes);
    auto file = media::accept_file(store, upload);
    if (!file) return file.failure();
    return Copy{*std::move(file), ""};
}

Result<std::any> fetch_page(const jobs::Job& job, const jobs::FetchLimits& limits, media::FileStore& store) {
    const auto page = jobs::fetch(payload_of(job).link, limits);
    if (!page) {
        if (page.failure().reason == Reason::Unavailable && job.attempt < kAttempts) return page.failure();
        return std::any(Found(Result<Copy>(page.failure())));
    }
    return std::any(Found(kept(store, *page)));
}

Result<Done> take_in(Work& work, const jobs::Job& job) {
    const auto [evidence, link] = payload_of(job);
    const auto piece = evidence_by_id(work, evidence);
    if (!piece || piece->link != link) return Done{};  // it points elsewhere by now
    const auto& found = *std::any_cast<const Found&>(job.outcome);
    if (!found) {
        work.db.run("plan.set_link_problem", {work.authority, evidence, stored(found.failure().problems.front())});
        return Done{};
    }
    if (const auto room = media::has_room(work, found->file.bytes.size, "link", found->file.name); !room) {
        work.db.run("plan.set_link_problem", {work.authority, evidence, stored(room.failure().problems.front())});
        return Done{};
    }
    const Id file = media::add_file(work, found->file, {"plan.evidence", work.authority, evidence});
    const auto title = found->title.empty() ? std::nullopt : std::optional(found->title);
    work.db.run("plan.set_link_copy", {work.authority, evidence, title, work.now, file});
    index_evidence(work, evidence);
    identity::record(work, {"plan.assignment", work.authority, piece->assignment}, "plan.link_saved",
                     {{"link", "", link}, {"sha256", "", found->file.bytes.sha256}});
    return Done{};
}

}  // namespace

void save_link(Work& work, Id evidence) {
    const auto piece = evidence_by_id(work, evidence);
    LOA_CHECK(piece && piece->link);
    jobs::enqueue(work, kSaveLink, json::serialize(json::object{{"evidence", to_string(evidence)}, {"link", *piece->link}}));
}

void join_saved_links(Registry& registry, const std::shared_ptr<media::FileStore>& store) {
    jobs::FetchLimits limits;
    for (const auto& set : registry.all<jobs::FetchLimits>()) limits = set;  // the installation's, where it says
    registry.add(jobs::JobKind{.name = kSaveLink,
                               .handler = take_in,
                               .outside = [store, limits](const jobs::Job& job, web::Services&) { return fetch_page(job, limits, *store); },
                               .retry = {.attempts = kAttempts, .first_delay_seconds = 60},
                               .lease_seconds = 120,
                               .at_once = 2});
}

}  // namespace loa::plan
