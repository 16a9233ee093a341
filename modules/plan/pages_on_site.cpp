// /ghi-minh-chung: the evidence form on a telephone, which a script keeps working without a network (ADR 0028), and what a
// browser asks to install it.
#include <boost/json.hpp>
#include <map>

#include "child_report.h"
#include "coverage.h"
#include "evidence.h"
#include "evidence_form.h"
#include "evidence_time.h"
#include "loa/base/text.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/units.h"
#include "loa/web/route.h"
#include "names.h"
#include "pages.h"
#include "queries.h"
#include "verbs.h"
#include "views.h"

namespace loa::plan {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr const char* kPage = "/ghi-minh-chung";
constexpr const char* kManifest = "/ghi-minh-chung/manifest.webmanifest";
constexpr std::size_t kLongestLabel = 120;
// As everywhere, but this page may ask where the telephone is, once its person has pressed the button.
constexpr const char* kMayLocate = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()";

/// The amounts that each line of a unit may be told, by line.
std::map<Id, std::vector<View>> quantities_by_line(Work& work, Id unit) {
    std::map<Id, std::vector<View>> quantities;
    for (const auto& row : work.db.query("plan.open_targets_by_unit", {work.authority, unit}))
        quantities[row.id("assignment_id")].push_back(
            View().set("name", kQuantity + to_string(row.id("id"))).set("label", row.text("text")).set("unit_word", row.text("unit_word")));
    return quantities;
}

/// As a script reads it: "3 5".
std::string joined_ids(const std::vector<Id>& ids) {
    std::vector<std::string> texts;
    for (const Id id : ids) texts.push_back(to_string(id));
    return joined(texts, " ");
}

/// The lines that are still to be done, of the units that she reports for.
std::vector<View> open_lines(Work& work) {
    std::vector<View> views;
    std::map<Id, std::string> issued;
    for (const auto& unit : identity::units_by_ids(work, identity::own_units(work))) {
        if (!identity::may_in_unit(work, kReport, unit.id)) continue;
        auto quantities = quantities_by_line(work, unit.id);
        auto told_by_line = told_by_lines(work, unit.id);
        for (const auto& line : lines_of_unit(work, unit.id)) {
            const auto& assignment = line.assignment;
            if (assignment.state != AssignmentState::Open) continue;
            // What is done of it is recorded in the unit's own plan.
            const auto child = unit.represents_authority ? child_of_line(work, assignment.id) : std::nullopt;
            if (child && child->records()) continue;
            auto [day, unknown] = issued.try_emplace(assignment.plan);
            if (unknown)
                if (const auto first = first_issued_on(work, assignment.plan)) day->second = first->iso();
            View view;
            view.set("path", line_path(assignment)).set("issued", day->second).set("plan", line.document_number.value_or(shortened(line.plan_title, 40)));
            view.set("label", (line.ordinal.empty() ? "" : line.ordinal + " ") + shortened(line.text, kLongestLabel));
            const auto& told = told_by_line[assignment.id];
            view.set("told_topics", joined_ids(told.topics)).set("told_channel", told.sole_channel() ? to_string(*told.sole_channel()) : "");
            auto& own = quantities[assignment.id];
            view.flag("has_quantities", !own.empty()).set("quantities", std::move(own));
            views.push_back(std::move(view));
        }
    }
    return views;
}

Response show_on_site(const Request&, Work& work) {
    View view;
    auto lines = open_lines(work);
    view.flag("none", lines.empty()).flag("any", !lines.empty()).set("lines", std::move(lines)).set("manifest_path", kManifest);
    std::vector<View> channels;
    for (const auto& channel : channels_on(work, work.today())) channels.push_back(View().set("id", to_string(channel.id)).set("name", channel.name));
    std::vector<View> topics;
    for (const auto& topic : topics_on(work, work.today())) topics.push_back(View().set("id", to_string(topic.id)).set("name", topic.name));
    view.flag("has_topics", !topics.empty()).set("topics", std::move(topics)).set("channels", std::move(channels));
    auto response = web::show({"plan/on_site", tr(work, "plan.on_site"), std::move(view)});
    response.headers.emplace_back("Permissions-Policy", kMayLocate);
    return response;
}

/// W3C Web Application Manifest. It is asked for without cookies, and says nothing of anybody.
Response show_manifest(const Request&, Work& work) {
    namespace json = boost::json;
    const auto icon = [](const char* size) {
        return json::object{{"src", std::string("/assets/icon-") + size + ".png"}, {"sizes", std::string(size) + "x" + size}, {"type", "image/png"}};
    };
    const json::object manifest{{"id", kPage},
                                {"name", tr(work, "plan.on_site_app")},
                                {"short_name", tr(work, "plan.on_site_app_short")},
                                {"start_url", kPage},
                                {"scope", "/"},
                                {"display", "standalone"},
                                {"background_color", "#faf7f0"},
                                {"theme_color", "#faf7f0"},
                                {"icons", json::array{icon("192"), icon("512")}}};
    return web::bytes(json::serialize(manifest), "application/manifest+json");
}

}  // namespace

void join_on_site_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get, .pattern = kPage, .access = Access::Granted, .verb = std::string(kReport.name), .handler = show_on_site});
    registry.add(web::Route{.method = Method::Get, .pattern = kManifest, .access = Access::Public, .handler = show_manifest});
    registry.add(web::NavigationEntry{"", 32, "plan.on_site", "upload", kPage, std::string(kReport.name)});
}

}  // namespace loa::plan
