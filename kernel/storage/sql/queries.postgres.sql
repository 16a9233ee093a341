-- What the migrator asks about the database itself.

-- name: ledger
select t.tablename as name from pg_tables t
where t.tablename = 'storage_migration' and t.schemaname = current_schema();

-- name: views
select v.viewname as name from pg_views v where v.schemaname = current_schema() order by v.viewname;

-- name: tables_newest_first
select t.tablename as name from pg_tables t where t.schemaname = current_schema() order by t.tablename;

-- Texts must sort by their bytes, as on SQLite, or the same list has another order.
-- name: unfit_order
select d.datname as name from pg_database d
where d.datname = current_database()
    and not (d.datlocprovider = 'c' and pg_encoding_to_char(d.encoding) = 'UTF8'
        and lower(d.datcollate) in ('c', 'posix', 'c.utf8', 'c.utf-8'));

-- name: citus
select e.extname as name from pg_extension e where e.extname = 'citus';

-- What a backup asks: tables with their columns, where each stands in the primary key (1 …, else 0), and foreign keys.
-- An int2vector counts from 0.
-- name: columns
select t.relname as table_name, c.attname as name, format_type(c.atttypid, null) as type,
    coalesce(array_position(cast(k.indkey as int2[]), c.attnum) + 1, 0) as place
from pg_class t
join pg_namespace s on s.oid = t.relnamespace and s.nspname = current_schema()
join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
left join pg_index k on k.indrelid = t.oid and k.indisprimary
where t.relkind in ('r', 'p')
order by t.relname, c.attnum;

-- name: foreign_keys
select t.relname as table_name, f.conname as name, pg_get_constraintdef(f.oid) as definition
from pg_constraint f
join pg_class t on t.oid = f.conrelid
join pg_namespace s on s.oid = t.relnamespace and s.nspname = current_schema()
where f.contype = 'f'
order by t.relname, f.conname;

-- name: virtual_tables
select t.tablename as name from pg_tables t where 1 = 0;
