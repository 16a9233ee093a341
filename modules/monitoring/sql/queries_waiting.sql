-- Evidence that waits to be confirmed. $1 is always the acting authority.

-- Read in the order of its index, the oldest first.
-- list: waiting_evidence
select e.id, e.assignment_id, e.what, e.done_on, e.submitted_at, s.plan_id, coalesce(s.activity_id, s.duty_id) as subject_id,
    coalesce(e.unit_id, s.unit_id) as unit_id
from plan_evidence e cross join plan_assignment s
where e.authority_id = $1 and e.state = 'submitted' and s.authority_id = $1 and s.id = e.assignment_id and s.state <> 'ended'
-- Of the plans ",12,13,".
-- filter: plans
and cast($value as text) like '%,' || cast(s.plan_id as text) || ',%'
-- filter: unit
and s.unit_id = $value
-- filter: topic
and exists (select 1 from plan_evidence_topic t where t.authority_id = $1 and t.evidence_id = e.id and t.topic_id = $value)
-- filter: channel
and e.channel_id = $value
-- filter: done_from
and e.done_on >= $value
-- filter: done_to
and e.done_on <= $value
-- Of a line that has missed a day before that day.
-- filter: late_on
and exists (select 1 from plan_occurrence o
    where o.authority_id = $1 and o.assignment_id = e.assignment_id and o.state = 'open' and o.due_on < $value)
-- Behind a place in that order, or before it: "0001775000000000.1234", when it was submitted and its id.
-- filter: after
and e.submitted_at >= cast(substr($value, 1, 16) as bigint)
and (e.submitted_at > cast(substr($value, 1, 16) as bigint) or e.id > cast(substr($value, 18) as bigint))
-- filter: before
and e.submitted_at <= cast(substr($value, 1, 16) as bigint)
and (e.submitted_at < cast(substr($value, 1, 16) as bigint) or e.id < cast(substr($value, 18) as bigint))
-- order: oldest
order by e.submitted_at, e.id
-- order: newest
order by e.submitted_at desc, e.id desc;

-- How many of the plans ",12,13," there are, as far as $3, of how many units, and since when the oldest waits.
-- name: count_waiting_evidence
select count(*) as pieces, count(distinct w.unit_id) as units, min(w.submitted_at) as oldest
from (
    select e.submitted_at, coalesce(e.unit_id, s.unit_id) as unit_id
    from plan_evidence e cross join plan_assignment s
    where e.authority_id = $1 and e.state = 'submitted' and s.authority_id = $1 and s.id = e.assignment_id and s.state <> 'ended'
        and cast($2 as text) like '%,' || cast(s.plan_id as text) || ',%'
    order by e.submitted_at, e.id
    limit $3
) w;

-- Once a day: nothing is written where that was done.
-- name: note_evidence_notice
insert into monitoring_evidence_notice (authority_id, unit_id, told_on) values ($1, $2, $3)
on conflict (authority_id, unit_id) do update set told_on = excluded.told_on
where monitoring_evidence_notice.told_on < excluded.told_on;
