-- What was told how, counted as evidence is confirmed and uncounted as it is taken back, so that the coverage matrix reads
-- figures and not evidence. A piece with several Topics is in the row of each; topic 0 counts every piece once, whatever it
-- tells; channel 0 is for pieces that name none. The month is that of the day it was done: "2026-04".
-- distributed by authority_id
create table plan_coverage (
    authority_id bigint not null,
    plan_id bigint not null,
    month text not null,
    topic_id bigint not null,
    channel_id bigint not null,
    pieces bigint not null,
    constraint plan_coverage_pkey primary key (authority_id, month, plan_id, topic_id, channel_id)
);

-- The same by unit.
-- distributed by authority_id
create table plan_unit_coverage (
    authority_id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    month text not null,
    topic_id bigint not null,
    channel_id bigint not null,
    pieces bigint not null,
    constraint plan_unit_coverage_pkey primary key (authority_id, unit_id, month, plan_id, topic_id, channel_id)
);

insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
select e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), 0, coalesce(e.channel_id, 0), count(*)
from plan_evidence e
join plan_assignment s on s.authority_id = e.authority_id and s.id = e.assignment_id
where e.state = 'confirmed'
group by e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), coalesce(e.channel_id, 0);
insert into plan_unit_coverage (authority_id, plan_id, unit_id, month, topic_id, channel_id, pieces)
select e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), t.topic_id, coalesce(e.channel_id, 0), count(*)
from plan_evidence e
join plan_assignment s on s.authority_id = e.authority_id and s.id = e.assignment_id
join plan_evidence_topic t on t.authority_id = e.authority_id and t.evidence_id = e.id
where e.state = 'confirmed'
group by e.authority_id, s.plan_id, s.unit_id, substr(e.done_on, 1, 7), t.topic_id, coalesce(e.channel_id, 0);
insert into plan_coverage (authority_id, plan_id, month, topic_id, channel_id, pieces)
select c.authority_id, c.plan_id, c.month, c.topic_id, c.channel_id, sum(c.pieces)
from plan_unit_coverage c
group by c.authority_id, c.plan_id, c.month, c.topic_id, c.channel_id;
create index plan_evidence_coverage_index on plan_evidence (authority_id, channel_id, done_on);
