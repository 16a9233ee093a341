#include "dispatcher.h"

#include <fmt/format.h>

#include "content_hash.h"
#include "loa/base/log.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {

/// Leaves the transaction without committing it; the answer is kept outside.
struct RolledBack {};

/// What somebody without an account may send of files at once.
constexpr std::uint64_t kStrangersFiles = 8 << 20;
constexpr std::chrono::milliseconds kStampEvery{1000};
constexpr int kShareOfListeners = 2;  // of all connections, at most half

/// What a person reads out on the telephone: no letters that look like digits.
std::string new_request_number() {
    static constexpr char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    std::string number;
    for (const char digit : random_token(4)) {
        if (number.size() == 4) number += '-';
        number += letters[static_cast<unsigned char>(digit) % 32];
    }
    return number;
}

/// One sending of one form. Two forms of a page carry the same field, and who goes back may change what she wrote: only
/// the same words to the same address are the same sending. What is kept is made with `secret`, as among the words may be a
/// password, which nobody who reads the table shall try out on it.
std::string form_id(const Request& request, const std::string& secret) {
    const std::string id = request.form.text("request_id");
    if (id.size() < 8 || id.size() > 64 ||
        id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-") != std::string::npos)
        return {};
    std::string sent = secret + '\0' + request.path;
    for (const auto& [name, value] : request.form.items())
        if (name != "csrf") sent.append(1, '\0').append(name).append(1, '\0').append(value);
    for (const auto& upload : request.uploads)
        sent.append(1, '\0').append(upload.field).append(1, '\0').append(upload.file_name).append(std::to_string(upload.bytes().size()));
    return id + "." + content_hash(sent);
}

/// Where an answer led, as it is kept: the secret of the address, which the second sending brings again, is not.
std::string without_secret(const Request& request, const Route& route, const std::string& location) {
    const auto secret = route.secret.empty() ? std::string() : request.parameters.text(route.secret);
    return secret.empty() ? location : replaced(location, secret, "{" + route.secret + "}");
}
std::string with_secret(const Request& request, const Route& route, const std::string& location) {
    return route.secret.empty() ? location : replaced(location, "{" + route.secret + "}", request.parameters.text(route.secret));
}

Hooks complete(Hooks hooks) {
    if (!hooks.sign_in_work) hooks.sign_in_work = [](const Request&, Work&) { return Hooks::Session{}; };
    if (!hooks.may) hooks.may = [](const Work&, std::string_view) { return false; };
    if (!hooks.frame) hooks.frame = [](Work&, View learnt) { return learnt; };
    if (!hooks.answered) hooks.answered = [](Work&) { return std::optional<std::string>(); };
    if (!hooks.remember_answer) hooks.remember_answer = [](Work&, const std::string&) {};
    if (!hooks.refused) hooks.refused = [](const Work&, std::string_view) {};
    return hooks;
}

Response status_only(int status) {
    Response response;
    response.status = status;
    return response;
}

}  // namespace

LiveDispatcher::LiveDispatcher(const Registry& registry, Services services, Hooks hooks,
                               const ServerSettings& settings, DispatcherParts parts)
    : settings_(settings),
      services_(services),
      hooks_(complete(std::move(hooks))),
      ready_checks_(registry.all<ReadyCheck>()),
      assets_(std::move(parts.assets)),
      templates_(std::move(parts.templates)),
      csrf_(settings.secret),
      writer_(registry, *templates_, std::move(parts.translate), hooks_, csrf_),
      routes_(registry, own_endpoints()),
      metrics_(routes_.labels()),
      change_stamps_(registry.all<ChangeStamp>()) {
    make_assets_ready();
}

Exchange LiveDispatcher::open(Request request) const {
    Exchange exchange;
    exchange.request = std::move(request);
    if (exchange.request.request_number.empty()) exchange.request.request_number = new_request_number();
    exchange.request.by_tls = exchange.request.by_tls || settings_.secure_cookies;
    const auto& headers = exchange.request.headers;
    exchange.chosen = preferences(headers.raw("cookie"), headers.raw("accept-language"));
    exchange.language = exchange.chosen.language;
    exchange.generation = cache_.generation();
    return exchange;
}

Response LiveDispatcher::handle(Request request) {
    const auto begin = std::chrono::steady_clock::now();
    Exchange exchange = open(std::move(request));
    Response response;
    try {
        response = close(exchange, answer(exchange));
    } catch (const std::exception& error) {
        response = broken(exchange, error.what());
    } catch (...) {
        response = broken(exchange, "an exception that is no std::exception");
    }
    report(exchange, response,
           std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return response;
}

std::optional<Response> LiveDispatcher::refusal_of_files(Request head, std::uint64_t bytes) {
    Exchange exchange = open(std::move(head));
    std::optional<Response> refusal;
    try {
        if (!read_target(exchange)) return std::nullopt;  // handle() says what is wrong with it
        auto found = routes_.find(exchange.request.method, exchange.target->segments);
        if (!found.entry || !found.entry->route) return std::nullopt;
        exchange.entry = found.entry;
        services_.database.transact(storage::Mode::Read, [&](storage::Transaction& transaction) {
            Work work = work_of(transaction, exchange);
            refusal = refusal_of_access(work, exchange, *found.entry->route);
            if (!refusal && comes_from_elsewhere(exchange.request)) refusal = failed(loa::forbidden("web.form_stale"));
            if (!refusal && !exchange.signed_in() && bytes > kStrangersFiles) refusal = status_only(413);
            if (refusal) note_outcome(work, exchange, *refusal);
        });
        if (!refusal) return std::nullopt;
        refusal = close(exchange, *std::move(refusal));
    } catch (const std::exception& error) {
        refusal = broken(exchange, error.what());
    }
    report(exchange, *refusal, 0);
    return refusal;
}

Response LiveDispatcher::refuse(Request request, int status) {
    Exchange exchange = open(std::move(request));
    Response response;
    try {
        response = close(exchange, status_only(status));
    } catch (const std::exception& error) {
        response = broken(exchange, error.what());
    }
    report(exchange, response, 0);
    return response;
}

std::string LiveDispatcher::cache_key(const Request& request) {
    const auto& headers = request.headers;
    const std::string host = headers.raw("host"), cookies = headers.raw("cookie"),
                      language = headers.raw("accept-language");
    const Glance glance{request.method, request.target, host, cookies, language, {}, {}};
    return PageCache::applies(glance) ? PageCache::key(glance) : std::string();
}

Response LiveDispatcher::answer(Exchange& exchange) {
    Request& request = exchange.request;
    if (!read_target(exchange)) return answer_unmatched(exchange, false);
    if (request.method != Method::Post)
        if (auto found = asset(request.path)) return *std::move(found);
    auto found = routes_.find(request.method, exchange.target->segments);
    if (!found.entry) return answer_unmatched(exchange, found.other_method);
    exchange.entry = found.entry;
    request.parameters = std::move(found.parameters);
    const auto limits = found.entry->body_limits();
    if (request.body.size() > limits.in_memory) return status_only(413);
    MultipartReader::Limits form_limits{limits.in_memory};
    if (limits.with_files > 0) form_limits.spool = settings_.spool;
    if (const int refused = read_form(request, form_limits)) return status_only(refused);
    if (found.entry->endpoint) return run_endpoint(exchange, *found.entry->endpoint);
    if (found.entry->is_cached()) {
        exchange.cache_key = cache_key(request);
        if (!exchange.cache_key.empty()) exchange.kept = cache_.find(exchange.cache_key);
        if (exchange.kept) return *exchange.kept;
    }
    return run_route(exchange, *found.entry->route);
}

Response LiveDispatcher::answer_unmatched(const Exchange& exchange, bool other_method) const {
    const Request& request = exchange.request;
    if (other_method) {
        Response response = status_only(405);
        response.headers.emplace_back("Allow", request.method == Method::Post ? "GET, HEAD" : "POST");
        return response;
    }
    if (exchange.target) return status_only(404);
    // A slash too many at the end is no trick: the page without it, if there is one.
    const auto query = request.target.find('?');
    const auto path = request.target.substr(0, query);
    if (request.method != Method::Post && path.size() > 1 && path.ends_with('/')) {
        const auto shorter = path.substr(0, path.size() - 1);
        if (const auto target = parse_target(shorter);
            target && routes_.find(Method::Get, target->segments).entry) {
            Response response =
                redirect(shorter + (query == std::string::npos ? "" : request.target.substr(query)));
            response.status = 308;
            return response;
        }
    }
    return status_only(400);
}

Response LiveDispatcher::run_endpoint(Exchange& exchange, const Endpoint& endpoint) {
    Request& request = exchange.request;
    if (request.method == Method::Post) {
        // A form in the frame of a signed-in page carries the session's token, the sign-in form a visit's.
        if (!is_own_form(exchange))
            services_.database.read([&](storage::Transaction& transaction) {
                Work work{transaction, services_.ids, services_.clock.now(), {}, {}, exchange.language, {}};
                learn_session(work, exchange);
            });
        if (!is_own_form(exchange)) return failed(loa::forbidden("web.form_stale"));
    }
    return endpoint.handler(request, services_);
}

Response LiveDispatcher::run_route(Exchange& exchange, const Route& route) {
    if (route.prepare) {
        if (auto refusal = refusal_before_work(exchange, route)) return *std::move(refusal);
        exchange.request.prepared = route.prepare(exchange.request);
    }
    const auto mode = route.method == Method::Post ? storage::Mode::Write : storage::Mode::Read;
    Response response;
    try {
        services_.database.transact(mode, [&](storage::Transaction& transaction) {
            response = run_in(transaction, exchange, route);
            if (mode == storage::Mode::Write && response.status >= 400 && !response.counts) throw RolledBack{};
        });
        if (mode == storage::Mode::Write) cache_.clear();
    } catch (const RolledBack&) {
    }
    return response;
}

/// A file is read, and its bytes are kept, for those only whose form will be looked at: not for strangers.
std::optional<Response> LiveDispatcher::refusal_before_work(Exchange& exchange, const Route& route) {
    std::optional<Response> refusal;
    services_.database.transact(storage::Mode::Read, [&](storage::Transaction& transaction) {
        Work work = work_of(transaction, exchange);
        refusal = refusal_of(work, exchange, route);
        if (refusal) note_outcome(work, exchange, *refusal);
        else if (route.look) route.look(exchange.request, work);
    });
    return refusal;
}

Response LiveDispatcher::run_in(storage::Transaction& transaction, Exchange& exchange, const Route& route) {
    Work work = work_of(transaction, exchange);
    auto refusal = refusal_of(work, exchange, route);
    Response response = refusal ? *std::move(refusal) : run_allowed(work, exchange, route);
    note_outcome(work, exchange, response);
    return response;
}

Work LiveDispatcher::work_of(storage::Transaction& transaction, Exchange& exchange) const {
    Work work{transaction, services_.ids, services_.clock.now(), {}, {}, exchange.chosen.language, {}};
    learn_session(work, exchange);
    return work;
}

/// What rendering and the log need once the transaction is over.
void LiveDispatcher::note_outcome(Work& work, Exchange& exchange, const Response& response) const {
    if (response.page || (response.status >= 400 && !response.body))
        exchange.frame = writer_.frame(work, std::move(exchange.learnt_frame), response.page && !response.page->stands_under.empty() ? response.page->stands_under
                                                                                                  : exchange.request.path);
    const bool own_form = exchange.request.method != Method::Post || is_own_form(exchange);
    if (response.status == 403 && work.actor.signed_in() && own_form) hooks_.refused(work, exchange.entry->label);
    exchange.language = work.language;
    exchange.statements = work.db.statements();
}

Response LiveDispatcher::run_allowed(Work& work, Exchange& exchange, const Route& route) {
    if (route.method != Method::Post) return route.handler(exchange.request, work);
    work.request_id = form_id(exchange.request, settings_.secret);
    if (!work.request_id.empty())
        if (const auto location = hooks_.answered(work))
            return location->empty() ? failed(conflict("web.already_sent")) : redirect(with_secret(exchange.request, route, *location));
    Response response = route.handler(exchange.request, work);
    if (!work.request_id.empty() && response.status < 400) {
        const auto* location = header(response, "Location");
        hooks_.remember_answer(work, location ? without_secret(exchange.request, route, *location) : std::string());
    }
    return response;
}

void LiveDispatcher::learn_session(Work& work, Exchange& exchange) const {
    auto session = hooks_.sign_in_work(exchange.request, work);
    exchange.session_secret = std::move(session.secret);
    exchange.learnt_frame = std::move(session.frame);
    exchange.person = work.actor.person;
}

std::optional<Response> LiveDispatcher::refusal_of(const Work& work, const Exchange& exchange,
                                                   const Route& route) const {
    if (auto refusal = refusal_of_access(work, exchange, route)) return refusal;
    if (route.method == Method::Post && !is_own_form(exchange))
        return failed(loa::forbidden("web.form_stale"));
    return std::nullopt;
}

std::optional<Response> LiveDispatcher::refusal_of_access(const Work& work, const Exchange& exchange,
                                                          const Route& route) const {
    if (route.access == Access::Public) return std::nullopt;
    if (!work.actor.signed_in()) {
        if (route.method == Method::Post) return failed(loa::forbidden("web.session_ended"));
        return redirect(fmt::format("{}?ve={}", kSignInPath, percent_encoded(exchange.request.target)));
    }
    if (route.access == Access::Granted && !hooks_.may(work, route.verb)) return forbidden();
    return std::nullopt;
}

bool LiveDispatcher::is_own_form(const Exchange& exchange) const {
    const Request& request = exchange.request;
    if (comes_from_elsewhere(request)) return false;
    // Choosing colours changes nothing but this browser's cookies, and its form stands in cached pages.
    if (exchange.entry->endpoint && exchange.entry->endpoint->pattern == kPreferencesPath) return true;
    if (exchange.session_secret.empty() && !csrf_.is_visit(request.cookies.raw(kVisitCookie))) return false;
    // A body that is no form has the token in its head: no other site can add one there (it would have to ask first).
    const auto token = request.form.has("csrf") ? request.form.text("csrf") : request.headers.text("x-csrf-token");
    return csrf_.is_valid(token, token_secret(exchange));
}

Response LiveDispatcher::close(Exchange& exchange, Response response) {
    if (response.events) {
        response.listener = listener(*response.events);
        if (!response.listener) response = status_only(503);  // the page asks again, later
    }
    if (!response.page && !response.body && !response.file && response.status >= 400)
        response.page = writer_.error_page(exchange, response.status, response.failure);
    if (response.page)
        response.body = std::make_shared<const std::string>(writer_.html(exchange, *response.page));
    if (!exchange.new_visit.empty())
        response.headers.emplace_back("Set-Cookie", set_cookie(kVisitCookie, exchange.new_visit, CookieKept::Session,
                                                               cookie_sent(exchange.request)));
    check_headers(response);
    add_headers(response, keeping(exchange, response));
    const Request& request = exchange.request;
    const auto& headers = request.headers;
    const bool may_be_kept = response.status == 200 && response.body && header(response, "ETag");
    if (!exchange.cache_key.empty() && !exchange.kept && may_be_kept)
        exchange.kept = cache_.put(exchange.cache_key, response, exchange.generation);
    response.headers.emplace_back("X-Request-Id", request.request_number);
    check_etag(response, headers.raw("if-none-match"));
    const bool is_get = request.method == Method::Get;  // only there a range means anything
    cut_to_range(response, is_get ? headers.raw("range") : std::string(), headers.raw("if-range"));
    const std::string encodings = headers.raw("accept-encoding");
    compress(response, encodings);
    if (exchange.kept && response.status == 200)
        cache_.add(exchange.cache_key, exchange.kept, best_coding(encodings, Effort::Each), response.body);
    return response;
}

std::shared_ptr<const Listener> LiveDispatcher::listener(const Events& events) {
    if (change_stamps_.empty()) return nullptr;
    const std::lock_guard lock(feed_guard_);
    if (!feed_) feed_ = Feed::make(services_.database, change_stamps_.front(), kStampEvery);
    if (feed_->listeners() >= settings_.connections / kShareOfListeners) return nullptr;
    return feed_->listen(events.authority, events.seen);
}

Keeping LiveDispatcher::keeping(const Exchange& exchange, const Response& response) const {
    const bool is_public =
        exchange.entry && exchange.entry->route && exchange.entry->route->access == Access::Public;
    const bool is_personal = exchange.signed_in() || exchange.has_form || header(response, "Set-Cookie");
    return is_public && !is_personal && response.status == 200 && exchange.request.method != Method::Post
               ? Keeping::AskFirst
               : Keeping::Nobody;
}

Response LiveDispatcher::broken(Exchange& exchange, std::string_view what) {
    log(Level::Error, "web.broken",
        {{"request", exchange.request.request_number},
         {"route", exchange.entry ? exchange.entry->label : "unmatched"},
         {"what", std::string(what)}});
    try {
        exchange.frame.reset();
        return close(exchange, status_only(500));
    } catch (const std::exception& error) {
        // Not even the error page can be shown: say the number at least.
        log(Level::Error, "web.broken",
            {{"request", exchange.request.request_number}, {"what", error.what()}});
        Response response = bytes(exchange.request.request_number, "text/plain; charset=utf-8");
        response.status = 500;
        add_headers(response, Keeping::Nobody);
        return response;
    }
}

void LiveDispatcher::report(const Exchange& exchange, const Response& response, double seconds) {
    metrics_.count(exchange.entry ? exchange.entry->place : Metrics::kUnmatched, response.status, seconds);
    log(Level::Info, "web.request",
        {{"request", exchange.request.request_number},
         {"route", exchange.entry ? exchange.entry->label : "unmatched"},
         {"person", exchange.signed_in() ? to_string(exchange.person) : ""},
         {"status", std::to_string(response.status)},
         {"ms", fmt::format("{:.1f}", seconds * 1000)},
         {"statements", std::to_string(exchange.statements)}});
}

}  // namespace loa::web
