-- When lines fall due. $1 is always the acting authority.

-- name: occurrences_by_assignment
select o.* from plan_occurrence o where o.authority_id = $1 and o.assignment_id = $2 and o.state <> 'ended'
order by coalesce(o.due_on, '9999'), o.period_from, o.id;

-- With those that the plan asks for no more.
-- name: all_occurrences_by_assignment
select o.* from plan_occurrence o where o.authority_id = $1 and o.assignment_id = $2 order by o.period_from, o.id;

-- name: occurrences_by_plan
select o.* from plan_occurrence o where o.authority_id = $1 and o.plan_id = $2 order by o.assignment_id, o.period_from, o.id;

-- name: times_of_activity
select o.*, s.lead, s.accountable
from plan_occurrence o join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
where o.authority_id = $1 and o.plan_id = $2 and o.subject_id = $3 and o.state <> 'ended'
order by o.id;

-- name: insert_occurrence
insert into plan_occurrence (authority_id, id, assignment_id, plan_id, subject_id, unit_id, due_unit_id, period_from, period_to, printed_on, due_on,
    state, reported_at, reported_by, closed_on, reason, version)
values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, 'open', null, null, null, null, 1)
on conflict do nothing;

-- name: set_occurrence_days
update plan_occurrence set printed_on = $3, due_on = $4, state = $5, version = version + 1
where authority_id = $1 and id = $2;

-- name: set_on_time
update plan_occurrence set on_time = $3 where authority_id = $1 and id = $2;

-- name: plans_in_force
select p.id from plan_plan p where p.authority_id = $1 and p.state = 'issued' order by p.id;

-- name: printed_days
select o.printed_on from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.printed_on is not null
group by o.printed_on order by o.printed_on;

-- Day $4 counts for what prints day $3; it ends at $5.
-- name: move_occurrences
update plan_occurrence set due_on = $4, version = version + 1,
    on_time = case when reported_at is null then null when reported_at < $5 then 1 else 0 end
where authority_id = $1 and plan_id = $2 and printed_on = $3 and state <> 'ended' and due_on <> $4;

-- name: set_occurrence_progress
update plan_occurrence set state = $3, reported_at = $4, reported_by = $5, closed_on = $6, reason = $7, on_time = $9,
    version = version + 1
where authority_id = $1 and id = $2 and version = $8;

-- name: set_assignment_state
update plan_assignment set state = $3, version = version + 1 where authority_id = $1 and id = $2;

-- Which lines of a plan are late today: those that have an occurrence open past its day.
-- name: late_by_subject
select o.subject_id, count(distinct o.assignment_id) as late
from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.state = 'open' and o.due_on < $3
group by o.subject_id order by o.subject_id;

-- name: late_by_plan
select o.plan_id, count(distinct o.assignment_id) as late
from plan_plan p cross join plan_occurrence o
where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open' and o.due_on < $2
group by o.plan_id order by o.plan_id;

-- name: late_by_unit
select o.unit_id, count(distinct o.assignment_id) as late
from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.state = 'open' and o.due_on < $3
group by o.unit_id order by o.unit_id;
