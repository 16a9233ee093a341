-- Who does what of an issued plan.

-- "+" keeps SQLite from walking all lines of the authority for the sake of the order.
-- name: assignments_by_plan
select s.* from plan_assignment s where s.authority_id = $1 and s.plan_id = $2 order by +s.id;

-- Those that are asked of it now.
-- name: assignments_of_unit
select s.* from plan_assignment s where s.authority_id = $1 and s.plan_id = $2 and s.unit_id = $3 and s.state <> 'ended' order by s.id;

-- name: insert_assignment
insert into plan_assignment (authority_id, id, plan_id, activity_id, duty_id, unit_id, accountable, lead,
    partner, requested, state, since_revision_id, ended_revision_id, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, null, 1);

-- name: set_assignment_roles
update plan_assignment set accountable = $3, lead = $4, partner = $5, requested = $6, state = $7,
    ended_revision_id = $8, version = version + 1
where authority_id = $1 and id = $2;

-- The lines of one unit in the plans in force, with the words of the revision in force.
-- name: assignments_by_unit
select s.id, s.plan_id, s.activity_id, s.duty_id, s.unit_id, s.accountable, s.lead, s.partner, s.requested,
    s.state, s.answer, s.answer_reason, s.answered_at, s.answered_by, s.person_id, s.passed_to_id, s.version, p.title as plan_title, p.state as plan_state, r.issued_number, r.document_symbol, r.issued_on,
    a.ordinal, a.title as activity_title, d.text as duty_text,
    l.text as deadline_text, l.kind as deadline_kind, l.added_by as deadline_added_by,
    (select min(o.due_on) from plan_occurrence o
        where o.authority_id = $1 and o.assignment_id = s.id and o.state = 'open') as due_on
from plan_assignment s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
left join plan_activity_revision a
    on a.authority_id = $1 and a.revision_id = p.issued_revision_id and a.activity_id = s.activity_id
left join plan_duty_revision d
    on d.authority_id = $1 and d.revision_id = p.issued_revision_id and d.duty_id = s.duty_id
left join plan_deadline l
    on l.authority_id = $1 and l.revision_id = p.issued_revision_id
    and (l.activity_id = s.activity_id or l.duty_id = s.duty_id)
where s.authority_id = $1 and s.unit_id = $2 and s.state <> 'ended' and p.state = 'issued'
order by p.id, case when s.activity_id is null then 1 else 0 end, a.position, d.position, s.id;

-- name: count_of_open_assignments
select count(*) as assignments, count(distinct s.plan_id) as plans
from plan_assignment s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
where s.authority_id = $1 and s.unit_id = $2 and s.state = 'open' and p.state = 'issued';

-- How far each activity and duty of a plan is: read from its index alone.
-- name: progress_by_subject
select s.activity_id, s.duty_id, count(*) as total,
    sum(case when s.state = 'closed' then 1 else 0 end) as closed
from plan_assignment s
where s.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended'
group by s.activity_id, s.duty_id
order by s.activity_id, s.duty_id;

-- name: line_words
select l.ordinal, l.title,
    (select min(o.due_on) from plan_occurrence o
        where o.authority_id = $1 and o.assignment_id = $2 and o.state = 'open') as due_on
from plan_public_line l where l.authority_id = $1 and l.id = $2;

-- Every line of the plans in force, in the words in force.
-- name: lines_in_force
select s.id, s.plan_id, s.activity_id, s.duty_id, s.unit_id, s.state, p.title as plan_title, p.year_from, p.year_to,
    p.aggregating_unit_id, r.issued_number, r.document_symbol, a.ordinal, coalesce(a.title, d.text) as text, u.name as unit_name
from plan_assignment s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
left join plan_activity_revision a
    on a.authority_id = $1 and a.revision_id = p.issued_revision_id and a.activity_id = s.activity_id
left join plan_duty_revision d
    on d.authority_id = $1 and d.revision_id = p.issued_revision_id and d.duty_id = s.duty_id
left join identity_public_unit u on u.authority_id = $1 and u.id = s.unit_id
where s.authority_id = $1 and s.state <> 'ended' and p.state = 'issued'
order by p.id, case when s.activity_id is null then 1 else 0 end, a.position, d.position, s.id;
