-- Plans of lower committees. $1 is always the acting authority.

-- ---- In the authority whose plan it is ----------------------------------------------------------------------

-- name: child_plan_of
select c.* from plan_child_plan c
where c.authority_id = $1 and c.parent_authority_id = $2 and c.parent_plan_id = $3 and c.parent_unit_id = $4;

-- name: child_plan_by_plan
select c.* from plan_child_plan c where c.authority_id = $1 and c.plan_id = $2;

-- name: insert_child_plan
insert into plan_child_plan (authority_id, parent_authority_id, parent_plan_id, parent_unit_id, plan_id, parent_revision_id)
values ($1, $2, $3, $4, $5, $6);

-- name: delete_child_plan
delete from plan_child_plan where authority_id = $1 and plan_id = $2;

-- name: set_parent_revision
update plan_child_plan set parent_revision_id = $3 where authority_id = $1 and plan_id = $2;

-- Those that a revision has, with the ones it drops.
-- name: child_activities_by_revision
select c.activity_id, c.parent_assignment_id, t.dropped from plan_child_activity c
join plan_activity_revision t on t.authority_id = $1 and t.revision_id = $3 and t.activity_id = c.activity_id
where c.authority_id = $1 and c.plan_id = $2 order by c.activity_id;

-- Every one that the plan ever had.
-- name: child_activities_by_plan
select c.activity_id, c.parent_assignment_id from plan_child_activity c
where c.authority_id = $1 and c.plan_id = $2 order by c.activity_id;

-- name: child_activity_by_id
select c.* from plan_child_activity c where c.authority_id = $1 and c.activity_id = $2;

-- name: insert_child_activity
insert into plan_child_activity (authority_id, activity_id, plan_id, parent_assignment_id) values ($1, $2, $3, $4);

-- name: delete_child_activities
delete from plan_child_activity where authority_id = $1 and plan_id = $2;

-- Confirmed evidence by activity and month, also of what the plan asks for no more: what was done stays done.
-- name: pieces_by_activity
select s.activity_id, substr(e.done_on, 1, 7) as month, count(*) as pieces
from plan_evidence e
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
where e.authority_id = $1 and s.plan_id = $2 and s.activity_id is not null and e.state = 'confirmed'
group by s.activity_id, substr(e.done_on, 1, 7)
order by s.activity_id, month;

-- name: quantities_by_activity
select s.activity_id, substr(e.done_on, 1, 7) as month, t.unit_word, t.period, sum(l.quantity_thousandths) as quantity_thousandths
from plan_evidence_line l
join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
join plan_assignment_target t on t.authority_id = $1 and t.id = l.target_id
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
where l.authority_id = $1 and s.plan_id = $2 and s.activity_id is not null and e.state = 'confirmed'
group by s.activity_id, substr(e.done_on, 1, 7), t.unit_word, t.period
order by s.activity_id, month, t.unit_word, t.period;

-- ---- In the authority whose lines it does -------------------------------------------------------------------

-- Every lower committee that the plan gives work, with what it has reported.
-- name: lower_units_by_plan
select u.id as unit_id, u.name as unit_name, r.state, r.number, r.issued_on
from plan_unit_progress g cross join identity_public_unit u
left join plan_child_report r on r.authority_id = $1 and r.plan_id = $2 and r.unit_id = u.id
where g.authority_id = $1 and g.plan_id = $2 and g.lines > 0
    and u.authority_id = $1 and u.id = g.unit_id and u.represents_authority_id is not null
order by u.position, u.name, u.id;

-- name: child_report
select r.* from plan_child_report r where r.authority_id = $1 and r.plan_id = $2 and r.unit_id = $3;

-- name: child_reports_by_plan
select r.* from plan_child_report r where r.authority_id = $1 and r.plan_id = $2 order by r.unit_id;

-- name: child_reports_by_unit
select r.* from plan_child_report r where r.authority_id = $1 and r.unit_id = $2 order by r.plan_id;

-- name: child_report_of_line
select r.*, l.lines, l.closed from plan_child_line l
join plan_child_report r on r.authority_id = $1 and r.plan_id = l.plan_id and r.unit_id = l.unit_id
where l.authority_id = $1 and l.assignment_id = $2;

-- name: put_child_report
insert into plan_child_report (authority_id, plan_id, unit_id, child_authority_id, child_plan_id, state, number, issued_on)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (authority_id, plan_id, unit_id) do update set child_authority_id = excluded.child_authority_id,
    child_plan_id = excluded.child_plan_id, state = excluded.state, number = excluded.number, issued_on = excluded.issued_on;

-- name: delete_child_report
delete from plan_child_report where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: delete_child_lines
delete from plan_child_line where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: insert_child_line
insert into plan_child_line (authority_id, assignment_id, plan_id, unit_id, lines, closed) values ($1, $2, $3, $4, $5, $6);

-- name: delete_child_results
delete from plan_child_result where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: insert_child_result
insert into plan_child_result (authority_id, assignment_id, month, target_id, plan_id, unit_id, amount)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: child_lines_by_plan
select l.assignment_id, l.lines, l.closed,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.assignment_id = l.assignment_id and r.target_id = 0) as pieces
from plan_child_line l where l.authority_id = $1 and l.plan_id = $2 order by l.assignment_id;

-- name: child_results_by_line
select r.month, r.target_id, r.amount from plan_child_result r
where r.authority_id = $1 and r.assignment_id = $2 order by r.month, r.target_id;

-- Each target that is asked for, of a plan's lines that are done by the units' own plans.
-- name: child_targets_by_plan
select t.assignment_id, t.unit_word, t.value_thousandths, t.times,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.target_id = t.id) as child_thousandths
from plan_child_line l
join plan_assignment_target t on t.authority_id = $1 and t.assignment_id = l.assignment_id
where l.authority_id = $1 and l.plan_id = $2 and t.dropped = 0
order by t.assignment_id, t.position, t.id;
