#include "page_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "loa/base/fault.h"
#include "loa/base/secrets.h"
#include "path.h"

namespace loa::web {

namespace {

/// Where a status has words of its own; the others share those of 500.
std::string_view word_of(int status) {
    switch (status) {
        case 400:
            return "bad_request";
        case 403:
            return "forbidden";
        case 404:
            return "not_found";
        case 405:
            return "method_not_allowed";
        case 409:
            return "conflict";
        case 413:
            return "too_large";
        case 422:
            return "invalid";
        case 503:
            return "unavailable";
        default:
            return "broken";
    }
}

/// The words that a refused form brought, so that nobody has to write them again; codes, choices and secrets are not
/// among them.
std::vector<View> typed_words(const Request& request) {
    std::vector<View> words;
    for (const auto& [name, text] : request.form.items()) {
        const bool is_secret = name.find("password") != std::string::npos;
        const bool is_words = std::any_of(text.begin(), text.end(), [](char c) { return c == ' ' || static_cast<unsigned char>(c) > 0x7F; });
        if (!is_secret && is_words) words.push_back(View().set("text", text).set("number", static_cast<std::int64_t>(words.size() + 1)));
    }
    return words;
}

/// The page that held the form, if the browser says; the sign-in page sends back to it and to no other site.
std::string page_of_form(const Request& request) {
    const std::string page = request.headers.raw("referer");
    const auto host = page.find("://");
    const auto path = host == std::string::npos ? std::string::npos : page.find('/', host + 3);
    return path == std::string::npos ? std::string() : page.substr(path);
}

bool is_below(const std::string& path, const std::string& entry) {
    return path == entry || (path.starts_with(entry) && (entry.ends_with('/') || path[entry.size()] == '/'));
}

}  // namespace

std::string token_secret(const Exchange& exchange) {
    if (!exchange.session_secret.empty()) return "session " + exchange.session_secret;
    const std::string visit =
        exchange.new_visit.empty() ? exchange.request.cookies.raw(kVisitCookie) : exchange.new_visit;
    return visit.empty() ? std::string() : "visit " + visit;
}

PageWriter::PageWriter(const Registry& registry, const Templates& templates, Translate translate,
                       const Hooks& hooks, const Csrf& csrf)
    : templates_(templates), translate_(std::move(translate)), hooks_(hooks), csrf_(csrf) {
    for (const auto& entry : registry.all<NavigationEntry>()) {
        const std::string icon = "icon/" + entry.icon;
        if (!entry.icon.empty() && !templates.has(icon))
            throw Fault(fmt::format("web: the navigation entry {} has no icon {}", entry.path, entry.icon));
        entries_.push_back({entry, entry.icon.empty()
                                       ? std::string()
                                       : templates.render_bare(icon, Language::Vietnamese, {})});
    }
    for (const auto& box : registry.all<SearchBox>()) search_path_ = box.path;
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.entry.order < b.entry.order; });
}

std::vector<View> PageWriter::navigation(Work& work, const std::string& path) const {
    std::vector<std::pair<std::string, std::vector<View>>> sections;
    for (const auto& [known, svg] : entries_) {
        const auto& entry = known;  // clang 14 lets no lambda capture a structured binding
        if (!entry.verb.empty() && !hooks_.may(work, entry.verb)) continue;
        auto section = std::find_if(sections.begin(), sections.end(),
                                    [&](const auto& other) { return other.first == entry.section; });
        if (section == sections.end())
            section = sections.insert(entry.section.empty() ? sections.begin() : sections.end(),
                                      {entry.section, {}});
        View view;
        view.set("label", translate_(work.language, entry.label, {}))
            .set("path", entry.path)
            .set("icon_svg", svg);
        view.flag("current", is_below(path, entry.path));
        section->second.push_back(std::move(view));
    }
    std::vector<View> views;
    for (auto& [heading, entries] : sections) {
        View view;
        view.set("heading", heading.empty() ? std::string() : translate_(work.language, heading, {}));
        view.set("entries", std::move(entries));
        views.push_back(std::move(view));
    }
    return views;
}

View PageWriter::frame(Work& work, View learnt, const std::string& path) const {
    View view = hooks_.frame(work, std::move(learnt));
    if (work.actor.signed_in()) view.set("navigation", navigation(work, path));
    return view;
}

std::string PageWriter::html(Exchange& exchange, const Page& page) const {
    View around;
    around.set("title", page.title);
    exchange.has_form = templates_.has_form(page.name, page.shell);
    if (exchange.has_form) {
        if (token_secret(exchange).empty()) exchange.new_visit = csrf_.new_visit();
        around.set("csrf", csrf_.token(token_secret(exchange))).set("request_id", random_token(16));
    }
    View frame = exchange.frame ? *std::move(exchange.frame) : View();
    frame.set("title", page.title).set("language", code(exchange.language));
    if (page.again_after_seconds > 0) frame.set("again", page.again_after_seconds);
    frame.flag("vietnamese", exchange.language == Language::Vietnamese);
    frame.flag("english", exchange.language == Language::English);
    frame.flag("light", exchange.chosen.theme == "light").flag("dark", exchange.chosen.theme == "dark");
    frame.set("theme", exchange.chosen.theme).set("contrast", exchange.chosen.contrast);
    frame.set("keys", exchange.chosen.keys);
    // After a POST the address may not answer a GET; its page can still be read where the person came from.
    frame.set("path", exchange.request.method == Method::Post ? std::string("/")
                                                              : encoded_address(exchange.request.target));
    frame.flag("signed_in", exchange.signed_in()).set("search_path", exchange.signed_in() ? search_path_ : "");
    around.set("frame", std::move(frame));
    return templates_.render(page.name, page.shell, exchange.language, page.view, around);
}

Page PageWriter::error_page(const Exchange& exchange, int status,
                            const std::optional<Failure>& failure) const {
    const auto word = word_of(status);
    const auto text = [&](std::string_view key) { return translate_(exchange.language, key, {}); };
    Page page;
    page.name = "web/error";
    page.title = text(fmt::format("web.{}", word));
    page.shell = !exchange.frame ? "plain" : exchange.signed_in() ? "officer" : "public";
    page.view.set("status", std::to_string(status)).set("heading", page.title);
    std::vector<View> lines;
    if (failure)
        for (const auto& problem : failure->problems)
            lines.push_back(View().set("line", translate_(exchange.language, problem.key, problem.args)));
    if (lines.empty()) lines.push_back(View().set("line", text(fmt::format("web.{}_line", word))));
    page.view.set("lines", std::move(lines));
    if (status == 500) page.view.set("incident", exchange.request.request_number);
    const bool may_sign_in = status == 403 && !exchange.signed_in();
    page.view.set("action", text(may_sign_in ? "web.sign_in" : "web.home"));
    std::string action_path(may_sign_in ? kSignInPath : std::string_view("/"));
    if (exchange.request.method == Method::Post) {
        auto words = typed_words(exchange.request);
        page.view.flag("has_typed", !words.empty()).set("typed", std::move(words));
        if (const auto form = page_of_form(exchange.request); may_sign_in && !form.empty())
            action_path += "?ve=" + percent_encoded(form);
    }
    page.view.set("action_path", action_path);
    return page;
}

}  // namespace loa::web
