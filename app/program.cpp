#include "program.h"

#include "commands.h"
#include "health.h"
#include "loa/base/fault.h"
#include "loa/identity/join.h"
#include "loa/jobs/fetch.h"
#include "loa/jobs/queue.h"
#include "loa/media/file.h"
#include "loa/media/store.h"
#include "loa/plan/join.h"
#include "loa/search/search.h"
#include "loa/storage/migrator.h"
#include "loa/web/certificate.h"
#include "pages.h"

namespace loa::monitoring { void join(Registry& registry); }
namespace loa::tasks { void join(Registry& registry); }

namespace loa::app {

namespace {

std::unique_ptr<storage::Database> open_current(const Config& config) {
    auto database = storage::Database::open(config.database);
    if (const auto missing = storage::missing_migrations(*database); !missing.empty())
        throw Fault("the database is older than this program; run `loa migrate` (" + missing.front() + " is missing)");
    return database;
}

}  // namespace

void join_all(Registry& registry, const Config& config) {
    registry.add(keys_of(config));
    if (const web::CertificateFiles files{config.tls_certificate, config.tls_key}; files.are_named()) registry.add(files);
    registry.add(jobs::FetchLimits{.also = Networks::parse(config.fetch_allowed, "LOA_FETCH_ALLOWED")});
    jobs::join(registry);
    identity::join(registry);
    media::join(registry, std::make_shared<media::FileStore>(config.files));
    search::join(registry);
    plan::join(registry);
    monitoring::join(registry);
    tasks::join(registry);
    join_pages(registry);
    join_commands(registry);
    join_backups(registry, config);
    join_health_page(registry);
}

Installation::Installation(const Config& config)
    : database_(open_current(config)),
      lease_(*database_, clock_),
      ids_(lease_.number(), clock_),
      services_{*database_, clock_, ids_} {}

}  // namespace loa::app
