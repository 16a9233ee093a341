-- A run is told of by the job that makes it: how far it is, and whether anything still works on it. Its id is the job's.
-- It can be stopped.
-- distributed by authority_id
create table app_backup_run (
    authority_id bigint not null,
    id bigint not null,
    path text not null,
    state text not null,
    origin text not null,
    person_id bigint not null,
    started_at bigint not null,
    ended_at bigint,
    size bigint,
    lost_files bigint,
    key_fingerprint text,
    problem text,
    constraint app_backup_run_pkey primary key (authority_id, id),
    constraint app_backup_run_state_check check (state in ('running', 'whole', 'incomplete', 'failed', 'stopped')),
    constraint app_backup_run_origin_check check (origin in ('schedule', 'page', 'command'))
);
create index app_backup_run_started on app_backup_run (authority_id, started_at);

-- One that runs has a job of the old kind, which finds it no more and ends; the schedule makes the next.
insert into app_backup_run (authority_id, id, path, state, origin, person_id, started_at, ended_at, size, lost_files, key_fingerprint, problem)
select b.authority_id, b.id, b.path, b.state, b.origin, b.person_id, b.started_at, b.ended_at, b.size, b.lost_files, b.key_fingerprint, b.problem
from app_backup b
where b.state <> 'running';
drop table app_backup;
