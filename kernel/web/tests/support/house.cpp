#include "tests/support/house.h"

#include "loa/base/text.h"
#include "loa/storage/testing.h"

namespace loa::web {

namespace {
struct ThrownAway {};

std::optional<std::string> text(Language language, std::string_view key) {
    if (key == "t.hello") return language == Language::Vietnamese ? "Xin chào" : "Hello";
    return std::string(key) + " (" + std::string(code(language)) + ")";
}
}  // namespace

void CountingDatabase::transact(storage::Mode mode, const std::function<void(storage::Transaction&)>& step) {
    if (mode == storage::Mode::Write)
        for (int attempt = 0; attempt < repeats; ++attempt) {
            try {
                real_->transact(mode, [&](storage::Transaction& transaction) {
                    step(transaction);
                    throw ThrownAway{};
                });
            } catch (const ThrownAway&) {
            }
        }
    try {
        real_->transact(mode, step);
        if (mode == storage::Mode::Write) ++commits;
    } catch (...) {
        if (mode == storage::Mode::Write) ++rollbacks;
        throw;
    }
}

House::House() : database(storage::testing::fresh_database(storage::Engine::Sqlite)) {
    templates = {
        {"form",
         R"(<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="request_id" value="{{request_id}}">)"},
        {"web/layout_plain",
         R"(<html lang="{{frame.language}}" data-theme="{{frame.theme}}"><title>{{frame.title}}</title>{{{body}}}</html>)"},
        {"web/layout_public", "<public>{{{body}}}</public>"},
        {"web/layout_officer",
         R"(<officer>{{frame.person}}|{{#frame.navigation}}{{heading}}:{{#entries}}{{label}}={{path}}{{#current}}*{{/current}}{{{icon_svg}}};{{/entries}}{{/frame.navigation}}|{{{body}}}</officer>)"},
        {"web/error",
         "<h1>{{status}} "
         "{{heading}}</h1>{{#lines}}<p>{{line}}</p>{{/lines}}{{#incident}}<b>{{incident}}</b>{{/incident}}{{#typed}}<i>{{text}}</i>{{/typed}}<a "
         "href=\"{{action_path}}\">{{action}}</a>"},
        {"icon/home", "<svg/>"},
        {"t/form", "{{! shell: officer }}<form>{{>form}}{{problem}}</form>"},
        {"t/public", "<p>{{@t.hello}} {{n}}</p>"},
        {"t/public_form", "<form>{{>form}}</form>"}};
}

Hooks House::hooks() {
    Hooks hooks;
    hooks.sign_in_work = [](const Request& request, Work& work) {
        const std::string session = request.cookies.raw(kSessionCookie);
        if (!session.starts_with("person=")) return Hooks::Session{};
        work.actor.person = *parse_id(session.substr(7));
        work.authority = {1};
        return Hooks::Session{"secret of " + session};
    };
    hooks.may = [this](const Work&, std::string_view verb) { return verbs.find(verb) != std::string::npos; };
    hooks.frame = [](Work& work, View view) {
        if (work.actor.signed_in()) view.set("person", "Người " + to_string(work.actor.person));
        return view;
    };
    hooks.answered = [this](Work& work) -> std::optional<std::string> {
        const auto found = answers.find(to_string(work.actor.person) + work.request_id);
        return found == answers.end() ? std::nullopt : std::optional(found->second);
    };
    hooks.remember_answer = [this](Work& work, const std::string& location) {
        answers.insert_or_assign(to_string(work.actor.person) + work.request_id, location);
    };
    hooks.refused = [this](const Work& work, std::string_view route) {
        refusals.push_back(to_string(work.actor.person) + " " + std::string(route));
    };
    return hooks;
}

Dispatcher& House::open(ServerSettings settings) {
    auto files = std::make_shared<const Assets>(assets);
    auto pages = std::make_shared<const Templates>(templates, text, *files);
    DispatcherParts parts{std::move(files), std::move(pages),
                          [](Language language, std::string_view key, const auto& arguments) {
                              std::string out = *text(language, key);
                              for (const auto& [name, value] : arguments) out += " " + name + "=" + value;
                              return out;
                          }};
    dispatcher = std::make_unique<LiveDispatcher>(registry, Services{database, clock, ids}, hooks(), settings,
                                                  std::move(parts));
    return *dispatcher;
}

void House::route(Method method, std::string pattern, Access access,
                  std::function<Response(const Request&, Work&)> handler, std::string verb) {
    Route route;
    route.method = method;
    route.pattern = std::move(pattern);
    route.access = access;
    route.verb = std::move(verb);
    route.handler = std::move(handler);
    registry.add(std::move(route));
}

Browser signed_in(Dispatcher& dispatcher) {
    Browser browser(dispatcher);
    browser.set_cookie(std::string(kSessionCookie), "person=7");
    return browser;
}

}  // namespace loa::web
