-- ---- Timeline --------------------------------------------------------------------------------------------

-- name: add_line
insert into identity_timeline_line (authority_id, id, at, person_id, event, subject_kind, subject_authority_id,
    subject_id, changes, personal_digest, acting_for_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: add_personal
insert into identity_timeline_personal (authority_id, line_id, salt, content) values ($1, $2, $3, $4);

-- name: erase_personal
delete from identity_timeline_personal where authority_id = $1 and line_id = $2;

-- name: lines_of_subject
select l.id, l.at, l.person_id, p.name as person_name, l.event, l.subject_kind, l.subject_authority_id,
    l.subject_id, l.changes, l.personal_digest, l.block, l.acting_for_id, f.name as acting_for_name,
    s.content as personal, b.hash as block_hash, b.previous_hash as block_previous_hash
from identity_timeline_line l
left join identity_person p on p.id = l.person_id
left join identity_person f on f.id = l.acting_for_id
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
left join identity_timeline_block b on b.authority_id = $1 and b.ordinal = l.block
where l.authority_id = $1 and l.subject_kind = $2 and l.subject_authority_id = $3 and l.subject_id = $4
order by l.id desc
limit $5;

-- list: timeline_lines
select l.id, l.at, l.person_id, p.name as person_name, l.event, l.subject_kind, l.subject_authority_id,
    l.subject_id, l.changes, l.personal_digest, l.block, l.acting_for_id, f.name as acting_for_name,
    s.content as personal, b.hash as block_hash, b.previous_hash as block_previous_hash
from identity_timeline_line l
left join identity_person p on p.id = l.person_id
left join identity_person f on f.id = l.acting_for_id
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
left join identity_timeline_block b on b.authority_id = $1 and b.ordinal = l.block
where l.authority_id = $1
-- filter: person
and l.person_id = $value
-- filter: event
and l.event like $value
-- filter: subject_kind
and l.subject_kind = $value
-- filter: subject
and l.subject_id = $value
-- filter: unit
and l.person_id in (select m.person_id from identity_membership m where m.authority_id = $1 and m.unit_id = $value)
-- filter: from
and l.at >= $value
-- filter: until
and l.at < $value
-- filter: above
and l.id > $value
-- filter: below
and l.id < $value
-- order: newest
order by l.id desc
-- order: oldest
order by l.id;

-- name: authorities_with_open_lines
-- wide
select l.authority_id from identity_timeline_line l where l.block is null group by l.authority_id
order by l.authority_id;

-- name: authorities_with_timeline
-- wide
select a.id as authority_id from identity_authority a
union
select b.authority_id from identity_timeline_block b
union
select l.authority_id from identity_timeline_line l where l.block is null
order by authority_id;

-- name: open_line_exists
-- wide
select 1 as there where exists (select l.id from identity_timeline_line l where l.block is null);

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
returning id, at, person_id, event, subject_kind, subject_authority_id, subject_id, changes, personal_digest,
    acting_for_id;

-- name: add_block
insert into identity_timeline_block (authority_id, ordinal, previous_hash, hash, line_count, sealed_at)
values ($1, $2, $3, $4, $5, $6);

-- name: last_block
select b.ordinal, b.hash, b.sealed_at
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
    l.personal_digest, l.block, l.acting_for_id, s.salt, s.content
from identity_timeline_line l
left join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
where l.authority_id = $1 and l.block between $2 and $3
order by l.block, l.id;

-- name: erased_lines
select l.subject_id from identity_timeline_line l
where l.authority_id = $1 and l.event = 'identity.personal_erased' and l.subject_kind = 'identity.timeline_line';

-- The personal part of a sign-in is the address it came from. A portion, in the order of the lines, after the last one that
-- was erased so (addresses_erased_to).
-- name: erase_addresses
delete from identity_timeline_personal
where authority_id = $1 and line_id in (
    select l.id
    from identity_timeline_line l
    join identity_timeline_personal s on s.authority_id = $1 and s.line_id = l.id
    where l.authority_id = $1 and l.id > $2 and l.id < $3
        and l.event in ('identity.signed_in', 'identity.sign_in_refused', 'identity.code_refused')
    order by l.id
    limit $4)
returning line_id;

-- name: addresses_erased_to
select max(l.subject_id) as line_id
from identity_timeline_line l
where l.authority_id = $1 and l.subject_kind = 'identity.timeline_line' and l.event = 'identity.addresses_erased';

-- name: count_of_open_lines
select count(*) as lines, min(l.at) as since from identity_timeline_line l where l.authority_id = $1 and l.block is null;

-- name: timeline_heads
-- wide
select b.authority_id, b.ordinal, b.hash
from identity_timeline_block b
where b.ordinal = (select max(n.ordinal) from identity_timeline_block n where n.authority_id = b.authority_id)
order by b.authority_id;
