// The catalogue of every statement in the program, read from the embedded <owner>/sql/queries*.sql files. The
// owner is the folder that sql/ stands in: a statement of modules/plan is "plan.<name>".
//
//   -- name: activity_by_id          starts a statement; it ends at its ';'
//   -- wide                          (optional, next line) runs over all authorities: see citus.md Q5
//   select … where a.authority_id = $1 and a.id = $2;
//
//   -- list: plans                   a base select without order; parameters $1 … $n as for a statement
//   select … where p.authority_id = $1
//   -- filter: state                 a condition that may be added; $value is its value, $1 … those of the base
//   and p.state = $value
//   -- order: newest                 an order that may be chosen
//   order by p.created_at desc, p.id desc;
//
// Parameters are $1, $2, … on both databases. Other comments are for people.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/storage/transaction.h"

namespace loa::storage {

struct Statement {
    std::string name;  // "plan.activity_by_id"
    std::string owner;
    std::string file;
    std::string text;  // without the closing ';'
    int parameters = 0;
    bool writes = false;
    bool wide = false;
};

struct List {
    Statement base;
    std::vector<std::pair<std::string, std::string>> filters;  // name, condition
    std::vector<std::pair<std::string, std::string>> orders;   // name, "order by …"
};

class Statements {
  public:
    /// Throws Fault for a file it can't read, a name given twice, a parameter left out ($1, $3).
    explicit Statements(const std::vector<EmbeddedFile>& files);
    /// Those embedded in the program; read at the first call.
    static const Statements& embedded();

    /// An unknown name is our own mistake (LOA_CHECK), also for lists, filters and orders.
    const Statement& find(std::string_view name) const;
    /// The base with the chosen filters, order and "limit … offset …"; composed once, then kept. The
    /// parameters are the base's, then one for each filter, then limit and offset.
    const Statement& compose(std::string_view list, const ListRequest& request) const;

    const std::map<std::string, Statement, std::less<>>& all() const { return statements_; }
    /// Every list without filters, with each filter alone, with all of them, each in every order.
    std::vector<const Statement*> compositions() const;

  private:
    void read(const EmbeddedFile& file);

    std::map<std::string, Statement, std::less<>> statements_;
    std::map<std::string, List, std::less<>> lists_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::unique_ptr<Statement>> composed_;
};

}  // namespace loa::storage
