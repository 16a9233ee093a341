-- ---- Sessions --------------------------------------------------------------------------------------------

-- name: add_session
insert into identity_session (token_hash, person_id, acting_authority_id, created_at, seen_at, address, agent)
values ($1, $2, $3, $4, $4, $5, $6);

-- name: session
select s.person_id, s.acting_authority_id, s.deputyship_id, s.created_at, s.seen_at, p.name, p.active
from identity_session s
join identity_person p on p.id = s.person_id
where s.token_hash = $1;

-- name: end_session
delete from identity_session where token_hash = $1;

-- name: end_session_of_person
delete from identity_session where person_id = $1 and token_hash = $2;

-- name: end_sessions_of_person
-- wide
delete from identity_session where person_id = $1 and token_hash <> $2;

-- name: sessions_of_person
-- wide
select s.token_hash, s.created_at, s.seen_at, s.address, s.agent
from identity_session s
where s.person_id = $1 and s.created_at > $2 and s.seen_at > $3
order by s.seen_at desc, s.token_hash;

-- name: set_session_authority
update identity_session set acting_authority_id = $2, deputyship_id = null where token_hash = $1;

-- name: set_session_deputyship
update identity_session set deputyship_id = $2 where token_hash = $1;

-- name: see_session
update identity_session set seen_at = $2 where token_hash = $1 and seen_at < $2;

-- name: forget_sessions
-- wide
delete from identity_session where created_at <= $1 or seen_at <= $2;

-- name: add_device
insert into identity_device (device_hash, person_id, seen_at) values ($1, $2, $3)
on conflict (device_hash) do update set seen_at = excluded.seen_at;

-- name: device
select d.person_id from identity_device d where d.device_hash = $1 and d.seen_at > $2;

-- name: forget_devices
-- wide
delete from identity_device where seen_at <= $1;

-- name: forget_devices_of_person
-- wide
delete from identity_device where person_id = $1;

-- name: throttle
select t.failures, t.counted_at, t.open_at from identity_throttle t where t.throttle_key = $1;

-- name: set_throttle
insert into identity_throttle (throttle_key, failures, counted_at, open_at) values ($1, $2, $3, $4)
on conflict (throttle_key) do update
set failures = excluded.failures, counted_at = excluded.counted_at, open_at = excluded.open_at;

-- name: forget_throttles
-- wide
delete from identity_throttle where counted_at <= $1;

-- ---- Answered forms ----------------------------------------------------------------------------------------

-- name: claim_answer
insert into identity_answer (authority_id, person_id, request_id, location, answered_at)
values ($1, $2, $3, '', $4)
on conflict do nothing;

-- name: answer
select a.location
from identity_answer a
where a.authority_id = $1 and a.person_id = $2 and a.request_id = $3;

-- name: set_answer
update identity_answer set location = $4 where authority_id = $1 and person_id = $2 and request_id = $3;

-- name: forget_answers
-- wide
delete from identity_answer where answered_at <= $1;
-- ---- Second factor -----------------------------------------------------------------------------------------

-- name: totp
select t.sealed_secret, t.confirmed_at, t.last_step from identity_totp t where t.person_id = $1;

-- name: all_totp
-- wide
select t.person_id, t.sealed_secret from identity_totp t;

-- name: begin_totp
insert into identity_totp (person_id, sealed_secret, created_at, confirmed_at, last_step)
values ($1, $2, $3, null, 0)
on conflict (person_id) do update
set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = 0
where identity_totp.confirmed_at is null;

-- name: confirm_totp
update identity_totp set confirmed_at = $2, last_step = $3 where person_id = $1 and confirmed_at is null;

-- The condition is the lock: of two arrivals with one code the second touches no row.
-- name: use_totp_step
update identity_totp set last_step = $2 where person_id = $1 and last_step < $2;

-- name: forget_totp
delete from identity_totp where person_id = $1;

-- name: add_recovery_code
insert into identity_recovery_code (person_id, code_hash, created_at) values ($1, $2, $3);

-- name: recovery_codes
select c.code_hash from identity_recovery_code c where c.person_id = $1 and c.used_at is null order by c.code_hash;

-- name: use_recovery_code
update identity_recovery_code set used_at = $3 where person_id = $1 and code_hash = $2 and used_at is null;

-- name: forget_recovery_codes
delete from identity_recovery_code where person_id = $1;

-- name: add_half_sign_in
insert into identity_half_sign_in (token_hash, person_id, device_hash, created_at, expires_at)
values ($1, $2, $3, $4, $5);

-- name: half_sign_in
select h.person_id, h.device_hash, p.name, p.sign_in_name, p.active
from identity_half_sign_in h
join identity_person p on p.id = h.person_id
where h.token_hash = $1 and h.expires_at > $2;

-- name: end_half_sign_in
delete from identity_half_sign_in where token_hash = $1;

-- name: forget_half_sign_ins
-- wide
delete from identity_half_sign_in where expires_at <= $1;
