-- Topics and Channels of an authority. valid_to is the first day on which an entry is no more.

-- name: topics_on
select t.id, t.code, t.name from plan_topic t
where t.authority_id = $1 and t.valid_from <= $2 and (t.valid_to is null or t.valid_to > $2)
order by t.position, t.id;

-- name: channels_on
select c.id, c.code, c.name from plan_channel c
where c.authority_id = $1 and c.valid_from <= $2 and (c.valid_to is null or c.valid_to > $2)
order by c.position, c.id;

-- Which activities tell that, or by that.
-- name: activities_of_topic
select t.activity_id from plan_activity_topic t where t.authority_id = $1 and t.topic_id = $2;

-- name: activities_of_channel
select c.activity_id from plan_activity_channel c where c.authority_id = $1 and c.channel_id = $2;

-- name: all_topics
select t.* from plan_topic t where t.authority_id = $1 order by t.position, t.id;

-- name: all_channels
select c.* from plan_channel c where c.authority_id = $1 order by c.position, c.id;

-- name: insert_topic
insert into plan_topic (authority_id, id, code, name, position, valid_from, valid_to, version)
values ($1, $2, $3, $4, $5, $6, null, 1) on conflict do nothing;

-- name: insert_channel
insert into plan_channel (authority_id, id, code, name, position, valid_from, valid_to, version)
values ($1, $2, $3, $4, $5, $6, null, 1) on conflict do nothing;

-- name: set_topic
update plan_topic set name = $3, valid_to = $4, version = version + 1
where authority_id = $1 and id = $2 and version = $5;

-- name: set_channel
update plan_channel set name = $3, valid_to = $4, version = version + 1
where authority_id = $1 and id = $2 and version = $5;
