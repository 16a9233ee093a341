#include "loa/storage/testing.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/storage/migrator.h"

namespace loa::storage::testing {

namespace {

/// Migrated once; copying it is far cheaper than migrating again.
Database& sqlite_template() {
    static const auto database = [] {
        auto fresh = Database::open("sqlite::memory:");
        migrate(*fresh);
        return fresh;
    }();
    return *database;
}

/// "postgresql://…/postgres?host=/tmp/x" with another database's name.
std::string with_name(const std::string& url, const std::string& name) {
    const auto query = url.find('?');
    const auto slash = url.rfind('/', query);
    LOA_CHECK(slash != std::string::npos);
    return url.substr(0, slash + 1) + name + (query == std::string::npos ? "" : url.substr(query));
}

class PostgresServer {
  public:
    explicit PostgresServer(std::string url) : url_(std::move(url)), admin_(Database::open(url_)) {
        template_ = fmt::format("loa_template_{}", ::getpid());
        admin_->script("create database " + template_ + " template template0 encoding 'UTF8' locale 'C'");
        const auto database = Database::open(with_name(url_, template_));
        migrate(*database);
    }
    ~PostgresServer() {
        try {
            admin_->script("drop database " + template_);
        } catch (const Fault&) {  // the whole server is thrown away after the run
        }
    }

    std::string create() {
        static std::atomic<int> number = 0;
        const auto name = fmt::format("loa_test_{}_{}", ::getpid(), ++number);
        admin_->script("create database " + name + " template " + template_);
        return name;
    }
    void drop(const std::string& name) { admin_->script("drop database " + name + " with (force)"); }
    std::string url_of(const std::string& name) const { return with_name(url_, name); }

  private:
    std::string url_;
    std::unique_ptr<Database> admin_;
    std::string template_;
};

PostgresServer* postgres_server() {
    static const auto server = []() -> std::unique_ptr<PostgresServer> {
        const char* url = std::getenv("LOA_TEST_POSTGRES");
        return url && *url ? std::make_unique<PostgresServer>(url) : nullptr;
    }();
    return server.get();
}

/// Drops its database when it goes.
class ThrowAway final : public Database {
  public:
    ThrowAway(PostgresServer& server, std::string name)
        : server_(server), name_(std::move(name)), inner_(Database::open(server.url_of(name_))) {}
    ~ThrowAway() override {
        inner_.reset();
        try {
            server_.drop(name_);
        } catch (const Fault&) {  // the whole server is thrown away after the run
        }
    }
    void transact(Mode mode, const std::function<void(Transaction&)>& step) override { inner_->transact(mode, step); }
    void script(const std::string& sql) override { inner_->script(sql); }
    Engine engine() const override { return Engine::Postgres; }
    void ping() override { inner_->ping(); }

  private:
    PostgresServer& server_;
    std::string name_;
    std::unique_ptr<Database> inner_;
};

}  // namespace

std::vector<Engine> engines() { return {Engine::Sqlite, Engine::Postgres}; }

std::unique_ptr<Database> fresh_database(Engine engine) {
    if (engine == Engine::Postgres) {
        auto* server = postgres_server();
        return server ? std::make_unique<ThrowAway>(*server, server->create()) : nullptr;
    }
    auto fresh = Database::open("sqlite::memory:");
    sqlite_template().copy_to(*fresh);
    return fresh;
}

}  // namespace loa::storage::testing
