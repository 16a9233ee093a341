-- Templates that units keep.

-- name: templates_by_unit
select t.id, t.name from tasks_template t where t.authority_id = $1 and t.unit_id = $2 and t.trashed_at is null
order by t.name, t.id;

-- name: template_by_id
select t.id, t.unit_id, t.name from tasks_template t where t.authority_id = $1 and t.id = $2 and t.trashed_at is null;

-- name: template_tasks
select k.position, k.title, k.note, k.days_before, k.checklist from tasks_template_task k
where k.authority_id = $1 and k.template_id = $2 order by k.position;

-- name: insert_template
insert into tasks_template (authority_id, id, unit_id, name, created_at, created_by) values ($1, $2, $3, $4, $5, $6)
on conflict (authority_id, unit_id, name) do nothing;

-- name: insert_template_task
insert into tasks_template_task (authority_id, template_id, position, title, note, days_before, checklist)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: hide_template
update tasks_template set trashed_at = $3, trashed_name = name, name = cast(id as text)
where authority_id = $1 and id = $2 and trashed_at is null;

-- name: name_of_hidden_template
select t.trashed_name,
    (select count(*) from tasks_template o
        where o.authority_id = $1 and o.unit_id = t.unit_id and o.name = t.trashed_name) as taken
from tasks_template t where t.authority_id = $1 and t.id = $2 and t.trashed_at is not null;

-- name: unhide_template
update tasks_template set trashed_at = null, name = trashed_name, trashed_name = null
where authority_id = $1 and id = $2 and trashed_at is not null;

-- name: delete_template_tasks
delete from tasks_template_task where authority_id = $1 and template_id = $2;

-- name: delete_template
delete from tasks_template where authority_id = $1 and id = $2;
