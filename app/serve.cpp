#include "serve.h"

#include <fmt/format.h>

#include <charconv>
#include <csignal>
#include <iostream>

#include "loa/base/fault.h"
#include "loa/identity/first_run.h"
#include "loa/identity/join.h"
#include "loa/identity/work.h"
#include "loa/jobs/runner.h"
#include "loa/media/store.h"
#include "loa/storage/migrator.h"
#include "loa/web/server.h"
#include "demo.h"
#include "program.h"

namespace loa::app {

namespace {

struct Address {
    std::string host;
    std::uint16_t port = 0;

    bool loopback() const { return host == "::1" || host.starts_with("127."); }
};

Address parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    Address address;
    if (colon != std::string::npos) {
        address.host = text.substr(0, colon);
        if (address.host.starts_with('[') && address.host.ends_with(']'))
            address.host = address.host.substr(1, address.host.size() - 2);
        if (address.host == "localhost") address.host = "127.0.0.1";  // the server takes no names
        const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), address.port);
        if (error == std::errc{} && end == text.data() + text.size() && !address.host.empty()) return address;
    }
    throw Fault("--listen takes ADDRESS:PORT, as in 127.0.0.1:8080");
}

/// Blocks the stopping signals in this thread and those it starts, so that one place waits for them.
class Signals {
  public:
    Signals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    void wait() {
        int signal = 0;
        sigwait(&set_, &signal);
    }

  private:
    sigset_t set_{};
};

web::ReadyCheck schema_check() {
    return {"storage.schema", [](web::Services& services) -> std::optional<std::string> {
                const auto missing = storage::missing_migrations(services.database);
                return missing.empty() ? std::nullopt : std::optional("missing: " + missing.front());
            }};
}

/// How browsers reach us; what was mistyped is said before anything is opened.
void set_line(web::ServerSettings& server, const Config& config, const ServeSettings& settings) {
    server.secure_cookies = config.tls;
    server.certificate = {settings.tls_certificate, settings.tls_key};
    server.trusted_proxies = Networks::parse(settings.trusted_proxies, "the trusted proxies");
    if (server.certificate.are_named()) web::check_certificate(server.certificate, SystemClock().now());
}

bool is_first_run(web::Services& services) {
    return services.database.read([&](storage::Transaction& transaction) {
        return identity::needs_first_run(identity::system_work(transaction, services.ids, services.clock.now(), Id{}));
    });
}

}  // namespace

int serve(const Registry& joined, const Config& config, const ServeSettings& settings) {
    const Address address = parse_address(settings.listen);
    web::ServerSettings server_settings;
    set_line(server_settings, config, settings);
    Signals signals;
    Registry registry = joined;
    registry.add(schema_check());
    Installation installation(config);
    auto& services = installation.services();
    if (!address.loopback() && what_holds(services) == Holds::Demonstration)
        throw Fault("demonstration accounts exist, and everybody knows their passwords; serve them on 127.0.0.1 "
                    "only, or start with an empty database");

    server_settings.address = address.host;
    server_settings.port = address.port;
    server_settings.io_threads = settings.io_threads;
    server_settings.workers = settings.workers;
    server_settings.secret = keys_in(registry)->derived("web.forms");
    server_settings.spool = media::file_store(registry)->spool();
    const auto dispatcher = web::make_dispatcher(registry, services, identity::web_hooks(registry), server_settings);
    const auto server = web::Server::start(*dispatcher, server_settings);
    const auto runner = settings.no_jobs ? nullptr : jobs::Runner::start(registry, services);
    const auto site = fmt::format("{}://{}:{}", server_settings.certificate.are_named() ? "https" : "http", address.host, server->port());
    std::cout << fmt::format("Loa: {}\n", site);
    if (is_first_run(services))
        std::cout << fmt::format("There is no administrator yet. Open {}/bat-dau and enter the code {}\n", site,
                                 identity::first_run_code(registry));
    std::cout << std::flush;
    signals.wait();
    server->stop();
    if (runner) runner->stop();
    return 0;
}

int work_on_jobs(const Registry& registry, const Config& config) {
    Signals signals;
    Installation installation(config);
    const auto runner = jobs::Runner::start(registry, installation.services());
    std::cout << "Loa: working on jobs\n" << std::flush;
    signals.wait();
    runner->stop();
    return 0;
}

}  // namespace loa::app
