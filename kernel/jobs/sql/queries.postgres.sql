-- Whoever claims at the same time passes over the rows that the other has locked, instead of waiting for them only to
-- find them taken. Materialized, so that exactly $5 rows are locked, whatever the plan of the update.
-- Many may hold it at once; claiming passes over what is held.
-- name: hold_waiting_job
select j.id from jobs_job j where j.authority_id = $1 and j.kind = $2 and j.unique_key = $3 and j.state = 'waiting' for share;

-- name: claim_jobs
with ready as materialized (
    select r.id
    from jobs_job r
    where r.authority_id = $1 and r.state <> 'dead' and r.due_at <= $2
    order by r.due_at, r.id
    limit $5
    for update skip locked)
update jobs_job
set state = 'running', lease = $3, due_at = $4, attempts = attempts + 1, started_at = $2, worker = $6
from ready
where jobs_job.authority_id = $1 and jobs_job.id = ready.id
returning jobs_job.id, kind, payload, unique_key, attempts, done, total, progress_key, cancelled_at;
