// All that is stored of a revision, to the last column: for tests of what must not have changed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "loa/storage/work.h"

namespace loa::plan::testing {

/// Statement → the rows it gives for the revision.
inline std::map<std::string, std::vector<storage::Values>> rows_of(Work& work, Id revision) {
    std::map<std::string, std::vector<storage::Values>> all;
    for (const char* statement :
         {"revision_by_id", "clauses_by_revision", "clause_mappings_by_revision", "activities_by_revision", "duties_by_revision",
          "parties_by_revision", "deadlines_by_revision", "targets_by_revision", "products_by_revision", "warnings_by_revision"})
        for (const auto& row : work.db.query("plan." + std::string(statement), {work.authority, revision})) {
            storage::Values values;
            for (const auto& column : row.columns()) values.push_back(row.at(column));
            all[statement].push_back(std::move(values));
        }
    return all;
}

}  // namespace loa::plan::testing
