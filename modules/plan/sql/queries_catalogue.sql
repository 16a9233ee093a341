-- Topics and Channels of an authority.

-- name: topics_on
select t.id, t.code, t.name from plan_topic t
where t.authority_id = $1 and t.valid_from <= $2 and (t.valid_to is null or t.valid_to >= $2)
order by t.position;

-- name: channels_on
select c.id, c.code, c.name from plan_channel c
where c.authority_id = $1 and c.valid_from <= $2 and (c.valid_to is null or c.valid_to >= $2)
order by c.position;

-- name: insert_topic
insert into plan_topic (authority_id, id, code, name, position, valid_from, valid_to, version)
values ($1, $2, $3, $4, $5, $6, null, 1) on conflict do nothing;

-- name: insert_channel
insert into plan_channel (authority_id, id, code, name, position, valid_from, valid_to, version)
values ($1, $2, $3, $4, $5, $6, null, 1) on conflict do nothing;
