-- name: add_job
insert into jobs_job (authority_id, id, kind, payload, unique_key, state, due_at, attempts, created_at, owner_id)
values ($1, $2, $3, $4, $5, 'waiting', $6, 0, $7, $8)
on conflict do nothing;

-- name: authorities_with_due_jobs
-- wide
select authority_id
from jobs_job
where state <> 'dead' and due_at <= $1
group by authority_id
order by min(due_at)
limit $2;

-- claim_jobs stands in queries.sqlite.sql and queries.postgres.sql.

-- name: extend_lease
update jobs_job set due_at = $4 where authority_id = $1 and id = $2 and lease = $3;

-- The answer to a report: whether somebody wants the job to stop. No row: the lease is another's.
-- name: report_progress
update jobs_job
set due_at = $4, done = $5, total = $6, progress_key = $7
where authority_id = $1 and id = $2 and lease = $3
returning cancelled_at;

-- name: finish_job
delete from jobs_job where authority_id = $1 and id = $2 and lease = $3;

-- name: postpone_job
update jobs_job
set state = 'retrying', lease = null, due_at = $4, reason = $5, problem = $6
where authority_id = $1 and id = $2 and lease = $3;

-- An attempt that was none: this program does not know the kind.
-- name: return_job
update jobs_job
set state = 'retrying', lease = null, due_at = $4, attempts = attempts - 1
where authority_id = $1 and id = $2 and lease = $3;

-- name: bury_job
update jobs_job
set state = 'dead', lease = null, reason = $4, problem = $5, died_at = $6
where authority_id = $1 and id = $2 and lease = $3;

-- name: forget_dead_namesakes
delete from jobs_job
where authority_id = $1 and kind = $2 and unique_key = $3 and state = 'dead' and id <> $4;

-- name: dead_jobs
select id, kind, payload, attempts, reason, problem, died_at
from jobs_job
where authority_id = $1 and state = 'dead'
order by died_at desc, id desc
limit $2;

-- name: revive_job
update jobs_job
set state = 'retrying', attempts = 0, due_at = $3, reason = null, problem = null, died_at = null, cancelled_at = null
where authority_id = $1 and id = $2 and state = 'dead'
returning kind;

-- name: discard_job
delete from jobs_job where authority_id = $1 and id = $2 and state = 'dead' returning kind;

-- name: job_by_id
select kind, owner_id from jobs_job where authority_id = $1 and id = $2;

-- name: cancel_waiting_job
delete from jobs_job
where authority_id = $1 and id = $2 and state in ('waiting', 'retrying')
returning payload, attempts;

-- name: cancel_running_job
update jobs_job set cancelled_at = $3 where authority_id = $1 and id = $2 and state = 'running';

-- list: jobs
select id, kind, state, due_at, attempts, reason, problem, created_at, died_at, owner_id, worker, started_at, done,
    total, progress_key, cancelled_at
from jobs_job
where authority_id = $1
-- filter: kind
and kind = $value
-- filter: state
and state = $value
-- filter: owner
and owner_id = $value
-- order: newest
order by id desc;

-- name: jobs_by_state
select state, count(*) as jobs from jobs_job where authority_id = $1 group by state;

-- For who keeps the installation: by id alone, or all dead ones, whoever they belong to.
-- name: authority_of_job
-- wide
select authority_id from jobs_job where id = $1;

-- list: all_jobs
-- wide
select authority_id, id, kind, state, due_at, attempts, reason, problem
from jobs_job
where id > $1
-- filter: kind
and kind = $value
-- filter: state
and state = $value
-- order: oldest
order by id;

-- name: queue_state
-- wide
select
    count(*) filter (where state in ('waiting', 'retrying')) as waiting,
    count(*) filter (where state = 'running') as running,
    count(*) filter (where state = 'dead') as dead,
    min(due_at) filter (where state in ('waiting', 'retrying') and due_at <= $1) as oldest_due
from jobs_job;

-- name: add_schedule
insert into jobs_schedule (authority_id, name, next_at) values ($1, $2, $3) on conflict do nothing;

-- name: hasten_schedule
update jobs_schedule set next_at = $3 where authority_id = $1 and name = $2 and next_at > $3;

-- name: schedules
select name, last_at, next_at from jobs_schedule where authority_id = $1 order by name;

-- name: schedule_time
select next_at from jobs_schedule where authority_id = $1 and name = $2;

-- Only one process sees the row with the time it read: that one runs the schedule.
-- name: move_schedule
update jobs_schedule set next_at = $4, last_at = $5 where authority_id = $1 and name = $2 and next_at = $3;

-- name: add_notice
insert into jobs_notice (authority_id, id, person_id, kind, key, args, path, about, deadline, in_bell, mail, mail_id, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: unread_notices
select count(*) as unread
from jobs_notice
where authority_id = $1 and person_id = $2 and in_bell = 1 and read_at is null;

-- name: notices
select id, kind, key, args, path, about, deadline, created_at, read_at
from jobs_notice
where authority_id = $1 and person_id = $2 and in_bell = 1
order by id desc
limit $3 offset $4;

-- name: read_notice
update jobs_notice
set read_at = coalesce(read_at, $4)
where authority_id = $1 and id = $2 and person_id = $3
returning id, kind, key, args, path, about, deadline, created_at, read_at;

-- name: read_all_notices
update jobs_notice set read_at = $3
where authority_id = $1 and person_id = $2 and in_bell = 1 and read_at is null;

-- Those read before $1, and of whatever was made before $2 all: a portion.
-- name: forget_notices
-- wide
delete from jobs_notice
where (authority_id, id) in (
    select n.authority_id, n.id
    from jobs_notice n
    where n.created_at < $1 and (n.read_at < $1 or n.created_at < $2)
    order by n.created_at
    limit $3);

-- Of a database that came back from a backup: whoever held a lease holds it no more.
-- name: release_leases
-- wide
update jobs_job set state = 'retrying', lease = null where state = 'running';

-- ---- For who measures ----------------------------------------------------------------------------------------------

-- name: count_of_notices
select count(*) as notices from jobs_notice where authority_id = $1;

-- name: count_of_notices_twice
select count(*) as notices from (
    select person_id from jobs_notice where authority_id = $1 group by person_id, key, args having count(*) > 1
) twice;
