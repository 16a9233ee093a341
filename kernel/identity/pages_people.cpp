// /nguoi-dung: the people of the authority, for administrators.
#include <fmt/format.h>

#include <algorithm>

#include "loa/identity/people.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"
#include "timeline_quiet.h"
#include "verbs.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

constexpr int kPerPage = 50;

View line_view(const Work& work, const PersonLine& line) {
    View view;
    view.set("path", "/nguoi-dung/" + to_string(line.person.id));
    view.set("name", line.person.name).set("sign_in_name", line.person.sign_in_name);
    view.flag("inactive", !line.person.active);
    std::vector<View> memberships;
    for (const Membership& membership : line.memberships) {
        View each;
        each.set("unit", membership.unit_name).set("position", membership.position);
        each.set("role", tr(work, "identity.role." + std::string(code(membership.role))));
        memberships.push_back(std::move(each));
    }
    view.set("memberships", std::move(memberships));
    return view;
}

std::string address(const std::string& search, std::int64_t page) {
    return fmt::format("/nguoi-dung?q={}&trang={}", query_encoded(search), page);
}

Response show_people(const Request& request, Work& work, const Registry& registry) {
    const std::string search = request.query.text("q");
    const auto page = std::clamp<std::int64_t>(request.query.number("trang").value_or(1), 1, 10'000);
    // One more than fits tells whether there is a next page.
    auto lines = people_list(work, search, kPerPage + 1, static_cast<int>(page - 1) * kPerPage);
    const bool more = lines.size() > kPerPage;
    if (more) lines.pop_back();
    std::vector<View> people;
    for (const PersonLine& line : lines) people.push_back(line_view(work, line));
    View view;
    view.set("search", search).flag("none", people.empty());
    view.set("people", std::move(people));
    if (!lines.empty()) note_reading(registry, work, request.path);
    if (page > 1) view.set("previous_path", address(search, page - 1));
    if (more) view.set("next_path", address(search, page + 1));
    return web::show({"identity/people", tr(work, "identity.people"), std::move(view), ""});
}
}  // namespace

void add_people_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{.method = Method::Get,
                            .pattern = "/nguoi-dung",
                            .access = Access::Granted,
                            .verb = std::string(kReadPersonal.name),
                            .handler = [&registry](const Request& request, Work& work) { return show_people(request, work, registry); }});
    registry.add(web::NavigationEntry{"identity.section", 810, "identity.people", "people", "/nguoi-dung",
                                      std::string(kReadPersonal.name)});
}

}  // namespace loa::identity
