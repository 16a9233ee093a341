-- What the migrator asks about the database itself.

-- name: ledger
select t.tablename as name from pg_tables t
where t.tablename = 'storage_migration' and t.schemaname = current_schema();

-- name: views
select v.viewname as name from pg_views v where v.schemaname = current_schema() order by v.viewname;

-- Texts must sort by their bytes, as on SQLite, or the same list has another order.
-- name: unfit_order
select d.datname as name from pg_database d
where d.datname = current_database()
    and not (d.datlocprovider = 'c' and pg_encoding_to_char(d.encoding) = 'UTF8'
        and lower(d.datcollate) in ('c', 'posix', 'c.utf8', 'c.utf-8'));

-- name: citus
select e.extname as name from pg_extension e where e.extname = 'citus';
