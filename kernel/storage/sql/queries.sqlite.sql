-- What the migrator asks about the database itself.

-- name: ledger
select m.name from sqlite_master m where m.name = 'storage_migration';

-- name: views
select m.name from sqlite_master m where m.type = 'view' order by m.name;

-- What mentions another table was made after it.
-- name: tables_newest_first
select m.name from sqlite_master m where m.type = 'table' order by m.rowid desc;

-- name: unfit_order
select m.name from sqlite_master m where 1 = 0;

-- name: citus
select m.name from sqlite_master m where 1 = 0;

-- What a backup asks: tables with their columns, where each stands in the primary key (1 …, else 0), and foreign keys.
-- name: columns
select t.name as table_name, c.name, c.type, c.pk as place
from pragma_table_list t
join pragma_table_info(t.name) c
where t.schema = 'main' and t.type = 'table' and substr(t.name, 1, 7) <> 'sqlite_'
order by t.name, c.cid;

-- SQLite holds them back until the commit instead.
-- name: foreign_keys
select m.name as table_name, m.name, m.sql as definition from sqlite_master m where 1 = 0;

-- name: virtual_tables
select t.name from pragma_table_list t where t.schema = 'main' and t.type = 'virtual' order by t.name;
