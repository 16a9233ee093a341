-- The calendar of an authority. $1 is always the acting authority.

-- name: calendar_days
select d.day, d.occasion, d.citation from identity_calendar_day d where d.authority_id = $1 order by d.day;

-- name: calendar_days_between
select d.day, d.occasion, d.citation
from identity_calendar_day d
where d.authority_id = $1 and d.day between $2 and $3
order by d.day;

-- name: forget_calendar_days
delete from identity_calendar_day where authority_id = $1 and day between $2 and $3;

-- name: insert_calendar_day
insert into identity_calendar_day (authority_id, day, occasion, citation) values ($1, $2, $3, $4);

-- name: due_days_setting
select a.due_days from identity_authority a where a.id = $1;

-- name: set_due_days
update identity_authority set due_days = $2 where id = $1;
