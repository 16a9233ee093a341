-- ---- Figures ---------------------------------------------------------------------------------------------

-- name: set_figure
insert into identity_unit_figure (authority_id, unit_id, kind, valid_from, value, source, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (authority_id, unit_id, kind, valid_from) do update
set value = excluded.value, source = excluded.source, added_by = excluded.added_by, added_at = excluded.added_at;

-- name: figures_of_unit
select f.kind, f.valid_from, f.value, f.source, p.name as person_name
from identity_unit_figure f
left join identity_person p on p.id = f.added_by
where f.authority_id = $1 and f.unit_id = $2
order by f.kind, f.valid_from desc;

-- name: figure_on
select f.value
from identity_unit_figure f
where f.authority_id = $1 and f.unit_id = $2 and f.kind = $3 and f.valid_from <= $4
order by f.valid_from desc
limit 1;

-- name: figures_on
select f.unit_id, f.value
from identity_unit_figure f
where f.authority_id = $1 and f.kind = $2 and f.valid_from <= $3
    and not exists (
        select 1 from identity_unit_figure n
        where n.authority_id = $1 and n.unit_id = f.unit_id and n.kind = $2 and n.valid_from <= $3
            and n.valid_from > f.valid_from);

-- name: set_unit_figures
update identity_unit set headcount = $3, population = $4 where authority_id = $1 and id = $2;

-- ---- Changes on a day --------------------------------------------------------------------------------------

-- name: add_change_set
insert into identity_unit_change_set (authority_id, id, name, basis, day, state, created_by, created_at, version)
values ($1, $2, $3, $4, $5, 'draft', $6, $7, 1);

-- name: edit_change_set
update identity_unit_change_set
set name = $3, basis = $4, day = $5, version = version + 1
where authority_id = $1 and id = $2 and state = 'draft' and version = $6;

-- name: touch_change_set
update identity_unit_change_set
set version = version + 1
where authority_id = $1 and id = $2 and state = 'draft' and version = $3;

-- name: decide_change_set
update identity_unit_change_set
set state = $4, decided_by = $5, decided_at = $6, problem = null, version = version + 1
where authority_id = $1 and id = $2 and state = $3 and version = $7;

-- name: set_change_set_problem
update identity_unit_change_set
set problem = $3, version = version + 1
where authority_id = $1 and id = $2 and state = 'confirmed';

-- name: change_sets
select s.authority_id, s.id, s.name, s.basis, s.day, s.state, s.problem, s.version
from identity_unit_change_set s
where s.authority_id = $1
order by s.day desc, s.id desc
limit $2;

-- name: change_set_by_id
select s.authority_id, s.id, s.name, s.basis, s.day, s.state, s.problem, s.version
from identity_unit_change_set s
where s.authority_id = $1 and s.id = $2;

-- name: due_change_sets
select s.authority_id, s.id, s.name, s.basis, s.day, s.state, s.problem, s.version
from identity_unit_change_set s
where s.authority_id = $1 and s.state = 'confirmed' and s.day <= $2
order by s.day, s.id;

-- name: authorities_with_due_changes
select distinct s.authority_id from identity_unit_change_set s where s.state = 'confirmed' and s.day <= $1
order by s.authority_id;

-- Drafts of others that send something to one of our units, and whether we have agreed.
-- name: change_sets_towards
select s.authority_id, s.id, s.name, s.basis, s.day, s.state, s.problem, s.version,
    a.name as from_name, c.accepted_at
from identity_unit_change_set s
join identity_authority a on a.id = s.authority_id
left join identity_unit_change_acceptance c
    on c.authority_id = s.authority_id and c.change_set_id = s.id and c.accepting_authority_id = $1
where s.authority_id <> $1 and s.state in ('draft', 'confirmed')
    and exists (
        select 1
        from identity_unit_change u
        join identity_unit_change_successor t on t.authority_id = u.authority_id and t.change_id = u.id
        where u.authority_id = s.authority_id and u.change_set_id = s.id and t.successor_authority_id = $1)
order by s.day, s.authority_id, s.id;

-- name: add_change
insert into identity_unit_change (authority_id, id, change_set_id, kind, unit_id, parent_id, unit_kind, name,
    short_name, closing)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: add_change_successor
insert into identity_unit_change_successor (authority_id, change_id, position, successor_authority_id,
    successor_id, share, takes_people)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: remove_change_successors
delete from identity_unit_change_successor where authority_id = $1 and change_id = $2;

-- name: remove_change
delete from identity_unit_change where authority_id = $1 and change_set_id = $2 and id = $3;

-- name: changes_of_set
select c.id, c.kind, c.unit_id, c.parent_id, c.unit_kind, c.name, c.short_name, c.closing
from identity_unit_change c
where c.authority_id = $1 and c.change_set_id = $2
order by c.id;

-- name: change_successors_of_set
select t.change_id, t.successor_authority_id, t.successor_id, t.share, t.takes_people
from identity_unit_change_successor t
join identity_unit_change c on c.authority_id = t.authority_id and c.id = t.change_id
where t.authority_id = $1 and c.change_set_id = $2
order by t.change_id, t.position;

-- name: add_acceptance
insert into identity_unit_change_acceptance (authority_id, change_set_id, accepting_authority_id, accepted_by,
    accepted_at)
values ($1, $2, $3, $4, $5)
on conflict do nothing;

-- name: remove_acceptances
delete from identity_unit_change_acceptance where authority_id = $1 and change_set_id = $2;

-- name: acceptances
select c.accepting_authority_id from identity_unit_change_acceptance c
where c.authority_id = $1 and c.change_set_id = $2;

-- In force on that day or later; one that ended on its first day never was.
-- name: memberships_to_continue
select m.id, m.person_id, m.role, m.position, m.valid_from, m.valid_to, m.scope
from identity_membership m
where m.authority_id = $1 and m.unit_id = $2
    and (m.valid_to is null or (m.valid_to > $3 and m.valid_to > m.valid_from))
order by m.id;

-- name: count_of_memberships_to_continue
select count(*) as memberships, count(distinct m.person_id) as people
from identity_membership m
where m.authority_id = $1 and m.unit_id = $2
    and (m.valid_to is null or (m.valid_to > $3 and m.valid_to > m.valid_from));

-- name: move_sessions
-- wide
update identity_session set acting_authority_id = $3 where person_id = $1 and acting_authority_id = $2;

-- name: administrators_on
select distinct m.person_id
from identity_membership m
where m.authority_id = $1 and m.role = 'administrator' and m.valid_from <= $2
    and (m.valid_to is null or m.valid_to > $2)
order by m.person_id;

-- name: group_names_listing_unit
select g.name
from identity_unit_group_member m
join identity_unit_group g on g.authority_id = $1 and g.id = m.group_id
where m.authority_id = $1 and m.unit_id = $2 and m.valid_to is null
order by g.name;

-- ---- Import ------------------------------------------------------------------------------------------------

-- name: add_import
insert into identity_import (authority_id, id, kind, file_name, content, sha256, digest, person_id, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: import
select i.id, i.file_name, i.content, i.sha256, i.digest, i.person_id, i.applied_at
from identity_import i
where i.authority_id = $1 and i.id = $2 and i.kind = $3;

-- name: mark_import_applied
update identity_import set applied_at = $3 where authority_id = $1 and id = $2 and applied_at is null;

-- name: forget_imports
-- wide
delete from identity_import where created_at <= $1 and applied_at is null;

-- The line that says which file it was stays; whom it listed does not.
-- name: empty_imports
-- wide
update identity_import set content = '' where applied_at <= $1 and content <> '';

-- name: aliases_of_units
select n.unit_id, n.name
from identity_unit_name n
where n.authority_id = $1 and n.kind = 'alias' and n.unit_id is not null
order by n.unit_id, n.id;

-- name: set_unit_position
update identity_unit set position = $3, version = version + 1 where authority_id = $1 and id = $2;

-- The day from which their name of today holds.
-- name: units_renamed_on
select n.unit_id
from identity_unit_name n
where n.authority_id = $1 and n.kind = 'official' and n.valid_to is null and n.valid_from >= $2
    and n.unit_id is not null;
