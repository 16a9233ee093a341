-- Of up to 32 people what they chose for the kind $1, and their quiet hours; and, as nobody's, whether this installation can
-- send at all.
-- name: wishes
select wish.person_id, wish.in_bell, wish.mail, null as quiet_from, null as quiet_to, 0 as mail_is_set
from jobs_kind_preference wish
where wish.kind = $1 and wish.person_id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)
union all
select preference.person_id, null, null, preference.quiet_from, preference.quiet_to, 0
from jobs_preference preference
where preference.person_id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)
union all
select 0, null, null, null, null, count(*) from jobs_mail_setting setting;

-- name: preference
select quiet_from, quiet_to, digest_hour from jobs_preference where person_id = $1;

-- name: kind_preferences
select kind, in_bell, mail from jobs_kind_preference where person_id = $1;

-- name: save_preference
insert into jobs_preference (person_id, quiet_from, quiet_to, digest_hour)
values ($1, $2, $3, $4)
on conflict (person_id) do update
set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, digest_hour = excluded.digest_hour;

-- name: forget_kind_preferences
delete from jobs_kind_preference where person_id = $1;

-- name: add_kind_preference
insert into jobs_kind_preference (person_id, kind, in_bell, mail) values ($1, $2, $3, $4);

-- name: mail_setting
select host, port, security, user_name, password, certificate_file, sender_name, sender_address, site, version
from jobs_mail_setting
where id = 1;

-- name: add_mail_setting
insert into jobs_mail_setting (id, host, port, security, user_name, password, certificate_file, sender_name,
    sender_address, site, version, changed_at)
values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)
on conflict do nothing;

-- name: change_mail_setting
update jobs_mail_setting
set host = $1, port = $2, security = $3, user_name = $4, password = $5, certificate_file = $6, sender_name = $7,
    sender_address = $8, site = $9, version = version + 1, changed_at = $10
where id = 1 and version = $11;

-- name: add_mail
insert into jobs_mail (authority_id, id, kind, person_id, letter, name, address, state, attempts, unknowns, next_at,
    created_at)
values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, 0, $8, $9);

-- name: mail_to_send
select kind, person_id, letter, state, attempt_job, attempts, unknowns, next_at, created_at
from jobs_mail
where authority_id = $1 and id = $2;

-- A digest carries notices of every authority that its reader acts in.
-- name: notices_of_mail
-- wide
select authority_id, id, kind, key, args, path, about, deadline, created_at, read_at
from jobs_notice
where mail_id = $1
order by authority_id, about, id;

-- name: begin_mail
update jobs_mail
set state = 'sending', attempt_job = $3, attempts = attempts + 1, unknowns = $4, next_at = $5, name = $6, address = $7,
    subject = $8, message_id = coalesce(message_id, $9), dated_at = coalesce(dated_at, $10)
where authority_id = $1 and id = $2
returning message_id, dated_at;

-- Only the attempt that began can end.
-- name: end_mail
update jobs_mail
set state = $4, next_at = $5, unknowns = $6, answer = $7, reason = $8, ended_at = $9, attempt_job = null
where authority_id = $1 and id = $2 and state = 'sending' and attempt_job = $3;

-- Without an attempt: put off, or there is nothing to send.
-- name: settle_mail
update jobs_mail
set state = $3, next_at = $4, reason = $5, ended_at = $6, attempt_job = null, unknowns = $7
where authority_id = $1 and id = $2;

-- name: retry_mail
update jobs_mail
set state = 'waiting', next_at = $3, ended_at = null, reason = null, attempt_job = null
where authority_id = $1 and id = $2
  and (state in ('waiting', 'unknown', 'refused', 'cancelled') or (state = 'sending' and next_at < $3));

-- name: cancel_mail
update jobs_mail
set state = 'cancelled', next_at = null, ended_at = $3, reason = $4
where authority_id = $1 and id = $2 and state in ('waiting', 'unknown');

-- list: mails
select id, kind, person_id, name, address, subject, state, attempts, next_at, answer, reason, created_at, ended_at
from jobs_mail
where authority_id = $1
-- filter: state
and state = $value
-- order: newest
order by id desc

-- name: mails_by_state
select state, count(*) as mails from jobs_mail where authority_id = $1 group by state;

-- What is left of a mail afterwards says that there was one, when, and how it ended.
-- name: forget_letters
-- wide
update jobs_mail
set letter = null, name = null, address = null, subject = null, answer = null
where ended_at < $1 and address is not null;

-- name: forget_mails
-- wide
delete from jobs_mail where ended_at < $1;

-- name: digest_waits
-- wide
select count(*) as waiting from (
    select notice.id from jobs_notice notice
    where notice.mail = 'digest' and notice.mail_id is null and notice.read_at is null
    order by notice.person_id
    limit 1) as first_of_them;

-- Whose news wait, since when, and the hour that she chose.
-- name: people_awaiting_digest
-- wide
select notice.person_id, min(notice.created_at) as oldest, min(preference.digest_hour) as digest_hour
from jobs_notice notice
left join jobs_preference preference on preference.person_id = notice.person_id
where notice.mail = 'digest' and notice.mail_id is null and notice.read_at is null
group by notice.person_id;

-- name: notices_for_digest
-- wide
select authority_id, id
from jobs_notice
where person_id = $1 and mail = 'digest' and mail_id is null and read_at is null
order by created_at, id;

-- name: put_into_mail
update jobs_notice set mail_id = $3 where authority_id = $1 and id = $2 and mail_id is null;

-- A mail that can't reach the person must not be the only way by which she was told.
-- name: show_in_bell
update jobs_notice set in_bell = 1 where authority_id = $1 and id = $2;

-- Of a database that came back from a backup.
-- name: hold_mails
-- wide
update jobs_mail
set state = 'unknown', attempt_job = null, next_at = null, reason = $1
where state in ('waiting', 'sending') or (state = 'unknown' and next_at is not null);
