-- The figures of plan_unit_progress, plan_progress and plan_day_progress. $1 is always the acting authority, $2 the plan.

-- name: forget_unit_progress
delete from plan_unit_progress where authority_id = $1 and plan_id = $2;

-- name: count_unit_progress
insert into plan_unit_progress (authority_id, plan_id, unit_id, lines, reported, closed)
select s.authority_id, s.plan_id, s.unit_id, count(*), sum(case when s.state = 'reported' then 1 else 0 end),
    sum(case when s.state = 'closed' then 1 else 0 end)
from plan_assignment s
where s.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended'
group by s.authority_id, s.plan_id, s.unit_id;

-- name: forget_progress
delete from plan_progress where authority_id = $1 and plan_id = $2;

-- name: count_progress
insert into plan_progress (authority_id, plan_id, units, lines, reported, closed)
select u.authority_id, u.plan_id, count(*), sum(u.lines), sum(u.reported), sum(u.closed)
from plan_unit_progress u
where u.authority_id = $1 and u.plan_id = $2
group by u.authority_id, u.plan_id;

-- name: forget_day_progress
delete from plan_day_progress where authority_id = $1 and plan_id = $2;

-- name: count_day_progress
insert into plan_day_progress (authority_id, plan_id, day, open, reported, closed, confirmed)
select d.authority_id, d.plan_id, d.day, sum(d.open), sum(d.reported), sum(d.closed), sum(d.confirmed)
from (
    select o.authority_id, o.plan_id, o.due_on as day, case when o.state = 'open' then 1 else 0 end as open,
        case when o.state = 'reported' then 1 else 0 end as reported, case when o.state = 'closed' then 1 else 0 end as closed,
        0 as confirmed
    from plan_occurrence o
    where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.due_on is not null
    union all
    select o.authority_id, o.plan_id, o.closed_on as day, 0 as open, 0 as reported, 0 as closed, 1 as confirmed
    from plan_occurrence o
    where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.closed_on is not null
) d
group by d.authority_id, d.plan_id, d.day;

-- name: move_unit_progress
update plan_unit_progress set reported = reported + $4, closed = closed + $5
where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: move_progress
update plan_progress set reported = reported + $3, closed = closed + $4 where authority_id = $1 and plan_id = $2;

-- name: move_day_progress
insert into plan_day_progress (authority_id, plan_id, day, open, reported, closed, confirmed) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (authority_id, plan_id, day) do update set open = plan_day_progress.open + excluded.open,
    reported = plan_day_progress.reported + excluded.reported, closed = plan_day_progress.closed + excluded.closed,
    confirmed = plan_day_progress.confirmed + excluded.confirmed;

-- For who checks the figures against what they count.
-- name: unit_progress_by_plan
select u.unit_id, u.lines, u.reported, u.closed from plan_unit_progress u
where u.authority_id = $1 and u.plan_id = $2 order by u.unit_id;

-- Of one plan, or of all ($2 null).
-- name: progress_of_plans
select s.plan_id, s.units, s.lines, s.reported, s.closed from plan_progress s
where s.authority_id = $1 and s.plan_id = coalesce($2, s.plan_id) order by s.plan_id;

-- name: day_progress_by_plan
select d.day, d.open, d.reported, d.closed, d.confirmed from plan_day_progress d where d.authority_id = $1 and d.plan_id = $2
    and (d.open <> 0 or d.reported <> 0 or d.closed <> 0 or d.confirmed <> 0) order by d.day;
