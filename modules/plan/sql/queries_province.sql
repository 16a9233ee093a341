-- Years of made-up work, for measuring (province.cpp): written by the hundred thousand, where people write one by one.
-- $1 is always the acting authority.

-- name: insert_told_evidence
insert into plan_evidence (authority_id, id, assignment_id, what, done_on, place, channel_id, state, reason,
    submitted_at, submitted_by, on_behalf_by_unit_id, link, number_source, decided_at, decided_by, version)
values ($1, $2, $3, $4, $5, null, $6, $7, null, $8, $9, null, null, null, null, null, 1);

-- name: forget_coverage
delete from plan_coverage where authority_id = $1 and plan_id = $2;

-- name: count_coverage_of_all
insert into plan_coverage (authority_id, plan_id, month, topic_id, channel_id, pieces)
select c.authority_id, c.plan_id, c.month, c.topic_id, c.channel_id, sum(c.pieces)
from plan_unit_coverage c
where c.authority_id = $1 and c.plan_id = $2
group by c.authority_id, c.plan_id, c.month, c.topic_id, c.channel_id;

-- What fell due on day $3, for a share of it: those whose number, divided by 20, leaves $4 to $5.
-- name: answer_occurrences
update plan_occurrence set state = $6, reported_at = $7, reported_by = $8, on_time = $9, closed_on = $10, version = version + 1
where authority_id = $1 and plan_id = $2 and due_on = $3 and state = 'open' and id % 20 between $4 and $5;

-- name: settle_assignments
update plan_assignment set version = version + 1, state = case
    when id in (select o.assignment_id from plan_occurrence o where o.authority_id = $1 and o.plan_id = $2 and o.state = 'open') then 'open'
    when id in (select o.assignment_id from plan_occurrence o where o.authority_id = $1 and o.plan_id = $2 and o.state = 'reported') then 'reported'
    else 'closed' end
where authority_id = $1 and plan_id = $2 and state <> 'ended';
