// Every statement of the program, by name. They stand in the owners' sql/ folders and nowhere else:
//
//     modules/plan/sql/queries.sql, queries_*.sql     →  "plan.<name>"     (owner: the folder above sql/)
//
// A statement starts with its name and ends with ";":
//
//     -- name: activity_by_id
//     select a.* from plan_activity a where a.authority_id = $1 and a.id = $2;
//
// A second comment "-- wide" says that it reads or changes more than one authority's rows on purpose.
//
// A list is a select without "order by" and "limit" that ends in its where clause, and the fragments that
// Transaction::list adds to it. A fragment may use the base's parameters under their own numbers (a sub-query
// needs its authority_id = $1); in a filter, $value is what the person filters by. A filter without $value is
// a switch, given as null.
//
//     -- list: plans
//     select p.* from plan_plan p where p.authority_id = $1
//     -- filter: state
//     and p.state = $value
//     -- filter: unassigned
//     and not exists (select 1 from plan_assignment s where s.authority_id = $1 and s.plan_id = p.id)
//     -- order: newest
//     order by p.created_at desc, p.id desc
//
// An order must be total (end in the key), or pages overlap. Other comments are free. Where the engines can't
// share a text (full-text search), queries.sqlite.sql and queries.postgres.sql hold the same names.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/storage/engine.h"
#include "loa/storage/transaction.h"

namespace loa::storage {

struct Statement {
    std::string name;  // "plan.activity_by_id"; empty for a text of storage's own that runs once
    std::string text;  // without comments and ";"
    int parameters = 0;
    bool writes = false;
    bool inserts_row = false;  // "insert … values" of one row that holds all parameters: fit for run_batch
    bool wide = false;
    std::string file;  // "modules/plan/sql/queries.sql:12"

    std::string_view owner() const { return std::string_view(name).substr(0, name.find('.')); }
};

struct StatementList {
    struct Fragment {
        std::string name, text;
    };
    Statement base;
    std::vector<Fragment> filters, orders;
};

/// The list's base with its filters, order, limit and offset, and the values for all of them. A filter or
/// order that the list does not have, or has twice in the request, is our own mistake (LOA_CHECK), as is a
/// limit outside 1 … 1000.
std::pair<Statement, Values> composed(const StatementList& list, const Values& values, const ListRequest& request);
/// How many rows it has with these filters, in one row's `rows`.
std::pair<Statement, Values> counted(const StatementList& list, const Values& values, const ListFilters& filters);
/// What a list can become: bare, with each filter alone, with all of them, with each order; counted with all of them.
std::vector<Statement> combinations(const StatementList& list);

class Statements {
  public:
    /// Reads the queries of `files` (loa::embedded_files). Throws Fault with file and line for a text that
    /// does not follow the convention and for a name that is given twice.
    Statements(const std::vector<EmbeddedFile>& files, Engine engine);

    /// Those of the program; read at the first call.
    static const Statements& embedded(Engine engine);

    /// Throws Fault for a name that nobody declared.
    const Statement& find(std::string_view name) const;
    const StatementList& list(std::string_view name) const;

    const std::vector<Statement>& all() const { return statements_; }
    const std::vector<StatementList>& lists() const { return lists_; }

  private:
    void check(const StatementList& list, std::size_t index);

    std::vector<Statement> statements_;
    std::vector<StatementList> lists_;
    std::unordered_map<std::string_view, std::size_t> statement_names_, list_names_;
};

}  // namespace loa::storage
