#include "sqlite_planner.h"

#include "direct_sql.h"

namespace loa::storage {

namespace {

// sql: a table of the engine's own, filled from what the engine tells of its indexes

// Rows of the table, then rows that are left when one, two, three … columns are known. A thousand of an authority: few
// beside the table, so that no walk over it pays and the planner builds no index or filter of its own over it; many
// beside what a second column leaves.
constexpr const char* kFigures = R"(
insert into sqlite_stat1 (tbl, idx, stat)
select m.tbl_name, m.name, '10000000 ' || (
    select group_concat(case
        when l."unique" = 1 and c.seqno = (select max(k.seqno) from pragma_index_info(m.name) k) then '1'
        when c.seqno = 0 and c.name = 'authority_id' then '1000'
        when c.seqno <= 1 then '10'
        when c.seqno = 2 then '5'
        else '2' end, ' ')
    from pragma_index_info(m.name) c)
from sqlite_schema m
join pragma_index_list(m.tbl_name) l on l.name = m.name
where m.type = 'index')";

}  // namespace

void tell_planner(Transaction& transaction) {
    DirectSql sql(transaction);
    sql.run("analyze sqlite_schema");  // makes the table
    sql.run("delete from sqlite_stat1");
    sql.run(kFigures);
    sql.run("analyze sqlite_schema");  // this connection reads them; the others see that the schema has changed
}

bool is_planner_told(Transaction& transaction) {
    return !DirectSql(transaction).run("select m.name from sqlite_schema m where m.name = 'sqlite_stat1'").empty();
}

}  // namespace loa::storage
