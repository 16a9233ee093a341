-- The figures of the coverage matrix. $1 is always the acting authority.

-- name: topics_of_evidence
select t.topic_id from plan_evidence_topic t where t.authority_id = $1 and t.evidence_id = $2 order by t.topic_id;

-- name: count_coverage
insert into plan_coverage (authority_id, plan_id, month, topic_id, channel_id, pieces) values ($1, $2, $3, $4, $5, $6)
on conflict (authority_id, month, plan_id, topic_id, channel_id) do update set pieces = plan_coverage.pieces + excluded.pieces;

-- name: count_unit_coverage
insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (authority_id, unit_id, month, plan_id, topic_id, channel_id)
do update set pieces = plan_unit_coverage.pieces + excluded.pieces;
