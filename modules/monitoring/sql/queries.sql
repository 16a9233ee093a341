-- What is due, late and told, out of plan's tables and the figures that plan keeps. $1 is always the acting authority.

-- name: running_plans
select p.id, p.title, p.year_from, p.year_to, p.drafting_unit_id, p.aggregating_unit_id, r.issued_number, r.document_symbol, r.issued_on
from plan_plan p
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
where p.authority_id = $1 and p.state = 'issued'
order by r.issued_on desc, p.id desc;

-- name: closed_plans
select p.id, p.title, p.year_from, p.year_to, p.drafting_unit_id, p.aggregating_unit_id, r.issued_number, r.document_symbol, r.issued_on
from plan_plan p
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
where p.authority_id = $1 and p.state = 'closed'
order by r.issued_on desc, p.id desc;

-- How far everybody is with the plans in force; without the lines that have missed a day.
-- name: standing
select coalesce(sum(s.lines), 0) as lines, coalesce(sum(s.reported), 0) as reported, coalesce(sum(s.closed), 0) as closed
from plan_plan p
join plan_progress s on s.authority_id = $1 and s.plan_id = p.id
where p.authority_id = $1 and p.state = 'issued';

-- name: standing_of_unit
select coalesce(sum(u.lines), 0) as lines, coalesce(sum(u.reported), 0) as reported, coalesce(sum(u.closed), 0) as closed
from plan_plan p cross join plan_unit_progress u
where p.authority_id = $1 and p.state = 'issued' and u.authority_id = $1 and u.plan_id = p.id and u.unit_id = $2;

-- Lines that have missed a day.
-- name: late
select count(*) as late
from (
    select distinct o.assignment_id
    from plan_plan p cross join plan_occurrence o
    where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open' and o.due_on < $2
) l;

-- name: late_of_unit
select count(distinct o.assignment_id) as late
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
where o.authority_id = $1 and o.unit_id = $3 and o.state = 'open' and o.due_on < $2 and p.state = 'issued';

-- With most lines late first.
-- name: units_with_most_late
select l.unit_id, n.name, l.late, sum(u.lines) as lines, sum(u.reported) as reported, sum(u.closed) as closed
from (
    select d.unit_id, count(*) as late
    from (
        select distinct o.unit_id, o.assignment_id
        from plan_plan p cross join plan_occurrence o
        where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open'
            and o.due_on < $2
    ) d
    group by d.unit_id
    order by count(*) desc, d.unit_id
    limit $3
) l
cross join identity_public_unit n
cross join plan_plan p
cross join plan_unit_progress u
where n.authority_id = $1 and n.id = l.unit_id and p.authority_id = $1 and p.state = 'issued' and u.authority_id = $1
    and u.plan_id = p.id and u.unit_id = l.unit_id
group by l.unit_id, n.name, l.late
order by l.late desc, l.unit_id;

-- With the least share confirmed first.
-- name: units_least_done
select s.unit_id, n.name, s.lines, s.reported, s.closed
from (
    select u.unit_id, sum(u.lines) as lines, sum(u.reported) as reported, sum(u.closed) as closed
    from plan_unit_progress u
    where u.authority_id = $1 and u.plan_id in (select p.id from plan_plan p where p.authority_id = $1 and p.state = 'issued')
    group by u.unit_id
    having sum(u.lines) > 0
    order by sum(u.closed) * 1.0 / sum(u.lines), u.unit_id
    limit $2
) s
cross join identity_public_unit n
where n.authority_id = $1 and n.id = s.unit_id
order by s.closed * 1.0 / s.lines, s.unit_id;

-- name: progress_by_month
select substr(d.day, 1, 7) as month, sum(d.open + d.reported + d.closed) as due, sum(d.confirmed) as closed
from plan_plan p cross join plan_day_progress d
where p.authority_id = $1 and p.state = 'issued' and d.authority_id = $1 and d.plan_id = p.id
group by substr(d.day, 1, 7) order by month;

-- name: progress_by_month_of_unit
select m.month, sum(m.due) as due, sum(m.closed) as closed
from (
    select substr(o.due_on, 1, 7) as month, count(*) as due, 0 as closed
    from plan_occurrence o
    join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
    where o.authority_id = $1 and o.unit_id = $2 and p.state = 'issued' and o.state <> 'ended' and o.due_on is not null
    group by substr(o.due_on, 1, 7)
    union all
    select substr(o.closed_on, 1, 7) as month, 0 as due, count(*) as closed
    from plan_occurrence o
    join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
    where o.authority_id = $1 and o.unit_id = $2 and p.state = 'issued' and o.state <> 'ended' and o.closed_on is not null
    group by substr(o.closed_on, 1, 7)
) m
group by m.month order by m.month;

-- What fell due from one day to another, by whose it is and whose it was then: all of it, what was reported by its day, what
-- nobody has reported. Of closed plans too: a year's figures stay when its plan is done.
-- name: due_by_unit
select o.unit_id, o.due_unit_id, count(*) as due, sum(case when o.on_time = 1 then 1 else 0 end) as on_time,
    sum(case when o.state = 'open' then 1 else 0 end) as open
from plan_plan p cross join plan_occurrence o
where p.authority_id = $1 and p.state in ('issued', 'closed') and o.authority_id = $1 and o.plan_id = p.id
    and o.state in ('open', 'reported', 'closed') and o.due_on >= $2 and o.due_on <= $3
group by o.unit_id, o.due_unit_id order by o.unit_id, o.due_unit_id;

-- The latest first, of plan $4: the index has them in this order, so that no more is read than is shown.
-- name: late_lines_of_plan
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, u.name as unit_name,
    l.ordinal, l.title, s.answer
from (
    select f.id, f.assignment_id, f.plan_id, f.unit_id, f.period_from, f.period_to, f.due_on
    from plan_occurrence f
    where f.authority_id = $1 and f.plan_id = $4 and f.state = 'open' and f.due_on < $2
    order by f.due_on, f.subject_id, f.unit_id, f.assignment_id
    limit $3
) o
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
order by o.due_on, o.id;

-- name: late_lines_of_unit
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, u.name as unit_name,
    l.ordinal, l.title, s.answer
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where o.authority_id = $1 and o.unit_id = $4 and o.state = 'open' and o.due_on < $2 and p.state = 'issued'
order by o.due_on, o.id
limit $3;

-- How much falls due on each day, by state.
-- name: days
select d.day, sum(d.open) as open, sum(d.reported) as reported, sum(d.closed) as closed
from plan_plan p
join plan_day_progress d on d.authority_id = $1 and d.plan_id = p.id
where p.authority_id = $1 and p.state = 'issued' and d.day >= $2 and d.day <= $3 and d.open + d.reported + d.closed > 0
group by d.day order by d.day;

-- name: days_of_unit
select o.due_on as day, sum(case when o.state = 'open' then 1 else 0 end) as open,
    sum(case when o.state = 'reported' then 1 else 0 end) as reported, sum(case when o.state = 'closed' then 1 else 0 end) as closed
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
where o.authority_id = $1 and o.unit_id = $4 and p.state = 'issued'
    and o.state in ('open', 'reported', 'closed') and o.due_on >= $2 and o.due_on <= $3
group by o.due_on order by o.due_on;

-- What falls due from one day to another.
-- name: lines_due
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.state, u.name as unit_name,
    l.ordinal, l.title
from plan_plan p cross join plan_occurrence o
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id
    and o.state in ('open', 'reported', 'closed') and o.due_on >= $2 and o.due_on <= $3
order by o.due_on, o.id
limit $4;

-- name: lines_due_of_unit
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.state, u.name as unit_name,
    l.ordinal, l.title
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where o.authority_id = $1 and o.unit_id = $5 and p.state = 'issued'
    and o.state in ('open', 'reported', 'closed') and o.due_on >= $2 and o.due_on <= $3
order by o.due_on, o.id
limit $4;

-- ---- Coverage: months are "2026-04"; topic 0 counts every piece once, channel 0 is for those that name none. -----------

-- name: coverage
select c.topic_id, c.channel_id, sum(c.pieces) as pieces
from plan_coverage c
where c.authority_id = $1 and c.month >= $2 and c.month <= $3 and c.plan_id = coalesce($4, c.plan_id)
group by c.topic_id, c.channel_id order by c.topic_id, c.channel_id;

-- name: coverage_of_unit
select c.topic_id, c.channel_id, sum(c.pieces) as pieces
from plan_unit_coverage c
where c.authority_id = $1 and c.unit_id = $4 and c.month >= $2 and c.month <= $3 and c.plan_id = coalesce($5, c.plan_id)
group by c.topic_id, c.channel_id order by c.topic_id, c.channel_id;

-- What is planned: activities that tell that, by that, in the plans in force and those that are closed, as what was done of
-- these is told too; and are to be done in that time. Where an activity has no days, those of its plan: its years, or from
-- its issue to the end of that year.
-- name: planned_coverage
select t.topic_id, c.channel_id, count(*) as planned
from plan_plan p
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
join plan_activity_revision a on a.authority_id = $1 and a.revision_id = p.issued_revision_id
join plan_activity_topic t on t.authority_id = $1 and t.activity_id = a.activity_id
join plan_activity_channel c on c.authority_id = $1 and c.activity_id = a.activity_id
left join plan_deadline l
    on l.authority_id = $1 and l.revision_id = p.issued_revision_id and l.activity_id = a.activity_id
where p.authority_id = $1 and p.state in ('issued', 'closed') and p.id = coalesce($4, p.id) and a.dropped = 0
    and coalesce(l.from_date, case when p.year_from > 0 then p.year_from || '-01-01' else r.issued_on end) <= $3
    and coalesce(l.to_date, case when p.year_to > 0 then p.year_to || '-12-31' else substr(r.issued_on, 1, 4) || '-12-31' end) >= $2
group by t.topic_id, c.channel_id order by t.topic_id, c.channel_id;

-- name: planned_coverage_of_unit
select t.topic_id, c.channel_id, count(*) as planned
from plan_assignment s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
join plan_revision r on r.authority_id = $1 and r.id = p.issued_revision_id
join plan_activity_topic t on t.authority_id = $1 and t.activity_id = s.activity_id
join plan_activity_channel c on c.authority_id = $1 and c.activity_id = s.activity_id
left join plan_deadline l
    on l.authority_id = $1 and l.revision_id = p.issued_revision_id and l.activity_id = s.activity_id
where s.authority_id = $1 and s.unit_id = $5 and s.state <> 'ended' and p.state in ('issued', 'closed') and p.id = coalesce($4, p.id)
    and coalesce(l.from_date, case when p.year_from > 0 then p.year_from || '-01-01' else r.issued_on end) <= $3
    and coalesce(l.to_date, case when p.year_to > 0 then p.year_to || '-12-31' else substr(r.issued_on, 1, 4) || '-12-31' end) >= $2
group by t.topic_id, c.channel_id order by t.topic_id, c.channel_id;

-- The pieces behind a number of the matrix, under the names of those who did them.
-- list: confirmed_pieces
select e.id, e.assignment_id, e.what, e.done_on, e.place, s.plan_id, s.unit_id, u.name as unit_name
from plan_evidence e
join plan_assignment s on s.authority_id = $1 and s.id = e.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = coalesce(e.unit_id, s.unit_id)
where e.authority_id = $1 and e.state = 'confirmed' and e.done_on >= $2 and e.done_on <= $3
-- filter: topic
and exists (select 1 from plan_evidence_topic t where t.authority_id = $1 and t.evidence_id = e.id and t.topic_id = $value)
-- filter: channel
and e.channel_id = $value
-- filter: no_channel
and e.channel_id is null
-- filter: plan
and s.plan_id = $value
-- filter: unit
and s.unit_id = $value
-- Of some units, or of some plans: ",3,5,|7|".
-- filter: opens
and ($value like '%,' || cast(s.unit_id as text) || ',%' or $value like '%|' || cast(s.plan_id as text) || '|%')
-- Behind a place in that order: "2026-03-31.1234", the day and the id of a piece.
-- filter: behind
and e.done_on <= substr($value, 1, 10)
and (e.done_on < substr($value, 1, 10) or e.id < cast(substr($value, 12) as bigint))
-- order: latest
order by e.done_on desc, e.id desc;

-- name: topics
select t.id, t.name from plan_topic t
where t.authority_id = $1 and t.valid_from <= $2 and (t.valid_to is null or t.valid_to > $2) order by t.position, t.id;

-- name: channels
select c.id, c.name from plan_channel c
where c.authority_id = $1 and c.valid_from <= $2 and (c.valid_to is null or c.valid_to > $2) order by c.position, c.id;

-- ---- Urging ---------------------------------------------------------------------------------------------------------

-- name: authorities_with_running_plans
-- wide
select p.authority_id from plan_plan p where p.state = 'issued' group by p.authority_id order by p.authority_id;

-- name: ladder
select s.act, s.days from monitoring_ladder_step s where s.authority_id = $1 order by s.act, s.days;

-- name: ladder_days
select l.days from monitoring_ladder l where l.authority_id = $1;

-- name: set_ladder_days
insert into monitoring_ladder (authority_id, days) values ($1, $2)
on conflict (authority_id) do update set days = excluded.days;

-- name: forget_ladder
delete from monitoring_ladder_step where authority_id = $1;

-- name: insert_ladder_step
insert into monitoring_ladder_step (authority_id, act, days) values ($1, $2, $3) on conflict do nothing;

-- Open lines whose day stands between two, that nobody was reminded of by that step in this round, and whose unit has not
-- said no to them.
-- name: lines_to_remind
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.version, p.aggregating_unit_id,
    u.name as unit_name, l.ordinal, l.title
from plan_plan p cross join plan_occurrence o
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id
    and o.state = 'open' and o.due_on >= $2 and o.due_on <= $3 and coalesce(s.answer, '') <> 'returned'
    and (select r.id from monitoring_reminder r
        where r.authority_id = $1 and r.occurrence_id = o.id and r.step = $4 and r.due_on = o.due_on
            and r.occurrence_version = o.version) is null
order by o.unit_id, o.due_on, o.id;

-- Whether a line was reminded of is looked up for each: as an anti-join it waits for statistics of a table that a morning's
-- ladder fills, and until they are there PostgreSQL reads that table once for every line.
--
-- What is late, to be urged by hand: of the plans ",12,13," ($3) and, where $4 is not null, of the units ",12,13,"; not
-- what step $5 was taken for, nor what its unit has said no to. The longest late first.
-- name: late_to_urge
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.version, p.aggregating_unit_id,
    u.name as unit_name, l.ordinal, l.title
from plan_plan p cross join plan_occurrence o
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where p.authority_id = $1 and p.state = 'issued' and cast($3 as text) like '%,' || cast(p.id as text) || ',%'
    and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open' and o.due_on < $2
    and coalesce(cast($4 as text), ',' || cast(o.unit_id as text) || ',') like '%,' || cast(o.unit_id as text) || ',%'
    and coalesce(s.answer, '') <> 'returned'
    and (select r.id from monitoring_reminder r
        where r.authority_id = $1 and r.occurrence_id = o.id and r.step = $5 and r.due_on = o.due_on
            and r.occurrence_version = o.version) is null
order by o.due_on, o.id
limit $6;

-- How many those are, as far as $6: which of them does not matter, and any further order would have a plan's lines sorted first.
-- name: count_late_to_urge
select count(*) as times from (
    select o.id
    from plan_plan p cross join plan_occurrence o
    join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
    where p.authority_id = $1 and p.state = 'issued' and cast($3 as text) like '%,' || cast(p.id as text) || ',%'
        and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open' and o.due_on < $2
        and coalesce(cast($4 as text), ',' || cast(o.unit_id as text) || ',') like '%,' || cast(o.unit_id as text) || ',%'
        and coalesce(s.answer, '') <> 'returned'
        and (select r.id from monitoring_reminder r
            where r.authority_id = $1 and r.occurrence_id = o.id and r.step = $5 and r.due_on = o.due_on
                and r.occurrence_version = o.version) is null
    order by p.id
    limit $6
) t;

-- How often the lines that are late have missed a day.
-- name: late_times
select count(*) as times
from plan_plan p cross join plan_occurrence o
where p.authority_id = $1 and p.state = 'issued' and o.authority_id = $1 and o.plan_id = p.id and o.state = 'open' and o.due_on < $2;

-- name: late_times_of_unit
select count(*) as times
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
where o.authority_id = $1 and o.unit_id = $3 and o.state = 'open' and o.due_on < $2 and p.state = 'issued';

-- name: line_by_occurrence
select o.id, o.assignment_id, o.plan_id, o.unit_id, o.period_from, o.period_to, o.due_on, o.state, o.version, u.name as unit_name,
    l.ordinal, l.title, s.answer, p.state as plan_state, p.aggregating_unit_id
from plan_occurrence o
join plan_plan p on p.authority_id = $1 and p.id = o.plan_id
join plan_assignment s on s.authority_id = $1 and s.id = o.assignment_id
join plan_public_line l on l.authority_id = $1 and l.id = o.assignment_id
join identity_public_unit u on u.authority_id = $1 and u.id = o.unit_id
where o.authority_id = $1 and o.id = $2;

-- name: insert_reminder
insert into monitoring_reminder (authority_id, id, occurrence_id, assignment_id, unit_id, step, due_on, occurrence_version, at, person_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict do nothing;
