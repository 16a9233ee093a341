-- ---- Deputies ----------------------------------------------------------------------------------------------

-- name: add_deputyship
insert into identity_deputyship (authority_id, id, principal_id, deputy_id, valid_from, valid_to, reason,
    appointed_by, appointed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: deputyship_in_force
select d.principal_id, p.name as principal_name
from identity_deputyship d
join identity_person p on p.id = d.principal_id
where d.authority_id = $1 and d.id = $2 and d.deputy_id = $3 and d.valid_from <= $4 and d.valid_to > $4
    and p.active = 1;

-- Those that last today or are still to come.
-- name: deputyships
select d.id, d.principal_id, p.name as principal_name, d.deputy_id, q.name as deputy_name, d.valid_from, d.valid_to,
    d.reason
from identity_deputyship d
join identity_person p on p.id = d.principal_id
join identity_person q on q.id = d.deputy_id
where d.authority_id = $1 and d.valid_to > $2 and d.valid_to > d.valid_from
order by d.valid_from, d.id;

-- name: deputyship
select d.id, d.principal_id, p.name as principal_name, d.deputy_id, q.name as deputy_name, d.valid_from, d.valid_to,
    d.reason
from identity_deputyship d
join identity_person p on p.id = d.principal_id
join identity_person q on q.id = d.deputy_id
where d.authority_id = $1 and d.id = $2;

-- One that has not begun ends on its first day: it never was.
-- name: end_deputyship
update identity_deputyship
set valid_to = case when valid_from > $3 then valid_from else $3 end
where authority_id = $1 and id = $2 and valid_to > $3 and valid_to > valid_from;
