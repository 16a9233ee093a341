-- name: insert_thing
insert into probe_thing (id, name) values ($1, $2) on conflict do nothing;

-- name: insert_strict
insert into probe_thing (id, name) values ($1, $2);

-- name: things
select t.id, t.name from probe_thing t order by t.id;

-- name: thing
select t.id, t.name from probe_thing t where t.id = $1;

-- name: things_named
select t.id from probe_thing t where t.name = $1;

-- list: some_things
select t.id, t.name from probe_thing t where t.id >= $1
-- filter: named
and t.name = $value
-- filter: above
and t.id > $value
-- order: first_first
order by t.id
-- order: last_first
order by t.id desc
