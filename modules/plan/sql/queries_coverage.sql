-- The figures of the coverage matrix. $1 is always the acting authority.

-- name: topics_of_evidence
select t.topic_id from plan_evidence_topic t where t.authority_id = $1 and t.evidence_id = $2 order by t.topic_id;

-- What the activity tells, and by what, of the catalogue as it is on that day.
-- name: topics_told_by_activity
select m.topic_id from plan_activity_topic m
join plan_topic t on t.authority_id = $1 and t.id = m.topic_id
where m.authority_id = $1 and m.activity_id = $2 and t.valid_from <= $3 and (t.valid_to is null or t.valid_to > $3)
order by t.position, t.id;

-- name: channels_told_by_activity
select m.channel_id from plan_activity_channel m
join plan_channel c on c.authority_id = $1 and c.id = m.channel_id
where m.authority_id = $1 and m.activity_id = $2 and c.valid_from <= $3 and (c.valid_to is null or c.valid_to > $3)
order by c.position, c.id;

-- The same of all open lines of a unit.
-- name: topics_told_by_lines
select s.id as assignment_id, m.topic_id from plan_assignment s
join plan_activity_topic m on m.authority_id = $1 and m.activity_id = s.activity_id
join plan_topic t on t.authority_id = $1 and t.id = m.topic_id
where s.authority_id = $1 and s.unit_id = $2 and s.state = 'open' and t.valid_from <= $3 and (t.valid_to is null or t.valid_to > $3)
order by s.id, t.position, t.id;

-- name: channels_told_by_lines
select s.id as assignment_id, m.channel_id from plan_assignment s
join plan_activity_channel m on m.authority_id = $1 and m.activity_id = s.activity_id
join plan_channel c on c.authority_id = $1 and c.id = m.channel_id
where s.authority_id = $1 and s.unit_id = $2 and s.state = 'open' and c.valid_from <= $3 and (c.valid_to is null or c.valid_to > $3)
order by s.id, c.position, c.id;

-- name: set_evidence_channel
update plan_evidence set channel_id = $3, version = version + 1 where authority_id = $1 and id = $2 and version = $4;

-- name: count_coverage
insert into plan_coverage (authority_id, plan_id, month, topic_id, channel_id, pieces) values ($1, $2, $3, $4, $5, $6)
on conflict (authority_id, month, plan_id, topic_id, channel_id) do update set pieces = plan_coverage.pieces + excluded.pieces;

-- name: count_unit_coverage
insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (authority_id, unit_id, month, plan_id, topic_id, channel_id)
do update set pieces = plan_unit_coverage.pieces + excluded.pieces;

-- All of a plan by unit anew, after lines went to other units.
-- name: forget_unit_coverage
delete from plan_unit_coverage where authority_id = $1 and plan_id = $2;

-- name: count_unit_coverage_of_all
insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
select e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7) as month, 0 as topic_id, coalesce(e.channel_id, 0) as channel_id, count(*)
from plan_evidence e
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
where e.authority_id = $1 and e.state = 'confirmed' and s.plan_id = $2
group by e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), coalesce(e.channel_id, 0);

-- name: count_unit_coverage_of_topics
insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
select e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7) as month, t.topic_id, coalesce(e.channel_id, 0) as channel_id, count(*)
from plan_evidence e
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
join plan_evidence_topic t on t.authority_id = $1 and t.evidence_id = e.id
where e.authority_id = $1 and e.state = 'confirmed' and s.plan_id = $2
group by e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), t.topic_id, coalesce(e.channel_id, 0);
