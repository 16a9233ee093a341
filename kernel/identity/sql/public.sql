-- What modules may read of identity. Password hashes, sessions and the timeline are not here.

create view identity_public_authority as
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.valid_from,
    a.valid_to, a.demonstration
from identity_authority a;

-- name and short_name are the last official ones; on another day: identity_public_unit_name.
create view identity_public_unit as
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to,
    u.represents_authority_id, u.headcount, u.population, u.position
from identity_named_unit u
where u.name_to is null;

create view identity_public_unit_name as
select n.authority_id, n.unit_id, n.group_id, n.kind, n.name, n.short_name, n.valid_from, n.valid_to
from identity_unit_name n;

-- Listed members; the members of a group by kind are asked for with members_of_group().
create view identity_public_group_member as
select m.authority_id, m.group_id, m.unit_id, m.valid_from, m.valid_to
from identity_unit_group_member m;

create view identity_public_person as
select p.id, p.name
from identity_person p;

create view identity_public_membership as
select m.authority_id, m.id, m.person_id, m.unit_id, m.role, m.position, m.valid_from, m.valid_to
from identity_membership m;
