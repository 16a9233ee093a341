-- Links by which people without an account answer for a unit. $1 is always the acting authority.

-- name: personal_link_by_secret
select l.*, g.name as given_by_name, p.title as plan_title, p.state as plan_state, u.name as unit_name, u.valid_to as unit_valid_to
from plan_personal_link l
join plan_plan p on p.authority_id = $1 and p.id = l.plan_id
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
left join identity_public_person g on g.id = l.given_by
where l.authority_id = $1 and l.secret_hash = $2;

-- name: personal_link_by_id
select l.*, g.name as given_by_name, p.title as plan_title, p.state as plan_state, u.name as unit_name, u.valid_to as unit_valid_to
from plan_personal_link l
join plan_plan p on p.authority_id = $1 and p.id = l.plan_id
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
left join identity_public_person g on g.id = l.given_by
where l.authority_id = $1 and l.id = $2;

-- name: personal_links_by_plan
select l.*, g.name as given_by_name, p.title as plan_title, p.state as plan_state, u.name as unit_name, u.valid_to as unit_valid_to
from plan_personal_link l
join plan_plan p on p.authority_id = $1 and p.id = l.plan_id
join identity_public_unit u on u.authority_id = $1 and u.id = l.unit_id
left join identity_public_person g on g.id = l.given_by
where l.authority_id = $1 and l.plan_id = $2
order by u.position, l.unit_id, l.id;

-- The last day on which one of the unit's lines still falls due in the plan.
-- name: last_due_of_unit
select max(o.due_on) as due_on from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and o.unit_id = $3 and o.state = 'open';

-- name: insert_personal_link
insert into plan_personal_link (authority_id, id, plan_id, unit_id, holder_name, contact, secret_hash, expires_on, given_by,
    given_at, revoked_at, revoked_by, last_used_at, used_on, uses, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null, null, 0, 1);

-- name: renew_personal_link
update plan_personal_link set secret_hash = $3, expires_on = $4, given_by = $5, given_at = $6, revoked_at = null, revoked_by = null,
    version = version + 1
where authority_id = $1 and id = $2 and version = $7;

-- name: revoke_personal_link
update plan_personal_link set revoked_at = $3, revoked_by = $4, version = version + 1
where authority_id = $1 and id = $2 and version = $5 and revoked_at is null;

-- Once more today, unless there were so many uses already, or it has been revoked this moment.
-- name: use_personal_link
update plan_personal_link set last_used_at = $3, uses = case when used_on = $4 then uses + 1 else 1 end, used_on = $4
where authority_id = $1 and id = $2 and revoked_at is null and (used_on is distinct from $4 or uses < $5);

-- Links that ended before the day $2, or were revoked before the instant $3.
-- name: forget_contacts
update plan_personal_link set contact = null
where authority_id = $1 and contact is not null and (expires_on < $2 or revoked_at < $3);

-- Links whose plan or unit is no more ended on that day $2 at the latest, which nobody else wrote down.
-- name: end_links_that_are_over
update plan_personal_link set expires_on = $2
where authority_id = $1 and revoked_at is null and expires_on > $2
    and (plan_id in (select p.id from plan_plan p where p.authority_id = $1 and p.state in ('closed', 'withdrawn'))
        or unit_id in (select u.id from identity_public_unit u where u.authority_id = $1 and u.valid_to <= $2));

-- Of a unit, in plans that are in force.
-- name: count_of_links_good_on
select count(*) as links from plan_personal_link l
join plan_plan p on p.authority_id = $1 and p.id = l.plan_id
where l.authority_id = $1 and l.unit_id = $2 and l.revoked_at is null and l.expires_on >= $3 and p.state = 'issued';

-- name: authorities_with_contacts
-- wide
select l.authority_id from plan_personal_link l where l.contact is not null group by l.authority_id order by l.authority_id;

-- name: revoke_all_links
-- wide
update plan_personal_link set revoked_at = $1, version = version + 1 where revoked_at is null;
