-- The figures of plan_unit_progress and plan_month_progress. $1 is always the acting authority, $2 the plan.

-- name: forget_unit_progress
delete from plan_unit_progress where authority_id = $1 and plan_id = $2;

-- name: count_unit_progress
insert into plan_unit_progress (authority_id, plan_id, unit_id, lines, reported, closed)
select s.authority_id, s.plan_id, s.unit_id, count(*), sum(case when s.state = 'reported' then 1 else 0 end),
    sum(case when s.state = 'closed' then 1 else 0 end)
from plan_assignment s
where s.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended'
group by s.authority_id, s.plan_id, s.unit_id;

-- name: forget_month_progress
delete from plan_month_progress where authority_id = $1 and plan_id = $2;

-- name: count_month_progress
insert into plan_month_progress (authority_id, plan_id, month, due, closed)
select m.authority_id, m.plan_id, m.month, sum(m.due), sum(m.closed)
from (
    select o.authority_id, o.plan_id, substr(o.due_on, 1, 7) as month, 1 as due, 0 as closed
    from plan_occurrence o
    where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.due_on is not null
    union all
    select o.authority_id, o.plan_id, substr(o.closed_on, 1, 7) as month, 0 as due, 1 as closed
    from plan_occurrence o
    where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.closed_on is not null
) m
group by m.authority_id, m.plan_id, m.month;

-- name: move_unit_progress
update plan_unit_progress set reported = reported + $4, closed = closed + $5
where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: move_month_progress
insert into plan_month_progress (authority_id, plan_id, month, due, closed) values ($1, $2, $3, 0, $4)
on conflict (authority_id, plan_id, month) do update set closed = plan_month_progress.closed + excluded.closed;

-- For who checks the figures against what they count.
-- name: unit_progress_by_plan
select u.unit_id, u.lines, u.reported, u.closed from plan_unit_progress u
where u.authority_id = $1 and u.plan_id = $2 order by u.unit_id;

-- name: progress_of_plan
select count(*) as units, coalesce(sum(u.lines), 0) as lines, coalesce(sum(u.closed), 0) as closed from plan_unit_progress u
where u.authority_id = $1 and u.plan_id = $2;

-- name: month_progress_by_plan
select m.month, m.due, m.closed from plan_month_progress m where m.authority_id = $1 and m.plan_id = $2
    and (m.due <> 0 or m.closed <> 0) order by m.month;
