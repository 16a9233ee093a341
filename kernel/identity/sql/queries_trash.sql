-- ---- Trash -------------------------------------------------------------------------------------------------

-- name: add_trash_item
insert into identity_trash_item (authority_id, id, record_kind, record_id, title, unit_id, deleted_by, deleted_at,
    purged_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- $3 lists the units where the actor may, ",12,15,".
-- name: trash
select t.id, t.record_kind, t.record_id, t.title, t.unit_id, u.name as unit_name, t.deleted_by,
    p.name as deleted_by_name, t.deleted_at, t.purged_at
from identity_trash_item t
join identity_named_unit u on u.authority_id = $1 and u.id = t.unit_id and u.name_to is null
left join identity_person p on p.id = t.deleted_by
where t.authority_id = $1 and t.record_kind = $2
    and cast($3 as text) like '%,' || cast(t.unit_id as text) || ',%'
order by t.deleted_at desc, t.id desc
limit 200;

-- name: trash_item
select t.id, t.record_kind, t.record_id, t.title, t.unit_id, u.name as unit_name, t.deleted_by,
    p.name as deleted_by_name, t.deleted_at, t.purged_at
from identity_trash_item t
join identity_named_unit u on u.authority_id = $1 and u.id = t.unit_id and u.name_to is null
left join identity_person p on p.id = t.deleted_by
where t.authority_id = $1 and t.id = $2;

-- name: remove_trash_item
delete from identity_trash_item where authority_id = $1 and id = $2;

-- Of every authority: for the system.
-- name: trash_to_purge
-- wide
select t.authority_id, t.id, t.record_kind, t.record_id, t.title
from identity_trash_item t
where t.purged_at <= $1
order by t.purged_at, t.id
limit 100;
