#include "dialect.h"

namespace loa::search {

storage::Engine engine_of(storage::Transaction& db) {
    return db.one("search.dialect")->text("dialect") == "fts5" ? storage::Engine::Sqlite : storage::Engine::Postgres;
}

}  // namespace loa::search
