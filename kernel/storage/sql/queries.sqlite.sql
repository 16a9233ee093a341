-- What the migrator asks about the database itself.

-- name: ledger
select m.name from sqlite_master m where m.name = 'storage_migration';

-- name: views
select m.name from sqlite_master m where m.type = 'view' order by m.name;

-- name: unfit_order
select m.name from sqlite_master m where 1 = 0;

-- name: citus
select m.name from sqlite_master m where 1 = 0;
