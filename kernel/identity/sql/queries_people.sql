-- ---- People ----------------------------------------------------------------------------------------------

-- name: add_person
insert into identity_person (id, name, sign_in_name, search_key, active, home_authority_id, created_at, version, email)
values ($1, $2, $3, $4, 1, $5, $6, 1, $7);

-- name: add_credential
insert into identity_credential (sign_in_name, person_id, password_hash, changed_at) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: person
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.email, p.email_confirmed_at, p.version
from identity_person p
where p.id = $1;

-- name: person_here
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.email, p.email_confirmed_at, p.version
from identity_person p
where p.id = $2
    and exists (select 1 from identity_membership m where m.authority_id = $1 and m.person_id = $2);

-- name: change_person
update identity_person
set name = $2, search_key = $3, email = $4,
    email_confirmed_at = case when $4 = email then email_confirmed_at end, version = version + 1
where id = $1 and version = $5;

-- name: confirm_email
update identity_person set email_confirmed_at = $3 where id = $1 and email = $2;

-- name: set_person_active
update identity_person set active = $2, version = version + 1 where id = $1 and active <> $2;

-- name: people
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.email, p.email_confirmed_at, p.version
from identity_person p
where p.id in (select m.person_id from identity_membership m where m.authority_id = $1)
    and p.search_key like $2 escape '\'
order by p.search_key, p.id
limit $3 offset $4;

-- name: person_by_sign_in_name
select p.id, p.name, p.sign_in_name, p.active, p.home_authority_id, p.email, p.email_confirmed_at, p.version
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
insert into identity_membership (authority_id, id, person_id, unit_id, role, position, valid_from, valid_to, scope)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: renew_membership
update identity_membership
set position = $3, valid_to = $4, scope = $5
where authority_id = $1 and id = $2;

-- name: same_membership
select m.id, m.valid_to
from identity_membership m
where m.authority_id = $1 and m.person_id = $2 and m.unit_id = $3 and m.role = $4 and m.valid_from = $5;

-- name: membership
select m.id, m.person_id, m.unit_id, m.role, m.valid_from, m.valid_to, m.scope
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
    m.role, m.position, m.valid_from, m.valid_to, m.scope
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.valid_from <= $2 and (m.valid_to is null or m.valid_to > $2);

-- name: memberships_of_person
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to, m.scope
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.person_id = $3 and m.valid_from <= $2
    and (m.valid_to is null or m.valid_to > $2);

-- In force on that day or to begin later; one that ended on its first day never was.
-- name: memberships_of_person_from
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to, m.scope
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.person_id = $3
    and (m.valid_to is null or (m.valid_to > $2 and m.valid_to > m.valid_from));

-- name: memberships_of_unit
select m.id, m.person_id, p.name as person_name, m.unit_id, u.name as unit_name, u.position as unit_position,
    m.role, m.position, m.valid_from, m.valid_to, m.scope
from identity_membership m
join identity_person p on p.id = m.person_id
join identity_named_unit u on u.authority_id = $1 and u.id = m.unit_id and u.name_to is null
where m.authority_id = $1 and m.unit_id = $3 and m.valid_from <= $2
    and (m.valid_to is null or m.valid_to > $2);

-- name: grants
select m.unit_id, m.role, m.scope
from identity_membership m
where m.authority_id = $1 and m.person_id = $2 and m.valid_from <= $3
    and (m.valid_to is null or m.valid_to > $3)
order by m.id;

-- Those who hold the keys of the whole house: who is narrowed to a part of it can't open the rest.
-- name: count_of_administrators
select count(*) as administrators
from identity_membership m
join identity_person p on p.id = m.person_id
where m.authority_id = $1 and m.role = 'administrator' and (m.scope is null or m.scope = 'authority')
    and m.valid_from <= $2 and m.valid_to is null and p.active = 1 and m.id <> $3;

-- name: units_of_administrators
select m.unit_id, count(*) as administrators
from identity_membership m
join identity_person p on p.id = m.person_id
where m.authority_id = $1 and m.role = 'administrator' and (m.scope is null or m.scope = 'authority')
    and m.valid_from <= $2 and m.valid_to is null and p.active = 1
group by m.unit_id order by m.unit_id;

-- name: stopped_people
select p.id
from identity_person p
where p.active = 0 and p.id in (select m.person_id from identity_membership m where m.authority_id = $1)
order by p.id;

-- name: has_password
select case when c.password_hash is null then 0 else 1 end as has_password
from identity_credential c
where c.sign_in_name = $1;

-- name: any_administrator
-- wide
select count(*) as administrators
from identity_membership m
join identity_person p on p.id = m.person_id
where m.role = 'administrator' and m.valid_from <= $1 and (m.valid_to is null or m.valid_to > $1) and p.active = 1;
