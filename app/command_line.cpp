#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>
#include <memory>

#include "commands.h"
#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/jobs/command.h"
#include "loa/storage/migrator.h"
#include "program.h"
#include "serve.h"

namespace loa::app {

namespace {

using jobs::Command;
using jobs::Invocation;
using jobs::Parameter;

constexpr int kBroken = 70;  // EX_SOFTWARE of sysexits.h: the world broke, not the person's input

/// serve, worker and migrate run before, or without, an open installation.
int migrate(const Config& config, std::ostream& out) {
    const auto database = storage::Database::open(config.migrate_database.empty() ? config.database : config.migrate_database);
    const auto done = storage::migrate(*database);
    for (const auto& file : done) out << file << '\n';
    out << (done.empty() ? "The database is up to date.\n" : fmt::format("Applied {} file(s).\n", done.size()));
    return 0;
}

/// "plan parse" hangs under "plan"; the group is made when its first command comes.
class Groups {
  public:
    explicit Groups(CLI::App& root) : root_(root) {}

    CLI::App* subcommand(const Command& command) {
        const auto blank = command.name.find(' ');
        if (blank == std::string::npos) return root_.add_subcommand(command.name, command.summary);
        const std::string name = command.name.substr(0, blank);
        const std::string verb = command.name.substr(blank + 1);
        auto& group = groups_[name];
        if (group) {
            group->description(group->get_description() + ", " + verb);
        } else {
            group = root_.add_subcommand(name, "Its commands: " + verb);
            group->require_subcommand(1);
        }
        return group->add_subcommand(verb, command.summary);
    }

  private:
    CLI::App& root_;
    std::map<std::string, CLI::App*> groups_;
};

void add_parameters(CLI::App& app, const Command& command, std::map<std::string, std::string>& values,
                    std::map<std::string, bool>& flags) {
    for (const auto& parameter : command.parameters) {
        switch (parameter.kind) {
            case Parameter::Kind::Flag: app.add_flag(parameter.name, flags[parameter.name], parameter.help); break;
            case Parameter::Kind::Place:
            case Parameter::Kind::Option: {
                auto* option = app.add_option(parameter.name, values[parameter.name], parameter.help);
                if (parameter.required) option->required();
                break;
            }
        }
    }
    if (!command.details.empty()) app.footer(command.details);
}

/// `loa help WORD…` is `loa WORD… --help`, of words that are commands.
std::vector<std::string> arguments(int argc, char** argv, const CLI::App& root) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && words.front() == "help") {
        words.erase(words.begin());
        const CLI::App* app = &root;
        for (const auto& word : words) {
            const auto named = app->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == word; });
            if (named.empty()) throw CLI::ArgumentMismatch(fmt::format("There is no command \"{}\" here.", word));
            app = named.front();
        }
        words.emplace_back("--help");
    }
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    return words;
}

int run(int argc, char** argv) {
    if (const char* level = std::getenv("LOA_LOG")) {
        const std::string_view name(level);
        set_log_level(name == "debug" ? Level::Debug : name == "warning" ? Level::Warning : name == "error" ? Level::Error : Level::Info);
    }
    const Config config = read_config();
    Registry registry;
    join_all(registry, config);

    CLI::App root{"Loa: runs a People's Committee's communication of administrative reform, from the issued plan "
                  "to the final report.\nData: LOA_DATABASE (sqlite:PATH or postgresql://…), LOA_FILES (a folder), "
                  "or the file that LOA_CONFIG names (else /etc/loa/loa.conf). To speak TLS itself: LOA_TLS_CERT and LOA_TLS_KEY, "
                  "as `loa serve` takes them. Behind a proxy: LOA_TRUSTED_PROXIES, and where it speaks TLS without saying so: LOA_TLS=yes. "
                  "LOA_SECRET signs forms and locks away what only the program itself may read: the same on every node; without "
                  "it a file secret.key is made beside the folder of files, or where LOA_SECRET_FILE says. Keep a copy. "
                  "LOA_MIGRATE_DATABASE: where `migrate` works on a Citus cluster. LOA_LOG: debug, info, warning or error."};
    root.name("loa");
    root.require_subcommand(1);
    root.set_help_all_flag("--help-all", "Every command with its options");
    root.footer("loa help COMMAND tells more. Exit codes: 0 done, 1 findings or a negative answer, 2 invalid or "
                "unreadable input, 3 not allowed, 4 not found, 5 changed by another, 6 not available now.");

    ServeSettings serving{.tls_certificate = config.tls_certificate, .tls_key = config.tls_key, .trusted_proxies = config.trusted_proxies};
    auto* serve_app = root.add_subcommand("serve", "Serve the pages and do the jobs");
    serve_app->add_option("--listen", serving.listen, "Address and port")->capture_default_str();
    serve_app->add_option("--io-threads", serving.io_threads, "Threads that speak with browsers")->capture_default_str();
    serve_app->add_option("--workers", serving.workers, "Threads that make pages")->capture_default_str();
    serve_app->add_option("--tls-cert", serving.tls_certificate,
                          "Speak TLS with this certificate and those that lead to its issuer, in PEM form (LOA_TLS_CERT); a renewed "
                          "file is taken up within a minute");
    serve_app->add_option("--tls-key", serving.tls_key, "The key of the certificate, in PEM form without a password (LOA_TLS_KEY)");
    serve_app->add_option("--trusted-proxies", serving.trusted_proxies,
                          "Whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks, as in "
                          "127.0.0.1,10.0.0.0/8,fd00::/8 (LOA_TRUSTED_PROXIES)");
    serve_app->add_flag("--no-jobs", serving.no_jobs, "Leave the jobs to `loa worker`");
    auto* worker_app = root.add_subcommand("worker", "Do the jobs without serving pages");
    auto* migrate_app = root.add_subcommand("migrate", "Bring the database to the schema of this program");

    struct Slot {
        const Command* command;
        CLI::App* app;
        std::map<std::string, std::string> values;
        std::map<std::string, bool> flags;
    };
    std::vector<std::unique_ptr<Slot>> slots;
    Groups groups(root);
    for (const auto& command : registry.all<Command>()) {
        auto slot = std::make_unique<Slot>();
        slot->command = &command;
        slot->app = groups.subcommand(command);
        add_parameters(*slot->app, command, slot->values, slot->flags);
        slots.push_back(std::move(slot));
    }
    try {
        root.parse(arguments(argc, argv, root));
    } catch (const CLI::ParseError& error) {
        const int code = root.exit(error);
        return code == 0 ? 0 : jobs::exit_code(Reason::Invalid);
    }

    if (migrate_app->parsed()) return migrate(config, std::cout);
    if (serve_app->parsed()) return serve(registry, config, serving);
    if (worker_app->parsed()) return work_on_jobs(registry, config);
    for (const auto& slot : slots) {
        if (!slot->app->parsed()) continue;
        std::unique_ptr<Installation> installation;
        Invocation invocation{{}, std::cout, std::cerr, registry, [&]() -> web::Services& {
                                  if (!installation) installation = std::make_unique<Installation>(config);
                                  return installation->services();
                              }};
        for (const auto& [name, value] : slot->values) {
            if (value.empty()) continue;
            const auto text = name == jobs::kFilePlace ? std::optional(value) : to_nfc(value);
            if (!text) {
                std::cerr << "loa: " << name << " is not UTF-8; nothing was done.\n";
                return jobs::exit_code(Reason::Invalid);
            }
            invocation.values[name] = *text;
        }
        for (const auto& [name, given] : slot->flags)
            if (given) invocation.values[name] = "1";
        return slot->command->run(invocation);
    }
    return jobs::exit_code(Reason::Invalid);
}

}  // namespace

int run_command_line(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "loa: " << error.what() << '\n';
        return kBroken;
    }
}

}  // namespace loa::app
