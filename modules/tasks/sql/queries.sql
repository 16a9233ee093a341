-- Tasks, their people and what they hold. $1 is always the acting authority.

-- With what a card shows of its line.
-- list: tasks
select t.id, t.plan_id, t.assignment_id, t.unit_id, t.title, t.note, t.state, t.start_on, t.due_on, t.position, t.created_by,
    t.version, l.ordinal as line_ordinal, l.title as line_title,
    case when p.state = 'issued' and s.state <> 'ended' then 1 else 0 end as line_open,
    (select count(*) from tasks_checklist_item c where c.authority_id = $1 and c.task_id = t.id) as items,
    (select count(*) from tasks_checklist_item c
        where c.authority_id = $1 and c.task_id = t.id and c.done_at is not null) as items_done,
    (select count(*) from tasks_comment c where c.authority_id = $1 and c.task_id = t.id) as comments
from tasks_task t
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
join plan_plan p on p.authority_id = $1 and p.id = t.plan_id
join plan_public_line l on l.authority_id = $1 and l.id = t.assignment_id
where t.authority_id = $1 and t.trashed_at is null
-- filter: task
and t.id = $value
-- filter: unit
and t.unit_id = $value
-- filter: assignment
and t.assignment_id = $value
-- filter: person
and exists (select 1 from tasks_participant m where m.authority_id = $1 and m.task_id = t.id and m.person_id = $value)
-- Nobody has it; the value is the state that does not count.
-- filter: nobody
and t.state <> $value and not exists (select 1 from tasks_participant m where m.authority_id = $1 and m.task_id = t.id)
-- filter: state
and t.state = $value
-- filter: not_state
and t.state <> $value
-- filter: late_on
and t.state in ('to_do', 'doing') and t.due_on < $value
-- Still to do, or done after that moment.
-- filter: closed_after
and (t.closed_at is null or t.closed_at > $value)
-- order: column
order by t.position, t.id
-- order: due
order by case when t.state in ('to_do', 'doing') then 0 else 1 end, coalesce(t.due_on, '9999-12-31'), t.position, t.id;

-- name: participants_by_task
select m.task_id, m.person_id, m.responsible, n.name from tasks_participant m
join identity_public_person n on n.id = m.person_id
where m.authority_id = $1 and m.task_id = $2 order by m.responsible desc, n.name, m.person_id;

-- name: participants_by_unit
select m.task_id, m.person_id, m.responsible, n.name from tasks_participant m
join tasks_task t on t.authority_id = $1 and t.id = m.task_id
join identity_public_person n on n.id = m.person_id
where m.authority_id = $1 and t.unit_id = $2 and t.trashed_at is null order by m.responsible desc, n.name, m.person_id;

-- name: count_by_assignment
select count(*) as tasks from tasks_task t where t.authority_id = $1 and t.assignment_id = $2 and t.trashed_at is null;

-- name: done_tasks_of_line
select t.id, t.title, t.closed_at from tasks_task t
where t.authority_id = $1 and t.assignment_id = $2 and t.state = 'done' and t.trashed_at is null and t.closed_at is not null
order by t.closed_at desc, t.id desc limit 200;

-- The lines that the plans in force ask of a unit.
-- name: lines_of_unit
select s.id, s.plan_id, l.ordinal, l.title,
    (select count(*) from tasks_task t where t.authority_id = $1 and t.assignment_id = s.id and t.trashed_at is null) as tasks
from plan_assignment s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
join plan_public_line l on l.authority_id = $1 and l.id = s.id
where s.authority_id = $1 and s.unit_id = $2 and s.state <> 'ended' and p.state = 'issued'
order by p.id, case when s.activity_id is null then 1 else 0 end, s.id;

-- name: units_with_tasks
select t.unit_id, u.name, count(*) as tasks from tasks_task t
join identity_public_unit u on u.authority_id = $1 and u.id = t.unit_id
where t.authority_id = $1 and t.trashed_at is null group by t.unit_id, u.name order by u.name, t.unit_id;

-- Tasks of lines that the plan asks of those units no more ($3: ",12,13,"), about what the line $2 is about.
-- name: tasks_left_behind
select t.id, t.version, t.title, t.unit_id, u.name as unit_name from tasks_task t
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
join plan_assignment n on n.authority_id = $1 and n.id = $2
join identity_public_unit u on u.authority_id = $1 and u.id = t.unit_id
where t.authority_id = $1 and t.trashed_at is null and s.plan_id = n.plan_id and s.state = 'ended'
    and (s.activity_id = n.activity_id or s.duty_id = n.duty_id) and $3 like '%,' || cast(s.unit_id as text) || ',%'
order by t.position, t.id;

-- name: set_line
update tasks_task set assignment_id = $3, unit_id = $4, version = version + 1 where authority_id = $1 and id = $2;

-- name: insert_task
insert into tasks_task (authority_id, id, plan_id, assignment_id, unit_id, title, note, state, start_on, due_on, position,
    created_at, created_by, version)
values ($1, $2, $3, $4, $5, $6, $7, 'to_do', $8, $9, $2, $10, $11, 1);

-- name: set_task
update tasks_task set title = $3, note = $4, start_on = $5, due_on = $6, version = version + 1
where authority_id = $1 and id = $2 and version = $7 and trashed_at is null;

-- To the end of its new column.
-- name: set_state
update tasks_task set state = $3, position = $4, closed_at = $5, version = version + 1
where authority_id = $1 and id = $2 and version = $6 and trashed_at is null;

-- name: set_position
update tasks_task set position = $3 where authority_id = $1 and id = $2;

-- name: insert_participant
insert into tasks_participant (authority_id, task_id, person_id, responsible) values ($1, $2, $3, $4);

-- name: delete_participants
delete from tasks_participant where authority_id = $1 and task_id = $2;

-- ---- Checklist ------------------------------------------------------------------------------------------------

-- name: items_by_task
select c.id, c.position, c.text, c.done_at, n.name as done_by_name from tasks_checklist_item c
left join identity_public_person n on n.id = c.done_by
where c.authority_id = $1 and c.task_id = $2 order by c.position, c.id;

-- name: insert_item
insert into tasks_checklist_item (authority_id, id, task_id, position, text) values ($1, $2, $3, $2, $4);

-- name: set_item_done
update tasks_checklist_item set done_at = $4, done_by = $5 where authority_id = $1 and task_id = $2 and id = $3;

-- name: set_item_position
update tasks_checklist_item set position = $4 where authority_id = $1 and task_id = $2 and id = $3;

-- name: delete_item
delete from tasks_checklist_item where authority_id = $1 and task_id = $2 and id = $3;

-- ---- Comments -------------------------------------------------------------------------------------------------

-- name: comments_by_task
select c.id, c.text, c.person_id, c.at, n.name from tasks_comment c
join identity_public_person n on n.id = c.person_id
where c.authority_id = $1 and c.task_id = $2 order by c.id;

-- name: mentions_by_task
select m.comment_id, n.name from tasks_mention m
join tasks_comment c on c.authority_id = $1 and c.id = m.comment_id
join identity_public_person n on n.id = m.person_id
where m.authority_id = $1 and c.task_id = $2 order by m.comment_id, n.name;

-- name: insert_comment
insert into tasks_comment (authority_id, id, task_id, text, person_id, at) values ($1, $2, $3, $4, $5, $6);

-- name: insert_mention
insert into tasks_mention (authority_id, comment_id, person_id) values ($1, $2, $3);

-- ---- Falling due, leaving, trash --------------------------------------------------------------------------------

-- name: authorities_with_due_tasks
-- wide
select t.authority_id from tasks_task t
join plan_plan p on p.authority_id = t.authority_id and p.id = t.plan_id
where p.state = 'issued' and t.state in ('to_do', 'doing') and t.due_on <= $1 and t.trashed_at is null
    and (t.reminded_on is null or t.reminded_on <> t.due_on)
group by t.authority_id order by t.authority_id;

-- name: tasks_falling_due
select t.id, t.title, t.due_on, p.title as plan_title from tasks_task t
join plan_plan p on p.authority_id = $1 and p.id = t.plan_id
join plan_assignment s on s.authority_id = $1 and s.id = t.assignment_id
where t.authority_id = $1 and p.state = 'issued' and s.state <> 'ended'
    and t.state in ('to_do', 'doing') and t.due_on <= $2 and t.trashed_at is null
    and (t.reminded_on is null or t.reminded_on <> t.due_on)
order by t.due_on, t.id;

-- name: set_reminded
update tasks_task set reminded_on = due_on where authority_id = $1 and id = $2;

-- name: count_of_open_tasks
select count(*) as tasks from tasks_participant m
join tasks_task t on t.authority_id = $1 and t.id = m.task_id
where m.authority_id = $1 and m.person_id = $2 and t.state in ('to_do', 'doing') and t.trashed_at is null;

-- name: count_of_open_tasks_of_unit
select count(*) as tasks from tasks_task t
where t.authority_id = $1 and t.unit_id = $2 and t.state in ('to_do', 'doing') and t.trashed_at is null;

-- name: open_tasks_of_person
select m.task_id, m.responsible,
    (select count(*) from tasks_participant o
        where o.authority_id = $1 and o.task_id = m.task_id and o.person_id = $3) as already
from tasks_participant m
join tasks_task t on t.authority_id = $1 and t.id = m.task_id
where m.authority_id = $1 and m.person_id = $2 and t.state in ('to_do', 'doing') and t.trashed_at is null
order by m.task_id;

-- name: delete_participant
delete from tasks_participant where authority_id = $1 and task_id = $2 and person_id = $3;

-- name: touch_task
update tasks_task set version = version + 1 where authority_id = $1 and id = $2;

-- name: make_responsible
update tasks_participant set responsible = 1 where authority_id = $1 and task_id = $2 and person_id = $3;

-- name: hide_task
update tasks_task set trashed_at = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4 and trashed_at is null;

-- name: unhide_task
update tasks_task set trashed_at = null, version = version + 1
where authority_id = $1 and id = $2 and trashed_at is not null;

-- Erased for good, in this order: what hangs on a row goes before it.
-- name: purge_mentions
delete from tasks_mention where authority_id = $1
    and comment_id in (select c.id from tasks_comment c where c.authority_id = $1 and c.task_id = $2);

-- name: purge_comments
delete from tasks_comment where authority_id = $1 and task_id = $2;

-- name: purge_items
delete from tasks_checklist_item where authority_id = $1 and task_id = $2;

-- name: purge_task
delete from tasks_task where authority_id = $1 and id = $2;

-- ---- Search -----------------------------------------------------------------------------------------------------

-- name: tasks_of_authority
select t.id from tasks_task t where t.authority_id = $1 and t.trashed_at is null order by t.id;
