-- ---- Authorities -----------------------------------------------------------------------------------------

-- name: add_authority
insert into identity_authority (id, name, short_name, level, parent_authority_id, place, hamlet_word,
    portal_host, valid_from, demonstration, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1);

-- name: authority_by_id
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
from identity_authority a
where a.id = $1;

-- Whose host it is, else the highest.
-- name: authority_for_host
select found.id, found.short_name, found.name, found.demonstration
from identity_authority found
where found.id = coalesce(
    (select a.id from identity_authority a
     where a.portal_host = $1 and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2)),
    (select a.id from identity_authority a
     where a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2)
     order by case a.level when 'province' then 1 when 'district' then 2 else 3 end, a.id
     limit 1));

-- name: authority_with_host
select a.id from identity_authority a where a.portal_host = $1;

-- name: authorities_on
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
from identity_authority a
where a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1)
order by case a.level when 'province' then 1 when 'district' then 2 else 3 end, a.name, a.id;

-- Those of other days too.
-- name: authorities
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
from identity_authority a
order by a.name, a.id;

-- The one that made the account first.
-- name: authorities_of_person
-- wide
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
from identity_membership m
join identity_authority a on a.id = m.authority_id
where m.person_id = $1 and m.valid_from <= $2 and (m.valid_to is null or m.valid_to > $2)
    and (a.valid_to is null or a.valid_to > $2)
group by a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
order by min(m.id);

-- name: close_authority
update identity_authority set valid_to = $2, version = version + 1 where id = $1 and valid_to is null;

-- name: set_authority_settings
update identity_authority set hamlet_word = $2, portal_host = $3, version = version + 1 where id = $1 and version = $4;

-- name: units_open_at_the_end
select count(*) as units
from identity_unit u
where u.authority_id = $1 and (u.valid_to is null or u.valid_to > $2);

-- name: root_unit
select u.id from identity_unit u where u.authority_id = $1 and u.parent_id is null;

-- ---- Units -----------------------------------------------------------------------------------------------

-- name: add_unit
insert into identity_unit (authority_id, id, parent_id, kind, valid_from, represents_authority_id, headcount,
    population, position, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1);

-- name: set_represented_authority
update identity_unit set represents_authority_id = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4;

-- Its name of that day; the first one before it began.
-- name: unit_by_id
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version, u.name_from
from identity_named_unit u
where u.authority_id = $1 and u.id = $2 and (u.name_from <= $3 or u.name_from = u.valid_from)
    and (u.name_to is null or u.name_to > $3);

-- The same for up to 32 units.
-- name: units_by_ids
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version
from identity_named_unit u
where u.authority_id = $1 and (u.name_from <= $2 or u.name_from = u.valid_from)
    and (u.name_to is null or u.name_to > $2)
    and u.id in ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34);

-- name: units_on
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version
from identity_named_unit u
where u.authority_id = $1 and u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2)
    and u.name_from <= $2 and (u.name_to is null or u.name_to > $2);

-- Who stands above whom, whatever the day.
-- name: unit_parents
select u.id, u.parent_id from identity_unit u where u.authority_id = $1;

-- name: count_units_on
select count(*) as units
from identity_unit u
where u.authority_id = $1 and u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2);

-- Of a tree too long to be shown whole: the root, those right below it, and all below the one of them under which $3 stands.
-- An ended unit is no step: what hung below it hangs where it did.
-- name: units_around
with recursive above(id, parent_id) as (
    select u.id, u.parent_id
    from identity_unit u
    where u.authority_id = $1 and u.id = $3
    union
    select p.id, p.parent_id
    from above a
    join identity_unit p on p.authority_id = $1 and p.id = a.parent_id
    where p.authority_id = $1),
around(id, opened, whole) as (
    select u.id, 1, 0
    from identity_unit u
    where u.authority_id = $1 and u.parent_id is null
    union
    select u.id, case when u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2) then 0 else 1 end,
        case when r.whole = 1 or u.id in (select a.id from above a) then 1 else 0 end
    from around r
    join identity_unit u on u.authority_id = $1 and u.parent_id = r.id
    where u.authority_id = $1 and (r.opened = 1 or r.whole = 1))
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version
from around r
join identity_named_unit u on u.authority_id = $1 and u.id = r.id
where u.authority_id = $1 and u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2)
    and u.name_from <= $2 and (u.name_to is null or u.name_to > $2);

-- The unit itself and those above it.
-- name: unit_and_those_above
with recursive above(id, parent_id) as (
    select u.id, u.parent_id
    from identity_unit u
    where u.authority_id = $1 and u.id = $2
    union
    select p.id, p.parent_id
    from above a
    join identity_unit p on p.authority_id = $1 and p.id = a.parent_id
    where p.authority_id = $1)
select a.id from above a;

-- name: namesake_below
select u.id
from identity_named_unit u
where u.authority_id = $1 and u.parent_id = $2 and u.name = $3 and u.name_to is null
    and (u.valid_to is null or u.valid_to > $4);

-- name: open_units_below
select u.id
from identity_unit u
where u.authority_id = $1 and u.parent_id = $2 and (u.valid_to is null or u.valid_to > $3)
order by u.id
limit 1;

-- name: close_unit
update identity_unit
set valid_to = $3, closing = $4, version = version + 1
where authority_id = $1 and id = $2 and valid_to is null and version = $5;

-- name: touch_unit
update identity_unit set version = version + 1 where authority_id = $1 and id = $2 and version = $3;

-- name: add_link
insert into identity_unit_link (authority_id, unit_id, successor_authority_id, successor_id, kind, date, share)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: links_from
select l.authority_id, l.unit_id, l.successor_authority_id, l.successor_id, l.kind, l.date, l.share,
    p.name as predecessor_name, s.name as successor_name
from identity_unit_link l
join identity_named_unit p on p.authority_id = l.authority_id and p.id = l.unit_id and p.name_to is null
join identity_named_unit s on s.authority_id = l.successor_authority_id and s.id = l.successor_id
    and s.name_to is null
where l.authority_id = $1 and l.unit_id = $2
order by l.successor_authority_id, l.successor_id;

-- name: links_to
select l.authority_id, l.unit_id, l.successor_authority_id, l.successor_id, l.kind, l.date, l.share,
    p.name as predecessor_name, s.name as successor_name
from identity_unit_link l
join identity_named_unit p on p.authority_id = l.authority_id and p.id = l.unit_id and p.name_to is null
join identity_named_unit s on s.authority_id = l.successor_authority_id and s.id = l.successor_id
    and s.name_to is null
where l.successor_authority_id = $1 and l.successor_id = $2
order by l.authority_id, l.unit_id;

-- A link is followed from the day its predecessor is no more; union stops a ring.
-- name: successors
-- wide
with recursive walk(authority_id, id) as (
    select u.authority_id, u.id
    from identity_unit u
    where u.authority_id = $1 and u.id = $2
    union
    select l.successor_authority_id, l.successor_id
    from walk w
    join identity_unit_link l on l.authority_id = w.authority_id and l.unit_id = w.id
    where l.date <= $3)
select u.authority_id, u.id
from walk w
join identity_unit u on u.authority_id = w.authority_id and u.id = w.id
where u.valid_to is null or u.valid_to > $3
order by u.authority_id, u.id;

-- ---- Names and groups --------------------------------------------------------------------------------------

-- name: add_name
insert into identity_unit_name (authority_id, id, unit_id, group_id, kind, name, short_name, compare_key, source,
    added_by, added_at, valid_from)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: end_official_name
update identity_unit_name
set valid_to = $3
where authority_id = $1 and unit_id = $2 and kind = 'official' and valid_to is null and valid_from < $3;

-- name: names_on
select n.name, n.short_name, n.kind, n.unit_id, n.group_id, n.valid_from, n.valid_to
from identity_unit_name n
left join identity_unit u on u.authority_id = $1 and u.id = n.unit_id
where n.authority_id = $1
    and (n.group_id is not null or (u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2)))
order by n.unit_id, n.group_id, n.kind, n.valid_from, n.id;

-- name: names_of_ended_units
select n.name, n.short_name, n.kind, n.unit_id, n.group_id, n.valid_from, n.valid_to
from identity_unit_name n
join identity_unit u on u.authority_id = $1 and u.id = n.unit_id
where n.authority_id = $1 and u.valid_to <= $2
order by n.unit_id, n.kind, n.valid_from, n.id;

-- name: names_of_unit
select n.name, n.short_name, n.kind, n.unit_id, n.group_id, n.valid_from, n.valid_to
from identity_unit_name n
where n.authority_id = $1 and n.unit_id = $2
order by n.valid_from, n.id;

-- What else is called so: open units and groups.
-- name: names_alike
select n.unit_id, n.group_id
from identity_unit_name n
left join identity_unit u on u.authority_id = $1 and u.id = n.unit_id
where n.authority_id = $1 and n.compare_key = $2
    and (n.group_id is not null or u.valid_to is null or u.valid_to > $3);

-- name: add_group
insert into identity_unit_group (authority_id, id, name, version) values ($1, $2, $3, 1);

-- name: add_group_kind
insert into identity_unit_group_kind (authority_id, group_id, kind) values ($1, $2, $3)
on conflict do nothing;

-- name: add_group_member
insert into identity_unit_group_member (authority_id, group_id, unit_id, valid_from) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: end_group_memberships
update identity_unit_group_member
set valid_to = $3
where authority_id = $1 and unit_id = $2 and valid_to is null;

-- name: groups_listing_unit
select m.group_id
from identity_unit_group_member m
where m.authority_id = $1 and m.unit_id = $2 and m.valid_to is null
order by m.group_id;

-- name: unit_groups
select g.authority_id, g.id, g.name, g.version from identity_unit_group g where g.authority_id = $1
order by g.name, g.id;

-- name: unit_group_by_id
select g.authority_id, g.id, g.name, g.version
from identity_unit_group g
where g.authority_id = $1 and g.id = $2;

-- name: group_kinds
select k.group_id, k.kind from identity_unit_group_kind k where k.authority_id = $1
order by k.group_id, k.kind;

-- name: group_members
select m.unit_id
from identity_unit_group_member m
where m.authority_id = $1 and m.group_id = $2 and m.valid_from <= $3 and (m.valid_to is null or m.valid_to > $3);
