-- Letters to late units, and what was done about each line before. $1 is always the acting authority.

-- name: insert_letter
insert into monitoring_urging_letter (authority_id, id, unit_id, state, number, issued_on, reply_by, created_at, issued_by, version)
values ($1, $2, $3, 'draft', null, null, null, $4, null, 1);

-- name: draft_letter_of_unit
select l.id from monitoring_urging_letter l where l.authority_id = $1 and l.unit_id = $2 and l.state = 'draft' order by l.id limit 1;

-- name: insert_letter_line
insert into monitoring_urging_letter_line (authority_id, letter_id, occurrence_id, unit_id) values ($1, $2, $3, $4)
on conflict do nothing;

-- What is not late by day $3, of a plan that is no more in force, or waits for a word since its unit said no, is left out of a
-- letter that is not issued yet. The step was not taken then: should the line be late again, it comes into the next letter.
-- name: forget_dropped_letter_steps
delete from monitoring_reminder where authority_id = $1 and step = 'letter'
    and occurrence_id in (select n.occurrence_id from monitoring_urging_letter_line n where n.authority_id = $1 and n.letter_id = $2
        and not exists (select 1 from plan_occurrence o join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
            join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
            where o.authority_id = $1 and o.id = n.occurrence_id and o.state = 'open' and o.due_on < $3 and p.state = 'issued'
                and coalesce(s.answer, '') <> 'returned'));

-- name: drop_answered_letter_lines
delete from monitoring_urging_letter_line where authority_id = $1 and letter_id = $2
    and not exists (select 1 from plan_occurrence o join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
        join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
        where o.authority_id = $1 and o.id = monitoring_urging_letter_line.occurrence_id and o.state = 'open'
            and o.due_on < $3 and p.state = 'issued' and coalesce(s.answer, '') <> 'returned');

-- Whose it is on the day of the letter stays said, whoever has the line later.
-- name: keep_letter_line
update monitoring_urging_letter_line set due_on = $4, title = $5, unit_id = $6, unit_name = $7, plan_title = $8, plan_number = $9,
    plan_issued_on = $10
where authority_id = $1 and letter_id = $2 and occurrence_id = $3;

-- name: touch_letter
update monitoring_urging_letter set version = version + 1 where authority_id = $1 and id = $2;

-- name: set_letter_issued
update monitoring_urging_letter set state = 'issued', number = $3, issued_on = $4, reply_by = $5, issued_by = $6, version = version + 1
where authority_id = $1 and id = $2 and state = 'draft' and version = $7;

-- name: set_letter_cancelled
update monitoring_urging_letter set state = 'cancelled', version = version + 1
where authority_id = $1 and id = $2 and state = 'draft' and version = $3;

-- What the office that ends has drafted is sent by who carries on for it.
-- name: pass_draft_letters
update monitoring_urging_letter set unit_id = $3, version = version + 1 where authority_id = $1 and unit_id = $2 and state = 'draft';

-- name: letter_by_id
select l.*, u.name as unit_name from monitoring_urging_letter l
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
where l.authority_id = $1 and l.id = $2;

-- name: issued_letters
select l.*, u.name as unit_name from monitoring_urging_letter l
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
where l.authority_id = $1 and l.state = 'issued' order by l.id;

-- Issued ones whose day for answers is over, and whose office was not told yet who has not answered.
-- name: letters_to_chase
select l.*, u.name as unit_name from monitoring_urging_letter l
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
where l.authority_id = $1 and l.state = 'issued' and l.reply_by < $2 and l.unanswered_told_on is null order by l.id;

-- name: set_unanswered_told
update monitoring_urging_letter set unanswered_told_on = $3 where authority_id = $1 and id = $2;

-- With how many lines each has, what of it is late still, and of how many units. $2 is today.
-- list: letters
select l.*, u.name as unit_name,
    (select count(*) from monitoring_urging_letter_line n join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
        where n.authority_id = $1 and n.letter_id = l.id and (l.state <> 'draft' or (o.state = 'open' and o.due_on < $2))) as lines,
    (select count(*) from monitoring_urging_letter_line n join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
        join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
        where n.authority_id = $1 and n.letter_id = l.id and o.state = 'open' and p.state = 'issued') as open_lines,
    (select count(distinct n.unit_id) from monitoring_urging_letter_line n
        join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
        join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
        where n.authority_id = $1 and n.letter_id = l.id and o.state = 'open' and p.state = 'issued') as open_units
from monitoring_urging_letter l
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
where l.authority_id = $1 and l.state <> 'cancelled'
-- Who reads what any unit reports: issued ones, and those that her offices ",s12,s13," send.
-- filter: issued_or_sent_by
and (l.state = 'issued' or cast($value as text) like '%,s' || cast(l.unit_id as text) || ',%')
-- The others: those that their offices send, and issued ones that name their units ",u12,u13,", or a line that their units
-- have now or of a plan ",p12," whose work their office puts together.
-- filter: readable
and (cast($value as text) like '%,s' || cast(l.unit_id as text) || ',%'
    or (l.state = 'issued' and exists (select 1 from monitoring_urging_letter_line n
        join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
        where n.authority_id = $1 and n.letter_id = l.id
            and (cast($value as text) like '%,u' || cast(n.unit_id as text) || ',%'
                or cast($value as text) like '%,u' || cast(o.unit_id as text) || ',%'
                or cast($value as text) like '%,p' || cast(o.plan_id as text) || ',%'))))
-- filter: id
and l.id = $value
-- filter: unit
and exists (select 1 from monitoring_urging_letter_line n where n.authority_id = $1 and n.letter_id = l.id and n.unit_id = $value)
-- "2026".
-- filter: year
and substr(l.issued_on, 1, 4) = $value
-- filter: state
and l.state = $value
-- The day for answers was before that day, and something is open still.
-- filter: unanswered_on
and l.state = 'issued' and l.reply_by < $value
and exists (select 1 from monitoring_urging_letter_line n join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
    join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
    where n.authority_id = $1 and n.letter_id = l.id and o.state = 'open' and p.state = 'issued')
-- filter: older
and l.id < $value
-- filter: newer
and l.id > $value
-- order: newest
order by l.id desc
-- order: oldest
order by l.id;

-- Whose the line is now is asked for who may open it; the letter itself names the unit it was of.
-- name: letter_lines
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.state, u.name as unit_name,
    l.ordinal, l.title, s.answer, p.title as plan_title, p.state as plan_state, r.issued_number, r.document_symbol,
    r.issued_on as plan_issued_on, n.unit_id as kept_unit_id, n.due_on as kept_due_on, n.title as kept_title,
    n.unit_name as kept_unit_name, n.plan_title as kept_plan_title, n.plan_number as kept_plan_number,
    n.plan_issued_on as kept_plan_issued_on
from monitoring_urging_letter_line n
join plan_occurrence o on o.authority_id = $1 and o.id = n.occurrence_id
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where n.authority_id = $1 and n.letter_id = $2
order by o.id;

-- How often units were reminded of the lines of a letter, and when last; what only leaders and the office heard is not meant.
-- name: reminders_of_letter
select r.occurrence_id, count(*) as times, max(r.at) as last_at
from monitoring_urging_letter_line n
join monitoring_reminder r on r.authority_id = $1 and r.occurrence_id = n.occurrence_id and r.step not in ('letter', 'leaders')
where n.authority_id = $1 and n.letter_id = $2
group by r.occurrence_id order by r.occurrence_id;

-- What was done about a line: of all the times that it falls due, the last first.
-- name: steps_of_line
select r.step, r.due_on, r.at, r.person_id, p.name as person_name
from plan_occurrence o
join monitoring_reminder r on r.authority_id = $1 and r.occurrence_id = o.id
left join identity_public_person p on p.id = r.person_id
where o.authority_id = $1 and o.assignment_id = $2
order by r.at desc, r.id desc
limit $3;

-- The issued letters in which a line stands, the last first.
-- name: letters_of_line
select l.id, l.number, l.issued_on from plan_occurrence o
join monitoring_urging_letter_line n on n.authority_id = $1 and n.occurrence_id = o.id
join monitoring_urging_letter l on l.authority_id = $1 and l.id = n.letter_id
where o.authority_id = $1 and o.assignment_id = $2 and l.state = 'issued'
group by l.id, l.number, l.issued_on
order by l.id desc;
