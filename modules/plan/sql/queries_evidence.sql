-- What is done for an assignment. $1 is always the acting authority.

-- name: assignment_by_id
select s.* from plan_assignment s where s.authority_id = $1 and s.plan_id = $2 and s.id = $3;

-- name: touch_assignment
update plan_assignment set version = version + 1 where authority_id = $1 and id = $2 and version = $3;

-- name: set_answer
update plan_assignment set answer = $3, answer_reason = $4, answered_at = $5, answered_by = $6, person_id = $7, version = version + 1
where authority_id = $1 and id = $2 and version = $8;

-- Each target with what of it is confirmed, what still waits, and what the unit's own plan reported.
-- name: targets_by_assignment
select t.*,
    (select coalesce(sum(l.quantity_thousandths), 0) from plan_evidence_line l
        join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
        where l.authority_id = $1 and l.target_id = t.id and e.state = 'confirmed') as done_thousandths,
    (select coalesce(sum(l.quantity_thousandths), 0) from plan_evidence_line l
        join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
        where l.authority_id = $1 and l.target_id = t.id and e.state = 'submitted') as waiting_thousandths,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.target_id = t.id) as child_thousandths
from plan_assignment_target t
where t.authority_id = $1 and t.assignment_id = $2 order by t.position, t.id;

-- What is stored of a plan's lines, or of those of one activity, without what is done of it.
-- name: stored_targets_by_plan
select t.*, 0 as done_thousandths, 0 as waiting_thousandths, 0 as child_thousandths
from plan_assignment s
join plan_assignment_target t on t.authority_id = $1 and t.assignment_id = s.id
where s.authority_id = $1 and s.plan_id = $2 and s.activity_id = coalesce($3, s.activity_id)
order by t.assignment_id, t.position, t.id;

-- name: target_totals_by_unit
select t.assignment_id, t.value_thousandths, t.times,
    (select coalesce(sum(l.quantity_thousandths), 0) from plan_evidence_line l
        join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
        where l.authority_id = $1 and l.target_id = t.id and e.state = 'confirmed') as done_thousandths,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.target_id = t.id) as child_thousandths
from plan_assignment_target t
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
where t.authority_id = $1 and s.unit_id = $2 and s.state <> 'ended' and t.dropped = 0
order by t.assignment_id, t.position, t.id;

-- name: target_totals_by_plan
select t.assignment_id, t.value_thousandths, t.times,
    (select coalesce(sum(l.quantity_thousandths), 0) from plan_evidence_line l
        join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
        where l.authority_id = $1 and l.target_id = t.id and e.state = 'confirmed') as done_thousandths,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.target_id = t.id) as child_thousandths
from plan_assignment_target t
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
where t.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended' and t.dropped = 0
order by t.assignment_id, t.position, t.id;

-- name: put_assignment_target
insert into plan_assignment_target (authority_id, id, assignment_id, position, text, comparator,
    value_thousandths, unit_word, period, times, added_by, added_at, dropped)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (authority_id, id) do update set position = excluded.position, text = excluded.text,
    comparator = excluded.comparator, value_thousandths = excluded.value_thousandths,
    unit_word = excluded.unit_word, period = excluded.period, times = excluded.times,
    added_by = excluded.added_by, added_at = excluded.added_at, dropped = excluded.dropped;

-- name: evidence_by_assignment
select e.*, p.name as submitted_by_name, k.holder_name as link_holder_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.unit_id) as unit_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.on_behalf_by_unit_id) as on_behalf_by_name
from plan_evidence e
left join identity_public_person p on p.id = e.submitted_by
left join plan_personal_link k on k.authority_id = $1 and k.id = e.personal_link_id
where e.authority_id = $1 and e.assignment_id = $2 order by e.done_on desc, e.id desc;

-- name: evidence_of_stretch
select e.*, p.name as submitted_by_name, k.holder_name as link_holder_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.unit_id) as unit_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.on_behalf_by_unit_id) as on_behalf_by_name
from plan_evidence e
left join identity_public_person p on p.id = e.submitted_by
left join plan_personal_link k on k.authority_id = $1 and k.id = e.personal_link_id
where e.authority_id = $1 and e.assignment_id = $2 order by e.done_on desc, e.id desc
limit $3 offset $4;

-- name: count_of_evidence
select count(*) as pieces from plan_evidence e where e.authority_id = $1 and e.assignment_id = $2;

-- name: evidence_before
select count(*) as pieces from plan_evidence e
join plan_evidence o on o.authority_id = $1 and o.assignment_id = $2 and (o.done_on > e.done_on or (o.done_on = e.done_on and o.id > e.id))
where e.authority_id = $1 and e.assignment_id = $2 and e.id = $3;

-- name: evidence_by_id
select e.*, p.name as submitted_by_name, k.holder_name as link_holder_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.unit_id) as unit_name,
    (select u.name from identity_public_unit u where u.authority_id = $1 and u.id = e.on_behalf_by_unit_id) as on_behalf_by_name
from plan_evidence e
left join identity_public_person p on p.id = e.submitted_by
left join plan_personal_link k on k.authority_id = $1 and k.id = e.personal_link_id
where e.authority_id = $1 and e.id = $2;

-- name: assignment_of_evidence
select s.* from plan_assignment s
join plan_evidence e on e.authority_id = $1 and e.assignment_id = s.id
where s.authority_id = $1 and e.id = $2;

-- name: evidence_lines_of_stretch
select l.* from plan_evidence_line l
where l.authority_id = $1 and l.evidence_id in (select p.id from plan_evidence p
        where p.authority_id = $1 and p.assignment_id = $2 order by p.done_on desc, p.id desc limit $3 offset $4)
order by l.evidence_id, l.target_id;

-- name: evidence_topics_of_stretch
select m.* from plan_evidence_topic m
where m.authority_id = $1 and m.evidence_id in (select p.id from plan_evidence p
        where p.authority_id = $1 and p.assignment_id = $2 order by p.done_on desc, p.id desc limit $3 offset $4)
order by m.evidence_id, m.topic_id;

-- name: open_targets_by_unit
select t.id, t.assignment_id, t.text, t.unit_word from plan_assignment_target t
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
where t.authority_id = $1 and s.unit_id = $2 and s.state = 'open' and t.dropped = 0
order by t.assignment_id, t.position, t.id;

-- name: evidence_sent_as
select e.id, e.assignment_id from plan_evidence e where e.authority_id = $1 and e.sent_as = $2;

-- name: first_issued_on
select min(r.issued_on) as issued_on from plan_revision r where r.authority_id = $1 and r.plan_id = $2;

-- name: insert_evidence
insert into plan_evidence (authority_id, id, assignment_id, what, done_on, place, channel_id, state, reason,
    submitted_at, submitted_by, on_behalf_by_unit_id, link, number_source, personal_link_id, link_given_by, explanation, sent_as,
    record_kind, record_id, record_title, decided_at, decided_by, version)
values ($1, $2, $3, $4, $5, $6, $7, 'submitted', null, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, null, null, 1);

-- name: set_evidence_words
update plan_evidence set what = $3, done_on = $4, place = $5, channel_id = $6, state = 'submitted', reason = null,
    submitted_at = $7, submitted_by = $8, on_behalf_by_unit_id = $9, number_source = $11, personal_link_id = $12, link_given_by = $13, explanation = $14,
    record_kind = $15, record_id = $16, record_title = $17, decided_at = null, decided_by = null, version = version + 1
where authority_id = $1 and id = $2 and version = $10 and state = 'returned';

-- What the pieces of a line cite already.
-- name: records_cited
select e.record_kind, e.record_id from plan_evidence e
where e.authority_id = $1 and e.assignment_id = $2 and e.record_id is not null and e.state <> 'withdrawn';

-- name: set_link
update plan_evidence set link = $3, link_title = null, link_saved_at = null, link_file_id = null, link_problem = null
where authority_id = $1 and id = $2;

-- name: set_link_copy
update plan_evidence set link_title = $3, link_saved_at = $4, link_file_id = $5, link_problem = null
where authority_id = $1 and id = $2;

-- name: set_link_problem
update plan_evidence set link_problem = $3 where authority_id = $1 and id = $2;

-- Somebody who saw it before decides of it no more.
-- name: touch_evidence
update plan_evidence set version = version + 1 where authority_id = $1 and id = $2 and version = $3;

-- How many numbers stand on what shows them: a file, a page or words.
-- name: numbers_of_evidence
select (select count(*) from plan_evidence_line l where l.authority_id = $1 and l.evidence_id = $2)
    + (select count(*) from plan_measure_value m where m.authority_id = $1 and m.evidence_id = $2) as numbers;

-- name: set_evidence_state
update plan_evidence set state = $3, reason = $4, decided_at = $5, decided_by = $6, version = version + 1
where authority_id = $1 and id = $2 and version = $7;

-- name: insert_evidence_line
insert into plan_evidence_line (authority_id, evidence_id, target_id, quantity_thousandths)
values ($1, $2, $3, $4);

-- name: delete_evidence_lines
delete from plan_evidence_line where authority_id = $1 and evidence_id = $2;

-- name: insert_evidence_topic
insert into plan_evidence_topic (authority_id, evidence_id, topic_id) values ($1, $2, $3) on conflict do nothing;

-- name: delete_evidence_topics
delete from plan_evidence_topic where authority_id = $1 and evidence_id = $2;

-- name: measure_values_of_stretch
select m.* from plan_measure_value m
where m.authority_id = $1 and m.evidence_id in (select p.id from plan_evidence p
        where p.authority_id = $1 and p.assignment_id = $2 order by p.done_on desc, p.id desc limit $3 offset $4)
order by m.evidence_id, m.measure;

-- name: insert_measure_value
insert into plan_measure_value (authority_id, evidence_id, measure, value_thousandths) values ($1, $2, $3, $4);

-- name: delete_measure_values
delete from plan_measure_value where authority_id = $1 and evidence_id = $2;

-- For the search index.
-- name: evidence_of_authority
select e.id from plan_evidence e where e.authority_id = $1 order by e.id;
