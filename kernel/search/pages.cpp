// /tim-kiem?q=…: everything the person may see, grouped by what it is; the palette of Ctrl+K reads the same page
// (assets/ts/palette.ts).
#include <fmt/format.h>

#include <algorithm>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/directory.h"
#include "loa/search/search.h"
#include "loa/web/route.h"
#include "commands.h"
#include "filling.h"
#include "misses.h"

namespace loa::search {

namespace {

constexpr int kPerPage = 20;
constexpr int kPages = 25;
constexpr int kFromDirectory = 8;
constexpr std::size_t kLongestQuery = 200;  // code points

web::View shown(const Hit& hit) {
    std::vector<web::View> parts;
    for (const auto& part : hit.snippet) {
        web::View view;
        view.set("text", part.text);
        view.flag("marked", part.marked);
        parts.push_back(std::move(view));
    }
    web::View view;
    view.set("title", hit.title);
    view.set("path", hit.path);
    view.set("snippet", std::move(parts));
    return view;
}

/// In the order in which each kind first appears; within a kind the order stays.
std::vector<web::View> groups_of(const std::vector<Hit>& hits, Language language) {
    std::vector<std::pair<std::string, std::vector<web::View>>> groups;
    for (const auto& hit : hits) {
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == hit.kind_label; });
        if (group == groups.end()) group = groups.insert(groups.end(), {hit.kind_label, {}});
        group->second.push_back(shown(hit));
    }
    std::vector<web::View> views;
    for (auto& [label, members] : groups) {
        web::View view;
        view.set("label", i18n::translate(language, label));
        view.set("hits", std::move(members));
        views.push_back(std::move(view));
    }
    return views;
}

/// Units and people come first: who types a name mostly wants the one who bears it.
std::vector<web::View> directory_groups(const Work& work, const std::string& text) {
    std::vector<Hit> hits;
    for (auto& entry : identity::directory_entries(work, text, kFromDirectory))
        hits.push_back({.ref = {}, .kind_label = std::move(entry.kind_label), .title = std::move(entry.name),
                        .snippet = {{std::move(entry.detail), false}}, .path = std::move(entry.path)});
    return groups_of(hits, work.language);
}

std::string page_path(const std::string& query, std::int64_t page) {
    std::string encoded;
    for (const char c : query) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("/tim-kiem?q={}&trang={}", encoded, page);
}

web::Response search_page(const web::Request& request, Work& work, const Registry& registry, Misses& misses) {
    const auto text = shortened(squeezed(request.query.text("q")), kLongestQuery);
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, kPages);
    const auto found = find(work, registry, text, kPerPage, static_cast<int>(page - 1) * kPerPage);
    auto groups = page == 1 ? directory_groups(work, text) : std::vector<web::View>();
    for (auto& group : groups_of(found.hits, work.language)) groups.push_back(std::move(group));
    const bool any = !groups.empty();
    // The palette asks at every pause of a hand that types: half a word is no topic that was missed.
    const bool typing = request.query.has("dang-go");
    if (!any && page == 1 && !typing) misses.note(work, text);

    web::View view;
    view.set("q", text);
    view.flag("asked", !text.empty());
    view.flag("any", any);
    view.flag("nothing", !text.empty() && !any);
    view.flag("fresh", text.empty());
    view.set("groups", std::move(groups));
    if (page > 1) view.set("previous_path", page_path(text, page - 1));
    if (found.more && page < kPages) view.set("next_path", page_path(text, page + 1));
    return web::show({.name = "search/search",
                      .title = i18n::translate(work.language, "search.title"),
                      .view = std::move(view),
                      .shell = ""});
}

}  // namespace

void join(Registry& registry) {
    const auto misses = std::make_shared<Misses>();
    join_misses(registry, misses);
    join_filling(registry);
    join_commands(registry);
    registry.add(web::SearchBox{"/tim-kiem"});
    // Verbs are registered by slices that join later, so the registry is read at each request.
    registry.add(web::Route{web::Method::Get, "/tim-kiem", web::Access::SignedIn, "",
                            [&registry, misses](const web::Request& request, Work& work) {
                                return search_page(request, work, registry, *misses);
                            }});
}

}  // namespace loa::search
