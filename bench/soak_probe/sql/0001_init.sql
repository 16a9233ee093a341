-- What the jobs of `make soak` did: a row for each job, and how often.
-- distributed by authority_id
create table soak_probe_effect (
    authority_id bigint not null,
    job_id bigint not null,
    times bigint not null,
    attempt bigint not null,
    constraint soak_probe_effect_pkey primary key (authority_id, job_id)
);
