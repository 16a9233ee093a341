// The two databases that Loa runs on.
#pragma once

namespace loa::storage {

enum class Engine { Sqlite, Postgres };  // 3.40 inside the program; 15

}  // namespace loa::storage
