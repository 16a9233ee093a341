-- Statements for the tests of storage.

-- name: add_thing
insert into probe_thing (id, name) values ($1, $2) on conflict do nothing;

-- name: insert_thing
insert into probe_thing (id, name) values ($1, $2);

-- name: rename_thing
update probe_thing set name = $2 where id = $1;

-- name: replace_name
update probe_thing set name = $2 where name = $1 returning id, name as new_name;

-- name: remove_thing
delete from probe_thing where id = $1;

-- name: things
select t.id, t.name from probe_thing t order by t.id;

-- name: thing
select t.* from probe_thing t where t.id = $1;

-- name: things_like
select t.id from probe_thing t where t.name like $1 order by t.id;

-- name: count_things
select count(*) as things from probe_thing t;

-- SQLite gives null for what PostgreSQL refuses.
-- name: one_by
select 1 / $1 as share;

-- name: sum_ids
select sum(t.id) as total, count(*) > 2 as many, max(t.name) as last_name, null as missing from probe_thing t;

-- name: average_id
select avg(t.id) as average from probe_thing t;

-- Beside a small number, PostgreSQL takes a parameter for one of 32 bits unless told otherwise.
-- name: recent_things
select t.id from probe_thing t where t.id > $1 - 5000 and ($2 > 0 or $2 < 0) order by t.id;

-- name: name_from
select substr(t.name, $2) as rest from probe_thing t where t.id = $1;

-- name: first_things
select p.id from probe_public_first p;

-- The parameters stand in another order than their numbers.
-- name: insert_item
insert into probe_item (note, amount, code, thing_id, id, authority_id) values ($6, $5, $4, $3, $2, $1);

-- name: set_item
insert into probe_item (authority_id, id, thing_id, code, amount, note) values ($1, $2, $3, $4, $5, null)
on conflict (authority_id, code) do update set amount = excluded.amount;

-- name: item
select i.id, i.code, i.amount, i.note from probe_item i where i.authority_id = $1 and i.id = $2;

-- name: copy_thing
with copied as (select t.name from probe_thing t where t.id = $1)
insert into probe_thing (id, name) select $2, c.name from copied c;

-- list: some_things
select t.id, t.name from probe_thing t where t.id >= $1
-- filter: named
and t.name = $value
-- filter: below
and t.id < $value
-- filter: even
and t.id % 2 = 0
-- filter: not_base
and t.id <> $1
-- order: first_first
order by t.id
-- order: last_first
order by t.id desc;
