// An installation of its own for tests of backup and restore: a database, a store, a secret, in a folder that goes.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "restore.h"
#include "config.h"
#include "loa/base/registry.h"
#include "loa/formats/process.h"
#include "loa/media/store.h"
#include "loa/storage/database.h"
#include "loa/storage/testing.h"
#include "loa/storage/work.h"
#include "loa/web/route.h"

namespace loa::app {

class House {
  public:
    /// Nothing where there is no such server. The database is migrated and empty.
    static std::unique_ptr<House> on(storage::Engine engine);

    struct Told {
        int code = 0;
        std::string out, errors;
    };
    /// A command of the program, as somebody types it.
    Told run(const std::string& command, const std::map<std::string, std::string>& values = {});

    storage::Database& database() { return *database_; }
    media::FileStore& store();
    Registry& registry() { return registry_; }
    const Config& config() const { return config_; }
    FixedClock& clock() { return clock_; }
    web::Services services() { return {*database_, clock_, ids_}; }
    std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }

    Result<BackupReport> back_up(const std::filesystem::path& to, const std::optional<BackupKey>& key = std::nullopt);
    Result<RestoreReport> restore(const std::filesystem::path& from, const std::optional<BackupKey>& key = std::nullopt);

    void write(const std::function<void(Work&)>& step);
    /// Of every table that a backup carries, by name: the digest of its rows.
    std::map<std::string, std::string> contents();

  private:
    explicit House(std::unique_ptr<storage::Database> database);
    formats::TemporaryFolder folder_;
    std::unique_ptr<storage::Database> database_;
    FixedClock clock_;
    IdSource ids_;
    Config config_;
    Registry registry_;
};

}  // namespace loa::app
