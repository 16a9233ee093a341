-- The queue. A finished job is gone: its removal is part of the transaction of its effects.
-- state: waiting (never tried), running (claimed), retrying (failed, waits for another try), dead.
-- due_at is when the job may next be claimed: its own time, the time of the next try or, while it runs, the
-- end of the lease. lease names the claim: only its holder can finish, postpone or bury the job.
-- authority_id 0 is the installation itself.
-- distributed by authority_id
create table jobs_job (
    authority_id bigint not null,
    id bigint not null,
    kind text not null,
    payload text not null,
    unique_key text,
    state text not null,
    due_at bigint not null,
    lease bigint,
    attempts bigint not null,
    reason text,
    problem text,
    created_at bigint not null,
    died_at bigint,
    constraint jobs_job_pkey primary key (authority_id, id),
    constraint jobs_job_state_check check (state in ('waiting', 'running', 'retrying', 'dead')),
    constraint jobs_job_lease_check check ((state = 'running') = (lease is not null))
);
create unique index jobs_job_unique on jobs_job (authority_id, kind, unique_key)
    where unique_key is not null and state = 'waiting';
create index jobs_job_claim on jobs_job (authority_id, due_at, id) where state <> 'dead';
create index jobs_job_due on jobs_job (due_at, authority_id) where state <> 'dead';
create index jobs_job_dead on jobs_job (authority_id, id) where state = 'dead';

-- When each schedule runs next; all rows have authority_id 0, so they live beside the jobs they start.
-- distributed by authority_id
create table jobs_schedule (
    authority_id bigint not null,
    name text not null,
    next_at bigint not null,
    constraint jobs_schedule_pkey primary key (authority_id, name)
);

-- distributed by authority_id
create table jobs_notice (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    key text not null,
    args text not null,
    path text not null,
    created_at bigint not null,
    read_at bigint,
    constraint jobs_notice_pkey primary key (authority_id, id)
);
create index jobs_notice_person on jobs_notice (authority_id, person_id, id);
create index jobs_notice_unread on jobs_notice (authority_id, person_id) where read_at is null;
