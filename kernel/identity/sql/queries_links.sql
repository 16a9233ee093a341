-- ---- Single-use links ----------------------------------------------------------------------------------------

-- name: add_account_link
insert into identity_account_link (token_hash, person_id, authority_id, purpose, address, created_by, created_at,
    expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: account_link
select l.person_id, l.authority_id, p.name, p.sign_in_name, l.purpose, l.address, l.expires_at
from identity_account_link l
join identity_person p on p.id = l.person_id
where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and p.active = 1;

-- The condition is the lock: of two who press the button at once the second touches no row.
-- name: use_account_link
update identity_account_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2;

-- name: end_account_links
-- wide
delete from identity_account_link where person_id = $1 and purpose = $2 and used_at is null;

-- name: last_account_link
-- wide
select max(l.created_at) as created_at
from identity_account_link l
where l.person_id = $1 and l.purpose = $2;

-- name: forget_account_links
-- wide
delete from identity_account_link where expires_at <= $1;
