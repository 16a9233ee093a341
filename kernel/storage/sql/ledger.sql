-- What was applied to this database. Older than any file that could be entered in it, so the migrator makes it.
-- local
create table storage_migration (
    owner text not null,
    file text not null,
    checksum text not null,
    constraint storage_migration_pkey primary key (owner, file)
);
