-- There is one writer, so nobody claims at the same time.
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
