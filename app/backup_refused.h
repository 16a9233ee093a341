// Why a backup can't be made or read, thrown through libarchive's loops and the transaction that it must undo; caught
// where backup and restore begin, which give it as a Result.
#pragma once

#include <string>
#include <utility>

#include "loa/base/result.h"

namespace loa::app {

struct BackupRefused {
    Failure failure;
};

[[noreturn]] inline void refuse(Failure failure) { throw BackupRefused{std::move(failure)}; }

/// The archive is not what was written: `where` names what does not fit ("tables/plan_plan/000001.jsonl").
[[noreturn]] inline void damaged(std::string where) { refuse(invalid("FILE", "app.backup_damaged", {{"where", std::move(where)}})); }

}  // namespace loa::app
