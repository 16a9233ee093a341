#include "saved_view.h"

#include <algorithm>

#include "loa/base/text.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kLongestName = 60, kLongestPath = 500, kMostViews = 30;
constexpr std::string_view kLists[] = {"/theo-doi/viec", "/do-phu"};

/// A list's own address, with nothing in its query but what lists put there themselves.
bool leads_to_a_list(std::string_view path) {
    const auto query = path.find('?');
    const bool list = std::find(std::begin(kLists), std::end(kLists), path.substr(0, query)) != std::end(kLists);
    return list && path.size() <= kLongestPath && std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("-_/?&=").find(c) != std::string_view::npos;
    });
}

}  // namespace

std::vector<SavedView> saved_views(Work& work) {
    std::vector<SavedView> views;
    for (const auto& row : work.db.query("monitoring.saved_views", {work.authority, work.actor.person}))
        views.push_back({row.id("id"), row.text("name"), row.text("path")});
    return views;
}

Result<> keep_view(Work& work, const std::string& name, const std::string& path) {
    const auto kept = squeezed(name);
    if (kept.empty()) return invalid("name", "monitoring.view_name_missing");
    if (length(kept) > kLongestName) return invalid("name", "monitoring.view_name_long");
    if (!leads_to_a_list(path)) return invalid("path", "monitoring.view_unknown_list");
    const auto views = saved_views(work);
    const bool known = std::any_of(views.begin(), views.end(), [&](const SavedView& view) { return view.name == kept; });
    if (!known && views.size() >= kMostViews) return conflict("monitoring.views_full");
    work.db.run("monitoring.keep_view", {work.authority, work.new_id(), work.actor.person, kept, path, work.now});
    return Done{};
}

Result<> delete_view(Work& work, Id view) {
    if (work.db.run("monitoring.delete_view", {work.authority, work.actor.person, view}) == 0) return not_found("monitoring.no_such_view");
    return Done{};
}

}  // namespace loa::monitoring
