-- A job as a person follows it: who asked for it, who does it since when, how far it is, and that it shall stop.
-- owner_id is the person who may watch and cancel it. done, total and progress_key are what the last attempt
-- reported (total 0: not known); they stay for the attempt after a crash.
alter table jobs_job add column owner_id bigint;
alter table jobs_job add column worker text;
alter table jobs_job add column started_at bigint;
alter table jobs_job add column done bigint;
alter table jobs_job add column total bigint;
alter table jobs_job add column progress_key text;
alter table jobs_job add column cancelled_at bigint;
create index jobs_job_owner on jobs_job (authority_id, owner_id, id) where owner_id is not null;

alter table jobs_schedule add column last_at bigint;
