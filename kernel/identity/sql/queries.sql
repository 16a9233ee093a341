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

-- name: authority_of_host
select a.id
from identity_authority a
where a.portal_host = $1 and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2);

-- name: authority_with_host
select a.id from identity_authority a where a.portal_host = $1;

-- name: highest_authority
select a.id
from identity_authority a
where a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1)
order by case a.level when 'province' then 1 when 'district' then 2 else 3 end, a.id
limit 1;

-- name: authorities_on
select a.id, a.name, a.short_name, a.level, a.parent_authority_id, a.place, a.hamlet_word, a.portal_host,
    a.valid_from, a.valid_to, a.demonstration, a.version
from identity_authority a
where a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1)
order by case a.level when 'province' then 1 when 'district' then 2 else 3 end, a.name, a.id;

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

-- Its name of that day; the first one before it began.
-- name: unit_by_id
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version, u.name_from
from identity_named_unit u
where u.authority_id = $1 and u.id = $2 and (u.name_from <= $3 or u.name_from = u.valid_from)
    and (u.name_to is null or u.name_to > $3);

-- name: units_on
select u.authority_id, u.id, u.parent_id, u.kind, u.name, u.short_name, u.valid_from, u.valid_to, u.closing,
    u.represents_authority_id, u.headcount, u.population, u.position, u.version
from identity_named_unit u
where u.authority_id = $1 and u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2)
    and u.name_from <= $2 and (u.name_to is null or u.name_to > $2);

-- Who stands above whom, whatever the day.
-- name: unit_parents
select u.id, u.parent_id from identity_unit u where u.authority_id = $1;

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

-- ---- People ----------------------------------------------------------------------------------------------

-- name: add_person
insert into identity_person (id, name, sign_in_name, search_key, active, home_authority_id, created_at, version)
values ($1, $2, $3, $4, 1, $5, $6, 1);

-- name: add_credential
insert into identity_credential (sign_in_name, person_id, password_hash, changed_at) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: person
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.version from identity_person p where p.id = $1;

-- name: person_here
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.version
from identity_person p
where p.id = $2
    and exists (select 1 from identity_membership m where m.authority_id = $1 and m.person_id = $2);

-- name: set_person_active
update identity_person set active = $2, version = version + 1 where id = $1 and active <> $2;

-- name: people
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.version
from identity_person p
where p.id in (select m.person_id from identity_membership m where m.authority_id = $1)
    and p.search_key like $2 escape '\'
order by p.search_key, p.id
limit $3 offset $4;

-- name: person_by_sign_in_name
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.version
from identity_credential c
join identity_person p on p.id = c.person_id
where c.sign_in_name = $1;

-- name: credential_by_name
select c.person_id, c.password_hash, p.active, p.name
from identity_credential c
join identity_person p on p.id = c.person_id
where c.sign_in_name = $1;

-- name: set_password_hash
update identity_credential set password_hash = $2, changed_at = $3 where sign_in_name = $1;

-- name: add_membership
insert into identity_membership (authority_id, id, person_id, unit_id, role, position, valid_from, valid_to)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: same_membership
select m.id
from identity_membership m
where m.authority_id = $1 and m.person_id = $2 and m.unit_id = $3 and m.role = $4 and m.valid_from = $5;

-- name: membership
select m.id, m.person_id, m.unit_id, m.role, m.valid_from, m.valid_to
from identity_membership m
where m.authority_id = $1 and m.id = $2;

-- name: end_membership
update identity_membership
set valid_to = $3
where authority_id = $1 and id = $2 and valid_from <= $3 and (valid_to is null or valid_to > $3);

-- name: end_memberships_of_unit
update identity_membership
set valid_to = case when valid_from > $3 then valid_from else $3 end
where authority_id = $1 and unit_id = $2 and (valid_to is null or valid_to > $3);

-- name: memberships_on
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.valid_from <= $2 and (m.valid_to is null or m.valid_to > $2);

-- name: memberships_of_person
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.person_id = $3 and m.valid_from <= $2
    and (m.valid_to is null or m.valid_to > $2);

-- name: memberships_of_unit
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.unit_id = $3 and m.valid_from <= $2
    and (m.valid_to is null or m.valid_to > $2);

-- name: grants
select m.unit_id, m.role
from identity_membership m
where m.authority_id = $1 and m.person_id = $2 and m.valid_from <= $3
    and (m.valid_to is null or m.valid_to > $3)
order by m.id;

-- name: count_of_administrators
select count(*) as administrators
from identity_membership m
join identity_person p on p.id = m.person_id
where m.authority_id = $1 and m.role = 'administrator' and m.valid_from <= $2 and m.valid_to is null
    and p.active = 1 and m.id <> $3;

-- ---- Sessions --------------------------------------------------------------------------------------------

-- name: add_session
insert into identity_session (token_hash, person_id, authority_id, created_at, seen_at, address, agent)
values ($1, $2, $3, $4, $4, $5, $6);

-- name: session
select s.person_id, s.authority_id, s.created_at, s.seen_at, p.name, p.active
from identity_session s
join identity_person p on p.id = s.person_id
where s.token_hash = $1;

-- name: end_session
delete from identity_session where token_hash = $1;

-- name: end_sessions_of_person
-- wide
delete from identity_session where person_id = $1 and token_hash <> $2;

-- name: sessions_of_person
-- wide
select s.token_hash, s.created_at, s.seen_at, s.address, s.agent
from identity_session s
where s.person_id = $1 and s.created_at > $2 and s.seen_at > $3
order by s.seen_at desc, s.token_hash;

-- name: set_session_authority
update identity_session set authority_id = $2 where token_hash = $1;

-- name: see_session
update identity_session set seen_at = $2 where token_hash = $1 and seen_at < $2;

-- name: forget_sessions
-- wide
delete from identity_session where created_at <= $1 or seen_at <= $2;

-- name: add_device
insert into identity_device (device_hash, person_id, seen_at) values ($1, $2, $3)
on conflict (device_hash) do update set seen_at = excluded.seen_at;

-- name: device
select d.person_id from identity_device d where d.device_hash = $1 and d.seen_at > $2;

-- name: forget_devices
-- wide
delete from identity_device where seen_at <= $1;

-- name: forget_devices_of_person
-- wide
delete from identity_device where person_id = $1;

-- name: throttle
select t.failures, t.counted_at, t.open_at from identity_throttle t where t.throttle_key = $1;

-- name: set_throttle
insert into identity_throttle (throttle_key, failures, counted_at, open_at) values ($1, $2, $3, $4)
on conflict (throttle_key) do update
set failures = excluded.failures, counted_at = excluded.counted_at, open_at = excluded.open_at;

-- name: forget_throttles
-- wide
delete from identity_throttle where counted_at <= $1;

-- ---- Answered forms ----------------------------------------------------------------------------------------

-- name: claim_answer
insert into identity_answer (authority_id, person_id, request_id, location, answered_at)
values ($1, $2, $3, '', $4)
on conflict do nothing;

-- name: answer
select a.location
from identity_answer a
where a.authority_id = $1 and a.person_id = $2 and a.request_id = $3;

-- name: set_answer
update identity_answer set location = $4 where authority_id = $1 and person_id = $2 and request_id = $3;

-- name: forget_answers
-- wide
delete from identity_answer where answered_at <= $1;

-- ---- Timeline --------------------------------------------------------------------------------------------

-- name: add_line
insert into identity_timeline_line (authority_id, id, at, person_id, event, subject_kind, subject_authority_id,
    subject_id, changes, personal_digest)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: add_personal
insert into identity_timeline_personal (authority_id, line_id, salt, content) values ($1, $2, $3, $4);

-- name: erase_personal
delete from identity_timeline_personal where authority_id = $1 and line_id = $2;

-- name: line
select l.id, l.personal_digest from identity_timeline_line l where l.authority_id = $1 and l.id = $2;

-- name: lines_of_subject
select l.id, l.at, l.person_id, p.name as person_name, l.event, l.subject_kind, l.subject_authority_id,
    l.subject_id, l.changes, l.personal_digest, l.block, s.content as personal
from identity_timeline_line l
left join identity_person p on p.id = l.person_id
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
where l.authority_id = $1 and l.subject_kind = $2 and l.subject_authority_id = $3 and l.subject_id = $4
order by l.id desc
limit $5;

-- list: timeline_lines
select l.id, l.at, l.person_id, p.name as person_name, l.event, l.subject_kind, l.subject_authority_id,
    l.subject_id, l.changes, l.personal_digest, l.block, s.content as personal
from identity_timeline_line l
left join identity_person p on p.id = l.person_id
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
where l.authority_id = $1
-- filter: person
and l.person_id = $value
-- filter: event
and l.event like $value
-- filter: from
and l.at >= $value
-- filter: until
and l.at < $value
-- order: newest
order by l.id desc;

-- name: authorities_with_open_lines
-- wide
select l.authority_id from identity_timeline_line l where l.block is null group by l.authority_id
order by l.authority_id;

-- name: open_line_exists
-- wide
select l.id from identity_timeline_line l where l.block is null limit 1;

-- Takes the open lines for one block and gives them as they are: what is committed later is not in it.
-- name: take_open_lines
update identity_timeline_line
set block = $2
where authority_id = $1 and block is null
    and id in (
        select l.id
        from identity_timeline_line l
        where l.authority_id = $1 and l.block is null
        order by l.id
        limit $3)
returning id, at, person_id, event, subject_kind, subject_authority_id, subject_id, changes, personal_digest;

-- name: add_block
insert into identity_timeline_block (authority_id, ordinal, previous_hash, hash, line_count, sealed_at)
values ($1, $2, $3, $4, $5, $6);

-- name: last_block
select b.ordinal, b.hash
from identity_timeline_block b
where b.authority_id = $1
order by b.ordinal desc
limit 1;

-- name: blocks_after
select b.ordinal, b.previous_hash, b.hash, b.line_count
from identity_timeline_block b
where b.authority_id = $1 and b.ordinal > $2
order by b.ordinal
limit $3;

-- name: lines_of_blocks
select l.id, l.at, l.person_id, l.event, l.subject_kind, l.subject_authority_id, l.subject_id, l.changes,
    l.personal_digest, l.block, s.salt, s.content
from identity_timeline_line l
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
where l.authority_id = $1 and l.block between $2 and $3
order by l.block, l.id;

-- name: erased_lines
select l.subject_id from identity_timeline_line l
where l.authority_id = $1 and l.event = 'identity.personal_erased' and l.subject_kind = 'identity.timeline_line';

-- name: count_of_open_lines
select count(*) as lines from identity_timeline_line l where l.authority_id = $1 and l.block is null;

-- ---- Calendar ----------------------------------------------------------------------------------------------

-- name: fixed_holidays
select h.month, h.day from identity_fixed_holiday h;

-- name: special_days
select d.day, d.kind from identity_special_day d where d.day between $1 and $2;

-- name: set_special_day
insert into identity_special_day (day, kind, name) values ($1, $2, $3)
on conflict (day) do update set kind = excluded.kind, name = excluded.name;
