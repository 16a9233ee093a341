-- The list of lines with its filters, and the ways of filtering that people keep.

-- Lines by each time they fall due, without names: those are few, and read once.
-- list: lines
select o.id, o.assignment_id, o.plan_id, o.subject_id, o.unit_id, o.due_unit_id, o.period_from, o.period_to, o.due_on, o.state, o.reported_at,
    o.closed_on, (select s.answer from plan_assignment s where s.authority_id = $1 and s.id = o.assignment_id) as answer
from plan_plan p cross join plan_occurrence o
where p.authority_id = $1 and p.state in ('issued', 'closed') and o.authority_id = $1 and o.plan_id = p.id and o.state <> 'ended'
-- filter: plan
and o.plan_id = $value
-- filter: unit
and o.unit_id = $value
-- Whose it was when it fell due.
-- filter: due_unit
and o.due_unit_id = $value
-- Several units: ",12,13,".
-- filter: units
and $value like '%,' || cast(o.unit_id as text) || ',%'
-- filter: topic
and exists (select 1 from plan_activity_topic t where t.authority_id = $1 and t.activity_id = o.subject_id and t.topic_id = $value)
-- filter: channel
and exists (select 1 from plan_activity_channel c where c.authority_id = $1 and c.activity_id = o.subject_id and c.channel_id = $value)
-- filter: state
and o.state = $value
-- Of the whole line.
-- filter: line_state
and exists (select 1 from plan_assignment s where s.authority_id = $1 and s.id = o.assignment_id and s.state = $value)
-- filter: on_time
and o.state <> 'open' and coalesce(o.on_time, 0) = $value
-- filter: late_on
and o.state = 'open' and o.due_on < $value
-- filter: due_from
and o.due_on >= $value
-- filter: due_to
and o.due_on <= $value
-- Behind a place in that order, or before it: "2026-03-31.1234", the day and the id of a line.
-- filter: after
and coalesce(o.due_on, '9999-12-31') >= substr($value, 1, 10)
and (coalesce(o.due_on, '9999-12-31') > substr($value, 1, 10) or o.id > cast(substr($value, 12) as bigint))
-- filter: before
and coalesce(o.due_on, '9999-12-31') <= substr($value, 1, 10)
and (coalesce(o.due_on, '9999-12-31') < substr($value, 1, 10) or o.id < cast(substr($value, 12) as bigint))
-- order: due
order by coalesce(o.due_on, '9999-12-31'), o.id
-- order: due_backwards
order by coalesce(o.due_on, '9999-12-31') desc, o.id desc;

-- What the lines of the plans in force, or of those in the state $2 too, are about, in the words of the revision issued last.
-- name: subjects
select a.activity_id as id, a.ordinal, a.title
from plan_plan p
join plan_activity_revision a on a.authority_id = $1 and a.revision_id = p.issued_revision_id
where p.authority_id = $1 and p.state in ('issued', $2)
union all
select d.duty_id as id, '' as ordinal, d.text as title
from plan_plan p
join plan_duty_revision d on d.authority_id = $1 and d.revision_id = p.issued_revision_id
where p.authority_id = $1 and p.state in ('issued', $2);

-- The times that each activity or duty of a plan falls due, its units counted together; of all units ($3 null), or of one.
-- name: times_of_subjects
select o.subject_id, o.period_from, o.period_to, o.due_on,
    sum(case when o.state = 'open' then 1 else 0 end) as open, sum(case when o.state = 'reported' then 1 else 0 end) as reported,
    sum(case when o.state = 'closed' then 1 else 0 end) as closed
from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.state <> 'ended' and o.unit_id = coalesce($3, o.unit_id)
group by o.subject_id, o.period_from, o.period_to, o.due_on
order by o.subject_id, coalesce(o.due_on, '9999-12-31'), coalesce(o.period_from, '');

-- In the order of the paper, activities before duties.
-- name: subjects_of_plan
select a.activity_id as id, 1 as part, a.position, a.ordinal, a.title, l.from_date as begins_on
from plan_plan p
join plan_activity_revision a on a.authority_id = $1 and a.revision_id = p.issued_revision_id
left join plan_deadline l on l.authority_id = $1 and l.revision_id = p.issued_revision_id and l.activity_id = a.activity_id
where p.authority_id = $1 and p.id = $2 and p.state = 'issued'
union all
select d.duty_id as id, 2 as part, d.position, '' as ordinal, d.text as title, l.from_date as begins_on
from plan_plan p
join plan_duty_revision d on d.authority_id = $1 and d.revision_id = p.issued_revision_id
left join plan_deadline l on l.authority_id = $1 and l.revision_id = p.issued_revision_id and l.duty_id = d.duty_id
where p.authority_id = $1 and p.id = $2 and p.state = 'issued'
order by part, position, id;

-- Whatever the day: lines of a unit that is no more stay in the list.
-- name: unit_names
select u.id, u.name from identity_public_unit u where u.authority_id = $1;

-- name: saved_views
select v.id, v.name, v.path from monitoring_saved_view v where v.authority_id = $1 and v.person_id = $2 order by v.name, v.id;

-- name: keep_view
insert into monitoring_saved_view (authority_id, id, person_id, name, path, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict (authority_id, person_id, name) do update set path = excluded.path;

-- name: delete_view
delete from monitoring_saved_view where authority_id = $1 and person_id = $2 and id = $3;
