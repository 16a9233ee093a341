-- Backups of the installation; authority_id is 0, the installation itself.

-- When they are made by themselves. sealed_key: the key of the encrypted ones, sealed by the installation's secret.
-- distributed by authority_id
create table app_backup_setting (
    authority_id bigint not null,
    enabled bigint not null,
    daily_at text not null,
    keep bigint not null,
    folder text not null,
    sealed_key text,
    key_fingerprint text,
    changed_at bigint not null,
    version bigint not null,
    constraint app_backup_setting_pkey primary key (authority_id)
);

-- What became of each. heard_at: when the one that runs last told how far it is. problem: why it failed, as JSON.
-- distributed by authority_id
create table app_backup (
    authority_id bigint not null,
    id bigint not null,
    path text not null,
    state text not null,
    origin text not null,
    person_id bigint not null,
    started_at bigint not null,
    ended_at bigint,
    heard_at bigint not null,
    done_bytes bigint not null,
    total_bytes bigint not null,
    size bigint,
    lost_files bigint,
    key_fingerprint text,
    problem text,
    constraint app_backup_pkey primary key (authority_id, id),
    constraint app_backup_state_check check (state in ('running', 'whole', 'incomplete', 'failed')),
    constraint app_backup_origin_check check (origin in ('schedule', 'page', 'command'))
);
create index app_backup_started on app_backup (authority_id, started_at);
