-- What a notice says besides its sentence, and by which ways it goes to the person: the bell, a mail at once, the daily
-- digest. mail_id is the mail that carries it. A notice with mail 'digest' and no mail_id waits for the digest.
alter table jobs_notice add column kind text not null default '';
alter table jobs_notice add column about text not null default '';
alter table jobs_notice add column deadline text;
alter table jobs_notice add column in_bell bigint not null default 1;
alter table jobs_notice add column mail text not null default 'never';
alter table jobs_notice add column mail_id bigint;
create index jobs_notice_digest on jobs_notice (person_id) where mail = 'digest' and mail_id is null;
create index jobs_notice_mail on jobs_notice (mail_id) where mail_id is not null;

-- The outbox. A mail carries notices to a person (person_id) or is a letter to an address (letter: its words, sealed,
-- because a link in it can be a secret). What is known from the first attempt on only is null before.
-- state: waiting (for next_at), sending (attempt_job does it; next_at is when that must have ended), sent, refused,
-- unknown (the connection was lost after the last dot; with next_at it is sent once more), cancelled.
-- answer is what the server said; reason a translation key where we know why ourselves.
-- distributed by authority_id
create table jobs_mail (
    authority_id bigint not null,
    id bigint not null,
    kind text not null,
    person_id bigint,
    letter text,
    name text,
    address text,
    subject text,
    message_id text,
    state text not null,
    attempt_job bigint,
    attempts bigint not null,
    unknowns bigint not null,
    next_at bigint,
    answer text,
    reason text,
    created_at bigint not null,
    dated_at bigint,
    ended_at bigint,
    constraint jobs_mail_pkey primary key (authority_id, id),
    constraint jobs_mail_state_check check (state in ('waiting', 'sending', 'sent', 'refused', 'unknown', 'cancelled')),
    constraint jobs_mail_ended_check check (ended_at is not null or state in ('waiting', 'sending', 'unknown'))
);
create index jobs_mail_state on jobs_mail (authority_id, state, id);
create index jobs_mail_ended on jobs_mail (ended_at) where ended_at is not null;

-- How this installation sends mail; at most one row, id 1. password is sealed. site is where its own links begin.
-- reference
create table jobs_mail_setting (
    id bigint not null,
    host text not null,
    port bigint not null,
    security text not null,
    user_name text not null,
    password text,
    certificate_file text not null,
    sender_name text not null,
    sender_address text not null,
    site text not null,
    version bigint not null,
    changed_at bigint not null,
    constraint jobs_mail_setting_pkey primary key (id),
    constraint jobs_mail_setting_security_check check (security in ('starttls', 'tls', 'none'))
);

-- When a person may be disturbed. Minutes since midnight in Vietnam; digest_hour 0 … 23. A person's own, in whatever
-- authority she acts, like her sign-in; who has no row has the defaults.
-- reference
create table jobs_preference (
    person_id bigint not null,
    quiet_from bigint,
    quiet_to bigint,
    digest_hour bigint not null,
    constraint jobs_preference_pkey primary key (person_id),
    constraint jobs_preference_quiet_check check ((quiet_from is null) = (quiet_to is null))
);

-- Where a person wants a kind of message to go, where that is not the kind's default.
-- reference
create table jobs_kind_preference (
    person_id bigint not null,
    kind text not null,
    in_bell bigint not null,
    mail text not null,
    constraint jobs_kind_preference_pkey primary key (person_id, kind),
    constraint jobs_kind_preference_mail_check check (mail in ('never', 'at_once', 'digest'))
);
