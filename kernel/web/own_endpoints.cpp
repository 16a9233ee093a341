// What web answers itself: health, metrics, preferences, assets, and everything that needs no worker.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "components_page.h"
#include "dispatcher.h"

namespace loa::web {

namespace {

Response plain_text(std::string text, int status = 200) {
    Response response = bytes(std::move(text), "text/plain; charset=utf-8");
    response.status = status;
    return response;
}

/// Straight from this machine, not through a proxy on it, whether we trust that one or not.
bool is_local(const Request& request) {
    constexpr std::array kSignsOfAProxy{"x-forwarded-for", "x-forwarded-proto", "forwarded", "via"};
    return (request.remote_address == "127.0.0.1" || request.remote_address == "::1") &&
           std::none_of(kSignsOfAProxy.begin(), kSignsOfAProxy.end(),
                        [&](const char* sign) { return request.headers.has(sign); });
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

constexpr std::string_view kHealthPath = "/healthz";

}  // namespace

std::vector<Endpoint> LiveDispatcher::own_endpoints() {
    std::vector<Endpoint> own;
    own.push_back({Method::Get, std::string(kHealthPath),
                   [](const Request&, Services&) { return plain_text("ok\n"); }});
    own.push_back({Method::Get, "/readyz", [this](const Request&, Services& services) {
                       std::string failures;
                       try {
                           services.database.ping();
                           for (const auto& check : ready_checks_)
                               if (const auto failure = check.failure(services))
                                   failures += fmt::format("{}: {}\n", check.name, *failure);
                       } catch (const std::exception& error) {
                           failures += fmt::format("storage: {}\n", error.what());
                       }
                       return failures.empty() ? plain_text("ready\n") : plain_text(failures, 503);
                   }});
    own.push_back({Method::Get, "/metrics", [this](const Request& request, Services&) {
                       if (!is_local(request)) return not_found();
                       return bytes(metrics_.text(figures_, cache_.size()),
                                    "text/plain; version=0.0.4; charset=utf-8");
                   }});
    own.push_back({Method::Post, std::string(kPreferencesPath),
                   [](const Request& request, Services&) { return choose_preferences(request); }});
    own.push_back({Method::Get, std::string(kComponentsPath), [](const Request& request, Services&) {
                       const auto asked = preferences(request.headers.text("cookie"),
                                                      request.headers.text("accept-language"));
                       return show(components_page(asked.language));
                   }});
    return own;
}

std::optional<Response> LiveDispatcher::asset(std::string_view path) const {
    const auto* found = assets_->at(path);
    if (!found) return std::nullopt;
    Response response;
    response.content_type = found->content_type;
    response.body = found->plain;
    // It says itself for which of our pages it works; without this for none outside /assets/.
    if (found->name.ends_with(".worker.js")) response.headers.emplace_back("Service-Worker-Allowed", "/");
    add_headers(response, found->address == path ? Keeping::ForGood : Keeping::AskFirst);
    return response;
}

void LiveDispatcher::make_assets_ready() {
    const auto put = [this](const std::string& path, const Asset& found) {
        const Response plain = *asset(path);
        ReadyForms forms;
        forms.etag = *header(plain, "ETag");
        forms.forms.fill(ready(plain));
        for (const auto& [coding, body] :
             {std::pair(Coding::Gzip, found.gzip), std::pair(Coding::Brotli, found.brotli)}) {
            if (!body) continue;
            Response form = plain;
            form.body = body;
            form.headers.emplace_back("Content-Encoding", name(coding));
            forms.forms[static_cast<std::size_t>(coding)] = ready(form);
        }
        Response same = plain;
        check_etag(same, forms.etag);
        forms.not_modified = ready(same);
        ready_.emplace(path, std::move(forms));
    };
    for (const auto& found : assets_->all()) {
        put(found.address, found);
        put("/assets/" + found.name, found);
    }
    Response health = plain_text("ok\n");
    add_headers(health, Keeping::Nobody);
    ReadyForms forms;
    forms.forms.fill(ready(health));
    ready_.emplace(kHealthPath, std::move(forms));
}

std::shared_ptr<const Ready> LiveDispatcher::at_once(const Glance& glance) {
    if (glance.method == Method::Post) return nullptr;
    std::shared_ptr<const Ready> answer;
    if (const auto found = ready_.find(path_of(glance.target)); found != ready_.end()) {
        answer = found->second.for_browser(glance);
    } else if (PageCache::applies(glance)) {
        answer = cache_.ready(glance);
    }
    // Counted, but not logged: a line costs more than such an answer.
    if (answer) metrics_.count(Metrics::kAtOnce, answer->status, 0);
    return answer;
}

BodyLimits LiveDispatcher::body_limits(Method method, std::string_view target) const {
    // Where nobody answers, a small form is read all the same: 404 says more than 413.
    constexpr BodyLimits kNobodys{64 << 10, 0};
    const auto parsed = parse_target(target);
    if (!parsed) return kNobodys;
    const auto found = routes_.find(method, parsed->segments);
    return found.entry ? found.entry->body_limits() : kNobodys;
}

}  // namespace loa::web
