// /don-doc: reminding by hand, from wherever a late line stands; and when it happens by itself.
#include <charconv>

#include "actions.h"
#include "line_view.h"
#include "loa/base/text.h"
#include "loa/web/route.h"
#include "pages.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

using web::Request;
using web::Response;
using web::View;

constexpr std::string_view kBack = "/qua-han";

Response urge_one(const Request& request, Work& work) {
    const auto done = remind(work, request.id());
    return done ? web::redirect(std::string(kBack) + "?da-don-doc=1") : web::failed(done.failure());
}

Response urge_all(const Request&, Work& work) {
    const auto done = remind_all_late(work);
    return done ? web::redirect(std::string(kBack) + "?da-don-doc=" + std::to_string(*done)) : web::failed(done.failure());
}

Response ladder_page(Work& work, const std::string* typed, const Failure* failure) {
    std::vector<std::string> days;
    for (const int day : ladder(work)) days.push_back(std::to_string(day));
    View view;
    view.set("days", typed ? *typed : joined(days, "; "));
    if (failure) view.set("error", tr(work, failure->problems.front().key, failure->problems.front().args)).flag("has_problems", true);
    return web::show({"monitoring/ladder", tr(work, "monitoring.ladder"), std::move(view)}, failure ? 422 : 200);
}

/// "-3", "0", "+2".
std::optional<int> typed_day(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    int day = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), day);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(day) : std::nullopt;
}

Response show_ladder(const Request&, Work& work) { return ladder_page(work, nullptr, nullptr); }

Response save_ladder(const Request& request, Work& work) {
    const std::string typed = request.form.text("days");
    std::vector<int> days;
    std::optional<Failure> failure;
    const std::string with_semicolons = replaced(typed, ",", ";");
    for (const auto part : split(with_semicolons, ';')) {
        const std::string text = squeezed(part);
        if (text.empty()) continue;
        if (const auto day = typed_day(text)) days.push_back(*day);
        else failure = invalid("days", "monitoring.ladder_unreadable", {{"text", text}});
    }
    if (!failure) {
        const auto done = set_ladder(work, days);
        if (done) return web::redirect("/quan-tri/don-doc");
        if (done.failure().reason != Reason::Invalid) return web::failed(done.failure());
        failure = done.failure();
    }
    return ladder_page(work, &typed, &*failure);
}

}  // namespace

void join_urging_pages(Registry& registry) {
    using web::Access;
    using web::Method;
    registry.add(web::Route{Method::Post, "/don-doc/{id}", Access::Granted, std::string(kUrge.name), urge_one});
    registry.add(web::Route{Method::Post, "/don-doc", Access::Granted, std::string(kUrge.name), urge_all});
    registry.add(web::Route{Method::Get, "/quan-tri/don-doc", Access::Granted, std::string(kSetLadder.name), show_ladder});
    registry.add(web::Route{Method::Post, "/quan-tri/don-doc", Access::Granted, std::string(kSetLadder.name), save_ladder});
    registry.add(web::NavigationEntry{"identity.section", 870, "monitoring.ladder", "bell", "/quan-tri/don-doc", std::string(kSetLadder.name)});
}

}  // namespace loa::monitoring
