-- Calendars that programs fetch.

-- name: feeds
select f.id, f.person_id, f.unit_id, f.secret, f.created_at from monitoring_calendar_feed f
where f.authority_id = $1 and f.person_id = $2 order by f.unit_id;

-- name: feed_of_unit
select f.id from monitoring_calendar_feed f where f.authority_id = $1 and f.person_id = $2 and f.unit_id = $3;

-- name: feed_by_id
select f.id, f.person_id, f.unit_id, f.secret, f.created_at from monitoring_calendar_feed f where f.authority_id = $1 and f.id = $2;

-- A new id and a new secret: the old address leads nowhere.
-- name: insert_feed
insert into monitoring_calendar_feed (authority_id, id, person_id, unit_id, secret, created_at) values ($1, $2, $3, $4, $5, $6);

-- name: delete_feed
delete from monitoring_calendar_feed where authority_id = $1 and id = $2;

-- The address stays good for who goes on in the successor, unless she has one for that already.
-- name: pass_feeds
update monitoring_calendar_feed set unit_id = $3
where authority_id = $1 and unit_id = $2
    and person_id not in (select f.person_id from monitoring_calendar_feed f where f.authority_id = $1 and f.unit_id = $3);
