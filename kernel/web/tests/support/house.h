// A small house around a dispatcher: fake people in a cookie, a few templates, a database that counts.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "dispatcher.h"
#include "loa/base/fault.h"
#include "loa/web/testing.h"

namespace loa::web {

/// Passes everything on, counts how transactions end, and repeats a step when told to, as storage does after
/// a serialization failure.
class CountingDatabase final : public storage::Database {
  public:
    explicit CountingDatabase(std::unique_ptr<storage::Database> real) : real_(std::move(real)) {}

    void transact(storage::Mode mode, const std::function<void(storage::Transaction&)>& step) override;
    void script(const std::string& sql) override { real_->script(sql); }
    storage::Engine engine() const override { return real_->engine(); }
    void ping() override {
        if (broken) throw Fault("the disk is gone");
        real_->ping();
    }

    int repeats = 0;  // attempts of each write that end in nothing before the one that counts
    std::atomic<int> commits{0};
    std::atomic<int> rollbacks{0};
    bool broken = false;

  private:
    std::unique_ptr<storage::Database> real_;
};

/// "person=7" in the session cookie signs in person 7; "verbs" is what everybody may.
class House {
  public:
    House();

    Dispatcher& open(ServerSettings settings = {});
    /// A page under a name; call before open().
    void page(std::string name, std::string text) { templates.push_back({std::move(name), std::move(text)}); }
    void route(Method method, std::string pattern, Access access,
               std::function<Response(const Request&, Work&)> handler, std::string verb = {});

    Registry registry;
    FixedClock clock{Instant{1'720'000'000'000}};
    IdSource ids{1, clock};
    CountingDatabase database;
    std::vector<Templates::Source> templates;
    std::vector<EmbeddedFile> assets;
    std::string verbs;
    std::map<std::string, std::string> answers;  // by person and request id
    std::vector<std::string> refusals;           // "7 GET /duyet"
    std::unique_ptr<LiveDispatcher> dispatcher;

  private:
    Hooks hooks();
};

/// A browser in which person 7 is signed in.
Browser signed_in(Dispatcher& dispatcher);

}  // namespace loa::web
