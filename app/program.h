// The one program: everything that was built in, joined together, and what its commands run on.
#pragma once

#include <memory>
#include <optional>

#include "config.h"
#include "loa/base/registry.h"
#include "loa/storage/database.h"
#include "loa/storage/node.h"
#include "loa/web/route.h"

namespace loa::app {

/// Every slice, in the order of the house. Opens the file store, so LOA_FILES must be writable.
void join_all(Registry& registry, const Config& config);

/// The open database with the clock and the ids of this process.
class Installation {
  public:
    /// Throws Fault when the schema is not current: the person is told to run `loa migrate`.
    explicit Installation(const Config& config);

    web::Services& services() { return services_; }

  private:
    std::unique_ptr<storage::Database> database_;
    SystemClock clock_;
    storage::NodeLease lease_;
    IdSource ids_;
    web::Services services_;
};

}  // namespace loa::app
