-- There is one writer, so nobody claims at the same time.
-- Who writes is alone.
-- name: hold_waiting_job
select j.id from jobs_job j where j.authority_id = $1 and j.kind = $2 and j.unique_key = $3 and j.state = 'waiting';

-- name: claim_jobs
update jobs_job
set state = 'running', lease = $3, due_at = $4, attempts = attempts + 1, started_at = $2, worker = $6
where authority_id = $1 and state <> 'dead' and due_at <= $2
  and id in (
    select ready.id
    from jobs_job ready
    where ready.authority_id = $1 and ready.state <> 'dead' and ready.due_at <= $2
    order by ready.due_at, ready.id
    limit $5)
returning id, kind, payload, unique_key, attempts, done, total, progress_key, cancelled_at;
