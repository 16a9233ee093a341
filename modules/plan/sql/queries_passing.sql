-- Work of units that end, and who takes it over. $1 is always the acting authority.

-- name: passing
select p.* from plan_passing p where p.authority_id = $1 and p.plan_id = $2 and p.unit_id = $3;

-- name: passings_by_plan
select p.* from plan_passing p where p.authority_id = $1 and p.plan_id = $2 order by p.unit_id;

-- name: passing_lines_by_plan
select l.* from plan_passing_line l where l.authority_id = $1 and l.plan_id = $2 order by l.unit_id, l.subject_id, l.position;

-- name: insert_passing
insert into plan_passing (authority_id, plan_id, unit_id, successor_unit_id, basis, confirmed_at, confirmed_by, carried_out_on, version)
values ($1, $2, $3, $4, $5, $6, $7, null, 1)
on conflict do nothing;

-- name: set_passing
update plan_passing set successor_unit_id = $4, basis = $5, confirmed_at = $6, confirmed_by = $7, version = version + 1
where authority_id = $1 and plan_id = $2 and unit_id = $3 and version = $8 and carried_out_on is null;

-- name: set_passing_carried_out
update plan_passing set carried_out_on = $4, version = version + 1
where authority_id = $1 and plan_id = $2 and unit_id = $3 and carried_out_on is null;

-- name: delete_passing
delete from plan_passing where authority_id = $1 and plan_id = $2 and unit_id = $3 and version = $4 and carried_out_on is null;

-- name: delete_passing_lines
delete from plan_passing_line where authority_id = $1 and plan_id = $2 and unit_id = $3;

-- name: insert_passing_line
insert into plan_passing_line (authority_id, plan_id, unit_id, subject_id, position, successor_unit_id) values ($1, $2, $3, $4, $5, $6);

-- The plans in force that ask something of a unit, or that it looks after.
-- name: plans_that_need
select p.id from plan_plan p
where p.authority_id = $1 and p.state = 'issued' and (p.drafting_unit_id = $2 or p.aggregating_unit_id = $2
    or p.id in (select s.plan_id from plan_assignment s where s.authority_id = $1 and s.unit_id = $2 and s.state <> 'ended'))
order by p.id;

-- Units that are over by day $3 while the plan asks something of them still, or is looked after by them.
-- name: units_over
select u.id from identity_public_unit u
where u.authority_id = $1 and u.valid_to <= $3
    and (u.id in (select s.unit_id from plan_assignment s where s.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended')
        or u.id in (select p.drafting_unit_id from plan_plan p where p.authority_id = $1 and p.id = $2)
        or u.id in (select p.aggregating_unit_id from plan_plan p where p.authority_id = $1 and p.id = $2))
order by u.valid_to desc, u.position, u.name, u.id;

-- One of them, in any plan in force.
-- name: unit_over_with_work
select u.id from identity_public_unit u
where u.authority_id = $1 and u.valid_to <= $2
    and (u.id in (select s.unit_id from plan_assignment s join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
            where s.authority_id = $1 and s.unit_id = u.id and s.state <> 'ended' and p.state = 'issued')
        or u.id in (select p.drafting_unit_id from plan_plan p where p.authority_id = $1 and p.state = 'issued')
        or u.id in (select p.aggregating_unit_id from plan_plan p where p.authority_id = $1 and p.state = 'issued'))
order by u.id limit 1;

-- How much is open, and how much asked for at all.
-- name: lines_to_pass
select count(*) as lines, coalesce(sum(case when s.state = 'closed' then 0 else 1 end), 0) as open
from plan_assignment s where s.authority_id = $1 and s.plan_id = $2 and s.unit_id = $3 and s.state <> 'ended';

-- Times that a unit's lines still fall due.
-- name: open_times_of_unit
select o.assignment_id, o.due_on from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.unit_id = $3 and o.state = 'open' and o.due_on is not null
order by o.assignment_id, o.due_on;

-- name: pieces_of_unit
select e.assignment_id, count(*) as pieces from plan_evidence e
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
where e.authority_id = $1 and s.plan_id = $2 and s.unit_id = $3 and e.state in ('submitted', 'confirmed')
group by e.assignment_id order by e.assignment_id;

-- Lines about the same, of whatever unit and state.
-- name: assignment_of_subject
select s.* from plan_assignment s
where s.authority_id = $1 and s.plan_id = $2 and (s.activity_id = $3 or s.duty_id = $3) and s.unit_id = $4;

-- ---- Carrying it out ------------------------------------------------------------------------------------------------

-- What had gone into the old line before goes with it.
-- name: end_passed_line
update plan_assignment set state = 'ended', version = version + 1, passed_to_id = $3 where authority_id = $1 and id = $2;

-- name: lead_on_passed_lines
update plan_assignment set passed_to_id = $3 where authority_id = $1 and passed_to_id = $2;

-- name: set_line_person
update plan_assignment set person_id = $3 where authority_id = $1 and id = $2 and person_id is null;

-- name: pass_evidence
update plan_evidence set assignment_id = $3, unit_id = coalesce(unit_id, $4) where authority_id = $1 and assignment_id = $2;

-- name: pass_targets
update plan_assignment_target set assignment_id = $3, position = position + $4 where authority_id = $1 and assignment_id = $2;

-- name: pass_occurrence
update plan_occurrence set assignment_id = $3, unit_id = $4, due_unit_id = $5, version = version + 1 where authority_id = $1 and id = $2;

-- name: set_occurrence_state
update plan_occurrence set state = $3, version = version + 1 where authority_id = $1 and id = $2;

-- name: pass_drafting
update plan_plan set drafting_unit_id = $4, version = version + 1 where authority_id = $1 and id = $2 and drafting_unit_id = $3;

-- name: pass_aggregating
update plan_plan set aggregating_unit_id = $4, version = version + 1 where authority_id = $1 and id = $2 and aggregating_unit_id = $3;

-- ---- Afterwards -----------------------------------------------------------------------------------------------------

-- The lines that went into this one, and whose they were.
-- name: lines_passed_into
select s.id, s.unit_id, u.name as unit_name from plan_assignment s
join identity_public_unit u on u.authority_id = $1 and u.id = s.unit_id
where s.authority_id = $1 and s.passed_to_id = $2 order by u.position, u.name, s.id;

-- Where this line went.
-- name: line_passed_to
select n.id, n.unit_id, u.name as unit_name from plan_assignment s
join plan_assignment n on n.authority_id = $1 and n.id = s.passed_to_id
join identity_public_unit u on u.authority_id = $1 and u.id = n.unit_id
where s.authority_id = $1 and s.id = $2;

-- What a unit had and passed on, with who has it now.
-- name: lines_passed_by
select s.id, n.id as now_id, u.name as now_unit_name, l.ordinal, l.title from plan_assignment s
join plan_assignment n on n.authority_id = $1 and n.id = s.passed_to_id
join identity_public_unit u on u.authority_id = $1 and u.id = n.unit_id
join plan_public_line l on l.authority_id = $1 and l.id = s.id
where s.authority_id = $1 and s.plan_id = $2 and s.unit_id = $3 order by case when s.activity_id is null then 1 else 0 end, s.id;
