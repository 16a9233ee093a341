-- name: count
insert into soak_probe_effect (authority_id, job_id, times, attempt) values ($1, $2, 1, $3)
on conflict (authority_id, job_id) do update set times = soak_probe_effect.times + 1, attempt = excluded.attempt;

-- name: effects
-- wide
select count(*) as jobs, sum(attempt) as attempts, count(*) filter (where times > 1) as doubles from soak_probe_effect;
