// /nhat-ky: what was done here, for administrators and auditors; its export, the check of its chain, and the erasing of what
// is personal.
#include <fmt/format.h>

#include <algorithm>

#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/timeline.h"
#include "loa/identity/units.h"
#include "loa/web/feed.h"
#include "loa/web/hooks.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "timeline_export.h"
#include "timeline_filter.h"
#include "timeline_quiet.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 50;
constexpr std::size_t kMostExported = 50'000;
constexpr int kReadAtOnce = 1000;

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
    const std::string who = who_of(work, line);
    view.set("who", who.empty() && !line.person ? tr(work, "identity.system_or_stranger") : who);
    if (line.person) view.set("who_path", address_of({.person = line.person}));
    view.set("acting_for", line.acting_for_name);
    view.set("subject", subject_text(work, line.subject.kind));
    view.set("subject_path", address_of({.subject_kind = line.subject.kind, .subject = line.subject.id}));
    const auto owner = std::string_view(line.event).substr(0, line.event.find('.'));
    auto changes = change_views(work, owner, line.changes);
    for (View& personal : change_views(work, owner, line.personal)) changes.push_back(std::move(personal));
    view.set("changes", std::move(changes)).flag("erased", line.erased).set("id", to_string(line.id));
    view.flag("may_erase", !line.personal.empty() && may_throughout(work, kErasePersonal));
    if (line.block) view.set("block", std::to_string(*line.block)).set("hash", line.block_hash);
    return view;
}

/// The units to choose from, by name.
std::vector<View> unit_choices(const Work& work, std::optional<Id> chosen) {
    std::vector<View> views;
    for (const Unit& unit : units_on(work, work.today()))
        views.push_back(View().set("id", to_string(unit.id)).set("text", unit.name).flag("chosen", chosen == unit.id));
    return views;
}

struct Lines {
    std::vector<TimelineLine> lines;
    bool older = false;
    bool newer = false;
};

/// One more than fits tells whether there are others. Near the beginning "newer" leads to the newest page, a whole one.
Lines lines_of_page(const Work& work, TimelineFilter& filter) {
    filter.limit = kPerPage + 1;
    Lines page;
    page.lines = timeline_lines(work, filter);
    if (filter.above && page.lines.size() <= kPerPage) {
        filter.above.reset();
        page.lines = timeline_lines(work, filter);
    }
    const bool more = page.lines.size() > kPerPage;
    if (more && filter.above) page.lines.erase(page.lines.begin());
    if (more && !filter.above) page.lines.pop_back();
    page.newer = filter.above ? more : filter.below.has_value();
    page.older = filter.above ? true : more;
    return page;
}

void set_filter(View& view, const Work& work, const TimelineFilter& filter) {
    std::vector<View> hidden;
    for (const auto& [name, text] : fields_of(filter)) hidden.push_back(View().set("name", name).set("text", text));
    view.set("hidden", std::move(hidden));
    if (filter.person) {
        const auto person = person_by_id(work, *filter.person);
        view.set("person", to_string(*filter.person)).set("person_name", person ? person->name : to_string(*filter.person));
    }
    view.set("event", filter.event_prefix).set("subject_kind", filter.subject_kind);
    if (filter.subject) view.set("subject", to_string(*filter.subject));
    if (!filter.subject_kind.empty()) view.set("subject_text", subject_text(work, filter.subject_kind));
    view.set("units", unit_choices(work, filter.unit));
    if (filter.from) view.set("from", filter.from->vietnamese());
    if (filter.to) view.set("to", filter.to->vietnamese());
}

Response show_timeline(const Request& request, Work& work, QuietActs& quiet) {
    TimelineFilter filter = filter_of(request.query);
    const Lines page = lines_of_page(work, filter);
    std::vector<View> views;
    for (const TimelineLine& line : page.lines) views.push_back(line_view(work, line));
    const bool personal = std::any_of(page.lines.begin(), page.lines.end(), [](const auto& line) { return !line.personal.empty(); });
    if (personal) quiet.note(work, "identity.personal_read", "GET /nhat-ky");
    View view;
    view.flag("none", views.empty());
    view.set("lines", std::move(views));
    set_filter(view, work, filter);
    const std::string address = address_of(filter);
    view.set("here", request.target);
    const std::string joint = address.find('?') == std::string::npos ? "?" : "&";
    if (page.newer && !page.lines.empty()) view.set("newer_path", address + joint + "above=" + to_string(page.lines.front().id));
    if (page.newer) view.set("newest_path", address);
    if (page.older && !page.lines.empty()) view.set("older_path", address + joint + "below=" + to_string(page.lines.back().id));
    return web::show({"identity/timeline", tr(work, "identity.timeline"), std::move(view), ""});
}

/// Back to the page it was asked from.
Response post_erase(const Request& request, Work& work) {
    if (const auto done = erase_personal(work, request.id()); !done) return web::failed(done.failure());
    const std::string back = own_path(request.form.text("ve"));
    return web::redirect(back.starts_with("/nhat-ky") ? back : "/nhat-ky");
}

// ---- The chain ----------------------------------------------------------------------------------------------

std::optional<TimelineHead> kept_head(const Request& request) {
    const auto block = request.query.number("block");
    const std::string hash = lower(request.query.text("hash"));
    if (!block || *block <= 0 || hash.empty()) return std::nullopt;
    return TimelineHead{*block, hash};
}

Response show_check(const Request& request, Work& work) {
    const auto known = kept_head(request);
    const TimelineVerdict verdict = verify_timeline(work, known);
    std::vector<View> findings;
    for (const auto& finding : verdict.findings)
        findings.push_back(View().set("text", tr(work, fmt::format("identity.finding_{}", code(finding.kind)),
                                                 {{"block", std::to_string(finding.block)}, {"line", to_string(finding.line)}})));
    View view;
    view.flag("whole", findings.empty()).set("findings", std::move(findings));
    view.set("lines", verdict.lines).set("blocks", verdict.blocks).set("unsealed", verdict.unsealed);
    if (verdict.unsealed_since)
        view.set("unsealed_since", verdict.unsealed_since->vietnamese()).set("unsealed_since_iso", verdict.unsealed_since->iso());
    if (verdict.head.block > 0) view.set("head_block", std::to_string(verdict.head.block)).set("head_hash", verdict.head.hash);
    if (known) view.set("known_block", std::to_string(known->block)).set("known_hash", known->hash);
    return web::show({"identity/timeline_check", tr(work, "identity.timeline_check"), std::move(view), ""});
}

// ---- Export -------------------------------------------------------------------------------------------------

/// Read a thousand at a time, in one transaction; nothing when there are too many for one file.
std::optional<std::vector<TimelineLine>> lines_to_export(const Work& work, TimelineFilter filter) {
    filter.limit = kReadAtOnce;
    filter.above.reset();
    filter.below.reset();
    std::vector<TimelineLine> all;
    for (;;) {
        auto some = timeline_lines(work, filter);
        const bool end = some.size() < kReadAtOnce;
        for (auto& line : some) all.push_back(std::move(line));
        if (all.size() > kMostExported) return std::nullopt;
        if (end) return all;
        filter.below = all.back().id;
    }
}

Response file(std::string bytes, const std::string& format, Instant now) {
    Response response = web::bytes(std::move(bytes), format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8");
    response.headers.emplace_back("Content-Disposition",
                                  fmt::format("attachment; filename=\"nhat-ky-{}.{}\"", now.date().iso(), format));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/// An endpoint, for its two transactions: the long one reads, the short one leaves a line; a form that is sent again
/// exports again.
Response export_timeline(const Request& request, web::Services& services, QuietActs& quiet) {
    const auto signed_in = [&](storage::Transaction& db) -> std::optional<Work> {
        Work work{.db = db, .ids = services.ids, .now = services.clock.now(), .authority = {}, .actor = {}, .request_id = {}};
        if (!sign_in_work(work, request.cookies.raw(web::kSessionCookie))) return std::nullopt;
        return work;
    };
    const std::string format = request.form.text("format") == "jsonl" ? "jsonl" : "csv";
    const TimelineFilter filter = filter_of(request.form);
    std::size_t count = 0;
    std::string bytes;
    std::optional<Response> refusal;
    services.database.read([&](storage::Transaction& db) {
        const auto work = signed_in(db);
        if (!work) return refusal.emplace(web::redirect("/dang-nhap?ve=/nhat-ky")), void();
        if (!may_throughout(*work, kReadTimeline)) {
            quiet.note(*work, "identity.refused", "POST /nhat-ky/xuat");
            return refusal.emplace(web::forbidden()), void();
        }
        const auto lines = lines_to_export(*work, filter);
        if (!lines) return refusal.emplace(web::failed(invalid("", "identity.export_too_long"))), void();
        count = lines->size();
        bytes = format == "csv" ? timeline_csv(*work, *lines) : timeline_jsonl(*lines);
    });
    if (refusal) return *std::move(refusal);
    services.database.write([&](storage::Transaction& db) {
        auto work = signed_in(db);
        if (!work || !may_throughout(*work, kReadTimeline)) return refusal.emplace(web::forbidden()), void();
        std::vector<Change> changes{{"format", "", format}, {"lines", "", std::to_string(count)}};
        for (const auto& [name, text] : fields_of(filter)) changes.push_back({name == "to" ? "to_day" : name, "", text});
        record(*work, {"identity.authority", work->authority, work->authority}, "identity.timeline_exported", changes);
    });
    return refusal ? *std::move(refusal) : file(std::move(bytes), format, services.clock.now());
}
/// That something changed, for pages that stay open; "tu" is the stamp of the page, and a browser that comes again says the
/// last it heard.
Response listen_to_changes(const Request& request, Work& work) {
    const auto heard = request.headers.has("last-event-id") ? request.headers.number("last-event-id") : request.query.number("tu");
    return web::events(work.authority, heard.value_or(change_stamp(work.db, work.authority)));
}
}  // namespace

void add_timeline_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    const auto quiet = add_timeline_jobs(registry);
    const std::string verb(kReadTimeline.name);
    registry.add(web::Route{
        .method = Method::Get, .pattern = "/nhat-ky", .access = Access::Granted, .verb = verb,
        .handler = [quiet](const Request& request, Work& work) { return show_timeline(request, work, *quiet); }});
    registry.add(web::Route{
        .method = Method::Get, .pattern = "/nhat-ky/kiem-tra", .access = Access::Granted, .verb = verb, .handler = show_check});
    registry.add(web::Route{.method = Method::Post,
                            .pattern = "/nhat-ky/{id}/xoa-ca-nhan",
                            .access = Access::Granted,
                            .verb = std::string(kErasePersonal.name),
                            .handler = post_erase});
    registry.add(web::Endpoint{Method::Post, "/nhat-ky/xuat", [quiet](const Request& request, web::Services& services) {
                                   return export_timeline(request, services, *quiet);
                               }});
    registry.add(web::Route{.method = Method::Get, .pattern = "/su-kien", .handler = listen_to_changes});
    registry.add(web::NavigationEntry{"identity.section", 820, "identity.timeline", "history", "/nhat-ky", verb});
}

}  // namespace loa::identity
