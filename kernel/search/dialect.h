// Which full-text language the database behind a transaction speaks.
#pragma once

#include "loa/storage/database.h"

namespace loa::search {

storage::Engine engine_of(storage::Transaction& db);

}  // namespace loa::search
