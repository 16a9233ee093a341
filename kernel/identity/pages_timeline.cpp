// /nhat-ky: what was done here, for administrators and auditors.
#include <fmt/format.h>

#include <algorithm>

#include "loa/base/text.h"
#include "loa/identity/timeline.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 50;

/// "plan", "identity.sign_in_refused": letters, "_" and dots; anything else is no event.
std::string asked_event(const Request& request) {
    const std::string event = request.query.text("event");
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz_.";
    return event.find_first_not_of(allowed) == std::string::npos ? event : std::string();
}

TimelineFilter asked(const Request& request, std::int64_t page) {
    TimelineFilter filter;
    filter.person = request.query.id("person");
    filter.event_prefix = asked_event(request);
    filter.from = day_of(request.query, "from");
    filter.to = day_of(request.query, "to");
    filter.limit = kPerPage + 1;
    filter.offset = static_cast<int>(page - 1) * kPerPage;
    return filter;
}

std::string address(const TimelineFilter& filter, std::int64_t page) {
    return fmt::format("/nhat-ky?person={}&event={}&from={}&to={}&trang={}",
                       filter.person ? to_string(*filter.person) : "", filter.event_prefix,
                       filter.from ? filter.from->iso() : "", filter.to ? filter.to->iso() : "", page);
}

std::vector<View> change_views(const Work& work, std::string_view owner, const std::vector<Change>& changes) {
    std::vector<View> views;
    for (const Change& change : changes)
        views.push_back(View()
                            .set("field", field_text(work, owner, change.field))
                            .set("before", value_text(work, owner, change.field, change.before))
                            .set("after", value_text(work, owner, change.field, change.after)));
    return views;
}

/// "plan.assignment" → "plan.subject_assignment", which the module explains.
std::string subject_text(const Work& work, std::string_view kind) {
    std::string key(kind);
    return tr(work, key.replace(std::min(key.find('.'), key.size() - 1), 1, ".subject_"));
}

View line_view(const Work& work, const TimelineLine& line) {
    View view;
    view.set("what", capitalised(tr(work, line.event))).set("at", line.at.vietnamese()).set("at_iso", line.at.iso());
    view.set("who", line.person ? line.person_name : tr(work, "identity.system_or_stranger"));
    if (line.person) view.set("who_path", address({.person = line.person}, 1));
    view.set("acting_for", line.acting_for_name);
    view.set("subject", subject_text(work, line.subject.kind));
    const auto owner = std::string_view(line.event).substr(0, line.event.find('.'));
    auto changes = change_views(work, owner, line.changes);
    for (View& personal : change_views(work, owner, line.personal)) changes.push_back(std::move(personal));
    view.flag("has_details", !changes.empty() || line.erased).flag("erased", line.erased);
    view.set("changes", std::move(changes)).flag("sealed", line.block.has_value());
    return view;
}

Response show_timeline(const Request& request, Work& work) {
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, 100'000);
    const TimelineFilter filter = asked(request, page);
    auto lines = timeline_lines(work, filter);
    const bool more = lines.size() > kPerPage;
    if (more) lines.pop_back();
    std::vector<View> views;
    for (const TimelineLine& line : lines) views.push_back(line_view(work, line));
    View view;
    view.flag("none", views.empty());
    view.set("lines", std::move(views));
    if (filter.person) view.set("person", to_string(*filter.person));
    view.set("event", filter.event_prefix);
    if (filter.from) view.set("from", filter.from->vietnamese());
    if (filter.to) view.set("to", filter.to->vietnamese());
    const TimelineHead head = timeline_head(work);
    if (head.block > 0) view.set("block", head.block).set("hash", head.hash);
    if (page > 1) view.set("newer_path", address(filter, page - 1));
    if (more) view.set("older_path", address(filter, page + 1));
    return web::show({"identity/timeline", tr(work, "identity.timeline"), std::move(view), ""});
}
}  // namespace

void add_timeline_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/nhat-ky",
                            .access = Access::Granted,
                            .verb = std::string(kReadTimeline.name),
                            .handler = show_timeline});
    registry.add(web::NavigationEntry{"identity.section", 820, "identity.timeline", "history", "/nhat-ky",
                                      std::string(kReadTimeline.name)});
}

}  // namespace loa::identity
